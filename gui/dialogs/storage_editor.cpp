// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/storage_editor.h"

#include "gui/dialogs/editor_rows.h"
#include "gui/dialogs/owners_card.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QStackedWidget>
#include <QThreadPool>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kDebounceMs = 100;

const char* iconName(int type) {
    constexpr const char* kNames[] = {"folder", "volume", "bolt", "image"};
    return kNames[type];
}

}  // namespace

FolderReader threadedFolderReader() {
    return [](const QString& path, std::function<void(const FolderFacts&)> done) {
        QThreadPool::globalInstance()->start([path, done = std::move(done)] {
            const auto facts = readFolderFacts(path);
            if (auto* application = QCoreApplication::instance()) {
                QMetaObject::invokeMethod(
                    application, [done, facts] { done(facts); }, Qt::QueuedConnection);
            }
        });
    };
}

StorageEditor::StorageEditor(FolderReader reader, FolderChooser chooser, const QString& home, QWidget* parent)
    : QWidget(parent)
    , m_reader(std::move(reader))
    , m_chooser(std::move(chooser))
    , m_around{home, {}}
    , m_box(new EditorBox({{tr("Type"), 122, 20},
                           {tr("From"), 212, 20},
                           {tr("Path inside"), 140, 20},
                           {tr("Access"), 138, 0},
                           {{}, 0, 0},
                           {{}, 28, 0}},
                          this))
    , m_owners(new OwnersCard(this)) {
    setObjectName(QStringLiteral("storage"));
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(metrics::kSpaceSmall));
    head->addWidget(new TextLabel(tr("Folders and volumes"), TextRole::Section, Token::Text, this));
    head->addStretch();
    auto* folder = makeButton(QStringLiteral("storage.addFolder"), tr("Add folder…"),
                              QStringLiteral("folder"), ButtonKind::Normal, ButtonSize::Small);
    auto* volume = makeButton(QStringLiteral("storage.addVolume"), tr("Add volume"), QStringLiteral("volume"),
                              ButtonKind::Normal, ButtonSize::Small);
    auto* temporary = makeButton(QStringLiteral("storage.addTmp"), tr("Add temporary"),
                                 QStringLiteral("bolt"), ButtonKind::Normal, ButtonSize::Small);
    for (auto* button : {folder, volume, temporary}) {
        head->addWidget(button);
    }
    m_lastButton = temporary;
    column->addLayout(head);
    m_box->setEmptyText(
        tr("The container keeps nothing and sees nothing of your disk. Add a folder or a volume."));
    column->addWidget(m_box);
    m_owners->hide();
    column->addWidget(m_owners);
    column->addLayout(
        makeEditorNote(this, tr("Drop a folder from your file manager here to add it. Shared folders are the "
                                "only part of your disk the container sees.")));
    column->addStretch();

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &StorageEditor::readFolders);
    connect(folder, &QPushButton::clicked, this, [this] {
        // Who closes the chooser has added nothing.
        m_chooser(m_around.home, [self = QPointer(this)](const QString& path) {
            if (self && !path.isEmpty()) {
                self->addRow({MountType::Folder, path, {}, self->freeTarget(), false});
                self->m_rows.back().target->setFocus();  // the one thing that is left to say
            }
        });
    });
    connect(volume, &QPushButton::clicked, this, [this] {
        addRow({MountType::Volume, {}, {}, freeTarget(), false});
        m_rows.back().volume->setFocus();
    });
    connect(temporary, &QPushButton::clicked, this, [this] {
        addRow({MountType::Temporary, {}, QStringLiteral("64"), QStringLiteral("/tmp"), false});
        m_rows.back().size->setFocus();
    });
}

QWidget* StorageEditor::makeFolderCell(Row& row, const MountDraft& draft) {
    auto* cell = new QWidget;
    auto* layout = new QHBoxLayout(cell);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(scaled(metrics::kSpaceTiny));
    row.folder = makeRowEdit(tr("Folder on this computer"), true);
    row.folder->setPlaceholderText(QStringLiteral("~/"));
    row.choose = makeIconButton({}, tr("Choose a folder"), QStringLiteral("folder"), ButtonKind::Normal);
    row.choose->setFixedSize(scaled(metrics::kControlSmall), scaled(metrics::kControlSmall));
    if (draft.type == MountType::Folder) {
        row.folder->setText(draft.source);
    }
    layout->addWidget(row.folder, 1);
    layout->addWidget(row.choose);
    return cell;
}

