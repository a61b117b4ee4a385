// SPDX-License-Identifier: Apache-2.0
#include "gui/views/files_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/views/drag_out.h"
#include "gui/views/file_moves.h"
#include "gui/views/file_preview.h"
#include "gui/views/file_view.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/skeleton.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <set>
namespace coracle::gui {
namespace {

constexpr int kAllWidths[] = {76, 78, 84, 66};  // of all but names and modes, which the preview tells
constexpr int kTreeShare = 560;                 // of the width, beside the next
constexpr int kPreviewShare = 510;
constexpr int kNarrowBelow = 560;
constexpr int kPreviewFrom = 760;
constexpr int kWordsFrom = 920;
constexpr int kLoadingAfterMs = 400;
constexpr int kFindAfterMs = 300;
constexpr std::size_t kMostForgotten = 10'000;  // more would keep the window
constexpr std::pair<int, int> kFindWidths{96, 180};

QString mountWords(types::MountSpec::Kind kind) {
    switch (kind) {
    case types::MountSpec::Kind::Volume:
        return FilesTab::tr("volume");
    case types::MountSpec::Kind::Tmpfs:
        return FilesTab::tr("memory");
    case types::MountSpec::Kind::Image:
        return FilesTab::tr("image");
    default:
        return FilesTab::tr("shared");
    }
}

}  // namespace

FilesTab::FilesTab(const PageContext& context)
    : m_context(context)
    , m_model(new FileTreeModel(this))
    , m_view(new FileView(QStringLiteral("files.tree"), tr("Files of the container")))
    , m_preview(new FilePreview(context.engine))
    , m_banner(new Banner)
    , m_dragOut(new DragOut(m_view, context))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_stack(new QStackedWidget)
    , m_failed(new EmptyState(QStringLiteral("folder"), tr("The files cannot be listed"), {}))
    , m_loading(new Skeleton) {
    setObjectName(QStringLiteral("files"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    m_banner->setObjectName(QStringLiteral("files.error"));
    m_banner->hide();
    column->addWidget(m_banner);
    m_view->setModel(m_model);
    m_view->setAcceptDrops(true);
    m_splitter->setObjectName(QStringLiteral("files.splitter"));
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_preview);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kTreeShare, kPreviewShare});
    m_stack->addWidget(m_splitter);
    m_failed->setObjectName(QStringLiteral("files.failed"));
    connect(m_failed->addButton(QStringLiteral("files.retry"), tr("Try again"), QStringLiteral("restart")),
            &QAbstractButton::clicked, this, &FilesTab::refresh);
    m_stack->addWidget(m_failed);
    m_stack->addWidget(m_loading);
    column->addWidget(m_stack, 1);
    column->addWidget(buildFoot());
    connect(m_model, &FileTreeModel::folderWanted, this,
            [this](const QString& path) { askForFolder(path.toStdString()); });
    connect(m_view, &FileView::currentMoved, this, &FilesTab::showSelection);
    connect(m_view, &FileView::menuWanted, this, &FilesTab::showMenu);
    connect(m_view, &FileView::activated, this, &FilesTab::openListed);
    connect(m_view, &FileView::deleteWanted, this, [this] {
        if (m_model->change(currentPath()) == 'A') {
            restore();
        }
    });
    connect(m_view, &FileView::filesDropped, this, [this](const QStringList& paths, const QModelIndex& on) {
        m_view->setCurrentIndex(on);
        uploadFiles(paths, currentFolder());
    });
    m_view->setDragsOut(true);
    connect(m_view, &FileView::dragWanted, this, &FilesTab::dragOut);
    connect(m_preview->restoreButton(), &QAbstractButton::clicked, this, &FilesTab::restore);
    showCounts();
    showSelection();
}

