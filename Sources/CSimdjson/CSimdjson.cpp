#include "CSimdjson.h"

#include <new>
#include <simdjson.h>

struct parapet_json_parser {
    simdjson::dom::parser parser;
};

extern "C" {

parapet_json_parser *parapet_json_parser_new(void) { return new (std::nothrow) parapet_json_parser(); }

void parapet_json_parser_free(parapet_json_parser *parser) { delete parser; }

int parapet_json_parse(
    parapet_json_parser *parser, const char *bytes, size_t length, size_t max_depth, bool is_padded) {
    simdjson::error_code code = simdjson::SUCCESS;
    if (parser->parser.capacity() < length || parser->parser.capacity() == 0 || parser->parser.max_depth() != max_depth) {
        // Some room to grow: texts of about one size follow each other. A capacity of zero would be refused.
        code = parser->parser.allocate(length < 4096 ? 4096 : length, max_depth);
        if (code) return static_cast<int>(code);
    }
    simdjson::dom::element root;
    code = parser->parser.parse(bytes, length, !is_padded).get(root);
    return static_cast<int>(code);
}

const uint64_t *parapet_json_tape(const parapet_json_parser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *parapet_json_strings(const parapet_json_parser *parser) { return parser->parser.doc.string_buf.get(); }

const char *parapet_json_error_message(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}

}  // extern "C"
