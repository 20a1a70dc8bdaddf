// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/index/seenfilter.h"
#include "core/session/hashspool.h"

#include <QString>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace keyglass {

/// What doing each key once may take.
struct OnceLimits {
    std::size_t asideBytes = 4U << 20U; ///< Kept of names set aside, and as much again for each 128 MB of the file.
    std::size_t heldHashes = 16'384;    ///< Fewer never touch the disk.
    unsigned filterBits = 64;          ///< Of a hash, that the filter sees, 1 to 64: with few it errs often, for tests.
    QString folder{};                  ///< Of the file; empty: the usual one.
    std::size_t heldNames = 8U << 20U; ///< Of names gathered first, before they go to the disk (SortedNames).
};

/// Lets every key through once, however often it is given, at once in nearly all cases.
///
/// A filter tells most keys as certainly new: these pass, and a hash of each goes to a passing file. The others, those
/// that were there and about one in a thousand that was not, are set aside and told apart by the file when there are
/// many of them, or at the end. Keeps two bytes a key in memory and 16 on the disk, whatever the length of the names; a
/// key is taken for another by chance once in 10^24 jobs of ten million keys, and never by somebody's design: the hash
/// is SipHash with a key of this object's own.
class KeysOnce {
public:
    /// `expected`: asked once, when there are many: about how many keys will come in all; 0: not known. May be empty.
    /// A wrong guess costs memory or speed only.
    explicit KeysOnce(const OnceLimits& limits, std::function<std::uint64_t()> expected = {});

    /// Those that did not come before: `keys`, but for those set aside now, and maybe some set aside earlier. File
    /// where the passing file can't be written: then all of `keys` are set aside, and so are those of every later call.
    /// Thread: any, several at once.
    [[nodiscard]] Result<KeyBatch> fresh(KeyBatch&& keys);
    /// No more are given: those of the keys set aside that did not come before. After a failure also those that can't
    /// be told.
    [[nodiscard]] KeyBatch rest();
    /// Why keys can't be told apart any more.
    [[nodiscard]] std::optional<Error> failure() const;
    /// Keys that came again; all of them after rest().
    [[nodiscard]] std::uint64_t repeats() const;

private:
    [[nodiscard]] WideHash hashOf(std::string_view key) const;
    void setAside(std::string_view key, const WideHash& hash);
    [[nodiscard]] std::optional<std::vector<bool>> findRepeats();
    void settle(KeyBatch& found);
    [[nodiscard]] bool hasRoomAside() const;
    void guessSize(std::size_t coming);

    const OnceLimits m_limits;
    const std::function<std::uint64_t()> m_guess;
    std::array<unsigned char, 16> m_secret{};
    std::atomic<std::uint64_t> m_given{0};

    mutable std::mutex m_mutex; ///< Guards the members below: every node's scanner gives keys.
    SeenFilter m_filter{0};
    HashSpool m_passed;
    KeyBatch m_aside;
    std::vector<WideHash> m_asideHashes; ///< Of m_aside, in its order.
    std::uint64_t m_repeats = 0;
    std::optional<Error> m_failure;
};

} // namespace keyglass
