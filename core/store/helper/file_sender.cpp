// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/file_sender.h"

#include "core/store/helper/entry_policy.h"
#include "core/store/helper/file_writer.h"
#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"

#include <fcntl.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

Error missing(const std::string& path, Error error) {
    if (error.kind() == ErrorKind::NotFound) {
        return {ErrorKind::NotFound, "there is no '" + shown(path) + "'"};
    }
    return fileFailure("open", path, error.sysErrno());
}

/// Gives the entries of a tree names below the name that its root goes by.
class BelowRoot final : public PackSink {
public:
    BelowRoot(std::string root, PackSink& sink) : m_root(std::move(root)), m_sink(sink) {}

    Result<> entry(const tar::Entry& entry, int contentFd) override {
        if (entry.path == ".") {
            return {};  // told of already
        }
        tar::Entry moved = entry;
        moved.path = below(entry.path);
        if (entry.type == tar::EntryType::Hardlink) {
            moved.linkTarget = below(entry.linkTarget);
        }
        return m_sink.entry(moved, contentFd);
    }
    Result<> whiteout(const std::string& /*path*/) override { return {}; }
    Result<> opaque(const std::string& /*path*/) override { return {}; }

private:
    std::string below(const std::string& path) const { return m_root == "." ? path : m_root + "/" + path; }

    std::string m_root;
    PackSink& m_sink;
};

Result<PackReport> walkSource(const FileSource& source, PackSink& sink) {
    const std::string name = source.what.contentOnly ? "." : source.what.name;
    tar::Entry root = entryOf(name, source.status);
    if (S_ISLNK(source.status.st_mode)) {
        root.type = tar::EntryType::Symlink;
        root.mode = 0777;
        root.linkTarget = source.linkTarget;
        TRY(sink.entry(root, -1));
        return PackReport{1, 0, 0};
    }
    if (S_ISFIFO(source.status.st_mode)) {
        root.type = tar::EntryType::Fifo;
        TRY(sink.entry(root, -1));
        return PackReport{1, 0, 0};
    }
    TRY(readXattrs(source.content.get(), source.what.name, root));
    if (!source.what.isFolder) {
        root.size = static_cast<std::uint64_t>(source.status.st_size);
        TRY(sink.entry(root, source.content.get()));
        return PackReport{1, 0, 0};
    }
    root.type = tar::EntryType::Directory;
    TRY(sink.entry(root, -1));
    BelowRoot below(name, sink);
    PackOptions options;
    options.mode = PackMode::Flatten;
    options.skipKernelFiles = true;
    TRY_ASSIGN(PackReport report, packTree({source.content.get()}, options, below));
    ++report.entries;
    return report;
}

Result<> readLink(int folder, const CopyPath& path, FileSource& source) {
    std::string target(kMaxLinkBytes + 1, '\0');
    const ssize_t length = ::readlinkat(folder, path.leaf.c_str(), target.data(), target.size());
    if (length < 0) {
        return fileFailure("read link", path.whole);
    }
    target.resize(static_cast<std::size_t>(length));
    source.linkTarget = std::move(target);
    return {};
}

}  // namespace

/// What it is is looked at before it is opened, since opening a device or a pipe does something; a file that
/// another thing has replaced in between is opened without waiting and refused.
Result<FileSource> openSource(const std::string& path, bool follow) {
    TRY_ASSIGN(const CopyPath parts, splitCopyPath(path));
    TRY_ASSIGN(const sys::UniqueFd root, sys::openAt(AT_FDCWD, "/", O_PATH | O_DIRECTORY));
    FileSource source;
    source.what.name = parts.leaf;
    source.what.contentOnly = parts.leaf.empty();
    const int noFollow = follow || parts.mustBeFolder ? 0 : O_NOFOLLOW;
    const auto look =
        sys::openInRoot(root.get(), parts.whole, O_PATH | noFollow | (parts.mustBeFolder ? O_DIRECTORY : 0));
    if (!look) {
        return missing(path, look.error());
    }
    if (::fstat(look->get(), &source.status) != 0) {
        return fileFailure("stat", path);
    }
    source.what.isFolder = S_ISDIR(source.status.st_mode);
    if (S_ISLNK(source.status.st_mode)) {
        TRY_ASSIGN(const auto folder, sys::openInRoot(root.get(), parts.folder, O_PATH | O_DIRECTORY));
        TRY(readLink(folder.get(), parts, source));
        return source;
    }
    if (S_ISFIFO(source.status.st_mode)) {
        return source;
    }
    if (!source.what.isFolder && !S_ISREG(source.status.st_mode)) {
        return Error(ErrorKind::Unsupported, "'" + shown(path) + "' is a device or a socket");
    }
    auto content = sys::openInRoot(
        root.get(), parts.whole,
        O_RDONLY | O_NONBLOCK | O_NOCTTY | noFollow | (source.what.isFolder ? O_DIRECTORY : 0));
    if (!content) {
        return missing(path, content.error());
    }
    source.content = *std::move(content);
    struct stat now {};
    if (::fstat(source.content.get(), &now) != 0 ||
        (now.st_mode & S_IFMT) != (source.status.st_mode & S_IFMT)) {
        return Error(ErrorKind::Conflict, "'" + shown(path) + "' has just been replaced");
    }
    source.status = now;
    return source;
}

Result<PackedStream> sendSource(const FileSource& source, int outputFd, Holes holes) {
    return packWalk([&](PackSink& sink) { return walkSource(source, sink); }, "none", outputFd, holes);
}

}  // namespace coracle::store::helper
