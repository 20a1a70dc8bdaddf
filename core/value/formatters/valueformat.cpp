// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/valueformat.h"

#include "core/value/formatters/jsontext.h"
#include "core/value/formatters/utf8step.h"

namespace keyglass {

namespace {

constexpr std::size_t looksAt = 64ULL * 1024;
constexpr std::size_t charactersPerControl =
    200; ///< A text may hold a stray control character (a form feed, an escape).

bool isText(std::string_view bytes)
{
    std::size_t controls = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const Utf8Step step = utf8StepAt(bytes, at);
        if (step.kind == Utf8Step::Kind::Invalid || (step.kind == Utf8Step::Kind::Character && step.codePoint == 0)) {
            return false;
        }
        const bool isSpace = step.codePoint >= '\t' && step.codePoint <= '\r';
        controls += step.kind == Utf8Step::Kind::Character && step.codePoint < 0x20 && !isSpace ? 1 : 0;
        at += step.length;
    }
    return controls == 0 || controls * charactersPerControl <= bytes.size();
}

bool isJsonContainer(std::string_view bytes, TextEnd end)
{
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (bytes[first] != '{' && bytes[first] != '[')) {
        return false;
    }
    const JsonText::Outcome outcome = prettyJson(bytes).outcome;
    return outcome == JsonText::Outcome::Whole || (outcome == JsonText::Outcome::Cut && end == TextEnd::MoreFollows);
}

} // namespace

ValueFormat detectFormat(std::string_view bytes, TextEnd end)
{
    const std::string_view sample = bytes.substr(0, looksAt);
    if (!isText(sample)) {
        return ValueFormat::Hex;
    }
    const TextEnd sampleEnd = bytes.size() > looksAt ? TextEnd::MoreFollows : end;
    return isJsonContainer(sample, sampleEnd) ? ValueFormat::Json : ValueFormat::Text;
}

} // namespace keyglass
