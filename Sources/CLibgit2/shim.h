#pragma once
#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
// libgit2-dev depends on zlib1g-dev: packs are written with it.
#include <zlib.h>
