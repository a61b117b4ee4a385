// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/run_dialog.h"

#include "gui/dialogs/environment_editor.h"
#include "gui/dialogs/network_editor.h"
#include "gui/dialogs/paste_dialog.h"
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/resource_editor.h"
#include "gui/dialogs/run_basics.h"
#include "gui/dialogs/run_preview.h"
#include "gui/dialogs/section_list.h"
#include "gui/dialogs/security_editor.h"
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
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kDialogWidth = 980;
constexpr int kDialogHeight = 720;
constexpr int kSectionsWidth = 172;
constexpr int kHeaderHeight = 48;
constexpr int kFooterHeight = 56;
constexpr int kFormMargin = 20;
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
    , m_list(new SectionList(this))
    , m_pages(new QStackedWidget(this))
    , m_banner(new Banner(this))
    , m_basics(new RunBasics(this))
    , m_ports(new PortEditor(
          [this](const net::PortMapping& mapping, const std::function<void(const engine::PortCheck&)>& done) {
              m_context.engine.checkPort(this, mapping, [done](const Result<engine::PortCheck>& check) {
                  if (check) {
                      done(*check);
                  }
              });
          },
          this))
    , m_storage(new StorageEditor(
          std::move(reader),
          [this](const QString& start, const std::function<void(const QString&)>& done) {
              chooseFolder(start, done);
          },
          QDir::homePath(), this))
    , m_environment(new EnvironmentEditor(
          threadedEnvFileReader(), [this](const auto& done) { chooseFile(tr("A file of variables"), done); },
          this))
    , m_resources(new ResourceEditor([this](const QString& text) { m_context.prompt.copyText(text); }, this))
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
    m_form = new QWidget(this);
    auto* middle = new QHBoxLayout(m_form);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(makeSections());
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    m_banner->setObjectName(QStringLiteral("runDialog.banner"));
    m_undo = m_banner->addButton(QStringLiteral("runDialog.undo"), tr("Undo"));
    connect(m_undo, &QAbstractButton::clicked, this, [this] {
        m_banner->hide();
        m_startFrom->reset();
        setSpec(m_before);
    });
    m_banner->hide();
    right->addWidget(m_banner);
    right->addWidget(m_pages, 1);
    right->addWidget(m_preview);
    middle->addLayout(right, 1);
    column->addWidget(m_form, 1);
    column->addWidget(makeFooter());

    addPage(m_basics);
    addPage(m_ports);
    addPage(m_storage);
    addPage(m_environment);
    addPage(m_resources);
    addPage(m_network);
    addPage(m_security);
    connectSections();
    m_list->setCurrent(Basics);
    takeImages();
    takeNames();
    takeVolumes();
    takeHost();
    takeUsage();
    refresh();
}

