// SPDX-License-Identifier: Apache-2.0
#include "gui/views/volume_files.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/file_tree_model.h"
#include "gui/models/task_list.h"
#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/views/file_moves.h"
#include "gui/views/file_view.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/skeleton.h"
#include "gui/widgets/toast_host.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>
#include <optional>

namespace coracle::gui {
namespace {

constexpr int kSizeWidth = 80;
constexpr int kModeWidth = 92;
constexpr int kOwnerWidth = 78;
constexpr int kTimeWidth = 84;
constexpr int kMarkWidth = 10;
constexpr int kModeFrom = 560;
constexpr int kOwnerFrom = 430;
constexpr int kLeastWidth = 320;
constexpr int kLeastPath = 180;
constexpr int kLoadingAfterMs = 400;

format::Time momentOf(std::int64_t nanoseconds) {
    return format::Time(
        std::chrono::duration_cast<format::Time::duration>(std::chrono::nanoseconds(nanoseconds)));
}

}  // namespace

VolumeFiles::VolumeFiles(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new FileTreeModel(this))
    , m_view(new FileView(QStringLiteral("volume.tree"), tr("Files of the volume")))
    , m_banner(new Banner)
    , m_stack(new QStackedWidget)
    , m_failed(new EmptyState(QStringLiteral("folder"), tr("The files cannot be listed"), {}))
    , m_loading(new Skeleton) {
    setObjectName(QStringLiteral("volume.files"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    m_banner->setObjectName(QStringLiteral("volume.files.error"));
    m_banner->hide();
    column->addWidget(m_banner);
    m_view->setModel(m_model);
    m_view->setAcceptDrops(true);
    m_stack->addWidget(m_view);
    m_failed->setObjectName(QStringLiteral("volume.files.failed"));
    connect(
        m_failed->addButton(QStringLiteral("volume.files.retry"), tr("Try again"), QStringLiteral("restart")),
        &QAbstractButton::clicked, this, &VolumeFiles::refresh);
    m_stack->addWidget(m_failed);
    m_stack->addWidget(m_loading);
    column->addWidget(m_stack, 1);
    connect(m_model, &FileTreeModel::folderWanted, this,
            [this](const QString& path) { askForFolder(path.toStdString()); });
    connect(m_view, &FileView::currentMoved, this, &VolumeFiles::showSelection);
    connect(m_view, &FileView::menuWanted, this, &VolumeFiles::showMenu);
    connect(m_view, &FileView::deleteWanted, this, &VolumeFiles::remove);
    connect(m_view, &FileView::activated, this, [this] {
        if (const types::ImageFile* file = m_model->file(currentPath());
            file != nullptr && file->kind != types::ImageFileKind::Folder) {
            download();
        }
    });
    connect(m_view, &FileView::filesDropped, this, [this](const QStringList& paths, const QModelIndex& on) {
        m_view->setCurrentIndex(on);
        uploadFiles(paths, currentFolder());
    });
    showSelection();
}

QWidget* VolumeFiles::buildBar() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kTableHead + metrics::kSpaceLarge));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_up = makeIconButton(QStringLiteral("volume.files.up"), tr("To the folder above"), QStringLiteral("up"));
    connect(m_up, &QToolButton::clicked, this, [this] {
        m_view->setCurrentIndex(m_view->currentIndex().parent());
        m_view->setFocus();
    });
    row->addWidget(m_up);
    m_path = new QLineEdit;
    m_path->setObjectName(QStringLiteral("volume.files.path"));
    m_path->setAccessibleName(tr("Path; Enter goes there"));
    m_path->setFixedHeight(scaled(metrics::kControlSmall));
    m_path->setMinimumWidth(scaled(56));
    m_path->setMaximumWidth(scaled(300));
    connect(m_path, &QLineEdit::returnPressed, this, [this] { goTo(m_path->text()); });
    row->addWidget(m_path, 1);
    auto* again =
        makeIconButton(QStringLiteral("volume.files.refresh"), tr("Look again"), QStringLiteral("restart"));
    connect(again, &QToolButton::clicked, this, &VolumeFiles::refresh);
    row->addWidget(again);
    row->addStretch(0);
    const auto add = [this, row](const char* name, const QString& words, const char* icon,
                                 void (VolumeFiles::*action)()) {
        auto* button = makeButton(QStringLiteral("volume.files.") + QLatin1String(name), words,
                                  QLatin1String(icon), ButtonKind::Normal, ButtonSize::Small);
        button->setAccessibleName(words);
        button->setToolTip(words);
        connect(button, &QPushButton::clicked, this, action);
        row->addWidget(button);
        return button;
    };
    m_upload = add("upload", tr("Upload"), "push", &VolumeFiles::upload);
    m_download = add("download", tr("Download"), "pull", &VolumeFiles::download);
    m_newFolder = add("newFolder", tr("New folder"), "plus", &VolumeFiles::makeFolder);
    m_remove = add("delete", tr("Delete…"), "trash", &VolumeFiles::remove);
    m_remove->setText({});  // the others have the room
    m_outside = makeButton(QStringLiteral("volume.files.outside"), tr("Open in files"), QStringLiteral("ext"),
                           ButtonKind::Normal, ButtonSize::Small);
    m_outside->setAccessibleName(tr("Open in files"));
    m_outside->setToolTip(tr("Show the volume's folder in the file manager of the desktop"));
    connect(m_outside, &QPushButton::clicked, this, &VolumeFiles::openOutside);
    row->addWidget(m_outside);
    return bar;
}

