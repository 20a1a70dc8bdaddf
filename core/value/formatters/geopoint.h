// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace keyglass {

/// A place in degrees.
struct GeoPoint {
    double longitude = 0; ///< -180 to 180.
    double latitude = 0;  ///< -85.05112878 to 85.05112878, as Web Mercator ends there.

    friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

/// The place that a sorted set's score stands for (GEOADD): the middle of its cell, as GEOPOS has it, to the last
/// digit. Nothing where the score is no whole number of 52 bits. Any such number is a place: whether it was meant as
/// one, only the user knows.
///
/// Source: the GEOADD documentation (https://redis.io/commands/geoadd): 52 bits, 26 of latitude and 26 of longitude, in
/// turn, the longitude's being the higher of each two; the ranges are those of EPSG:3857.
[[nodiscard]] std::optional<GeoPoint> geoPointOf(std::string_view score);

} // namespace keyglass
