// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace keyglass {

/// One byte string to be looked for in long buffers, many times over.
///
/// Immutable: any number of threads may search at once.
class ByteSearch {
public:
    /// The instructions a search uses. All give the same answers.
    enum class Unit {
        Plain, ///< Any processor.
        Sse2,  ///< 16 places at once; every x86-64.
        Avx2,  ///< 32 places at once; found out at run time.
    };
    static constexpr std::size_t npos = std::string_view::npos;
    /// So many bytes behind a searched buffer must be readable (they are looked at, and never part of a match).
    static constexpr std::size_t slack = 32;

    /// `needle` must not be empty. Case counts for ASCII letters only: every other byte stands for itself.
    ByteSearch(std::string_view needle, bool caseSensitive, Unit unit = fastestUnit());

    /// Where the needle first stands in `bytes` at or after `from`; npos where it does not.
    [[nodiscard]] std::size_t find(std::string_view bytes, std::size_t from = 0) const noexcept;
    [[nodiscard]] std::size_t size() const { return m_needle.size; }

    /// What this processor can do.
    [[nodiscard]] static std::vector<Unit> supportedUnits();
    [[nodiscard]] static Unit fastestUnit();

private:
    /// The needle with a mask for each byte: a byte b of a buffer fits where (b | mask) == wanted.
    struct Needle {
        std::vector<char> wanted;
        std::vector<char> masks;
        std::size_t size;
    };
    using Find = std::size_t (*)(const Needle& needle, const char* bytes, std::size_t end, std::size_t from);

    static Find finder(Unit unit);
    static bool fitsPlain(const Needle& needle, const char* bytes);
    static std::size_t findPlain(const Needle& needle, const char* bytes, std::size_t end, std::size_t from);
#ifdef __SSE2__
    static bool fitsSse2(const Needle& needle, const char* bytes);
    static std::size_t findSse2(const Needle& needle, const char* bytes, std::size_t end, std::size_t from);
    static std::size_t findAvx2(const Needle& needle, const char* bytes, std::size_t end, std::size_t from);
#endif

    Needle m_needle;
    Find m_find;
};

} // namespace keyglass
