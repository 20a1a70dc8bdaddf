// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/command.h"

#include <charconv>
#include <limits>

namespace keyglass {

namespace {

/// "*3\r\n" or "$5\r\n".
void appendHeader(std::string& out, char type, std::size_t number)
{
    char digits[std::numeric_limits<std::size_t>::digits10 + 1];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number);
    out += type;
    out.append(digits, end.ptr);
    out += "\r\n";
}

} // namespace

void Command::encodeTo(std::string& out) const
{
    appendHeader(out, '*', m_arguments.size());
    for (const std::string& argument : m_arguments) {
        appendHeader(out, '$', argument.size());
        out += argument;
        out += "\r\n";
    }
}

} // namespace keyglass
