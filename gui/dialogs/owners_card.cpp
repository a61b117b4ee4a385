// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/owners_card.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

enum Column { FileColumn, OutsideColumn, InsideColumn, AccessColumn, ColumnCount };

Chip* accessChip(FileAccess access) {
    auto* chip = new Chip;
    chip->setInteractive(false);
    switch (access) {
    case FileAccess::ReadWrite:
        chip->setText(OwnersCard::tr("read and write"));
        break;
    case FileAccess::Read:
        chip->setText(OwnersCard::tr("read"));
        break;
    case FileAccess::None:
        chip->setText(OwnersCard::tr("not open it"));
        chip->setIconName(QStringLiteral("warn"));
        chip->setLook(chip_look::kWarn);
        return chip;
    }
    chip->setIconName(QStringLiteral("check"));
    chip->setLook(chip_look::kOk);
    return chip;
}

}  // namespace

QString ownerText(std::uint32_t uid, const OwnerMap& owners) {
    if (uid == owners.ownId) {
        return OwnersCard::tr("you (%1)").arg(uid);
    }
    return uid == 0 ? OwnersCard::tr("root (0)") : OwnersCard::tr("uid %1").arg(uid);
}

QString insideText(std::uint32_t uid, const OwnerMap& owners) {
    const auto inside = owners.inside(uid);
    if (inside == 0) {
        return OwnersCard::tr("root (0)");
    }
    return inside == OwnerMap::kNobody ? OwnersCard::tr("nobody (65534)")
                                       : OwnersCard::tr("uid %1").arg(inside);
}

OwnersCard::OwnersCard(QWidget* parent) : Card(QStringLiteral(" "), parent) {
    setObjectName(QStringLiteral("storage.owners"));
}

void OwnersCard::addRow(int row, const FileFacts& file, const OwnerMap& owners, bool readOnly) {
    auto* grid = static_cast<QGridLayout*>(m_table->layout());
    auto* name = new TextLabel(file.name, TextRole::Code, Token::Text);
    name->setElided(Qt::ElideMiddle);
    auto* outside = new TextLabel(tr("%1, %2").arg(ownerText(file.uid, owners), permissionText(file.mode)),
                                  TextRole::Secondary, Token::Muted);
    auto* inside = new TextLabel(insideText(file.uid, owners), TextRole::Secondary, Token::Text);
    grid->addWidget(new Line, 2 * row - 1, 0, 1, ColumnCount);
    grid->addWidget(name, 2 * row, FileColumn);
    grid->addWidget(outside, 2 * row, OutsideColumn);
    grid->addWidget(inside, 2 * row, InsideColumn);
    grid->addWidget(accessChip(accessInside(file, owners, readOnly)), 2 * row, AccessColumn, Qt::AlignLeft);
    grid->setRowMinimumHeight(2 * row, scaled(metrics::kRowDense) - 1);
}

void OwnersCard::setFacts(const QString& folder, const FolderFacts& facts, bool readOnly) {
    setTitle(tr("Who owns the files of %1").arg(folder));
    delete m_table;
    m_table = new QWidget(this);
    auto* grid = new QGridLayout(m_table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(scaled(metrics::kSpaceLarge));
    grid->setVerticalSpacing(0);
    const QString heads[] = {tr("File"), tr("On this computer"), tr("Seen inside as"),
                             tr("The container can")};
    for (int i = 0; i < ColumnCount; ++i) {
        grid->addWidget(new TextLabel(heads[i], TextRole::CaptionBold, Token::Muted), 0, i);
        grid->setColumnStretch(i, 1);
    }
    grid->setRowMinimumHeight(0, scaled(metrics::kRowDense) - 4);
    int row = 0;
    for (const auto& file : facts.files) {
        addRow(++row, file, facts.owners, readOnly);
    }
    if (facts.files.empty()) {
        grid->addWidget(new TextLabel(tr("The folder is empty. What root inside writes here belongs to you."),
                                      TextRole::Secondary, Token::Muted),
                        1, 0, 1, ColumnCount);
    } else if (facts.fileCount > facts.files.size()) {
        const auto more = static_cast<int>(facts.fileCount - facts.files.size());
        grid->addWidget(new TextLabel(more == 1 ? tr("and one more") : tr("and %n more", nullptr, more),
                                      TextRole::Secondary, Token::Muted),
                        2 * row + 1, 0, 1, ColumnCount);
    }
    grid->setRowStretch(grid->rowCount(), 1);  // rows stay together where the card is higher than they are
    body()->addWidget(m_table);
}

}  // namespace coracle::gui
