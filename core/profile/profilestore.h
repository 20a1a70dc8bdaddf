// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/jsonfile.h"
#include "core/profile/profile.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace keyglass {

/// The saved profiles, in `profiles.json` of the config folder; never a secret among them.
///
/// What a newer version wrote (unknown fields, unknown kinds of profiles) stays in the file. Works on in memory where
/// the folder can't be written: each Status says so. Thread: one at a time; every change blocks for the disk.
class ProfileStore {
public:
    /// Reads the profiles; `trouble()` tells what went wrong with that, and the store works all the same.
    explicit ProfileStore(const QString& folder = configFolder());

    [[nodiscard]] const std::optional<Error>& trouble() const { return m_trouble; }
    /// In the order of the file, which is the order in which they were made.
    [[nodiscard]] const std::vector<Profile>& profiles() const { return m_profiles; }
    /// The same, last used first; never used ones after them.
    [[nodiscard]] std::vector<Profile> recentlyUsed() const;
    [[nodiscard]] std::optional<QDateTime> lastUsed(const QString& id) const;
    /// The profile with this id, or, failing that, the first with this name.
    [[nodiscard]] std::optional<Profile> find(const QString& idOrName) const;

    /// Names (else ids) of what stands in the file but is of a kind this version doesn't know: it is kept, not offered.
    [[nodiscard]] QStringList unknownProfiles() const;

    /// Adds the profile, or changes the one with its id. An empty id is given one: the result is the profile as saved.
    [[nodiscard]] Result<Profile> save(Profile profile);
    /// Adds a copy under a new id and a name of its own ("shop copy"). Gone where there is none with this id.
    [[nodiscard]] Result<Profile> duplicate(const QString& id);
    /// The secrets in the keychain (under the id and under sentinelSecretId()) are the caller's to remove.
    [[nodiscard]] Status remove(const QString& id);
    [[nodiscard]] Status markUsed(const QString& id, const QDateTime& when);

private:
    Status change(const JsonFile::Change& change);
    void takeContent();
    [[nodiscard]] QString freeNameLike(const QString& name) const;

    JsonFile m_file;
    std::optional<Error> m_trouble;
    std::vector<Profile> m_profiles;
};

} // namespace keyglass
