// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/draftnotice.h"

#include "core/base/bytes.h"
#include "core/edit/draftkeeper.h"
#include "ui/common/texts.h"
#include "ui/editor/celleditor.h"

#include <QDateTime>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr std::size_t titleBytes = 80;

} // namespace

DraftNotice::DraftNotice(Session& session, DraftKeeper& drafts, QWidget* parent)
    : NoticeBar(tr("Unsaved edits"), parent)
    , m_session(session)
    , m_drafts(drafts)
{
    connect(&session, &Session::stateChanged, this, [this](SessionState state) {
        if (state == SessionState::Connected && !m_hasLooked) {
            look();
        }
    });
    connect(&session, &Session::databaseChanged, this, &DraftNotice::look);
}

void DraftNotice::look()
{
    m_hasLooked = true;
    m_found = m_drafts.ofProfile(CellEditor::draftKey(m_session, {}).profile);
    const auto& open = m_session.databases();
    std::erase_if(m_found, [&](const Draft& draft) {
        const bool isOfDialog = draft.cell.kind == CellKind::NewKey || draft.cell.kind == CellKind::NewElement;
        return isOfDialog || std::find(open.begin(), open.end(), draft.key.database) == open.end();
    });
    tell();
}

void DraftNotice::tell()
{
    if (m_found.empty()) {
        hide();
        return;
    }
    const Draft& newest = m_found.front();
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(newest.time.time_since_epoch()).count();
    const QString time = timeText(QDateTime::fromMSecsSinceEpoch(since));
    const QString name = displayText(std::string_view(newest.key.key).substr(0, titleBytes));
    const QString text = m_found.size() == 1
        ? tr("An unsaved edit of %1, of %2, was kept.").arg(name, time)
        : tr("%n unsaved edits were kept, the newest of %1, of %2.", nullptr, static_cast<int>(m_found.size()))
              .arg(name, time);
    say(Level::Info, text, {{tr("Open"), [this] { openNext(); }}, {tr("Later"), [this] { hide(); }}});
}

void DraftNotice::openNext()
{
    const DraftKey key = m_found.front().key;
    std::erase_if(m_found, [&](const Draft& draft) { return draft.key == key; }); // its tab offers all of them
    tell();
    Q_EMIT openWanted(m_session.listName({key.key, key.database}));
}

} // namespace keyglass::ui