/// Whoever wrote the volume chose its links; a program outside follows them into the person's own files.
void VolumeFiles::openOutside() {
    const auto open = [this] { m_context.prompt.openUrl(QUrl::fromLocalFile(format::text(m_place))); };
    const std::vector<std::string> links = m_model->linksOut();
    if (links.empty()) {
        open();
        return;
    }
    constexpr std::size_t kNamed = 5;
    Question question;
    question.title = tr("Open %1 in the file manager?").arg(format::text(m_name));
    question.text =
        tr("It has links that lead out of the volume. There, they lead to files of your own: look at "
           "what you open and copy.");
    for (std::size_t i = 0; i < std::min(links.size(), kNamed); ++i) {
        //: A link and where it leads
        question.points
            << tr("%1 leads to %2").arg(format::text(links[i]), format::text(m_model->file(links[i])->link));
    }
    if (links.size() > kNamed) {
        question.points << tr("and %n more", nullptr, int(links.size() - kNamed));
    }
    question.confirm = tr("Open");
    m_context.prompt.ask(this, question, [open](const Reply& reply) {
        if (reply.accepted) {
            open();
        }
    });
}

void VolumeFiles::setVolume(const types::VolumeSummary& volume) {
    const bool same = volume.name == m_name;
    m_place = volume.mountpoint;
    m_usedBy = volume.usedBy;
    if (same) {
        return;
    }
    m_name = volume.name;
    m_asked = false;
    m_goal.clear();
    m_requests.clear();
    m_model->clear();
    m_model->setUsers({{0, QStringLiteral("root")}});
    m_banner->hide();
    m_stack->setCurrentWidget(m_view);
    m_view->setPlaceholder({});
    showSelection();
    if (m_active) {
        refresh();
    }
}

void VolumeFiles::setActive(bool active) {
    m_active = active;
    if (active && !m_asked && !m_name.empty()) {
        refresh();
    }
}

void VolumeFiles::refresh() {
    if (m_name.empty() || !m_active) {
        m_asked = false;
        return;
    }
    m_asked = true;
    m_banner->hide();
    if (m_model->isListed("/")) {
        std::vector<std::string> folders;  // also those whose answer is on its way: it may be of before
        for (const auto& [folder, request] : m_requests) {
            folders.push_back(folder);
        }
        for (const std::string& folder : folders) {
            askForFolder(folder);
        }
        return;
    }
    m_stack->setCurrentWidget(m_view);
    QTimer::singleShot(kLoadingAfterMs, this, [this, name = m_name] {
        if (name == m_name && !m_model->isListed("/") && m_stack->currentWidget() == m_view) {
            m_stack->setCurrentWidget(m_loading);
        }
    });
    askForFolder("/");
    askForUsers();
}