QWidget* FilesTab::buildBar() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kFilterBar + 1));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_up = makeIconButton(QStringLiteral("files.up"), tr("To the folder above"), QStringLiteral("up"));
    connect(m_up, &QToolButton::clicked, this, [this] {
        const QModelIndex above = m_view->currentIndex().parent();
        m_view->setCurrentIndex(above);
        m_view->setFocus();
    });
    row->addWidget(m_up);
    m_path = new QLineEdit;
    m_path->setObjectName(QStringLiteral("files.path"));
    m_path->setAccessibleName(tr("Path; Enter goes there"));
    m_path->setMinimumHeight(scaled(metrics::kControl));
    m_path->setMinimumWidth(scaled(120));
    m_path->setMaximumWidth(scaled(360));
    connect(m_path, &QLineEdit::returnPressed, this, [this] { goTo(m_path->text()); });
    row->addWidget(m_path, 3);
    m_scope = new Segments;
    m_scope->setObjectName(QStringLiteral("files.scope"));
    m_scope->setAccessibleName(tr("Which files"));
    m_scope->add(QStringLiteral("all"), tr("All files"));
    m_scope->add(QStringLiteral("changed"), tr("Changed"));
    m_scope->setCurrent(0);
    connect(m_scope, &Segments::currentChanged, this, &FilesTab::showScope);
    row->addWidget(m_scope);
    auto* again =
        makeIconButton(QStringLiteral("files.refresh"), tr("Look again"), QStringLiteral("restart"));
    connect(again, &QToolButton::clicked, this, &FilesTab::refresh);
    row->addWidget(again);
    m_find = new FilterEdit(QStringLiteral("files.find"), tr("Find in container"));
    m_find->setKeyHint({});
    m_find->setMinimumWidth(scaled(kFindWidths.first));
    m_find->setMaximumWidth(scaled(kFindWidths.second));
    m_find->setToolTip(tr("Part of a name, a pattern such as *.conf, or part of a path with a slash"));
    m_findLater.setSingleShot(true);
    m_findLater.setInterval(kFindAfterMs);
    connect(&m_findLater, &QTimer::timeout, this, &FilesTab::find);
    connect(m_find, &QLineEdit::textChanged, this, &FilesTab::takeWords);
    connect(m_find, &QLineEdit::returnPressed, this,
            [this] { m_findLater.isActive() ? find() : m_view->setFocus(); });
    connect(m_find, &FilterEdit::left, this, [this] { m_view->setFocus(); });
    row->addWidget(m_find, 2);
    row->addStretch(0);
    m_upload = makeButton(QStringLiteral("files.upload"), tr("Upload"), QStringLiteral("push"),
                          ButtonKind::Normal, ButtonSize::Small);
    m_upload->setMenu(makeUploadMenu());
    row->addWidget(m_upload);
    m_download = makeButton(QStringLiteral("files.download"), tr("Download"), QStringLiteral("pull"),
                            ButtonKind::Normal, ButtonSize::Small);
    connect(m_download, &QPushButton::clicked, this, &FilesTab::download);
    row->addWidget(m_download);
    m_upload->setAccessibleName(tr("Upload"));
    m_download->setAccessibleName(tr("Download"));
    m_download->setToolTip(tr("Download"));
    m_commit = makeButton(QStringLiteral("files.commit"), tr("Save as image…"), QStringLiteral("image"),
                          ButtonKind::Normal, ButtonSize::Small);
    m_commit->setAccessibleName(tr("Save as image…"));
    m_commit->setToolTip(tr("Save as image…"));
    connect(m_commit, &QPushButton::clicked, this, &FilesTab::commit);
    row->addWidget(m_commit);
    return bar;
}

/// Choosers of desktops choose files, several at once, or a folder, but not both.
QMenu* FilesTab::makeUploadMenu() {
    auto* menu = new QMenu(this);
    const auto add = [&](const char* name, const char* icon, const QString& text, UploadKind kind) {
        QAction* action = menu->addAction(themeIcon(QLatin1String(icon), Token::Muted), text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, [this, kind] { upload(kind); });
    };
    add("files.upload.files", "file", tr("Files…"), UploadKind::Files);
    add("files.upload.folder", "folder", tr("A folder…"), UploadKind::Folder);
    return menu;
}

