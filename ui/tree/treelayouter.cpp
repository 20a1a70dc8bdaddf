// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/treelayouter.h"

#include "core/index/snapshot.h"

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

/// Steps that the GUI thread takes itself: some milliseconds.
constexpr std::uint64_t stepsAtOnce = 20'000;
/// Between two counts of the same folders while snapshots keep coming.
constexpr qint64 shortestCountPause = 1000;

} // namespace

TreeLayouter::TreeLayouter(QObject* parent)
    : QObject(parent)
    , m_snapshot(emptySnapshot())
    , m_rows(TreeRows::exact(m_snapshot, m_options, m_expanded))
{
    m_countTimer.setSingleShot(true);
    connect(&m_countTimer, &QTimer::timeout, this, &TreeLayouter::count);
}

TreeLayouter::~TreeLayouter() = default;

void TreeLayouter::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    m_snapshot = snapshot ? std::move(snapshot) : emptySnapshot();
    layOut(Cause::Snapshot);
}

void TreeLayouter::setOptions(const TreeOptions& options)
{
    if (m_options == options) {
        return;
    }
    m_options = options;
    m_known.clear();
    ++m_version;
    m_takesLong = false;
    layOut(Cause::User);
}

void TreeLayouter::setExpanded(ExpandedFolders expanded)
{
    if (m_expanded == expanded) {
        return;
    }
    m_expanded = std::move(expanded);
    ++m_version;
    m_takesLong = false;
    layOut(Cause::User);
}

bool TreeLayouter::isSettled() const
{
    return m_appliedVersion == m_version && m_rows->snapshot() == m_snapshot && m_rows->isExact();
}

void TreeLayouter::layOut(Cause cause)
{
    const bool isUsers = cause == Cause::User && m_rows->snapshot()->keyCount() > 0;
    const auto snapshot = isUsers ? m_rows->snapshot() : m_snapshot;
    if (!m_takesLong) {
        auto rows = TreeRows::build(snapshot, m_options, m_expanded, m_known, TreeRows::Effort{stepsAtOnce, true});
        if (rows) {
            m_appliedVersion = m_version;
            apply(std::move(rows));
            return;
        }
        m_takesLong = true;
    }
    layOutLater(snapshot, cause);
}

void TreeLayouter::layOutLater(const std::shared_ptr<const Snapshot>& snapshot, Cause cause)
{
    const auto job = [this, snapshot, options = m_options, expanded = m_expanded, known = m_known, version = m_version](
                         const std::stop_token& stop) {
        auto rows = TreeRows::build(snapshot, options, expanded, known, TreeRows::Effort(), stop);
        if (!rows) {
            return; // interrupted by a job that makes up for it
        }
        QMetaObject::invokeMethod(this, [this, rows = std::move(rows), version]() mutable {
            if (version == m_version) {
                m_appliedVersion = version;
                apply(std::move(rows));
            }
        });
    };
    m_worker.post(job, cause == Cause::User);
}

void TreeLayouter::apply(std::shared_ptr<const TreeRows> rows)
{
    m_rows = std::move(rows);
    m_known = m_rows->counts();
    Q_EMIT rowsChanged();
    if (m_rows->snapshot() != m_snapshot) {
        layOut(Cause::Snapshot);
    } else {
        countSoon();
    }
}

/// At once if no snapshot has come since the last count, else after a pause.
void TreeLayouter::countSoon()
{
    if (m_isCounting || m_countTimer.isActive() || m_rows->isExact()) {
        return;
    }
    const qint64 passed = m_sinceCount.isValid() ? m_sinceCount.elapsed() : m_countPause;
    m_countTimer.start(static_cast<int>(std::max<qint64>(0, m_countPause - passed)));
}

void TreeLayouter::count()
{
    m_isCounting = true;
    m_sinceCount.start();
    const auto job = [this, rows = m_rows](const std::stop_token& stop) {
        ChildCounts counts;
        for (const std::string& prefix : rows->uncounted()) {
            const FolderRange range = folderRange(*rows->snapshot(), prefix);
            if (auto counted = countChildren(rows->snapshot(), range, rows->options(), stop)) {
                counts.insert_or_assign(prefix, std::move(counted));
            }
        }
        QMetaObject::invokeMethod(
            this, [this, snapshot = rows->snapshot(), counts = std::move(counts)] { takeCounts(snapshot, counts); });
    };
    m_counter.post(job, false);
}

void TreeLayouter::takeCounts(const std::shared_ptr<const Snapshot>& snapshot, const ChildCounts& counts)
{
    m_isCounting = false;
    m_countPause = std::max(shortestCountPause, 4 * m_sinceCount.elapsed());
    m_sinceCount.start();
    for (const auto& [prefix, count] : counts) {
        m_known.insert_or_assign(prefix, count);
    }
    if (snapshot != m_rows->snapshot()) {
        countSoon();
        return;
    }
    m_countPause = 0; // nothing has come meanwhile
    m_takesLong = false;
    layOut(Cause::User);
}

} // namespace keyglass::ui
