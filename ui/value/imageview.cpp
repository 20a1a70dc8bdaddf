// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/imageview.h"

#include <QPainter>

namespace keyglass::ui {

namespace {

constexpr int margin = 8;
constexpr int squareSide = 8; ///< Of the pattern behind what is transparent.

} // namespace

ImageView::ImageView(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Image"));
    setMinimumSize(64, 48);
}

void ImageView::setImage(const QImage& image, const QSize& pixels)
{
    m_image = image;
    setAccessibleDescription(
        image.isNull() ? QString() : tr("Image, %1 × %2 pixels").arg(pixels.width()).arg(pixels.height()));
    update();
}

void ImageView::paintEvent(QPaintEvent* /*event*/)
{
    if (m_image.isNull()) {
        return;
    }
    const QRect room = rect().adjusted(margin, margin, -margin, -margin);
    QSize size = m_image.size();
    if (size.width() > room.width() || size.height() > room.height()) {
        size.scale(room.size(), Qt::KeepAspectRatio);
    }
    QRect place(QPoint(0, 0), size);
    place.moveCenter(room.center());
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_image.hasAlphaChannel()) {
        painter.setClipRect(place);
        painter.fillRect(place, Qt::white);
        for (int y = 0; y < place.height(); y += squareSide) {
            for (int x = (y / squareSide) % 2 * squareSide; x < place.width(); x += 2 * squareSide) {
                painter.fillRect(place.x() + x, place.y() + y, squareSide, squareSide, Qt::lightGray);
            }
        }
    }
    painter.drawImage(place, m_image);
}

} // namespace keyglass::ui
