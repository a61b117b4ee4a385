// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// How much of anything a layer may have (security.md A8 to A11). A layer that asks for more is refused with
/// the limit in the message; each has a test that exceeds it.
namespace coracle::store::helper {

inline constexpr std::uint64_t kMaxEntries = 1'000'000;
inline constexpr std::size_t kMaxPathBytes = 4096;
inline constexpr std::size_t kMaxNameBytes = 255;
inline constexpr std::size_t kMaxDepth = 256;
inline constexpr std::size_t kMaxLinkBytes = 4095;       ///< PATH_MAX without the NUL
inline constexpr std::size_t kMaxMetaBytes = 1U << 20U;  ///< one pax header or GNU long name
inline constexpr std::size_t kMaxXattrs = 64;            ///< of one entry
inline constexpr std::size_t kMaxXattrBytes = 65536;     ///< XATTR_SIZE_MAX of the kernel
inline constexpr std::size_t kMaxSparseSegments = 65536;

/// Decompression bomb: the ratio is looked at once there is enough to have one, and nothing gets larger than
/// the size that a person would notice missing from the disk.
inline constexpr std::uint64_t kMaxUnpackedBytes = 20ULL << 30U;
inline constexpr std::uint64_t kMaxInflationRatio = 200;
inline constexpr std::uint64_t kInflationFreeBytes = 64ULL << 20U;

/// A zstd window is memory of ours that the stranger chooses. 128 MiB is what zstd(1) takes without being
/// asked and its highest level needs; buildah and BuildKit write windows of at most 32 MiB.
inline constexpr int kMaxZstdWindowLog = 27;
/// A larger window is a file where there is a folder for it (window_memory.h).
inline constexpr std::size_t kMaxWindowInMemory = 33U << 20U;
/// The same for xz: its highest level needs 65 MiB.
inline constexpr std::uint64_t kMaxXzMemory = 128ULL << 20U;

/// An archive of images, which holds many layers, and the files in it.
inline constexpr std::uint64_t kMaxArchiveBytes = 256ULL << 30U;
inline constexpr std::uint64_t kMaxArchiveEntries = 100'000;

/// What `cp` moves. Not a stranger's choice but a person's, who may own large files; what keeps a container
/// from filling the disk by one is the room that stays free.
inline constexpr std::uint64_t kMaxCopyBytes = 16ULL << 40U;
inline constexpr std::uint64_t kMaxCopyEntries = 20'000'000;

/// What stays free on the disk, so that the rest of the desktop and `rm` still work.
inline constexpr std::uint64_t kFreeSpaceReserve = 32ULL << 20U;
inline constexpr std::uint64_t kFreeSpaceCheckBytes = 16ULL << 20U;  ///< looked at once in so many bytes
inline constexpr std::uint64_t kFreeSpaceCheckEntries = 4096;

/// Zero blocks that may be missing at the end of an archive: those of one record. Source: tar(5).
inline constexpr int kMaxMissingBlocks = 20;

/// What is remembered until the end of the layer.
inline constexpr std::size_t kMaxDirectoryNamesBytes = 256U << 20U;
inline constexpr std::size_t kMaxRecordedDevices = 1024;
inline constexpr std::size_t kMaxFixups = 65536;

/// Memory of the whole process, a bug's limit; the buffers are a few MiB and zstd's window up to 128.
inline constexpr std::uint64_t kMaxAddressSpace = 2ULL << 30U;

}  // namespace coracle::store::helper
