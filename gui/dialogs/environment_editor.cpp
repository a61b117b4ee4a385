// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/environment_editor.h"

#include "gui/dialogs/editor_rows.h"
#include "gui/format.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/clear_layout.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/text_label.h"

#include <QCompleter>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>
#include <set>

namespace coracle::gui {
namespace {

constexpr int kFilterWidth = 130;
/// Together with those that are set here; the others of the image wait behind a line.
constexpr std::size_t kShownRows = 6;

}  // namespace

EnvironmentEditor::EnvironmentEditor(EnvFileReader reader, ChooseFile chooseFile, QWidget* parent)
    : QWidget(parent)
    , m_reader(std::move(reader))
    , m_chooseFile(std::move(chooseFile))
    , m_count(new TextLabel({}, TextRole::Secondary, Token::Muted, this))
    , m_filter(new FilterEdit(QStringLiteral("env.filter"), tr("Filter"), this))
    , m_load(makeButton(QStringLiteral("env.load"), tr("Load .env file…"), QStringLiteral("file"),
                        ButtonKind::Normal, ButtonSize::Small))
    , m_add(makeButton(QStringLiteral("env.add"), tr("Add"), QStringLiteral("plus"), ButtonKind::Normal,
                       ButtonSize::Small))
    , m_fileLine(new QWidget(this))
    , m_fileFlow(new FlowLayout(scaled(6), m_fileLine))
    , m_box(new EditorBox({{tr("Name"), 190, 20}, {tr("Value"), 0, 20}, {tr("From"), 100, 12}, {{}, 28, 0}},
                          this))
    , m_more(new QToolButton(this))
    , m_noMatch(new TextLabel({}, TextRole::Body, Token::Muted, this)) {
    setObjectName(QStringLiteral("env"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    column->addWidget(makeHead());
    column->addWidget(m_fileLine);
    m_fileLine->hide();
    m_box->setEmptyText(tr("Only what the image sets itself."));
    column->addWidget(m_box);
    m_noMatch->setObjectName(QStringLiteral("env.noMatch"));
    m_noMatch->hide();
    column->addWidget(m_noMatch);
    m_more->setObjectName(QStringLiteral("env.more"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setIcon(themeIcon(QStringLiteral("down"), Token::Muted));
    setButtonKind(*m_more, ButtonKind::Flat, ButtonSize::Small);
    m_more->hide();
    column->addWidget(m_more);
    auto* note = new TextLabel(
        tr("Values are part of the command and of what Inspect shows: keep passwords in files."),
        TextRole::Secondary, Token::Muted, this);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch();
    connect(m_more, &QToolButton::clicked, this, [this] {
        m_showAll = true;
        showGiven();
        if (!m_given.empty()) {
            m_given.back().value->setFocus();
        }
    });
    connect(m_add, &QPushButton::clicked, this, [this] {
        m_filter->clear();
        addRow({}, {});
        m_rows.back().name->setFocus();
    });
    connect(m_load, &QPushButton::clicked, this, [this] {
        m_chooseFile([this](const QString& path) {
            const auto known = files();
            if (!path.isEmpty() && std::find(known.begin(), known.end(), path) == known.end()) {
                m_files.push_back({path, {}});
                readFile(path);
                showFiles();
                refresh();
            }
        });
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        showGiven();
        applyFilter();
    });
    refresh();
}

QWidget* EnvironmentEditor::makeHead() {
    auto* line = new QWidget(this);
    auto* head = new QHBoxLayout(line);
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(scaled(metrics::kSpaceSmall));
    head->addWidget(new TextLabel(tr("Environment"), TextRole::Section, Token::Text, line));
    m_count->setObjectName(QStringLiteral("env.count"));
    m_count->setElided();
    head->addWidget(m_count, 1);
    m_filter->setFixedWidth(scaled(kFilterWidth));
    m_filter->setFixedHeight(scaled(metrics::kControlSmall));
    m_filter->setAccessibleName(tr("Filter variables"));
    head->addWidget(m_filter);
    m_load->setAccessibleName(tr("Load variables from a file"));
    m_load->setVisible(bool(m_chooseFile));
    head->addWidget(m_load);
    m_add->setAccessibleName(tr("Add a variable"));
    head->addWidget(m_add);
    // The field says that it has this key.
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_filter, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    connect(m_filter, &FilterEdit::left, m_add, [this] { m_add->setFocus(); });
    return line;
}

bool EnvironmentEditor::isSetHere(const QString& name) const {
    return std::any_of(m_pairs.begin(), m_pairs.end(), [&](const auto& pair) { return pair.first == name; });
}

bool EnvironmentEditor::isFromImage(const QString& name) const {
    return std::any_of(m_image.begin(), m_image.end(), [&](const auto& pair) { return pair.first == name; });
}

EnvironmentEditor::Row EnvironmentEditor::makeRow(const QString& name, const QString& value, From origin,
                                                  std::size_t at) {
    Row row{};
    row.origin = origin;
    row.given = value;
    row.name = makeRowEdit(tr("Name of the variable"), true);
    row.name->setText(name);
    row.name->setPlaceholderText(QStringLiteral("NAME"));
    QStringList known;
    for (const auto& pair : m_image) {
        known.append(pair.first);
    }
    auto* completer = new QCompleter(known, row.name);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    row.name->setCompleter(completer);
    row.name->setReadOnly(origin != From::Here);
    row.value = makeRowEdit(tr("Value of the variable"), true);
    row.value->setText(value);
    row.value->setCursorPosition(0);
    auto* holder = new QWidget;
    auto* line = new QHBoxLayout(holder);
    line->setContentsMargins(0, (scaled(metrics::kControlSmall) - scaled(metrics::kChip)) / 2, 0, 0);
    row.from = new Chip({}, {}, chip_look::kNeutral, holder);
    row.from->setInteractive(false);
    line->addWidget(row.from);
    line->addStretch();
    row.remove = makeIconButton({}, tr("Remove this variable"), QStringLiteral("trash"));
    row.row = m_box->addRow({row.name, row.value, holder, row.remove}, int(at));
    QSizePolicy policy = row.remove->sizePolicy();
    policy.setRetainSizeWhenHidden(true);  // the columns of all rows stay in line
    row.remove->setSizePolicy(policy);
    row.remove->setVisible(origin == From::Here);
    return row;
}

void EnvironmentEditor::connectRow(const Row& row) {
    auto* widget = row.row;
    connect(row.name, &QLineEdit::textChanged, this, [this, widget] {
        const auto index = rowOf(m_rows, widget);
        if (index == m_rows.size()) {
            return;
        }
        m_pairs[index].first = m_rows[index].name->text();
        showGiven();
        refresh();
    });
    connect(row.value, &QLineEdit::textChanged, this, [this, widget] { valueEdited(widget); });
    connect(row.remove, &QToolButton::clicked, this, [this, widget] { removeRow(rowOf(m_rows, widget)); });
}

/// A variable of a file or of the image that gets another value is set here from then on.
void EnvironmentEditor::valueEdited(QWidget* widget) {
    if (rowOf(m_rows, widget) == m_rows.size()) {
        const auto given =
            std::find_if(m_given.begin(), m_given.end(), [&](const Row& row) { return row.row == widget; });
        if (given == m_given.end()) {
            return;
        }
        takeOver(static_cast<std::size_t>(given - m_given.begin()));
    }
    const auto index = rowOf(m_rows, widget);
    m_pairs[index].second = m_rows[index].value->text();
    refresh();
}

void EnvironmentEditor::takeOver(std::size_t given) {
    Row row = m_given[given];
    m_given.erase(m_given.begin() + static_cast<std::ptrdiff_t>(given));
    row.origin = From::Here;
    row.name->setReadOnly(false);
    row.remove->setVisible(true);
    m_rows.push_back(row);
    m_pairs.emplace_back(row.name->text(), row.value->text());
}

void EnvironmentEditor::addRow(const QString& name, const QString& value) {
    const auto row = makeRow(name, value, From::Here, m_rows.size());
    chainTabOrder(m_rows.empty() ? static_cast<QWidget*>(m_add) : m_rows.back().remove,
                  {row.name, row.value, row.remove});
    m_rows.push_back(row);
    m_pairs.emplace_back(name, value);
    connectRow(row);
    showGiven();
    refresh();
}

void EnvironmentEditor::setPairs(const Pairs& pairs) {
    if (pairs == m_pairs) {
        return;
    }
    for (const auto& row : m_rows) {
        m_box->removeRow(row.row);
    }
    m_rows.clear();
    m_pairs.clear();
    for (const auto& [name, value] : pairs) {
        addRow(name, value);
    }
    showGiven();
    refresh();
}

void EnvironmentEditor::setFiles(const std::vector<QString>& paths) {
    if (paths == files()) {
        return;
    }
    m_files.clear();
    for (const auto& path : paths) {
        m_files.push_back({path, {}});
    }
    for (const auto& path : paths) {
        readFile(path);
    }
    showFiles();
    showGiven();
    refresh();
}

std::vector<QString> EnvironmentEditor::files() const {
    std::vector<QString> paths;
    for (const auto& file : m_files) {
        paths.push_back(file.path);
    }
    return paths;
}

void EnvironmentEditor::readFile(const QString& path) {
    m_reader(this, path, [this, path](const EnvFileFacts& facts) {
        for (auto& file : m_files) {
            if (file.path == path) {
                file.facts = facts;
            }
        }
        showFiles();
        showGiven();
        refresh();
    });
}

void EnvironmentEditor::setImageEnvironment(const std::vector<QString>& lines) {
    Pairs image;
    for (const auto& line : lines) {
        image.emplace_back(line.section(QLatin1Char('='), 0, 0), line.section(QLatin1Char('='), 1));
    }
    // Where programs are found is nearly never what somebody looks for.
    std::stable_partition(image.begin(), image.end(),
                          [](const auto& pair) { return pair.first != QLatin1String("PATH"); });
    if (image != m_image) {
        m_image = image;
        m_showAll = false;
        showGiven();
        refresh();
    }
}

void EnvironmentEditor::removeRow(std::size_t index) {
    m_box->removeRow(m_rows[index].row);
    eraseAt(index, m_rows, m_pairs);
    showGiven();
    refresh();
}

void EnvironmentEditor::showFiles() {
    clearLayout(*m_fileFlow);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const auto& file = m_files[i];
        const bool wrong = !file.facts.problem.isEmpty();
        const auto shown = format::homePath(file.path.toStdString());
        auto* chip = new Chip(shown + QStringLiteral(" ×"), QStringLiteral("file"),
                              wrong ? chip_look::kErr : chip_look::kInfo, m_fileLine);
        chip->setObjectName(QStringLiteral("env.file.%1").arg(i));
        chip->setAccessibleName(tr("Leave out %1").arg(shown));
        chip->setToolTip(wrong ? file.facts.problem : chip->accessibleName());
        connect(chip, &Chip::clicked, this, [this, path = file.path] {
            std::erase_if(m_files, [&](const File& one) { return one.path == path; });
            showFiles();
            showGiven();
            refresh();
            m_load->setFocus();
        });
        m_fileFlow->addWidget(chip);
        chip->show();
    }
    m_fileLine->setVisible(!m_files.empty());
}

void EnvironmentEditor::showGiven() {
    struct Given {
        QString name;
        QString value;
        From origin;
    };
    std::vector<Given> wanted;
    const auto add = [&](const QString& name, const QString& value, From origin) {
        const auto same =
            std::find_if(wanted.begin(), wanted.end(), [&](const Given& one) { return one.name == name; });
        if (same != wanted.end()) {
            same->value = origin == From::File && same->origin == From::File ? value : same->value;
        } else if (!isSetHere(name)) {
            wanted.push_back({name, value, origin});
        }
    };
    for (const auto& file : m_files) {
        for (const auto& [name, value] : file.facts.pairs) {
            add(name, value, From::File);
        }
    }
    const auto ofFiles = wanted.size();
    for (const auto& [name, value] : m_image) {
        add(name, value, From::Image);
    }
    const auto shown = std::max(ofFiles, kShownRows > m_rows.size() ? kShownRows - m_rows.size() : 0);
    QStringList rest;
    if (!m_showAll && m_filter->text().isEmpty()) {
        while (wanted.size() > shown) {
            rest.prepend(wanted.back().name);
            wanted.pop_back();
        }
    }
    const auto unchanged = std::equal(
        wanted.begin(), wanted.end(), m_given.begin(), m_given.end(), [](const Given& one, const Row& row) {
            return one.name == row.name->text() && one.value == row.given && one.origin == row.origin;
        });
    if (!unchanged) {
        for (const auto& row : m_given) {
            for (auto* part : row.row->findChildren<QWidget*>()) {
                part->setObjectName({});  // its successor has the name; this one goes a moment later
            }
            m_box->removeRow(row.row);
        }
        m_given.clear();
        QWidget* before = m_rows.empty() ? static_cast<QWidget*>(m_add) : m_rows.back().remove;
        for (const auto& one : wanted) {
            const auto row = makeRow(one.name, one.value, one.origin, m_rows.size() + m_given.size());
            chainTabOrder(before, {row.name, row.value, row.remove});
            before = row.remove;
            m_given.push_back(row);
            connectRow(row);
        }
        setTabOrder(before, m_more);
        describeRows();
    }
    m_more->setVisible(!rest.isEmpty());
    //: %1: names of variables, with commas
    m_more->setText(
        tr("%n more from the image: %1", nullptr, int(rest.size()))
            .arg(fontMetrics().elidedText(rest.join(QStringLiteral(", ")), Qt::ElideRight, scaled(420))));
    m_more->setToolTip(rest.join(QStringLiteral(", ")));
}

void EnvironmentEditor::applyFilter() {
    const auto wanted = m_filter->text().trimmed();
    int found = 0;
    for (const auto* rows : {&m_rows, &m_given}) {
        for (const auto& row : *rows) {
            const bool match = wanted.isEmpty() || row.name->text().contains(wanted, Qt::CaseInsensitive) ||
                               row.value->text().contains(wanted, Qt::CaseInsensitive);
            row.row->setVisible(match);
            found += match ? 1 : 0;
        }
    }
    m_noMatch->setText(tr("No variable matches “%1”.").arg(wanted));
    m_noMatch->setVisible(!wanted.isEmpty() && found == 0);
}

QString EnvironmentEditor::fault(std::size_t index) const {
    const auto& name = m_pairs[index].first;
    if (name.isEmpty()) {
        return tr("The variable needs a name");
    }
    if (name.contains(QLatin1Char('='))) {
        return tr("A name has no = in it");
    }
    return {};
}

void EnvironmentEditor::describeRows() {
    const auto label = [](const Row& row, const QString& prefix, const QString& of) {
        row.name->setObjectName(prefix + QStringLiteral(".name"));
        row.value->setObjectName(prefix + QStringLiteral(".value"));
        row.remove->setObjectName(prefix + QStringLiteral(".remove"));
        row.from->setObjectName(prefix + QStringLiteral(".from"));
        row.value->setAccessibleName(of.isEmpty() ? tr("Value of the variable") : tr("Value of %1").arg(of));
    };
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto wrong = fault(i);
        const bool untouched = m_pairs[i].first.isEmpty() && m_pairs[i].second.isEmpty();
        label(m_rows[i], QStringLiteral("env.%1").arg(i), m_pairs[i].first);
        const bool changes = isFromImage(m_pairs[i].first);
        m_rows[i].from->setText(changes ? tr("changed") : tr("set here"));
        m_rows[i].from->setIconName(changes ? QStringLiteral("edit") : QStringLiteral("plus"));
        m_rows[i].from->setLook(changes ? chip_look::kWarn : chip_look::kAccent);
        m_rows[i].row->setRemark(untouched ? QString() : wrong, true, false);
        setInputMark(*m_rows[i].name, wrong.isEmpty() || untouched ? InputMark::None : InputMark::Error);
    }
    for (const auto& row : m_given) {
        label(row, QStringLiteral("env.given.%1").arg(row.name->text()), row.name->text());
        const bool ofFile = row.origin == From::File;
        row.from->setText(ofFile ? tr("from .env") : tr("image"));
        row.from->setIconName(ofFile ? QStringLiteral("file") : QStringLiteral("image"));
        row.from->setLook(ofFile ? chip_look::kInfo : chip_look::kNeutral);
    }
}

void EnvironmentEditor::refresh() {
    describeRows();
    m_count->setText(m_image.empty() ? tr("%n set here", nullptr, count())
                                     : tr("%1 set here, %2 from the image").arg(count()).arg(m_image.size()));
    applyFilter();
    emit changed();
}

int EnvironmentEditor::count() const {
    std::set<QString> names;
    for (const auto& pair : m_pairs) {
        names.insert(pair.first);
    }
    for (const auto& file : m_files) {
        for (const auto& pair : file.facts.pairs) {
            names.insert(pair.first);
        }
    }
    return int(names.size());
}

int EnvironmentEditor::problems() const {
    int wrong = 0;
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        wrong += fault(i).isEmpty() ? 0 : 1;
    }
    for (const auto& file : m_files) {
        wrong += file.facts.problem.isEmpty() ? 0 : 1;
    }
    return wrong;
}

QString EnvironmentEditor::summary() const {
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        if (auto wrong = fault(i); !wrong.isEmpty()) {
            return wrong;
        }
    }
    for (const auto& file : m_files) {
        if (!file.facts.problem.isEmpty()) {
            //: A file, and why it cannot be used
            return tr("%1: %2").arg(QFileInfo(file.path).fileName(), file.facts.problem);
        }
    }
    return {};
}

}  // namespace coracle::gui
