// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/copy_verbs.h"

#include "core/image/digest.h"
#include "core/store/helper/confine.h"
#include "core/store/helper/file_finder.h"
#include "core/store/helper/file_receiver.h"
#include "core/store/helper/file_sender.h"
#include "core/store/helper/folder_lister.h"
#include "core/store/helper/join_container.h"
#include "core/store/helper/limits.h"
#include "core/store/helper/pipeline.h"
#include "core/store/helper/tree_walk.h"
#include "core/store/helper_protocol.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace coracle::store::helper {
namespace {

struct Command {
    std::string verb;
    std::optional<int> processFd;  ///< of a container
    std::string below;             ///< a folder of the store that is the root; empty: none
    Namespace space = Namespace::Kept;
    std::string keeperDir;
    std::string windowFolder;  ///< of this computer; empty: none
    bool follow = false;
    bool stream = false;
    bool keepOwners = false;
    bool keepHoles = false;
    std::string name;  ///< what is looked for
    std::string path;

    bool isOfThisComputer() const { return !processFd && below.empty(); }
};

Error usage(const std::string& what) {
    return {ErrorKind::InvalidArgument, "coracle-store: " + what};
}

Result<Command> parse(const std::vector<std::string>& words) {
    Command command;
    command.verb = words.front();
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--process-fd" && i + 1 < words.size()) {
            const std::string& value = words[++i];
            int fd = -1;
            const auto parsed = std::from_chars(value.data(), value.data() + value.size(), fd);
            if (parsed.ec != std::errc() || parsed.ptr != value.data() + value.size() || fd < 0) {
                return usage("'" + value + "' is no descriptor");
            }
            command.processFd = fd;
        } else if (word == "--below" && i + 1 < words.size()) {
            command.below = words[++i];
        } else if (word == "--namespace" && i + 1 < words.size()) {
            TRY_ASSIGN(command.space, parseNamespace(words[++i]));
        } else if (word == "--keeper" && i + 1 < words.size()) {
            command.keeperDir = words[++i];
        } else if (word == "--window" && i + 1 < words.size()) {
            command.windowFolder = words[++i];
        } else if (word == "--name" && i + 1 < words.size()) {
            command.name = words[++i];
        } else if (word == "--follow") {
            command.follow = true;
        } else if (word == "--stream") {
            command.stream = true;
        } else if (word == "--keep-owners") {
            command.keepOwners = true;
        } else if (word == "--keep-holes") {
            command.keepHoles = true;
        } else if (command.path.empty() && word.starts_with('/')) {
            command.path = word;
        } else {
            return usage("unexpected word '" + word + "'");
        }
    }
    if (command.processFd && !command.below.empty()) {
        return usage("--process-fd and --below name two roots");
    }
    return command.path.empty() ? Result<Command>(usage("no path")) : Result<Command>(std::move(command));
}

/// The folder is our root before anything in it is looked up, so what is in it for links leads nowhere else.
Result<OwnIds> enterFolder(const Command& command) {
    TRY(enterNamespace(command.space, command.keeperDir));
    TRY_ASSIGN(OwnIds ids, readOwnIds());
    TRY_ASSIGN(const sys::UniqueFd folder, sys::openDirectory(command.below));
    if (::fchdir(folder.get()) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0) {
        return Error::fromErrno("make the folder of a volume the root");
    }
    return ids;
}

/// Go where the files are, and load what cannot be loaded any more later.
Result<OwnIds> enter(const Command& command) {
    TRY_ASSIGN(const int threads, sys::threadCount());
    if (threads != 1) {
        return Error(ErrorKind::Internal, "coracle-store has more than one thread");
    }
    (void)image::Digest::of("");
    (void)Error::fromErrno("warm up", EIO);
    if (!command.below.empty()) {
        return enterFolder(command);
    }
    return command.processFd ? joinContainer(*command.processFd) : readOwnIds();
}

Result<std::string> send(const Command& command) {
    TRY(enter(command));
    TRY_ASSIGN(const FileSource source, openSource(command.path, command.follow));
    std::vector<Reachable> reachable;
    if (source.what.isFolder) {
        reachable.push_back({source.content.get(), Access::Read});
    }
    TRY(confine(-1, reachable));
    TRY_ASSIGN(const PackedStream packed,
               sendSource(source, kStreamFd, command.keepHoles ? Holes::Keep : Holes::Zeros));
    return toLine(PackedTree{packed.diffId, packed.compressedBytes, packed.tarBytes, packed.tree.entries,
                             packed.tree.sockets, packed.tree.reservedNames, packed.changedFiles});
}

/// The nameless file for a large window is made on this computer, before the container is entered: what a
/// stranger chose the size of is neither memory nor a file of the container's.
Result<std::unique_ptr<Inflater>> inflaterOf(const Command& command) {
    sys::UniqueFd folder;
    if (!command.windowFolder.empty()) {
        TRY_ASSIGN(folder, sys::openDirectory(command.windowFolder));
    }
    return makeInflater(command.stream ? "auto" : "none", folder.get());
}

