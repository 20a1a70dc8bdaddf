// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editform.h"

#include <QWidget>

#include <cstddef>
#include <optional>
#include <string>

class QsciLexer;
class QsciScintilla;

namespace keyglass::ui {

/// What is looked for in a text.
struct FindQuestion {
    QString text;
    bool caseCounts = false;
};

/// A text that can be edited: QScintilla with our colours, keys and fonts. It gives back every byte that it was given
/// and that was not edited, line ends included.
class CodeEditor : public QWidget {
    Q_OBJECT

public:
    /// `name`: for screen readers.
    explicit CodeEditor(const QString& name, QWidget* parent = nullptr);
    ~CodeEditor() override;

    /// Begins anew: nothing can be undone, and nothing is modified.
    void setText(const std::string& text, EditForm form);
    /// As one step that can be undone. What is alike at both ends stays as it is, caret included.
    void replaceText(const std::string& text);
    [[nodiscard]] std::string text() const;
    void setReadOnly(bool readOnly);
    /// Other colours for the same text.
    void setForm(EditForm form);

    /// Against the last setText() or setUnmodified(); undoing back to there counts.
    [[nodiscard]] bool isModified() const;
    void setUnmodified();
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    void undo();
    void redo();

    /// Puts the caret there, in sight.
    void goTo(std::size_t byte);
    void select(std::size_t from, std::size_t to);
    [[nodiscard]] std::size_t caret() const;
    /// Takes over caret and selection of another QScintilla with the same text, or that all of it is selected; false:
    /// its text is another, and only part of it is selected.
    bool takePlaceOf(const QWidget* other);
    /// As if typed.
    void type(const QString& text);
    /// Underlines the character there; nothing: none.
    void markProblem(std::optional<std::size_t> byte);

    /// Selects the next place, around the end; false: there is none.
    enum class Direction { Next, Previous };
    bool find(const FindQuestion& question, Direction direction);
    /// Replaces what is selected, if that is what is looked for, and goes to the next.
    bool replace(const FindQuestion& question, const QString& by);
    /// As one step that can be undone. How many.
    int replaceAll(const FindQuestion& question, const QString& by);
    [[nodiscard]] QString selectedText() const;

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void changed();
    void caretMoved();
    void findWanted();
    void replaceWanted();
    void findAgainWanted(keyglass::ui::CodeEditor::Direction direction);
    void escapePressed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeKeys();
    void applyLook();
    void applyLineEnds(const std::string& text);
    void fitLineNumbers();
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    /// The place of the next one from `from` on towards `to`.
    [[nodiscard]] std::optional<std::pair<long, long>> search(const FindQuestion& question, long from, long to) const;
    void replaceRange(long from, long to, const std::string& by);
    long send(unsigned message, unsigned long w = 0, long l = 0) const;

    QsciScintilla* m_sci;
    QsciLexer* m_lexer = nullptr;
    EditForm m_form = EditForm::Text;
    bool m_isBeginning = false; ///< setText(): nobody has changed anything.
};

} // namespace keyglass::ui
