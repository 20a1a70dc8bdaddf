// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/csvtext.h"

#include "core/base/bytes.h"

namespace keyglass {

std::string csvCell(std::string_view bytes)
{
    if (!isUtf8(bytes)) {
        return csvCell(escapeLine(bytes));
    }
    const bool isPlain = bytes.find_first_of("\",\r\n") == std::string_view::npos && !bytes.starts_with(' ')
        && !bytes.ends_with(' ') && !bytes.empty();
    if (isPlain) {
        return std::string(bytes);
    }
    std::string out = "\"";
    for (const char c : bytes) {
        out += c;
        if (c == '"') {
            out += '"';
        }
    }
    return out + '"';
}

} // namespace keyglass
