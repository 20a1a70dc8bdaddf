// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace keyglass {

namespace {

/// One step through bytes: a code point of well-formed UTF-8, or one byte that is none.
struct Step {
    char32_t codePoint = 0;
    std::size_t length = 1;
    bool valid = false;
};

bool isContinuation(unsigned char byte)
{
    return (byte & 0xC0U) == 0x80U;
}

Step stepAt(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const std::size_t left = bytes.size() - at;
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || left < length) {
        return {};
    }
    char32_t codePoint = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (!isContinuation(byte(i))) {
            return {};
        }
        codePoint = (codePoint << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && codePoint < 0x800) || (length == 4 && codePoint < 0x10000);
    const bool surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (overlong || surrogate || codePoint > 0x10FFFF) {
        return {};
    }
    return {codePoint, length, true};
}

/// Characters that would leave no trace on screen, or change how their neighbours are drawn.
bool isInvisible(char32_t c)
{
    struct Range {
        char32_t from;
        char32_t to;
    };
    static constexpr std::array ranges{
        Range{0x00, 0x1F},
        Range{0x7F, 0xA0},
        Range{0xAD, 0xAD},
        Range{0x034F, 0x034F},
        Range{0x061C, 0x061C},
        Range{0x115F, 0x1160},
        Range{0x1680, 0x1680},
        Range{0x17B4, 0x17B5},
        Range{0x180B, 0x180F},
        Range{0x2000, 0x200F},
        Range{0x2028, 0x202F},
        Range{0x205F, 0x206F},
        Range{0x2800, 0x2800},
        Range{0x3000, 0x3000},
        Range{0x3164, 0x3164},
        Range{0xE000, 0xF8FF},
        Range{0xFE00, 0xFE0F},
        Range{0xFEFF, 0xFEFF},
        Range{0xFFA0, 0xFFA0},
        Range{0xFFF0, 0xFFFF},
        Range{0x1BCA0, 0x1BCA3},
        Range{0x1D173, 0x1D17A},
        Range{0xE0000, 0x10FFFF},
    };
    for (const Range& range : ranges) {
        if (c >= range.from && c <= range.to) {
            return true;
        }
    }
    return false;
}

void appendHex(std::string& out, std::string_view bytes)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += "\\x";
        out += digits[byte >> 4U];
        out += digits[byte & 0x0FU];
    }
}

enum class Hide { ControlsOnly, AllInvisible };

std::string escaped(std::string_view bytes, Hide hide)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Step step = stepAt(bytes, at);
        const std::string_view piece = bytes.substr(at, step.length);
        at += step.length;
        const bool control = step.codePoint < 0x20 || (step.codePoint >= 0x7F && step.codePoint < 0xA0)
            || step.codePoint == 0x2028 || step.codePoint == 0x2029;
        if (!step.valid) {
            appendHex(out, piece);
        } else if (step.codePoint == U'\\') {
            out += "\\\\";
        } else if (step.codePoint == U'\n') {
            out += "\\n";
        } else if (step.codePoint == U'\r') {
            out += "\\r";
        } else if (step.codePoint == U'\t') {
            out += "\\t";
        } else if (control || (hide == Hide::AllInvisible && isInvisible(step.codePoint))) {
            appendHex(out, piece);
        } else {
            out += piece;
        }
    }
    return out;
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Error badEscape(std::string_view line)
{
    return Error{ErrorKind::Input,
        QCoreApplication::translate("Bytes", "The line \"%1\"").arg(displayText(line.substr(0, 200))),
        QCoreApplication::translate("Bytes", "A backslash stands only before another one, n, r, t or xHH")};
}

} // namespace

bool isUtf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const Step step = stepAt(bytes, at);
        if (!step.valid) {
            return false;
        }
        at += step.length;
    }
    return true;
}

QString displayText(std::string_view bytes)
{
    const std::string text = escaped(bytes, Hide::AllInvisible);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string escapeLine(std::string_view bytes)
{
    return escaped(bytes, Hide::ControlsOnly);
}

Result<std::string> unescapeLine(std::string_view line)
{
    std::string out;
    out.reserve(line.size());
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] != '\\') {
            out += line[at];
            continue;
        }
        if (++at == line.size()) {
            return badEscape(line);
        }
        switch (line[at]) {
        case '\\':
            out += '\\';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        case 't':
            out += '\t';
            break;
        case 'x': {
            const int high = at + 1 < line.size() ? hexValue(line[at + 1]) : -1;
            const int low = at + 2 < line.size() ? hexValue(line[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return badEscape(line);
            }
            out += static_cast<char>(high * 16 + low);
            at += 2;
            break;
        }
        default:
            return badEscape(line);
        }
    }
    return out;
}

std::string escapeGlob(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (const char c : bytes) {
        if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out;
}

QString sizeText(ByteCount size)
{
    static const std::array units{"B", "KB", "MB", "GB", "TB"};
    auto value = static_cast<double>(size.value);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    QString number = unit == 0 ? QString::number(size.value) : QString::number(value, 'f', 1);
    number.replace(u'.', QLocale().decimalPoint()); // as all other numbers in the window
    return number + QChar(0x00A0) + QLatin1String(units[unit]);
}

} // namespace keyglass
