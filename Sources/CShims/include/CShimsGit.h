#pragma once
#include <git2.h>
#include <stddef.h>

// git_libgit2_opts is variadic, which Swift cannot call: one function an option.
int parapet_git_set_certificates(const char *file);
int parapet_git_set_extensions(const char *const *extensions, size_t count);
int parapet_git_set_owner_validation(int enabled);

// Of the references that a connected remote advertised, keeps those named; the others look as if they did not exist.
// A push walks the history of everything advertised, which a shallow clone cannot.
int parapet_git_keep_advertised(git_remote *remote, const char *const *names, size_t count);

// Removes a folder and what is in it; follows no symbolic link.
int parapet_remove_folder(const char *path);
