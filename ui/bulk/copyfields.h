// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/credentials.h"
#include "core/profile/profile.h"
#include "ui/bulk/operationfields.h"

#include <functional>
#include <map>
#include <vector>

class QCheckBox;

namespace keyglass::ui {

/// Where keys are copied or moved to: another database of this server, or another saved connection.
class CopyFields : public OperationFields {
    Q_OBJECT

public:
    /// Finds the passwords of a profile, in the keychain or by asking; calls `then` with them, once, later or at once,
    /// or never where the user does not tell.
    using FindPasswords = std::function<void(const Profile& profile, std::function<void(Credentials)> then)>;

    /// `own`: the connection of the session; `profiles`: those that are saved. `own` of a cluster has no other
    /// database.
    CopyFields(
        const Profile& own, std::vector<Profile> profiles, FindPasswords findPasswords, QWidget* parent = nullptr);
    [[nodiscard]] Result<JobOperation> operation() const override;
    [[nodiscard]] std::optional<JobTarget> target() const override;

private:
    [[nodiscard]] const Profile* chosen() const;
    void placeChanged();

    const Profile m_own;
    std::vector<Profile> m_profiles;
    const FindPasswords m_findPasswords;
    std::map<QString, Credentials> m_passwords; ///< By profile id.
    QComboBox* m_place;
    QSpinBox* m_database;
    QComboBox* m_taken;
    QCheckBox* m_moves;
};

} // namespace keyglass::ui
