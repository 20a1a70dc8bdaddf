// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"
#include "core/results/resultset.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace keyglass {

/// The saved sets of keys: one file each in a folder that only its user can read. Several programs may use it at once.
///
/// Thread: any; every call blocks for the disk. Errors as in resultfile.h; Gone where there is no such file any more.
class ResultStore {
public:
    /// `folder` is made with the first set that is saved.
    explicit ResultStore(QString folder);

    /// Newest first; what can't be used stands at the end, with why.
    [[nodiscard]] std::vector<ResultSetEntry> list() const;
    /// Saves the keys as a new set, beside others of the same name.
    [[nodiscard]] Result<ResultSetInfo> save(
        ResultSetInfo info, const KeyChoice& keys, const std::stop_token& stop, const KeysDone& done) const;
    [[nodiscard]] Result<std::shared_ptr<const Snapshot>> load(
        const QString& file, ByteCount most, const std::stop_token& stop, const KeysDone& done) const;
    [[nodiscard]] Result<ResultSetInfo> rename(
        const QString& file, const QString& name, const std::stop_token& stop) const;
    [[nodiscard]] Status remove(const QString& file) const;

private:
    [[nodiscard]] QString pathOf(const QString& file) const;

    const QString m_folder;
};

} // namespace keyglass
