// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/editortext.h"

#include <QWidget>

class QsciLexerJSON;
class QsciScintilla;

namespace keyglass::ui {

/// A read-only text of a value: QScintilla, made to follow our palette, font and keys.
class TextEditor : public QWidget {
    Q_OBJECT

public:
    enum class Language { Plain, Json };

    explicit TextEditor(QWidget* parent = nullptr);
    ~TextEditor() override;

    /// Shows `text`; with KeepPlace the first visible line stays where it is.
    enum class Place { Top, Keep };
    void setText(const EditorText& text, Language language, Place place);
    /// What is shown, stand-ins and all.
    [[nodiscard]] QString text() const;
    /// Breaks lines at the edge, while the text is short enough for that.
    void setWrapping(bool wrap);
    [[nodiscard]] bool hasSelection() const;
    void copySelection() const;
    /// The share of the text that is above what is on screen: 0 to 1.
    [[nodiscard]] double scrolledShare() const;

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void selectionChanged();
    void scrolled();

protected:
    void changeEvent(QEvent* event) override;

private:
    void markStandIns(const EditorText& text);
    void applyWrapping();
    void applyLook();
    void applyJsonColors();

    QsciScintilla* m_editor;
    QsciLexerJSON* m_json;
    Language m_language = Language::Plain;
    bool m_wrapping = true;
    bool m_isWrappable = true;
};

} // namespace keyglass::ui
