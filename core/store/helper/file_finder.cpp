// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/file_finder.h"

#include "core/store/helper/folder_lister.h"
#include "core/store/helper/tree_walk.h"
#include "core/store/helper_protocol.h"

#include <algorithm>
#include <cstddef>

#include <fnmatch.h>
#include <linux/magic.h>
#include <sys/vfs.h>

namespace coracle::store::helper {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view words) {
    return std::search(text.begin(), text.end(), words.begin(), words.end(),
                       [](char one, char other) { return lower(one) == lower(other); }) != text.end();
}

class Finder : public TreeVisitor {
public:
    Finder(std::string_view words, LayerIndexWriter& index) : m_words(words), m_index(index) {}

    Result<> enter(int parentFd, const std::string& name, int /*fd*/) override {
        if (!m_inside) {
            m_inside = true;  // the folder itself has no name
            return {};
        }
        TRY(look(parentFd, name));
        m_path += name + "/";
        return {};
    }
    Result<> leaf(int folderFd, const std::string& name) override { return look(folderFd, name); }
    Result<> leave(int /*parentFd*/, const std::string& name) override {
        m_path.resize(m_path.size() - std::min(m_path.size(), name.size() + 1));
        return {};
    }
    bool permit(int /*parentFd*/, const std::string& /*name*/) override { return false; }
    AtMount mounted(int fd) override {
        struct statfs system {};
        const bool made = ::fstatfs(fd, &system) == 0 &&
                          (system.f_type == PROC_SUPER_MAGIC || system.f_type == SYSFS_MAGIC ||
                           system.f_type == CGROUP2_SUPER_MAGIC);
        return made ? AtMount::Skip : AtMount::Enter;
    }
    bool goesOnWithout(const Error& /*error*/) override { return true; }

    bool isFull() const { return m_count > kMaxFoundFiles; }

private:
    Result<> look(int folderFd, const std::string& name) {
        if (!isMeantBy(m_words, m_path + name)) {
            return {};
        }
        types::ImageFile file;
        TRY_ASSIGN(const bool there, describeFile(folderFd, name, file));
        if (!there) {
            return {};
        }
        file.path = m_path + name;
        TRY(m_index.add(file));
        ++m_count;
        return isFull() ? Result<>(Error(ErrorKind::Cancelled, "enough was found")) : Result<>();
    }

    std::string_view m_words;
    LayerIndexWriter& m_index;
    std::string m_path;  ///< of the folder that we are in, with a slash; empty: the first
    bool m_inside = false;
    std::size_t m_count = 0;
};

}  // namespace

bool isMeantBy(std::string_view words, std::string_view path) {
    if (words.find('/') != std::string_view::npos) {
        return contains("/" + std::string(path), words);
    }
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (words.find_first_of("*?") == std::string_view::npos) {
        return contains(name, words);
    }
    return ::fnmatch(std::string(words).c_str(), std::string(name).c_str(), FNM_CASEFOLD | FNM_NOESCAPE) == 0;
}

Result<> findFiles(int folderFd, std::string_view words, LayerIndexWriter& index) {
    Finder finder(words, index);
    auto walked = walkTree(folderFd, ".", finder);
    return walked || finder.isFull() ? Result<>() : walked;
}

}  // namespace coracle::store::helper
