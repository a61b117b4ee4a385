// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/edit_dialog.h"

#include "core/types/run_command.h"
#include "gui/dialogs/dialog_frame.h"
#include "gui/dialogs/restart_box.h"
#include "gui/dialogs/section_list.h"
#include "gui/dialogs/spec_form.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kDialogWidth = 980;
constexpr int kDialogHeight = 600;

}  // namespace

EditDialog::EditDialog(const PageContext& context, std::string id, FolderReader reader, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_id(std::move(id))
    , m_form(new SpecForm(context,
                          {QStringLiteral("editDialog"),
                           [this](const auto& mapping, const auto& done) { checkPort(mapping, done); },
                           std::move(reader),
                           {}},
                          this))
    , m_banner(&m_form->banner())
    , m_name(new QLineEdit(this))
    , m_restart(new RestartBox(this))
    , m_note(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_cancel(makeButton(QStringLiteral("editDialog.cancel"), tr("Cancel")))
    , m_save(makeButton(QStringLiteral("editDialog.save"), tr("Save"), {}, ButtonKind::Primary))
    , m_saveAndRestart(makeButton(QStringLiteral("editDialog.saveAndRestart"), tr("Save and restart"))) {
    setObjectName(QStringLiteral("editDialog"));
    const types::ContainerSummary* row = m_context.state.container(m_id);
    setWindowTitle(tr("Edit %1").arg(row == nullptr ? format::shortId(m_id) : format::text(row->name)));
    resize(scaled(kDialogWidth), scaled(kDialogHeight));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("edit"));
    frame.body->addWidget(m_form, 1);
    m_form->addSection(tr("General"), QStringLiteral("container"), makeGeneral());
    m_form->addShared();
    makeFooter(*frame.footer);
    connectSections();
    m_form->list().setCurrent(General);
    load();
}

QWidget* EditDialog::makeGeneral() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpaceTiny));
    const auto add = [&](const QString& title, QWidget* input, const QString& objectName) {
        auto* label = new TextLabel(title, TextRole::SecondaryStrong, Token::Text, page);
        label->setBuddy(input);
        input->setObjectName(objectName);
        input->setAccessibleName(title);
        input->setMinimumHeight(scaled(metrics::kControl));
        column->addWidget(label);
        column->addWidget(input);
    };
    add(tr("Name"), m_name, QStringLiteral("editDialog.name"));
    m_nameHelp = new TextLabel({}, TextRole::Secondary, Token::Err, page);
    column->addWidget(m_nameHelp);
    column->addSpacing(scaled(metrics::kSpaceSmall));
    add(tr("When it stops"), m_restart, QStringLiteral("editDialog.restart"));
    column->addStretch(1);
    return page;
}

void EditDialog::makeFooter(QHBoxLayout& row) {
    m_note->setObjectName(QStringLiteral("editDialog.note"));
    m_note->setElided();
    row.addWidget(m_note, 1);
    row.addWidget(m_cancel);
    row.addWidget(m_saveAndRestart);
    row.addWidget(m_save);
    m_save->setDefault(true);
    m_save->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_cancel->setAutoDefault(false);
    m_saveAndRestart->setAutoDefault(false);
    m_saveAndRestart->hide();
    connect(m_cancel, &QPushButton::clicked, this, &EditDialog::reject);
    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_saveAndRestart, &QPushButton::clicked, this, [this] { save(true); });
}

void EditDialog::connectSections() {
    connect(m_name, &QLineEdit::textChanged, this, &EditDialog::refresh);
    connect(m_restart, &QComboBox::currentIndexChanged, this, &EditDialog::refresh);
    connect(m_form, &SpecForm::changed, this, &EditDialog::refresh);
}

/// A port that the container has itself is free for it.
void EditDialog::checkPort(const net::PortMapping& mapping,
                           const std::function<void(const engine::PortCheck&)>& done) {
    const bool own = std::any_of(m_own.begin(), m_own.end(), [&](const net::PortMapping& port) {
        return port.hostPort == mapping.hostPort && port.protocol == mapping.protocol;
    });
    if (own) {
        engine::PortCheck check;
        check.state = engine::PortCheck::State::Free;
        done(check);
        return;
    }
    m_context.engine.checkPort(this, mapping, [done](const Result<engine::PortCheck>& check) {
        if (check) {
            done(*check);
        }
    });
}

void EditDialog::load() {
    setBusy(true, tr("Reading the container"));
    m_context.engine.inspectContainer(this, m_id, [this](const Result<types::ContainerDetails>& details) {
        setBusy(false);
        if (details) {
            fill(*details);
        } else {
            m_before.reset();
            m_banner->show(Banner::Kind::Error, format::sentence(details.error().message()),
                           QString::fromStdString(details.error().hint()));
            refresh();
        }
    });
}

/// What the form says afterwards is what changes are reckoned from: a field that it cannot show stays as it
/// is.
void EditDialog::fill(const types::ContainerDetails& details) {
    m_filling = true;
    m_running = details.summary.pid > 0;
    m_own = details.summary.ports;
    const types::RunSpec& spec = details.spec;
    m_name->setText(QString::fromStdString(details.summary.name));
    m_restart->setRestart(spec.restart);
    m_restart->setEnabled(!spec.removeWhenStopped);
    m_restart->setToolTip(spec.removeWhenStopped ? tr("It is removed when it stops") : QString());
    m_form->setSpec(spec);
    m_before = formSpec();
    m_filling = false;
    refresh();
    if (m_publish) {
        ports().addRowFor(*std::exchange(m_publish, std::nullopt));
    }
    askForImage(details.summary);
}

