// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/keyhistory.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QStackedWidget;

namespace keyglass::ui {

class PreviewTabBar;

/// The opened keys of a session as tabs. One of them may be the preview, which the next previewed key takes over; the
/// others stay until they are closed. While there is none, a page says how to open one. Beside the keys there may be
/// pages of another kind (the key table): these have no key, no pane and no part in the history.
class KeyTabs : public QWidget {
    Q_OBJECT

public:
    /// Makes the pane that shows one key in a tab, and lets it show another.
    struct Panes {
        std::function<QWidget*(QWidget* parent)> make;
        std::function<void(QWidget& pane, const std::string& key)> show;
        /// What the tab of a key says, in full: the key's name if there is none.
        std::function<QString(const std::string& key)> name{};
        /// Asks for what is not saved in a pane, then goes on; nothing: there is nothing to ask for.
        std::function<void(QWidget& pane, std::function<void()> then)> leave{};
    };

    KeyTabs(Panes panes, QWidget* placeholder, QWidget* parent = nullptr);

    /// Shows `key` in its own tab if it has one, else in the preview.
    void preview(const std::string& key);
    /// Shows `key` in a tab that stays.
    void open(const std::string& key);
    void keepCurrent();
    /// The pane's tab is no preview any more.
    void keep(const QWidget& pane);
    /// Marks the pane's tab: something in it is not saved.
    void setEdited(const QWidget& pane, bool edited);
    /// A key has another name now: its tab shows that one.
    void replace(const std::string& key, const std::string& by);
    /// Reads the key of a tab again, if it has one.
    void showAgain(const std::string& key);
    /// Adds a page that is no key's; takes it over. Closing its tab deletes it.
    void addPage(QWidget* page, const QString& title);
    void selectPage(const QWidget& page);
    [[nodiscard]] bool holds(const QWidget& page) const { return tabOf(page) >= 0; }
    /// Once what is not saved in it has been asked for.
    void close(int tab);
    void closeCurrent();
    void closeAll(); ///< Those of keys, unasked.
    void select(int tab);
    void back();
    void forward();

    [[nodiscard]] int count() const { return static_cast<int>(m_tabs.size()); }
    [[nodiscard]] int currentTab() const;
    /// Null where none is open, or a page is in front that is no key's.
    [[nodiscard]] QWidget* currentPane() const;
    /// The page in front that is no key's; null where a key is.
    [[nodiscard]] QWidget* currentPage() const;
    [[nodiscard]] std::optional<std::string> currentKey() const;
    [[nodiscard]] bool isPreview(int tab) const;
    [[nodiscard]] bool canGoBack() const { return m_history.canGoBack(); }
    [[nodiscard]] bool canGoForward() const { return m_history.canGoForward(); }
    [[nodiscard]] std::vector<QWidget*> panes() const;

Q_SIGNALS:
    /// Another key, or none, is shown; also when the history moved.
    void currentChanged();

private:
    struct Tab {
        std::string key;
        QWidget* pane;
        bool edited = false;
        bool isPage = false; ///< Not a key's.
    };

    [[nodiscard]] int tabOf(const std::string& key) const;
    int add(const std::string& key);
    int addTab(Tab tab);
    [[nodiscard]] int tabOf(const QWidget& pane) const;
    void showKey(int tab, const std::string& key);
    void nameTab(int tab);
    void remove(int tab);
    void moved(int from, int to);
    void selected(int tab);

    Panes m_panes;
    std::vector<Tab> m_tabs; ///< In the order of the bar.
    KeyHistory m_history;
    PreviewTabBar* m_bar;
    QStackedWidget* m_stack;
    QWidget* m_placeholder;
};

} // namespace keyglass::ui
