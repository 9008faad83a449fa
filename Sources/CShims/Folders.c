#define _GNU_SOURCE
#include "CShimsFolders.h"

#include <fcntl.h>
#include <stdio.h>

int parapet_exchange_folders(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

int parapet_move_folder(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}
