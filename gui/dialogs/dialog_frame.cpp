// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/dialog_frame.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kHeaderHeight = 48;
constexpr int kFooterHeight = 56;

QHBoxLayout* addPanel(QVBoxLayout& column, QDialog& dialog, Qt::Edges edges, int height) {
    auto* panel = new Panel(Token::Window, edges, &dialog);
    panel->setFixedHeight(scaled(height));
    auto* row = new QHBoxLayout(panel);
    row->setContentsMargins(scaled(metrics::kPageMargin), 0, scaled(metrics::kPageMargin), 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    column.addWidget(panel);
    return row;
}

}  // namespace

DialogFrame frameDialog(QDialog& dialog, const QString& iconName) {
    dialog.setAccessibleName(dialog.windowTitle());
    dialog.setModal(true);
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    DialogFrame frame{};
    frame.header = addPanel(*column, dialog, Qt::BottomEdge, kHeaderHeight);
    frame.header->addWidget(new IconLabel(iconName, Token::Text));
    auto* title = new TextLabel(dialog.windowTitle(), TextRole::DialogTitle);
    title->setElided(Qt::ElideMiddle);
    frame.header->addWidget(title, 1);
    auto* close = makeIconButton(dialog.objectName() + QStringLiteral(".close"),
                                 QCoreApplication::translate("DialogFrame", "Close"), QStringLiteral("x"));
    close->setFocusPolicy(Qt::NoFocus);  // keys have Escape, and the focus belongs to the first field
    QObject::connect(close, &QToolButton::clicked, &dialog, &QDialog::reject);
    frame.header->addWidget(close);
    frame.body = new QVBoxLayout;
    frame.body->setContentsMargins(0, 0, 0, 0);
    frame.body->setSpacing(0);
    column->addLayout(frame.body, 1);
    frame.footer = addPanel(*column, dialog, Qt::TopEdge, kFooterHeight);
    return frame;
}

}  // namespace coracle::gui
