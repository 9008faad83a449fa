#pragma once
#include "CShimsCurl.h"
#include "CShimsGit.h"
#include "CShimsProcess.h"
#include "CShimsSignals.h"
#include "CShimsTerminal.h"
