// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/verbs.h"

#include "core/image/digest.h"
#include "core/store/helper/archive_index.h"
#include "core/store/helper/confine.h"
#include "core/store/helper/copy_tree.h"
#include "core/store/helper/copy_verbs.h"
#include "core/store/helper/file_receiver.h"
#include "core/store/helper/inflate.h"
#include "core/store/helper/layer_lister.h"
#include "core/store/helper/limits.h"
#include "core/store/helper/lower_layers.h"
#include "core/store/helper/pack_stream.h"
#include "core/store/helper/pipeline.h"
#include "core/store/helper/tree_walk.h"
#include "core/store/helper/unpacker.h"
#include "core/store/helper_protocol.h"
#include "core/store/tar_writer.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <fcntl.h>
#include <sys/xattr.h>

namespace coracle::store::helper {
namespace {

/// Of a file's content, read at once.
constexpr std::size_t kDigestBytes = 256U << 10U;
/// A copy tells how far it is whenever so much more was copied.
constexpr std::uint64_t kProgressBytes = 4U << 20U;

/// A command line, taken apart.
struct Command {
    Namespace space = Namespace::Kept;
    std::string keeperDir;
    std::string verb;
    std::string compression = "gzip";
    std::string windowFolder;  ///< empty: none
    std::optional<image::Digest> diffId;
    std::vector<std::string> lowers;
    std::vector<std::string> paths;
    std::set<std::string> mountPoints;  ///< relative, clean
    bool namedWhiteouts = false;
    bool keepHoles = false;
    bool withIndex = false;
    bool folderOnly = false;
};

Error usage(const std::string& what) {
    return {ErrorKind::InvalidArgument, "coracle-store: " + what};
}

/// Paths are absolute: the helper's folder is "/". Options that a verb has no use for are taken and
/// ignored.
Result<Command> parse(const std::vector<std::string>& words) {
    Command command;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            if (command.verb.empty()) {
                command.verb = word;
            } else if (word.starts_with('/')) {
                command.paths.push_back(word);
            } else {
                return usage("'" + word + "' is not an absolute path");
            }
            continue;
        }
        if (i + 1 == words.size()) {
            return usage("option '" + word + "' needs a value");
        }
        const std::string& value = words[++i];
        if (word == "--namespace") {
            TRY_ASSIGN(command.space, parseNamespace(value));
        } else if (word == "--keeper") {
            command.keeperDir = value;
        } else if (word == "--compression") {
            command.compression = value;
        } else if (word == "--window") {
            command.windowFolder = value;
        } else if (word == "--diff-id") {
            TRY_ASSIGN(command.diffId, image::Digest::parse(value));
        } else if (word == "--lower") {
            command.lowers.push_back(value);
        } else if (word == "--mount-point") {
            TRY_ASSIGN(const LayerPath path, parsePath(value));
            command.mountPoints.insert(textOf(path));
        } else if (word == "--named-whiteouts") {
            command.namedWhiteouts = value == "yes";
        } else if (word == "--keep-holes") {
            command.keepHoles = value == "yes";
        } else if (word == "--index") {
            command.withIndex = value == "yes";
        } else if (word == "--folder-only") {
            command.folderOnly = value == "yes";
        } else {
            return usage("unknown option '" + word + "'");
        }
    }
    return command;
}

struct Place {
    sys::UniqueFd folder;
    std::string name;
};

/// The folder that a path is in, and its name there.
/// A folder and a name instead of a path: behind the walls nothing is looked up from the root any more.
Result<Place> placeOf(const std::string& path) {
    std::string plain = path;
    while (plain.size() > 1 && plain.back() == '/') {
        plain.pop_back();
    }
    const std::size_t slash = plain.rfind('/');
    Place place;
    place.name = plain.substr(slash + 1);
    if (place.name.empty() || place.name == "." || place.name == "..") {
        return usage("'" + path + "' names no file");
    }
    TRY_ASSIGN(place.folder, sys::openDirectory(slash == 0 ? "/" : plain.substr(0, slash)));
    return place;
}

