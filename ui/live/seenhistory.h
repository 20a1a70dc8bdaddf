// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <QDateTime>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace keyglass::ui {

/// What was read of a value at one time: its head, and as much of its content as was on screen.
struct SeenValue {
    QDateTime at;
    ValueHead head;
    std::uint64_t firstNumber = 0; ///< Index or rank of the first row.
    std::vector<ValueRow> rows;    ///< As ValuePage has them; of a string, one cell.
    bool isWhole = false;          ///< Nothing was left out.

    /// What it takes in memory, about.
    [[nodiscard]] std::size_t cost() const;
    /// Whether both show the same: type, content, length, and whether it ends by itself. When it was seen does not
    /// count.
    [[nodiscard]] bool showsTheSameAs(const SeenValue& other) const;
};

/// What was seen of the keys of one window, newest last: each time something else was there than before. Bounded: the
/// oldest goes, of whatever key.
class SeenHistory {
public:
    static constexpr std::size_t mostOfOneKey = 100;

    explicit SeenHistory(std::size_t mostBytes = 64U * 1024 * 1024)
        : m_mostBytes(mostBytes)
    {
    }

    /// True where it is something new.
    bool add(const std::string& key, SeenValue value);
    [[nodiscard]] std::vector<SeenValue> of(const std::string& key) const;
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

private:
    struct Entry {
        std::uint64_t order = 0;
        SeenValue value;
    };

    void dropOldest();
    void dropFirst(std::deque<Entry>& entries);

    const std::size_t m_mostBytes;
    std::size_t m_bytes = 0;
    std::uint64_t m_nextOrder = 0;
    std::map<std::string, std::deque<Entry>> m_entries;
};

} // namespace keyglass::ui
