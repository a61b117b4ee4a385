// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/import_dialog.h"

#include "core/image/reference.h"
#include "gui/dialogs/dialog_frame.h"
#include "gui/dialogs/transfer_parts.h"
#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kWidth = 520;
constexpr int kChangesHeight = 92;

/// "my-tools" of "/home/me/My tools.tar.gz".
QString nameOf(const QString& file) {
    static const QRegularExpression strange(QStringLiteral("[^a-z0-9._-]+"));
    static const QRegularExpression ends(QStringLiteral("^[._-]+|[._-]+$"));
    QString name = QFileInfo(file).fileName().toLower();
    name = name.section(QStringLiteral(".tar"), 0, 0).section(QStringLiteral(".tgz"), 0, 0);
    return name.replace(strange, QStringLiteral("-")).remove(ends);
}

}  // namespace

ImportDialog::ImportDialog(const QString& file, QWidget* parent)
    : QDialog(parent)
    , m_name(new QLineEdit(nameOf(file)))
    , m_changes(new QPlainTextEdit)
    , m_message(new QLineEdit)
    , m_problem(new TextLabel({}, TextRole::Secondary, Token::Err))
    , m_import(makeButton(QStringLiteral("import.ok"), tr("Import"), {}, ButtonKind::Primary)) {
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import %1 as an image").arg(QFileInfo(file).fileName()));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("archive"));
    auto* fields = new QWidget;
    auto* column = new QVBoxLayout(fields);
    column->setContentsMargins(metrics::kPageMargin, scaled(metrics::kSpace), metrics::kPageMargin,
                               scaled(metrics::kSpace));
    column->setSpacing(scaled(metrics::kSpace));
    auto* about =
        new TextLabel(tr("The files of the tar become one layer. For an image that was saved, use Load."),
                      TextRole::Secondary, Token::Muted);
    about->setWordWrap(true);
    column->addWidget(about);
    m_name->setObjectName(QStringLiteral("import.name"));
    m_name->selectAll();
    column->addWidget(makeField(tr("Name"), m_name));
    m_problem->setObjectName(QStringLiteral("import.problem"));
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    m_changes->setObjectName(QStringLiteral("import.changes"));
    m_changes->setPlaceholderText(QStringLiteral("CMD [\"/bin/sh\"]\nENV PATH=/bin\nEXPOSE 8080"));
    m_changes->setTabChangesFocus(true);
    m_changes->setFont(themeFont(TextRole::Code));
    m_changes->setFixedHeight(scaled(kChangesHeight));
    column->addWidget(makeField(tr("What it runs: lines of a Dockerfile"), m_changes));
    m_message->setObjectName(QStringLiteral("import.message"));
    column->addWidget(makeField(tr("What it is, for its history"), m_message));
    frame.body->addWidget(fields);
    auto* cancel = makeButton(QStringLiteral("import.cancel"), tr("Cancel"));
    cancel->setAutoDefault(false);
    frame.footer->addStretch(1);
    frame.footer->addWidget(cancel);
    frame.footer->addWidget(m_import);
    m_import->setDefault(true);
    setFixedWidth(scaled(kWidth));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::validate);
    validate();
    m_name->setFocus();
}

/// Without a name it would be one of those that nobody finds again.
QString ImportDialog::problem() const {
    const std::string name = m_name->text().trimmed().toStdString();
    if (name.empty()) {
        return tr("Type a name: tools, team/app:2");
    }
    const auto parsed = image::Reference::parse(name);
    return parsed ? QString() : format::sentence(parsed.error().message());
}

void ImportDialog::validate() {
    const QString why = problem();
    m_problem->setText(why);
    m_problem->setVisible(!why.isEmpty());
    m_import->setEnabled(why.isEmpty());
}

types::ImportOptions ImportDialog::options() const {
    types::ImportOptions options;
    options.name = m_name->text().trimmed().toStdString();
    options.message = m_message->text().trimmed().toStdString();
    for (const QString& line : m_changes->toPlainText().split(QLatin1Char('\n'))) {
        if (const QString change = line.trimmed(); !change.isEmpty()) {
            options.changes.push_back(change.toStdString());
        }
    }
    return options;
}

}  // namespace coracle::gui