/// setns(2) and unshare(2) refuse a user namespace to a process with two threads, so this is asserted
/// before any is started.
Result<> enter(const Command& command) {
    TRY_ASSIGN(const int threads, sys::threadCount());
    if (threads != 1) {
        return Error(ErrorKind::Internal, "coracle-store has more than one thread");
    }
    return enterNamespace(command.space, command.keeperDir);
}

/// Things that are loaded on first use and cannot be any more behind the walls.
void warmUp() {
    (void)image::Digest::of("");
    (void)Error::fromErrno("warm up", EIO);
}

/// A default ACL handed down from the user's folders would change the modes of everything unpacked.
void dropInheritedAcls(int fd) {
    (void)::fremovexattr(fd, "system.posix_acl_default");  // mostly there is none
    (void)::fremovexattr(fd, "system.posix_acl_access");
}

/// Order: open what is needed, load what would be loaded later (warmUp), then give up everything else
/// (confine), and only then look at the first byte of the archive.
Result<std::string> unpack(const Command& command) {
    if (command.paths.size() != 1) {
        return usage("unpack needs one folder");
    }
    TRY(enter(command));
    TRY_ASSIGN(const sys::UniqueFd root,
               sys::openAt(AT_FDCWD, command.paths.front(), O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const auto inflater, makeInflater(command.compression, root.get()));
    dropInheritedAcls(root.get());
    TRY_ASSIGN(OwnIds ids, readOwnIds());
    const bool squashed = ids.uids.single();
    warmUp();
    TRY(confine(root.get(), {{root.get(), Access::Write}}));
    Unpacker unpacker(root.get(), {std::move(ids.uids), std::move(ids.gids)});
    LayerIndexWriter index(kStreamFd);
    ListingSink lister(unpacker, index);
    tar::Sink& sink = command.withIndex ? static_cast<tar::Sink&>(lister) : unpacker;
    TRY_ASSIGN(const StreamReport stream, unpackStream(STDIN_FILENO, *inflater, sink, command.diffId));
    TRY_ASSIGN(UnpackReport report, unpacker.finish());
    if (command.withIndex) {
        TRY(lister.finish());
    }
    UnpackedLayer layer{stream.diffId,
                        stream.compressedBytes,
                        stream.tarBytes + stream.missingBytes,
                        report.unpackedBytes,
                        report.entries,
                        report.droppedXattrs,
                        std::move(report.devices),
                        squashed,
                        {std::move(report.lowerLinks), std::move(report.plainParents)}};
    return toLine(layer);
}

/// Nothing is reachable but the descriptors that we were given.
Result<> confineToStreams(const Command& command) {
    TRY(enter(command));
    warmUp();
    return confine(-1, {});
}

/// The folder for a large window is used before the walls stand, and nothing of it stays but a nameless file.
Result<std::string> inflate(const Command& command) {
    TRY(enter(command));
    sys::UniqueFd folder;
    if (!command.windowFolder.empty()) {
        TRY_ASSIGN(folder, sys::openAt(AT_FDCWD, command.windowFolder, O_RDONLY | O_DIRECTORY));
    }
    TRY_ASSIGN(const auto inflater, makeInflater(command.compression, folder.get()));
    folder.reset();
    warmUp();
    TRY(confine(-1, {}));
    const StreamLimits limits =
        command.diffId ? StreamLimits{"layer", kMaxUnpackedBytes} : StreamLimits{"archive", kMaxArchiveBytes};
    TRY_ASSIGN(const StreamReport report,
               copyStream(STDIN_FILENO, *inflater, kStreamFd, limits, command.diffId));
    return toLine(
        StreamSummary{report.diffId, report.compressedBytes, report.tarBytes + report.missingBytes});
}

Result<std::string> index(const Command& command) {
    TRY(confineToStreams(command));
    TRY_ASSIGN(const ArchiveIndex found, indexArchive(STDIN_FILENO));
    return toLine(found);
}

/// Reads lower layers and writes into one; the list comes by standard input, as it can be longer than a
/// command line.
Result<std::string> complete(const Command& command) {
    if (command.paths.size() != 1) {
        return usage("complete needs one folder");
    }
    TRY(enter(command));
    TRY_ASSIGN(const sys::UniqueFd root,
               sys::openAt(AT_FDCWD, command.paths.front(), O_RDONLY | O_DIRECTORY));
    std::vector<Reachable> folders{{root.get(), Access::Write}};
    std::vector<sys::UniqueFd> opened;
    std::vector<int> lowerFds;
    for (const std::string& lower : command.lowers) {
        TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, lower, O_RDONLY | O_DIRECTORY));
        folders.push_back({fd.get(), Access::Read});
        lowerFds.push_back(fd.get());
        opened.push_back(std::move(fd));
    }
    warmUp();
    TRY(confine(-1, folders));
    TRY_ASSIGN(const std::string line, sys::readAll(STDIN_FILENO, kMaxResultBytes));
    TRY_ASSIGN(const LayerFixups fixups, parseFixups(line));
    TRY(completeLayer(root.get(), lowerFds, {fixups.links, fixups.parents}));
    return std::string();
}

