// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include <linux/filter.h>

namespace coracle::seccomp {

/// The same filter in fewer rows, which a container's start waits for: the kernel checks, translates and
/// compiles each of them. libseccomp gives each call a leaf of its own, but neighbours mostly have the same
/// answer; here a tree over ranges of call numbers leads to the answers and to the rows that look at
/// arguments, which are kept as they are.
/// Every answer stays the same, for every architecture, number and argument. A program with a row that is
/// not understood, and one that would not become smaller, comes back as it was. Pure.
std::vector<sock_filter> asRangeTree(std::span<const sock_filter> program);

}  // namespace coracle::seccomp
