// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace keyglass {

/// 128 bits that stand for a key.
using WideHash = std::array<std::uint64_t, 2>;

/// A list of hashes that only grows, on the disk from the first few thousand on.
///
/// Its file has no name, is nobody else's to read, and is gone with the program however that ends. Belongs to one
/// thread at a time.
class HashSpool {
public:
    /// `folder`: where the file is; `held`: so many are in memory before they are written.
    HashSpool(QString folder, std::size_t held);
    HashSpool(const HashSpool&) = delete;
    HashSpool& operator=(const HashSpool&) = delete;
    ~HashSpool();

    /// File, with what the user can do; none of `hashes` was added then.
    [[nodiscard]] Status append(std::span<const WideHash> hashes);
    /// All of them, some thousands at a time, in the order in which they came. File.
    [[nodiscard]] Status forEach(const std::function<void(std::span<const WideHash>)>& use) const;
    [[nodiscard]] std::uint64_t size() const { return m_written + m_held.size(); }

    /// Where such files go: TMPDIR, else /var/tmp, which is no part of the memory, else the system's folder for them.
    [[nodiscard]] static QString usualFolder();

private:
    [[nodiscard]] Status open();
    [[nodiscard]] Status write();
    [[nodiscard]] Error failure(int why) const;

    const QString m_folder;
    const std::size_t m_most;
    int m_file = -1;
    std::uint64_t m_written = 0; ///< Hashes in the file.
    std::vector<WideHash> m_held;
};

} // namespace keyglass
