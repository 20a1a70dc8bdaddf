// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/respcommands.h"

#include "core/base/filereading.h"
#include "core/transfer/partreaders.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t mostWords = 1'048'576;
constexpr std::uint64_t longestWord = 512ULL * 1024 * 1024;
constexpr std::uint64_t bytesAtOnce = 1024ULL * 1024;

} // namespace

Status RespCommands::open()
{
    return openToRead(m_file);
}

Error RespCommands::bad() const
{
    return {ErrorKind::Input, {},
        TransferText::tr("It is no command of the protocol, or is cut; nothing behind it can be read")};
}

/// "*3\r\n", "$5\r\n".
std::optional<std::uint64_t> RespCommands::length(char sign, std::uint64_t most)
{
    constexpr qint64 longestHead = 32;
    const QByteArray line = m_file.readLine(longestHead);
    std::uint64_t number = 0;
    if (line.size() < 4 || line[0] != sign || !line.endsWith("\r\n")) {
        return std::nullopt;
    }
    const char* const last = line.constData() + line.size() - 2;
    const auto [end, failure] = std::from_chars(line.constData() + 1, last, number);
    return failure == std::errc() && end == last && number <= most ? std::optional(number) : std::nullopt;
}

Result<std::optional<std::vector<std::string>>> RespCommands::next()
{
    if (m_file.atEnd()) {
        return std::optional<std::vector<std::string>>();
    }
    ++m_number;
    const auto count = length('*', mostWords);
    if (!count || *count == 0) {
        return bad();
    }
    std::vector<std::string> words;
    for (std::uint64_t at = 0; at < *count; ++at) {
        const auto size = length('$', longestWord);
        if (!size) {
            return bad();
        }
        std::string word; // grown as bytes come: the length is the file's word
        while (word.size() < *size) {
            const QByteArray more = m_file.read(static_cast<qint64>(std::min(bytesAtOnce, *size - word.size())));
            if (more.isEmpty()) {
                return bad();
            }
            word.append(more.constData(), static_cast<std::size_t>(more.size()));
        }
        if (m_file.read(2) != "\r\n") {
            return bad();
        }
        words.push_back(std::move(word));
    }
    return std::optional(std::move(words));
}

} // namespace keyglass
