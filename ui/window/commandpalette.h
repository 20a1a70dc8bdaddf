// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace keyglass::ui {

/// Every action of the window by name: type a few letters of its words, Return runs it.
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    /// `actions` must outlive the palette; those that are disabled when it opens are left out.
    explicit CommandPalette(const QList<QAction*>& actions, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMatches(const QString& words);
    void run();

    QList<QAction*> m_actions;
    QLineEdit* m_edit;
    QListWidget* m_list;
};

/// An action's text as people read it: without the accelerator's `&` and the dots.
[[nodiscard]] QString plainText(const QAction& action);
/// True if every word of `words` begins a word of `text`, in any order and case.
[[nodiscard]] bool matchesWords(const QString& text, const QString& words);

} // namespace keyglass::ui
