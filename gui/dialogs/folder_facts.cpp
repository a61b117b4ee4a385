// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/folder_facts.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <set>
#include <tuple>

#include <pwd.h>
#include <unistd.h>

namespace coracle::gui {
namespace {

constexpr qint64 kMaxSubidBytes = 1 << 20;

QString userName(std::uint32_t uid) {
    std::vector<char> buffer(4096);
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
        return {};
    }
    return QString::fromLocal8Bit(found->pw_name);
}

std::uint32_t modeOf(QFile::Permissions permissions) {
    std::uint32_t mode = 0;
    const std::pair<QFile::Permission, std::uint32_t> bits[] = {
        {QFile::ReadOwner, 0400}, {QFile::WriteOwner, 0200}, {QFile::ExeOwner, 0100},
        {QFile::ReadGroup, 0040}, {QFile::WriteGroup, 0020}, {QFile::ExeGroup, 0010},
        {QFile::ReadOther, 0004}, {QFile::WriteOther, 0002}, {QFile::ExeOther, 0001}};
    for (const auto& [flag, bit] : bits) {
        mode |= permissions.testFlag(flag) ? bit : 0;
    }
    return mode;
}

FileFacts factsOf(const QFileInfo& info) {
    FileFacts facts;
    facts.isFolder = info.isDir() && !info.isSymLink();
    facts.name = info.fileName() + (facts.isFolder ? QStringLiteral("/") : QString());
    facts.uid = info.ownerId();
    facts.gid = info.groupId();
    facts.mode = modeOf(info.permissions());
    return facts;
}

}  // namespace

std::uint32_t OwnerMap::inside(std::uint32_t outside) const {
    if (outside == ownId) {
        return 0;
    }
    std::uint32_t next = 1;
    for (const auto& range : subordinate) {
        if (outside >= range.first && outside - range.first < range.count) {
            return next + (outside - range.first);
        }
        next += range.count;
    }
    return kNobody;
}

bool OwnerMap::isMapped(std::uint32_t outside) const {
    return outside == ownId || std::any_of(subordinate.begin(), subordinate.end(), [&](const IdRange& range) {
               return outside >= range.first && outside - range.first < range.count;
           });
}

std::vector<IdRange> parseSubordinateIds(const QString& text, const QString& user, std::uint32_t uid) {
    std::vector<IdRange> ranges;
    for (const auto& line : text.split(QLatin1Char('\n'))) {
        const auto fields = line.trimmed().split(QLatin1Char(':'));
        if (fields.size() != 3 || (fields[0] != user && fields[0] != QString::number(uid))) {
            continue;
        }
        bool firstOk = false;
        bool countOk = false;
        const IdRange range{fields[1].toUInt(&firstOk), fields[2].toUInt(&countOk)};
        if (firstOk && countOk && range.count > 0) {
            ranges.push_back(range);
        }
    }
    return ranges;
}

std::vector<FileFacts> pickTelling(std::vector<FileFacts> files, std::size_t most) {
    std::sort(files.begin(), files.end(),
              [](const FileFacts& a, const FileFacts& b) { return a.name.localeAwareCompare(b.name) < 0; });
    std::set<std::tuple<std::uint32_t, std::uint32_t>> seen;
    std::stable_partition(files.begin(), files.end(), [&](const FileFacts& file) {
        return seen.emplace(file.uid, file.mode & 7U).second;
    });
    if (files.size() > most) {
        files.resize(most);
    }
    return files;
}

FolderFacts readFolderFacts(const QString& path) {
    FolderFacts facts;
    facts.owners.ownId = getuid();
    QFile subuid(QStringLiteral("/etc/subuid"));
    if (subuid.open(QIODevice::ReadOnly)) {
        facts.owners.subordinate = parseSubordinateIds(QString::fromUtf8(subuid.read(kMaxSubidBytes)),
                                                       userName(facts.owners.ownId), facts.owners.ownId);
    }
    const QFileInfo info(path);
    facts.exists = info.exists();
    facts.isFolder = info.isDir();
    facts.canEnter = info.isReadable() && (!facts.isFolder || info.isExecutable());
    if (!facts.exists || !facts.canEnter) {
        return facts;
    }
    if (!facts.isFolder) {
        facts.files = {factsOf(info)};
        facts.fileCount = 1;
        return facts;
    }
    std::vector<FileFacts> files;
    QDirIterator entries(path, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    while (entries.hasNext() && files.size() < kMaxFolderEntries) {
        entries.next();
        files.push_back(factsOf(entries.fileInfo()));
    }
    facts.fileCount = files.size();
    facts.files = pickTelling(std::move(files), kShownFiles);
    return facts;
}

FileAccess accessInside(const FileFacts& file, const OwnerMap& owners, bool readOnly) {
    const bool root = owners.isMapped(file.uid);
    const bool reads = root || ((file.mode & 04U) != 0 && (!file.isFolder || (file.mode & 01U) != 0));
    const bool writes = !readOnly && (root || (file.mode & 02U) != 0);
    if (!reads) {
        return FileAccess::None;
    }
    return writes ? FileAccess::ReadWrite : FileAccess::Read;
}

QString permissionText(std::uint32_t mode) {
    QString text;
    for (int bit = 8; bit >= 0; --bit) {
        const bool set = ((mode >> bit) & 1U) != 0;
        text += QLatin1Char(set ? "xwr"[bit % 3] : '-');
    }
    return text;
}

}  // namespace coracle::gui
