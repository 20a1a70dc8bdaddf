// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editform.h"

#include "core/base/bytes.h"
#include "core/value/formatters/jsontext.h"
#include "core/value/formatters/xmltext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t luaLooked = 64ULL * 1024;
constexpr std::size_t hexInLine = 32;

QString tr(const char* text)
{
    return QCoreApplication::translate("EditForm", text);
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view withoutSpaces(std::string_view text)
{
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    return text;
}

bool looksLikeLua(std::string_view text)
{
    const std::string_view start = text.substr(0, luaLooked);
    static constexpr std::array signs{"redis.call(", "redis.pcall(", "server.call(", "redis.register_function"};
    if (start.starts_with("#!lua")) {
        return true;
    }
    return std::any_of(
        signs.begin(), signs.end(), [&](const char* sign) { return start.find(sign) != std::string_view::npos; });
}

/// Valid JSON without the spaces between its tokens.
std::string compactJson(std::string_view json)
{
    std::string out;
    out.reserve(json.size());
    bool inString = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (inString || !isSpace(c)) {
            out += c;
        }
        if (inString && c == '\\' && at + 1 < json.size()) {
            out += json[++at];
        } else if (c == '"') {
            inString = !inString;
        }
    }
    return out;
}

std::string hexText(std::string_view bytes)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(bytes.size() * 3);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        if (at > 0) {
            out += at % hexInLine == 0 ? '\n' : ' ';
        }
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    return out;
}

int hexDigit(char c)
{
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

/// The bytes, or where it is no hex. Spaces may stand between the two digits of no byte.
std::pair<std::string, std::optional<std::size_t>> readHex(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (isSpace(text[at])) {
            continue;
        }
        const int high = hexDigit(text[at]);
        const int low = at + 1 < text.size() ? hexDigit(text[at + 1]) : -1;
        if (high < 0 || low < 0) {
            return {{}, high < 0 ? at : at + 1};
        }
        out += static_cast<char>(high * 16 + low);
        ++at;
    }
    return {std::move(out), std::nullopt};
}

/// Where an escape is wrong: the first backslash from which on the rest can't be read.
std::size_t wrongEscape(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] != '\\') {
            ++at;
            continue;
        }
        const std::size_t length = at + 1 < text.size() && text[at + 1] == 'x' ? 4 : 2;
        if (at + length > text.size() || !unescapeLine(text.substr(at, length))) {
            return at;
        }
        at += length;
    }
    return text.size();
}

TextProblem problemAt(std::string_view text, std::size_t at, const QString& what)
{
    TextProblem problem;
    problem.at = std::min(at, text.size());
    problem.what = what;
    for (const char c : text.substr(0, problem.at)) {
        if (c == '\n') {
            ++problem.line;
            problem.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U)
            != 0x80U) { // the bytes after a character's first do not count
            ++problem.column;
        }
    }
    return problem;
}

std::optional<TextProblem> jsonProblem(std::string_view text)
{
    const JsonText json = prettyJson(text);
    switch (json.outcome) {
    case JsonText::Outcome::Whole:
        return std::nullopt;
    case JsonText::Outcome::Cut:
        return problemAt(text, text.size(), tr("the JSON ends too early"));
    case JsonText::Outcome::Limit:
        return problemAt(text, json.at, tr("nested too deeply or too large to be checked"));
    case JsonText::Outcome::Invalid:
        break;
    }
    return problemAt(text, json.at, tr("no JSON from here on"));
}

std::optional<TextProblem> xmlProblem(std::string_view text)
{
    const auto fault = xmlFault(text);
    return fault ? std::optional(problemAt(text, fault->at, fault->what)) : std::nullopt;
}

Error problemError(const TextProblem& problem)
{
    return {
        ErrorKind::Input, {}, tr("Line %1, column %2: %3.").arg(problem.line).arg(problem.column).arg(problem.what)};
}

bool isBytesThemselves(EditForm form)
{
    return form != EditForm::Escaped && form != EditForm::Hex;
}

} // namespace

bool isEditableText(std::string_view bytes)
{
    return isUtf8(bytes);
}

EditForm guessForm(std::string_view bytes)
{
    if (!isEditableText(bytes)) {
        return EditForm::Escaped;
    }
    const std::string_view start = withoutSpaces(bytes);
    if (start.empty()) {
        return EditForm::Text;
    }
    if ((start.front() == '{' || start.front() == '[') && !jsonProblem(bytes)) {
        return EditForm::Json;
    }
    if (start.front() == '<' && !xmlProblem(bytes)) {
        return EditForm::Xml;
    }
    return looksLikeLua(bytes) ? EditForm::Lua : EditForm::Text;
}

EditText editTextOf(std::string_view bytes, EditForm form)
{
    if (form == EditForm::Hex) {
        return {form, hexText(bytes), false};
    }
    if (form == EditForm::Escaped || !isEditableText(bytes)) {
        return {EditForm::Escaped, escapeLine(bytes), false};
    }
    if (form == EditForm::Json) {
        JsonText json = prettyJson(bytes);
        if (json.outcome == JsonText::Outcome::Whole && json.text != bytes && compactJson(json.text) == bytes) {
            return {form, std::move(json.text), true};
        }
    }
    return {form, std::string(bytes), false};
}

Result<std::string> bytesOf(const EditText& text)
{
    if (const auto problem = isBytesThemselves(text.form) ? std::nullopt : problemOf(text)) {
        return problemError(*problem);
    }
    if (text.form == EditForm::Hex) {
        return readHex(text.text).first;
    }
    if (text.form == EditForm::Escaped) {
        return unescapeLine(text.text);
    }
    return text.isCompact && !jsonProblem(text.text) ? compactJson(text.text) : text.text;
}

std::optional<TextProblem> problemOf(const EditText& text)
{
    switch (text.form) {
    case EditForm::Json:
        return jsonProblem(text.text);
    case EditForm::Xml:
        return xmlProblem(text.text);
    case EditForm::Escaped:
        if (!unescapeLine(text.text)) {
            return problemAt(text.text, wrongEscape(text.text), tr("this escape is cut or unknown"));
        }
        return std::nullopt;
    case EditForm::Hex:
        if (const auto at = readHex(text.text).second) {
            return problemAt(text.text, *at, tr("two hex digits are needed for each byte"));
        }
        return std::nullopt;
    case EditForm::Text:
    case EditForm::Lua:
        break;
    }
    return std::nullopt;
}

Result<std::string> laidOut(std::string_view text, EditForm form)
{
    if (form != EditForm::Json && form != EditForm::Xml) {
        return Error{ErrorKind::Unsupported, {}, tr("Only JSON and XML can be laid out.")};
    }
    if (const auto problem = problemOf({form, std::string(text), false})) {
        return problemError(*problem);
    }
    return form == EditForm::Json ? prettyJson(text).text : prettyXml(text);
}

Result<std::string> compacted(std::string_view text, EditForm form)
{
    if (form != EditForm::Json && form != EditForm::Xml) {
        return Error{ErrorKind::Unsupported, {}, tr("Only JSON and XML can be laid out.")};
    }
    if (const auto problem = problemOf({form, std::string(text), false})) {
        return problemError(*problem);
    }
    return form == EditForm::Json ? compactJson(text) : compactXml(text);
}

} // namespace keyglass
