// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QPointer>

#include <cstdint>
#include <optional>

class QPainter;

namespace keyglass::ui {

class ByteContent;

/// The bits of a string as a grid, 64 to a row, counted as SETBIT counts them: bit 0 is the highest of the first byte.
/// Reads and paints only the rows on screen, so that 512 MB, which are four thousand million bits, open like eight.
class BitmapView : public QAbstractScrollArea {
    Q_OBJECT

public:
    static constexpr std::uint64_t rowBits = 64;

    explicit BitmapView(QWidget* parent = nullptr);

    /// Shows `content`, which must outlive being shown; nullptr: nothing.
    void setContent(ByteContent* content);
    [[nodiscard]] std::uint64_t cursor() const { return m_cursor; }
    /// Moves the cursor to a bit and shows it.
    void goTo(std::uint64_t bit);
    [[nodiscard]] std::uint64_t bitCount() const;
    /// Nothing while its byte is not loaded.
    [[nodiscard]] std::optional<bool> bitAt(std::uint64_t bit) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void cursorMoved();
    /// Space or a double click: the bit under the cursor is to be turned. `seen`: the byte it is in, as it is shown.
    void toggleWanted(std::uint64_t bit, char seen);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void paintRow(QPainter& painter, std::uint64_t row, int y);
    void paintBits(QPainter& painter, std::uint64_t firstBit, std::string_view bytes, int y);
    void updateScrollBars();
    void toggle();
    [[nodiscard]] std::optional<char> byteOf(std::uint64_t bit) const;
    [[nodiscard]] std::optional<std::uint64_t> keyTarget(const QKeyEvent& event) const;
    [[nodiscard]] std::uint64_t bitUnder(const QPoint& point) const;
    [[nodiscard]] std::uint64_t rowCount() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int cellWidth() const;
    [[nodiscard]] int bitColumn(std::uint64_t bitInRow) const;
    [[nodiscard]] int offsetWidth() const;

    QPointer<ByteContent> m_content;
    std::uint64_t m_cursor = 0;
};

} // namespace keyglass::ui
