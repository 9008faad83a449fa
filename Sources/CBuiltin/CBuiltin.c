#include "CBuiltin.h"

#include "files.inc"

const parapet_builtin_file *parapet_builtin_files(size_t *count) {
    *count = sizeof(files) / sizeof(files[0]);
    return files;
}
