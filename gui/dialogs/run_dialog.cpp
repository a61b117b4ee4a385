// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/run_dialog.h"

#include "gui/dialogs/network_editor.h"
#include "gui/dialogs/paste_dialog.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/resource_editor.h"
#include "gui/dialogs/run_basics.h"
#include "gui/dialogs/run_preview.h"
#include "gui/dialogs/section_list.h"
#include "gui/dialogs/security_editor.h"
#include "gui/dialogs/spec_form.h"
#include "gui/dialogs/start_from.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/usage_monitor.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kDialogWidth = 980;
constexpr int kDialogHeight = 720;
constexpr int kHeaderHeight = 48;
constexpr int kFooterHeight = 56;
constexpr int kReasonWidth = 330;

Token tokenOf(PortVerdict verdict) {
    if (verdict == PortVerdict::Low) {
        return Token::Warn;
    }
    return blocksRun(verdict) ? Token::Err : Token::Link;
}

Token tokenOf(MountVerdict verdict) {
    return blocksRun(verdict) ? Token::Err : isWarning(verdict) ? Token::Warn : Token::Link;
}

}  // namespace

RunDialog::RunDialog(const PageContext& context, FolderReader reader, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_imageChip(new Chip({}, QStringLiteral("image"), chip_look::kNeutral, this))
    , m_startFrom(new StartFrom(this))
    , m_form(new SpecForm(
          context,
          {QStringLiteral("runDialog"),
           [this](const net::PortMapping& mapping,
                  const std::function<void(const engine::PortCheck&)>& done) { checkPort(mapping, done); },
           std::move(reader), [this](const auto& done) { chooseFile(tr("A file of variables"), done); }},
          this))
    , m_banner(&m_form->banner())
    , m_basics(new RunBasics(this))
    , m_network(new NetworkEditor(this))
    , m_security(new SecurityEditor(
          [this](const auto& done) { chooseFile(tr("A filter of system calls"), done); }, this))
    , m_preview(new RunPreview([this](const QString& text) { m_context.prompt.copyText(text); }, this))
    , m_remove(new QCheckBox(tr("Remove when it stops"), this))
    , m_open(new QCheckBox(tr("Open its page"), this))
    , m_reasonIcon(new IconLabel(QStringLiteral("errc"), Token::Err, metrics::kIcon, this))
    , m_reason(new TextLabel({}, TextRole::Secondary, Token::Err, this))
    , m_cancel(makeButton(QStringLiteral("runDialog.cancel"), tr("Cancel")))
    , m_create(makeButton(QStringLiteral("runDialog.create"), tr("Create only")))
    , m_run(makeButton(QStringLiteral("runDialog.run"), tr("Run"), QStringLiteral("play"),
                       ButtonKind::Primary)) {
    setObjectName(QStringLiteral("runDialog"));
    setWindowTitle(tr("Run a container"));
    setModal(true);
    resize(scaled(kDialogWidth), scaled(kDialogHeight));
    m_base.detach = true;

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    m_undo = m_banner->addButton(QStringLiteral("runDialog.undo"), tr("Undo"));
    connect(m_undo, &QAbstractButton::clicked, this, [this] {
        m_startFrom->setFocus();  // the button goes
        m_banner->hide();
        m_startFrom->restore();
        setSpec(m_before.spec);
        // Rows that are not filled in yet are in no spec.
        m_form->ports().setDrafts(m_before.ports);
        m_form->storage().setDrafts(m_before.mounts);
        m_form->environment().setPairs(m_before.variables);
    });
    m_form->addBelow(m_preview);
    column->addWidget(m_form, 1);
    column->addWidget(makeFooter());

    m_form->addSection(tr("Basics"), QStringLiteral("container"), m_basics);
    m_form->addShared();
    m_form->addSection(tr("Network"), QStringLiteral("network"), m_network);
    m_form->addSection(tr("Security"), QStringLiteral("shield"), m_security);
    m_form->addNote(tr("Only what you change is passed on. The rest stays as the image says."));
    connectSections();
    m_form->list().setCurrent(Basics);
    takeImages();
    takeNames();
    takeUsage();
    refresh();
}

void RunDialog::checkPort(const net::PortMapping& mapping,
                          const std::function<void(const engine::PortCheck&)>& done) {
    m_context.engine.checkPort(this, mapping, [done](const Result<engine::PortCheck>& check) {
        if (check) {
            done(*check);
        }
    });
}

void RunDialog::chooseFile(const QString& title, const std::function<void(const QString&)>& done) {
    m_context.prompt.askFile(this, {FileQuestion::Kind::OpenFile, title, QDir::homePath(), {}},
                             [done](const std::optional<QString>& path) { done(path.value_or(QString())); });
}

QWidget* RunDialog::makeHeader() {
    auto* header = new Panel(Token::Window, Qt::BottomEdge, this);
    header->setFixedHeight(scaled(kHeaderHeight));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(scaled(metrics::kSpaceLarge), 0, scaled(metrics::kSpaceLarge), 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    row->addWidget(new IconLabel(QStringLiteral("play"), Token::Text, metrics::kIcon, header));
    row->addWidget(new TextLabel(tr("Run a container"), TextRole::DialogTitle, Token::Text, header));
    m_imageChip->setObjectName(QStringLiteral("runDialog.imageChip"));
    m_imageChip->setInteractive(false);
    row->addWidget(m_imageChip);
    row->addStretch();
    row->addWidget(m_startFrom);
    auto* close = makeIconButton(QStringLiteral("runDialog.close"), tr("Close"), QStringLiteral("x"));
    connect(close, &QToolButton::clicked, this, &RunDialog::reject);
    row->addWidget(close);
    return header;
}

QWidget* RunDialog::makeFooter() {
    auto* footer = new Panel(Token::Window, Qt::TopEdge, this);
    footer->setFixedHeight(scaled(kFooterHeight));
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(scaled(metrics::kSpaceLarge), 0, scaled(metrics::kSpaceLarge), 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    m_remove->setObjectName(QStringLiteral("runDialog.remove"));
    m_open->setObjectName(QStringLiteral("runDialog.openPage"));
    m_open->setChecked(true);
    m_reason->setObjectName(QStringLiteral("runDialog.error"));
    row->addWidget(m_remove);
    row->addSpacing(scaled(metrics::kSpaceLarge));
    row->addWidget(m_open);
    row->addStretch(1);
    row->addWidget(m_reasonIcon);
    row->addWidget(m_reason);
    row->addSpacing(scaled(metrics::kSpaceSmall));
    row->addWidget(m_cancel);
    row->addWidget(m_create);
    row->addWidget(m_run);
    m_run->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_create->setAutoDefault(false);
    m_run->setShortcut(Qt::CTRL | Qt::Key_Return);
    connect(m_cancel, &QPushButton::clicked, this, &RunDialog::reject);
    connect(m_create, &QPushButton::clicked, this, [this] { submit(false); });
    connect(m_run, &QPushButton::clicked, this, [this] { submit(true); });
    connect(m_remove, &QCheckBox::toggled, this, &RunDialog::refresh);
    return footer;
}

/// What stood in the form before can come back with one click.
void RunDialog::startFrom(const types::RunSpec& spec, const QString& what, const QStringList& remarks) {
    m_before = {RunDialog::spec(), m_form->ports().drafts(), m_form->storage().drafts(),
                m_form->environment().pairs()};
    setSpec(spec);
    if (m_before.spec == RunDialog::spec()) {
        m_banner->hide();
        return;
    }
    m_undo->show();
    m_banner->show(remarks.isEmpty() ? Banner::Kind::Info : Banner::Kind::Warning, what,
                   remarks.join(QLatin1Char('\n')));
}

void RunDialog::connectStart() {
    connect(m_startFrom, &StartFrom::imageDefaultsChosen, this, [this] {
        types::RunSpec plain;
        plain.image = spec().image;
        startFrom(plain, tr("The form has what the image says."), {});
    });
    connect(m_startFrom, &StartFrom::containerChosen, this, [this](const QString& id, const QString& name) {
        m_context.engine.inspectContainer(
            this, id.toStdString(), [this, name](const Result<types::ContainerDetails>& details) {
                if (!details) {
                    m_undo->hide();
                    m_banner->show(Banner::Kind::Error, format::sentence(details.error().message()),
                                   QString::fromStdString(details.error().hint()));
                    m_startFrom->restore();
                    return;
                }
                types::RunSpec same = details->spec;
                same.name.clear();  // the other has it
                startFrom(same, tr("The form has the settings of %1, but for its name.").arg(name), {});
            });
    });
    connect(m_startFrom, &StartFrom::pasteChosen, this, [this] {
        auto* paste = new PasteDialog(this);
        paste->setAttribute(Qt::WA_DeleteOnClose);
        connect(paste, &QDialog::accepted, this, [this, paste] {
            QStringList remarks;
            for (const auto& warning : paste->command().warnings) {
                remarks << format::sentence(warning);
            }
            startFrom(paste->command().spec, tr("The form has what the command says."), remarks);
            m_startFrom->showPasted();
        });
        paste->open();
    });
}

void RunDialog::connectSections() {
    connectStart();
    connect(&m_form->list(), &SectionList::sectionChosen, this, &RunDialog::refresh);
    connect(m_basics, &RunBasics::changed, this, &RunDialog::refresh);
    connect(m_basics, &RunBasics::imageChanged, this, &RunDialog::askForImage);
    connect(m_form, &SpecForm::changed, this, &RunDialog::refresh);
    connect(m_network, &NetworkEditor::changed, this, &RunDialog::refresh);
    // Two sections show the same: each tells the other.
    connect(m_security, &SecurityEditor::changed, this, [this] {
        types::RunSpec said;
        m_security->apply(said);
        m_updating = true;
        m_basics->setReadOnly(said.readOnly);
        m_network->setNetwork(said.network);
        m_updating = false;
        refresh();
    });
    connect(&m_context.usage, &UsageMonitor::sampled, this, &RunDialog::takeUsage);
    connect(&m_context.state, &EngineState::imagesChanged, this, &RunDialog::takeImages);
    connect(&m_context.state, &EngineState::containersChanged, this, &RunDialog::takeNames);
}

void RunDialog::setSpec(const types::RunSpec& spec) {
    m_updating = true;
    m_base = spec;
    m_base.detach = true;
    m_remove->setChecked(spec.removeWhenStopped);
    m_basics->setSpec(spec);
    m_form->setSpec(spec);
    std::vector<QString> files;
    for (const auto& path : spec.envFiles) {
        files.push_back(QString::fromStdString(path));
    }
    m_form->environment().setFiles(files);
    m_network->setSpec(spec);
    m_security->setSpec(spec);
    m_updating = false;
    refresh();
}

void RunDialog::setImage(const QString& reference) {
    types::RunSpec changed = spec();
    changed.image = reference.toStdString();
    setSpec(changed);
}

types::RunSpec RunDialog::spec() const {
    types::RunSpec out = m_base;
    m_basics->apply(out);
    out.removeWhenStopped = m_remove->isChecked() && !m_basics->restarts();
    m_form->apply(out);
    m_security->apply(out);
    m_network->apply(out);
    out.readOnly = m_basics->readOnly();
    out.envFiles.clear();
    for (const auto& path : m_form->environment().files()) {
        out.envFiles.push_back(path.toStdString());
    }
    return out;
}

PortEditor& RunDialog::ports() {
    return m_form->ports();
}

StorageEditor& RunDialog::storage() {
    return m_form->storage();
}

void RunDialog::showSection(Section section) {
    m_form->list().setCurrent(section);
}

void RunDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    m_basics->focusImage();
}

bool RunDialog::event(QEvent* event) {
    // Coming back from a terminal: a port may have been freed, a folder made.
    if (event->type() == QEvent::WindowActivate && !m_busy) {
        ports().recheck();
        storage().recheck();
    }
    return QDialog::event(event);
}

void RunDialog::takeImages() {
    m_basics->setImages(m_context.state.images().rows);
    askForImage();
}

void RunDialog::takeNames() {
    std::vector<QString> names;
    for (const auto& one : m_context.state.containers().rows) {
        names.push_back(QString::fromStdString(one.name));
    }
    m_basics->setTakenNames(names);
    std::vector<std::pair<QString, QString>> containers;
    for (const auto& one : m_context.state.containers().rows) {
        containers.emplace_back(QString::fromStdString(one.id), QString::fromStdString(one.name));
    }
    m_startFrom->setContainers(containers);
    QStringList running;
    for (const auto& one : m_context.state.containers().rows) {
        if (one.pid > 0) {
            running << QString::fromStdString(one.name);
        }
    }
    m_network->setContainers(running);
}

void RunDialog::takeUsage() {
    const TotalUsage total = m_context.usage.total();
    m_form->resources().setTaken(total.known ? std::optional(total.memoryBytes) : std::nullopt);
}

void RunDialog::askForImage() {
    const auto* local = m_basics->localImage();
    const auto id = local == nullptr ? QString() : QString::fromStdString(local->id);
    if (id == m_askedImage && !id.isEmpty()) {
        return;
    }
    m_askedImage = id;
    m_basics->setImageDetails(std::nullopt);
    if (id.isEmpty()) {
        m_form->setImage(std::nullopt);
        return;
    }
    m_context.engine.inspectImage(this, id.toStdString(),
                                  [this, id](const Result<types::ImageDetails>& details) {
                                      if (!details || id != m_askedImage) {
                                          return;
                                      }
                                      m_basics->setImageDetails(*details);
                                      m_form->setImage(*details);
                                  });
}

PreviewMarks RunDialog::previewMarks() const {
    const PortEditor& portRows = m_form->ports();
    std::vector<Token> ports;
    for (std::size_t i = 0; i < portRows.drafts().size(); ++i) {
        if (toMapping(portRows.drafts()[i])) {
            ports.push_back(tokenOf(portRows.findings()[i].verdict));
        }
    }
    const StorageEditor& mountRows = m_form->storage();
    std::vector<Token> mounts;
    for (std::size_t i = 0; i < mountRows.drafts().size(); ++i) {
        if (!mountRows.drafts()[i].target.trimmed().isEmpty() &&
            mountRows.verdicts()[i] != MountVerdict::NoSource) {
            mounts.push_back(tokenOf(mountRows.verdicts()[i]));
        }
    }
    return {m_form->list().current(), std::move(ports), std::move(mounts)};
}

QString RunDialog::reason() const {
    for (const auto& text :
         {m_basics->problem(), m_form->problem(), m_network->summary(), m_security->summary()}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

void RunDialog::refresh() {
    if (m_updating) {
        return;
    }
    auto shown = spec();
    m_security->setSpec(shown);
    m_network->setPorts(int(shown.ports.size()));
    m_imageChip->setVisible(!shown.image.empty());
    m_imageChip->setText(format::shortReference(shown.image));
    m_imageChip->setToolTip(QString::fromStdString(shown.image));
    m_imageChip->updateGeometry();
    if (shown.image.empty()) {
        shown.image = "IMAGE";
    }
    m_remove->setEnabled(!m_basics->restarts());
    m_remove->setToolTip(m_basics->restarts() ? tr("It starts again when it stops") : QString());
    m_preview->setSpec(shown, previewMarks());
    SectionList& list = m_form->list();
    list.setBadge(Basics, 0, m_basics->problems());
    m_form->showBadges();
    list.setBadge(Network, m_network->count(), m_network->problems());
    list.setBadge(Security, m_security->count(), m_security->problems());
    if (m_busy) {
        return;
    }
    const auto why = reason();
    m_reason->setText(m_reason->fontMetrics().elidedText(why, Qt::ElideRight, scaled(kReasonWidth)));
    m_reason->setToolTip(why);
    m_reason->setToken(Token::Err);
    m_reasonIcon->setVisible(!why.isEmpty());
    m_run->setEnabled(why.isEmpty());
    m_create->setEnabled(why.isEmpty());
    m_run->setToolTip(why);
    m_create->setToolTip(why);
    m_run->setAccessibleDescription(why);
}

void RunDialog::setBusy(const QString& text) {
    m_busy = true;
    m_layers.clear();
    m_banner->hide();
    m_form->setEnabled(false);
    m_run->setEnabled(false);
    m_create->setEnabled(false);
    m_reasonIcon->hide();
    m_reason->setToken(Token::Muted);
    m_reason->setText(text);
}

void RunDialog::showProgress(const types::PullEvent& event) {
    if (event.kind == types::PullEvent::Kind::Layer) {
        m_layers[event.layerIndex] = {event.doneBytes, event.totalBytes};
    }
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    for (const auto& [index, bytes] : m_layers) {
        done += bytes.first;
        total += bytes.second;
    }
    if (m_busy && total > 0) {
        m_reason->setText(
            tr("Pulling the image, %1")
                .arg(format::percent(double(done) * 100 / double(total), format::Digits::Whole)));
    }
}

void RunDialog::submit(bool start) {
    if (m_busy || !reason().isEmpty()) {
        return;
    }
    setBusy(m_basics->localImage() == nullptr ? tr("Pulling the image") : tr("Creating the container"));
    m_request = m_context.engine.createContainer(
        this, spec(), [this](const types::PullEvent& event) { showProgress(event); },
        [this, start](const Result<engine::CreatedContainer>& made) {
            if (!made) {
                fail(made.error());
            } else if (start) {
                startMade(*made);
            } else {
                finish(*made, false);
            }
        });
}

void RunDialog::startMade(const engine::CreatedContainer& made) {
    m_reason->setText(tr("Starting the container"));
    m_request = m_context.engine.startContainer(this, made.id, [this, made](const Result<>& started) {
        if (started) {
            finish(made, true);
            return;
        }
        // The next try uses the same name, so what could not start must not stay behind.
        m_context.engine.removeContainer(this, made.id, {engine::Force::Yes, true}, {});
        fail(started.error());
    });
}

void RunDialog::finish(const engine::CreatedContainer& made, bool started) {
    m_busy = false;
    emit containerMade(QString::fromStdString(made.id), QString::fromStdString(made.name), started,
                       m_open->isChecked(), spec().tty);
    accept();
}

void RunDialog::fail(const Error& error) {
    m_busy = false;
    m_form->setEnabled(true);
    if (error.kind() != ErrorKind::Cancelled) {
        m_undo->hide();
        m_banner->show(Banner::Kind::Error, format::sentence(error.message()),
                       QString::fromStdString(error.hint()));
    }
    refresh();
    ports().recheck();
}

void RunDialog::reject() {
    if (m_busy) {
        m_reason->setText(tr("Cancelling"));
        m_request.cancel();
        return;
    }
    QDialog::reject();
}

}  // namespace coracle::gui
