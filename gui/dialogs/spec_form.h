// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image.h"
#include "core/types/run_spec.h"
#include "gui/dialogs/environment_editor.h"
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/storage_editor.h"
#include "gui/views/page.h"

#include <QWidget>

#include <functional>
#include <optional>

class QStackedWidget;
class QVBoxLayout;

namespace coracle::gui {

class Banner;
class ResourceEditor;
class SectionList;

/// What the dialogs that make and change containers have in common: a list of sections at the left, a page
/// for each at the right, and among them ports, storage, variables and limits as parts of a types::RunSpec.
class SpecForm : public QWidget {
    Q_OBJECT
public:
    struct Parts {
        QString name;  ///< of the dialog; the names of what is in it begin with it
        PortChecker checkPort;
        FolderReader readFolder;
        EnvironmentEditor::ChooseFile chooseVariables;  ///< none: files of variables are not offered
    };
    /// The sections come by addSection() and addShared(), in the order of the calls.
    SpecForm(const PageContext& context, Parts parts, QWidget* parent);

    void addSection(const QString& name, const QString& iconName, QWidget* page);
    /// Ports, storage, environment and resources.
    void addShared();
    /// Below the list of sections.
    void addNote(const QString& text);
    /// Below the pages.
    void addBelow(QWidget* widget);
    /// Above the pages; hidden.
    Banner& banner() { return *m_banner; }
    SectionList& list() { return *m_list; }
    QStackedWidget& pages() { return *m_pages; }

    PortEditor& ports() { return *m_ports; }
    const PortEditor& ports() const { return *m_ports; }
    StorageEditor& storage() { return *m_storage; }
    const StorageEditor& storage() const { return *m_storage; }
    EnvironmentEditor& environment() { return *m_environment; }
    ResourceEditor& resources() { return *m_resources; }

    /// Fill the four shared sections, or read them; the rest of `spec` stays. Files of variables are not
    /// among them.
    void setSpec(const types::RunSpec& spec);
    void apply(types::RunSpec& spec) const;
    /// What the image says about ports, volumes and variables; none: nothing is known of it.
    void setImage(const std::optional<types::ImageDetails>& details);
    enum class Folders : bool { Trusted, Checked };
    /// Why the shared sections keep the container from being made or changed; empty: they do not.
    QString problem(Folders folders = Folders::Checked) const;
    /// Numbers of the shared sections in the list.
    void showBadges();

signals:
    /// Something in the shared sections is another one, or the computer is known better.
    void changed();

private:
    void connectShared();
    void takeVolumes();
    void takeHost();

    PageContext m_context;
    int m_firstShared = 0;
    SectionList* m_list;
    QVBoxLayout* m_side;
    QVBoxLayout* m_column;
    Banner* m_banner;
    QStackedWidget* m_pages;
    PortEditor* m_ports;
    StorageEditor* m_storage;
    EnvironmentEditor* m_environment;
    ResourceEditor* m_resources;
};

}  // namespace coracle::gui
