// SPDX-License-Identifier: Apache-2.0
#include "gui/views/image_actions.h"

#include "gui/dialogs/history_dialog.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/run_basics.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/deletion.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/shortcuts.h"
#include "gui/theme/icons.h"
#include "gui/views/images_page.h"
#include "gui/widgets/toast_host.h"

#include <QMenu>
#include <QPointer>

#include <memory>

namespace coracle::gui {
namespace {

constexpr int kNamesInToast = 5;
constexpr int kShownDigits = 12;

QString titlesOf(const std::vector<ImageRow>& rows) {
    QStringList titles;
    for (const auto& row : rows) {
        if (titles.size() == kNamesInToast) {
            titles.append(ImagesPage::tr("%n more", nullptr, int(rows.size()) - kNamesInToast));
            break;
        }
        titles.append(ImageActions::titleOf(row));
    }
    return titles.join(QStringLiteral(", "));
}

}  // namespace

ImageActions::ImageActions(const PageContext& context, QWidget* host)
    : QObject(host), m_context(context), m_host(host) {}

QString ImageActions::titleOf(const ImageRow& row) {
    return row.reference.isEmpty()
               ? ImagesPage::tr("image %1").arg(row.key.section(QLatin1Char(':'), -1).left(kShownDigits))
               : familiarImageName(row.reference);
}

void ImageActions::fill(QMenu& menu, const ImageRow& row, Where where) {
    const auto add = [&](const char* name, const QString& iconName, const QString& text, auto&& action) {
        auto* entry = menu.addAction(themeIcon(iconName), text);
        entry->setObjectName(QStringLiteral("images.row.%1").arg(QLatin1String(name)));
        connect(entry, &QAction::triggered, this, action);
        return entry;
    };
    if (where == Where::List && m_context.navigator.canRun()) {
        add("run", QStringLiteral("play"), ImagesPage::tr("Run…"), [this, row] { run(row); });
    }
    add("tag", QStringLiteral("tag"), ImagesPage::tr("Add a name…"), [this, row] { tag(row); });
    if (!row.reference.isEmpty()) {  // its button goes where the page is narrow
        add("push", QStringLiteral("push"), ImagesPage::tr("Push…"),
            [this, row] { m_context.navigator.openPushDialog(familiarImageName(row.reference)); });
    }
    if (where == Where::List) {
        auto* layers =
            add("layers", QStringLiteral("image"), ImagesPage::tr("Layers and files"), [this, row] {
                m_context.navigator.open({.page = QStringLiteral("image"), .id = row.key, .tab = {}});
            });
        layers->setShortcut(keyOf(KeyId::Open));
        layers->setShortcutVisibleInContextMenu(true);
    }
    add("history", QStringLiteral("history"), ImagesPage::tr("How it was made…"),
        [this, row] { showHistory(row); });
    add("save", QStringLiteral("save"), ImagesPage::tr("Save to a file…"), [this, row] { save(row); });
    add("copyName", QStringLiteral("copy"), ImagesPage::tr("Copy name"),
        [this, row] { m_context.prompt.copyText(row.key); });
    addMenuRow(menu, KeyId::CopyId, [this, row] {
        m_context.prompt.copyText(QString::fromStdString(row.image.id));
    })->setObjectName(QStringLiteral("images.row.copyId"));
    menu.addSeparator();
    const bool lastName = row.image.references.size() <= 1;
    auto* remove = add("delete", QStringLiteral("trash"),
                       lastName ? ImagesPage::tr("Delete image") : ImagesPage::tr("Delete this name"),
                       [this, row] { emit removeWanted(row); });
    if (where == Where::List) {  // the key means what is chosen, which on a page is something else
        remove->setShortcut(keyOf(KeyId::Delete));
        remove->setShortcutVisibleInContextMenu(true);
    }
    if (row.isLocked()) {
        remove->setEnabled(false);
        remove->setText(ImagesPage::tr("Delete image (used by %1)").arg(imageUsers(row)));
        remove->setToolTip(
            ImagesPage::tr("Delete the containers that use it first: %1").arg(imageUsers(row)));
    }
}

void ImageActions::perform(const QString& action, const ImageRow& row) {
    if (action == QLatin1String("tag")) {
        tag(row);
    } else if (action == QLatin1String("history")) {
        showHistory(row);
    } else if (action == QLatin1String("save")) {
        save(row);
    } else if (action == QLatin1String("delete")) {
        emit removeWanted(row);
    }
}

void ImageActions::run(const ImageRow& row) {
    if (m_context.navigator.canRun()) {
        types::RunSpec spec;
        spec.image = shortImageName(row.key).toStdString();
        m_context.navigator.openRunDialog(spec);
    }
}

void ImageActions::tag(const ImageRow& row) {
    TextQuestion question;
    question.title = ImagesPage::tr("Add a name to %1").arg(familiarImageName(row.key));
    question.label = ImagesPage::tr("New name");
    question.text = familiarImageName(row.key);
    question.confirm = ImagesPage::tr("Add name");
    question.problem = [old = question.text](const QString& text) {
        if (text.trimmed().isEmpty() || text.contains(QLatin1Char(' '))) {
            return ImagesPage::tr("A name has no blanks: team/app:2");
        }
        return sameImageName(text, old) ? ImagesPage::tr("It has this name already") : QString();
    };
    m_context.prompt.askText(m_host, question, [this, key = row.key](const std::optional<QString>& name) {
        if (!name) {
            return;
        }
        m_context.engine.tagImage(this, key.toStdString(), name->trimmed().toStdString(),
                                  [this](const Result<>& done) {
                                      if (!done) {
                                          m_context.toasts.showError(format::sentence(done.error().message()),
                                                                     format::sentence(done.error().hint()));
                                      }
                                      emit changed();
                                  });
    });
}

void ImageActions::showHistory(const ImageRow& row) {
    auto* dialog = new HistoryDialog(m_context, row.key, familiarImageName(row.key), m_host->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ImageActions::save(const ImageRow& row) {
    const QString name = familiarImageName(row.key);
    QString file = name;
    file.replace(QLatin1Char('/'), QLatin1Char('-')).replace(QLatin1Char(':'), QLatin1Char('-'));
    m_context.prompt.askFile(
        m_host,
        {.kind = FileQuestion::Kind::SaveFile,
         .title = ImagesPage::tr("Save %1").arg(name),
         .directory = {},
         .suggestedName = file + QStringLiteral(".tar")},
        [this, name, key = row.key](const std::optional<QString>& path) {
            if (!path) {
                return;
            }
            auto request = std::make_shared<Request>();  // shared by the task, which cancels, and the start
            Task* task = m_context.tasks.add(
                {ImagesPage::tr("Saving %1").arg(name), ImagesPage::tr("Could not save %1").arg(name)},
                QStringLiteral("save"), [request] { request->cancel(); });
            task->setAnnounced();
            // What was begun is finished, also when the page is gone: the task asks, not the page.
            *request = m_context.engine.saveImages(
                task, {key.toStdString()}, types::ArchiveFormat::DockerArchive, path->toStdString(),
                [task, path = *path](const Result<>& done) {
                    done ? task->finish(
                               ImagesPage::tr("Saved as %1").arg(format::homePath(path.toStdString())))
                         : task->endWith(done.error());
                });
        });
}

bool ImageActions::refuseLocked(const ImageRow& row) {
    if (row.isLocked()) {
        m_context.toasts.showError(
            ImagesPage::tr("%1 is in use").arg(titleOf(row)),
            ImagesPage::tr("Delete the containers that use it first: %1").arg(imageUsers(row)));
    }
    return row.isLocked();
}

void ImageActions::ask(const ImageRemoval& removal, const QString& note, std::function<void()> go) {
    m_context.engine.storeSettings(
        this, [this, removal, note, go = std::move(go)](const Result<types::StoreSettings>& settings) {
            askNow(removal, note, settings ? keptDays(*settings) : 0, go);
        });
}

void ImageActions::askNow(const ImageRemoval& removal, const QString& note, std::int64_t days,
                          std::function<void()> go) {
    Question question;
    const bool one = removal.going.size() == 1;
    question.title = one ? ImagesPage::tr("Delete %1?").arg(titleOf(removal.going.front()))
                     : removal.going.size() == removal.images.size()
                         ? ImagesPage::tr("Delete %n images?", nullptr, int(removal.going.size()))
                         : ImagesPage::tr("Delete %n names of images?", nullptr, int(removal.going.size()));
    question.text =
        days > 0 && one ? ImagesPage::tr(
                              "It goes to the trash, from where Undo brings it back for %n days. A full disk "
                              "may shorten that.",
                              nullptr, int(days))
        : days > 0 ? ImagesPage::tr(
                         "They go to the trash, from where Undo brings them back for %n days. A "
                         "full disk may shorten that.",
                         nullptr, int(days))
        : one ? ImagesPage::tr("It is deleted for good, and has to be pulled or built again.")
              : ImagesPage::tr("They are deleted for good, and have to be pulled or built again.");
    for (const auto& row : removal.going) {
        const bool stays = removal.images.count(row.image.id) == 0;
        question.points.append(
            stays ? ImagesPage::tr("%1, of an image that keeps other names").arg(titleOf(row))
                  //: "nginx:1.27, 187 MB"
                  : ImagesPage::tr("%1, %2").arg(titleOf(row), format::bytes(row.image.sizeBytes)));
    }
    if (!note.isEmpty()) {
        question.notes.append(note);
    }
    for (const auto& row : removal.staying) {
        question.notes.append(ImagesPage::tr("%1 stays: used by %2").arg(titleOf(row), imageUsers(row)));
    }
    question.confirm = one ? ImagesPage::tr("Delete image") : ImagesPage::tr("Delete images");
    question.losesData = days <= 0;
    m_context.prompt.ask(m_host, question, [go = std::move(go)](const Reply& reply) {
        if (reply.accepted) {
            go();
        }
    });
}

void ImageActions::remove(const Removal& removal) {
    const ImageRemoval& what = removal.what;
    QStringList keys;
    for (const auto& row : what.going) {
        keys.append(row.key);
    }
    const auto hide = [hide = removal.hide](bool hidden) {
        if (hide) {
            hide(hidden);
        }
    };
    hide(true);
    const ImageRow& first = what.going.front();
    const bool one = what.going.size() == 1;
    Deletion deletion;
    deletion.title = one ? ImagesPage::tr("%1 deleted").arg(titleOf(first))
                     : what.going.size() == what.images.size()
                         ? ImagesPage::tr("%n images deleted", nullptr, int(what.going.size()))
                         : ImagesPage::tr("%n names of images deleted", nullptr, int(what.going.size()));
    deletion.text = !one                  ? titlesOf(what.going)
                    : what.images.empty() ? ImagesPage::tr("The image keeps its other names")
                                          : QString();
    deletion.asked = removal.asked;
    deletion.spared = [hide] { hide(false); };
    deletion.restored = [hide, &state = m_context.state] {
        hide(false);
        state.refreshImages();
    };
    deletion.remove = [&engine = m_context.engine, told = removal.ended, keys](
                          const std::string& batch, const std::function<void(Deletion::Ended)>& ended) {
        const auto count = gatherRemovals(std::size_t(keys.size()), ended);
        for (const QString& key : keys) {
            // What was shown as deleted is deleted, also when the page is gone.
            engine.removeImage(&engine, key.toStdString(), {.force = engine::Force::No, .batch = batch},
                               [told, key, count](const Result<engine::RemovedImage>& done) {
                                   told(key, done ? std::nullopt : std::optional(done.error()));
                                   count(done.has_value(), true);
                               });
        }
    };
    deleteWithUndo(m_context.engine, m_context.toasts, deletion);
}

}  // namespace coracle::gui
