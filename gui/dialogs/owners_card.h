// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/folder_facts.h"
#include "gui/widgets/card.h"

class QGridLayout;

namespace coracle::gui {

/// "Who owns the files of ~/src": a few files of a shared folder with their owner on either side and what
/// root inside can do with them.
class OwnersCard : public Card {
    Q_OBJECT
public:
    explicit OwnersCard(QWidget* parent = nullptr);
    void setFacts(const QString& folder, const FolderFacts& facts, bool readOnly);

private:
    void addRow(int row, const FileFacts& file, const OwnerMap& owners, bool readOnly);

    QWidget* m_table = nullptr;
};

/// "you (1000)", "root (0)", "uid 100998".
QString ownerText(std::uint32_t uid, const OwnerMap& owners);
/// "root (0)", "999", "nobody (65534)".
QString insideText(std::uint32_t uid, const OwnerMap& owners);

}  // namespace coracle::gui
