// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/window/gotodialog.h"

#include <QObject>

#include <cstddef>
#include <string>
#include <vector>

class QWidget;

namespace keyglass::ui {

class KeyTreeView;

/// Goes to a key by its name, asking the server whether it is there, or to a row of the tree by its number.
class KeyJumps : public QObject {
    Q_OBJECT

public:
    /// `page`: over which it asks. The session and the tree outlive it.
    KeyJumps(Session& session, KeyTreeView& tree, QWidget* page);

    void ask(GoToDialog::Kind kind);
    /// Asks the server for the key, in the open databases, then shows it in the tree, if it is there.
    void toKey(const std::string& key);

Q_SIGNALS:
    /// The key was found.
    void openWanted(const std::string& key);
    /// One sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);

private:
    void to(const Place& place);
    void lookFor(std::vector<std::string> places, std::size_t at);
    void found(const std::string& key, const Result<KeyDetails>& details);

    Session& m_session;
    KeyTreeView& m_tree;
    QWidget* m_page;
};

} // namespace keyglass::ui
