// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QObject>

#include <cstddef>

namespace keyglass::ui {

/// Says when what rows show of keys (type, time to live, memory; that they are gone) may be another: when keys are
/// scanned anew, and when a job has ended.
class RowFreshness : public QObject {
    Q_OBJECT

public:
    RowFreshness(Session& session, QObject* parent);

Q_SIGNALS:
    void outdated();

private:
    void followScan(ScanState state);
    void followJobs();

    Session& m_session;
    ScanState m_scan;
    std::size_t m_endedJobs = 0;
};

} // namespace keyglass::ui
