// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/run_basics.h"

#include "core/types/run_command.h"
#include "gui/dialogs/restart_box.h"
#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/theme/style.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toggle.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {
namespace {

QString joined(const std::vector<std::string>& words) {
    return QString::fromStdString(types::toShellText(words));
}

std::vector<std::string> split(const QString& text) {
    auto words = types::splitShellText(text.toStdString());
    return words ? *std::move(words) : std::vector<std::string>{};
}

/// Whether `typed` is the id or its beginning, with or without "sha256:".
bool meansId(const QString& typed, const QString& id) {
    constexpr qsizetype kShortest = 6;
    const auto digits = typed.startsWith(QLatin1String("sha256:")) ? typed.mid(7) : typed;
    return digits.size() >= kShortest && id.section(QLatin1Char(':'), -1).startsWith(digits);
}

QString withTag(QString name) {
    name = familiarImageName(name);
    const auto lastPart = name.section(QLatin1Char('/'), -1);
    return lastPart.contains(QLatin1Char(':')) || name.contains(QLatin1Char('@'))
               ? name
               : name + QStringLiteral(":latest");
}

}  // namespace

QString familiarImageName(const QString& reference) {
    QString name = reference.trimmed();
    for (const auto* prefix : {"docker.io/library/", "docker.io/", "library/"}) {
        if (name.startsWith(QLatin1String(prefix))) {
            name.remove(0, static_cast<qsizetype>(qstrlen(prefix)));
            break;
        }
    }
    return name;
}

QString shortImageName(const QString& reference) {
    QString name = familiarImageName(reference);
    if (name.endsWith(QLatin1String(":latest"))) {
        name.chop(7);
    }
    return name;
}

bool sameImageName(const QString& a, const QString& b) {
    return !a.trimmed().isEmpty() && withTag(a) == withTag(b);
}

RunBasics::RunBasics(QWidget* parent)
    : QWidget(parent)
    , m_image(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_command(new QLineEdit(this))
    , m_workingDirectory(new QLineEdit(this))
    , m_user(new QComboBox(this))
    , m_restart(new RestartBox(this))
    , m_pull(new QComboBox(this))
    , m_init(new Toggle(tr("Small init as pid 1"), this))
    , m_tty(new Toggle(tr("Terminal"), this))
    , m_interactive(new Toggle(tr("Keep input open"), this))
    , m_readOnly(new Toggle(tr("Read-only root"), this)) {
    setObjectName(QStringLiteral("basics"));
    m_image->setObjectName(QStringLiteral("basics.image"));
    m_image->setEditable(true);
    m_image->setInsertPolicy(QComboBox::NoInsert);
    m_image->lineEdit()->setPlaceholderText(tr("alpine, or registry.example/team/app:2"));
    m_image->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_image->completer()->setFilterMode(Qt::MatchContains);
    m_name->setObjectName(QStringLiteral("basics.name"));
    m_name->setPlaceholderText(tr("made up when empty"));
    m_command->setObjectName(QStringLiteral("basics.command"));
    m_command->setFont(themeFont(TextRole::Code));
    m_workingDirectory->setObjectName(QStringLiteral("basics.workdir"));
    m_workingDirectory->setFont(themeFont(TextRole::Code));
    m_user->setObjectName(QStringLiteral("basics.user"));
    m_user->setEditable(true);
    m_user->setInsertPolicy(QComboBox::NoInsert);
    m_user->addItems({QString(), QStringLiteral("root"), QStringLiteral("1000:1000")});
    m_restart->setObjectName(QStringLiteral("basics.restart"));
    m_pull->setObjectName(QStringLiteral("basics.pull"));
    m_pull->addItems({tr("When it is not here"), tr("Always, for the newest"), tr("Never")});
    m_init->setObjectName(QStringLiteral("basics.init"));
    m_init->setToolTip(tr("Passes signals on and takes care of orphaned processes"));
    m_tty->setObjectName(QStringLiteral("basics.tty"));
    m_interactive->setObjectName(QStringLiteral("basics.interactive"));
    m_readOnly->setObjectName(QStringLiteral("basics.readOnly"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpaceLarge));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(20));
    grid->setVerticalSpacing(scaled(metrics::kSpaceLarge));
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(makeField(tr("Image"), {}, m_image, m_imageHelp), 0, 0);
    grid->addWidget(makeField(tr("Name"), {}, m_name, m_nameHelp), 0, 1);
    grid->addWidget(makeField(tr("Command"), tr("replaces the image’s own"), m_command, m_commandHelp), 1, 0,
                    1, 2);
    grid->addWidget(makeField(tr("Working folder"), {}, m_workingDirectory, m_directoryHelp), 2, 0);
    grid->addWidget(makeField(tr("User inside"), {}, m_user, m_userHelp), 2, 1);
    grid->addWidget(makeField(tr("When it stops"), {}, m_restart, m_restartHelp), 3, 0);
    grid->addWidget(makeField(tr("Pull the image"), {}, m_pull, m_pullHelp), 3, 1);
    column->addLayout(grid);
    column->addWidget(new Line(Qt::Horizontal, this));
    auto* switchRow = new QWidget(this);  // in some languages two
    auto* switches = new FlowLayout(scaled(28), switchRow);
    for (auto* toggle : {m_tty, m_interactive, m_init, m_readOnly}) {
        switches->addWidget(toggle);
        connect(toggle, &Toggle::toggled, this, &RunBasics::refresh);
    }
    column->addWidget(switchRow);
    column->addStretch();

    connect(m_image, &QComboBox::editTextChanged, this, [this] {
        refresh();
        emit imageChanged();
    });
    connect(m_user, &QComboBox::editTextChanged, this, &RunBasics::refresh);
    connect(m_restart, &QComboBox::currentIndexChanged, this, &RunBasics::refresh);
    connect(m_pull, &QComboBox::currentIndexChanged, this, &RunBasics::refresh);
    for (auto* edit : {m_name, m_command, m_workingDirectory}) {
        connect(edit, &QLineEdit::textChanged, this, &RunBasics::refresh);
    }
    refresh();
}

