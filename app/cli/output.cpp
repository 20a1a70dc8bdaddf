// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/redact.h"

#include <QByteArray>
#include <QCoreApplication>

#include <cstdio>

namespace keyglass::cli {

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

bool writeOut(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
}

ExitStatus tell(const Error& error)
{
    QString text = errorText(error);
    if (error.kind == ErrorKind::Auth) {
        text += u' '
            + QCoreApplication::translate(
                "cli", "A command reads the password from KEYGLASS_PASSWORD or by --password-stdin.");
    }
    const QByteArray line = redacted(text).simplified().toUtf8();
    std::fprintf(stderr, "keyglass: %s\n", line.constData());
    return error.kind == ErrorKind::Input || error.kind == ErrorKind::Confirm ? BadUsage : Failed;
}

} // namespace keyglass::cli
