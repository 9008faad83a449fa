#pragma once

/// How wide a terminal is; 0 where that is not known.
int parapet_terminal_columns(int descriptor);
