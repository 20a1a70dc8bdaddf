// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/scanpace.h"
#include "core/bulk/joboperation.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// Which keys a job is for.
struct KeyQuery {
    enum class Kind {
        All,
        Prefix, ///< Byte for byte: a folder.
        Glob,
        Exact,
        File, ///< Of `file`, a key a line.
    };
    Kind kind = Kind::All;
    std::string bytes;        ///< The prefix, the pattern or the key.
    QString file;             ///< Escaped as escapeLine() does.
    bool hasRawLines = false; ///< The file's lines are the keys as they are, nothing unescaped.
    std::string type;         ///< "string", "hash" …; empty: every type.

    friend bool operator==(const KeyQuery&, const KeyQuery&) = default;
};

/// A job before it is run: which keys, what is done to them, and how.
struct JobPlan {
    KeyQuery keys;
    JobOperation operation;
    int database = 0;
    std::vector<int> databases{};   ///< Where it is for several: these, one after the other, and not `database`.
    bool archives = true;           ///< Keys are archived before they are deleted or changed.
    QString archiveFile;            ///< Empty: one is named when the job begins.
    bool refusesChanged = false;    ///< A key that changed after it was archived is left alone.
    bool deletesUnarchived = false; ///< Also what can't be archived.
    /// Keys are left alone whose value is not what the preview saw, and those that it did not see (PreviewMarks).
    bool onlyUnchanged = false;
    /// What an earlier preview saw of the keys (PreviewMarks::save()): they are compared with it; empty: there is none.
    QString seenFile;
    std::optional<std::uint64_t> keysPerSecond;
    ScanPace pace = ScanPace::Full;

    friend bool operator==(const JobPlan&, const JobPlan&) = default;
};

/// A plan as JSON, to be kept and run later. Holds no secrets.
[[nodiscard]] QJsonObject planJson(const JobPlan& plan);
/// What planJson() wrote, by itself or in what a dry run of the command line has written. Input where it is none, or of
/// a newer version.
[[nodiscard]] Result<JobPlan> planFromJson(const QByteArray& text);

/// Input where the plan can't be meant: a time to live that is over already, an empty prefix to rename, a template
/// whose command would change the connection or wait for ever (checkForOperation()). Unsupported where several
/// databases can't be in one job: what is imported has one target, and only archives tell which database a key is of.
[[nodiscard]] Status checkPlan(const JobPlan& plan);

} // namespace keyglass
