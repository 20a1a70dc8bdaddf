// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editcoding.h"

#include "core/value/formatters/datajson.h"
#include "core/value/formatters/jsontext.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("EditCoding", text);
}

Error oneWay(const DecoderStack& stack)
{
    return {ErrorKind::Unsupported, stack.oneWayLayer(), tr("It can be read here, not written")};
}

bool isJson(std::string_view text)
{
    return prettyJson(text).outcome == JsonText::Outcome::Whole;
}

/// JSON as a format writes it: the same for "\u00e4" and "ä".
Result<std::string> meantJson(std::string_view text)
{
    const auto data = dataFromJson(text, {});
    return data ? jsonFromData(*data, {}) : Result<std::string>(data.error());
}

/// Spaces that mean nothing, and the ways to write a letter, are no difference between two texts of JSON.
bool meansTheSame(const DecodedValue& decoded, std::string_view content)
{
    if (decoded.content == content) {
        return true;
    }
    if (decoded.kind != DecodedValue::Kind::Json || !isJson(content) || !isJson(decoded.content)) {
        return false;
    }
    if (compactJson(decoded.content) == compactJson(content)) {
        return true;
    }
    const auto there = meantJson(decoded.content);
    const auto meant = meantJson(content);
    return there && meant && *there == *meant;
}

} // namespace

Result<std::string> decodedForEdit(const DecoderStack& stack, std::string_view stored)
{
    if (!stack.isReversible()) {
        return oneWay(stack);
    }
    auto decoded = stack.decode(stored, {longestDecodedEdit});
    if (!decoded) {
        return std::move(decoded).error();
    }
    return std::move(decoded->content);
}

Result<std::string> storedFromEdit(const DecoderStack& stack, std::string_view content, std::string_view seen)
{
    if (stack.isEmpty()) {
        return std::string(content);
    }
    if (!stack.isReversible()) {
        return oneWay(stack);
    }
    auto stored = stack.encode(content, seen);
    if (!stored) {
        return stored;
    }
    const auto again = stack.decode(*stored);
    if (!again) {
        return again.error();
    }
    if (!meansTheSame(*again, content)) {
        return Error{ErrorKind::Input, stack.title(),
            tr("What would be stored can't hold all of this edit: decoded again, it is another value")};
    }
    return stored;
}

} // namespace keyglass
