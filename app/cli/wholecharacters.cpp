// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/wholecharacters.h"

#include "core/base/bytes.h"
#include "core/value/formatters/utf8step.h"

#include <algorithm>
#include <utility>

namespace keyglass::cli {

namespace {

constexpr std::size_t longestCharacter = 4;

/// Bytes at the end that may be the beginning of a character.
std::size_t begunAtTheEnd(std::string_view bytes)
{
    for (std::size_t back = 1; back < std::min(longestCharacter, bytes.size() + 1); ++back) {
        const Utf8Step step = utf8StepAt(bytes, bytes.size() - back);
        if (step.kind == Utf8Step::Kind::Cut) {
            return back;
        }
        if (step.kind == Utf8Step::Kind::Character) {
            return 0;
        }
    }
    return 0;
}

} // namespace

std::string WholeCharacters::take(std::string_view slice)
{
    std::string bytes = std::exchange(m_begun, {});
    bytes += slice;
    const std::size_t begun = begunAtTheEnd(bytes);
    m_begun = bytes.substr(bytes.size() - begun);
    bytes.resize(bytes.size() - begun);
    m_isText = m_isText && isUtf8(bytes);
    return bytes;
}

std::string WholeCharacters::rest()
{
    return std::exchange(m_begun, {});
}

} // namespace keyglass::cli
