// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editform.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QToolButton;

namespace keyglass::ui {

class ElidedLabel;

/// The line above a text that is edited: what it is of, how it is written, and what can be done with it.
class EditorBar : public QWidget {
    Q_OBJECT

public:
    explicit EditorBar(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// `guessed`: what it looks like. Without `asText` only forms are offered that can write any bytes.
    void setForms(EditForm current, EditForm guessed, bool asText);
    void setFormat(bool canBeLaidOut, bool isCompact);
    void setHistory(bool canUndo, bool canRedo);
    void setSaving(bool canSave, const QString& why);

Q_SIGNALS:
    void formChosen(keyglass::EditForm form);
    void formatWanted();
    void minifyWanted();
    void undoWanted();
    void redoWanted();
    void findWanted();
    void saveWanted();
    void closeWanted();

private:
    QToolButton* addButton(const QString& text, const QString& icon, const QString& tip, void (EditorBar::*signal)());

    ElidedLabel* m_title;
    QComboBox* m_form;
    QToolButton* m_format;
    QToolButton* m_minify;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QPushButton* m_save;
};

} // namespace keyglass::ui
