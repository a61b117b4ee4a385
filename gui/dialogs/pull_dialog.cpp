// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/pull_dialog.h"

#include "gui/dialogs/dialog_frame.h"
#include "gui/dialogs/login_form.h"
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/transfer_parts.h"
#include "gui/format.h"
#include "gui/models/task_list.h"
#include "gui/theme/icons.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/bar_paint.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kDialogWidth = 700;
constexpr int kDialogHeight = 610;
constexpr int kShownDigest = 11;

}  // namespace

QString registryOf(const QString& reference) {
    const auto first = reference.trimmed().section(QLatin1Char('/'), 0, 0);
    const bool named = reference.contains(QLatin1Char('/')) &&
                       (first.contains(QLatin1Char('.')) || first.contains(QLatin1Char(':')) ||
                        first == QLatin1String("localhost"));
    return named ? first : QStringLiteral("docker.io");
}

PullDialog::PullDialog(const PageContext& context, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_noLayers(new LayerModel(this))
    , m_image(new QLineEdit(this))
    , m_platform(new QComboBox(this))
    , m_noteIcon(new IconLabel(QStringLiteral("shieldok"), Token::Ok, metrics::kIcon, this))
    , m_note(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_digest(new TextLabel({}, TextRole::CodeSmall, Token::Muted, this))
    , m_copyDigest(
          makeIconButton(QStringLiteral("pull.copyDigest"), tr("Copy the digest"), QStringLiteral("copy")))
    , m_banner(new Banner(this))
    , m_login(new LoginForm(context.engine, QStringLiteral("pull"), LoginForm::Shape::Beside, this))
    , m_layers(new ListTable(QStringLiteral("pull.layers"), tr("Layers"), this))
    , m_percent(new TextLabel({}, TextRole::Section, Token::Text, this))
    , m_amount(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_rate(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_total(new QProgressBar(this))
    , m_runAfter(new QCheckBox(tr("Run it when ready"), this))
    , m_background(makeButton(QStringLiteral("pull.background"), tr("Keep going in background")))
    , m_cancel(makeButton(QStringLiteral("pull.cancel"), tr("Cancel")))
    , m_pull(
          makeButton(QStringLiteral("pull.start"), tr("Pull"), QStringLiteral("pull"), ButtonKind::Primary)) {
    setObjectName(QStringLiteral("pullDialog"));
    setWindowTitle(tr("Pull an image"));
    resize(scaled(kDialogWidth), scaled(kDialogHeight));
    const DialogFrame frame = frameDialog(*this, QStringLiteral("pull"));
    m_banner->setObjectName(QStringLiteral("pull.banner"));
    m_banner->hide();
    frame.body->addWidget(m_banner);

    auto* middle = new QVBoxLayout;
    const int margin = scaled(metrics::kPageMargin);
    middle->setContentsMargins(margin, margin, margin, margin);
    middle->setSpacing(scaled(metrics::kSpace));
    middle->addWidget(makeInputs());
    makeLogin();
    middle->addWidget(m_login);
    auto* note = new QHBoxLayout;
    note->setSpacing(scaled(metrics::kSpaceSmall));
    note->addWidget(m_noteIcon);
    note->addWidget(m_note, 1);
    note->addWidget(m_digest);
    note->addWidget(m_copyDigest);
    middle->addLayout(note);
    auto* card = new Card({}, this);
    card->setFullWidth();
    showLayersOf(m_noLayers);
    m_layers->setPlaceholder(tr("Each layer of the image shows here while it comes"));
    dressLayerTable(*m_layers);
    card->body()->setContentsMargins(1, metrics::kSpaceTiny, 1, metrics::kSpaceTiny + 2);
    card->body()->addWidget(m_layers);
    middle->addWidget(card, 1);
    middle->addWidget(makeTotals());
    frame.body->addLayout(middle, 1);
    fillFooter(*frame.footer);
    // The order of the eye, not the one in which the widgets were made.
    QWidget* last = m_image;
    for (QWidget* next : {static_cast<QWidget*>(m_platform), static_cast<QWidget*>(m_copyDigest),
                          static_cast<QWidget*>(m_layers), static_cast<QWidget*>(m_runAfter),
                          static_cast<QWidget*>(m_background), static_cast<QWidget*>(m_cancel),
                          static_cast<QWidget*>(m_pull)}) {
        setTabOrder(last, next);
        last = next;
    }
    m_image->setFocus();
    refresh();
}

QWidget* PullDialog::makeInputs() {
    auto* inputs = new QWidget(this);
    auto* row = new QHBoxLayout(inputs);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpace));
    m_image->setObjectName(QStringLiteral("pull.image"));
    m_image->setPlaceholderText(tr("alpine, postgres:17, registry.example/team/app:2"));
    m_image->addAction(themeIcon(QStringLiteral("image"), Token::Muted), QLineEdit::LeadingPosition);
    m_platform->setObjectName(QStringLiteral("pull.platform"));
    m_platform->addItem(tr("This computer’s"));
    for (const auto* name : {"linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386", "linux/riscv64"}) {
        m_platform->addItem(QLatin1String(name), QString::fromLatin1(name));
    }
    row->addWidget(makeField(tr("Image"), m_image), 1);
    auto* platform = makeField(tr("Platform"), m_platform);
    platform->setFixedWidth(scaled(170));
    row->addWidget(platform);
    connect(m_image, &QLineEdit::textChanged, this, [this] {
        // What was said of another name is no longer true.
        m_banner->hide();
        m_login->hide();
        refresh();
    });
    connect(m_copyDigest, &QToolButton::clicked, this, [this] {
        if (m_job) {
            m_context.prompt.copyText(m_job->digest());
        }
    });
    return inputs;
}

void PullDialog::makeLogin() {
    m_login->hide();  // until a registry asks
    connect(m_login, &LoginForm::changed, this, &PullDialog::refresh);
    connect(m_login, &LoginForm::loggedIn, this, &PullDialog::startPull);
    connect(m_login, &LoginForm::failed, this, [this](const Error& error) {
        showError(error);
        m_login->show();  // whatever was wrong: it may be tried again
    });
}

QWidget* PullDialog::makeTotals() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(6));
    auto* words = new QHBoxLayout;
    words->setSpacing(scaled(metrics::kSpaceSmall));
    m_rate->setObjectName(QStringLiteral("pull.rate"));
    m_amount->setObjectName(QStringLiteral("pull.amount"));
    words->addWidget(m_percent);
    words->addWidget(m_amount, 1);
    words->addWidget(m_rate);
    column->addLayout(words);
    m_total->setObjectName(QStringLiteral("pull.total"));
    m_total->setAccessibleName(tr("Whole image"));
    m_total->setTextVisible(false);
    m_total->setFixedHeight(kBarHeight);
    m_total->setRange(0, 100);
    column->addWidget(m_total);
    return box;
}

