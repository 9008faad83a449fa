#define _XOPEN_SOURCE 700
#include "CShimsGit.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int parapet_git_set_certificates(const char *file) {
    return git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, NULL);
}

int parapet_git_set_extensions(const char *const *extensions, size_t count) {
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, count);
}

int parapet_git_set_owner_validation(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

int parapet_git_keep_advertised(git_remote *remote, const char *const *names, size_t count) {
    const git_remote_head **heads = NULL;
    size_t length = 0;
    int error = git_remote_ls(&heads, &length, remote);
    if (error < 0) return error;
    for (size_t i = 0; i < length; i++) {
        int kept = 0;
        for (size_t j = 0; j < count && !kept; j++) kept = strcmp(heads[i]->name, names[j]) == 0;
        // The heads belong to the transport, and git_push skips those that are zero.
        if (!kept) memset(&((git_remote_head *)heads[i])->oid, 0, sizeof(git_oid));
    }
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *position) {
    (void)status, (void)kind, (void)position;
    return remove(path);
}

int parapet_remove_folder(const char *path) {
    return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
