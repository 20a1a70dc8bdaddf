// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/passingfile.h"

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

/// A list of hashes that only grows, in a passing file from the first few thousand on. Belongs to one thread at a time.
class HashSpool {
public:
    /// `folder`: where the file is, as PassingFile; `held`: so many are in memory before they are written.
    HashSpool(const QString& folder, std::size_t held);

    /// File; none of `hashes` was added then.
    [[nodiscard]] Status append(std::span<const WideHash> hashes);
    /// All of them, some thousands at a time, in the order in which they came. File.
    [[nodiscard]] Status forEach(const std::function<void(std::span<const WideHash>)>& use) const;
    [[nodiscard]] std::uint64_t size() const { return m_file.size() / sizeof(WideHash) + m_held.size(); }

private:
    const std::size_t m_most;
    PassingFile m_file;
    std::vector<WideHash> m_held;
};

} // namespace keyglass