void PullDialog::fillFooter(QHBoxLayout& row) {
    m_runAfter->setObjectName(QStringLiteral("pull.runAfter"));
    m_runAfter->setVisible(m_context.navigator.canRun());
    row.addWidget(m_runAfter);
    row.addStretch();
    row.addWidget(m_background);
    row.addWidget(m_cancel);
    row.addWidget(m_pull);
    m_pull->setDefault(true);
    m_background->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    connect(m_pull, &QPushButton::clicked, this, &PullDialog::startPull);
    connect(m_background, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &PullDialog::reject);
}

void PullDialog::setReference(const QString& reference) {
    m_image->setText(reference);
}

QString PullDialog::registry() const {
    return registryOf(m_image->text());
}

QString PullDialog::problem() const {
    const auto text = m_image->text().trimmed();
    if (text.isEmpty()) {
        return tr("Type the name of an image");
    }
    return text.contains(QLatin1Char(' ')) ? tr("An image name has no blanks") : QString();
}

void PullDialog::startPull() {
    if ((m_job && m_job->running()) || !problem().isEmpty()) {
        return;
    }
    m_banner->hide();
    m_login->hide();
    const auto platform = m_platform->currentData();
    m_job = new PullJob(m_context.engine, m_context.tasks, m_image->text().trimmed(),
                        platform.isValid() ? std::optional(platform.toString()) : std::nullopt);
    showLayersOf(&m_job->layers());
    connect(m_job, &PullJob::progressed, this, &PullDialog::refresh);
    connect(m_job, &PullJob::ended, this, &PullDialog::jobEnded);
    m_job->setWatched(true);
    refresh();
    m_background->setFocus();  // which is hidden until now
}

void PullDialog::showLayersOf(LayerModel* layers) {
    showLayers(*m_layers, *layers);
}

