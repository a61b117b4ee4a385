// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/spec_form.h"

#include "gui/dialogs/prompt.h"
#include "gui/dialogs/resource_editor.h"
#include "gui/dialogs/section_list.h"
#include "gui/models/engine_state.h"
#include "gui/shortcuts.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QDir>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kSectionsWidth = 172;
constexpr int kFormMargin = 20;

std::vector<QString> texts(const std::vector<std::string>& words) {
    std::vector<QString> out;
    std::transform(words.begin(), words.end(), std::back_inserter(out),
                   [](const std::string& word) { return QString::fromStdString(word); });
    return out;
}

FolderChooser folderChooser(const PageContext& context, QWidget* parent) {
    return [&prompt = context.prompt, parent](const QString& start,
                                              const std::function<void(const QString&)>& done) {
        prompt.askFile(
            parent,
            {FileQuestion::Kind::Folder, SpecForm::tr("Share a folder with the container"), start, {}},
            [done](const std::optional<QString>& path) {
                if (path) {
                    done(*path);
                }
            });
    };
}

}  // namespace

SpecForm::SpecForm(const PageContext& context, Parts parts, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_list(new SectionList(this))
    , m_side(new QVBoxLayout)
    , m_column(new QVBoxLayout)
    , m_banner(new Banner(this))
    , m_pages(new QStackedWidget(this))
    , m_ports(new PortEditor(std::move(parts.checkPort), this))
    , m_storage(new StorageEditor(std::move(parts.readFolder), folderChooser(context, parent),
                                  QDir::homePath(), this))
    , m_environment(new EnvironmentEditor(threadedEnvFileReader(), std::move(parts.chooseVariables), this))
    , m_resources(
          new ResourceEditor([this](const QString& text) { m_context.prompt.copyText(text); }, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* side = new Panel(Token::Sidebar, Qt::RightEdge, this);
    side->setFixedWidth(scaled(kSectionsWidth));
    side->setLayout(m_side);
    m_side->setContentsMargins(scaled(8), scaled(8), scaled(9), scaled(12));
    m_list->setObjectName(parts.name + QStringLiteral(".sections"));
    m_list->setAccessibleName(tr("Sections"));
    m_side->addWidget(m_list, 1);
    row->addWidget(side);
    m_column->setSpacing(0);
    m_banner->setObjectName(parts.name + QStringLiteral(".banner"));
    m_banner->hide();
    m_column->addWidget(m_banner);
    m_column->addWidget(m_pages, 1);
    row->addLayout(m_column, 1);
    const auto turn = [this](int by) {
        const int count = m_pages->count();
        m_list->setCurrent((m_list->current() + by + count) % count);
        m_list->setFocus(Qt::ShortcutFocusReason);
    };
    bindKey(parent == nullptr ? this : parent, KeyId::NextTab, [turn] { turn(1); });
    bindKey(parent == nullptr ? this : parent, KeyId::PreviousTab, [turn] { turn(-1); });
    connectShared();
    takeVolumes();
    takeHost();
}

/// The page is given its parent at once: one that leaves the window even for a moment goes to the end of the
/// tab order.
void SpecForm::addSection(const QString& name, const QString& iconName, QWidget* page) {
    m_list->addSection(name, iconName);
    const int number = m_pages->count();
    // As for the pages of the window; a field would take the digit for text.
    auto* key = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + number)), this);
    connect(key, &QShortcut::activated, this, [this, number] {
        m_list->setCurrent(number);
        m_list->setFocus(Qt::ShortcutFocusReason);
    });
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inner = new QWidget(scroll);
    scroll->setWidget(inner);
    auto* layout = new QVBoxLayout(inner);
    const int margin = scaled(kFormMargin);
    layout->setContentsMargins(margin, scaled(metrics::kSpaceLarge), margin, scaled(metrics::kSpaceLarge));
    layout->addWidget(page);
    m_pages->addWidget(scroll);
}

void SpecForm::addShared() {
    m_firstShared = m_pages->count();
    addSection(tr("Ports"), QStringLiteral("swap"), m_ports);
    addSection(tr("Storage"), QStringLiteral("volume"), m_storage);
    addSection(tr("Environment"), QStringLiteral("list"), m_environment);
    addSection(tr("Resources"), QStringLiteral("cpu"), m_resources);
}

