// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/byterowsview.h"
#include "ui/value/hexchanges.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <string_view>

class QAction;

namespace keyglass::ui {

/// Bytes as offset, hex and ASCII, sixteen to a row. Bytes can be selected with mouse and keys, and copied.
///
/// Where it may, hex digits overwrite: what is typed is marked and stays here, whatever is read again below it, until
/// it is written, for which Return asks, or Esc takes it back. All of that can be undone. Insert asks for bytes to be
/// put in before the cursor.
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
    /// Whether digits overwrite: what was typed is shown only while they do.
    void setOverwrites(bool overwrites);
    [[nodiscard]] bool hasChanges() const { return !m_changes.isEmpty(); }
    [[nodiscard]] const HexChanges& changes() const { return m_changes; }
    /// In place of what was typed so far, which can't be undone.
    void setChanges(HexChanges changes);
    /// See HexChanges; nobody is told of the first.
    void addEarlier(const HexChanges& earlier);
    void written(const HexChanges::Stretch& stretch);
    void seeAgain(std::uint64_t offset, std::string_view bytes);
    /// What was typed is taken back by the user; can be undone.
    void takeBack();
    /// Other bytes are to be shown, to which what was typed does not belong.
    void forgetChanges();
    void undo();
    void redo();

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The changed bytes are others, by the user's hand or because they are written.
    void changesChanged();
    /// What was typed is gone from here, unwritten: by forgetChanges().
    void changesForgotten();
    /// What is typed is to be written.
    void writeWanted();
    /// Something is to be put in at `offset`, before the bytes that are seen there: a few of them, none at the end.
    void insertWanted(std::uint64_t offset, const QByteArray& seen);
    /// Nothing can be put in while something is typed: it would stand elsewhere then.
    void insertBlocked();

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

    [[nodiscard]] bool takeKey(const QKeyEvent& event);
    void typeDigit(unsigned digit);
    void tellChanged();
    void describe();
    void addActions();
    [[nodiscard]] bool takesShortcut(const QKeyEvent& event) const;
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
    HexChanges m_changes;
    bool m_overwrites = false;
    QAction* m_insert = nullptr;
    QAction* m_append = nullptr;
    QAction* m_write = nullptr;
    QAction* m_takeBack = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
};

} // namespace keyglass::ui
