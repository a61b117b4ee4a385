// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/push_job.h"
#include "gui/views/page.h"

#include <QDialog>
#include <QPointer>

class QHBoxLayout;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace coracle::gui {

class Banner;
class ListTable;
class LoginForm;
class TextLabel;

/// Asks where an image goes and shows its layers while they are sent. The push itself is a PushJob in the
/// task list: closing the dialog with "Keep going in background" leaves it running. A registry that wants a
/// login is asked from here.
class PushDialog : public QDialog {
    Q_OBJECT
public:
    explicit PushDialog(const PageContext& context, QWidget* parent = nullptr);

    /// The image that is pushed, by one of its names; the destination is that name until it is changed.
    void setReference(const QString& reference);
    /// Begin; the same as the Push button.
    void startPush();
    /// The last push of this dialog; null before the first and once it has deleted itself.
    PushJob* job() const { return m_job; }

public slots:
    /// Escape and Cancel: a push that runs is cancelled and the dialog stays; else it closes.
    void reject() override;
    void done(int result) override;

private:
    void makeLogin();
    void fillFooter(QHBoxLayout& row);
    void refresh();
    void jobEnded();
    void showError(const Error& error);
    QString problem() const;
    QString destination() const;

    PageContext m_context;
    QPointer<PushJob> m_job;
    LayerModel* m_noLayers;
    QString m_reference;
    QString m_sentDigest;  ///< of the last push that went well

    TextLabel* m_image;
    QLineEdit* m_destination;
    TextLabel* m_note;
    TextLabel* m_digest;
    QToolButton* m_copyDigest;
    Banner* m_banner;
    LoginForm* m_login;
    ListTable* m_layers;
    TextLabel* m_amount;
    TextLabel* m_rate;
    QProgressBar* m_total;
    QPushButton* m_background;
    QPushButton* m_cancel;
    QPushButton* m_push;
};

}  // namespace coracle::gui