/// Folders that are read, in the order of the command line.
struct OpenFolders {
    std::vector<sys::UniqueFd> owned;
    std::vector<int> fds;
    Result<> open(const std::vector<std::string>& paths) {
        for (const std::string& path : paths) {
            TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
            fds.push_back(fd.get());
            owned.push_back(std::move(fd));
        }
        return {};
    }
};

/// A walk over folders that `pack`, `flatten` and `changes` share: open, put up the walls.
struct Tree {
    OpenFolders roots;
    OpenFolders below;
    PackOptions options;
};
Result<Tree> openTree(const Command& command, PackMode mode) {
    if (command.paths.empty()) {
        return usage(command.verb + " needs a folder");
    }
    TRY(enter(command));
    Tree tree;
    TRY(tree.roots.open(command.paths));
    TRY(tree.below.open(command.lowers));
    tree.options = {mode, command.namedWhiteouts, command.mountPoints, tree.below.fds};
    std::vector<Reachable> folders;
    for (const OpenFolders* opened : {&tree.roots, &tree.below}) {
        for (const int fd : opened->fds) {
            folders.push_back({fd, Access::Read});
        }
    }
    warmUp();
    TRY(confine(-1, folders));
    return tree;
}

Result<std::string> packAs(const Command& command, PackMode mode, std::string_view compression) {
    TRY_ASSIGN(const Tree tree, openTree(command, mode));
    TRY_ASSIGN(const PackedStream packed, packStream(tree.roots.fds, tree.options, compression, kStreamFd,
                                                     command.keepHoles ? Holes::Keep : Holes::Zeros));
    return toLine(PackedTree{packed.diffId, packed.compressedBytes, packed.tarBytes, packed.tree.entries,
                             packed.tree.sockets, packed.tree.reservedNames, packed.changedFiles});
}

Result<std::string> pack(const Command& command) {
    return packAs(command, PackMode::Layer, command.compression);
}

Result<std::string> flatten(const Command& command) {
    return packAs(command, PackMode::Flatten, command.compression);
}

