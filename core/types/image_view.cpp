// SPDX-License-Identifier: Apache-2.0
#include "core/types/image_view.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace coracle::types {
namespace {

/// By path in the order of bytes, in which what is in a folder comes directly after "folder/".
using Seen = std::vector<std::pair<std::string_view, SeenFile>>;

bool isMark(const ImageFile& file) {
    return file.kind == ImageFileKind::Whiteout || file.kind == ImageFileKind::Opaque;
}

/// Said again without a change: archives repeat folders and links on the way to what they change.
bool saysTheSame(const ImageFile& one, const ImageFile& other) {
    const bool passing = one.kind == ImageFileKind::Folder || one.kind == ImageFileKind::Symlink;
    return passing && one.kind == other.kind && one.mode == other.mode && one.uid == other.uid &&
           one.gid == other.gid && one.link == other.link;
}

bool comesBefore(const std::pair<std::string_view, SeenFile>& one, std::string_view path) {
    return one.first < path;
}

/// What went, in sum and by layer.
struct Gone {
    std::uint64_t bytes = 0;
    std::map<std::size_t, std::uint64_t> byLayer;
};

std::size_t mostOf(const Gone& gone) {
    const auto most = std::max_element(gone.byLayer.begin(), gone.byLayer.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == gone.byLayer.end() ? 0 : most->first;
}

/// The entries of a layer that count, sorted.
struct Sorted {
    std::vector<std::size_t> files;  ///< the last one of each path
    std::vector<std::size_t> marks;  ///< one of each kind and path
};

Sorted sorted(const std::vector<ImageFile>& files) {
    Sorted out;
    for (std::size_t i = 0; i < files.size(); ++i) {
        (isMark(files[i]) ? out.marks : out.files).push_back(i);
    }
    const auto byPath = [&](std::size_t a, std::size_t b) {
        const int order = files[a].path.compare(files[b].path);
        return order != 0 ? order < 0 : a > b;
    };
    std::sort(out.files.begin(), out.files.end(), byPath);
    out.files.erase(std::unique(out.files.begin(), out.files.end(),
                                [&](auto a, auto b) { return files[a].path == files[b].path; }),
                    out.files.end());
    std::sort(out.marks.begin(), out.marks.end(), byPath);
    out.marks.erase(std::unique(out.marks.begin(), out.marks.end(),
                                [&](auto a, auto b) {
                                    return files[a].path == files[b].path && files[a].kind == files[b].kind;
                                }),
                    out.marks.end());
    return out;
}

/// Puts layers on each other. A layer is sorted once and merged with what lies below, so the time grows with
/// the number of names and of layers only, whatever a hostile image marks: a path has at most as many folders
/// above it as the unpacker lets it have.
class Viewer {
public:
    explicit Viewer(const std::vector<LayerFiles>& layers) : m_layers(layers) {}

    /// Marks first, whatever their place in the archive: they are about the layers below.
    void add(std::size_t layer, ImageView* view) {
        const auto& files = m_layers[layer].files;
        const Sorted own = sorted(files);
        m_gone.assign(m_seen.size(), false);
        for (const auto index : own.marks) {
            const bool replaced = std::binary_search(
                own.files.begin(), own.files.end(), index,
                [&](std::size_t a, std::size_t b) { return files[a].path < files[b].path; });
            mark(layer, index, replaced, view);
        }
        Seen merged;
        merged.reserve(m_seen.size() + own.files.size());
        std::size_t at = 0;
        for (const auto index : own.files) {
            const std::string_view path = files[index].path;
            for (; at < m_seen.size() && m_seen[at].first < path; ++at) {
                keep(at, merged);
            }
            const bool lower = at < m_seen.size() && m_seen[at].first == path;
            file(layer, index, lower ? &at : nullptr, view);
            merged.emplace_back(path, SeenFile{layer, &files[index]});
            at += lower ? 1 : 0;
        }
        for (; at < m_seen.size(); ++at) {
            keep(at, merged);
        }
        m_seen = std::move(merged);
    }

    const Seen& seen() const { return m_seen; }

private:
    void keep(std::size_t at, Seen& merged) const {
        if (!m_gone[at]) {
            merged.push_back(m_seen[at]);
        }
    }

    void take(std::size_t at, Gone& gone) {
        if (!m_gone[at]) {
            m_gone[at] = true;
            gone.bytes += m_seen[at].second.file->size;
            gone.byLayer[m_seen[at].second.layer] += m_seen[at].second.file->size;
        }
    }

    std::size_t indexOf(std::string_view path) const {
        return static_cast<std::size_t>(std::lower_bound(m_seen.begin(), m_seen.end(), path, comesBefore) -
                                        m_seen.begin());
    }

    /// What the layers below have in a folder.
    void takeInside(std::string_view folder, Gone& gone) {
        const std::string inside = folder == "." ? std::string() : std::string(folder) + "/";
        for (std::size_t at = indexOf(inside); at < m_seen.size() && m_seen[at].first.starts_with(inside);
             ++at) {
            take(at, gone);
        }
    }

    bool isThere(std::string_view path) const {
        const std::size_t at = indexOf(path);
        return at < m_seen.size() && m_seen[at].first == path && !m_gone[at];
    }

    void mark(std::size_t layer, std::size_t index, bool replaced, ImageView* view) {
        const ImageFile& file = m_layers[layer].files[index];
        const bool itself = file.kind == ImageFileKind::Whiteout && !replaced;
        const bool known = isThere(file.path);
        Gone gone;
        if (itself && known) {
            take(indexOf(file.path), gone);
        }
        takeInside(file.path, gone);
        if (view == nullptr || (!known && gone.byLayer.empty())) {
            return;
        }
        if (itself) {
            ++view->layers[layer].deleted;
            view->layers[layer].changes.push_back({'D', index});
        }
        waste(file.path, gone, layer, true, *view);
    }

    /// below: where the path is in the layers below, if it is.
    void file(std::size_t layer, std::size_t index, const std::size_t* below, ImageView* view) {
        const ImageFile& file = m_layers[layer].files[index];
        const bool lower = below != nullptr && !m_gone[*below];
        const ImageFile* before = lower ? m_seen[*below].second.file : nullptr;
        if (view != nullptr) {
            view->fileBytes += file.size;
            if (!lower) {
                ++view->layers[layer].added;
                view->layers[layer].changes.push_back({'A', index});
            } else if (!saysTheSame(*before, file)) {
                ++view->layers[layer].changed;
                view->layers[layer].changes.push_back({'C', index});
            }
        }
        if (!lower) {
            return;
        }
        Gone gone;
        take(*below, gone);
        if (before->kind == ImageFileKind::Folder && file.kind != ImageFileKind::Folder) {
            takeInside(file.path, gone);
        }
        if (view != nullptr) {
            waste(file.path, gone, layer, false, *view);
        }
    }

    static void waste(const std::string& path, const Gone& gone, std::size_t layer, bool deleted,
                      ImageView& view) {
        if (gone.bytes > 0) {
            view.waste.push_back({path, gone.bytes, mostOf(gone), layer, deleted});
            view.wastedBytes += gone.bytes;
        }
    }

    const std::vector<LayerFiles>& m_layers;
    Seen m_seen;
    std::vector<bool> m_gone;  ///< of m_seen, while a layer is added
};

/// A hard link is the file that it names, where that can be found.
const ImageFile& contentOf(const Seen& seen, const ImageFile& file) {
    if (file.kind == ImageFileKind::Hardlink) {
        const auto target = std::lower_bound(seen.begin(), seen.end(), file.link, comesBefore);
        if (target != seen.end() && target->first == file.link &&
            target->second.file->kind == ImageFileKind::File) {
            return *target->second.file;
        }
    }
    return file;
}

bool alike(const Seen& fromSeen, const ImageFile& from, const Seen& toSeen, const ImageFile& to) {
    const ImageFile& one = contentOf(fromSeen, from);
    const ImageFile& other = contentOf(toSeen, to);
    return one.kind == other.kind && one.mode == other.mode && one.uid == other.uid && one.gid == other.gid &&
           one.size == other.size && one.contentHash == other.contentHash &&
           (one.kind != ImageFileKind::Symlink || one.link == other.link);
}

}  // namespace

int ImageView::efficiency() const {
    return fileBytes == 0 ? 100 : static_cast<int>(100 - wastedBytes * 100 / fileBytes);
}

ImageView viewImage(const std::vector<LayerFiles>& layers) {
    ImageView view;
    view.layers.resize(layers.size());
    Viewer viewer(layers);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        viewer.add(i, &view);
        // Those by marks come first; each of the two parts is sorted.
        auto& changes = view.layers[i].changes;
        const auto byPath = [&](const LayerChange& a, const LayerChange& b) {
            return layers[i].files[a.file].path < layers[i].files[b.file].path;
        };
        const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(view.layers[i].deleted);
        std::inplace_merge(changes.begin(), middle, changes.end(), byPath);
    }
    std::stable_sort(view.waste.begin(), view.waste.end(),
                     [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    return view;
}

std::vector<SeenFile> seenFiles(const std::vector<LayerFiles>& layers, std::size_t count) {
    Viewer viewer(layers);
    for (std::size_t i = 0; i < std::min(count, layers.size()); ++i) {
        viewer.add(i, nullptr);
    }
    std::vector<SeenFile> files;
    files.reserve(viewer.seen().size());
    for (const auto& [path, seen] : viewer.seen()) {
        files.push_back(seen);
    }
    return files;
}

std::vector<ImageDifference> compareImages(const std::vector<LayerFiles>& from,
                                           const std::vector<LayerFiles>& to) {
    Viewer first(from);
    for (std::size_t i = 0; i < from.size(); ++i) {
        first.add(i, nullptr);
    }
    Viewer second(to);
    for (std::size_t i = 0; i < to.size(); ++i) {
        second.add(i, nullptr);
    }
    std::vector<ImageDifference> differences;
    const Seen& before = first.seen();
    const Seen& after = second.seen();
    auto one = before.begin();
    auto other = after.begin();
    while (one != before.end() || other != after.end()) {
        if (other == after.end() || (one != before.end() && one->first < other->first)) {
            differences.push_back({'D', std::string(one->first)});
            ++one;
        } else if (one == before.end() || other->first < one->first) {
            differences.push_back({'A', std::string(other->first)});
            ++other;
        } else {
            if (!alike(before, *one->second.file, after, *other->second.file)) {
                differences.push_back({'C', std::string(one->first)});
            }
            ++one;
            ++other;
        }
    }
    return differences;
}

std::string modeText(const ImageFile& file) {
    std::string text = "?rwxrwxrwx";
    text[0] = file.kind == ImageFileKind::File || file.kind == ImageFileKind::Hardlink
                  ? '-'
                  : static_cast<char>(file.kind);
    for (unsigned bit = 0; bit < 9; ++bit) {
        if ((file.mode & (0400U >> bit)) == 0) {
            text[bit + 1] = '-';
        }
    }
    const auto special = [&](std::uint32_t bit, std::size_t at, char letter) {
        if ((file.mode & bit) != 0) {
            text[at] = text[at] == 'x' ? letter : static_cast<char>(letter - 'a' + 'A');
        }
    };
    special(04000U, 3, 's');
    special(02000U, 6, 's');
    special(01000U, 9, 't');
    return text;
}

}  // namespace coracle::types
