// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/byterowsview.h"

#include <cstdint>
#include <optional>

namespace keyglass::ui {

/// The bits of a string as a grid, 64 to a row, counted as SETBIT counts them: bit 0 is the highest of the first byte.
class BitmapView : public ByteRowsView {
    Q_OBJECT

public:
    static constexpr std::uint64_t rowBits = 64;

    explicit BitmapView(QWidget* parent = nullptr);

    [[nodiscard]] std::uint64_t cursor() const { return m_cursor; }
    /// Moves the cursor to a bit and shows it.
    void goTo(std::uint64_t bit);
    [[nodiscard]] std::uint64_t bitCount() const;
    /// Nothing while its byte is not loaded.
    [[nodiscard]] std::optional<bool> bitAt(std::uint64_t bit) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// Space or a double click: the bit under the cursor is to be turned. `seen`: the byte it is in, as it is shown.
    void toggleWanted(std::uint64_t bit, char seen);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contentChanged() override { m_cursor = 0; }
    void paintRow(QPainter& painter, std::uint64_t row, int y) override;
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] std::uint64_t rowBytes() const override { return rowBits / 8; }
    [[nodiscard]] int rowHeight() const override;
    [[nodiscard]] int rowWidth() const override;

private:
    void describe();
    void paintBits(QPainter& painter, std::uint64_t firstBit, std::string_view bytes, int y);
    void toggle();
    [[nodiscard]] std::optional<char> byteOf(std::uint64_t bit) const;
    [[nodiscard]] std::optional<std::uint64_t> keyTarget(const QKeyEvent& event) const;
    [[nodiscard]] std::uint64_t bitUnder(const QPoint& point) const;
    [[nodiscard]] int cellWidth() const;
    [[nodiscard]] int bitColumn(std::uint64_t bitInRow) const;
    [[nodiscard]] int offsetWidth() const;

    std::uint64_t m_cursor = 0;
};

} // namespace keyglass::ui
