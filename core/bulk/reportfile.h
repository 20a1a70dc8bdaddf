// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/jobreport.h"

#include <QFile>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace keyglass {

/// Whether a report of this name is CSV; else it is JSON.
[[nodiscard]] bool isCsvReport(const QString& path);

/// The outcome of every key of a job in a file, written as they come.
///
/// JSON: {"keys": [{"key", "node", "outcome", "detail"}, …], "summary": {…}}, keys that are no UTF-8 as {"base64":
/// "…"}. CSV (RFC 4180), where the file's name ends in ".csv": columns key, node, outcome, detail with keys escaped as
/// escapeLine() does, so that both give the exact bytes back. Belongs to one thread at a time.
class ReportFile {
public:
    /// Makes the file, or empties it where it is there. File where that fails.
    [[nodiscard]] static Result<std::unique_ptr<ReportFile>> create(const QString& path);

    /// Of keys without trouble (hasTrouble()), only the first `rows` are written from now on.
    void limitUntroubled(std::uint64_t rows) { m_untroubledLeft = rows; }
    void add(const KeyOutcome& row);
    /// Writes what is left; `summary`: a JSON object, which a CSV file leaves out. File where anything was not written:
    /// the file is not whole then.
    [[nodiscard]] Status close(const std::string& summary);
    [[nodiscard]] QString path() const { return m_file.fileName(); }

private:
    ReportFile(const QString& path, bool isCsv);
    void flush();

    QFile m_file;
    const bool m_isCsv;
    bool m_isFirst = true;
    std::optional<std::uint64_t> m_untroubledLeft;
    std::string m_block;
    std::optional<Error> m_failure; ///< The first; nothing is written after it.
};

} // namespace keyglass
