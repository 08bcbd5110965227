// Attempts to break out, made in C++ behind the closed door: the sandbox must hold whatever Python is made to do.
// Thread: the worker's only one. Owner: main, in a worker started with --probe. Flow: attempt → one line of report.
// Source: composer.md, "The sandbox", last paragraph.
#pragma once

#include "server/engine/shared_page.h"

#include <string>

namespace cohort::worker {

// The descriptors that are open; to be asked before system calls are filtered.
std::string openDescriptors();
// Makes the attempt and says what came of it in one line; many attempts must not return at all.
// Names: open, read-passwd, socket, fork, exec, kill, memory, map-code, loop, descriptor.
std::string attempt(const std::string& name, engine::SharedPage& page);

} // namespace cohort::worker
