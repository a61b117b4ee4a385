// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/confirm_dialog.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace coracle::gui {

namespace {

constexpr int kWidth = 520;
constexpr int kMostFacts = 9;
constexpr int kFactsHeight = 220;

struct Frame {
    QVBoxLayout* words;
    QHBoxLayout* footer;
};

/// Icon beside a column of words, a line, and a row of buttons: the form of both dialogs.
Frame buildFrame(QDialog& dialog, const QString& iconName, Token iconToken) {
    auto* outer = new QVBoxLayout(&dialog);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* content = new QHBoxLayout;
    content->setContentsMargins(22, 22, 20, 18);
    content->setSpacing(metrics::kSpace);
    if (!iconName.isEmpty()) {
        content->addWidget(new IconLabel(iconName, iconToken, 22), 0, Qt::AlignTop);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::kSpaceSmall);
    content->addLayout(words, 1);
    outer->addLayout(content);
    outer->addWidget(new Line);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(metrics::kPageMargin, 13, metrics::kPageMargin, 13);
    footer->setSpacing(metrics::kSpaceSmall);
    footer->addStretch(1);
    outer->addLayout(footer);
    dialog.setFixedWidth(scaled(kWidth));
    return {words, footer};
}

void addFact(QVBoxLayout& column, const QString& iconName, Token iconToken, const QString& text,
             Token textToken) {
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpaceSmall);
    row->addWidget(new IconLabel(iconName, iconToken, metrics::kIconSmall), 0, Qt::AlignTop);
    auto* label = new TextLabel(text, TextRole::Body, textToken);
    label->setWordWrap(true);
    row->addWidget(label, 1);
    column.addLayout(row);
}

/// All of them, however many they are: a long list scrolls.
void addFacts(QVBoxLayout& words, const Question& question) {
    QVBoxLayout* column = &words;
    if (question.points.size() + question.notes.size() > kMostFacts) {
        auto* area = new QScrollArea;
        area->setObjectName(QStringLiteral("confirm.facts"));
        area->setAccessibleName(ConfirmDialog::tr("What happens"));
        area->setFrameShape(QFrame::NoFrame);
        area->setWidgetResizable(true);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setFixedHeight(scaled(kFactsHeight));
        auto* inside = new QWidget;
        column = new QVBoxLayout(inside);
        column->setContentsMargins(0, 0, metrics::kSpaceSmall, 0);
        column->setSpacing(metrics::kSpaceSmall);
        area->setWidget(inside);
        words.addWidget(area);
    }
    for (const QString& point : question.points) {
        addFact(*column, QStringLiteral("x"), question.losesData ? Token::Err : Token::Warn, point,
                Token::Text);
    }
    for (const QString& note : question.notes) {
        addFact(*column, QStringLiteral("info"), Token::Muted, note, Token::Muted);
    }
    if (column != &words) {
        column->addStretch(1);
    }
}

}  // namespace

