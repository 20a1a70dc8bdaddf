// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/treerows.h"
#include "ui/tree/latestjob.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

namespace keyglass::ui {

/// Keeps the rows of the tree in step with the newest snapshot, the options and the open folders.
///
/// What takes under a few milliseconds is done at once; the rest on a worker, with the old rows standing until the new
/// ones are ready. Rows of large folders are counted on a second worker, not more often than they are worth. What the
/// user does (opening a folder) goes before new snapshots, and is laid out over the snapshot on screen.
class TreeLayouter : public QObject {
    Q_OBJECT

public:
    explicit TreeLayouter(QObject* parent = nullptr);
    ~TreeLayouter() override;

    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    void setOptions(const TreeOptions& options);
    void setExpanded(ExpandedFolders expanded);
    [[nodiscard]] const TreeOptions& options() const { return m_options; }
    [[nodiscard]] const ExpandedFolders& expanded() const { return m_expanded; }
    /// What is laid out now; never null.
    [[nodiscard]] const std::shared_ptr<const TreeRows>& rows() const { return m_rows; }
    /// True once rows() shows the newest snapshot, options and folders, all counted.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void rowsChanged();

private:
    enum class Cause { Snapshot, User };
    void layOut(Cause cause);
    void layOutLater(const std::shared_ptr<const Snapshot>& snapshot, Cause cause);
    void apply(std::shared_ptr<const TreeRows> rows);
    void countSoon();
    void count();
    void takeCounts(const std::shared_ptr<const Snapshot>& snapshot, const ChildCounts& counts);

    std::shared_ptr<const Snapshot> m_snapshot; // the newest
    TreeOptions m_options;
    ExpandedFolders m_expanded;
    ChildCounts m_known;
    std::shared_ptr<const TreeRows> m_rows;
    quint64 m_version = 0; // of options and folders: rows laid out for older ones are dropped
    quint64 m_appliedVersion = 0;
    bool m_takesLong = false; // the last snapshot needed the worker: so will the next
    bool m_isCounting = false;
    qint64 m_countPause = 0; // ms
    QElapsedTimer m_sinceCount;
    QTimer m_countTimer;
    LatestJob m_counter;
    LatestJob m_worker; // last: joined first
};

} // namespace keyglass::ui
