// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/bytecontent.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <cstdint>
#include <utility>

class QPainter;

namespace keyglass::ui {

/// What the views of bytes as rows of one height have in common: they read and paint only the rows on screen, so that
/// the end of 512 MB is as near as the beginning.
class ByteRowsView : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// Shows `content`, which must outlive being shown; nullptr: nothing.
    void setContent(ByteContent* content);
    /// Where the bytes on screen begin, and how many there is room for.
    [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> shownBytes() const;

Q_SIGNALS:
    /// Other rows are on screen.
    void scrolled();
    /// What is under the cursor is something else, or known by now.
    void cursorMoved();

protected:
    /// The font is for who derives from it to set: only then can it be measured.
    ByteRowsView(const QString& name, QWidget* parent);

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

    /// Another content is shown: the cursor is to be at its beginning.
    virtual void contentChanged() = 0;
    /// `y`: of its top.
    virtual void paintRow(QPainter& painter, std::uint64_t row, int y) = 0;
    [[nodiscard]] virtual std::uint64_t rowCount() const = 0;
    [[nodiscard]] virtual std::uint64_t rowBytes() const = 0;
    [[nodiscard]] virtual int rowHeight() const = 0;
    [[nodiscard]] virtual int rowWidth() const = 0;

    [[nodiscard]] ByteContent* content() const { return m_content; }
    /// Bytes; those that are there while the size is not known.
    [[nodiscard]] std::uint64_t byteCount() const;
    [[nodiscard]] int visibleRows() const;
    /// The row at a place of the viewport.
    [[nodiscard]] std::uint64_t rowAt(const QPoint& point) const;
    /// Scrolls as little as it takes.
    void showRow(std::uint64_t row);

private:
    void updateScrollBars();

    QPointer<ByteContent> m_content;
};

} // namespace keyglass::ui
