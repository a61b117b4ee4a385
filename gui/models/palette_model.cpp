// SPDX-License-Identifier: Apache-2.0
#include "gui/models/palette_model.h"

#include <QHash>
#include <QVariantList>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kLetter = 10;
constexpr int kTogether = 15;
constexpr int kWordStart = 20;
constexpr int kTextStart = 15;
constexpr int kGap = 1;
constexpr int kSecondary = 12;
constexpr int kPerGroup = 8;
constexpr int kActionsBeside = 3;  ///< of a thing that is found itself; Tab shows the others

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

struct Fit {
    int item = 0;
    int score = 0;
    bool scattered = false;  ///< the letters stand somewhere, but make up nothing that one would type
    std::vector<int> positions;
};

/// Whether each run of letters that was found begins a word: "lo ap" in "Logs of api".
bool beginsWords(const QString& text, const std::vector<int>& positions) {
    for (std::size_t i = 0; i < positions.size(); ++i) {
        if ((i == 0 || positions[i] != positions[i - 1] + 1) && !startsWord(text, positions[i])) {
            return false;
        }
    }
    return true;
}

/// Where each word that was typed stands whole, one after the other; empty: nowhere.
std::vector<int> wholeWords(const QString& words, const QString& text) {
    std::vector<int> positions;
    qsizetype from = 0;
    for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const qsizetype at = text.indexOf(word, from, Qt::CaseInsensitive);
        if (at < 0) {
            return {};
        }
        from = at + word.size();
        for (qsizetype i = at; i < from; ++i) {
            positions.push_back(int(i));
        }
    }
    return positions;
}

struct Group {
    QString name;
    int best = 0;
    std::vector<Fit> fits;
};

/// Letters here and there are looked at only where nothing fits better.
void dropScattered(std::vector<Group>& groups) {
    for (Group& group : groups) {
        std::erase_if(group.fits, [](const Fit& fit) { return fit.scattered; });
        group.best = 0;
        for (const Fit& fit : group.fits) {
            group.best = std::max(group.best, fit.score);
        }
    }
    std::erase_if(groups, [](const Group& group) { return group.fits.empty(); });
}

/// Where the words name a thing, a few of its actions follow it in the order they were given; where they name
/// only actions ("stop api"), all that fit stay.
void keepFewActions(Group& group, const std::vector<PaletteItem>& items, bool wanted) {
    if (!wanted) {
        return;
    }
    QHash<QStringView, std::vector<std::size_t>> beside;  // of each thing its actions that fit
    for (const Fit& fit : group.fits) {
        const PaletteItem& item = items[std::size_t(fit.item)];
        if (!item.secondary && !item.object.isEmpty() && beside.size() < PaletteModel::kMaxRows) {
            beside[item.object];  // the best come first, and more are not shown
        }
    }
    if (beside.isEmpty()) {
        return;
    }
    std::vector<std::size_t> order;
    order.reserve(group.fits.size());
    for (std::size_t i = 0; i < group.fits.size(); ++i) {
        const PaletteItem& item = items[std::size_t(group.fits[i].item)];
        const auto thing = item.secondary ? beside.find(item.object) : beside.end();
        (thing == beside.end() ? order : *thing).push_back(i);
    }
    std::vector<Fit> kept;
    for (const std::size_t i : order) {
        if (kept.size() >= std::size_t(PaletteModel::kMaxRows)) {
            break;
        }
        const PaletteItem& item = items[std::size_t(group.fits[i].item)];
        const auto thing = item.secondary ? beside.end() : beside.find(item.object);
        kept.push_back(std::move(group.fits[i]));
        if (thing == beside.end()) {
            continue;
        }
        std::vector<std::size_t>& actions = *thing;
        std::sort(actions.begin(), actions.end(),
                  [&group](std::size_t a, std::size_t b) { return group.fits[a].item < group.fits[b].item; });
        for (std::size_t k = 0; k < std::min<std::size_t>(actions.size(), kActionsBeside); ++k) {
            kept.push_back(std::move(group.fits[actions[k]]));
        }
    }
    group.fits = std::move(kept);
}

}  // namespace

