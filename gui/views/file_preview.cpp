// SPDX-License-Identifier: Apache-2.0
#include "gui/views/file_preview.h"

#include "core/types/image_view.h"
#include "gui/format.h"
#include "gui/views/code_view.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kHeadHeight = 40;
/// The name may take all the room, and leaves what it does not need.
constexpr int kNameFirst = 100;
/// As much as the engine gives of a file at once.
constexpr std::uint64_t kShownBytes = 1U << 20U;

}  // namespace

FilePreview::FilePreview(EngineService& engine, QWidget* parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_icon(new IconLabel(QStringLiteral("file"), Token::Text))
    , m_name(new TextLabel({}, TextRole::Strong))
    , m_mark(new Chip({}, {}, chip_look::kWarn))
    , m_mode(new Segments)
    , m_restore(makeButton(QStringLiteral("files.restore"), tr("Restore"), QStringLiteral("undo"),
                           ButtonKind::Normal, ButtonSize::Small))
    , m_stack(new QStackedWidget)
    , m_code(new CodeView(QStringLiteral("files.text"), tr("Content of the file")))
    , m_words(new EmptyState(QStringLiteral("file"), {}, {}))
    , m_facts(new KeyValueGrid(1, 88)) {
    setObjectName(QStringLiteral("files.preview"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_head = new Panel(Token::Window, Qt::BottomEdge);
    m_head->setFixedHeight(scaled(kHeadHeight));
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(scaled(metrics::kCardPadding), 0, scaled(metrics::kSpace), 1);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    row->addWidget(m_icon);
    m_name->setObjectName(QStringLiteral("files.name"));
    m_name->setElided(Qt::ElideMiddle);
    row->addWidget(m_name, kNameFirst);
    m_mark->setObjectName(QStringLiteral("files.mark"));
    m_mark->setInteractive(false);
    row->addWidget(m_mark);
    row->addStretch(1);
    m_mode->setSmall();
    m_mode->setObjectName(QStringLiteral("files.diff"));
    m_mode->add(QStringLiteral("diff"), tr("Diff"));
    m_mode->add(QStringLiteral("file"), tr("File"));
    m_mode->setCurrent(0);
    connect(m_mode, &Segments::currentChanged, this, &FilePreview::take);
    row->addWidget(m_mode);
    row->addWidget(m_restore);
    column->addWidget(m_head);
    m_stack->addWidget(m_words);
    m_stack->addWidget(m_code);
    column->addWidget(m_stack, 1);
    m_foot = new Panel(Token::Window, Qt::TopEdge);
    auto* foot = new QVBoxLayout(m_foot);
    foot->setContentsMargins(scaled(metrics::kCardPadding), scaled(10), scaled(metrics::kCardPadding),
                             scaled(10));
    m_facts->setObjectName(QStringLiteral("files.facts"));
    foot->addWidget(m_facts);
    column->addWidget(m_foot);
    m_words->setObjectName(QStringLiteral("files.words"));
    clear();
}

void FilePreview::say(const QString& iconName, const QString& title, const QString& text) {
    Q_UNUSED(iconName)
    m_words->setText(title, text);
    m_stack->setCurrentWidget(m_words);
}

void FilePreview::clear() {
    m_nowRequest.cancel();
    m_imageRequest.cancel();
    m_subject.reset();
    m_head->hide();
    m_foot->hide();
    say({}, tr("No file chosen"), tr("Choose a file to look into it and to see what was changed."));
}

void FilePreview::show(const Subject& subject) {
    m_nowRequest.cancel();
    m_imageRequest.cancel();
    ++m_round;  // an answer that is on its way is about another file
    const bool other = !m_subject || m_subject->path != subject.path;
    m_subject = subject;
    m_now.reset();
    m_original.reset();
    const bool folder = subject.file && subject.file->kind == types::ImageFileKind::Folder;
    m_icon->setIcon(folder ? QStringLiteral("folder") : QStringLiteral("file"), Token::Text);
    m_name->setText(format::text(subject.path.substr(subject.path.rfind('/') + 1)));
    m_name->setMaximumWidth(m_name->sizeHint().width() + 1);  // the mark stands beside it
    m_mark->setVisible(subject.change != 0);
    m_mark->setText(subject.change == 'A'   ? tr("added")
                    : subject.change == 'D' ? tr("deleted")
                                            : tr("modified"));
    m_mark->setLook(subject.change == 'A'   ? chip_look::kOk
                    : subject.change == 'D' ? chip_look::kErr
                                            : chip_look::kWarn);
    m_mode->setVisible(subject.change == 'C' && !folder);
    if (other) {
        m_mode->setCurrent(0);
    }
    m_restore->setVisible(subject.change != 0 && !(folder && subject.change == 'C'));
    m_restore->setText(subject.change == 'A' ? tr("Delete") : tr("Restore"));
    m_restore->setToolTip(subject.change == 'A' ? tr("Delete what the container made")
                                                : tr("Make it what it is in the image"));
    m_restore->setAccessibleName(m_restore->text());
    m_head->show();
    showFacts();
    m_foot->show();
    ask();
}

void FilePreview::showFacts() {
    m_facts->clear();
    m_facts->set(tr("Path"), format::text(m_subject->path), TextRole::CodeSmall);
    if (m_subject->file) {
        const types::ImageFile& file = *m_subject->file;
        m_facts->set(tr("Owner"), file.uid == 0 ? tr("%1 inside, you outside").arg(m_subject->owner)
                                                : tr("%1 inside").arg(m_subject->owner));
        m_facts->set(tr("Mode"), format::text(types::modeText(file)), TextRole::CodeSmall);
        if (file.kind == types::ImageFileKind::Symlink) {
            m_facts->set(tr("Leads to"), format::text(file.link), TextRole::CodeSmall);
        }
    }
    if (!m_subject->mount.isEmpty()) {
        m_facts->set(tr("Mounted"), m_subject->mount);
    }
}

void FilePreview::ask() {
    const auto& file = m_subject->file;
    if (m_subject->change != 'D' && !file) {
        say({}, tr("Looking"), {});
        return;  // the list of its folder is on its way
    }
    if (m_subject->change != 'D') {
        if (file->kind == types::ImageFileKind::Folder) {
            say({}, tr("A folder"), tr("Open it to see what is in it, or download it as a whole."));
            return;
        }
        if (file->kind != types::ImageFileKind::File) {
            say({},
                file->kind == types::ImageFileKind::Symlink ? tr("A link") : tr("A device, pipe or socket"),
                tr("It has no content of its own."));
            return;
        }
        m_nowRequest =
            m_engine.readContainerFile(this, m_subject->container, m_subject->path, types::FileVersion::Now,
                                       [this, round = m_round](const Result<std::string>& bytes) {
                                           if (round == m_round) {
                                               m_now = bytes;
                                               take();
                                           }
                                       });
    }
    if (m_subject->change == 'C' || m_subject->change == 'D') {
        m_imageRequest = m_engine.readContainerFile(
            this, m_subject->container, m_subject->path, types::FileVersion::OfImage,
            [this, round = m_round](const Result<std::string>& bytes) {
                if (round == m_round) {
                    m_original = bytes;
                    take();
                }
            });
    }
}

void FilePreview::take() {
    if (!m_subject) {
        return;
    }
    const bool deleted = m_subject->change == 'D';
    const bool compare = m_subject->change == 'C' && m_mode->current() == 0;
    const std::optional<Result<std::string>>& shown = deleted ? m_original : m_now;
    if (!shown || (compare && !m_original)) {
        return;
    }
    if (deleted && !*shown) {
        say({}, tr("Deleted here"), tr("The image still has it. Restore brings it back."));
        return;
    }
    for (const auto* answer : {&shown, compare ? &m_original : &shown}) {
        if (!**answer) {
            say({}, tr("It cannot be shown"), format::error((*answer)->error()));
            return;
        }
    }
    QStringList now;
    QStringList before;
    if (!textLines(**shown, now) || (compare && !textLines(**m_original, before))) {
        say({}, tr("Not a text"), tr("Download it to open it with a program of yours."));
        return;
    }
    if (compare) {
        auto lines = diffLines(before, now);
        if (lines.empty()) {
            say({}, tr("Same content as in the image"), tr("Its owner, mode or time was changed."));
            return;
        }
        m_facts->set(tr("Was"),
                     tr("%1 in the image").arg(format::bytes(std::uint64_t((*m_original)->size()))));
        m_code->showDiff(std::move(lines));
    } else {
        m_code->showLines(now);
    }
    if (m_subject->file && m_subject->file->size > kShownBytes) {
        m_facts->set(tr("Shown"), tr("the first %1").arg(format::bytes(kShownBytes)));
    }
    m_stack->setCurrentWidget(m_code);
}

}  // namespace coracle::gui
