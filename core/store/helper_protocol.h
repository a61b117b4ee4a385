// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the store and its helper program say to each other; both link this file.
///
///   coracle-store [--namespace kept|single|current] [--keeper DIR] VERB ...
///     unpack --compression gzip|zstd|none [--diff-id DIGEST] [--index yes] DIR
///                                                compressed layer on standard input; prints the result; its
///                                                index (layer_index.h) to descriptor 3
///     list DIR                                   the index of an unpacked layer to descriptor 3
///     complete [--lower DIR]... DIR              LayerFixups on standard input; lower layers top first
///     remove PATH...
///     measure PATH                               prints {"bytes":..,"files":..}
///     copy [--folder-only yes] SOURCE DESTINATION
///                                                content of a folder into another, which exists; bytes so
///                                                far to descriptor 3, one number a line. folder-only: its
///                                                owner, mode and attributes alone
///     fill DIR                                   an archive on standard input into a folder, with owners and
///                                                modes; prints a ReceivedTree
///     inflate --compression auto|NAME [--diff-id DIGEST] [--window FOLDER]
///                                                standard input to descriptor 3; prints a StreamSummary
///     pack --compression gzip|none [--mount-point PATH]... [--named-whiteouts yes] [--lower DIR]... DIR...
///                                                a container's upper folder (or several layers, top first)
///                                                as one layer to descriptor 3; prints a PackedTree; lower
///                                                layers top first
///     flatten --compression gzip|none [--named-whiteouts yes] DIR...
///                                                a stack of folders, top first, as one archive to descriptor
///                                                3; prints a PackedTree
///     changes (as pack)                          prints ChangeLetters, for an index to kStreamFd
///     send [--process-fd N] [--follow] PATH      a file or folder as an archive to descriptor 3, of the
///     container
///                                                whose process the pidfd N names, or of this computer;
///                                                prints a PackedTree
///     receive [--process-fd N] [--stream] [--window FOLDER] [--keep-owners] PATH
///                                                such an archive on standard input to PATH, by docker's
///                                                rules of `cp`; --stream: any archive into a folder. Prints
///                                                a ReceivedTree
///     folder [--process-fd N] PATH               what is in one folder, as an index of names, to descriptor
///     3
///     find [--process-fd N] --name WORDS PATH    what is meant by WORDS in a folder and all below it, as an
///                                                index of paths, to descriptor 3
///     read [--process-fd N] PATH                 the first kMaxReadBytes of a file to descriptor 3
///     send, receive, folder, find, read, erase   with --below DIR instead of --process-fd: DIR, a volume,
///                                                is the root of PATH, in the namespace that is named
///     erase --process-fd N PATH                  deletes a file or folder of a container or a volume
///     index                                      archive on standard input, a file; prints an ArchiveIndex
///
/// One JSON object a line: the result on standard output with exit status 0, or
/// {"kind":..,"message":..,"hint":..,"errno":..} on standard error with exit status 1.
namespace coracle::store {

/// What only the layers below a layer can complete.
struct LayerFixups {
    std::vector<std::pair<std::string, std::string>>
        links;                         ///< hard links to files of lower layers: name, target
    std::vector<std::string> parents;  ///< folders that the archive only passes through
    bool empty() const noexcept { return links.empty() && parents.empty(); }
};

/// What `coracle-store unpack` found.
struct UnpackedLayer {
    image::Digest diffId;
    std::uint64_t compressedBytes = 0;
    std::uint64_t tarBytes = 0;
    std::uint64_t unpackedBytes = 0;
    std::uint64_t entries = 0;
    std::uint64_t droppedXattrs = 0;
    std::vector<std::string> devices;  ///< "c 1:3 dev/null": nodes that the layer wants; they are not created
    bool squashedOwners = false;       ///< no subordinate ids: every file belongs to the user
    LayerFixups fixups;
};

/// Answer of `measure`: one line for each path.
struct MeasuredTree {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
};

/// What went through `coracle-store inflate`.
struct StreamSummary {
    image::Digest digest;  ///< of what came out
    std::uint64_t compressedBytes = 0;
    std::uint64_t plainBytes = 0;
};

/// What `coracle-store pack` and `flatten` wrote.
struct PackedTree {
    image::Digest diffId;
    std::uint64_t compressedBytes = 0;
    std::uint64_t tarBytes = 0;
    std::uint64_t entries = 0;
    std::uint64_t sockets = 0;        ///< left out
    std::uint64_t reservedNames = 0;  ///< files called ".wh.*", left out
    std::uint64_t changedFiles = 0;   ///< that did not hold still
};

/// What `coracle-store receive` wrote.
struct ReceivedTree {
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    std::uint64_t devices = 0;  ///< left out
};

/// What a container or a layer did to the layers below, in docker's letters: A, C, D; and c, which is C for a
/// folder with the owner and the mode that it had. One for each file of the index that stands beside them.
struct ChangeLetters {
    std::string letters;
};

/// A file of an archive.
struct ArchiveEntry {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string link;  ///< name of the entry that it stands for; empty: it has content of its own
};

/// What `coracle-store index` found.
struct ArchiveIndex {
    std::vector<ArchiveEntry> entries;
};

/// Where the helper writes a stream, beside its result on standard output.
inline constexpr int kStreamFd = 3;

/// Most files that a search tells; one more says that there are others.
inline constexpr std::size_t kMaxFoundFiles = 1000;

/// What is shown of a file; more of it has to be copied.
inline constexpr std::size_t kMaxReadBytes = 1U << 20U;

/// Longest line that is accepted from the helper; a layer may have many fixups with long names.
inline constexpr std::size_t kMaxResultBytes = 64U << 20U;

/// Values as the lines of the protocol, without the newline. Names that are not UTF-8 do not survive; the
/// reader refuses those it would act upon.
std::string toLine(const UnpackedLayer& layer);
std::string toLine(const LayerFixups& fixups);
std::string toLine(const MeasuredTree& tree);
std::string toLine(const StreamSummary& summary);
std::string toLine(const ArchiveIndex& index);
std::string toLine(const PackedTree& tree);
std::string toLine(const ReceivedTree& tree);
std::string toLine(const ChangeLetters& changes);
std::string toLine(const Error& error);

/// Read a line back. The helper has parsed what a stranger wrote and may have been taken over by it, so
/// everything in the line is checked like input of the stranger: numbers are not negative, digests have
/// their form, names are text. Errors: Corrupt.
Result<UnpackedLayer> parseUnpackedLayer(std::string_view line);
Result<LayerFixups> parseFixups(std::string_view line);
Result<MeasuredTree> parseMeasuredTree(std::string_view line);
Result<StreamSummary> parseStreamSummary(std::string_view line);
Result<ArchiveIndex> parseArchiveIndex(std::string_view line);
Result<PackedTree> parsePackedTree(std::string_view line);
Result<ReceivedTree> parseReceivedTree(std::string_view line);
Result<ChangeLetters> parseChangeLetters(std::string_view line);
/// What a helper that failed wrote to standard error; never fails: text that is not of ours becomes the
/// message.
Error parseErrorLine(std::string_view text);

/// Why a helper failed. The terminal sends Ctrl+C to it as well as to the command that started it, and it may
/// be gone before the command has noticed: such an end is Cancelled.
Error helperFailure(const sys::ExitStatus& status, std::string_view text);

}  // namespace coracle::store