void RunDialog::chooseFolder(const QString& start, const std::function<void(const QString&)>& done) {
    m_context.prompt.askFile(this,
                             {FileQuestion::Kind::Folder, tr("Share a folder with the container"), start, {}},
                             [done](const std::optional<QString>& path) {
                                 if (path) {
                                     done(*path);
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

QWidget* RunDialog::makeSections() {
    auto* side = new Panel(Token::Sidebar, Qt::RightEdge, this);
    side->setFixedWidth(scaled(kSectionsWidth));
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(scaled(8), scaled(8), scaled(9), scaled(12));
    m_list->setObjectName(QStringLiteral("runDialog.sections"));
    m_list->setAccessibleName(tr("Sections"));
    m_list->addSection(tr("Basics"), QStringLiteral("container"));
    m_list->addSection(tr("Ports"), QStringLiteral("swap"));
    m_list->addSection(tr("Storage"), QStringLiteral("volume"));
    m_list->addSection(tr("Environment"), QStringLiteral("list"));
    m_list->addSection(tr("Resources"), QStringLiteral("cpu"));
    m_list->addSection(tr("Network"), QStringLiteral("network"));
    m_list->addSection(tr("Security"), QStringLiteral("shield"));
    column->addWidget(m_list, 1);
    auto* note = new TextLabel(tr("Only what you change is passed on. The rest stays as the image says."),
                               TextRole::Secondary, Token::Muted, side);
    note->setWordWrap(true);
    note->setContentsMargins(scaled(10), 0, 0, 0);
    column->addWidget(note);
    return side;
}

void RunDialog::addPage(QWidget* page) {
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Given its parent at once: a page that leaves the window even for a moment goes to the end of the tab
    // order.
    auto* inner = new QWidget(scroll);
    scroll->setWidget(inner);
    auto* layout = new QVBoxLayout(inner);
    const int margin = scaled(kFormMargin);
    layout->setContentsMargins(margin, scaled(metrics::kSpaceLarge), margin, scaled(metrics::kSpaceLarge));
    layout->addWidget(page);
    m_pages->addWidget(scroll);
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
    m_before = RunDialog::spec();
    setSpec(spec);
    if (m_before == RunDialog::spec()) {
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
                    m_startFrom->reset();
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
        });
        paste->open();
    });
}

void RunDialog::connectSections() {
    connectStart();
    connect(m_list, &SectionList::sectionChosen, this, [this](int section) {
        m_pages->setCurrentIndex(section);
        refresh();
    });
    connect(m_basics, &RunBasics::changed, this, &RunDialog::refresh);
    connect(m_basics, &RunBasics::imageChanged, this, &RunDialog::askForImage);
    connect(m_ports, &PortEditor::changed, this, &RunDialog::refresh);
    connect(m_ports, &PortEditor::copyWanted, this,
            [this](const QString& text) { m_context.prompt.copyText(text); });
    connect(m_storage, &StorageEditor::changed, this, &RunDialog::refresh);
    connect(m_environment, &EnvironmentEditor::changed, this, &RunDialog::refresh);
    connect(m_resources, &ResourceEditor::changed, this, &RunDialog::refresh);
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
    connect(&m_context.state, &EngineState::hostChanged, this, &RunDialog::takeHost);
    connect(&m_context.usage, &UsageMonitor::sampled, this, &RunDialog::takeUsage);
    connect(&m_context.state, &EngineState::imagesChanged, this, &RunDialog::takeImages);
    connect(&m_context.state, &EngineState::containersChanged, this, &RunDialog::takeNames);
    connect(&m_context.state, &EngineState::volumesChanged, this, &RunDialog::takeVolumes);
}

void RunDialog::setSpec(const types::RunSpec& spec) {
    m_updating = true;
    m_base = spec;
    m_base.detach = true;
    m_remove->setChecked(spec.removeWhenStopped);
    m_basics->setSpec(spec);
    std::vector<PortDraft> ports;
    for (const auto& port : spec.ports) {
        ports.push_back(toDraft(port));
    }
    m_ports->setDrafts(ports);
    std::vector<MountDraft> mounts;
    for (const auto& mount : spec.mounts) {
        mounts.push_back(toDraft(mount));
    }
    m_storage->setDrafts(mounts);
    EnvironmentEditor::Pairs pairs;
    for (const auto& [name, value] : spec.env) {
        pairs.emplace_back(QString::fromStdString(name), QString::fromStdString(value));
    }
    m_environment->setPairs(pairs);
    std::vector<QString> files;
    for (const auto& path : spec.envFiles) {
        files.push_back(QString::fromStdString(path));
    }
    m_environment->setFiles(files);
    m_resources->setResources(spec.resources);
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
    out.ports.clear();
    for (const auto& draft : m_ports->drafts()) {
        if (const auto mapping = toMapping(draft)) {
            out.ports.push_back(*mapping);
        }
    }
    out.mounts.clear();
    const auto& mounts = m_storage->drafts();
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        if (!mounts[i].target.trimmed().isEmpty() && m_storage->verdicts()[i] != MountVerdict::NoSource) {
            out.mounts.push_back(toMount(mounts[i], m_storage->home()));
        }
    }
    out.resources = m_resources->resources();
    m_security->apply(out);
    m_network->apply(out);
    out.readOnly = m_basics->readOnly();
    out.envFiles.clear();
    for (const auto& path : m_environment->files()) {
        out.envFiles.push_back(path.toStdString());
    }
    out.env.clear();
    for (const auto& [name, value] : m_environment->pairs()) {
        if (!name.isEmpty()) {
            out.env.emplace_back(name.toStdString(), value.toStdString());
        }
    }
    return out;
}