Result<std::string> receive(const Command& command) {
    TRY_ASSIGN(const auto inflater, inflaterOf(command));
    TRY_ASSIGN(OwnIds ids, enter(command));
    TRY_ASSIGN(FileTarget target, openTarget(command.path));
    if (command.stream && !target.what.isFolder) {
        return Error(target.what.exists ? ErrorKind::Conflict : ErrorKind::NotFound,
                     "'" + shown(command.path) + "' has to be a folder")
            .withHint("an archive is unpacked into a folder that exists");
    }
    ReceiveRules rules;
    rules.onHost = command.isOfThisComputer();
    rules.owners =
        command.keepOwners && !rules.onHost ? ReceiveRules::Owners::Entries : ReceiveRules::Owners::Ours;
    rules.stream = command.stream;
    rules.uids = std::move(ids.uids);
    rules.gids = std::move(ids.gids);
    // In a container or volume a link of it may lead an archive anywhere in it.
    const int place = target.self ? target.self.get() : target.folder.get();
    TRY(confine(-1, {{rules.onHost ? place : target.root.get(), Access::Write}}));
    FileReceiver receiver(std::move(target), std::move(rules));
    TRY(unpackStream(STDIN_FILENO, *inflater, receiver, std::nullopt, {"archive", kMaxCopyBytes}));
    TRY_ASSIGN(const ReceivedFiles received, receiver.finish());
    return toLine(ReceivedTree{received.entries, received.bytes, received.devices});
}

/// What the walls leave of a folder is that one folder: nothing in it is opened by name.
Result<std::string> listOne(const Command& command) {
    TRY(enter(command));
    TRY_ASSIGN(const sys::UniqueFd folder, openListedFolder(command.path));
    TRY(confine(-1, {{folder.get(), Access::Read}}));
    LayerIndexWriter index(kStreamFd);
    TRY(listFolder(folder.get(), index));
    TRY(index.finish());
    return std::string();
}

/// The walls leave the tree of that folder, which in a container may be all that it sees.
Result<std::string> find(const Command& command) {
    if (command.name.empty()) {
        return usage("find needs --name");
    }
    TRY(enter(command));
    TRY_ASSIGN(const sys::UniqueFd folder, openListedFolder(command.path));
    TRY(confine(-1, {{folder.get(), Access::Read}}));
    LayerIndexWriter index(kStreamFd);
    TRY(findFiles(folder.get(), command.name, index));
    TRY(index.finish());
    return std::string();
}

/// The beginning of a file, as it is.
Result<std::string> read(const Command& command) {
    TRY(enter(command));
    TRY_ASSIGN(const FileSource source, openSource(command.path, false));
    if (source.what.isFolder || !source.content) {
        return Error(ErrorKind::Unsupported, "'" + command.path + "' is no file");
    }
    TRY(confine(-1, {}));
    std::string bytes(kMaxReadBytes, '\0');
    std::size_t got = 0;
    while (got < bytes.size()) {
        const ssize_t count = ::read(source.content.get(), bytes.data() + got, bytes.size() - got);
        if (count < 0 && errno != EINTR) {
            return Error::fromErrno("read a file");
        }
        if (count == 0) {
            break;
        }
        got += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    TRY(sys::writeAll(kStreamFd, std::string_view(bytes).substr(0, got)));
    return std::string();
}

/// Only in a container or a volume: nobody asks for files of this computer to be deleted.
Result<std::string> erase(const Command& command) {
    if (command.isOfThisComputer()) {
        return usage("erase needs a container or a volume");
    }
    TRY(enter(command));
    TRY_ASSIGN(const ErasedPlace place, openErasedPlace(command.path));
    TRY(confine(-1, {{place.folder.get(), Access::Write}}));
    TRY(removeTreeAt(place.folder.get(), place.name));
    return std::string();
}

using CopyVerb = Result<std::string> (*)(const Command&);
constexpr std::array<std::pair<std::string_view, CopyVerb>, 6> kCopyVerbs{{{"send", send},
                                                                           {"receive", receive},
                                                                           {"folder", listOne},
                                                                           {"find", find},
                                                                           {"read", read},
                                                                           {"erase", erase}}};

CopyVerb verbOf(const std::string& word) {
    for (const auto& [name, verb] : kCopyVerbs) {
        if (name == word) {
            return verb;
        }
    }
    return nullptr;
}

}  // namespace

bool isCopyVerb(const std::vector<std::string>& words) {
    return !words.empty() && verbOf(words.front()) != nullptr;
}

Result<std::string> runCopyVerb(const std::vector<std::string>& words) {
    TRY_ASSIGN(const Command command, parse(words));
    return verbOf(command.verb)(command);
}

}  // namespace coracle::store::helper
