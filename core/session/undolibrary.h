// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archiveentry.h"
#include "core/session/worktasks.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <vector>

namespace keyglass {

class Settings;

/// For how long archives are kept, as the settings say.
[[nodiscard]] ArchiveKeeping archiveKeeping(const Settings& settings);

/// The user's undo archives: listed, looked into and deleted, each on a thread of its own, so that nobody waits.
///
/// Lives on the GUI thread. Every answer comes, also where the library goes first: then it is Cancelled.
class UndoLibrary : public QObject {
    Q_OBJECT

public:
    /// `folder`: where they are; empty: the user's (archiveFolder()).
    explicit UndoLibrary(QString folder = {}, QObject* parent = nullptr);
    ~UndoLibrary() override; ///< Ends what runs.

    [[nodiscard]] const QString& folder() const { return m_folder; }

    /// Newest first.
    [[nodiscard]] QFuture<Result<std::vector<ArchiveEntry>>> list();
    /// Some keys of an archive: reads all of it. File; Input where it is sealed and the passphrase is another.
    [[nodiscard]] ResultWork<ArchivedKeys> find(
        const QString& file, const QByteArray& passphrase, const ArchiveSearch& wanted);
    /// File, also where it is in use.
    [[nodiscard]] QFuture<Status> remove(const QString& file);
    /// Deletes what need not be kept any more.
    [[nodiscard]] QFuture<Result<PrunedArchives>> prune(const ArchiveKeeping& keeping);

Q_SIGNALS:
    /// Archives were deleted.
    void changed();

private:
    const QString m_folder;
    WorkTasks m_tasks; // last: their threads are joined first
};

} // namespace keyglass
