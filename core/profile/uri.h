// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <QString>

#include <optional>

namespace keyglass {

/// What a URI says: where to connect, and the passwords if they stood in it.
struct ConnectTarget {
    Profile profile; ///< Without id and name.
    std::optional<QString> password;
    std::optional<QString> sentinelPassword{};
};

/// Takes a connection URI apart: `redis://`, `rediss://` (TLS), `redis+unix:///path?db=1`,
/// `redis+cluster://host:port,host2:port2`, `redis+sentinel://host:port,…/mastername/db` (both also `rediss+…`), and
/// what other programs write for the same (`valkey://`, `valkeys+cluster://`, `redis-sentinel://…/db#mastername`,
/// `unix://`, `redis-socket://`). User, password, path and the master's name are percent-encoded; the database is the
/// path or `?db=`, and ignored for a cluster, which has only one.
///
/// Options: of a Sentinel `sentinel-user`, `sentinel-password`, `sentinel-tls` (yes, no; as the master's where not
/// given); of a cluster `use-seed-address` (yes, no); of both `node=host:port` for another seed. Others are ignored.
///
/// Errors: Input (what is wrong with it), Unsupported (a scheme known but not built in, named). No part of the text but
/// the scheme is repeated in an error, so a password in a broken URI can't come out in one.
[[nodiscard]] Result<ConnectTarget> parseUri(const QString& text);

/// The URI of a profile, never with a password. TLS files, the address map and the like have no place in it.
[[nodiscard]] QString toUri(const Profile& profile);

/// True if `text` is meant as a URI ("something://…"), well-formed or not.
[[nodiscard]] bool looksLikeUri(const QString& text);

} // namespace keyglass
