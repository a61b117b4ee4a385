// SPDX-License-Identifier: Apache-2.0
#include "gui/views/drag_out.h"

#include "gui/format.h"
#include "gui/models/task_list.h"
#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"
#include "gui/widgets/toast_host.h"

#include <QApplication>
#include <QCursor>
#include <QDir>
#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QToolTip>
#include <QUrl>

#include <filesystem>

namespace coracle::gui {
namespace {

namespace fs = std::filesystem;

constexpr qint64 kToldAfterMs = 3000;  ///< the window itself tells of the end of longer work
constexpr int kPictureWidth = 220;
constexpr int kPictureHeight = 28;

/// Folders of a container may be closed to their owner, and what is in them would stay.
void removeTree(const fs::path& folder) {
    std::error_code ignored;  // what cannot be removed now is tried again by the next sweep
    auto at =
        fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, ignored);
    fs::permissions(folder, fs::perms::owner_all, fs::perm_options::add, ignored);
    for (; !ignored && at != fs::recursive_directory_iterator(); at.increment(ignored)) {
        std::error_code none;
        if (at->is_directory(none) && !at->is_symlink(none)) {
            fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add, none);
        }
    }
    fs::remove_all(folder, ignored);
}

void sweep(const fs::path& root) {
    std::error_code ignored;
    const auto oldest = fs::file_time_type::clock::now() - std::chrono::hours(DragOut::kKeepHours);
    for (auto at = fs::directory_iterator(root, ignored); !ignored && at != fs::directory_iterator();
         at.increment(ignored)) {
        std::error_code none;
        const auto written = fs::last_write_time(at->path(), none);
        if (!none && written < oldest) {
            removeTree(at->path());
        }
    }
}

/// A new folder that nobody else can look into; empty with the reason in `problem`.
QString makeFolder(const QString& root, QString& problem) {
    std::error_code failed;
    fs::create_directories(root.toStdString(), failed);
    if (!failed) {
        fs::permissions(root.toStdString(), fs::perms::owner_all, fs::perm_options::replace, failed);
    }
    QTemporaryDir folder(root + QStringLiteral("/XXXXXX"));
    folder.setAutoRemove(false);
    if (failed || !folder.isValid()) {
        problem = failed ? QString::fromStdString(failed.message()) : folder.errorString();
        return {};
    }
    return folder.path();
}

QPixmap pictureOf(const QWidget& widget, const QString& name) {
    const qreal ratio = widget.devicePixelRatioF();
    const QSize size(scaled(kPictureWidth), scaled(kPictureHeight));
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(Token::Raised));
    const QRectF frame = QRectF(QPointF(0, 0), QSizeF(size)).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(frame, metrics::kRadiusControl, metrics::kRadiusControl);
    const int side = size.height();
    paintIcon(painter, QRect(0, 0, side, side), QStringLiteral("file"), color(Token::Muted),
              metrics::kIconSmall);
    painter.setFont(themeFont(TextRole::Body));
    painter.setPen(color(Token::Text));
    const QRect words(side, 0, size.width() - side - metrics::kSpaceSmall, side);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(name, Qt::ElideMiddle, words.width()));
    return picture;
}

void dragFiles(QWidget* source, std::unique_ptr<QMimeData> files, const QString& name) {
    // Qt's drag belongs to its source and deletes itself, with the files.
    auto* drag = new QDrag(source);
    drag->setMimeData(files.release());
    drag->setPixmap(pictureOf(*source, name));
    drag->setHotSpot({-metrics::kSpaceSmall, -metrics::kSpaceSmall});
    drag->exec(Qt::CopyAction);
}

}  // namespace

DragOut::Parts DragOut::desktopParts() {
    return {.folder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                      QStringLiteral("/coracle/dragged"),
            .held = [] { return QGuiApplication::mouseButtons().testFlag(Qt::LeftButton); },
            .drag = dragFiles};
}

DragOut::DragOut(QWidget* source, const PageContext& context)
    : QObject(source), m_source(source), m_context(context), m_parts(desktopParts()) {}

DragOut::~DragOut() {
    cancel();
}

