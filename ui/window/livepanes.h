// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/keynews.h"
#include "ui/live/refreshbutton.h"
#include "ui/live/seenhistory.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace keyglass {
class Session;
class Settings;
} // namespace keyglass

namespace keyglass::ui {

class ValuePane;

/// Keeps the shown values of one session's panes in step with the server, as the user has chosen: tells of what others
/// change, or reads it again; and keeps what was seen.
class LivePanes : public QObject {
    Q_OBJECT

public:
    LivePanes(Session& session, Settings& settings, QObject* parent);
    ~LivePanes() override;

    void attach(ValuePane& pane);
    /// This session has written to the key itself.
    void wrote(const std::string& key);
    /// Shows what was seen of the pane's key.
    void showHistory(ValuePane& pane);

private:
    struct Watch;
    using Time = std::chrono::system_clock::time_point;

    void follow(Watch& watch);
    void unwatch(Watch& watch);
    void updateSight(Watch& watch);
    void remember(Watch& watch);
    void choose(Watch& watch, const RefreshChoice& choice);
    void applyChoice(Watch& watch);
    void hear(const KeyNews& news);
    void hear(Watch& watch, const KeyNews& news);
    void refresh(Watch& watch);
    void sayHow(Watch& watch);

    Session& m_session;
    Settings& m_settings;
    SeenHistory m_seen;
    std::map<std::string, Time> m_wroteAt; ///< Keys this session has written lately.
    QHash<const QObject*, std::shared_ptr<Watch>> m_watches;
};

} // namespace keyglass::ui
