// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace keyglass {

/// A file for what a job need not keep in memory: it only grows, has no name, is nobody else's to read, and is gone
/// with the program however that ends. Made with the first bytes. Belongs to one thread at a time.
class PassingFile {
public:
    /// `folder`: empty: the usual one, which is TMPDIR, else /var/tmp, which is no part of the memory.
    explicit PassingFile(const QString& folder);
    PassingFile(const PassingFile&) = delete;
    PassingFile& operator=(const PassingFile&) = delete;
    ~PassingFile();

    /// All of them or none. File, with what the user can do.
    [[nodiscard]] Status append(std::string_view bytes);
    /// As many as `to` has room for from `at` on; fewer only at the end. File.
    [[nodiscard]] Result<std::size_t> read(std::uint64_t at, std::span<char> to) const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    [[nodiscard]] Status open();
    [[nodiscard]] Error failure(int why) const;

    const QString m_folder;
    int m_file = -1;
    std::uint64_t m_size = 0;
};

} // namespace keyglass
