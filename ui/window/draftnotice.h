// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/draftstore.h"
#include "core/session/session.h"
#include "ui/common/noticebar.h"

#include <string>
#include <vector>

namespace keyglass {
class DraftKeeper;
}

namespace keyglass::ui {

/// Tells, once a session is connected, of edits that were not saved when the app was last left or ended, and opens
/// their keys, where each is offered.
class DraftNotice : public NoticeBar {
    Q_OBJECT

public:
    DraftNotice(Session& session, DraftKeeper& drafts, QWidget* parent = nullptr);

Q_SIGNALS:
    void openWanted(const std::string& key);

private:
    void look();
    void tell();
    void openNext();

    Session& m_session;
    DraftKeeper& m_drafts;
    std::vector<Draft> m_found; ///< Not opened yet, newest first.
    bool m_hasLooked = false;
};

} // namespace keyglass::ui
