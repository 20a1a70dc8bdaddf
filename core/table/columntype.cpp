// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/columntype.h"

#include "core/base/bytes.h"
#include "core/source/commandtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace keyglass {

namespace {

constexpr std::array<std::string_view, 4> names{"string", "integer", "float", "date"};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string_view withoutSign(std::string_view text)
{
    return text.starts_with('+') || text.starts_with('-') ? text.substr(1) : text;
}

bool isWhole(std::string_view text)
{
    const std::string_view digits = withoutSign(text);
    return !digits.empty() && std::ranges::all_of(digits, isDigit);
}

bool isReal(std::string_view text)
{
    const std::string_view rest = withoutSign(text);
    return !rest.empty() && std::ranges::all_of(rest, [](char c) { return isDigit(c) || c == '.'; })
        && std::ranges::count(rest, '.') <= 1;
}

bool isDate(std::string_view text)
{
    constexpr std::string_view form = "dddd-dd-dd";
    return text.size() == form.size()
        && std::ranges::equal(text, form, [](char c, char f) { return f == 'd' ? isDigit(c) : c == f; });
}

std::string_view untilNul(std::string_view text)
{
    return text.substr(0, text.find('\0'));
}

/// What a number may begin after: space, and a plus, which from_chars() does not know.
std::string_view numberIn(std::string_view text)
{
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    if (text.starts_with('+') && !text.starts_with("+-")) {
        text.remove_prefix(1);
    }
    return text;
}

std::int64_t wholeOf(std::string_view text)
{
    text = numberIn(text);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
        using Limits = std::numeric_limits<std::int64_t>;
        return text.starts_with('-') ? Limits::min() : Limits::max();
    }
    return value;
}

double realOf(std::string_view text)
{
    text = numberIn(text);
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
        return text.starts_with('-') ? -std::numeric_limits<double>::infinity()
                                     : std::numeric_limits<double>::infinity();
    }
    return value;
}

QString whatItHolds(ColumnType type)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("ColumnType", text); };
    switch (type) {
    case ColumnType::Integer:
        return tr("An integer is digits with a sign before them or without.");
    case ColumnType::Float:
        return tr("A float is digits with at most one dot and a sign before them or without; no exponent.");
    case ColumnType::Date:
        return tr("A date is YYYY-MM-DD.");
    case ColumnType::String:
        break;
    }
    return tr("RedisTABLE takes no empty value.");
}

} // namespace

ColumnType columnTypeOf(std::string_view typeName)
{
    const auto found = std::ranges::find(names, std::string_view(lowerAscii(typeName)));
    return found == names.end() ? ColumnType::String : static_cast<ColumnType>(found - names.begin());
}

bool isKnownType(std::string_view typeName)
{
    return std::ranges::find(names, std::string_view(lowerAscii(typeName))) != names.end();
}

std::string_view nameOf(ColumnType type)
{
    return names[static_cast<std::size_t>(type)];
}

bool accepts(ColumnType type, std::string_view value)
{
    switch (type) {
    case ColumnType::Integer:
        return isWhole(value);
    case ColumnType::Float:
        return isReal(value);
    case ColumnType::Date:
        return isDate(value);
    case ColumnType::String:
        break;
    }
    return !value.empty();
}

Status checkValue(std::string_view column, ColumnType type, std::string_view value)
{
    if (accepts(type, value)) {
        return ok();
    }
    const QString subject = QCoreApplication::translate("ColumnType", "\"%1\" in column %2")
                                .arg(displayText(value.substr(0, 100)), displayText(column));
    return Error{ErrorKind::Input, subject, value.empty() ? whatItHolds(ColumnType::String) : whatItHolds(type)};
}

std::strong_ordering compareCells(ColumnType type, std::string_view left, std::string_view right)
{
    left = untilNul(left);
    right = untilNul(right);
    if (type == ColumnType::Integer) {
        return wholeOf(left) <=> wholeOf(right);
    }
    if (type == ColumnType::Float) {
        const double first = realOf(left);
        const double second = realOf(right);
        return first < second ? std::strong_ordering::less
            : first > second  ? std::strong_ordering::greater
                              : std::strong_ordering::equal;
    }
    return left <=> right;
}

} // namespace keyglass