QWidget* FilesTab::buildFoot() {
    auto* foot = new Panel(Token::Window, Qt::TopEdge);
    foot->setProperty(kPageFoot, true);
    foot->setFixedHeight(scaled(metrics::kStatusBar + 1));
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::kPageMargin, 1, metrics::kPageMargin, 0);
    row->setSpacing(scaled(6));
    m_sum = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_sum->setObjectName(QStringLiteral("files.sum"));
    m_sum->setElided();
    m_sum->setSizePolicy(QSizePolicy::Maximum,
                         QSizePolicy::Preferred);  // beside a stretch it would get nothing
    row->addWidget(m_sum);
    const std::pair<const char*, ChipLook> kinds[] = {
        {"A", chip_look::kOk}, {"M", chip_look::kWarn}, {"D", chip_look::kErr}};
    for (const auto& [letter, look] : kinds) {
        row->addSpacing(scaled(metrics::kSpace));
        auto* chip = new Chip(QLatin1String(letter), {}, look);
        chip->setInteractive(false);
        row->addWidget(chip);
        auto* words = new TextLabel({}, TextRole::Secondary, Token::Muted);
        words->setObjectName(QStringLiteral("files.count.%1").arg(QLatin1String(letter)));
        row->addWidget(words);
        m_counts.emplace_back(chip, words);
    }
    row->addStretch(1);
    m_discard = makeButton(QStringLiteral("files.discard"), tr("Discard all changes…"), {}, ButtonKind::Link,
                           ButtonSize::Small);
    connect(m_discard, &QPushButton::clicked, this, &FilesTab::discard);
    row->addWidget(m_discard);
    return foot;
}

void FilesTab::setContainer(const std::string& id) {
    m_id = id;
    m_asked = false;
    m_goal.clear();
    m_open.clear();
    m_status.reset();
    m_compared = false;
    m_notCompared = false;
    m_find->clear();
    endFind();
    m_changesRequest.cancel();
    m_sizeRequest.cancel();
    m_written.reset();
    m_model->clear();
    m_preview->clear();
    m_banner->hide();
    m_scope->setCurrent(0);
    showCounts();
    showChosen();  // a model that begins anew tells of no current row
}

void FilesTab::setActive(bool active) {
    m_active = active;
    if (active && !m_asked) {
        refresh();
    }
}

void FilesTab::showSummary(const types::ContainerSummary& row) {
    m_name = row.name;
    std::map<std::string, QString> mounts;
    for (const types::MountSpec& mount : row.mounts) {
        mounts[mount.target] = mountWords(mount.kind);
    }
    m_model->setMounts(std::move(mounts));
    const bool moved = m_status && *m_status != row.status;
    m_status = row.status;
    if (moved && m_asked && m_active) {
        refresh();  // another process holds the files now, and what failed may work
    }
}

void FilesTab::refresh() {
    m_asked = true;
    m_banner->hide();
    askForRoot();
    askForChanges();
    if (m_model->showsFound()) {
        find();
    }
}

void FilesTab::askForRoot() {
    const bool again = m_model->isListed("/");
    if (!again) {
        m_stack->setCurrentWidget(m_splitter);
        QTimer::singleShot(kLoadingAfterMs, this, [this, id = m_id] {
            if (id == m_id && !m_model->isListed("/") && m_stack->currentWidget() == m_splitter) {
                m_stack->setCurrentWidget(m_loading);
            }
        });
    }
    for (const std::string& folder : again ? m_model->listedFolders() : std::vector<std::string>{"/"}) {
        askForFolder(folder);
    }
    if (!again) {
        askForUsers();
    }
}

void FilesTab::askForFolder(const std::string& path) {
    m_context.engine.listFolder(this, m_id, path,
                                [this, id = m_id, path](const Result<std::vector<types::ImageFile>>& files) {
                                    if (id == m_id) {
                                        takeFolder(path, files);
                                    }
                                });
}

