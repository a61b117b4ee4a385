// SPDX-License-Identifier: Apache-2.0
// Finding a file by its name. One search at a time runs in a worker; words that change end it.
#include "gui/format.h"
#include "gui/views/file_view.h"
#include "gui/views/files_tab.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/segments.h"

namespace coracle::gui {

QString FilesTab::findWords() const {
    return m_find->text().trimmed();
}

void FilesTab::takeWords() {
    m_findLater.stop();
    m_findRequest.cancel();
    m_finding = false;
    if (m_scope->current() == 1) {
        m_model->showChanges(true, findWords());
    } else if (findWords().isEmpty()) {
        endFind();
    } else {
        m_findLater.start();
    }
    showCounts();
}

void FilesTab::find() {
    m_findLater.stop();
    m_findRequest.cancel();
    const QString words = findWords();
    if (words.isEmpty()) {
        return;
    }
    m_finding = true;
    showCounts();
    m_findRequest = m_context.engine.findFiles(
        this, m_id, words.toStdString(), [this, words, id = m_id](const Result<types::FoundFiles>& found) {
            if (id == m_id && words == findWords() && m_scope->current() == 0) {
                takeFound(found, words);
            }
        });
}

void FilesTab::takeFound(const Result<types::FoundFiles>& found, const QString& words) {
    if (!found && found.error().kind() == ErrorKind::Cancelled) {
        return;  // another search has taken its place, or none is wanted
    }
    m_finding = false;
    if (!found) {
        showProblem(found.error());
        showCounts();
        return;
    }
    const std::string chosen = currentPath();
    m_foundMore = found->more;
    leaveTree();
    m_model->showFound(found->files, words);
    m_view->setCurrentIndex(m_model->indexOf(chosen));
    showCounts();
    showSelection();
}

void FilesTab::endFind() {
    m_findLater.stop();
    m_findRequest.cancel();
    m_finding = false;
    if (!m_model->showsFound()) {
        return;
    }
    const std::string chosen = currentPath();
    backToTree();
    m_view->setCurrentIndex(m_model->indexOf(chosen));
    showSelection();
}

void FilesTab::leaveTree() {
    if (m_model->showsChanges() || m_model->showsFound()) {
        return;
    }
    m_open.clear();
    for (const std::string& folder : m_model->listedFolders()) {
        if (folder != "/" && m_view->isExpanded(m_model->indexOf(folder))) {
            m_open.append(format::text(folder));
        }
    }
}

void FilesTab::backToTree() {
    m_model->showChanges(false);
    for (const QString& folder : m_open) {
        m_view->expand(m_model->indexOf(folder.toStdString()));
    }
}

/// Enter or a double click in a list: there in the tree.
void FilesTab::openListed(const QModelIndex& index) {
    if (m_model->showsChanges() || m_model->showsFound()) {
        goTo(format::text(FileTreeModel::pathOf(index)));
    }
}

}  // namespace coracle::gui
