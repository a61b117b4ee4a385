// SPDX-License-Identifier: Apache-2.0
#include "gui/views/code_view.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QEvent>
#include <QPainter>
#include <QTextBlock>

namespace coracle::gui {
namespace {

constexpr int kGutterMargin = 16;
constexpr int kColumnGap = 10;

/// Paints through its owner, whose lines it stands beside.
class Gutter : public QWidget {
public:
    Gutter(QWidget* parent, std::function<void(const QRect&)> paint)
        : QWidget(parent), m_paint(std::move(paint)) {}

protected:
    void paintEvent(QPaintEvent*) override { m_paint(rect()); }

private:
    std::function<void(const QRect&)> m_paint;
};

Token groundOf(DiffLine::Kind kind) {
    switch (kind) {
    case DiffLine::Kind::Added:
        return Token::OkSoft;
    case DiffLine::Kind::Removed:
        return Token::ErrSoft;
    case DiffLine::Kind::Gap:
        return Token::Window;
    default:
        return Token::Surface;
    }
}

}  // namespace

CodeView::CodeView(const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent), m_gutter(new Gutter(this, [this](const QRect& area) { paintGutter(area); })) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(themeFont(TextRole::Code));
    document()->setDocumentMargin(scaled(metrics::kSpaceSmall));
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, [this] { m_gutter->update(); });
}

void CodeView::showLines(const QStringList& lines) {
    m_lines.clear();
    setPlainText(lines.join(QLatin1Char('\n')));
    colorLines();
    layoutGutter();
}

void CodeView::showDiff(std::vector<DiffLine> lines) {
    m_lines = std::move(lines);
    QStringList texts;
    for (const DiffLine& line : m_lines) {
        texts.append(line.text);
    }
    setPlainText(texts.join(QLatin1Char('\n')));
    colorLines();
    layoutGutter();
}

void CodeView::colorLines() {
    QList<QTextEdit::ExtraSelection> grounds;
    int number = 0;
    for (const DiffLine& line : m_lines) {
        if (line.kind != DiffLine::Kind::Same) {
            QTextEdit::ExtraSelection ground;
            ground.cursor = QTextCursor(document()->findBlockByNumber(number));
            ground.format.setBackground(color(groundOf(line.kind)));
            ground.format.setProperty(QTextFormat::FullWidthSelection, true);
            grounds.append(ground);
        }
        ++number;
    }
    setExtraSelections(grounds);
}

int CodeView::numberWidth() const {
    int most = blockCount();
    for (const DiffLine& line : m_lines) {
        most = std::max({most, line.oldNumber, line.newNumber});
    }
    const int digits = std::max(3, int(QString::number(most).size()));
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits;
}

void CodeView::layoutGutter() {
    const int columns = m_lines.empty() ? 1 : 2;
    const int sign =
        m_lines.empty() ? 0 : fontMetrics().horizontalAdvance(QLatin1Char('+')) + scaled(kColumnGap);
    const int width = scaled(kGutterMargin) + columns * (numberWidth() + scaled(kColumnGap)) + sign;
    setViewportMargins(width, 0, 0, 0);
    m_gutter->setGeometry(QRect(0, 0, width, height()));
    m_gutter->update();
}

void CodeView::paintGutter(const QRect& area) {
    QPainter painter(m_gutter);
    painter.fillRect(area, color(Token::Surface));
    painter.setFont(font());
    const int wide = numberWidth();
    const int top = viewport()->y();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > area.height()) {
            break;
        }
        // A block at the end of the text is higher than its line.
        const QRect row(0, top + int(place.top()), area.width(), fontMetrics().lineSpacing());
        int x = scaled(kGutterMargin);
        const auto number = [&](int value) {
            if (value > 0) {
                painter.setPen(color(Token::Muted));
                painter.drawText(QRect(x, row.top(), wide, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                                 QString::number(value));
            }
            x += wide + scaled(kColumnGap);
        };
        if (m_lines.empty()) {
            number(block.blockNumber() + 1);
            continue;
        }
        const DiffLine& line = m_lines[std::size_t(block.blockNumber())];
        painter.fillRect(row, color(groundOf(line.kind)));
        number(line.oldNumber);
        number(line.newNumber);
        const bool added = line.kind == DiffLine::Kind::Added;
        if (added || line.kind == DiffLine::Kind::Removed) {
            painter.setPen(color(added ? Token::Ok : Token::Err));
            painter.drawText(QRect(x, row.top(), area.width() - x, row.height()), Qt::AlignVCenter,
                             added ? QStringLiteral("+") : QStringLiteral("-"));
        }
    }
}

void CodeView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(QRect(0, 0, viewport()->x(), height()));
}

void CodeView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_gutter != nullptr) {
        colorLines();
        m_gutter->update();
    }
}

}  // namespace coracle::gui
