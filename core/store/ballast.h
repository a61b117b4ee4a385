// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"

/// A file of allocated bytes that a store keeps for the day the disk is full: deleting a row needs room in
/// the database's log first, so without it a person could not remove what fills the disk.
namespace coracle::store {

/// Make the ballast when there is none and the disk has plenty; failing to is no error. Called whenever a
/// store is opened.
void keepBallast(const Layout& layout);

/// Give its bytes back to the disk. false: there was none, or it cannot be removed. The next opening of
/// the store makes it anew when there is room.
bool dropBallast(const Layout& layout);

}  // namespace coracle::store