void RunDialog::showSection(Section section) {
    m_list->setCurrent(section);
}

void RunDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    m_basics->focusImage();
}

bool RunDialog::event(QEvent* event) {
    // Coming back from a terminal: a port may have been freed, a folder made.
    if (event->type() == QEvent::WindowActivate && !m_busy) {
        m_ports->recheck();
        m_storage->recheck();
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
}

void RunDialog::takeVolumes() {
    std::vector<QString> names;
    for (const auto& one : m_context.state.volumes().rows) {
        if (!one.anonymous) {
            names.push_back(QString::fromStdString(one.name));
        }
    }
    m_storage->setVolumes(names);
}

void RunDialog::takeHost() {
    m_resources->setHost(m_context.state.host());
    refresh();
}

void RunDialog::takeUsage() {
    const TotalUsage total = m_context.usage.total();
    m_resources->setTaken(total.known ? std::optional(total.memoryBytes) : std::nullopt);
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
        m_ports->setExposed({});
        m_environment->setImageEnvironment({});
        return;
    }
    m_context.engine.inspectImage(
        this, id.toStdString(), [this, id](const Result<types::ImageDetails>& details) {
            if (!details || id != m_askedImage) {
                return;
            }
            m_basics->setImageDetails(*details);
            const auto texts = [](const std::vector<std::string>& words) {
                std::vector<QString> out;
                std::transform(words.begin(), words.end(), std::back_inserter(out),
                               [](const std::string& word) { return QString::fromStdString(word); });
                return out;
            };
            m_ports->setExposed(texts(details->exposedPorts));
            m_storage->setImageVolumes(texts(details->volumes));
            m_environment->setImageEnvironment(texts(details->env));
        });
}

PreviewMarks RunDialog::previewMarks() const {
    std::vector<Token> ports;
    for (std::size_t i = 0; i < m_ports->drafts().size(); ++i) {
        if (toMapping(m_ports->drafts()[i])) {
            ports.push_back(tokenOf(m_ports->findings()[i].verdict));
        }
    }
    std::vector<Token> mounts;
    for (std::size_t i = 0; i < m_storage->drafts().size(); ++i) {
        if (!m_storage->drafts()[i].target.trimmed().isEmpty() &&
            m_storage->verdicts()[i] != MountVerdict::NoSource) {
            mounts.push_back(tokenOf(m_storage->verdicts()[i]));
        }
    }
    return {m_list->current(), std::move(ports), std::move(mounts)};
}

QString RunDialog::reason() const {
    for (const auto& text :
         {m_basics->problem(), m_ports->summary(), m_storage->summary(), m_environment->summary(),
          m_resources->summary(), m_network->summary(), m_security->summary()}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

void RunDialog::refresh() {
    if (m_updating || m_form == nullptr) {
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
    m_list->setBadge(Basics, 0, m_basics->problems());
    m_list->setBadge(Ports, static_cast<int>(m_ports->drafts().size()), m_ports->problems());
    m_list->setBadge(Storage, static_cast<int>(m_storage->drafts().size()), m_storage->problems());
    m_list->setBadge(Environment, m_environment->count(), m_environment->problems());
    m_list->setBadge(Resources, m_resources->count(), m_resources->problems());
    m_list->setBadge(Network, m_network->count(), m_network->problems());
    m_list->setBadge(Security, m_security->count(), m_security->problems());
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
        m_reason->setText(tr("Pulling the image, %1 %").arg(done * 100 / total));
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
    m_ports->recheck();
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
