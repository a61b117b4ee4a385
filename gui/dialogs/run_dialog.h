// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "gui/dialogs/environment_editor.h"
#include "gui/dialogs/port_editor.h"
#include "gui/dialogs/storage_editor.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <QDialog>

class QAbstractButton;
class QCheckBox;
class QPushButton;

namespace coracle::gui {

class Banner;
class Chip;
class IconLabel;
class NetworkEditor;
struct PreviewMarks;
class RunBasics;
class RunPreview;
class SecurityEditor;
class SpecForm;
class StartFrom;
class TextLabel;

/// Makes a container from one types::RunSpec, which the sections edit and the preview prints: what the
/// preview says is what the engine gets, and what the command line would do.
/// The window never waits: images, names, volumes, ports and folders are asked for in the background.
class RunDialog : public QDialog {
    Q_OBJECT
public:
    enum Section { Basics, Ports, Storage, Environment, Resources, Network, Security, SectionCount };

    /// `reader` looks at folders; tests pass their own.
    explicit RunDialog(const PageContext& context, FolderReader reader = threadedFolderReader(),
                       QWidget* parent = nullptr);

    /// Start from this; fields that no section shows are kept.
    void setSpec(const types::RunSpec& spec);
    /// As setSpec() with this image and all else as it is now.
    void setImage(const QString& reference);
    /// What would be run now.
    types::RunSpec spec() const;
    /// As a click on its name.
    void showSection(Section section);

    PortEditor& ports();
    StorageEditor& storage();

signals:
    /// The container is there, and runs when `started`. `open`: the person wants to see its page. `terminal`:
    /// it has one.
    void containerMade(const QString& id, const QString& name, bool started, bool open, bool terminal);

public slots:
    void reject() override;

protected:
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;

private:
    void checkPort(const net::PortMapping& mapping,
                   const std::function<void(const engine::PortCheck&)>& done);
    void chooseFile(const QString& title, const std::function<void(const QString&)>& done);
    QWidget* makeHeader();
    QWidget* makeFooter();
    void connectSections();
    void connectStart();
    void startFrom(const types::RunSpec& spec, const QString& what, const QStringList& remarks);
    void takeImages();
    void takeNames();
    void takeUsage();
    void askForImage();
    void refresh();
    PreviewMarks previewMarks() const;
    QString reason() const;
    void submit(bool start);
    void startMade(const engine::CreatedContainer& made);
    void finish(const engine::CreatedContainer& made, bool started);
    void fail(const Error& error);
    void setBusy(const QString& text);
    void showProgress(const types::PullEvent& event);

    PageContext m_context;
    types::RunSpec m_base;
    struct Before {
        types::RunSpec spec;
        std::vector<PortDraft> ports;
        std::vector<MountDraft> mounts;
        EnvironmentEditor::Pairs variables;
    };
    Before m_before;  ///< what "Start from" replaced
    bool m_updating = false;
    bool m_busy = false;
    QString m_askedImage;
    Request m_request;
    std::map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>> m_layers;  ///< done and total bytes

    Chip* m_imageChip;
    StartFrom* m_startFrom;
    QAbstractButton* m_undo = nullptr;
    SpecForm* m_form;  ///< before the pages that are made here: the list of sections comes first by Tab
    Banner* m_banner;
    RunBasics* m_basics;
    NetworkEditor* m_network;
    SecurityEditor* m_security;
    RunPreview* m_preview;
    QCheckBox* m_remove;
    QCheckBox* m_open;
    IconLabel* m_reasonIcon;
    TextLabel* m_reason;
    QPushButton* m_cancel;
    QPushButton* m_create;
    QPushButton* m_run;
};

}  // namespace coracle::gui
