#pragma once

/// From now on SIGINT and SIGTERM do nothing but write their number, one byte, to a pipe. Returns its other end, or -1.
/// Call it once.
int parapet_catch_interrupts(void);
