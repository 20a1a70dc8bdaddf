// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pageneeds.h"

#include "core/session/session.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/inlineedits.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/sessionpage.h"

namespace keyglass::ui {

PageNeeds::PageNeeds(SessionPage& page)
    : m_page(page)
{
}

bool PageNeeds::isMet(ActionNeed need) const
{
    const Session& session = m_page.session();
    const SessionState state = session.state();
    const ScanState scan = session.scanState();
    const auto& report = session.scanReport();
    const bool connected = state == SessionState::Connected;
    switch (need) {
    case ActionNeed::Nothing:
    case ActionNeed::Session:
        return true;
    case ActionNeed::Content:
        return m_page.showsContent();
    case ActionNeed::Connected:
        return connected;
    case ActionNeed::Disconnected:
        return !connected && state != SessionState::Connecting;
    case ActionNeed::Open:
        return state != SessionState::Closed && state != SessionState::Failed;
    case ActionNeed::Keys:
        return session.shownKeys()->keyCount() > 0;
    case ActionNeed::CurrentFolder: {
        const auto row = m_page.keys().tree().currentRow();
        return row && row->isFolder;
    }
    case ActionNeed::RowToRescan:
        return connected && scan == ScanState::Ended && !session.openedResult() && m_page.keys().tree().currentRow();
    case ActionNeed::CurrentKey:
        return m_page.currentKey().has_value();
    case ActionNeed::CanOpen:
        return m_page.currentKey().has_value() || m_page.currentTableRow().has_value();
    case ActionNeed::ConnectedKey:
        return connected && m_page.currentKey().has_value();
    case ActionNeed::Writable:
        return connected && !session.profile().readOnly;
    case ActionNeed::WritableKey:
        return isMet(ActionNeed::Writable) && m_page.currentKey().has_value();
    case ActionNeed::WritableKeys:
        return isMet(ActionNeed::Writable) && isMet(ActionNeed::Keys);
    case ActionNeed::EditedTab:
        return m_page.edits().canSave(m_page.tabs().currentPane());
    case ActionNeed::WritableTab:
        return isMet(ActionNeed::Writable) && m_page.tabs().currentPane() != nullptr;
    case ActionNeed::Tab:
        return m_page.tabs().count() > 0;
    case ActionNeed::Back:
        return m_page.tabs().canGoBack();
    case ActionNeed::Forward:
        return m_page.tabs().canGoForward();
    case ActionNeed::CanStart:
        return connected && scan != ScanState::Running;
    case ActionNeed::Running:
        return scan == ScanState::Running;
    case ActionNeed::Active:
        return scan == ScanState::Running || scan == ScanState::Paused;
    case ActionNeed::CanGoOn:
        return connected && scan == ScanState::Ended && report && !report->isComplete();
    case ActionNeed::FailedNodes:
        return connected && scan == ScanState::Ended && report && !report->partialNodes().empty();
    case ActionNeed::SeveralSessions:
        return false; // the window's to know
    }
    return false;
}

} // namespace keyglass::ui
