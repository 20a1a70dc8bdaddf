// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"
#include "core/results/resultset.h"

#include <QString>

#include <stop_token>
#include <string>

namespace keyglass {

/// How keys stand in a file that others read. Keys of several databases have their database with them: before a tab in
/// Lines, as {"database": 3, "key": …} in JSON, as a first column in Csv.
enum class KeyFormat {
    Lines,     ///< One a line, escaped as escapeLine() does: what `keyglass keys --format lines` writes.
    JsonLines, ///< One JSON value a line; a key that is no UTF-8 is {"base64": "…"}.
    Json,      ///< One object, as `keyglass keys --format json` writes it, without what only a scan knows.
    Csv,       ///< RFC 4180 with a head line; keys are escaped as in Lines, so that each takes one line.
};

/// Where keys are written to, and how.
struct KeyExport {
    QString path{};
    KeyFormat format = KeyFormat::Lines;
    KeyOrder order = KeyOrder::Ascending;
};

/// A field of RFC 4180: in quotes where it has to be.
[[nodiscard]] std::string csvField(const std::string& text);

/// Writes the keys to a file: whole or not at all; one that was there is replaced. `about` says what they are. Takes a
/// few megabytes of memory. File where the disk refuses, Cancelled by `stop` or where `done` says so.
[[nodiscard]] Status exportKeys(const KeyChoice& keys, const ResultSetInfo& about, const KeyExport& wanted,
    const std::stop_token& stop, const KeysDone& done);

} // namespace keyglass
