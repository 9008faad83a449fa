#pragma once
#include "CShimsGit.h"