/// Names what a layer does to those below it: what is there goes to the index, a letter for each to
/// `letters`.
class ChangeSink final : public PackSink {
public:
    ChangeSink(const std::vector<int>& below, LayerIndexWriter& index) : m_below(below), m_index(index) {}
    Result<> entry(const tar::Entry& entry, int contentFd) override {
        if (entry.path == ".") {
            return {};
        }
        TRY_ASSIGN(const auto lower, below(entry.path));
        if (!lower && entry.type == tar::EntryType::Directory) {
            m_new = entry.path + "/";
        }
        if (lower && entry.type == tar::EntryType::File && contentFd >= 0) {
            TRY_ASSIGN(const bool same, repeatsFileBelow(m_below, entry, contentFd));
            if (same) {
                return {};  // written again as it was
            }
        }
        return add(!lower ? 'A' : sameFolder(*lower, entry) ? 'c' : 'C', fileOf(entry, entry.path));
    }
    Result<> whiteout(const std::string& path) override {
        TRY_ASSIGN(const auto lower, below(path));
        if (!lower) {
            return {};
        }
        types::ImageFile gone;
        gone.kind = types::ImageFileKind::Whiteout;
        gone.path = path;
        return add('D', gone);
    }
    Result<> opaque(const std::string& /*path*/) override { return {}; }

    std::string letters;

private:
    static bool sameFolder(const struct stat& lower, const tar::Entry& entry) {
        return entry.type == tar::EntryType::Directory && S_ISDIR(lower.st_mode) &&
               (lower.st_mode & 07777U) == entry.mode && lower.st_uid == entry.uid &&
               lower.st_gid == entry.gid;
    }
    Result<> add(char letter, const types::ImageFile& file) {
        if (letters.size() >= kMaxEntries) {
            return Error(ErrorKind::Unsupported,
                         "there are more than " + std::to_string(kMaxEntries) + " changes");
        }
        letters.push_back(letter);
        return m_index.add(file);
    }
    /// What is in a new folder is in no layer below; asking each of them for each file takes most of the
    /// time.
    Result<std::optional<struct stat>> below(const std::string& path) const {
        if (!m_new.empty() && path.starts_with(m_new)) {
            return std::optional<struct stat>();
        }
        return statBelow(m_below, path);
    }
    const std::vector<int>& m_below;
    LayerIndexWriter& m_index;
    std::string m_new;  ///< the last new folder, with a slash: all that is in it follows it
};

Result<std::string> changes(const Command& command) {
    TRY_ASSIGN(const Tree tree, openTree(command, PackMode::Layer));
    LayerIndexWriter index(kStreamFd);
    ChangeSink sink(tree.below.fds, index);
    TRY_ASSIGN(const PackReport report, packTree(tree.roots.fds, tree.options, sink));
    (void)report;
    TRY(index.finish());
    return toLine(ChangeLetters{sink.letters});
}

/// The index of a layer that was unpacked without one.
Result<std::string> list(const Command& command) {
    TRY_ASSIGN(const Tree tree, openTree(command, PackMode::Layer));
    LayerIndexWriter index(kStreamFd);
    ListingPackSink sink(index);
    TRY_ASSIGN(const PackReport report, packTree(tree.roots.fds, tree.options, sink));
    (void)report;
    TRY(index.finish());
    return std::string();
}

/// Hashes what a layer says, whatever archive it came in: without the times of folders, which an archive may
/// leave to whoever unpacks it.
class DigestSink final : public PackSink {
public:
    Result<> entry(const tar::Entry& entry, int contentFd) override {
        tar::Entry known = entry;
        if (known.type == tar::EntryType::Directory) {
            known.mtimeSeconds = 0;
            known.mtimeNanoseconds = 0;
        }
        TRY_ASSIGN(const std::string header, tar::headerOf(known));
        hasher.update(header);
        return contentFd < 0 ? Result<>() : hashContent(contentFd);
    }
    Result<> whiteout(const std::string& path) override {
        hasher.update("whiteout " + path + "\n");
        return {};
    }
    Result<> opaque(const std::string& path) override {
        hasher.update("opaque " + path + "\n");
        return {};
    }

