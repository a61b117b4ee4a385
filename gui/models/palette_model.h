// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <vector>

namespace coracle::gui {

/// Something that the palette can do or open.
struct PaletteItem {
    QString group;   ///< "Containers", "Do"
    QString object;  ///< what it is about: Tab shows all that have the same; empty: nothing
    QString text;    ///< what is searched
    QString detail;  ///< faint words behind it
    QString iconName;
    QString keys;  ///< shortcut, shown at the end
    /// Shown only when words were typed: there are many.
    bool secondary = false;
    std::function<void()> run;
};

/// How well `words` fits `text`: their letters in this order, the better the closer they stand together and
/// the more of them begin words. Negative: not at all. Capitals do not matter.
/// positions: where the letters were found, when it fits.
int paletteScore(const QString& words, const QString& text, std::vector<int>* positions = nullptr);

/// The rows of the palette: for the words that were typed, the best items of each group below a head of the
/// group, groups by their best item.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { HeadRole = Qt::UserRole + 1, DetailRole, IconRole, KeysRole, PositionsRole };
    static constexpr int kMaxRows = 60;  ///< who does not find it there types one more letter

    using QAbstractListModel::QAbstractListModel;
    /// All that can be found. Costs a pass over them; 5,000 are no trouble.
    void setItems(std::vector<PaletteItem> items);
    /// object: only its items; empty: all.
    void setWords(const QString& words, const QString& object = {});
    /// Items that fit, shown or not, and all that there are.
    int found() const { return m_found; }
    int total() const { return int(m_items.size()); }
    /// Null for a head or an invalid index; valid until the next setItems().
    const PaletteItem* item(const QModelIndex& index) const;
    /// The first row that can be chosen; invalid when there is none.
    QModelIndex firstItem() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        int item = -1;  ///< -1: a head
        QString head;
        std::vector<int> positions;
    };

    std::vector<PaletteItem> m_items;
    std::vector<Row> m_rows;
    int m_found = 0;
};

}  // namespace coracle::gui
