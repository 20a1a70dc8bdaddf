// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/byterowsview.h"

#include <QByteArray>

#include <cstdint>
#include <map>
#include <optional>

class QAction;

namespace keyglass::ui {

/// Bytes as offset, hex and ASCII, sixteen to a row. Bytes can be selected with mouse and keys, and copied.
///
/// Where it may, hex digits overwrite: what is typed is marked and stays here until Return asks for it to be written,
/// or Esc takes it back. Insert asks for bytes to be put in before the cursor.
class HexView : public ByteRowsView {
    Q_OBJECT

public:
    explicit HexView(QWidget* parent = nullptr);

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
    /// One stretch of changed bytes is to be written in the place of `seen`.
    void changeWanted(std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes);
    /// Something is to be put in at `offset`, before the bytes that are seen there: a few of them, none at the end.
    void insertWanted(std::uint64_t offset, const QByteArray& seen);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contentChanged() override;
    void paintRow(QPainter& painter, std::uint64_t row, int y) override;
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] std::uint64_t rowBytes() const override;
    [[nodiscard]] int rowHeight() const override;
    [[nodiscard]] int rowWidth() const override;

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
    void addActions();
    void askInsertion(std::uint64_t offset);
    void paintBytes(QPainter& painter, std::uint64_t first, std::string_view bytes, int y);
    void moveCursor(std::uint64_t offset, Anchor anchor);
    [[nodiscard]] std::optional<std::uint64_t> keyTarget(const QKeyEvent& event) const;
    [[nodiscard]] std::uint64_t offsetAt(const QPoint& point) const;
    [[nodiscard]] std::uint64_t size() const { return byteCount(); }
    [[nodiscard]] int charWidth() const;
    [[nodiscard]] int offsetDigits() const;
    [[nodiscard]] int hexColumn(std::uint64_t byteInRow) const;
    [[nodiscard]] int asciiColumn(std::uint64_t byteInRow) const;
    [[nodiscard]] int lineChars() const;

    std::uint64_t m_cursor = 0;
    std::uint64_t m_anchor = 0;
    std::map<std::uint64_t, Change> m_changes; ///< By offset.
    bool m_overwrites = false;
    QAction* m_insert = nullptr;
    QAction* m_append = nullptr;
};

} // namespace keyglass::ui