void FilesTab::takeFolder(const std::string& path, const Result<std::vector<types::ImageFile>>& files) {
    if (files) {
        m_model->setFolder(path, *files);
    } else if (path != "/") {
        m_model->setProblem(path, format::sentence(files.error().message()));
    } else if (!m_model->isListed("/")) {
        m_failed->setText(tr("The files cannot be listed"), format::error(files.error()));
        m_stack->setCurrentWidget(m_failed);
        return;
    } else {
        showProblem(files.error());
    }
    if (path == "/") {
        m_stack->setCurrentWidget(m_splitter);
    }
    if (!m_goal.empty()) {
        walkOn();
    } else if (!currentPath().empty() && (m_model->showsChanges() || m_model->showsFound())) {
        showSelection();
    }
}

void FilesTab::askForSize() {
    m_sizeRequest.cancel();
    m_sizeRequest = m_context.engine.measureContainer(
        this, m_id, [this, id = m_id](const Result<types::ContainerSize>& size) {
            if (size && id == m_id) {  // without it the paths are told alone
                m_written = size->changedBytes;
                showSums();
            }
        });
}

void FilesTab::askForChanges() {
    askForSize();
    m_changesRequest.cancel();
    m_changesRequest =
        m_context.engine.containerChanges(this, m_id, [this](const Result<ChangeSetPtr>& changes) {
            if (!changes) {
                if (changes.error().kind() != ErrorKind::Cancelled) {
                    m_notCompared = true;
                    showProblem(changes.error());
                    showCounts();
                }
                return;
            }
            takeChanges(*changes);
        });
}

void FilesTab::takeChanges(const ChangeSetPtr& changes) {
    const std::string chosen = currentPath();
    const int row = m_view->currentIndex().row();
    m_model->setChanges(changes);
    m_compared = true;
    emit changesCounted(m_model->counts().sum());
    if (!chosen.empty()) {
        const QModelIndex still = m_model->indexOf(chosen);
        // What is in a list no longer gives its place to the next one.
        const int next = m_model->showsChanges() ? std::min(row, m_model->rowCount() - 1) : -1;
        m_view->setCurrentIndex(still.isValid() || next < 0 ? still : m_model->index(next, 0));
    }
    showCounts();
    showSelection();
}

/// Comparing with the image takes its time: until then, what was restored no longer counts.
void FilesTab::forgetChanges(const std::vector<std::string>& paths) {
    if (!m_compared || m_model->changes().all().size() > kMostForgotten) {
        return;
    }
    const std::set<std::string> gone(paths.begin(), paths.end());
    std::vector<types::Change> left;
    for (const types::Change& change : m_model->changes().all()) {
        std::string path = change.path;
        bool stays = true;
        while (stays && !path.empty()) {
            stays = !gone.contains(path);
            path.resize(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
        }
        if (stays) {
            left.push_back(change);
        }
    }
    takeChanges(std::make_shared<const ChangeSet>(std::move(left)));
}

/// Numbers are shown where there is no list of users.
void FilesTab::askForUsers() {
    m_context.engine.readContainerFile(this, m_id, "/etc/passwd", types::FileVersion::Now,
                                       [this, id = m_id](const Result<std::string>& passwd) {
                                           if (passwd && id == m_id) {
                                               m_model->setUsers(usersOf(*passwd));
                                               m_view->viewport()->update();
                                           }
                                       });
}

void FilesTab::showProblem(const Error& error) {
    m_banner->show(Banner::Kind::Error, format::sentence(error.message()), format::text(error.hint()));
}

void FilesTab::showCounts() {
    const auto& counts = m_model->counts();
    m_scope->setCount(1, m_compared ? counts.sum() : -1);
    const int numbers[] = {counts.added, counts.modified, counts.deleted};
    const QString words[] = {tr("%Ln added", nullptr, counts.added),
                             tr("%Ln modified", nullptr, counts.modified),
                             tr("%Ln deleted", nullptr, counts.deleted)};
    const bool all = !m_finding && !m_model->showsFound();
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        m_counts[i].first->setVisible(all && numbers[i] > 0);
        m_counts[i].second->setText(words[i]);
        m_counts[i].second->setVisible(all && numbers[i] > 0);
    }
    if (m_discard->hasFocus() && counts.sum() == 0) {
        m_view->setFocus();  // before the button goes: Qt would choose whatever comes next
    }
    m_discard->setVisible(counts.sum() > 0);
    showSums();
}