int paletteScore(const QString& words, const QString& text, std::vector<int>* positions) {
    int score = 0;
    qsizetype from = 0;
    qsizetype before = -2;
    std::vector<int> found;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QChar wanted = words[i];
        if (wanted.isSpace()) {
            continue;
        }
        // What stands together or begins a word is what the person means, if there is such a place.
        qsizetype at = text.indexOf(wanted, from, Qt::CaseInsensitive);
        if (at < 0) {
            return -1;
        }
        if (at != before + 1) {
            for (qsizetype other = at; other >= 0;
                 other = text.indexOf(wanted, other + 1, Qt::CaseInsensitive)) {
                const bool rest = i + 1 >= words.size() || words[i + 1].isSpace() ||
                                  text.indexOf(words[i + 1], other + 1, Qt::CaseInsensitive) >= 0;
                if (startsWord(text, other) && rest) {
                    at = other;
                    break;
                }
            }
        }
        score += kLetter + (at == before + 1 ? kTogether : 0) + (startsWord(text, at) ? kWordStart : 0) +
                 (at == 0 ? kTextStart : 0) - std::min<int>(int(at - from), kLetter) * kGap;
        found.push_back(int(at));
        before = at;
        from = at + 1;
    }
    if (positions != nullptr) {
        *positions = std::move(found);
    }
    return score - int(text.size()) / 8;  // of two that fit alike the shorter one
}

void PaletteModel::setItems(std::vector<PaletteItem> items) {
    beginResetModel();
    m_items = std::move(items);
    m_rows.clear();
    m_found = 0;
    endResetModel();
}

void PaletteModel::setWords(const QString& words, const QString& object) {
    const QString typed = words.trimmed();
    std::vector<Group> groups;
    int number = 0;
    bool clear = typed.isEmpty();
    for (const PaletteItem& item : m_items) {
        const int index = number++;
        if ((!object.isEmpty() && item.object != object) ||
            (object.isEmpty() && item.secondary && typed.isEmpty())) {
            continue;
        }
        Fit fit{.item = index, .score = 0, .scattered = false, .positions = {}};
        if (!typed.isEmpty()) {
            fit.score = paletteScore(typed, item.text, &fit.positions);
            if (fit.score < 0) {
                continue;
            }
            fit.score -= item.secondary && object.isEmpty() ? kSecondary : 0;
            if (!beginsWords(item.text, fit.positions)) {
                std::vector<int> whole = wholeWords(typed, item.text);
                fit.scattered = whole.empty();
                fit.positions = whole.empty() ? std::move(fit.positions) : std::move(whole);
            }
            clear = clear || !fit.scattered;
        }
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& other) { return other.name == item.group; });
        if (group == groups.end()) {
            group = groups.insert(groups.end(), Group{.name = item.group, .best = fit.score, .fits = {}});
        }
        group->best = std::max(group->best, fit.score);
        group->fits.push_back(std::move(fit));
    }
    if (clear) {
        dropScattered(groups);
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.best > b.best; });
    beginResetModel();
    m_rows.clear();
    m_found = 0;
    for (Group& group : groups) {
        std::stable_sort(group.fits.begin(), group.fits.end(),
                         [](const Fit& a, const Fit& b) { return a.score > b.score; });
        m_found += int(group.fits.size());
        keepFewActions(group, m_items, object.isEmpty() && !typed.isEmpty());
        if (m_rows.size() + 1 >= std::size_t(kMaxRows)) {
            continue;
        }
        m_rows.push_back({.item = -1, .head = group.name, .positions = {}});
        int shown = 0;
        for (Fit& fit : group.fits) {
            if (m_rows.size() >= std::size_t(kMaxRows) || (shown++ >= kPerGroup && groups.size() > 1)) {
                break;
            }
            m_rows.push_back({.item = fit.item, .head = {}, .positions = std::move(fit.positions)});
        }
    }
    endResetModel();
}

const PaletteItem* PaletteModel::item(const QModelIndex& index) const {
    if (!index.isValid() || m_rows[std::size_t(index.row())].item < 0) {
        return nullptr;
    }
    return &m_items[std::size_t(m_rows[std::size_t(index.row())].item)];
}

QModelIndex PaletteModel::firstItem() const {
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[std::size_t(row)].item >= 0) {
            return index(row);
        }
    }
    return {};
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
    return item(index) == nullptr ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const Row& row = m_rows[std::size_t(index.row())];
    const PaletteItem* own = item(index);
    if (role == HeadRole) {
        return own == nullptr;
    }
    if (own == nullptr) {
        return role == Qt::DisplayRole ? QVariant(row.head) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return own->text;
    case Qt::AccessibleTextRole:
        return own->detail.isEmpty() ? own->text : own->text + QStringLiteral(", ") + own->detail;
    case DetailRole:
        return own->detail;
    case IconRole:
        return own->iconName;
    case KeysRole:
        return own->keys;
    case PositionsRole: {
        QVariantList list;
        for (const int position : row.positions) {
            list.append(position);
        }
        return list;
    }
    default:
        return {};
    }
}

}  // namespace coracle::gui
