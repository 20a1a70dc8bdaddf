// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace keyglass {

/// The profile in `object`; nothing where it has no id or is of a kind this version doesn't know. A field that is
/// missing or can't be used has its default.
[[nodiscard]] std::optional<Profile> profileFromJson(const QJsonObject& object);

/// Writes the profile's fields into `object` and leaves every other field in it alone.
void writeProfile(const Profile& profile, QJsonObject& object);

[[nodiscard]] QString paceName(ScanPace pace);
[[nodiscard]] std::optional<ScanPace> paceFromName(const QString& name);

} // namespace keyglass
