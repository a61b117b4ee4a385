// SPDX-License-Identifier: Apache-2.0
// The head of an image's page: what it is called, what else the list knows of it, and what can be done to it.
#include "gui/dialogs/run_basics.h"
#include "gui/format.h"
#include "gui/models/app_settings.h"
#include "gui/models/engine_state.h"
#include "gui/theme/metrics.h"
#include "gui/views/image_actions.h"
#include "gui/views/image_page.h"
#include "gui/views/page_header.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QMenu>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kUsersFrom = 1000;
constexpr int kPlatformFrom = 900;
constexpr int kSizeFrom = 820;
constexpr int kPushFrom = 780;
constexpr int kWordsFrom = 920;

}  // namespace

void ImagePage::buildHeader() {
    auto* back = makeIconButton(QStringLiteral("image.back"), tr("Back"), QStringLiteral("left"));
    connect(back, &QToolButton::clicked, this, [this] { context().navigator.back(); });
    header().addLeading(back);
    auto* crumb = makeButton(QStringLiteral("image.crumb"), tr("Images"), {}, ButtonKind::Flat);
    crumb->setFont(themeFont(TextRole::Body));
    crumb->setProperty("buttonTight", true);
    crumb->setFixedHeight(scaled(metrics::kControlSmall));
    connect(crumb, &QPushButton::clicked, this,
            [this] { context().navigator.open({.page = QStringLiteral("images"), .id = {}, .tab = {}}); });
    header().addLeading(crumb);
    header().addLeading(new TextLabel(QStringLiteral("/"), TextRole::Body, Token::Faint));
    m_platform = new Chip({}, {}, chip_look::kNeutral);
    m_size = new Chip({}, {}, chip_look::kNeutral);
    m_usedBy = new Chip({}, QStringLiteral("container"), chip_look::kAccent);
    for (Chip* chip : {m_platform, m_size, m_usedBy}) {
        chip->setInteractive(false);
        header().addBesideTitle(chip);
    }
    m_compare = makeButton(QStringLiteral("layers.compare"), tr("Compare with…"), QStringLiteral("swap"));
    connect(m_compare, &QPushButton::clicked, this, &ImagePage::offerComparisons);
    header().addTool(m_compare);
    m_push = makeButton(QStringLiteral("image.push"), tr("Push…"), QStringLiteral("push"));
    connect(m_push, &QPushButton::clicked, this, [this] { context().navigator.openPushDialog(m_key); });
    header().addTool(m_push);
    if (context().navigator.canRun()) {
        auto* run =
            makeButton(QStringLiteral("image.run"), tr("Run…"), QStringLiteral("play"), ButtonKind::Primary);
        connect(run, &QPushButton::clicked, this, [this] {
            types::RunSpec spec;
            spec.image = shortImageName(m_key).toStdString();
            context().navigator.openRunDialog(spec);
        });
        header().addTool(run);
    }
    auto* more = makeIconButton(QStringLiteral("image.more"), tr("More"), QStringLiteral("more"));
    connect(more, &QToolButton::clicked, this, [this, more] {
        if (auto* menu = makeMenu()) {
            menu->popup(
                more->mapToGlobal(QPoint(more->width() - menu->sizeHint().width(), more->height() + 4)));
        }
    });
    header().addTool(more);
    header().hideMenu();
    connect(m_actions, &ImageActions::changed, this, &ImagePage::refresh);
    connect(m_actions, &ImageActions::removeWanted, this, &ImagePage::remove);
}

std::optional<ImageRow> ImagePage::row() const {
    for (const auto& image : context().state.images().rows) {
        const bool named = std::find(image.references.begin(), image.references.end(), m_key.toStdString()) !=
                           image.references.end();
        if (named || image.id == m_key.toStdString()) {
            return ImageRow{
                .key = m_key, .reference = named ? m_key : QString(), .image = image, .layers = -1};
        }
    }
    return std::nullopt;
}

/// What the list offers for its row. Null while it is not known.
QMenu* ImagePage::makeMenu() {
    const auto known = row();
    if (!known) {
        return nullptr;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("image.moreMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    m_actions->fill(*menu, *known, ImageActions::Where::Page);
    return menu;
}

/// The page of what is gone is left; a toast brings it back.
void ImagePage::remove(const ImageRow& row) {
    if (m_actions->refuseLocked(row)) {
        return;
    }
    ImageActions::Removal order;
    order.what = planImageRemoval({row});
    order.asked = context().settings.askBeforeDelete();
    order.ended = [&toasts = context().toasts, &state = context().state](const QString& /*key*/,
                                                                         const std::optional<Error>& error) {
        if (error) {
            toasts.showError(format::sentence(error->message()), format::text(error->hint()));
        }
        state.refreshImages();
    };
    const auto go = [this, order] {
        m_actions->remove(order);
        context().navigator.back();
    };
    order.asked ? m_actions->ask(order.what, {}, go) : go();
}

void ImagePage::showHead() {
    header().setName(title());
    const auto known = row();
    const types::ImageSummary* found = known ? &known->image : nullptr;
    m_known = found != nullptr;
    m_used = m_known && !found->usedBy.empty();
    fitHeader();
    if (found == nullptr) {
        return;
    }
    m_platform->setText(format::text(found->platform));
    m_size->setText(format::bytes(found->sizeBytes));
    QStringList users;
    for (const std::string& user : found->usedBy) {
        users.append(format::text(user));
    }
    m_usedBy->setText(users.size() > 2 ? tr("used by %n containers", nullptr, int(users.size()))
                                       : tr("used by %1").arg(users.join(QStringLiteral(", "))));
    m_usedBy->setToolTip(users.join(QStringLiteral(", ")));
}

/// What stands in the list of images goes first; the buttons that stand nowhere else stay.
void ImagePage::fitHeader() {
    m_platform->setVisible(m_known && width() >= scaled(kPlatformFrom));
    m_size->setVisible(m_known && width() >= scaled(kSizeFrom));
    m_usedBy->setVisible(m_used && width() >= scaled(kUsersFrom));
    m_push->setVisible(width() >= scaled(kPushFrom));
    // The letters are those of the rows.
    const bool words = width() >= scaled(kWordsFrom);
    const std::pair<QString, const char*> kinds[] = {
        {tr("Added"), "A"}, {tr("Modified"), "M"}, {tr("Removed"), "D"}};
    for (int i = 0; i < 3; ++i) {
        m_kinds->button(i)->setText(words ? kinds[i].first : QString::fromLatin1(kinds[i].second));
        m_kinds->button(i)->setAccessibleName(kinds[i].first);
        m_kinds->button(i)->setToolTip(words ? QString() : kinds[i].first);
    }
}

void ImagePage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    fitHeader();
}

}  // namespace coracle::gui