void FilesTab::showSums() {
    const int sum = m_model->counts().sum();
    // What was not looked at is not called unchanged.
    const QString nothing = m_compared      ? tr("Nothing differs from the image")
                            : m_notCompared ? tr("Not compared with the image")
                                            : tr("Comparing with the image…");
    const int found = m_model->rowCount();
    if (m_finding) {
        m_sum->setText(tr("Looking for “%1”…").arg(findWords()));
    } else if (m_model->showsFound()) {
        m_sum->setText(m_foundMore ? tr("The first %Ln files found; there are more", nullptr, found)
                                   : tr("%Ln files found", nullptr, found));
    } else {
        m_sum->setText(
            sum == 0 ? nothing
            : m_written
                //: "Writable layer: 3.2 MB in 14 paths"
                ? tr("Writable layer: %1 in %Ln paths", nullptr, sum).arg(format::bytes(*m_written))
                : tr("%Ln paths differ from the image", nullptr, sum));
    }
    m_view->setPlaceholder(m_model->showsFound() ? tr("No file has “%1” in its name").arg(findWords())
                           : !m_model->showsChanges() ? QString()
                           : sum == 0                 ? nothing
                                                      : tr("No changed path matches"));
}

void FilesTab::showScope() {
    const bool changes = m_scope->current() == 1;
    const std::string chosen = currentPath();
    m_find->clear();
    endFind();
    m_find->setPlaceholderText(changes ? tr("Filter changed paths") : tr("Find in container"));
    m_find->setAccessibleName(m_find->placeholderText());
    if (changes) {
        leaveTree();
        m_model->showChanges(true);
        askForChanges();  // a container writes without telling anybody
    } else {
        backToTree();
    }
    showCounts();
    m_view->setCurrentIndex(m_model->indexOf(chosen));
    showSelection();
}

std::string FilesTab::currentPath() const {
    return FileTreeModel::pathOf(m_view->currentIndex());
}

/// Where what comes in goes: the folder that is chosen, or that of the file that is.
std::string FilesTab::currentFolder() const {
    return m_model->folderFor(currentPath());
}

/// A button of the preview that goes away with what it was about leaves the focus to the list.
void FilesTab::showSelection() {
    const QWidget* focused = window()->focusWidget();
    const bool inPreview = focused != nullptr && m_preview->isAncestorOf(focused);
    showChosen();
    if (inPreview && !focused->isVisibleTo(m_preview)) {
        m_view->setFocus();
    }
}

void FilesTab::showChosen() {
    const std::string path = currentPath();
    const bool known = !path.empty();
    const bool gone = m_model->change(path) == 'D';
    m_download->setEnabled(known && !gone);
    m_up->setEnabled(m_view->currentIndex().isValid());
    //: The folder that files go into
    m_upload->setToolTip(tr("Copy files of yours into %1").arg(format::text(currentFolder())));
    if (!m_path->hasFocus()) {
        m_path->setText(format::text(known ? path : "/"));
        m_path->setCursorPosition(0);
    }
    if (!known) {
        m_preview->clear();
        return;
    }
    FilePreview::Subject subject{.container = m_id, .path = path, .change = m_model->change(path)};
    if (const types::ImageFile* file = m_model->file(path)) {
        subject.file = *file;
        subject.owner = m_model->owner(file->uid);
    } else if (!gone) {
        lookUp(path);  // of a list: its folder is not open yet
    }
    subject.mount = m_view->currentIndex().data(FileTreeModel::MountRole).toString();
    m_preview->show(subject);
}

