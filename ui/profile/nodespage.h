// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"
#include "core/profile/uri.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace keyglass::ui {

class CheckedField;
class PasswordChoice;

/// The page of what only clusters and Sentinels have: where else to ask, the master's name and the Sentinels' own user,
/// which nodes to scan, and how announced addresses are reached from here.
class NodesPage : public QWidget {
    Q_OBJECT

public:
    explicit NodesPage(QWidget* parent = nullptr);

    void setProfile(const Profile& profile);
    /// Fields that the kind of `profile` does not have are written as of a new profile.
    void writeTo(Profile& profile) const;
    /// Shows the fields of this kind; the others keep what they hold.
    void setKind(ProfileKind kind);
    /// What a URI says of all this.
    void takeTarget(const ConnectTarget& target);

    void setSentinelPassword(const QString& password);
    /// As PasswordChoice::password().
    [[nodiscard]] std::optional<QString> sentinelPassword() const;
    void setKeychainAvailable(bool available);

    bool showProblem(const ProfileProblem& problem);
    void clearProblems();

Q_SIGNALS:
    void changed();

private:
    void build();
    void connectChanges();

    ProfileKind m_kind = ProfileKind::Cluster;
    QFormLayout* m_form;
    QLineEdit* m_master;
    QLineEdit* m_seeds;
    QLineEdit* m_user;
    PasswordChoice* m_password;
    QComboBox* m_replicas;
    QCheckBox* m_useSeedAddress;
    QPlainTextEdit* m_addressMap;
    QLabel* m_mapHint;
    CheckedField* m_checkedMaster;
    CheckedField* m_checkedSeeds;
    CheckedField* m_checkedMap;
};

/// "a:1, b:2" or by spaces or lines. What is no address comes as a HostPort that problemsOf() finds wrong.
[[nodiscard]] std::vector<HostPort> seedsFromText(const QString& text, ProfileKind kind);
[[nodiscard]] QString seedsText(const std::vector<HostPort>& seeds);
/// "10.0.0.7:7001 = localhost:17001", one a line.
[[nodiscard]] std::vector<AddressMapping> addressMapFromText(const QString& text);
[[nodiscard]] QString addressMapText(const std::vector<AddressMapping>& map);

} // namespace keyglass::ui
