// SPDX-License-Identifier: Apache-2.0
#include "core/engine/archive_output.h"

#include "core/store/tar_writer.h"
#include "rootless/sys/file.h"

#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

constexpr std::size_t kRandomDigits = 12;

/// A name beside `path` that nobody else has.
std::string besideName(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    return folder + "." + path.substr(slash == std::string::npos ? 0 : slash + 1) + "." +
           sys::randomHex(kRandomDigits);
}

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string withoutSlash(std::string path) {
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    return path;
}

class TarOutput final : public ArchiveOutput {
public:
    explicit TarOutput(OutputFile file) : m_file(std::move(file)) {}

    Result<> commit() override {
        TRY(sys::writeAll(m_file.fd(), store::tar::endMark()));
        return m_file.commit();
    }

private:
    Result<> put(const std::string& name, std::uint64_t size, const Write& write) override {
        for (std::size_t slash = name.find('/'); slash != std::string::npos;
             slash = name.find('/', slash + 1)) {
            TRY(putFolder(name.substr(0, slash)));
        }
        store::tar::Entry entry;
        entry.path = name;
        entry.mode = 0644;
        entry.size = size;
        TRY_ASSIGN(const std::string header, store::tar::headerOf(entry));
        TRY(sys::writeAll(m_file.fd(), header));
        TRY(write(m_file.fd()));
        return sys::writeAll(m_file.fd(), store::tar::paddingAfter(size));
    }

    /// skopeo wants to give folders that an archive only passes through to root, which an unprivileged user
    /// cannot do.
    Result<> putFolder(const std::string& name) {
        if (!m_folders.insert(name).second) {
            return {};
        }
        store::tar::Entry entry;
        entry.path = name;
        entry.type = store::tar::EntryType::Directory;
        entry.mode = 0755;
        TRY_ASSIGN(const std::string header, store::tar::headerOf(entry));
        return sys::writeAll(m_file.fd(), header);
    }

    OutputFile m_file;
    std::set<std::string> m_folders;
};

class FolderOutput final : public ArchiveOutput {
public:
    explicit FolderOutput(std::string path) : m_path(std::move(path)), m_partial(besideName(m_path)) {}
    ~FolderOutput() override {
        if (!m_partial.empty()) {
            (void)sys::removeTree(m_partial);  // the first error counts
        }
    }
    FolderOutput(const FolderOutput&) = delete;
    FolderOutput& operator=(const FolderOutput&) = delete;

    Result<> prepare() const { return sys::makeDirectories(m_partial, 0777); }

    Result<> commit() override {
        TRY_ASSIGN(const auto folder, sys::openAt(AT_FDCWD, m_partial, O_RDONLY | O_DIRECTORY));
        if (::syncfs(folder.get()) != 0) {
            return Error::fromErrno("sync '" + m_partial + "'");
        }
        // rename(2): a folder may take the place of an empty one.
        TRY(sys::renamePath(m_partial, m_path));
        m_partial.clear();
        return sys::syncDirectory(folderOf(m_path));
    }

private:
    Result<> put(const std::string& name, std::uint64_t size, const Write& write) override {
        (void)size;  // a file has the size of what is in it
        const std::string path = m_partial + "/" + name;
        TRY(sys::makeDirectories(folderOf(path), 0777));
        TRY_ASSIGN(const auto file,
                   sys::openAt(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666));
        return write(file.get());
    }

    std::string m_path;
    std::string m_partial;
};

}  // namespace

Result<OutputFile> OutputFile::open(const types::OutputPlace& place) {
    OutputFile file;
    if (place.path.empty()) {
        file.m_fd = place.fd;
        return file;
    }
    struct stat status {};
    if (::stat(place.path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        TRY_ASSIGN(file.m_owned, sys::openAt(AT_FDCWD, place.path, O_WRONLY | O_NOCTTY));
        return file;
    }
    file.m_path = place.path;
    const std::string partial = besideName(place.path);
    auto opened = sys::openAt(AT_FDCWD, partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
    if (!opened) {
        return Error::fromErrno("create '" + place.path + "'", opened.error().sysErrno());
    }
    file.m_owned = *std::move(opened);
    file.m_partial = partial;
    return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_owned(std::move(other.m_owned))
    , m_fd(other.m_fd)
    , m_path(std::move(other.m_path))
    , m_partial(std::exchange(other.m_partial, {})) {}

OutputFile::~OutputFile() {
    if (!m_partial.empty()) {
        (void)sys::removeFile(m_partial);  // the first error counts
    }
}

Result<> OutputFile::commit() {
    if (m_partial.empty()) {
        return {};
    }
    TRY(sys::syncFd(m_owned.get(), "'" + m_path + "'"));
    TRY(sys::renamePath(m_partial, m_path));
    m_partial.clear();
    return sys::syncDirectory(folderOf(m_path));
}

Result<> ArchiveOutput::add(const std::string& name, std::uint64_t size, const Write& write) {
    return m_names.insert(name).second ? put(name, size, write) : Result<>();
}

Result<> ArchiveOutput::add(const std::string& name, std::string_view content) {
    return add(name, content.size(), [content](int fd) { return sys::writeAll(fd, content); });
}

Result<std::unique_ptr<ArchiveOutput>> makeArchiveOutput(types::ArchiveFormat format,
                                                         const types::OutputPlace& place) {
    if (format != types::ArchiveFormat::OciFolder) {
        TRY_ASSIGN(OutputFile file, OutputFile::open(place));
        return std::unique_ptr<ArchiveOutput>(std::make_unique<TarOutput>(std::move(file)));
    }
    const std::string path = withoutSlash(place.path);
    if (path.empty()) {
        return Error(ErrorKind::InvalidArgument, "a folder cannot be written to a stream")
            .withHint("name it with --output");
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        const auto names =
            S_ISDIR(status.st_mode)
                ? sys::listDirectory(path)
                : Result<std::vector<std::string>>(Error(ErrorKind::AlreadyExists, "it is a file"));
        if (!names || !names->empty()) {
            return Error(ErrorKind::AlreadyExists, "'" + path + "' exists and is not an empty folder")
                .withHint("name another folder");
        }
    }
    auto folder = std::make_unique<FolderOutput>(path);
    TRY(folder->prepare());
    return std::unique_ptr<ArchiveOutput>(std::move(folder));
}

}  // namespace coracle::engine
