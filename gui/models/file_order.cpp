// SPDX-License-Identifier: Apache-2.0
#include "gui/models/file_order.h"

#include "gui/format.h"

#include <algorithm>

namespace coracle::gui {
namespace {

using types::ImageFile;
using types::ImageFileKind;

/// Without regard to case; most names are ASCII, and a folder may have a hundred thousand of them.
int compareNames(const std::string& one, const std::string& other) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; };
    const std::size_t shared = std::min(one.size(), other.size());
    for (std::size_t i = 0; i < shared; ++i) {
        if (static_cast<signed char>(one[i] | other[i]) < 0) {
            return QString::compare(format::text(one), format::text(other), Qt::CaseInsensitive);
        }
        if (lower(one[i]) != lower(other[i])) {
            return lower(one[i]) < lower(other[i]) ? -1 : 1;
        }
    }
    return one.size() == other.size() ? 0 : one.size() < other.size() ? -1 : 1;
}

}  // namespace

bool comesBeforeInTree(const ImageFile& one, const ImageFile& other) {
    const bool folder = one.kind == ImageFileKind::Folder;
    if (folder != (other.kind == ImageFileKind::Folder)) {
        return folder;
    }
    const int order = compareNames(one.path, other.path);
    return order != 0 ? order < 0 : one.path < other.path;
}

void sortForTree(std::vector<ImageFile>& files) {
    if (!std::is_sorted(files.begin(), files.end(), comesBeforeInTree)) {
        std::sort(files.begin(), files.end(), comesBeforeInTree);
    }
}

}  // namespace coracle::gui
