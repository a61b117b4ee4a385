// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/push_dialog.h"

#include "gui/dialogs/dialog_frame.h"
#include "gui/dialogs/login_form.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/pull_dialog.h"
#include "gui/dialogs/transfer_parts.h"
#include "gui/format.h"
#include "gui/theme/icons.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kDialogWidth = 700;
constexpr int kDialogHeight = 560;
constexpr int kShownDigest = 11;

}  // namespace

PushDialog::PushDialog(const PageContext& context, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_noLayers(new LayerModel(LayerModel::Direction::Out, this))
    , m_image(new TextLabel({}, TextRole::Strong, Token::Text, this))
    , m_destination(new QLineEdit(this))
    , m_note(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_digest(new TextLabel({}, TextRole::CodeSmall, Token::Muted, this))
    , m_copyDigest(
          makeIconButton(QStringLiteral("push.copyDigest"), tr("Copy the digest"), QStringLiteral("copy")))
    , m_banner(new Banner(this))
    , m_login(new LoginForm(context.engine, QStringLiteral("push"), LoginForm::Shape::Beside, this))
    , m_layers(new ListTable(QStringLiteral("push.layers"), tr("Layers"), this))
    , m_amount(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_rate(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_total(new QProgressBar(this))
    , m_background(makeButton(QStringLiteral("push.background"), tr("Keep going in background")))
    , m_cancel(makeButton(QStringLiteral("push.cancel"), tr("Close")))
    , m_push(
          makeButton(QStringLiteral("push.start"), tr("Push"), QStringLiteral("push"), ButtonKind::Primary)) {
    setObjectName(QStringLiteral("pushDialog"));
    setWindowTitle(tr("Push an image"));
    resize(scaled(kDialogWidth), scaled(kDialogHeight));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("push"));
    m_banner->setObjectName(QStringLiteral("push.banner"));
    m_banner->hide();
    frame.body->addWidget(m_banner);
    auto* middle = new QVBoxLayout;
    const int margin = scaled(metrics::kPageMargin);
    middle->setContentsMargins(margin, margin, margin, margin);
    middle->setSpacing(scaled(metrics::kSpace));
    m_image->setObjectName(QStringLiteral("push.image"));
    m_image->setElided(Qt::ElideMiddle);
    middle->addWidget(m_image);
    m_destination->setObjectName(QStringLiteral("push.destination"));
    m_destination->setPlaceholderText(tr("registry.example/team/app:2"));
    middle->addWidget(makeField(tr("To"), m_destination));
    makeLogin();
    middle->addWidget(m_login);
    auto* note = new QHBoxLayout;
    note->setSpacing(scaled(metrics::kSpaceSmall));
    m_note->setObjectName(QStringLiteral("push.note"));
    note->addWidget(m_note, 1);
    note->addWidget(m_digest);
    note->addWidget(m_copyDigest);
    middle->addLayout(note);
    auto* card = new Card({}, this);
    card->setFullWidth();
    m_layers->setPlaceholder(tr("Each layer of the image shows here while it is sent"));
    dressLayerTable(*m_layers);
    showLayers(*m_layers, *m_noLayers);
    card->body()->setContentsMargins(1, metrics::kSpaceTiny, 1, metrics::kSpaceTiny + 2);
    card->body()->addWidget(m_layers);
    middle->addWidget(card, 1);
    auto* words = new QHBoxLayout;
    m_amount->setObjectName(QStringLiteral("push.amount"));
    words->addWidget(m_amount, 1);
    words->addWidget(m_rate);
    middle->addLayout(words);
    m_total->setObjectName(QStringLiteral("push.total"));
    m_total->setAccessibleName(tr("Whole image"));
    m_total->setTextVisible(false);
    m_total->setFixedHeight(kBarHeight);
    m_total->setRange(0, 100);
    middle->addWidget(m_total);
    frame.body->addLayout(middle, 1);
    fillFooter(*frame.footer);
    connect(m_destination, &QLineEdit::textChanged, this, [this] {
        // What was said of another name is no longer true.
        m_banner->hide();
        m_login->hide();
        refresh();
    });
    connect(m_copyDigest, &QToolButton::clicked, this, [this] { m_context.prompt.copyText(m_sentDigest); });
    m_destination->setFocus();
    refresh();
}

void PushDialog::makeLogin() {
    m_login->hide();  // until a registry asks
    connect(m_login, &LoginForm::changed, this, &PushDialog::refresh);
    connect(m_login, &LoginForm::loggedIn, this, &PushDialog::startPush);
    connect(m_login, &LoginForm::failed, this, [this](const Error& error) {
        showError(error);
        m_login->show();  // whatever was wrong: it may be tried again
    });
}

void PushDialog::fillFooter(QHBoxLayout& row) {
    row.addStretch();
    row.addWidget(m_background);
    row.addWidget(m_cancel);
    row.addWidget(m_push);
    m_push->setDefault(true);
    m_background->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    connect(m_push, &QPushButton::clicked, this, &PushDialog::startPush);
    connect(m_background, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &PushDialog::reject);
}

void PushDialog::setReference(const QString& reference) {
    m_reference = reference;
    m_image->setText(format::shortReference(reference.toStdString()));
    m_image->setToolTip(reference);
    m_destination->setText(reference);
    m_destination->selectAll();
}

QString PushDialog::destination() const {
    return m_destination->text().trimmed();
}

QString PushDialog::problem() const {
    const QString text = destination();
    if (text.isEmpty()) {
        return tr("Say where it goes: registry.example/team/app:2");
    }
    if (text.contains(QLatin1Char(' '))) {
        return tr("An image name has no blanks");
    }
    return text.startsWith(QLatin1String("localhost/"))
               ? tr("Names of localhost/ stay on this computer; name a registry in front")
               : QString();
}

void PushDialog::startPush() {
    if ((m_job && m_job->running()) || !problem().isEmpty()) {
        return;
    }
    m_banner->hide();
    m_login->hide();
    m_sentDigest.clear();
    m_job = new PushJob(m_context.engine, m_context.tasks, m_reference, destination());
    showLayers(*m_layers, m_job->layers());
    connect(m_job, &PushJob::progressed, this, &PushDialog::refresh);
    connect(m_job, &PushJob::ended, this, &PushDialog::jobEnded);
    m_job->setWatched(true);
    refresh();
    m_background->setFocus();  // which is hidden until now
}

void PushDialog::refresh() {
    const bool running = m_job && m_job->running();
    const bool cancelling = m_job && m_job->state() == PushJob::State::Cancelling;
    const QString why = problem();
    m_destination->setEnabled(!running);
    m_push->setVisible(!running);
    m_push->setEnabled(why.isEmpty() && !m_login->isAsking());
    m_push->setToolTip(why);
    m_push->setAccessibleDescription(why);
    m_background->setVisible(running);
    m_background->setEnabled(!cancelling);
    m_cancel->setText(running ? tr("Cancel push") : tr("Close"));
    m_cancel->setEnabled(!cancelling);
    setButtonKind(*m_cancel, running ? ButtonKind::DangerText : ButtonKind::Normal);
    const QString note = m_job ? m_job->note() : QString();
    m_note->setText(cancelling        ? tr("Cancelling")
                    : !note.isEmpty() ? note
                    : !why.isEmpty()
                        ? why
                        : tr("Layers that %1 has already are not sent again").arg(registryOf(destination())));
    m_digest->setText(m_sentDigest.isEmpty()
                          ? QString()
                          : m_sentDigest.left(kShownDigest) + QStringLiteral("…") + m_sentDigest.right(4));
    m_digest->setToolTip(m_sentDigest);
    m_copyDigest->setVisible(!m_sentDigest.isEmpty());
    const auto totals = m_job ? m_job->layers().totals() : LayerModel::Totals{};
    m_total->setRange(0, running && totals.toFetch == 0 && !totals.known ? 0 : 100);
    m_total->setValue(m_sentDigest.isEmpty() ? totals.percent() : 100);
    QStringList amount;
    if (totals.toFetch > 0) {
        amount.append(tr("%1 to send").arg(amountText(totals.fetched, totals.toFetch)));
    }
    if (totals.present > 0) {
        amount.append(tr("%1 already there").arg(format::bytes(totals.present)));
    }
    m_amount->setText(amount.join(QStringLiteral(", ")));
    m_rate->setText(m_job ? m_job->rateText() : QString());
}

void PushDialog::jobEnded() {
    const auto state = m_job->state();
    if (state == PushJob::State::Failed) {
        showError(*m_job->error());
    } else if (state == PushJob::State::Done) {
        m_sentDigest = m_job->digest();
        m_banner->show(Banner::Kind::Info, tr("Pushed to %1").arg(m_job->destination()),
                       tr("Others pull it by this name or by its digest."));
    }
    // The job goes away, its model with it; what was sent stays to be read.
    m_noLayers->clear();
    if (state != PushJob::State::Cancelled) {
        m_noLayers->copyFrom(m_job->layers());
    }
    showLayers(*m_layers, *m_noLayers);
    m_job.clear();
    refresh();
    if (state == PushJob::State::Cancelled) {
        m_note->setText(tr("Cancelled; the registry shows nothing of it"));
    }
    m_push->setText(state == PushJob::State::Done ? tr("Push again") : tr("Try again"));
    if (state == PushJob::State::Done || m_login->isHidden()) {
        (state == PushJob::State::Done ? static_cast<QWidget*>(m_cancel) : m_destination)->setFocus();
    }
}

void PushDialog::showError(const Error& error) {
    const bool wantsLogin =
        error.kind() == ErrorKind::Unauthenticated || error.kind() == ErrorKind::PermissionDenied;
    // The hint names a command that does what the fields below do.
    m_banner->show(Banner::Kind::Error, format::sentence(error.message()),
                   error.kind() == ErrorKind::Unauthenticated ? QString() : format::sentence(error.hint()));
    m_login->setVisible(wantsLogin);
    if (wantsLogin) {
        m_login->setRegistry(registryOf(destination()));
        m_login->findPlaces();
        m_login->takeFocus();
    }
}

/// In the background it is for the window to tell how it ends.
void PushDialog::done(int result) {
    if (m_job) {
        m_job->setWatched(false);
    }
    QDialog::done(result);
}

void PushDialog::reject() {
    if (m_job && m_job->running()) {
        m_job->cancel();
        return;
    }
    m_login->cancel();
    QDialog::reject();
}

}  // namespace coracle::gui
