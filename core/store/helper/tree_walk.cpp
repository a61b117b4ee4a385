// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/tree_walk.h"

#include "core/store/helper/entry_policy.h"
#include "rootless/sys/file.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::store::helper {
namespace {

/// Folders that stay open at a time: below the 1024 descriptors of a process by default, and deep enough
/// that real trees never give one up.
constexpr std::size_t kOpenFrames = 200;
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK;
/// Somebody who puts files in faster than that is to hear of it.
constexpr int kRemoveRounds = 3;

struct DirCloser {
    void operator()(DIR* dir) const noexcept { (void)::closedir(dir); }
};

/// Of a folder that is open: its file system, and the mount that it is reached through, as far as the kernel
/// tells. Two mounts may show the same file system: volumes of one disk in each other, say.
struct Where {
    dev_t device = 0;
    std::uint64_t mount = 0;  ///< 0: not told

    bool isElsewhereThan(const Where& other) const {
        return device != other.device || (mount != 0 && other.mount != 0 && mount != other.mount);
    }
};

/// COMPAT(kernel < 5.8): no STATX_MNT_ID, so that only another file system is noticed.
Result<Where> whereIs(int fd, const std::string& name) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) {
        return Error::fromErrno("stat '" + shown(name) + "'");
    }
    Where where{status.st_dev, 0};
    struct statx more {};
    if (::statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &more) == 0 && (more.stx_mask & STATX_MNT_ID) != 0) {
        where.mount = more.stx_mnt_id;
    }
    return where;
}

Error mountPoint(const std::string& name) {
    return Error(ErrorKind::Conflict, "'" + shown(name) + "' is a mount point");
}

/// Iterative, with a stack of its own: the depth of a tree is a stranger's choice, and recursion would let
/// it choose how deep our stack gets.
class Walk {
public:
    Walk(int parentFd, TreeVisitor& visitor) : m_top(parentFd), m_visitor(visitor) {}

    /// Without recursion: the depth is the tree's, which a container may have made as deep as it liked.
    Result<> run(const std::string& name) {
        TRY(push(name));
        while (!m_stack.empty()) {
            if (m_stack.back().folders.empty()) {
                TRY(pop());
                continue;
            }
            const std::string next = std::move(m_stack.back().folders.back());
            m_stack.back().folders.pop_back();
            TRY(push(next));
        }
        return {};
    }

private:
    struct Frame {
        std::string name;
        sys::UniqueFd fd;
        ino_t inode = 0;
        Where where;
        std::vector<std::string> folders;
    };

    int parentFd() const { return m_stack.empty() ? m_top : m_stack.back().fd.get(); }

    /// Folders are opened by name from their parent's descriptor and never through a link (kFolderFlags),
    /// so a tree that changes under the walk cannot lead it out. Only the last few folders keep their
    /// descriptors.
    Result<> push(const std::string& name) {
        const int parent = parentFd();
        auto opened = sys::openAt(parent, name, kFolderFlags);
        if (!opened && opened.error().sysErrno() == EACCES && m_visitor.permit(parent, name)) {
            opened = sys::openAt(parent, name, kFolderFlags);
        }
        if (!opened) {
            const bool over = !m_stack.empty() && m_visitor.goesOnWithout(opened.error());
            return over ? Result<>() : Result<>(std::move(opened).error());
        }
        struct stat status {};
        if (::fstat(opened->get(), &status) != 0) {
            return Error::fromErrno("stat '" + shown(name) + "'");
        }
        TRY_ASSIGN(const Where where, whereIs(opened->get(), name));
        if (!m_stack.empty() && where.isElsewhereThan(m_stack.back().where)) {
            const TreeVisitor::AtMount what = m_visitor.mounted(opened->get());
            if (what == TreeVisitor::AtMount::End) {
                return mountPoint(name);
            }
            if (what == TreeVisitor::AtMount::Skip) {
                return {};
            }
        }
        TRY(m_visitor.enter(parent, name, opened->get()));
        Frame frame{name, std::move(*opened), status.st_ino, where, {}};
        TRY(read(frame));
        m_stack.push_back(std::move(frame));
        if (m_stack.size() > kOpenFrames) {
            m_stack[m_stack.size() - kOpenFrames - 1].fd.reset();
        }
        return {};
    }

    Result<> read(Frame& frame) {
        TRY_ASSIGN(sys::UniqueFd copy, sys::duplicateFd(frame.fd.get()));
        const std::unique_ptr<DIR, DirCloser> dir(::fdopendir(copy.get()));
        if (!dir) {
            return Error::fromErrno("list '" + shown(frame.name) + "'");
        }
        (void)copy.release();  // closedir(3) closes it
        errno = 0;
        while (const dirent* entry = ::readdir(dir.get())) {
            const std::string name(entry->d_name);
            if (name == "." || name == "..") {
                continue;
            }
            if (isFolder(frame.fd.get(), *entry)) {
                frame.folders.push_back(name);
            } else {
                TRY(m_visitor.leaf(frame.fd.get(), name));
            }
            errno = 0;
        }
        return errno == 0 ? Result<>() : Result<>(Error::fromErrno("list '" + shown(frame.name) + "'"));
    }

