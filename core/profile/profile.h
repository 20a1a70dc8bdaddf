// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/environment.h"
#include "core/base/hostport.h"
#include "core/base/scanpace.h"
#include "core/profile/decoderrule.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace keyglass {

/// What stands behind a profile's address.
enum class ProfileKind {
    Standalone,
    Cluster,  ///< The address and the seeds are nodes, of which one that answers tells of all.
    Sentinel, ///< The address and the seeds are Sentinels, which tell where the master is.
};

/// An address as the cluster or the Sentinels announce it, and the one by which it can be reached from here.
struct AddressMapping {
    QString announced; ///< "host:port", or "host" for all its ports.
    QString reachable; ///< "host:port", or "host" with the port as announced.

    friend bool operator==(const AddressMapping&, const AddressMapping&) = default;
};

/// Where the password of a profile comes from. The password itself is never part of a profile.
enum class PasswordSource {
    None,     ///< The server asks for none.
    Keychain, ///< Kept in the system's keychain under the profile's id (SecretStore).
    Asked,    ///< Asked for at each connect, kept nowhere.
};

/// How a profile does TLS. Files are PEM; an empty name means "none" or the system's default.
struct ProfileTls {
    bool enabled = false;
    bool verify = true; ///< False is the user's visible choice.
    QString caFile;
    QString certificateFile;
    QString keyFile;
    QString serverName; ///< Name to verify where it differs from the host.

    friend bool operator==(const ProfileTls&, const ProfileTls&) = default;
};

/// A saved connection: where, as whom, and how careful to be there. Plain values, no secret.
struct Profile {
    QString id;   ///< Stable, unique, opaque; empty for a connection that is not saved.
    QString name; ///< The user's own; may be empty.
    ProfileKind kind = ProfileKind::Standalone;
    QString host = QStringLiteral("127.0.0.1");
    std::uint16_t port = 6379;
    QString socketPath; ///< Not empty: a unix socket; host, port and TLS are not used.
    QString user;       ///< Empty: the server's default user.
    PasswordSource passwordSource = PasswordSource::None;
    int database = 0;
    ProfileTls tls;
    bool readOnly = false;
    Environment environment = Environment::Development;
    QString separator = QStringLiteral(":"); ///< One or several characters; empty: a flat list.
    std::optional<ScanPace> pace;            ///< Empty: what the settings say.

    std::vector<HostPort> seeds;            ///< Cluster, Sentinel: where else to ask, after `host` and `port`.
    std::vector<AddressMapping> addressMap; ///< Cluster, Sentinel: the first that fits counts.
    bool useSeedAddress = false; ///< Cluster: nodes are at the host by which the seed was reached, at their own ports.
    ScanReplicas scanReplicas = ScanReplicas::Masters; ///< Cluster.

    QString sentinelMaster; ///< The name by which the Sentinels know the master.
    QString sentinelUser;   ///< As whom to speak to the Sentinels; `user` is for the master.
    PasswordSource sentinelPasswordSource = PasswordSource::None; ///< In the keychain it is under sentinelSecretId().
    ProfileTls sentinelTls;                                       ///< To the Sentinels; `tls` is for the master.

    std::vector<DecoderRule> decoderRules; ///< The first that fits counts.

    [[nodiscard]] bool isUnixSocket() const { return !socketPath.isEmpty(); }
    /// `host` and `port`, then the seeds.
    [[nodiscard]] std::vector<HostPort> allSeeds() const;
    /// For people: "10.0.0.7:7001", "[::1]:6379" or the socket's path; "cluster at 10.0.0.7:7001"; "main at sentinels
    /// 10.0.0.7:26379, 10.0.0.8:26379".
    [[nodiscard]] QString address() const;
    /// The name, or the address where there is none.
    [[nodiscard]] QString title() const;

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// A new id for a profile that is to be saved.
[[nodiscard]] QString newProfileId();

/// The id under which SecretStore keeps the password for the Sentinels of the profile with this id.
[[nodiscard]] QString sentinelSecretId(const QString& profileId);

/// The port that is meant where none is said: 6379, for Sentinels 26379.
[[nodiscard]] std::uint16_t defaultPort(ProfileKind kind);

/// "development", "staging", "production": as it is stored and, translated elsewhere, shown.
[[nodiscard]] QString environmentName(Environment environment);
/// The reverse. A name we don't know is Production: the careful reading of what a newer version or a hand wrote.
[[nodiscard]] Environment environmentFromName(const QString& name);

/// One thing that keeps a profile from being used, and the field it is about.
struct ProfileProblem {
    enum class Field {
        Host,
        Port,
        SocketPath,
        Database,
        CaFile,
        CertificateFile,
        KeyFile,
        Seeds,
        AddressMap,
        SentinelMaster,
        SentinelCaFile,
        SentinelCertificateFile,
        SentinelKeyFile,
    };

    Field field;
    QString text; ///< A sentence for people, translated.

    friend bool operator==(const ProfileProblem&, const ProfileProblem&) = default;
};

/// Everything wrong with `profile`, in the order of the fields; empty when it can be used. Looks at the file system (do
/// the named PEM files exist), never at the network.
[[nodiscard]] std::vector<ProfileProblem> problemsOf(const Profile& profile);

} // namespace keyglass
