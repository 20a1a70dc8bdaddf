// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keyexport.h"
#include "core/results/resultset.h"
#include "core/session/worktasks.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <stop_token>
#include <vector>

namespace keyglass {

/// The saved sets of keys of this user, and writing keys to files: each on a thread of its own, so that nobody waits.
///
/// Lives on the GUI thread. Every answer comes, also where the library goes first: then it is Cancelled. Errors as of
/// ResultStore and exportKeys().
class ResultLibrary : public QObject {
    Q_OBJECT

public:
    /// The sets stand in a folder of their own in the user's config folder, `configFolder`.
    explicit ResultLibrary(const QString& configFolder, QObject* parent = nullptr);
    ~ResultLibrary() override; ///< Ends what runs.

    /// Newest first; files that can't be used at the end.
    [[nodiscard]] QFuture<Result<std::vector<ResultSetEntry>>> list();
    /// Saves the keys under `info.name`, beside others of that name.
    [[nodiscard]] ResultWork<ResultSetInfo> save(ResultSetInfo info, KeyChoice keys);
    /// Limit where the keys would take more memory than `most`.
    [[nodiscard]] ResultWork<OpenedResult> load(const ResultSetInfo& info, ByteCount most);
    [[nodiscard]] ResultWork<ResultSetInfo> rename(const QString& file, const QString& name);
    [[nodiscard]] QFuture<Status> remove(const QString& file);
    [[nodiscard]] ResultWork<std::monostate> exportKeys(KeyChoice keys, ResultSetInfo about, KeyExport wanted);
    /// The same with the keys of a set that need not be open.
    [[nodiscard]] ResultWork<std::monostate> exportSet(const ResultSetInfo& info, ByteCount most, KeyExport wanted);

    /// Something is being written or read that closing would cut off.
    [[nodiscard]] bool isWorking() const;

Q_SIGNALS:
    /// Sets came, went, or have other names.
    void changed();

private:
    template <typename T> using Work = std::function<Result<T>(const std::stop_token&, const KeysDone&)>;
    template <typename T> ResultWork<T> run(std::uint64_t keys, bool isChange, Work<T> work);

    const QString m_folder;
    WorkTasks m_tasks; // last: their threads are joined first
};

} // namespace keyglass
