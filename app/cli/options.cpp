// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error badOption(std::string_view name, const QString& why)
{
    return Error{ErrorKind::Input, displayText(name), why};
}

} // namespace

Result<Options> Options::parse(std::span<char* const> words, std::span<const OptionSpec> known)
{
    Options options;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string_view word = words[at];
        if (word == "--") {
            options.m_rest.insert(
                options.m_rest.end(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
            break;
        }
        if (!word.starts_with("--")) {
            options.m_rest.emplace_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(0, equals);
        const auto spec =
            std::find_if(known.begin(), known.end(), [&](const OptionSpec& one) { return one.name == name; });
        if (spec == known.end()) {
            return badOption(name, tr("There is no such option here"));
        }
        std::string value;
        if (spec->takesValue && equals != std::string_view::npos) {
            value = word.substr(equals + 1);
        } else if (spec->takesValue) {
            if (++at == words.size()) {
                return badOption(name, tr("It needs a value"));
            }
            value = words[at];
            if (std::ranges::find(known, std::string_view(value), &OptionSpec::name) != known.end()) {
                return badOption(name,
                    tr("It needs a value. If %1 is meant to be it, write %2=%1")
                        .arg(displayText(value), displayText(name)));
            }
        } else if (equals != std::string_view::npos) {
            return badOption(name, tr("It takes no value"));
        }
        std::vector<std::string>& values = options.m_values[std::string(name)];
        if (!values.empty() && !spec->repeats) {
            return badOption(name, tr("It is given twice"));
        }
        values.push_back(std::move(value));
    }
    return options;
}

bool Options::has(std::string_view name) const
{
    return m_values.find(name) != m_values.end();
}

std::optional<std::string> Options::value(std::string_view name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.front());
}

std::vector<std::string> Options::values(std::string_view name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

Status Options::checkFilled(std::initializer_list<std::string_view> names) const
{
    for (const std::string_view name : names) {
        if (has(name) && value(name)->empty()) {
            return badOption(name, tr("It is empty"));
        }
    }
    return ok();
}

Result<std::optional<std::uint64_t>> Options::number(std::string_view name) const
{
    const auto text = value(name);
    if (!text) {
        return std::optional<std::uint64_t>();
    }
    std::uint64_t number = 0;
    const char* const end = text->data() + text->size();
    const auto [stoppedAt, problem] = std::from_chars(text->data(), end, number);
    if (problem != std::errc() || stoppedAt != end || number == 0) {
        return badOption(name, tr("\"%1\" is not a whole number of at least 1").arg(displayText(*text)));
    }
    return std::optional(number);
}

Result<std::size_t> Options::choice(
    std::string_view name, std::initializer_list<std::string_view> choices, std::size_t fallback) const
{
    const auto text = value(name);
    if (!text) {
        return fallback;
    }
    const auto* const found = std::find(choices.begin(), choices.end(), *text);
    if (found != choices.end()) {
        return static_cast<std::size_t>(found - choices.begin());
    }
    QStringList names;
    for (const std::string_view one : choices) {
        names << displayText(one);
    }
    return badOption(name, tr("\"%1\" is none of %2").arg(displayText(*text), names.join(QStringLiteral(", "))));
}

} // namespace keyglass::cli
