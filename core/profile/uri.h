// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <QString>

#include <optional>

namespace keyglass {

/// What a URI says: where to connect, and the password if one stood in it.
struct ConnectTarget {
    Profile profile; ///< Without id and name.
    std::optional<QString> password;
};

/// Takes a connection URI apart: `redis://`, `rediss://` (TLS), `redis+unix:///path?db=1`, and what other programs
/// write for the same (`valkey://`, `valkeys://`, `unix://`, `redis-socket://`). User, password and path are
/// percent-encoded; the database is the path or `?db=`; other options are ignored.
///
/// Errors: Input (what is wrong with it), Unsupported (a scheme known but not built in, named). No part of the text but
/// the scheme is repeated in an error, so a password in a broken URI can't come out in one.
[[nodiscard]] Result<ConnectTarget> parseUri(const QString& text);

/// The URI of a profile, never with a password. TLS files and the like have no place in it.
[[nodiscard]] QString toUri(const Profile& profile);

/// True if `text` is meant as a URI ("something://…"), well-formed or not.
[[nodiscard]] bool looksLikeUri(const QString& text);

} // namespace keyglass
