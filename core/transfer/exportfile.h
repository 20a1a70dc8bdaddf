// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QSaveFile>
#include <QString>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>

namespace keyglass {

/// The file that an export writes, for several nodes' workers. It has its name only once it is whole: until finish()
/// what was there before stands. All members may be called from any thread.
class ExportFile {
public:
    /// `head`: what it begins with. File.
    [[nodiscard]] static Result<std::unique_ptr<ExportFile>> create(const QString& path, std::string_view head);
    ExportFile(const ExportFile&) = delete;
    ExportFile& operator=(const ExportFile&) = delete;
    ~ExportFile(); ///< Without finish(), nothing is left of it.

    /// Writes whole keys; waits while another writes a large one. File, for whoever writes next as well; Cancelled.
    [[nodiscard]] Status append(std::string_view text, const std::stop_token& stop);
    /// For one large key, which is written piece by piece: waits for its turn. Cancelled, File.
    [[nodiscard]] Status beginLarge(const std::stop_token& stop);
    [[nodiscard]] Status appendLarge(std::string_view text);
    /// Ends the turn; without `keeps`, the file is as it was before it.
    [[nodiscard]] Status endLarge(bool keeps);
    /// Gives the file its name. File.
    [[nodiscard]] Status finish();
    /// Bytes written.
    [[nodiscard]] ByteCount size() const;
    [[nodiscard]] QString path() const { return m_file.fileName(); }

private:
    explicit ExportFile(const QString& path);
    void write(std::string_view text);
    void keepFailure(Status&& status);
    [[nodiscard]] Status status() const;

    mutable std::mutex m_mutex; ///< Guards all below: every worker writes. Not held while a large key's turn lasts.
    std::condition_variable_any m_free;
    QSaveFile m_file;
    std::optional<Error> m_failure; ///< The first; nothing is written after it.
    bool m_isTaken = false;         ///< A large key is being written.
    qint64 m_begun = 0;             ///< Where it begins.
};

} // namespace keyglass
