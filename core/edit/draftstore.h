// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/edit/editedcell.h"
#include "core/edit/editform.h"

#include <QString>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// A key of a connection.
struct DraftKey {
    std::string profile; ///< The profile's id; its address where it is not saved.
    int database = 0;
    std::string key; ///< The server's name for it.

    friend bool operator==(const DraftKey&, const DraftKey&) = default;
};

/// An edit that was not saved: what was typed, and what it began from.
struct Draft {
    DraftKey key;
    EditedCell cell;
    EditText text; ///< As it was typed, also where it means no bytes yet.
    std::chrono::system_clock::time_point time;
    std::string decoders = {}; ///< Names of those whose content the text is; empty: it is the stored bytes.
};

/// Unsaved edits as files that only their user can read (0600, in a folder of 0700), one for each cell of each key.
///
/// Each is written whole beside the old one and then takes its place, so that a crash leaves the old or the new one,
/// never half of one. They hold values in plain. Blocks; for any thread, several programs may use the folder at once.
class DraftStore {
public:
    /// `folder` is made with the first draft.
    explicit DraftStore(QString folder);

    /// File where it can't be written; the draft before it is still there then.
    [[nodiscard]] Status save(const Draft& draft) const;
    /// No such draft is fine.
    [[nodiscard]] Status remove(const DraftKey& key, const EditedCell& cell) const;
    /// Newest first. A file that is damaged is passed over: it stays where it is.
    [[nodiscard]] std::vector<Draft> of(const DraftKey& key) const;
    [[nodiscard]] std::vector<Draft> ofProfile(const std::string& profile) const;

    /// The file's name for this cell, which is what tells drafts apart.
    [[nodiscard]] static QString fileName(const DraftKey& key, const EditedCell& cell);

private:
    [[nodiscard]] std::vector<Draft> matching(const QString& pattern) const;

    const QString m_folder;
};

} // namespace keyglass
