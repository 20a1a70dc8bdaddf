// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QByteArray>
#include <QPointer>

#include <cstdint>
#include <map>
#include <optional>

class QPainter;

namespace keyglass::ui {

class ByteContent;

/// Bytes as offset, hex and ASCII, sixteen to a row. Reads and paints only the rows on screen, so that the end of 512
/// MB is as near as the beginning. Bytes can be selected with mouse and keys, and copied.
///
/// Where it may, hex digits overwrite: what is typed is marked and stays here until Return asks for it to be written,
/// or Esc takes it back.
class HexView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit HexView(QWidget* parent = nullptr);

    /// Shows `content`, which must outlive being shown; nullptr: nothing.
    void setContent(ByteContent* content);
    /// Copies the selected bytes as hex digits, as far as they are loaded.
    void copySelection() const;
    [[nodiscard]] bool hasSelection() const { return m_cursor != m_anchor; }
    [[nodiscard]] std::uint64_t cursor() const { return m_cursor; }
    /// Moves the cursor to a byte and shows it.
    void goTo(std::uint64_t offset);
    /// Whether digits overwrite; what was typed before is taken back.
    void setOverwrites(bool overwrites);
    [[nodiscard]] bool hasChanges() const { return !m_changes.empty(); }

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The byte under the cursor, or the selection, is another one.
    void cursorMoved();
    /// One stretch of changed bytes is to be written in the place of `seen`.
    void changeWanted(std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    enum class Anchor { Moves, Stays };

    /// A byte that was typed over.
    struct Change {
        char seen = 0;
        char now = 0;
        bool isHalf = false; ///< Its second digit is still to come.
    };

    [[nodiscard]] bool takeKey(const QKeyEvent& event);
    void typeDigit(unsigned digit);
    void writeChanges();
    void dropChanges();
    void updateScrollBars();
    void paintRow(QPainter& painter, std::uint64_t row, int y);
    void paintBytes(QPainter& painter, std::uint64_t first, std::string_view bytes, int y);
    void moveCursor(std::uint64_t offset, Anchor anchor);
    [[nodiscard]] std::optional<std::uint64_t> keyTarget(const QKeyEvent& event) const;
    [[nodiscard]] std::uint64_t offsetAt(const QPoint& point) const;
    [[nodiscard]] std::uint64_t size() const;
    [[nodiscard]] std::uint64_t rowCount() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int charWidth() const;
    [[nodiscard]] int offsetDigits() const;
    [[nodiscard]] int hexColumn(std::uint64_t byteInRow) const;
    [[nodiscard]] int asciiColumn(std::uint64_t byteInRow) const;
    [[nodiscard]] int lineChars() const;

    QPointer<ByteContent> m_content;
    std::uint64_t m_cursor = 0;
    std::uint64_t m_anchor = 0;
    std::map<std::uint64_t, Change> m_changes; ///< By offset.
    bool m_overwrites = false;
};

} // namespace keyglass::ui
