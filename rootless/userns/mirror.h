// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"
#include "rootless/userns/id_map.h"

#include <string>

#include <sys/types.h>

/// Theory of operation. The *mirror* is a second namespace of the user, in which each of the user's ids is
/// what it is outside. A bundle of another engine gives the maps of its namespace in ids of the host. Below
/// the mirror they can be written as they stand and without newuidmap(1), and whoever reads them inside sees
/// the numbers that the bundle has. Below the kept namespace they would be other numbers, and the processes
/// in it would have rights over the container.
///
///   host      mirror     container of a foreign bundle
///   1000      1000       0
///   100000    100000     1
///
/// A starter of the keeper has the maps of both written; the keeper holds the mirror by a descriptor, which
/// keeper.json names, so it costs no process. It stays what it is when the keeper has ended, for as long as a
/// container is below it.
///
/// What a container below the mirror has is what one made by newuidmap(1) has: enterMirror() refuses whoever
/// that program would refuse, and all for whom something else would come out. See rootless/README.md.
namespace coracle::userns {

/// The limits that the kernel counts for each user namespace since Linux 5.14, of this process, as one line.
/// A namespace has those of its maker; see getrlimit(2).
std::string namespaceLimits();

/// Stand in the mirror that a living keeper holds, with the right to write maps below it and no other. The
/// ids and groups of the caller, and what it may read and write, are as before. Never starts a keeper. The
/// caller must have one thread; there is no way back. wanted: maps of the namespace to be made. Errors, upon
/// which nothing is changed: NotFound without a keeper or mirror; Unsupported for maps or a caller for which
/// newuidmap(1) would do something else.
Result<> enterMirror(const std::string& keeperDir, const IdMaps& wanted);

/// The folder of the keeper that the engine uses for the user when nothing is said; empty: there is none.
std::string usualKeeperDir();

/// A new namespace next to the caller's, without maps, while `holder` lives.
struct FreshNamespace {
    sys::UniqueFd space;
    pid_t holder = -1;  ///< a child; ends when `release` is closed, to be reaped then
    sys::UniqueFd release;
};

/// Make one. Single-threaded; the child keeps no descriptor but its own. Errors: by errno.
Result<FreshNamespace> makeFreshNamespace();

}  // namespace coracle::userns