void PullDialog::refresh() {
    const bool running = m_job && m_job->running();
    const bool cancelling = m_job && m_job->state() == PullJob::State::Cancelling;
    const auto why = problem();
    m_image->setEnabled(!running);
    m_platform->setEnabled(!running);
    m_pull->setVisible(!running);
    m_pull->setEnabled(why.isEmpty() && !m_login->isAsking());
    m_pull->setToolTip(why);
    m_pull->setAccessibleDescription(why);
    m_background->setVisible(running);
    m_background->setEnabled(!cancelling);
    m_cancel->setText(running ? tr("Cancel pull") : tr("Close"));
    m_cancel->setEnabled(!cancelling);
    setButtonKind(*m_cancel, running ? ButtonKind::DangerText : ButtonKind::Normal);
    const auto engineNote = m_job ? m_job->note() : QString();
    const bool strange = !running && !why.isEmpty() && !m_image->text().isEmpty();
    m_note->setText(cancelling              ? tr("Cancelling")
                    : strange               ? why
                    : !engineNote.isEmpty() ? engineNote
                                            : tr("Every layer is checked against its sha256 digest before it "
                                                 "is used"));
    m_noteIcon->setIcon(strange                ? QStringLiteral("warn")
                        : engineNote.isEmpty() ? QStringLiteral("shieldok")
                                               : QStringLiteral("info"),
                        strange                ? Token::Warn
                        : engineNote.isEmpty() ? Token::Ok
                                               : Token::Muted);
    const auto digest = m_job ? m_job->digest() : QString();
    m_digest->setText(digest.isEmpty() ? QString()
                                       : digest.left(kShownDigest) + QStringLiteral("…") + digest.right(4));
    m_digest->setToolTip(digest);
    m_copyDigest->setVisible(!digest.isEmpty());
    showTotals();
}

void PullDialog::showTotals() {
    const auto totals = m_job ? m_job->layers().totals() : LayerModel::Totals{};
    const bool running = m_job && m_job->running();
    // Until sizes are known the bar only says that something goes on.
    m_total->setRange(0, running && totals.toFetch == 0 && !totals.known ? 0 : 100);
    m_total->setValue(totals.percent());
    m_percent->setText(m_job && totals.known ? format::percent(totals.percent(), format::Digits::Whole)
                                             : QString());
    QString amount;
    if (m_job && totals.toFetch > 0) {
        //: "111 of 179 MB to fetch"
        amount = tr("%1 to fetch").arg(amountText(totals.fetched, totals.toFetch));
    } else if (running && m_job->digest().isEmpty()) {
        amount = tr("Asking %1").arg(registry());
    }
    if (totals.present > 0) {
        const auto here = tr("%1 already here").arg(format::bytes(totals.present));
        amount = amount.isEmpty() ? here : tr("%1, %2").arg(amount, here);
    }
    m_amount->setText(amount);
    m_rate->setText(m_job ? m_job->rateText() : QString());
}

void PullDialog::jobEnded() {
    const auto reference = m_job->reference();
    const auto state = m_job->state();
    // The job goes away; what it showed stays until the next try.
    if (state == PullJob::State::Done) {
        const bool run = m_runAfter->isChecked() && !m_runAfter->isHidden();
        accept();
        if (run) {
            emit runWanted(reference);
        }
        return;
    }
    m_noLayers->clear();
    if (state == PullJob::State::Failed) {
        showError(*m_job->error());
        m_noLayers->copyFrom(m_job->layers());  // which layer it was
    }
    const bool wasCancelled = state == PullJob::State::Cancelled;
    showLayersOf(m_noLayers);
    m_job.clear();
    refresh();
    if (wasCancelled) {
        m_note->setText(tr("Cancelled; nothing was left behind"));
    }
    m_pull->setText(tr("Try again"));
    if (m_login->isHidden()) {
        m_image->setFocus();
    }
}

void PullDialog::showError(const Error& error) {
    const bool wantsLogin = error.kind() == ErrorKind::Unauthenticated;
    // The hint names a command that does what the fields below do.
    m_banner->show(Banner::Kind::Error, format::sentence(error.message()),
                   wantsLogin ? QString() : format::sentence(error.hint()));
    m_login->setVisible(wantsLogin);
    if (wantsLogin) {
        m_login->setRegistry(registry());
        m_login->findPlaces();
        m_login->takeFocus();
    }
}

/// In the background it is for the window to tell how it ends.
void PullDialog::done(int result) {
    if (m_job) {
        m_job->setWatched(false);
    }
    QDialog::done(result);
}

void PullDialog::reject() {
    if (m_job && m_job->running()) {
        m_job->cancel();
        return;
    }
    m_login->cancel();
    QDialog::reject();
}

}  // namespace coracle::gui
