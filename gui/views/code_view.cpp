// SPDX-License-Identifier: Apache-2.0
#include "gui/views/code_view.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QEvent>
#include <QPainter>
#include <QPlainTextDocumentLayout>
#include <QTextBlock>

namespace coracle::gui {
namespace {

constexpr int kGutterMargin = 16;
constexpr int kColumnGap = 10;
constexpr int kLineRoom = 6;

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

/// Room between lines, half of it above each.
class RoomyLayout : public QPlainTextDocumentLayout {
public:
    RoomyLayout(QTextDocument* document, int room) : QPlainTextDocumentLayout(document), m_room(room) {}

    QRectF blockBoundingRect(const QTextBlock& block) const override {
        QRectF place = QPlainTextDocumentLayout::blockBoundingRect(block);
        const QTextLayout* lines = block.layout();
        if (!place.isNull() && lines != nullptr && lines->lineCount() == 1) {
            QTextLine line = lines->lineAt(0);
            place.setHeight(place.height() - line.y() + m_room);
            line.setPosition({line.x(), m_room / 2.0});
        }
        return place;
    }

private:
    int m_room;
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
    auto* text = new QTextDocument(this);
    text->setDocumentLayout(new RoomyLayout(text, scaled(kLineRoom)));
    setDocument(text);
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
    layoutGutter();
}

void CodeView::showDiff(std::vector<DiffLine> lines) {
    m_lines = std::move(lines);
    QStringList texts;
    for (const DiffLine& line : m_lines) {
        texts.append(line.text);
    }
    setPlainText(texts.join(QLatin1Char('\n')));
    layoutGutter();
}

/// From edge to edge, as in the gutter; the text has margins.
void CodeView::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(viewport());
        for (QTextBlock block = firstVisibleBlock(); block.isValid() && !m_lines.empty();
             block = block.next()) {
            const QRect row = rowOf(block, viewport()->width());
            if (row.top() > viewport()->height()) {
                break;
            }
            const DiffLine::Kind kind = m_lines[std::size_t(block.blockNumber())].kind;
            if (kind != DiffLine::Kind::Same) {
                painter.fillRect(row, color(groundOf(kind)));
            }
        }
    }
    QPlainTextEdit::paintEvent(event);
}

/// A block at the end of the text is higher than its line.
QRect CodeView::rowOf(const QTextBlock& block, int width) const {
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    const int top = int(place.top());
    const int height =
        block.next().isValid() ? int(place.bottom()) - top : fontMetrics().lineSpacing() + scaled(kLineRoom);
    return {0, top, width, height};
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
        const QRect row = rowOf(block, area.width()).translated(0, top);
        if (row.top() > area.height()) {
            break;
        }
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
        m_gutter->update();
    }
}

}  // namespace coracle::gui
