// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/celltext.h"

#include <QStringList>
#include <QWidget>

#include <memory>

class QAction;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace keyglass::ui {

class ByteContent;
class ElidedLabel;
class HexView;
class TextEditor;
class ValueState;

/// One string or cell in full: as text, laid out as JSON or as hex, with what it takes to see more of it and to copy
/// it.
///
/// The chosen format stays while the user goes from cell to cell.
class CellView : public QWidget {
    Q_OBJECT

public:
    explicit CellView(QWidget* parent = nullptr);
    ~CellView() override;

    /// Shows `content`; `title` names it ("prefs", "index 5"). With `keepPlace` the view stays scrolled where it is.
    void show(std::unique_ptr<ByteContent> content, const QString& title, bool keepPlace = false);
    void clear();
    /// Whether a long value waits for a click before all of it is read; it does from the start. The next one shown
    /// follows it.
    void setAsksBeforeLoading(bool asks) { m_asksBeforeLoading = asks; }

    /// Offers parts of the element to choose from beside its title; empty: it has none. The choice stays by name.
    void setParts(const QStringList& parts);
    /// Which part is chosen; 0 where there are none.
    [[nodiscard]] int part() const;

    [[nodiscard]] ByteContent* content() const { return m_content.get(); }
    [[nodiscard]] FormatChoice format() const;
    void setFormat(FormatChoice choice);
    /// What the value is shown as: the choice, or the guess where the choice is automatic.
    [[nodiscard]] ValueFormat shownFormat() const { return m_shown; }
    /// The line below the value: how much of it is there, what is wrong with it.
    [[nodiscard]] QString note() const;

    void copyText() const;
    void copyHex() const;
    void copyEscaped() const;

Q_SIGNALS:
    void partChosen();

private:
    QWidget* makeBar();
    void fillNoteBar();
    void makeCopyMenu();
    void addCopyAction(const QString& text, void (CellView::*copy)() const);
    void connectContent();
    void render();
    void renderOnPool(const std::shared_ptr<const std::string>& bytes, TextEnd end);
    void take(const RenderedText& rendered);
    void showBody();
    void showError(const Error& error);
    void updateNote();
    [[nodiscard]] QString sizeNote() const;
    [[nodiscard]] QString jsonNote() const;
    [[nodiscard]] QString hexNote() const;
    void updateFormatNames();

    std::unique_ptr<ByteContent> m_content;
    ElidedLabel* m_title;
    QComboBox* m_part;
    QComboBox* m_format;
    QToolButton* m_wrap;
    QToolButton* m_copy;
    QStackedWidget* m_stack;
    TextEditor* m_editor;
    HexView* m_hex;
    ValueState* m_state;
    QWidget* m_noteBar;
    QLabel* m_note;
    QPushButton* m_more;
    RenderedText m_rendered; ///< The last one, without its text, which is the editor's.
    ValueFormat m_shown = ValueFormat::Text;
    std::uint64_t m_generation = 0; ///< Of what is rendered: late results are dropped.
    bool m_keepPlace = false;
    bool m_asksBeforeLoading = true;
    QString m_error;
};

} // namespace keyglass::ui
