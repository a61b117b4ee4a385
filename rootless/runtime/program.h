// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace coracle::runtime {

/// The whole of the program coracle-runtime: carry out one command line, without the program's name, and give
/// the exit code. What it does to the process (namespaces, ids, descriptors) is not undone, so it is the last
/// thing that a process does. Only for a process with one thread.
int runtimeMain(const std::vector<std::string>& words);

/// Whether a fork of the calling program may do the work of coracle-runtime: the ids of a container must not
/// be able to write the program's file, which is to be seen in /proc/PID/exe while the container is made.
/// Otherwise the runtime has to be started as a program, which then hides itself (self_protection.h).
bool mayForkInto();

}  // namespace coracle::runtime
