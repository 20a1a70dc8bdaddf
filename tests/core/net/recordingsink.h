// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/reply.h"

#include <string>

namespace keyglass::test {

/// Writes down what it is told, one line each: "0/0 *2", "1/0 $bytes", "1/1 :7", "1/2 _", with depth and index in
/// front.
class RecordingSink : public ReplySink {
public:
    void arrayBegins(int depth, std::size_t index, std::size_t size) override
    {
        line(depth, index, "*" + std::to_string(size));
    }
    void text(Reply::Type type, int depth, std::size_t index, std::string_view bytes) override
    {
        const char mark = type == Reply::Type::String ? '$' : type == Reply::Type::Error ? '-' : '+';
        line(depth, index, mark + std::string(bytes));
    }
    void integer(int depth, std::size_t index, std::int64_t value) override
    {
        line(depth, index, ":" + std::to_string(value));
    }
    void nil(int depth, std::size_t index) override { line(depth, index, "_"); }

    [[nodiscard]] const std::string& told() const { return m_told; }

private:
    void line(int depth, std::size_t index, const std::string& what)
    {
        m_told += std::to_string(depth) + "/" + std::to_string(index) + " " + what + "\n";
    }

    std::string m_told;
};

} // namespace keyglass::test