void VolumeFiles::askForFolder(const std::string& path, const std::string& then) {
    Request& request = m_requests[path];
    request.cancel();
    request = m_context.engine.listVolumeFolder(
        this, m_name, path,
        [this, name = m_name, path, then](const Result<std::vector<types::ImageFile>>& files) {
            if (name != m_name || (!files && files.error().kind() == ErrorKind::Cancelled)) {
                return;
            }
            m_goal = then.empty() ? m_goal : then;
            takeFolder(path, files);
        });
}

void VolumeFiles::takeFolder(const std::string& path, const Result<std::vector<types::ImageFile>>& files) {
    if (files) {
        m_model->setFolder(path, *files);
    } else if (path != "/") {
        if (m_model->file(path) == nullptr) {
            m_requests.erase(path);  // it has gone
        }
        m_model->setProblem(path, format::sentence(files.error().message()));
    } else {
        m_failed->setText(tr("The files cannot be listed"), format::error(files.error()));
        m_stack->setCurrentWidget(m_failed);
        return;
    }
    if (path == "/") {
        m_stack->setCurrentWidget(m_view);
        m_view->setPlaceholder(tr("The volume is empty. Drop files here to put them into it."));
    }
    if (!m_goal.empty()) {
        walkOn();
    }
}

/// Owners are those of the container that runs with it: who made the files. Numbers are shown otherwise.
void VolumeFiles::askForUsers() {
    const auto& rows = m_context.state.containers().rows;
    const auto user = std::find_if(rows.begin(), rows.end(), [this](const types::ContainerSummary& row) {
        return row.status == types::ContainerStatus::Running &&
               std::find(m_usedBy.begin(), m_usedBy.end(), row.name) != m_usedBy.end();
    });
    if (user == rows.end()) {
        return;
    }
    m_context.engine.readContainerFile(this, user->id, "/etc/passwd", types::FileVersion::Now,
                                       [this, name = m_name](const Result<std::string>& passwd) {
                                           if (passwd && name == m_name) {
                                               m_model->setUsers(usersOf(*passwd));
                                               m_view->viewport()->update();
                                           }
                                       });
}

std::string VolumeFiles::currentPath() const {
    return FileTreeModel::pathOf(m_view->currentIndex());
}

std::string VolumeFiles::currentFolder() const {
    return m_model->folderFor(currentPath());
}

void VolumeFiles::showSelection() {
    const std::string path = currentPath();
    m_download->setEnabled(m_model->file(path) != nullptr);
    m_remove->setEnabled(m_model->file(path) != nullptr);
    m_up->setEnabled(m_view->currentIndex().isValid());
    //: The folder that files go into
    m_upload->setToolTip(tr("Copy a file of yours into %1").arg(format::text(currentFolder())));
    if (!m_path->hasFocus()) {
        m_path->setText(path.empty() ? QStringLiteral("/") : format::text(path));
        m_path->setToolTip(m_path->text());
        m_path->setCursorPosition(0);
    }
}

void VolumeFiles::goTo(const QString& path) {
    const QStringList names = path.trimmed().split(QLatin1Char('/'), Qt::SkipEmptyParts);
    m_goal = "/" + names.join(QLatin1Char('/')).toStdString();
    if (m_model->isListed("/")) {
        walkOn();
    }
}

/// One folder further towards the goal, each as soon as the one above it is known.
void VolumeFiles::walkOn() {
    const auto way = m_model->wayTo(m_goal, [this](const QModelIndex& folder) { m_view->expand(folder); });
    if (way.end == FileTreeModel::Way::End::Asks) {
        askForFolder(way.folder);
        return;
    }
    m_goal.clear();
    if (way.end == FileTreeModel::Way::End::Missing) {
        m_banner->show(Banner::Kind::Warning, tr("There is no %1").arg(format::text(way.folder)));
        return;
    }
    m_banner->hide();
    const QModelIndex index = m_model->indexOf(way.folder);
    m_view->setCurrentIndex(index);
    m_view->expand(index);
    m_view->scrollTo(index);
    m_view->setFocus();
}

