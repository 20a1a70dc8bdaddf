// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/clustertable.h"

#include <charconv>
#include <cstdint>
#include <sstream>

namespace keyglass::test {

namespace {

/// CRC-16/XMODEM: polynomial 0x1021, begun with 0.
std::uint16_t crc16(std::string_view bytes)
{
    constexpr unsigned polynomial = 0x1021;
    unsigned crc = 0;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned>(static_cast<unsigned char>(byte)) << 8U;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 0x8000U) != 0 ? (crc << 1U) ^ polynomial : crc << 1U;
        }
    }
    return static_cast<std::uint16_t>(crc);
}

int numberAt(std::string_view text)
{
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void takeFlags(std::string flags, ClusterLine& line)
{
    flags = ',' + flags + ',';
    const auto has = [&flags](std::string_view flag) {
        return flags.find(',' + std::string(flag) + ',') != std::string::npos;
    };
    line.isMyself = has("myself");
    line.isMaster = has("master");
    line.hasFailed = has("fail");
    line.isUnsettled = has("fail?") || has("handshake") || has("noaddr");
}

/// "7", "0-5460", or a mark: "[93->-…]", "[93-<-…]".
void takeSlots(std::string_view word, ClusterLine& line)
{
    if (word.starts_with('[')) {
        line.hasMarks = true;
        return;
    }
    const std::size_t dash = word.find('-');
    const int last = numberAt(dash == std::string_view::npos ? word : word.substr(dash + 1));
    for (int slot = numberAt(word); slot <= last; ++slot) {
        line.slots.push_back(slot);
    }
}

} // namespace

int slotOf(std::string_view key)
{
    const std::size_t open = key.find('{');
    const std::size_t close = open == std::string_view::npos ? open : key.find('}', open + 1);
    const bool isTagged = close != std::string_view::npos && close > open + 1;
    return crc16(isTagged ? key.substr(open + 1, close - open - 1) : key) % clusterSlots;
}

std::string ClusterLine::belief() const
{
    std::string text = id + (isMaster ? " master " : " replica of ") + masterId + (hasFailed ? " failed" : "");
    for (const int slot : slots) {
        text += ' ' + std::to_string(slot);
    }
    return text;
}

std::vector<ClusterLine> clusterLines(const std::string& clusterNodes)
{
    std::vector<ClusterLine> lines;
    std::istringstream rows(clusterNodes);
    for (std::string row; std::getline(rows, row);) {
        std::istringstream words(row);
        ClusterLine line;
        std::string flags;
        std::string skipped;
        words >> line.id >> skipped >> flags >> line.masterId;
        words >> skipped >> skipped >> skipped >> skipped; // ping, pong, epoch, link
        takeFlags(flags, line);
        for (std::string word; words >> word;) {
            takeSlots(word, line);
        }
        if (!line.id.empty()) {
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

} // namespace keyglass::test
