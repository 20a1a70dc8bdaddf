// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// What a preview saw of each key, by which a run tells whether a key is still that: its type and, where they were
/// read, a digest of its value (valueDigest()).
///
/// Holds numbers, no names and no values: where all keys are of one type next to nothing, else 8 bytes a key, with
/// values 16. Filled by several threads, then sealed; after that it does not change and any thread may ask.
class PreviewMarks {
public:
    /// More keys with values are not kept (32 MB).
    static constexpr std::size_t mostValues = 2'000'000;

    /// One key; `value`: nothing where it was too large to be read.
    struct Mark {
        std::uint64_t key = 0;
        std::uint64_t state = 0;
    };
    [[nodiscard]] static Mark markOf(std::string_view key, std::string_view type, std::optional<std::uint64_t> value);

    explicit PreviewMarks(bool hasValues);

    /// Thread: any.
    void add(std::span<const Mark> marks);
    /// No more are added. Limit: there are more than mostValues, and nothing can be told by them.
    [[nodiscard]] Status seal();

    [[nodiscard]] bool hasValues() const { return m_hasValues; }
    /// Why a key that is there is not what the preview saw, in words for people; nothing: it is. `type` as TYPE or
    /// typeOfDump() gives it, `value` where hasValues(). With values also a key that the preview did not see is another
    /// one, and one whose value it could not read.
    [[nodiscard]] std::optional<std::string> whyChanged(
        std::string_view key, std::string_view type, std::optional<std::uint64_t> value) const;

    /// Keeps them in a file, for a run later; it has its name only once it is whole. File.
    [[nodiscard]] Status save(const QString& path) const;
    /// File; Input where it is none of this program's, damaged, or of a version that told values in another way.
    [[nodiscard]] static Result<std::shared_ptr<const PreviewMarks>> load(const QString& path);

private:
    [[nodiscard]] std::uint64_t seenType(std::uint64_t key) const;

    const bool m_hasValues;
    std::mutex m_mutex;                 ///< Guards what follows until it is sealed: every node's worker adds to it.
    bool m_isCut = false;               ///< There were too many: of keys that are not named nothing is known.
    bool m_isUniform = true;            ///< All were of one type; then they are not named.
    std::uint64_t m_common = 0;         ///< The type of the first; 0: there are no keys.
    std::vector<std::uint64_t> m_types; ///< Sorted: a key's hash, its lowest bits replaced by its type.
    std::vector<Mark> m_marks;          ///< With values: sorted by key.
};

} // namespace keyglass
