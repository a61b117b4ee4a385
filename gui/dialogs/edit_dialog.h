// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container_edit.h"
#include "gui/dialogs/storage_editor.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace coracle::gui {

class Banner;
class PortEditor;
class RestartBox;
class SpecForm;
class TextLabel;

/// Changes a container that exists: its name, restart policy, ports, folders, variables and limits. What it
/// has only after a start is said, and can be had by one; its own files stay in any case. The form is filled
/// by the engine's answer; what the person did not touch is not sent.
class EditDialog : public QDialog {
    Q_OBJECT
public:
    enum Section { General, Ports, Storage, Environment, Resources, SectionCount };

    /// `reader` looks at folders; tests pass their own.
    EditDialog(const PageContext& context, std::string id, FolderReader reader = threadedFolderReader(),
               QWidget* parent = nullptr);

    void showSection(Section section);
    /// Go to the ports and add a row as soon as the form is filled, as PortEditor::addRowFor().
    void publish(const QString& exposed);
    /// What would be changed now.
    types::ContainerEdit edit() const;

    PortEditor& ports();
    StorageEditor& storage();

signals:
    /// All is changed; `warnings` are the engine's. `restarted`: and it runs with it.
    void edited(const QStringList& warnings, bool restarted);

private:
    QWidget* makeGeneral();
    void makeFooter(class QHBoxLayout& row);
    void connectSections();
    void load();
    void fill(const types::ContainerDetails& details);
    void askForImage(const types::ContainerSummary& container);
    types::RunSpec formSpec() const;
    QString nameProblem() const;
    QString reason() const;
    void refresh();
    void setBusy(bool busy, const QString& text = {});
    void save(bool restart);
    void saved(const QStringList& warnings, bool restart);
    void fail(const Error& error);
    void checkPort(const net::PortMapping& mapping,
                   const std::function<void(const engine::PortCheck&)>& done);

    PageContext m_context;
    std::string m_id;
    std::optional<types::RunSpec> m_before;  ///< what the form said when it was filled; none: not yet
    std::vector<net::PortMapping> m_own;     ///< ports of this computer that it has
    std::optional<QString> m_publish;        ///< a port that waits for the form
    bool m_filling = false;
    bool m_busy = false;
    bool m_running = false;

    SpecForm* m_form;  ///< before what is made here: the list of sections comes first by Tab
    Banner* m_banner;
    QLineEdit* m_name;
    TextLabel* m_nameHelp = nullptr;
    RestartBox* m_restart;
    TextLabel* m_note;
    QPushButton* m_cancel;
    QPushButton* m_save;
    QPushButton* m_saveAndRestart;
};

}  // namespace coracle::gui