StorageEditor::Row StorageEditor::makeRow(const MountDraft& draft) {
    Row row{};
    row.type = makeRowCombo(tr("Type"));
    const QString names[] = {tr("Folder"), tr("Volume"), tr("Temporary"), tr("Image")};
    for (int i = 0; i < 4; ++i) {
        row.type->addItem(themeIcon(QString::fromLatin1(iconName(i)), Token::Muted), names[i]);
    }
    row.type->setIconSize(QSize(metrics::kIconSmall, metrics::kIconSmall));
    row.type->setCurrentIndex(static_cast<int>(draft.type));

    row.from = new QStackedWidget;
    row.from->setFixedHeight(scaled(metrics::kControlSmall));
    row.from->addWidget(makeFolderCell(row, draft));
    row.volume = makeRowCombo(tr("Volume"));
    row.volume->setEditable(true);
    row.volume->setInsertPolicy(QComboBox::NoInsert);
    for (const auto& name : m_around.volumes) {
        row.volume->addItem(name);
    }
    row.volume->setCurrentText(draft.type == MountType::Volume ? draft.source : QString());
    row.volume->lineEdit()->setPlaceholderText(tr("a name, or empty"));
    row.from->addWidget(row.volume);
    auto* memory = new QWidget;
    auto* memoryLayout = new QHBoxLayout(memory);
    memoryLayout->setContentsMargins(0, 0, 0, 0);
    memoryLayout->setSpacing(scaled(metrics::kSpaceSmall));
    row.size = makeRowEdit(tr("Size in megabytes"), true);
    row.size->setText(draft.sizeMb);
    memoryLayout->addWidget(row.size, 1);
    memoryLayout->addWidget(new TextLabel(tr("MB in memory"), TextRole::Secondary, Token::Muted));
    row.from->addWidget(memory);
    row.image = makeRowEdit(tr("Image"), true);
    row.image->setText(draft.type == MountType::Image ? draft.source : QString());
    row.image->setPlaceholderText(tr("name of an image"));
    row.from->addWidget(row.image);
    row.from->setCurrentIndex(static_cast<int>(draft.type));

    row.target = makeRowEdit(tr("Path inside the container"), true);
    row.target->setText(draft.target);
    row.target->setPlaceholderText(QStringLiteral("/data"));
    row.access = makeRowCombo(tr("Access"));
    row.access->addItems({tr("Read and write"), tr("Read only")});
    row.access->setCurrentIndex(draft.readOnly ? 1 : 0);
    row.remove = makeIconButton({}, tr("Remove this row"), QStringLiteral("trash"));
    row.row = m_box->addRow({row.type, row.from, row.target, row.access, new QWidget, row.remove});
    return row;
}

void StorageEditor::connectRow(const Row& row) {
    const auto edited = [this, widget = row.row] { readRow(rowOf(m_rows, widget)); };
    connect(row.type, &QComboBox::currentIndexChanged, this, edited);
    connect(row.access, &QComboBox::currentIndexChanged, this, edited);
    connect(row.folder, &QLineEdit::textChanged, this, edited);
    connect(row.volume, &QComboBox::currentTextChanged, this, edited);
    connect(row.size, &QLineEdit::textChanged, this, edited);
    connect(row.image, &QLineEdit::textChanged, this, edited);
    connect(row.target, &QLineEdit::textChanged, this, edited);
    connect(row.choose, &QToolButton::clicked, this, [this, edit = row.folder, target = row.target] {
        const auto start = edit->text().isEmpty() ? m_around.home : expandHome(edit->text(), m_around.home);
        m_chooser(start, [edit = QPointer(edit), target = QPointer(target)](const QString& path) {
            if (edit && target && !path.isEmpty()) {
                edit->setText(path);
                target->setFocus();
            }
        });
    });
    connect(row.remove, &QToolButton::clicked, this,
            [this, widget = row.row] { removeRow(rowOf(m_rows, widget)); });
    for (QWidget* input : {static_cast<QWidget*>(row.folder), static_cast<QWidget*>(row.target),
                           static_cast<QWidget*>(row.type), static_cast<QWidget*>(row.access)}) {
        input->installEventFilter(this);
    }
}

