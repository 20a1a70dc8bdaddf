// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QWidget>

#include <optional>

class QLabel;
class QListView;
class QMenu;
class QPushButton;

namespace keyglass {
class ProfileStore;
}

namespace keyglass::ui {

class ProfileList;

/// What a window shows while nothing is opened: the saved connections, last used first, and how to get a new one. Says
/// what the user wants; does nothing to the store itself.
class StartPage : public QWidget {
    Q_OBJECT

public:
    /// `profiles` must outlive the page.
    explicit StartPage(const ProfileStore& profiles, QWidget* parent = nullptr);

    /// Reads the profiles again; the chosen one stays chosen.
    void refresh();
    /// Says that the demo is being started, and keeps it from being asked for twice.
    void setDemoStarting(bool starting);

Q_SIGNALS:
    void openRequested(const keyglass::Profile& profile);
    void editRequested(const keyglass::Profile& profile);
    void duplicateRequested(const keyglass::Profile& profile);
    /// The user has confirmed it.
    void removeRequested(const keyglass::Profile& profile);
    void newRequested();
    void demoRequested();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildColumn();
    void buildList();
    void buildEmpty();
    void buildMenu();
    [[nodiscard]] QWidget* buildHead();
    [[nodiscard]] QWidget* buildButtons();
    [[nodiscard]] std::optional<Profile> chosen() const;
    void askToRemove(const Profile& profile);
    void colorTexts();
    void showMenu(const QPoint& at);

    const ProfileStore& m_profiles;
    ProfileList* m_model;
    QListView* m_list;
    QLabel* m_subtitle;
    QLabel* m_empty;
    QPushButton* m_new;
    QPushButton* m_demo;
    QMenu* m_menu;
};

} // namespace keyglass::ui
