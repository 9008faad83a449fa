#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A simdjson DOM parser with the tape of the last document that it parsed.
typedef struct parapet_json_parser parapet_json_parser;

parapet_json_parser *parapet_json_parser_new(void);
void parapet_json_parser_free(parapet_json_parser *parser);

/// Parses `length` bytes. Returns 0, or simdjson's error code.
/// `max_depth` bounds nesting. `is_padded` says that 32 bytes behind the text may be read; then nothing is copied.
int parapet_json_parse(
    parapet_json_parser *parser, const char *bytes, size_t length, size_t max_depth, bool is_padded);

/// The tape (64-bit words, simdjson's documented layout) and the string buffer of the last parse.
/// Valid until the next parse or free.
const uint64_t *parapet_json_tape(const parapet_json_parser *parser);
const uint8_t *parapet_json_strings(const parapet_json_parser *parser);

/// simdjson's message for an error code.
const char *parapet_json_error_message(int code);

#ifdef __cplusplus
}
#endif