void FilesTab::goTo(const QString& path) {
    if (m_model->showsChanges()) {
        m_scope->setCurrent(0);
    }
    m_find->clear();
    const QStringList names = path.trimmed().split(QLatin1Char('/'), Qt::SkipEmptyParts);
    m_goal = "/" + names.join(QLatin1Char('/')).toStdString();
    m_goesThere = true;
    walkOn();
}

/// What is known of a file is asked for; what is shown stays.
void FilesTab::lookUp(const std::string& path) {
    m_goal = path;
    m_goesThere = false;
    walkOn();
}

/// One folder further towards the goal, each as soon as the one above it is known.
void FilesTab::walkOn() {
    const std::string goal = m_goal;
    const auto way = m_model->wayTo(goal, [this](const QModelIndex& folder) {
        if (m_goesThere) {
            m_view->expand(folder);
        }
    });
    if (way.end == FileTreeModel::Way::End::Asks) {
        askForFolder(way.folder);
        return;
    }
    if (way.end == FileTreeModel::Way::End::Missing) {
        m_goal.clear();
        if (m_goesThere) {
            m_banner->show(Banner::Kind::Warning, tr("There is no %1").arg(format::text(way.folder)));
        }
        return;
    }
    m_goal.clear();
    m_banner->hide();
    if (!m_goesThere) {
        showSelection();
        return;
    }
    const QModelIndex index = m_model->indexOf(goal);
    m_view->setCurrentIndex(index);
    m_view->expand(index);
    m_view->scrollTo(index);
    m_view->setFocus();
}

void FilesTab::showMenu(const QModelIndex& index, const QPoint& position) {
    if (index.data(FileTreeModel::RemarkRole).toBool()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("files.rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* name, const char* icon, const QString& text, auto handler) {
        QAction* action = menu->addAction(themeIcon(QLatin1String(icon), Token::Muted), text);
        action->setObjectName(QStringLiteral("files.row.%1").arg(QLatin1String(name)));
        connect(action, &QAction::triggered, this, handler);
        return action;
    };
    add("download", "pull", tr("Download…"), &FilesTab::download)->setEnabled(m_download->isEnabled());
    const QString into = format::text(currentFolder());
    //: %1 is a folder of the container
    add("upload", "push", tr("Upload files into %1…").arg(into), [this] { upload(UploadKind::Files); });
    //: %1 is a folder of the container
    add("uploadFolder", "folder", tr("Upload a folder into %1…").arg(into),
        [this] { upload(UploadKind::Folder); });
    if (m_model->showsChanges() || m_model->showsFound()) {
        add("show", "folder", tr("Show in its folder"),
            [this, at = QPersistentModelIndex(index)] { openListed(at); });
    }
    add("copyPath", "copy", tr("Copy path"),
        [this] { m_context.prompt.copyText(format::text(currentPath())); });
    if (m_preview->restoreButton()->isVisibleTo(m_preview)) {
        menu->addSeparator();
        add("restore", "undo", m_preview->restoreButton()->text(), &FilesTab::restore);
    }
    menu->popup(position);
}

QWidget* FilesTab::mainWidget() {
    return m_view;
}

bool FilesTab::focusSearch() {
    m_find->setFocus();
    m_find->selectAll();
    return true;
}

void FilesTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_preview->setVisible(width() >= scaled(kPreviewFrom));
    const bool words = width() >= scaled(kWordsFrom);  // else the icons have to do
    m_upload->setText(words ? tr("Upload") : QString());
    m_download->setText(words ? tr("Download") : QString());
    m_commit->setText(words ? tr("Save as image…") : QString());
    const bool narrow = width() < scaled(kNarrowBelow);
    m_view->setColumnWidths(
        {kAllWidths[0], 0, narrow ? 0 : kAllWidths[1], narrow ? 0 : kAllWidths[2], kAllWidths[3]});
}

}  // namespace coracle::gui
