#define _GNU_SOURCE
#include "CShimsSignals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static int told = -1;

static void tell(int number) {
    int before = errno;
    char byte = (char)number;
    ssize_t count = write(told, &byte, 1);
    (void)count;
    errno = before;
}

int parapet_catch_interrupts(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    told = ends[1];
    struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGINT, &action, NULL) != 0 || sigaction(SIGTERM, &action, NULL) != 0) return -1;
    return ends[0];
}
