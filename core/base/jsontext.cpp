// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsontext.h"

#include "core/base/bytes.h"

#include <QByteArray>

namespace keyglass {

namespace {

std::string jsonString(std::string_view utf8)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0x0FU];
        } else {
            out += c;
        }
    }
    return out += '"';
}

} // namespace

std::string jsonOf(std::string_view bytes)
{
    if (isUtf8(bytes)) {
        return jsonString(bytes);
    }
    const auto base64 = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64();
    return "{\"base64\": \"" + base64.toStdString() + "\"}";
}

} // namespace keyglass