void VolumeFiles::showMenu(const QModelIndex& index, const QPoint& position) {
    if (index.data(FileTreeModel::RemarkRole).toBool()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("volume.files.rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* name, const char* icon, const QString& text, auto handler) {
        QAction* action = menu->addAction(themeIcon(QLatin1String(icon), Token::Muted), text);
        action->setObjectName(QStringLiteral("volume.files.row.%1").arg(QLatin1String(name)));
        connect(action, &QAction::triggered, this, handler);
    };
    const QString folder = format::text(currentFolder());
    add("download", "pull", tr("Download…"), &VolumeFiles::download);
    add("upload", "push", tr("Upload into %1…").arg(folder), &VolumeFiles::upload);
    add("newFolder", "plus", tr("New folder in %1…").arg(folder), &VolumeFiles::makeFolder);
    add("copyPath", "copy", tr("Copy path"),
        [this] { m_context.prompt.copyText(format::text(currentPath())); });
    menu->addSeparator();
    add("delete", "trash", tr("Delete…"), &VolumeFiles::remove);
    menu->popup(position);
}

void VolumeFiles::download() {
    const std::string path = currentPath();
    if (path.empty()) {
        return;
    }
    askToSave(this, m_context, *m_model, path,
              [this, path, name = m_name](Task* task, const QString& target, auto moved, auto done) {
                  return m_context.engine.copyOutOfVolume(task, name, path, target.toStdString(),
                                                          std::move(moved), std::move(done));
              });
}

void VolumeFiles::upload() {
    const std::string folder = currentFolder();
    askForUpload(this, m_context, UploadKind::Files, folder,
                 [this, folder](const QStringList& paths) { uploadFiles(paths, folder); });
}

void VolumeFiles::uploadFiles(const QStringList& paths, const std::string& folder) {
    askBeforeReplacing(this, m_context, *m_model, paths, folder, [this, paths, folder, name = m_name] {
        for (const QString& path : paths) {
            runUpload(
                m_context, path, folder,
                [this, folder, name](Task* task, const QString& source, auto moved, auto done) {
                    return m_context.engine.copyIntoVolume(task, name, source.toStdString(), folder,
                                                           std::move(moved), std::move(done));
                },
                [self = QPointer(this), folder, name] {
                    if (self.isNull()) {
                        return;
                    }
                    if (self->m_name == name) {
                        self->askForFolder(folder);
                    }
                    emit self->contentChanged(format::text(name));
                });
        }
    });
}

void VolumeFiles::makeFolder() {
    const std::string folder = currentFolder();
    const std::string prefix = folder == "/" ? folder : folder + "/";
    TextQuestion question;
    question.title = tr("New folder in %1").arg(format::text(folder));
    question.label = tr("Name");
    question.confirm = tr("Make folder");
    question.problem = [this, prefix](const QString& text) {
        if (text.isEmpty() || text.contains(QLatin1Char('/')) || text == QLatin1String(".") ||
            text == QLatin1String("..")) {
            return tr("A name has no slash and is not empty");
        }
        return m_model->file(prefix + text.toStdString()) != nullptr ? tr("There is one of this name already")
                                                                     : QString();
    };
    m_context.prompt.askText(
        this, question, [this, folder, prefix, volume = m_name](const std::optional<QString>& name) {
            if (!name) {
                return;
            }
            const std::string path = prefix + name->toStdString();
            m_context.engine.makeVolumeFolder(
                this, volume, path, [this, folder, path, volume](const Result<>& made) {
                    if (!made) {
                        m_context.toasts.showError(format::sentence(made.error().message()),
                                                   format::text(made.error().hint()));
                    }
                    if (volume == m_name) {
                        askForFolder(folder, made ? path : std::string());
                    }
                    emit contentChanged(format::text(volume));
                });
        });
}

/// The trash holds whole volumes: what is taken out of one is gone, so it is named and asked for.
void VolumeFiles::remove() {
    const std::string path = currentPath();
    const types::ImageFile* file = m_model->file(path);
    if (file == nullptr) {
        return;
    }
    const bool folder = file->kind == types::ImageFileKind::Folder;
    Question question;
    question.title = tr("Delete %1?").arg(fileNameOf(path));
    question.text = folder ? tr("The folder is deleted for good with all that is in it. There is no undo.")
                           : tr("The file is deleted for good. There is no undo.");
    //: a path, and the volume that it is in
    question.points.append(tr("%1 of volume %2").arg(format::text(path), format::text(m_name)));
    if (file->kind == types::ImageFileKind::File) {
        question.points.append(
            tr("%1, changed %2").arg(format::bytes(file->size), format::moment(momentOf(file->mtimeNs))));
    }
    if (!m_usedBy.empty()) {
        QStringList users;
        for (const std::string& user : m_usedBy) {
            users.append(format::text(user));
        }
        question.points.append(tr("used by %1").arg(users.join(QStringLiteral(", "))));
    }
    question.confirm = folder ? tr("Delete folder") : tr("Delete file");
    question.losesData = true;
    m_context.prompt.ask(this, question, [this, path, volume = m_name](const Reply& reply) {
        if (reply.accepted && volume == m_name) {
            runRemoval(path);
        }
    });
}

void VolumeFiles::runRemoval(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == 0 ? "/" : path.substr(0, slash);
    m_view->setFocus();  // the button is disabled while nothing is chosen, and the next one opens a window
    auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
    Task* task = m_context.tasks.add(
        {tr("Deleting %1").arg(fileNameOf(path)), tr("Could not delete %1").arg(fileNameOf(path))},
        QStringLiteral("trash"), [request] { request->cancel(); });
    *request = m_context.engine.eraseVolumeFile(
        task, m_name, path,
        [self = QPointer(this), task, path, folder, volume = m_name](const Result<>& erased) {
            endTask(task, erased ? std::nullopt : std::optional(erased.error()),
                    tr("%1 is deleted").arg(fileNameOf(path)));
            if (self.isNull()) {
                return;
            }
            if (self->m_name == volume) {
                self->askForFolder(folder);
            }
            emit self->contentChanged(format::text(volume));
        });
}

QWidget* VolumeFiles::mainWidget() {
    return m_view;
}

QSize VolumeFiles::minimumSizeHint() const {
    return {scaled(kLeastWidth), QWidget::minimumSizeHint().height()};
}

void VolumeFiles::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const auto wanted = [this](bool words, bool all) {
        m_upload->setText(words ? tr("Upload") : QString());
        m_download->setText(words ? tr("Download") : QString());
        m_newFolder->setText(all ? tr("New folder") : QString());
        m_outside->setText(all ? tr("Open in files") : QString());
        int sum = 2 * metrics::kPageMargin + scaled(kLeastPath);
        for (const QWidget* widget :
             {static_cast<QWidget*>(m_up), static_cast<QWidget*>(m_up),  // and "again"
              static_cast<QWidget*>(m_upload), static_cast<QWidget*>(m_download),
              static_cast<QWidget*>(m_newFolder), static_cast<QWidget*>(m_remove),
              static_cast<QWidget*>(m_outside)}) {
            sum += widget->sizeHint().width() + metrics::kSpaceSmall;
        }
        return sum;
    };
    // Words as far as there is room; else the icons have to do.
    if (wanted(true, true) > width() && wanted(true, false) > width()) {
        (void)wanted(false, false);
    }
    m_view->setColumnWidths({kSizeWidth, width() >= scaled(kModeFrom) ? kModeWidth : 0,
                             width() >= scaled(kOwnerFrom) ? kOwnerWidth : 0, kTimeWidth, kMarkWidth});
}

}  // namespace coracle::gui
