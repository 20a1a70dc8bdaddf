// SPDX-License-Identifier: GPL-3.0-or-later
// Saved sets of keys, shown in place of what the scan found.
#include "core/session/session_p.h"

#include <algorithm>
#include <utility>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString kindText(KeyPattern::Kind kind)
{
    switch (kind) {
    case KeyPattern::Kind::All:
        break;
    case KeyPattern::Kind::Prefix:
        return u"prefix"_s;
    case KeyPattern::Kind::Glob:
        return u"glob"_s;
    case KeyPattern::Kind::Exact:
        return u"exact"_s;
    }
    return {};
}

bool isStopped(const NodeScanEnd& end)
{
    return end.stoppedBy && end.stoppedBy->kind == ErrorKind::Cancelled;
}

} // namespace

void Session::openResult(OpenedResult result)
{
    if (result.info.databases != databases()) {
        selectDatabases(result.info.databases);
    }
    m_d->opened = std::move(result);
    m_d->shownKeysReplaced();
}

void Session::closeResult()
{
    if (std::exchange(m_d->opened, std::nullopt)) {
        m_d->shownKeysReplaced();
    }
}

const std::optional<OpenedResult>& Session::openedResult() const
{
    return m_d->opened;
}

std::shared_ptr<const Snapshot> Session::shownKeys() const
{
    return m_d->shownKeys();
}

ResultSetInfo Session::describeKeys() const
{
    if (m_d->opened) {
        ResultSetInfo same = m_d->opened->info;
        same.file.clear();
        return same;
    }
    ResultSetInfo info;
    info.profileId = m_d->profile.id;
    info.profileName = m_d->profile.title();
    info.databases = databases();
    info.pattern = QString::fromStdString(escapeLine(m_d->request.pattern.bytes()));
    info.patternKind = kindText(m_d->request.pattern.kind());
    info.type = QString::fromStdString(m_d->request.type);
    info.taken = QDateTime::currentDateTimeUtc();
    const auto& report = m_d->report;
    info.isTruncated = m_d->scanState != ScanState::Ended || !report || report->limit()
        || std::ranges::any_of(report->nodes, isStopped) || (report->cluster && report->cluster->hasGaps());
    for (const NodeScanEnd* node : report ? report->partialNodes() : std::vector<const NodeScanEnd*>()) {
        if (!isStopped(*node)) {
            info.partialNodes << node->node;
        }
    }
    return info;
}

/// Filters again from the beginning: no hit of the other keys may be shown among these.
void Session::Private::shownKeysReplaced()
{
    filterWorker.reset();
    static_cast<void>(hits.take());
    filtered.reset();
    filteredOf.reset();
    filterAgain();
    Q_EMIT q.resultChanged();
    Q_EMIT q.filterChanged();
    Q_EMIT q.snapshotChanged();
}

} // namespace keyglass
