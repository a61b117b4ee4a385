// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/keep_choice.h"

#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"

#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kKeyring = 0;
constexpr int kOther = 1;

bool isFile(const std::string& place) {
    return place.find('/') != std::string::npos;
}

}  // namespace

KeepChoice::KeepChoice(EngineService& engine, const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_parts(new Segments)
    , m_note(new TextLabel({}, TextRole::Secondary, Token::Muted)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    const QString title = tr("Keep the password in");
    auto* label = new TextLabel(title, TextRole::SecondaryStrong);
    column->addWidget(label);
    m_parts->setObjectName(prefix + QStringLiteral(".keep"));
    m_parts->setAccessibleName(title);
    m_parts->add(QStringLiteral("keyring"), tr("The desktop’s keyring"), QStringLiteral("key"));
    m_parts->add(QStringLiteral("file"), tr("A file"), QStringLiteral("file"));
    column->addWidget(m_parts, 0, Qt::AlignLeft);
    m_note->setObjectName(prefix + QStringLiteral(".keep.note"));
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    m_parts->button(kKeyring)->setEnabled(false);
    m_isSetting = true;
    m_parts->setCurrent(kOther);
    m_isSetting = false;
    m_note->setText(tr("Looking for the desktop’s keyring…"));
    for (const int part : {kKeyring, kOther}) {
        connect(m_parts->button(part), &QAbstractButton::clicked, this, [this] { m_isPersons = true; });
    }
    connect(m_parts, &Segments::currentChanged, this, [this] {
        m_isPersons = m_isPersons || !m_isSetting;
        describe();
    });
}

void KeepChoice::ask(const std::string& registry) {
    if (m_registry == registry) {
        return;
    }
    m_registry = registry;
    m_request.cancel();
    m_request =
        m_engine.loginPlaces(this, registry, [this, registry](const Result<types::LoginPlaces>& places) {
            if (m_registry != registry) {
                return;  // another one was asked for meanwhile
            }
            if (places) {
                show(*places);
                return;
            }
            types::LoginPlaces none;
            none.whyNoKeyring = places.error().message();
            none.keyringAdvice = places.error().hint();
            show(none);
        });
}

types::KeepLogin KeepChoice::chosen() const {
    if (!m_places) {
        return types::KeepLogin::Usual;
    }
    if (m_parts->current() == kKeyring) {
        return types::KeepLogin::Keyring;
    }
    return m_places->usual == types::kKeyringPlace ? types::KeepLogin::File : types::KeepLogin::Usual;
}

void KeepChoice::show(const types::LoginPlaces& places) {
    m_places = places;
    const bool isProgram =
        places.usual != types::kKeyringPlace && !places.usual.empty() && !isFile(places.usual);
    m_parts->button(kOther)->setText(isProgram ? format::text(places.usual) : tr("A file"));
    m_parts->button(kOther)->setAccessibleName(m_parts->button(kOther)->text());
    m_parts->button(kKeyring)->setEnabled(places.keyring());
    const bool keeps = m_isPersons && (places.keyring() || m_parts->current() == kOther);
    if (!keeps) {
        m_isSetting = true;
        m_parts->setCurrent(places.keyring() && !isProgram ? kKeyring : kOther);
        m_isSetting = false;
    }
    describe();
}

/// The line below says what the choice means, and why there is none.
void KeepChoice::describe() {
    if (!m_places) {
        return;
    }
    m_note->setToolTip(format::sentence(m_places->keyringAdvice));
    if (m_parts->current() == kKeyring) {
        setNote(m_places->keyringIsLocked ? tr("It is locked: the desktop asks for its password.")
                                          : tr("Encrypted; the command line finds it there, too."));
        return;
    }
    const bool isProgram = m_places->usual != types::kKeyringPlace && !isFile(m_places->usual);
    const std::string& file = isFile(m_places->usual) ? m_places->usual : m_places->file;
    QString words;
    if (isProgram && !m_places->usual.empty()) {
        words = tr("Docker’s settings name this program.");
    } else if (!file.empty()) {
        //: %1: the path of a file
        words = tr("As plain text in %1, which only you can read.").arg(format::homePath(file));
    }
    if (!m_places->keyring()) {
        words = format::sentence(m_places->whyNoKeyring) + QStringLiteral(".\n") + words;
    }
    setNote(words.trimmed());
}

/// A window does not grow by itself with words that are wrapped.
void KeepChoice::setNote(const QString& words) {
    m_note->setText(words);
    QWidget* top = window();
    if (top == this || top->layout() == nullptr || !isVisible()) {
        return;
    }
    // What is around the words does not know yet that they have grown.
    for (QWidget* around = this; around != top; around = around->parentWidget()) {
        if (around->layout() != nullptr) {
            around->layout()->invalidate();
        }
        around->updateGeometry();
    }
    top->layout()->invalidate();
    top->layout()->activate();
    const int wanted = top->layout()->totalHeightForWidth(top->width());
    if (wanted > top->height()) {
        top->resize(top->width(), wanted);
    }
}

}  // namespace coracle::gui
