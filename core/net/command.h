// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// One command and its arguments, as bytes. Nothing is quoted, split or converted: an argument is what the server gets.
class Command {
public:
    Command() = default;
    Command(std::initializer_list<std::string_view> arguments)
        : m_arguments(arguments.begin(), arguments.end())
    {
    }

    Command& add(std::string_view argument)
    {
        m_arguments.emplace_back(argument);
        return *this;
    }
    Command& add(std::int64_t number)
    {
        m_arguments.push_back(std::to_string(number));
        return *this;
    }

    [[nodiscard]] bool isEmpty() const { return m_arguments.empty(); }
    [[nodiscard]] const std::vector<std::string>& arguments() const { return m_arguments; }
    /// The command's name as it was given ("SCAN"); empty for an empty command.
    [[nodiscard]] std::string_view name() const
    {
        return m_arguments.empty() ? std::string_view() : std::string_view(m_arguments.front());
    }

    /// Appends the command to `out` as a RESP array of bulk strings (https://redis.io/docs/reference/protocol-spec).
    void encodeTo(std::string& out) const;

private:
    std::vector<std::string> m_arguments;
};

} // namespace keyglass
