#include "CRe2.h"

#include <new>
#include <re2/re2.h>

struct parapet_re2 {
    RE2 expression;
    parapet_re2(re2::StringPiece pattern, const RE2::Options &options) : expression(pattern, options) {}
};

extern "C" {

parapet_re2 *parapet_re2_new(const char *pattern, size_t length, size_t max_memory) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(static_cast<int64_t>(max_memory));
    return new (std::nothrow) parapet_re2(re2::StringPiece(pattern, length), options);
}

void parapet_re2_free(parapet_re2 *expression) { delete expression; }

const char *parapet_re2_error(const parapet_re2 *expression) {
    return expression->expression.ok() ? nullptr : expression->expression.error().c_str();
}

bool parapet_re2_matches(const parapet_re2 *expression, const char *text, size_t length) {
    return RE2::PartialMatch(re2::StringPiece(text, length), expression->expression);
}

}  // extern "C"
