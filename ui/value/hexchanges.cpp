// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/hexchanges.h"

#include "core/value/formatters/hextext.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace keyglass::ui {

namespace {

/// What stands before the next `end`, which is passed; nothing where there is none.
std::optional<std::string_view> nextWord(std::string_view& text, char end)
{
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view word = text.substr(0, at);
    text.remove_prefix(at + 1);
    return word;
}

std::optional<unsigned> digitOf(char c)
{
    unsigned value = 0;
    const auto [at, failed] = std::from_chars(&c, &c + 1, value, 16);
    return failed == std::errc() && at == &c + 1 ? std::optional(value) : std::nullopt;
}

std::optional<std::string> bytesOfDigits(std::string_view digits)
{
    std::string bytes;
    if (digits.size() % 2 != 0) {
        return std::nullopt;
    }
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        const auto high = digitOf(digits[at]);
        const auto low = digitOf(digits[at + 1]);
        if (!high || !low) {
            return std::nullopt;
        }
        bytes += static_cast<char>(*high << 4U | *low);
    }
    return bytes;
}

} // namespace

std::vector<HexChanges::Stretch> HexChanges::stretches() const
{
    std::vector<Stretch> all;
    for (const auto& [offset, change] : m_changes) {
        if (all.empty() || all.back().offset + all.back().now.size() != offset) {
            all.push_back({offset, {}, {}});
        }
        all.back().seen += change.seen;
        all.back().now += change.now;
    }
    return all;
}

void HexChanges::put(std::uint64_t offset, const std::optional<Change>& change)
{
    if (change) {
        m_changes[offset] = *change;
    } else {
        m_changes.erase(offset);
    }
}

void HexChanges::take(Step step)
{
    for (const Turn& turn : step) {
        put(turn.offset, turn.after);
    }
    m_done.push_back(std::move(step));
    m_undone.clear();
}

bool HexChanges::type(std::uint64_t offset, char there, unsigned digit)
{
    const auto found = m_changes.find(offset);
    const auto before = found != m_changes.end() ? std::optional(found->second) : std::nullopt;
    const bool isSecond = before && before->isHalf;
    const auto shown = static_cast<unsigned char>(before ? before->now : there);
    const unsigned now = isSecond ? (shown & 0xF0U) | digit : (digit << 4U) | (shown & 0x0FU);
    take({{offset, before, Change{before ? before->seen : there, static_cast<char>(now), !isSecond}}});
    return isSecond;
}

void HexChanges::takeBack()
{
    Step step;
    for (const auto& [offset, change] : m_changes) {
        step.push_back({offset, change, std::nullopt});
    }
    if (!step.empty()) {
        take(std::move(step));
    }
}

std::optional<std::uint64_t> HexChanges::undo()
{
    if (m_done.empty()) {
        return std::nullopt;
    }
    Step step = std::move(m_done.back());
    m_done.pop_back();
    for (const Turn& turn : step) {
        put(turn.offset, turn.before);
    }
    m_undone.push_back(std::move(step));
    return m_undone.back().front().offset;
}

std::optional<std::uint64_t> HexChanges::redo()
{
    if (m_undone.empty()) {
        return std::nullopt;
    }
    Step step = std::move(m_undone.back());
    m_undone.pop_back();
    for (const Turn& turn : step) {
        put(turn.offset, turn.after);
    }
    m_done.push_back(std::move(step));
    return m_done.back().front().offset;
}

void HexChanges::forgetSteps()
{
    m_done.clear();
    m_undone.clear();
}

void HexChanges::written(const Stretch& stretch)
{
    for (std::size_t at = 0; at < stretch.now.size(); ++at) {
        const auto found = m_changes.find(stretch.offset + at);
        if (found == m_changes.end()) {
            continue;
        }
        if (found->second.now == stretch.now[at]) {
            m_changes.erase(found);
        } else {
            found->second.seen = stretch.now[at];
        }
    }
    forgetSteps();
}

void HexChanges::seeAgain(std::uint64_t offset, std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (const auto found = m_changes.find(offset + at); found != m_changes.end()) {
            found->second.seen = bytes[at];
        }
    }
    forgetSteps();
}

HexChanges::Turn* HexChanges::firstTurnAt(std::uint64_t offset)
{
    for (Step& step : m_done) {
        const auto turn = std::ranges::find(step, offset, &Turn::offset);
        if (turn != step.end()) {
            return &*turn;
        }
    }
    return nullptr;
}

void HexChanges::addEarlier(const HexChanges& earlier)
{
    for (const auto& [offset, change] : earlier.m_changes) {
        m_changes.try_emplace(offset, change);
        if (Turn* first = firstTurnAt(offset); first != nullptr && !first->before) {
            first->before = change;
        }
    }
}

std::string HexChanges::text() const
{
    std::string text;
    for (const Stretch& stretch : stretches()) {
        text += std::to_string(stretch.offset) + ' ' + hexDigits(stretch.seen) + ' ' + hexDigits(stretch.now) + '\n';
    }
    return text;
}

std::optional<HexChanges> HexChanges::fromText(std::string_view text)
{
    HexChanges changes;
    while (!text.empty()) {
        const auto offset = nextWord(text, ' ');
        const auto seen = nextWord(text, ' ');
        const auto now = nextWord(text, '\n');
        if (!offset || !seen || !now) {
            return std::nullopt;
        }
        std::uint64_t first = 0;
        const auto [end, failed] = std::from_chars(offset->data(), offset->data() + offset->size(), first);
        const auto was = bytesOfDigits(*seen);
        const auto is = bytesOfDigits(*now);
        const bool isWhole = failed == std::errc() && end == offset->data() + offset->size();
        if (!isWhole || !was || !is || was->size() != is->size() || first > UINT64_MAX - is->size()) {
            return std::nullopt;
        }
        for (std::size_t at = 0; at < is->size(); ++at) {
            changes.m_changes[first + at] = {(*was)[at], (*is)[at], false};
        }
    }
    return changes;
}

} // namespace keyglass::ui
