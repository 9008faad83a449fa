#pragma once

// Lets two folders change places, at once.
int parapet_exchange_folders(const char *one, const char *other);

// Moves a folder to a place where nothing stands.
int parapet_move_folder(const char *from, const char *to);