    image::Hasher hasher;
    std::uint64_t bytes = 0;

private:
    Result<> hashContent(int fd) {
        while (true) {
            const ssize_t got = ::read(fd, m_buffer.data(), m_buffer.size());
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return Error::fromErrno("read a file of a layer");
            }
            if (got == 0) {
                return {};
            }
            const auto size = static_cast<std::size_t>(got);
            hasher.update(std::string_view(m_buffer).substr(0, size));
            bytes += size;
        }
    }
    std::string m_buffer = std::string(kDigestBytes, '\0');
};

Result<std::string> digest(const Command& command) {
    TRY_ASSIGN(const Tree tree, openTree(command, PackMode::Layer));
    DigestSink sink;
    TRY_ASSIGN(const PackReport report, packTree(tree.roots.fds, tree.options, sink));
    (void)report;
    return toLine(StreamSummary{sink.hasher.finish(), 0, sink.bytes});
}

/// Folders whose parent is gone are success. All are tried; the first failure is reported at the end.
Result<std::string> remove(const Command& command) {
    TRY(enter(command));
    std::vector<Place> places;
    std::vector<Reachable> folders;
    for (const std::string& path : command.paths) {
        auto place = placeOf(path);
        if (!place && place.error().kind() == ErrorKind::NotFound) {
            continue;
        }
        TRY_ASSIGN(Place found, std::move(place));
        folders.push_back({found.folder.get(), Access::Write});
        places.push_back(std::move(found));
    }
    warmUp();
    TRY(confine(-1, folders));
    Result<> outcome;
    for (const Place& place : places) {
        auto removed = removeTreeAt(place.folder.get(), place.name);
        if (!removed && outcome) {
            outcome = std::move(removed);
        }
    }
    TRY(std::move(outcome));
    return std::string();
}

/// One line for each path; one that is gone has no size.
Result<std::string> measure(const Command& command) {
    if (command.paths.empty()) {
        return usage("measure needs a path");
    }
    TRY(enter(command));
    std::vector<std::optional<Place>> places;
    std::vector<Reachable> folders;
    for (const std::string& path : command.paths) {
        auto place = placeOf(path);
        if (!place && (place.error().kind() != ErrorKind::NotFound || command.paths.size() == 1)) {
            return std::move(place).error();
        }
        places.push_back(place ? std::optional<Place>(*std::move(place)) : std::nullopt);
        if (places.back()) {
            folders.push_back({places.back()->folder.get(), Access::Read});
        }
    }
    warmUp();
    TRY(confine(-1, folders));
    std::string lines;
    for (const auto& place : places) {
        auto size = place ? measureTreeAt(place->folder.get(), place->name) : Result<TreeSize>(TreeSize());
        if (!size && size.error().kind() == ErrorKind::NotFound && command.paths.size() > 1) {
            size = TreeSize();
        }
        if (!size) {
            return std::move(size).error();
        }
        lines += (lines.empty() ? "" : "\n") + toLine(MeasuredTree{size->bytes, size->files});
    }
    return lines;
}

Result<std::string> copy(const Command& command) {
    if (command.paths.size() != 2) {
        return usage("copy needs a source and a destination");
    }
    TRY(enter(command));
    TRY_ASSIGN(const Place from, placeOf(command.paths[0]));
    TRY_ASSIGN(const Place to, placeOf(command.paths[1]));
    warmUp();
    TRY(confine(-1, {{from.folder.get(), Access::Read}, {to.folder.get(), Access::Write}}));
    if (command.folderOnly) {
        TRY(copyFolderAt(from.folder.get(), from.name, to.folder.get(), to.name));
        return std::string();
    }
    std::uint64_t told = 0;
    const auto tell = [&told](std::uint64_t bytes) {
        if (bytes - told >= kProgressBytes) {
            told = bytes;
            (void)sys::writeAll(kStreamFd, std::to_string(bytes) + "\n");  // nobody has to listen
        }
    };
    TRY(copyTreeAt(from.folder.get(), from.name, to.folder.get(), to.name, tell));
    return std::string();
}

