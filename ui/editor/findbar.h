// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/codeeditor.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace keyglass::ui {

/// Finds and replaces in one CodeEditor. Hidden until it is wanted; Esc hides it and goes back to the text.
class FindBar : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(CodeEditor* editor, QWidget* parent = nullptr);

    void openToFind();
    void openToReplace();
    void close();
    void findAgain(CodeEditor::Direction direction);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void open(QWidget* focused);
    [[nodiscard]] FindQuestion question() const;
    void tell(const QString& text);
    void replaceOne();
    void replaceAll();
    QToolButton* addButton(const QString& text, const QString& icon, const QString& tip);

    CodeEditor* m_editor;
    QLineEdit* m_text;
    QLineEdit* m_by;
    QToolButton* m_case;
    QLabel* m_state;
};

} // namespace keyglass::ui