void DragOut::begin(const QString& name, const QString& key, const StartCopy& start) {
    if (m_ready && key == m_key && m_since.elapsed() < kReadyMs) {
        drag();
        return;
    }
    cancel();
    m_name = name;
    m_key = key;
    m_copying = true;
    const int round = ++m_round;
    watchMouse(true);
    showStep({});
    QThreadPool::globalInstance()->start([root = m_parts.folder, post = m_context.engine.poster(), round,
                                          start, self = QPointer<DragOut>(this)] {
        sweep(root.toStdString());
        QString problem;
        const QString folder = makeFolder(root, problem);
        post([self, folder, problem, round, start, root] {  // on the window's thread, as the pointer needs
            if (self.isNull() || self->m_round != round || !self->m_copying) {
                if (!folder.isEmpty()) {
                    QThreadPool::globalInstance()->start([folder] { removeTree(folder.toStdString()); });
                }
            } else if (folder.isEmpty()) {
                self->cancel();
                self->m_context.toasts.showError(
                    tr("Could not copy %1").arg(self->m_name),
                    tr("%1: %2").arg(format::homePath(root.toStdString()), problem));
            } else {
                self->copyInto(folder, start);
            }
        });
    });
}

void DragOut::copyInto(const QString& folder, const StartCopy& start) {
    m_folder = folder;
    m_request = std::make_shared<Request>();  // shared with the task, which cancels
    Task* task =
        m_context.tasks.add({tr("Copying %1 for dragging").arg(m_name), tr("Could not copy %1").arg(m_name)},
                            QStringLiteral("pull"), [request = m_request] { request->cancel(); });
    const int round = m_round;
    *m_request = start(
        task, folder + QLatin1Char('/') + m_name,
        [task, round, self = QPointer(this)](const std::uint64_t& bytes) {
            task->setStep(format::bytes(bytes));
            if (!self.isNull() && self->m_round == round && self->m_copying) {
                self->showStep(format::bytes(bytes));
            }
        },
        [task, round, folder, self = QPointer(this)](const Result<types::CopyReport>& copied) {
            if (self.isNull() || self->m_round != round) {
                task->finishCancelled();
                QThreadPool::globalInstance()->start([folder] { removeTree(folder.toStdString()); });
                return;
            }
            self->takeCopy(task, copied);
        });
}

void DragOut::takeCopy(Task* task, const Result<types::CopyReport>& copied) {
    m_copying = false;
    watchMouse(false);
    if (!copied) {
        removeLater(m_folder);
        m_folder.clear();
        task->endWith(copied.error());
        return;
    }
    m_ready = true;
    m_since.start();
    const bool held = m_parts.held() && !m_source.isNull() && m_source->isVisible();
    if (held) {
        task->finish(tr("Ready to be dropped"));
        drag();
        return;
    }
    const QString again = tr("Drag it again, to where it shall go.");
    const bool toldAnyway = task->elapsedMs() > kToldAfterMs;
    task->finish(again);
    if (toldAnyway) {
        return;
    }
    m_context.toasts.show({.iconName = QStringLiteral("okc"),
                           .iconToken = Token::Ok,
                           .title = tr("%1 is ready").arg(m_name),
                           .text = again,
                           .actions = {},
                           .timeoutMs = 6000,
                           .expired = {}});
}

/// What is given away is not ours any more: it stays for whoever reads it.
void DragOut::drag() {
    auto files = std::make_unique<QMimeData>();
    files->setUrls({QUrl::fromLocalFile(m_folder + QLatin1Char('/') + m_name)});
    m_ready = false;
    m_folder.clear();
    ++m_round;
    if (!m_source.isNull()) {
        m_parts.drag(m_source, std::move(files), m_name);
    }
}

void DragOut::cancel() {
    ++m_round;
    if (m_copying && m_request != nullptr) {
        m_request->cancel();  // who answers removes the folder
    } else if (m_ready) {
        removeLater(m_folder);
    }
    m_copying = false;
    m_ready = false;
    m_folder.clear();
    m_request.reset();
    watchMouse(false);
}

void DragOut::removeLater(const QString& folder) {
    if (!folder.isEmpty()) {
        QThreadPool::globalInstance()->start([folder] { removeTree(folder.toStdString()); });
    }
}

void DragOut::watchMouse(bool on) {
    if (on == m_watching) {
        return;
    }
    m_watching = on;
    if (on) {
        qApp->installEventFilter(this);
        QGuiApplication::setOverrideCursor(Qt::BusyCursor);
    } else {
        qApp->removeEventFilter(this);
        QGuiApplication::restoreOverrideCursor();
        QToolTip::hideText();
    }
}

void DragOut::showStep(const QString& words) {
    if (m_watching && !m_source.isNull()) {
        const QString text = words.isEmpty() ? tr("Copying %1; keep the button down").arg(m_name)
                                             //: %2: how much so far, "12 MB"
                                             : tr("Copying %1: %2; keep the button down").arg(m_name, words);
        QToolTip::showText(QCursor::pos(), text, m_source);
    }
}

/// Escape ends it. Who lets go may wait: the copy goes on and is told of at its end.
bool DragOut::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        cancel();
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease) {
        watchMouse(false);
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace coracle::gui