QWidget* RunBasics::makeField(const QString& title, const QString& aside, QWidget* input, TextLabel*& help) {
    auto* field = new QWidget(this);
    auto* column = new QVBoxLayout(field);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(metrics::kSpaceTiny));
    auto* label = new TextLabel(title, TextRole::SecondaryStrong, Token::Text, field);
    label->setBuddy(input);
    head->addWidget(label);
    if (!aside.isEmpty()) {
        head->addWidget(new TextLabel(aside, TextRole::Secondary, Token::Muted, field));
    }
    head->addStretch();
    column->addLayout(head);
    input->setAccessibleName(title);
    input->setMinimumHeight(scaled(metrics::kControl));
    column->addWidget(input);
    help = new TextLabel({}, TextRole::Secondary, Token::Muted, field);
    help->setElided();
    help->setObjectName(input->objectName() + QStringLiteral(".help"));
    column->addWidget(help);
    return field;
}

void RunBasics::setSpec(const types::RunSpec& spec) {
    m_image->setEditText(QString::fromStdString(spec.image));
    m_name->setText(QString::fromStdString(spec.name));
    m_command->setText(joined(spec.command));
    m_workingDirectory->setText(QString::fromStdString(spec.workingDirectory.value_or("")));
    m_user->setEditText(QString::fromStdString(spec.user.value_or("")));
    m_restart->setRestart(spec.restart);
    m_pull->setCurrentIndex(int(spec.pull));
    m_init->setChecked(spec.init);
    m_tty->setChecked(spec.tty);
    m_interactive->setChecked(spec.interactive);
    m_readOnly->setChecked(spec.readOnly);
}

void RunBasics::apply(types::RunSpec& spec) const {
    const auto some = [](const QString& text) {
        return text.trimmed().isEmpty() ? std::nullopt : std::optional(text.trimmed().toStdString());
    };
    spec.image = image().toStdString();
    spec.name = m_name->text().trimmed().toStdString();
    spec.command = split(m_command->text());
    spec.workingDirectory = some(m_workingDirectory->text());
    spec.user = some(m_user->currentText());
    spec.restart = m_restart->restart();
    spec.pull = types::PullPolicy(std::max(0, m_pull->currentIndex()));
    spec.init = m_init->isChecked();
    spec.tty = m_tty->isChecked();
    spec.interactive = m_interactive->isChecked();
    spec.readOnly = m_readOnly->isChecked();
}

void RunBasics::setReadOnly(bool on) {
    m_readOnly->setChecked(on);
}

bool RunBasics::readOnly() const {
    return m_readOnly->isChecked();
}

bool RunBasics::neverPulls() const {
    return m_pull->currentIndex() == int(types::PullPolicy::Never);
}

bool RunBasics::restarts() const {
    return m_restart->restart() != types::RestartSpec{};
}

void RunBasics::setImages(const std::vector<types::ImageSummary>& images) {
    m_images = images;
    const QSignalBlocker quiet(m_image);
    const auto text = m_image->currentText();
    m_image->clear();
    for (const auto& image : m_images) {
        for (const auto& reference : image.references) {
            m_image->addItem(shortImageName(QString::fromStdString(reference)));
        }
    }
    m_image->setEditText(text);
    refresh();
}

void RunBasics::setTakenNames(const std::vector<QString>& names) {
    m_taken = names;
    refresh();
}

void RunBasics::setImageDetails(const std::optional<types::ImageDetails>& details) {
    m_details = details;
    refresh();
}

QString RunBasics::image() const {
    return m_image->currentText().trimmed();
}

const types::ImageSummary* RunBasics::localImage() const {
    const auto wanted = image();
    for (const auto& one : m_images) {
        const bool known =
            std::any_of(one.references.begin(), one.references.end(), [&](const std::string& reference) {
                return sameImageName(QString::fromStdString(reference), wanted);
            });
        if (known || meansId(wanted, QString::fromStdString(one.id))) {
            return &one;
        }
    }
    return nullptr;
}