bool StorageEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i].row->isAncestorOf(qobject_cast<QWidget*>(watched))) {
                m_current = i;
                showOwners();
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

void StorageEditor::addRow(const MountDraft& draft) {
    m_drafts.push_back(draft);
    m_verdicts.push_back(MountVerdict::Checking);
    m_rows.push_back(makeRow(draft));
    connectRow(m_rows.back());
    renumber();
    judgeAll();
}

void StorageEditor::setDrafts(const std::vector<MountDraft>& drafts) {
    if (drafts == m_drafts) {
        return;
    }
    while (!m_rows.empty()) {
        m_box->removeRow(m_rows.back().row);
        m_rows.pop_back();
    }
    m_drafts.clear();
    m_verdicts.clear();
    for (const auto& draft : drafts) {
        addRow(draft);
    }
    judgeAll();
}

void StorageEditor::setVolumes(const std::vector<QString>& names) {
    m_around.volumes = names;
    for (const auto& row : m_rows) {
        const QSignalBlocker quiet(row.volume);
        const auto text = row.volume->currentText();
        row.volume->clear();
        for (const auto& name : names) {
            row.volume->addItem(name);
        }
        row.volume->setCurrentText(text);
    }
    judgeAll();
}

void StorageEditor::setImageVolumes(const std::vector<QString>& targets) {
    m_imageVolumes = targets;
}

QString StorageEditor::freeTarget() const {
    for (const auto& target : m_imageVolumes) {
        if (std::none_of(m_drafts.begin(), m_drafts.end(),
                         [&](const MountDraft& draft) { return draft.target == target; })) {
            return target;
        }
    }
    return {};
}

void StorageEditor::readRow(std::size_t index) {
    const Row& row = m_rows[index];
    MountDraft& draft = m_drafts[index];
    const auto type = static_cast<MountType>(row.type->currentIndex());
    if (type != draft.type) {
        draft.options.clear();  // words of another type
        if (type == MountType::Image) {
            const QSignalBlocker quiet(row.access);
            row.access->setCurrentIndex(1);  // what is written to an image is lost
        }
    }
    draft.type = type;
    draft.source = draft.type == MountType::Folder   ? row.folder->text()
                   : draft.type == MountType::Volume ? row.volume->currentText()
                   : draft.type == MountType::Image  ? row.image->text()
                                                     : QString();
    draft.sizeMb = draft.type == MountType::Temporary ? row.size->text() : QString();
    draft.target = row.target->text();
    draft.readOnly = row.access->currentIndex() == 1;
    row.from->setCurrentIndex(row.type->currentIndex());
    m_current = index;
    judgeAll();
}

void StorageEditor::removeRow(std::size_t index) {
    m_box->removeRow(m_rows[index].row);
    eraseAt(index, m_rows, m_drafts, m_verdicts);
    m_current.reset();
    renumber();
    judgeAll();
    if (!m_rows.empty()) {
        m_rows[std::min(index, m_rows.size() - 1)].remove->setFocus();
    }
}

void StorageEditor::renumber() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        nameRow("mount", i,
                {{row.row, "row"},
                 {row.type, "type"},
                 {row.folder, "folder"},
                 {row.choose, "choose"},
                 {row.volume, "volume"},
                 {row.size, "size"},
                 {row.image, "image"},
                 {row.target, "target"},
                 {row.access, "access"},
                 {row.remove, "remove"}});
    }
    std::vector<QWidget*> inputs;
    for (const auto& row : m_rows) {
        inputs.insert(inputs.end(), {row.type, row.folder, row.choose, row.volume, row.size, row.target,
                                     row.access, row.remove});
    }
    chainTabOrder(m_lastButton, inputs);
}

