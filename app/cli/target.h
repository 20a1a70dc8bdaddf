// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/demo/demoserver.h"
#include "core/profile/uri.h"
#include "core/session/sourceaccess.h"

#include <stop_token>
#include <vector>

namespace keyglass::cli {

/// Where a command goes to and what was found there.
struct Target {
    std::unique_ptr<DemoServer> demo; ///< With --demo: the server, for as long as the target lives.
    Profile profile;
    SourceAccess access;

    [[nodiscard]] std::unique_ptr<Lane> lane() const { return access.lane(profile.database); }
    /// One that only looks: idle times and LFU stay as they are, where the server can spare them.
    [[nodiscard]] std::unique_ptr<Lane> sparingLane() const { return access.lane(profile.database, access.sparing()); }
    /// Keys in these databases by INFO; 0 where it does not tell.
    [[nodiscard]] std::uint64_t expectedKeys(const std::vector<int>& databases) const;
};

/// Where --uri or --profile leads. Input where it leads nowhere; Unsupported for a profile of a kind unknown here.
[[nodiscard]] Result<ConnectTarget> namedTarget(const Options& options);

/// The server's password from --password-stdin, KEYGLASS_PASSWORD, the URI or the keychain, in that order; that of the
/// Sentinels from KEYGLASS_SENTINEL_PASSWORD, the URI or the keychain. Empty where there is none. Blocks for the
/// keychain, fails as it does.
[[nodiscard]] Result<Credentials> passwordsFor(const Options& options, const ConnectTarget& target);

/// The options every command with a server takes: --uri, --profile, --demo, --config-dir, --timeout,
/// --password-stdin.
[[nodiscard]] std::vector<OptionSpec> targetOptions();

/// What a command is going to do with its target.
enum class TargetUse {
    Read,       ///< Everything sent is held to reading by the gate.
    AsProfiled, ///< What the profile allows: read-only or not.
};

/// Reads the target's options and passwords, connects and learns the server's commands. Input for bad options; else as
/// openSource().
[[nodiscard]] Result<Target> openTarget(const Options& options, std::stop_token stop, TargetUse use = TargetUse::Read);

/// How long connecting and each call may take, by --timeout. Input where that is no number.
[[nodiscard]] Result<std::chrono::seconds> timeoutOf(const Options& options);

} // namespace keyglass::cli
