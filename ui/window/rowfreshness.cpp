// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/rowfreshness.h"

#include <utility>

namespace keyglass::ui {

RowFreshness::RowFreshness(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_scan(session.scanState())
{
    connect(&session, &Session::scanStateChanged, this, &RowFreshness::followScan);
    connect(&session, &Session::jobsChanged, this, &RowFreshness::followJobs);
}

void RowFreshness::followScan(ScanState state)
{
    const ScanState before = std::exchange(m_scan, state);
    if (state == ScanState::Running && before != ScanState::Paused) {
        Q_EMIT outdated();
    }
}

/// Told with every step of a job; a job that is dismissed makes them fewer.
void RowFreshness::followJobs()
{
    const std::size_t ended = m_session.endedJobs();
    if (ended > std::exchange(m_endedJobs, ended)) {
        Q_EMIT outdated();
    }
}

} // namespace keyglass::ui
