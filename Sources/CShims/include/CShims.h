#pragma once
#include "CShimsCurl.h"
#include "CShimsFolders.h"
#include "CShimsGit.h"
#include "CShimsProcess.h"
#include "CShimsSignals.h"
#include "CShimsTerminal.h"