/// Passes an archive on and remembers what it says about the folder itself, which a receiver leaves alone.
class RootKeeper : public tar::Sink {
public:
    explicit RootKeeper(tar::Sink& sink) : m_sink(sink) {}

    Result<> beginEntry(const tar::Entry& entry) override {
        TRY_ASSIGN(const LayerPath path, parsePath(entry.path));
        if (path.empty() && entry.type == tar::EntryType::Directory) {
            m_root = entry;
        }
        return m_sink.beginEntry(entry);
    }
    Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) override {
        return m_sink.data(offset, bytes);
    }
    Result<> endEntry() override { return m_sink.endEntry(); }

    /// Owner first: changing it clears bits of the mode.
    Result<> apply(int folderFd, const OwnIds& ids) const {
        if (!m_root) {
            return {};
        }
        const bool known = ids.uids.contains(m_root->uid) && ids.gids.contains(m_root->gid);
        if (known &&
            ::fchown(folderFd, static_cast<uid_t>(m_root->uid), static_cast<gid_t>(m_root->gid)) != 0) {
            return Error::fromErrno("set owner of the folder");
        }
        return ::fchmod(folderFd, m_root->mode & 07777U) == 0
                   ? Result<>()
                   : Result<>(Error::fromErrno("set mode of the folder"));
    }

private:
    tar::Sink& m_sink;
    std::optional<tar::Entry> m_root;
};

/// An archive of a person's becomes the content of a volume. The folder is our root then: what the archive or
/// the volume has for links leads nowhere else.
Result<std::string> fill(const Command& command) {
    if (command.paths.size() != 1) {
        return usage("fill needs one folder");
    }
    TRY(enter(command));
    TRY_ASSIGN(const sys::UniqueFd root,
               sys::openAt(AT_FDCWD, command.paths.front(), O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const auto inflater, makeInflater("auto", root.get()));
    TRY_ASSIGN(const OwnIds ids, readOwnIds());
    FileTarget target;
    target.what.exists = target.what.isFolder = true;
    TRY_ASSIGN(target.root, sys::duplicateFd(root.get()));
    TRY_ASSIGN(target.self, sys::duplicateFd(root.get()));
    ReceiveRules rules;
    rules.owners = ReceiveRules::Owners::Entries;
    rules.stream = true;
    rules.uids = ids.uids;
    rules.gids = ids.gids;
    warmUp();
    TRY(confine(root.get(), {{root.get(), Access::Write}}));
    FileReceiver receiver(std::move(target), std::move(rules));
    RootKeeper sink(receiver);
    TRY(unpackStream(STDIN_FILENO, *inflater, sink, std::nullopt, {"archive", kMaxCopyBytes}));
    TRY_ASSIGN(const ReceivedFiles received, receiver.finish());
    TRY(sink.apply(root.get(), ids));
    return toLine(ReceivedTree{received.entries, received.bytes, received.devices});
}

}  // namespace

Result<std::string> runVerb(const std::vector<std::string>& words) {
    if (isCopyVerb(words)) {
        return runCopyVerb(words);
    }
    TRY_ASSIGN(const Command command, parse(words));
    using Verb = Result<std::string> (*)(const Command&);
    constexpr std::array<std::pair<std::string_view, Verb>, 13> kVerbs{{{"unpack", unpack},
                                                                        {"pack", pack},
                                                                        {"flatten", flatten},
                                                                        {"changes", changes},
                                                                        {"list", list},
                                                                        {"digest", digest},
                                                                        {"inflate", inflate},
                                                                        {"index", index},
                                                                        {"complete", complete},
                                                                        {"remove", remove},
                                                                        {"measure", measure},
                                                                        {"copy", copy},
                                                                        {"fill", fill}}};
    for (const auto& [name, verb] : kVerbs) {
        if (name == command.verb) {
            return verb(command);
        }
    }
    return usage(command.verb.empty() ? "no verb" : "unknown verb '" + command.verb + "'");
}

}  // namespace coracle::store::helper