ConfirmDialog::ConfirmDialog(const Question& question, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("confirm"));
    setWindowTitle(question.title);
    setAccessibleName(question.title);
    const Frame frame =
        buildFrame(*this, QStringLiteral("warn"), question.losesData ? Token::Err : Token::Warn);
    auto* title = new TextLabel(question.title, TextRole::DialogTitle);
    title->setWordWrap(true);
    frame.words->addWidget(title);
    auto* text = new TextLabel(question.text, TextRole::Body, Token::Muted);
    text->setWordWrap(true);
    text->setVisible(!question.text.isEmpty());
    frame.words->addWidget(text);
    addFacts(*frame.words, question);
    auto* cancel = makeButton(QStringLiteral("confirm.cancel"), tr("Cancel"));
    auto* ok = makeButton(
        QStringLiteral("confirm.ok"), question.confirm,
        question.iconName.isEmpty() && question.losesData ? QStringLiteral("trash") : question.iconName,
        question.losesData ? ButtonKind::Danger : ButtonKind::Normal);
    if (question.typed) {
        frame.words->addSpacing(4);
        // In letters of one width, which tell 1 from l.
        auto* label = new TextLabel({}, TextRole::Strong);
        label->setTextFormat(Qt::RichText);
        label->setText(tr("Type %1 to confirm")
                           .toHtmlEscaped()
                           .arg(QStringLiteral("<code>%1</code>").arg(question.typed->toHtmlEscaped())));
        frame.words->addWidget(label);
        m_edit = new QLineEdit;
        m_edit->setObjectName(QStringLiteral("confirm.edit"));
        m_edit->setAccessibleName(label->text());
        m_edit->setFont(themeFont(TextRole::Code));
        frame.words->addWidget(m_edit);
        ok->setEnabled(false);
        connect(m_edit, &QLineEdit::textChanged, this,
                [ok, name = *question.typed](const QString& typed) { ok->setEnabled(typed == name); });
        connect(m_edit, &QLineEdit::returnPressed, ok, &QPushButton::click);  // nothing while it is disabled
    }
    if (!question.option.isEmpty()) {
        m_option = new QCheckBox(question.option);
        m_option->setObjectName(QStringLiteral("confirm.option"));
        m_option->setAccessibleName(question.option);
        m_option->setChecked(question.optionOn);
        frame.words->addWidget(m_option);
    }
    frame.words->addStretch(1);  // words that wrap may take less than they asked for
    if (!question.instead.isEmpty()) {
        auto* instead = makeButton(QStringLiteral("confirm.instead"), question.instead);
        frame.footer->insertWidget(0, instead);
        connect(instead, &QPushButton::clicked, this, [this] {
            m_instead = true;
            reject();
        });
    }
    frame.footer->addWidget(cancel);
    frame.footer->addWidget(ok);
    cancel->setDefault(!question.typed);  // Enter after the name must not throw the typing away
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ok, &QPushButton::clicked, this, &QDialog::accept);
    setAttribute(Qt::WA_KeyboardFocusChange);  // what Enter does is seen, however the question came up
    m_edit != nullptr ? m_edit->setFocus() : cancel->setFocus();
}

/// A window that gets the keyboard for the first time forgets how the focus came to be where it is.
void ConfirmDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        setAttribute(Qt::WA_KeyboardFocusChange);
        if (focusWidget() != nullptr) {
            focusWidget()->update();
        }
    }
}

/// Enter in the field is for the field alone, and does nothing before the name is right: no button of the
/// dialog takes it as if the person had cancelled.
void ConfirmDialog::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_edit != nullptr && m_edit->hasFocus()) {
        return;
    }
    QDialog::keyPressEvent(event);
}

bool ConfirmDialog::optionOn() const {
    return m_option != nullptr && m_option->isChecked();
}

TextDialog::TextDialog(const TextQuestion& question, QWidget* parent)
    : QDialog(parent)
    , m_question(question)
    , m_edit(new QLineEdit(question.text))
    , m_problem(new TextLabel({}, TextRole::Secondary, Token::Err))
    , m_ok(makeButton(QStringLiteral("textDialog.ok"), question.confirm, {}, ButtonKind::Primary)) {
    setObjectName(QStringLiteral("textDialog"));
    setWindowTitle(question.title);
    setAccessibleName(question.title);
    const Frame frame = buildFrame(*this, {}, Token::Muted);
    frame.words->addWidget(new TextLabel(question.title, TextRole::DialogTitle));
    frame.words->addWidget(new TextLabel(question.label, TextRole::Body, Token::Muted));
    m_edit->setObjectName(QStringLiteral("textDialog.edit"));
    m_edit->setAccessibleName(question.label);
    m_edit->selectAll();
    frame.words->addWidget(m_edit);
    m_problem->setObjectName(QStringLiteral("textDialog.problem"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(scaled(16));
    frame.words->addWidget(m_problem);
    auto* cancel = makeButton(QStringLiteral("textDialog.cancel"), tr("Cancel"));
    frame.footer->addWidget(cancel);
    frame.footer->addWidget(m_ok);
    m_ok->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_edit, &QLineEdit::textChanged, this, &TextDialog::validate);
    validate();
    m_edit->setFocus();
}

QString TextDialog::text() const {
    return m_edit->text().trimmed();
}

void TextDialog::validate() {
    const QString problem = m_question.problem ? m_question.problem(text()) : QString();
    // Nothing is wrong yet with what the person has not touched.
    const bool quiet = text() == m_question.text.trimmed();
    m_problem->setText(quiet ? QString() : problem);
    setInputMark(*m_edit,
                 problem.isEmpty() || text().isEmpty() || quiet ? InputMark::None : InputMark::Error);
    m_ok->setEnabled(problem.isEmpty() && !text().isEmpty());
}

}  // namespace coracle::gui