/// What it says beside what was asked for. An image that is gone says nothing.
void EditDialog::askForImage(const types::ContainerSummary& container) {
    const std::string& image = container.imageId.empty() ? container.image : container.imageId;
    m_context.engine.inspectImage(this, image, [this](const Result<types::ImageDetails>& details) {
        if (details) {
            m_form->setImage(*details);
        }
    });
}

types::RunSpec EditDialog::formSpec() const {
    types::RunSpec spec;
    spec.name = m_name->text().trimmed().toStdString();
    spec.restart = m_restart->restart();
    m_form->apply(spec);
    return spec;
}

types::ContainerEdit EditDialog::edit() const {
    return m_before ? types::editBetween(*m_before, formSpec()) : types::ContainerEdit{};
}

PortEditor& EditDialog::ports() {
    return m_form->ports();
}

StorageEditor& EditDialog::storage() {
    return m_form->storage();
}

void EditDialog::showSection(Section section) {
    m_form->list().setCurrent(section);
}

void EditDialog::publish(const QString& exposed) {
    showSection(Ports);
    if (m_before) {
        ports().addRowFor(exposed);
    } else {
        m_publish = exposed;
    }
}

QString EditDialog::nameProblem() const {
    const QString name = m_name->text().trimmed();
    if (!types::isObjectName(name.toStdString())) {
        return tr("A name has letters, digits, dots, dashes and underscores");
    }
    const auto& rows = m_context.state.containers().rows;
    const bool taken = std::any_of(rows.begin(), rows.end(), [&](const types::ContainerSummary& row) {
        return row.id != m_id && row.name == name.toStdString();
    });
    return taken ? tr("Another container has this name") : QString();
}

QString EditDialog::reason() const {
    if (!m_before) {
        return tr("The container could not be read");
    }
    const QString name = nameProblem();
    if (!name.isEmpty()) {
        return name;
    }
    // A folder that has gone meanwhile is in nobody's way who changes something else. A row that is not
    // filled in is no mount yet, and a change nevertheless.
    const bool same =
        formSpec().mounts == m_before->mounts && m_form->storage().drafts().size() == m_before->mounts.size();
    return m_form->problem(same ? SpecForm::Folders::Trusted : SpecForm::Folders::Checked);
}

void EditDialog::refresh() {
    if (m_filling || m_busy) {
        return;
    }
    const QString name = m_before ? nameProblem() : QString();
    m_nameHelp->setText(name);
    m_form->list().setBadge(General, 0, name.isEmpty() ? 0 : 1);
    m_form->showBadges();
    const types::ContainerEdit now = edit();
    const QString why = reason();
    const bool waits = m_running && types::needsStart(now);
    m_note->setToken(why.isEmpty() ? Token::Muted : Token::Err);
    if (!why.isEmpty()) {
        m_note->setText(why);
    } else if (now.isEmpty()) {
        m_note->setText(tr("Nothing is changed yet"));
    } else if (waits) {
        m_note->setText(tr("Folders and variables need a restart. Its files stay."));
    } else {
        m_note->setText(m_running ? tr("Takes effect at once") : tr("Takes effect when it is started"));
    }
    const bool can = why.isEmpty() && !now.isEmpty();
    m_save->setEnabled(can);
    m_saveAndRestart->setVisible(waits);
    m_saveAndRestart->setEnabled(can);
}

void EditDialog::setBusy(bool busy, const QString& text) {
    m_busy = busy;
    m_form->pages().setEnabled(!busy);
    if (busy) {
        m_save->setEnabled(false);
        m_saveAndRestart->setEnabled(false);
        m_note->setToken(Token::Muted);
        m_note->setText(text);
    }
}

void EditDialog::save(bool restart) {
    const types::ContainerEdit changes = edit();
    if (m_busy || changes.isEmpty() || !reason().isEmpty()) {
        return;
    }
    m_banner->hide();
    setBusy(true, tr("Saving"));
    m_context.engine.editContainer(this, m_id, changes,
                                   [this, restart](const Result<std::vector<std::string>>& done) {
                                       if (!done) {
                                           fail(done.error());
                                           return;
                                       }
                                       QStringList warnings;
                                       for (const std::string& warning : *done) {
                                           warnings << format::sentence(warning);
                                       }
                                       saved(warnings, restart);
                                   });
}

/// Saved is saved: when it cannot be started again, the form has nothing left to do.
void EditDialog::saved(const QStringList& warnings, bool restart) {
    if (!restart) {
        emit edited(warnings, false);
        accept();
        return;
    }
    m_note->setText(tr("Restarting the container"));
    m_context.engine.restartContainer(this, m_id, [this](const Result<>& done) {
        if (done) {
            emit edited({}, true);
        } else {
            emit edited({format::sentence(done.error().message())}, false);
        }
        accept();
    });
}

/// Its name may be another one by now, and would not be taken a second time.
void EditDialog::fail(const Error& error) {
    setBusy(false);
    m_context.engine.inspectContainer(this, m_id, [this](const Result<types::ContainerDetails>& details) {
        if (details && m_before) {
            m_before->name = details->summary.name;
            refresh();
        }
    });
    m_banner->show(Banner::Kind::Error, format::sentence(error.message()),
                   QString::fromStdString(error.hint()));
    refresh();
    ports().recheck();
}

}  // namespace coracle::gui
