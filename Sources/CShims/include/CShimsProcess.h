#pragma once
#include <sys/types.h>

// Starts a program that is looked for in PATH; both lists end with a null pointer. Standard output can be read at
// `*output`; standard input and standard error lead nowhere, and no other file is passed on. The program has a session
// of its own: no terminal, and one process group. Returns 0, or the number of the system's error.
int parapet_spawn(char *const *arguments, char *const *environment, pid_t *process, int *output);
