#pragma once
#include <stddef.h>

/// A file that the binary carries: built-in rules, frameworks, manifests, AWS models.
typedef struct {
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t length;
} parapet_builtin_file;

/// All files, sorted by kind and path.
const parapet_builtin_file *_Nonnull parapet_builtin_files(size_t *_Nonnull count);
