// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include <QAbstractButton>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <utility>

/// Q_INIT_RESOURCE has to stand outside of any namespace.
static void initIconResources()
{
    Q_INIT_RESOURCE(keyglass);
}

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

QPalette::ColorRole roleOf(QIcon::Mode mode)
{
    return mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
}

/// Draws an SVG whose strokes say `currentColor` in the colour that the application's palette has at that moment.
class PaletteIconEngine : public QIconEngine {
public:
    PaletteIconEngine(QString name, QByteArray svg)
        : m_name(std::move(name))
        , m_svg(std::move(svg))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        const QPalette::ColorGroup group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        QByteArray colored = m_svg;
        colored.replace("currentColor", QGuiApplication::palette().color(group, roleOf(mode)).name().toLatin1());
        QSvgRenderer renderer(colored);
        const int side = std::min(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        renderer.render(painter, square);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    /// `size` is in device pixels.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const QString key = u"keyglass-icon/%1/%2x%3/%4/%5/%6"_s.arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(static_cast<int>(mode))
                                .arg(QGuiApplication::palette().cacheKey())
                                .arg(scale);
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = QPixmap(size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            paint(&painter, QRect(QPoint(), size), mode, state);
            painter.end();
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new PaletteIconEngine(*this); }

private:
    QString m_name;
    QByteArray m_svg;
};

} // namespace

QIcon icon(const QString& name)
{
    initIconResources();
    QFile file(u":/keyglass/icons/%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? QIcon(new PaletteIconEngine(name, file.readAll())) : QIcon();
}

void setIcon(QAbstractButton* button, const QString& name)
{
    button->setIcon(icon(name));
    button->setIconSize({16, 16});
}

QIcon applicationIcon()
{
    initIconResources();
    return QIcon(u":/keyglass/org.keyglass.Keyglass.svg"_s);
}

} // namespace keyglass::ui
