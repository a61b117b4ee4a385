// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/paste_dialog.h"

#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QDir>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace coracle::gui {
namespace {

constexpr int kWidth = 560;
constexpr int kTextHeight = 120;

Error invalid(const std::string& message) {
    return {ErrorKind::InvalidArgument, message};
}

bool isNameLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// A value inside double quotes: POSIX.1-2017 XCU 2.2.3.
std::string insideQuotes(const std::string& value) {
    std::string out;
    for (const char c : value) {
        if (c == '"' || c == '\\' || c == '$' || c == '`') {
            out += '\\';
        }
        out += c;
    }
    return out;
}

/// The text with variables filled in and lines joined, quotes as they were, for splitShellText(). What a
/// shell would have to run is an error: nothing is run here.
Result<std::string> fillIn(const std::string& text, const types::RunCommandContext& context) {
    std::string out;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (quote == '\'') {
            quote = c == '\'' ? '\0' : quote;
            out += c;
        } else if (c == '\\' && next == '\n') {
            ++i;
        } else if (c == '\\' && next != '\0') {
            out += {c, next};
            ++i;
        } else if (c == '\'' && quote == 0) {
            quote = c;
            out += c;
        } else if (c == '"') {
            quote = quote == 0 ? c : '\0';
            out += c;
        } else if (c == '`' || (c == '$' && next == '(')) {
            return invalid("the shell would run a command here: put what it prints in its place");
        } else if (c == '$' && (next == '{' || isNameLetter(next))) {
            std::size_t from = i + (next == '{' ? 2 : 1);
            std::size_t to = from;
            while (to < text.size() && isNameLetter(text[to])) {
                ++to;
            }
            const std::string name = text.substr(from, to - from);
            const bool closed = next != '{' || (to < text.size() && text[to] == '}');
            const auto value = closed && context.environment ? context.environment(name) : std::nullopt;
            if (!value || name == "PWD") {
                return invalid("$" + name + " is not known here: put its value in its place");
            }
            out += quote == 0 ? types::toShellWord(*value) : insideQuotes(*value);
            i = next == '{' ? to : to - 1;
        } else {
            out += c;
        }
    }
    return out;
}

bool isVerb(const std::string& word) {
    return word == "run" || word == "create";
}

}  // namespace

Result<types::ParsedRunCommand> parsePastedCommand(const std::string& text,
                                                   const types::RunCommandContext& context) {
    auto start = text.find_first_not_of(" \t\r\n");
    if (start != std::string::npos && text.compare(start, 2, "$ ") == 0) {
        start += 2;
    }
    TRY_ASSIGN(const auto filled, fillIn(start == std::string::npos ? "" : text.substr(start), context));
    TRY_ASSIGN(auto words, types::splitShellText(filled));
    const std::array<std::string, 5> front{"sudo", "docker", "podman", "coracle", "container"};
    auto at = words.begin();
    while (at != words.end() &&
           std::find(front.begin(), front.end(), at->substr(at->rfind('/') + 1)) != front.end()) {
        ++at;
    }
    if (at == words.end() || !isVerb(*at)) {
        return invalid("this is no 'docker run' or 'coracle run'");
    }
    words.erase(words.begin(), at + 1);
    for (auto& word : words) {
        if (word.starts_with("~/")) {
            word = context.workingDirectory + word.substr(1);
        }
    }
    TRY_ASSIGN(auto parsed, types::parseRunCommand(words, context));
    if (parsed.withoutImage) {
        return Error(ErrorKind::InvalidArgument, "no image given")
            .withHint("the image comes after the options: coracle run alpine");
    }
    if (parsed.help) {
        return invalid("--help makes no container");
    }
    return parsed;
}

types::RunCommandContext pasteContext() {
    types::RunCommandContext context;
    context.environment = [](const std::string& name) {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
    context.workingDirectory = QDir::homePath().toStdString();
    return context;
}

PasteDialog::PasteDialog(QWidget* parent)
    : QDialog(parent)
    , m_text(new QPlainTextEdit(this))
    , m_problem(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_use(makeButton(QStringLiteral("paste.use"), tr("Fill in the form"), {}, ButtonKind::Primary)) {
    setObjectName(QStringLiteral("paste"));
    setWindowTitle(tr("Start from a command"));
    setModal(true);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* body = new QVBoxLayout;
    const int margin = scaled(20);
    body->setContentsMargins(margin, margin, margin, scaled(metrics::kSpaceLarge));
    body->setSpacing(scaled(metrics::kSpaceSmall));
    body->addWidget(new TextLabel(tr("Start from a command"), TextRole::DialogTitle, Token::Text, this));
    auto* label = new TextLabel(tr("Paste a line of docker run, podman run or coracle run."), TextRole::Body,
                                Token::Muted, this);
    label->setBuddy(m_text);
    body->addWidget(label);
    m_text->setObjectName(QStringLiteral("paste.text"));
    m_text->setAccessibleName(tr("Command line"));
    m_text->setFont(themeFont(TextRole::Code));
    m_text->setPlaceholderText(QStringLiteral("docker run -d -p 8080:80 nginx"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(scaled(kTextHeight));
    body->addWidget(m_text);
    m_problem->setObjectName(QStringLiteral("paste.problem"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(m_problem->fontMetrics().height() * 2);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_problem->setFixedWidth(scaled(kWidth) - 2 * margin);
    body->addWidget(m_problem);
    outer->addLayout(body);
    outer->addWidget(new Line(Qt::Horizontal, this));
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(margin, scaled(13), margin, scaled(13));
    footer->setSpacing(metrics::kSpaceSmall);
    footer->addStretch();
    auto* cancel = makeButton(QStringLiteral("paste.cancel"), tr("Cancel"));
    footer->addWidget(cancel);
    footer->addWidget(m_use);
    outer->addLayout(footer);
    setFixedWidth(scaled(kWidth));
    m_use->setDefault(true);
    m_use->setShortcut(Qt::CTRL | Qt::Key_Return);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_text, &QPlainTextEdit::textChanged, this, &PasteDialog::refresh);
    m_text->setFocus();
    refresh();
}

void PasteDialog::refresh() {
    const auto text = m_text->toPlainText().trimmed();
    const auto parsed = parsePastedCommand(text.toStdString(), pasteContext());
    m_use->setEnabled(parsed.has_value());
    if (parsed) {
        m_command = *parsed;
        QStringList lines;
        for (const auto& warning : m_command.warnings) {
            lines << format::sentence(warning);
        }
        m_problem->setText(lines.join(QLatin1Char('\n')));
        m_problem->setToken(Token::Warn);
    } else {
        m_problem->setText(text.isEmpty() ? QString()
                                          : format::sentence(format::error(parsed.error()).toStdString()));
        m_problem->setToken(Token::Err);
    }
}

}  // namespace coracle::gui
