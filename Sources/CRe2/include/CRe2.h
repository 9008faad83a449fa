#pragma once
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A regular expression of RE2: matching takes time linear in the text, whatever the expression.
typedef struct parapet_re2 parapet_re2;

/// Compiles `length` bytes with at most `max_memory` bytes for the automata. Where the expression is none, the result
/// has an error: ask `parapet_re2_error`. Returns NULL when memory is out.
parapet_re2 *parapet_re2_new(const char *pattern, size_t length, size_t max_memory);
void parapet_re2_free(parapet_re2 *expression);

/// NULL where the expression is good.
const char *parapet_re2_error(const parapet_re2 *expression);

/// Whether some part of the text matches. Safe to call from several threads.
bool parapet_re2_matches(const parapet_re2 *expression, const char *text, size_t length);

#ifdef __cplusplus
}
#endif
