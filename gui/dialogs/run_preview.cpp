// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/run_preview.h"

#include "core/types/compose_text.h"
#include "core/types/quadlet_text.h"
#include "core/types/run_command.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kHeight = 115;
constexpr int kMargin = 20;

constexpr int kCompose = 1;  // the forms, in the order of their buttons
constexpr int kQuadlet = 2;

}  // namespace

RunPreview::RunPreview(std::function<void(const QString&)> copy, QWidget* parent)
    : QWidget(parent)
    , m_copy(std::move(copy))
    , m_title(new TextLabel({}, TextRole::SecondaryStrong, Token::Text, this))
    , m_format(new Segments(this))
    , m_text(new CommandPreview(this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* panel = new Panel(Token::Sunken, Qt::TopEdge, this);
    panel->setFixedHeight(scaled(kHeight));
    outer->addWidget(panel);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(scaled(kMargin), scaled(10), scaled(kMargin), scaled(8));
    column->setSpacing(scaled(6));
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(metrics::kSpaceSmall));
    head->addWidget(m_title);
    head->addWidget(new TextLabel(tr("updates as you type"), TextRole::Secondary, Token::Muted, panel));
    head->addStretch();
    m_format->setObjectName(QStringLiteral("runDialog.format"));
    m_format->setAccessibleName(tr("Form of the text"));
    m_format->setSmall();
    // Names of formats are no words to translate.
    m_format->add(QStringLiteral("coracle"), QStringLiteral("coracle"));
    m_format->add(QStringLiteral("compose"), QStringLiteral("compose.yaml"));
    m_format->add(QStringLiteral("quadlet"), QStringLiteral("quadlet"));
    head->addWidget(m_format);
    auto* copyButton = makeButton(QStringLiteral("runDialog.copy"), tr("Copy"), QStringLiteral("copy"),
                                  ButtonKind::Normal, ButtonSize::Small);
    copyButton->setAccessibleName(tr("Copy the text"));
    head->addWidget(copyButton);
    column->addLayout(head);
    m_text->setObjectName(QStringLiteral("runDialog.preview"));
    column->addWidget(m_text, 1);
    connect(copyButton, &QPushButton::clicked, this, [this] { m_copy(text()); });
    connect(m_format, &Segments::currentChanged, this, [this] { refill(); });
    refill();
}

void RunPreview::setSpec(const types::RunSpec& spec, const PreviewMarks& marks) {
    m_spec = spec;
    m_marks = marks;
    refill();
}

QString RunPreview::text() const {
    switch (m_format->current()) {
    case kCompose:
        return QString::fromStdString(types::toComposeText(m_spec));
    case kQuadlet:
        return QString::fromStdString(types::toQuadletText(m_spec));
    default:
        return QString::fromStdString(types::toShellText(types::toCommand(m_spec)));
    }
}

void RunPreview::refill() {
    if (m_format->current() == kCompose || m_format->current() == kQuadlet) {
        const bool compose = m_format->current() == kCompose;
        m_title->setText(compose ? tr("Compose file") : tr("Quadlet"));
        m_text->setAccessibleName(compose ? tr("The compose file that does the same")
                                          : tr("The quadlet that does the same"));
        m_text->setLines(text());
        return;
    }
    m_title->setText(tr("Command"));
    m_text->setAccessibleName(tr("The command that does the same"));
    m_text->setWords(previewWords(m_spec, m_marks));
}

}  // namespace coracle::gui