QString RunBasics::nameProblem() const {
    const auto name = m_name->text().trimmed();
    if (!name.isEmpty() && !types::isObjectName(name.toStdString())) {
        return tr("A name has letters, digits, dots, dashes and underscores");
    }
    if (std::find(m_taken.begin(), m_taken.end(), name) != m_taken.end()) {
        return tr("A container has this name already");
    }
    return {};
}

QString RunBasics::commandProblem() const {
    return types::splitShellText(m_command->text().toStdString()) ? QString() : tr("A quote is not closed");
}

QString RunBasics::workingDirectoryProblem() const {
    const auto path = m_workingDirectory->text().trimmed();
    return path.isEmpty() || path.startsWith(QLatin1Char('/')) ? QString()
                                                               : tr("The folder must start with /");
}

QString RunBasics::problem() const {
    if (image().isEmpty()) {
        return tr("Choose an image");
    }
    for (const auto& text : {nameProblem(), commandProblem(), workingDirectoryProblem()}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

int RunBasics::problems() const {
    int count = 0;
    for (const auto& text : {nameProblem(), commandProblem(), workingDirectoryProblem()}) {
        count += text.isEmpty() ? 0 : 1;
    }
    return count;
}

void RunBasics::focusImage() {
    m_image->setFocus();
}

QString RunBasics::commandHelp() const {
    const auto words = split(m_command->text());
    QString own;
    if (m_details) {
        auto whole = m_details->entrypoint;
        whole.insert(whole.end(), m_details->command.begin(), m_details->command.end());
        own = whole.empty() ? tr("the image names no program")
                            : tr("the image would run %1").arg(joined(whole));
    }
    if (words.empty()) {
        return own.left(1).toUpper() + own.mid(1);  // alone it is a sentence
    }
    const bool asArguments = m_details && !m_details->entrypoint.empty();
    const auto program = QString::fromStdString(asArguments ? m_details->entrypoint.front() : words.front());
    const int count = static_cast<int>(words.size()) - (asArguments ? 0 : 1);
    const auto arguments = count == 1 ? tr("1 argument") : tr("%n arguments", nullptr, count);
    //: %1 is a program, %2 the number of its arguments
    const auto mine = tr("Program: %1 · %2").arg(program, arguments);
    return own.isEmpty() ? mine : tr("%1 · %2").arg(mine, own);
}

void RunBasics::refresh() {
    const auto* local = localImage();
    if (image().isEmpty()) {
        m_imageHelp->setText(tr("A name, with or without registry and tag"));
    } else if (local == nullptr && sameImageName(image(), QStringLiteral("welcome"))) {
        m_imageHelp->setText(tr("Comes with Coracle, needs no network"));
    } else if (local == nullptr) {
        m_imageHelp->setText(neverPulls() ? tr("Not here, and not to be pulled")
                                          : tr("Not here yet: it is pulled first"));
    } else {
        m_imageHelp->setText(tr("Here already · %1 · made %2")
                                 .arg(format::bytes(local->sizeBytes), format::ago(local->createdAt)));
    }
    const auto name = nameProblem();
    const auto typedName = !m_name->text().trimmed().isEmpty();
    m_nameHelp->setText(!name.isEmpty() ? name
                        : typedName     ? tr("This name is free")
                                        : tr("How you find it again"));
    m_nameHelp->setToken(name.isEmpty() ? Token::Muted : Token::Err);
    setInputMark(*m_name, name.isEmpty() ? InputMark::None : InputMark::Error);

    const auto command = commandProblem();
    m_commandHelp->setText(command.isEmpty() ? commandHelp() : command);
    m_commandHelp->setToken(command.isEmpty() ? Token::Muted : Token::Err);
    setInputMark(*m_command, command.isEmpty() ? InputMark::None : InputMark::Error);

    const auto folder = workingDirectoryProblem();
    m_directoryHelp->setText(folder);
    m_directoryHelp->setToken(Token::Err);
    setInputMark(*m_workingDirectory, folder.isEmpty() ? InputMark::None : InputMark::Error);
    const auto own = m_details ? QString::fromStdString(m_details->workingDirectory) : QString();
    m_workingDirectory->setPlaceholderText(own.isEmpty() ? tr("as the image says")
                                                         : tr("%1 (image)").arg(own));

    const auto user = m_user->currentText().trimmed();
    const auto imageUser = m_details && !m_details->user.empty() ? QString::fromStdString(m_details->user)
                                                                 : QStringLiteral("root");
    m_user->lineEdit()->setPlaceholderText(m_details ? tr("%1 (image)").arg(imageUser)
                                                     : tr("as the image says"));
    const bool root = user.isEmpty() ? (m_details && imageUser == QLatin1String("root"))
                                     : (user == QLatin1String("root") ||
                                        user.section(QLatin1Char(':'), 0, 0) == QLatin1String("0"));
    m_restartHelp->setText(restarts() ? tr("For as long as you are logged in") : QString());
    m_userHelp->setText(root ? tr("root inside is your own user outside") : QString());
    emit changed();
}

}  // namespace coracle::gui
