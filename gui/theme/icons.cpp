// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/icons.h"

#include "gui/theme/metrics.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>

namespace coracle::gui {

namespace {

/// QtSvg does not know the current colour of CSS, so it is written into the text before it is rendered. The
/// logo has three own colours, which have twins for the dark theme.
QByteArray coloredSource(const QString& name, const QColor& paint) {
    QFile file(QStringLiteral(":/coracle/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon '%s'", qUtf8Printable(name));
        return {};
    }
    QByteArray text = file.readAll();
    text.replace("currentColor", paint.name().toLatin1());
    if (name == QLatin1String("coracle-logo") && currentPalette().scheme() == Scheme::Dark) {
        text.replace("#0A6468", color(Token::Link).name().toLatin1());
        text.replace("#0B6B70", color(Token::Accent).name().toLatin1());
        text.replace("#BFE0E0", color(Token::AccentSoft).name().toLatin1());
    }
    return text;
}

class SvgIconEngine : public QIconEngine {
public:
    SvgIconEngine(QString name, Token token) : m_name(std::move(name)), m_token(token) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const int side = std::min(rect.width(), rect.height());
        const QRect box(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side,
                        side);
        if (mode == QIcon::Disabled) {
            painter->setOpacity(painter->opacity() * 0.45);
        }
        painter->drawPixmap(
            box, iconPixmap(m_name, colorFor(state), side, painter->device()->devicePixelRatioF()));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override {
        // `size` is in device pixels here.
        QPixmap picture = iconPixmap(m_name, colorFor(state), std::min(size.width(), size.height()), 1.0);
        if (mode == QIcon::Disabled) {
            QPixmap faded(picture.size());
            faded.fill(Qt::transparent);
            QPainter painter(&faded);
            painter.setOpacity(0.45);
            painter.drawPixmap(0, 0, picture);
            return faded;
        }
        return picture;
    }
    QIconEngine* clone() const override { return new SvgIconEngine(m_name, m_token); }
    QString iconName() override { return m_name; }

private:
    QColor colorFor(QIcon::State state) const {
        return color(state == QIcon::On && m_token != Token::OnAccent ? Token::OnAccentSoft : m_token);
    }

    QString m_name;
    Token m_token;
};

}  // namespace

QIcon themeIcon(const QString& name, Token token) {
    return QIcon(new SvgIconEngine(name, token));
}

QPixmap iconPixmap(const QString& name, const QColor& paint, int pixels, qreal devicePixelRatio) {
    const QString key = QStringLiteral("coracle/%1/%2/%3/%4/%5")
                            .arg(name, paint.name(QColor::HexArgb))
                            .arg(pixels)
                            .arg(devicePixelRatio)
                            .arg(int(currentPalette().scheme()));
    QPixmap picture;
    if (QPixmapCache::find(key, &picture)) {
        return picture;
    }
    QSvgRenderer renderer(coloredSource(name, paint));
    picture = QPixmap((QSizeF(pixels, pixels) * devicePixelRatio).toSize());
    picture.fill(Qt::transparent);
    {
        QPainter painter(&picture);
        painter.setOpacity(paint.alphaF());
        renderer.render(&painter);
    }
    picture.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, picture);
    return picture;
}

void paintIcon(QPainter& painter, const QRect& area, const QString& name, const QColor& paint, int pixels) {
    if (name.isEmpty()) {
        return;
    }
    const int side = scaled(pixels);
    const QRect box(area.x() + (area.width() - side) / 2, area.y() + (area.height() - side) / 2, side, side);
    painter.drawPixmap(box, iconPixmap(name, paint, side, painter.device()->devicePixelRatioF()));
}

/// The installed one, which a tray in another process finds by its name and colours as it does the others;
/// else pictures, which go over the bus or to the window manager.
QIcon applicationIcon() {
    QIcon pictures;
    for (const int size : {16, 22, 24, 32, 48, 64, 128}) {
        pictures.addPixmap(iconPixmap(QStringLiteral("coracle-logo"), color(Token::Accent), size, 1.0));
    }
    return QIcon::fromTheme(QStringLiteral("org.coracle.Coracle"), pictures);
}

}  // namespace coracle::gui
