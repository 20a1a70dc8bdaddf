// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

class QMenu;
class QToolBar;
class QWidget;

namespace keyglass::ui {

/// One thing the user can do, as a row of a table: menus, tool bars, context menus and the command palette are made
/// from it.
struct ActionSpec {
    QString id;                      ///< Stable, for code and tests: "scan.start". Also the QAction's objectName.
    QString text;                    ///< Translated, with its mnemonic: tr("&Start scan").
    QList<QKeySequence> shortcuts{}; ///< The first one is shown.
    QString icon{};                  ///< A name icon() knows; empty: none.
    std::function<void(bool checked)> run{};
    bool checkable = false;
    QString tip{}; ///< More than the text says; empty: the text.
    QAction::MenuRole role = QAction::NoRole;
    Qt::ShortcutContext context = Qt::WindowShortcut;
};

/// The actions of one window, made from specs, found by id.
///
/// Owns the actions, and adds each to the window, so that its shortcut works without a menu. GUI thread.
class ActionTable : public QObject {
    Q_OBJECT

public:
    explicit ActionTable(QWidget* window);

    /// An id twice, or a shortcut that another action of this table has, is our own mistake and asserts.
    QAction* add(ActionSpec spec);
    void add(std::vector<ActionSpec> specs);

    /// The action with this id; an unknown one is our own mistake and asserts.
    [[nodiscard]] QAction* operator[](const QString& id) const;
    [[nodiscard]] const std::vector<QAction*>& all() const { return m_actions; }

    /// Puts the actions into the menu or tool bar in this order; "-" is a separator.
    void fill(QMenu* menu, const QStringList& ids) const;
    void fill(QToolBar* bar, const QStringList& ids) const;

    void setEnabled(const QStringList& ids, bool enabled) const;

private:
    void fillWidget(QWidget* widget, const QStringList& ids) const;

    QWidget* m_window;
    std::vector<QAction*> m_actions;
};

/// The text without its mnemonic, and its shortcut behind it: "Start scan (F5)".
[[nodiscard]] QString tipWithShortcut(const QAction& action);

} // namespace keyglass::ui
