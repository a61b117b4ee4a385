// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"
#include "rootless/userns/id_map.h"

#include <cstdint>
#include <string>

/// Theory of operation. A network namespace costs the kernel more than everything else of a container's
/// clone, nearly half a millisecond. Whoever waits for a container to be described (coracle-monitor, while
/// the engine writes the bundle) has them made ahead by a child, and gives the runtime the socket to it:
///
///   child                                       creator of the container (parent.h)
///   enter the kept user namespace
///   unshare user, network, IPC, names
///   its pidfd, its folder in /proc -----------> write the id maps into that folder
///   wait for the end of the socket              enter by the pidfd, close, clone the rest
///   end
///
/// What comes of it is what one clone of all of them would have made: a fresh user namespace below the kept
/// one that owns the others, and mount, pid and cgroup namespaces made from inside. A container that wants
/// other namespaces, or a child that could not make them, leaves the offer alone, and nothing is lost but the
/// time of that child. It ends when nobody holds the socket any more.
namespace coracle::runtime {

/// CLONE_NEW* of what is made ahead.
std::uint64_t spareNamespaces();

/// Start the child; gives the socket for takeSpareNamespaces(). Does nothing that could start a keeper.
/// Errors: NotFound when no user namespace is kept yet; by errno.
Result<sys::UniqueFd> offerNamespaces(const std::string& keeperDir);

/// Enter what the child has made, with these maps. Blocks until it has, a second at most. The caller stands
/// in the kept user namespace with one thread. Errors: Unavailable or by errno when there is nothing to
/// enter; the caller has entered nothing then.
Result<> takeSpareNamespaces(sys::UniqueFd offer, const userns::IdMaps& maps);

}  // namespace coracle::runtime