void StorageEditor::judgeAll() {
    bool read = false;
    for (std::size_t i = 0; i < m_drafts.size(); ++i) {
        const auto known = m_facts.find(expandHome(m_drafts[i].source, m_around.home));
        m_verdicts[i] = judge(m_drafts, i, m_around,
                              known == m_facts.end() ? std::nullopt : std::optional(known->second));
        read = read || (m_drafts[i].type == MountType::Folder && known == m_facts.end());
        showRow(i);
    }
    if (read) {
        m_debounce.start();
    }
    showOwners();
    emit changed();
}

void StorageEditor::recheck() {
    m_facts.clear();
    ++m_round;
    judgeAll();
}

void StorageEditor::readFolders() {
    for (const auto& draft : m_drafts) {
        const auto path = expandHome(draft.source, m_around.home);
        if (draft.type != MountType::Folder || !path.startsWith(QLatin1Char('/')) ||
            m_facts.count(path) > 0) {
            continue;
        }
        m_reader(path, [self = QPointer(this), path, round = m_round](const FolderFacts& facts) {
            if (self && self->m_round == round) {
                self->m_facts[path] = facts;
                self->judgeAll();
            }
        });
    }
}

bool StorageEditor::isChecking() const {
    return std::find(m_verdicts.begin(), m_verdicts.end(), MountVerdict::Checking) != m_verdicts.end();
}

int StorageEditor::problems() const {
    return static_cast<int>(std::count_if(m_verdicts.begin(), m_verdicts.end(),
                                          [](MountVerdict verdict) { return blocksRun(verdict); }));
}

QString StorageEditor::summary() const {
    return mountSummary(m_verdicts);
}

void StorageEditor::showRow(std::size_t index) {
    const Row& row = m_rows[index];
    const auto verdict = m_verdicts[index];
    const auto& draft = m_drafts[index];
    // A row that was only just added is not scolded for being empty.
    const bool untouched =
        ((verdict == MountVerdict::NoSource || verdict == MountVerdict::NoImage) && draft.source.isEmpty()) ||
        (verdict == MountVerdict::NoTarget && draft.target.isEmpty());
    const bool wrong = blocksRun(verdict) && !untouched;
    row.row->setRemark(verdict == MountVerdict::Checking ? QString() : mountText(verdict, draft), wrong,
                       isWarning(verdict));
    const auto mark = wrong ? InputMark::Error : isWarning(verdict) ? InputMark::Warning : InputMark::None;
    const bool atTarget = concernsTarget(verdict);
    setInputMark(*row.target, atTarget ? mark : InputMark::None);
    setInputMark(*row.folder, atTarget ? InputMark::None : mark);
    setInputMark(*row.volume, atTarget ? InputMark::None : mark);
    setInputMark(*row.size, atTarget ? InputMark::None : mark);
    setInputMark(*row.image, atTarget ? InputMark::None : mark);
}

void StorageEditor::showOwners() {
    const auto known = [&](std::size_t i) {
        const auto facts = m_facts.find(expandHome(m_drafts[i].source, m_around.home));
        const bool useful = m_drafts[i].type == MountType::Folder && facts != m_facts.end() &&
                            facts->second.exists && facts->second.canEnter;
        return useful ? &facts->second : nullptr;
    };
    if (m_current && *m_current >= m_drafts.size()) {
        m_current.reset();
    }
    std::optional<std::size_t> shown = m_current && known(*m_current) != nullptr ? m_current : std::nullopt;
    for (std::size_t i = 0; !shown && !m_current && i < m_drafts.size(); ++i) {
        shown = known(i) != nullptr ? std::optional(i) : std::nullopt;
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].row->setCurrent(shown == i);
    }
    m_owners->setVisible(shown.has_value());
    if (shown) {
        m_owners->setFacts(m_drafts[*shown].source.trimmed(), *known(*shown), m_drafts[*shown].readOnly);
    }
}

void StorageEditor::focusFirst() {
    if (!m_rows.empty()) {
        m_rows.front().type->setFocus();
    }
}

void StorageEditor::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
    }
}

void StorageEditor::dropEvent(QDropEvent* event) {
    for (const auto& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) {
            const auto name = url.fileName();
            addRow({MountType::Folder,
                    url.toLocalFile(),
                    {},
                    name.isEmpty() ? freeTarget() : QStringLiteral("/") + name,
                    true});
        }
    }
    event->acceptProposedAction();
}

}  // namespace coracle::gui
