// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory.h"

#include <QFile>

#include <charconv>

namespace keyglass {

namespace {

/// The value of a line "MemTotal:       16384 kB"; nothing where there is no such line.
std::optional<ByteCount> lineOf(std::string_view text, std::string_view name)
{
    constexpr std::uint64_t kibibyte = 1024;
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    text.remove_prefix(at + name.size());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() ? std::optional(ByteCount{number * kibibyte}) : std::nullopt;
}

} // namespace

std::optional<SystemMemory> parseMemoryText(std::string_view text)
{
    const auto total = lineOf(text, "MemTotal:");
    const auto available = lineOf(text, "MemAvailable:");
    return total && available ? std::optional(SystemMemory{*total, *available}) : std::nullopt;
}

std::optional<SystemMemory> systemMemory()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const QByteArray text = file.readAll();
    return parseMemoryText({text.constData(), static_cast<std::size_t>(text.size())});
}

} // namespace keyglass
