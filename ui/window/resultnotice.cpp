// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/resultnotice.h"

#include "ui/window/resultwording.h"

namespace keyglass::ui {

ResultNotice::ResultNotice(Session& session, QWidget* parent)
    : NoticeBar(tr("Result set"), parent)
    , m_session(session)
{
    connect(&session, &Session::resultChanged, this, &ResultNotice::follow);
    follow();
}

void ResultNotice::follow()
{
    const auto& opened = m_session.openedResult();
    if (!opened) {
        hide();
        return;
    }
    const ResultSetInfo& info = opened->info;
    QString text = headingText(info);
    if (info.profileId != m_session.profile().id || info.profileName != m_session.profile().title()) {
        text += u' ' + tr("It was taken over the connection %1.").arg(info.profileName);
    }
    const QString gaps = gapsText(info);
    if (!gaps.isEmpty()) {
        text += u' ' + tr("Keys may be missing: %1.").arg(gaps);
    }
    say(gaps.isEmpty() ? Level::Info : Level::Warning, text,
        {{tr("Back to the scan"), [this] { m_session.closeResult(); }}});
}

} // namespace keyglass::ui