    static bool isFolder(int fd, const dirent& entry) {
        if (entry.d_type != DT_UNKNOWN) {
            return entry.d_type == DT_DIR;
        }
        struct stat status {};
        return ::fstatat(fd, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
    }

    /// A folder whose descriptor was given up is opened again by ".." of its child; the inode tells
    /// whether it is still the one that it was.
    Result<> pop() {
        Frame done = std::move(m_stack.back());
        m_stack.pop_back();
        if (!m_stack.empty() && !m_stack.back().fd) {
            TRY_ASSIGN(m_stack.back().fd, sys::openAt(done.fd.get(), "..", kFolderFlags));
            struct stat status {};
            if (::fstat(m_stack.back().fd.get(), &status) != 0) {
                return Error::fromErrno("stat '" + shown(m_stack.back().name) + "'");
            }
            if (status.st_ino != m_stack.back().inode || status.st_dev != m_stack.back().where.device) {
                return Error(ErrorKind::Conflict, "'" + shown(done.name) + "' was moved meanwhile");
            }
        }
        done.fd.reset();
        return m_visitor.leave(parentFd(), done.name);
    }

    int m_top;
    TreeVisitor& m_visitor;
    std::vector<Frame> m_stack;
};

class Remover : public TreeVisitor {
public:
    Result<> enter(int /*parentFd*/, const std::string& /*name*/, int fd) override {
        // A folder without write permission for us keeps its files; only its owner gets here without
        // CAP_DAC_OVERRIDE, and may change it.
        if (::faccessat(fd, ".", W_OK | X_OK, 0) != 0) {
            (void)::fchmod(fd, 0700);  // if it fails, unlinkat says why
        }
        return {};
    }
    Result<> leaf(int folderFd, const std::string& name) override {
        remove(folderFd, name, 0);
        return {};
    }
    Result<> leave(int parentFd, const std::string& name) override {
        remove(parentFd, name, AT_REMOVEDIR);
        return {};
    }
    /// For a folder of mode 0: its owner may change it.
    bool permit(int parentFd, const std::string& name) override {
        return ::fchmodat(parentFd, name.c_str(), 0700, 0) == 0;
    }

    std::optional<Error> firstError;

private:
    void remove(int folderFd, const std::string& name, int flags) {
        if (::unlinkat(folderFd, name.c_str(), flags) != 0 && errno != ENOENT && !firstError) {
            firstError = Error::fromErrno("remove '" + shown(name) + "'");
        }
    }
};

class Measurer : public TreeVisitor {
public:
    Result<> enter(int /*parentFd*/, const std::string& name, int fd) override {
        struct stat status {};
        if (::fstat(fd, &status) != 0) {
            return Error::fromErrno("stat '" + shown(name) + "'");
        }
        add(status);
        return {};
    }
    Result<> leaf(int folderFd, const std::string& name) override {
        struct stat status {};
        if (::fstatat(folderFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
            ++size.files;
            add(status);
        }
        return {};  // a file that went away meanwhile has no size
    }
    Result<> leave(int /*parentFd*/, const std::string& /*name*/) override { return {}; }
    bool permit(int /*parentFd*/, const std::string& /*name*/) override { return false; }

    TreeSize size;

private:
    void add(const struct stat& status) {
        if (S_ISREG(status.st_mode) && status.st_nlink > 1 && !m_seen.insert(status.st_ino).second) {
            return;
        }
        size.bytes += static_cast<std::uint64_t>(status.st_blocks) * 512;
    }
    std::set<ino_t> m_seen;
};

}  // namespace

Result<> walkTree(int parentFd, const std::string& name, TreeVisitor& visitor) {
    return Walk(parentFd, visitor).run(name);
}

namespace {

/// The walk compares what is in the folder with the folder; this compares the folder with its parent.
Result<> requireNoMount(int parentFd, const std::string& name) {
    const auto folder = sys::openAt(parentFd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    const auto parent = sys::openAt(parentFd, ".", O_PATH | O_DIRECTORY);
    if (!folder || !parent) {
        return {};  // the walk says why
    }
    TRY_ASSIGN(const Where inside, whereIs(folder->get(), name));
    TRY_ASSIGN(const Where outside, whereIs(parent->get(), "."));
    return inside.isElsewhereThan(outside) ? Result<>(mountPoint(name)) : Result<>();
}

}  // namespace

/// The name itself is tried as a file first. Failures of single entries do not stop the walk, so that as
/// much as possible goes; the first one is reported.
Result<> removeTreeAt(int parentFd, const std::string& name) {
    if (::unlinkat(parentFd, name.c_str(), 0) == 0 || errno == ENOENT) {
        return {};
    }
    if (errno != EISDIR && errno != EPERM) {
        return Error::fromErrno("remove '" + shown(name) + "'");
    }
    TRY(requireNoMount(parentFd, name));
    Result<> outcome;
    // A second round finds what was put in while the first was under way.
    for (int round = 0; round < kRemoveRounds; ++round) {
        Remover remover;
        outcome = walkTree(parentFd, name, remover);
        if (outcome && !remover.firstError) {
            return {};
        }
        if (!outcome && outcome.error().sysErrno() == ENOENT) {
            continue;  // somebody else deletes the same tree
        }
        if (outcome) {
            outcome = *std::move(remover.firstError);
        }
        if (outcome.error().sysErrno() != ENOTEMPTY) {
            return outcome;
        }
    }
    struct stat status {};
    return ::fstatat(parentFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 ? outcome : Result<>();
}

/// Blocks and not sizes: holes take no room, and a file with several names counts once.
Result<TreeSize> measureTreeAt(int parentFd, const std::string& name) {
    struct stat status {};
    if (::fstatat(parentFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return Error::fromErrno("stat '" + shown(name) + "'");
    }
    Measurer measurer;
    if (S_ISDIR(status.st_mode)) {
        TRY(walkTree(parentFd, name, measurer));
    } else {
        TRY(measurer.leaf(parentFd, name));
    }
    return measurer.size;
}

}  // namespace coracle::store::helper
