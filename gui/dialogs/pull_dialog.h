// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/pull_job.h"
#include "gui/views/page.h"

#include <QDialog>
#include <QPointer>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace coracle::gui {

class Banner;
class IconLabel;
class ListTable;
class LoginForm;
class TextLabel;

/// Asks for the name of an image and shows its layers while they come. The pull itself is a PullJob in the
/// task list: closing the dialog with "Keep going in background" leaves it running.
class PullDialog : public QDialog {
    Q_OBJECT
public:
    explicit PullDialog(const PageContext& context, QWidget* parent = nullptr);

    /// What stands in the field, for the next pull.
    void setReference(const QString& reference);
    /// Begin; the same as the Pull button.
    void startPull();
    /// The last pull of this dialog; null before the first and once it has deleted itself.
    PullJob* job() const { return m_job; }

signals:
    /// The image is here and the person wants to run it.
    void runWanted(const QString& reference);

public slots:
    /// Escape and Cancel: a pull that runs is cancelled and the dialog stays; else it closes.
    void reject() override;
    void done(int result) override;

private:
    QWidget* makeInputs();
    void makeLogin();
    QWidget* makeTotals();
    void fillFooter(QHBoxLayout& row);
    void showLayersOf(LayerModel* layers);
    void refresh();
    void showTotals();
    void jobEnded();
    void showError(const Error& error);
    QString problem() const;
    QString registry() const;

    PageContext m_context;
    QPointer<PullJob> m_job;
    LayerModel* m_noLayers;

    QLineEdit* m_image;
    QComboBox* m_platform;
    IconLabel* m_noteIcon;
    TextLabel* m_note;
    TextLabel* m_digest;
    QToolButton* m_copyDigest;
    Banner* m_banner;
    LoginForm* m_login;
    ListTable* m_layers;
    TextLabel* m_percent;
    TextLabel* m_amount;
    TextLabel* m_rate;
    QProgressBar* m_total;
    QCheckBox* m_runAfter;
    QPushButton* m_background;
    QPushButton* m_cancel;
    QPushButton* m_pull;
};

/// The registry of a typed image name: "docker.io" unless the first part has a dot, a colon or is localhost.
QString registryOf(const QString& reference);

}  // namespace coracle::gui