void SpecForm::addNote(const QString& text) {
    auto* note = new TextLabel(text, TextRole::Secondary, Token::Muted, this);
    note->setWordWrap(true);
    note->setContentsMargins(scaled(10), 0, 0, 0);
    m_side->addWidget(note);
}

void SpecForm::addBelow(QWidget* widget) {
    m_column->addWidget(widget);
}

void SpecForm::connectShared() {
    connect(m_list, &SectionList::sectionChosen, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_ports, &PortEditor::changed, this, &SpecForm::changed);
    connect(m_ports, &PortEditor::copyWanted, this,
            [this](const QString& text) { m_context.prompt.copyText(text); });
    connect(m_storage, &StorageEditor::changed, this, &SpecForm::changed);
    connect(m_environment, &EnvironmentEditor::changed, this, &SpecForm::changed);
    connect(m_resources, &ResourceEditor::changed, this, &SpecForm::changed);
    connect(&m_context.state, &EngineState::volumesChanged, this, &SpecForm::takeVolumes);
    connect(&m_context.state, &EngineState::hostChanged, this, [this] {
        takeHost();
        emit changed();
    });
}

void SpecForm::takeVolumes() {
    std::vector<QString> names;
    for (const auto& one : m_context.state.volumes().rows) {
        if (!one.anonymous) {
            names.push_back(QString::fromStdString(one.name));
        }
    }
    m_storage->setVolumes(names);
}

void SpecForm::takeHost() {
    m_resources->setHost(m_context.state.host());
}

void SpecForm::setSpec(const types::RunSpec& spec) {
    std::vector<PortDraft> ports;
    std::transform(spec.ports.begin(), spec.ports.end(), std::back_inserter(ports),
                   [](const auto& port) { return toDraft(port); });
    m_ports->setDrafts(ports);
    std::vector<MountDraft> mounts;
    std::transform(spec.mounts.begin(), spec.mounts.end(), std::back_inserter(mounts),
                   [](const auto& mount) { return toDraft(mount); });
    m_storage->setDrafts(mounts);
    EnvironmentEditor::Pairs pairs;
    for (const auto& [name, value] : spec.env) {
        pairs.emplace_back(QString::fromStdString(name), QString::fromStdString(value));
    }
    m_environment->setPairs(pairs);
    m_resources->setResources(spec.resources);
}

void SpecForm::apply(types::RunSpec& spec) const {
    spec.ports.clear();
    for (const auto& draft : m_ports->drafts()) {
        if (const auto mapping = toMapping(draft)) {
            spec.ports.push_back(*mapping);
        }
    }
    spec.mounts.clear();
    const auto& mounts = m_storage->drafts();
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        if (!mounts[i].target.trimmed().isEmpty() && m_storage->verdicts()[i] != MountVerdict::NoSource) {
            spec.mounts.push_back(toMount(mounts[i], m_storage->home()));
        }
    }
    spec.env.clear();
    for (const auto& [name, value] : m_environment->pairs()) {
        if (!name.isEmpty()) {
            spec.env.emplace_back(name.toStdString(), value.toStdString());
        }
    }
    spec.resources = m_resources->resources();
}

void SpecForm::setImage(const std::optional<types::ImageDetails>& details) {
    const types::ImageDetails known = details.value_or(types::ImageDetails{});
    m_ports->setExposed(texts(known.exposedPorts));
    m_storage->setImageVolumes(texts(known.volumes));
    m_environment->setImageEnvironment(texts(known.env));
}

QString SpecForm::problem(Folders folders) const {
    const QString storage = folders == Folders::Checked ? m_storage->summary() : QString();
    for (const auto& text : {m_ports->summary(), storage, m_environment->summary(), m_resources->summary()}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

void SpecForm::showBadges() {
    const std::pair<int, int> numbers[] = {
        {static_cast<int>(m_ports->drafts().size()), m_ports->problems()},
        {static_cast<int>(m_storage->drafts().size()), m_storage->problems()},
        {m_environment->count(), m_environment->problems()},
        {m_resources->count(), m_resources->problems()}};
    int section = m_firstShared;
    for (const auto& [count, problems] : numbers) {
        m_list->setBadge(section++, count, problems);
    }
}

}  // namespace coracle::gui
