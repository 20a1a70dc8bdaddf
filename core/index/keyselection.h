// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/keyrange.h"
#include "core/index/snapshot.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// How much of a folder is selected.
enum class SelectedShare { None, Some, All };

/// Which keys the user has selected: disjoint ranges of bytes, so that a folder of a hundred million keys costs as much
/// as one key, and taking one of them out again leaves two ranges. Knows no snapshot; keys that come and go change
/// nothing.
///
/// A range is selected in one of two ways, which bulk plans tell apart and the window names: as a *rule* ("all of
/// session:", whatever is there when the job runs), or as *keys*: those that stood between two rows. A key that arrives
/// between them later falls into the range too, so a plan counts again before it runs.
///
/// A value: copied and compared freely, about 100 bytes a range. One thread at a time.
class KeySelection {
public:
    enum class Kind { Keys, Rule };
    struct Part {
        KeyRange range;
        Kind kind = Kind::Keys;
        friend bool operator==(const Part&, const Part&) = default;
    };

    void clear();
    void add(const KeyRange& range, Kind kind);
    void remove(const KeyRange& range);
    /// Takes all of the range out if all of it is selected (by `snapshot`), else adds it.
    void toggle(const KeyRange& range, Kind kind, const Snapshot& snapshot);
    void addKey(std::string_view key);
    void removeKey(std::string_view key);
    void toggleKey(std::string_view key);
    /// Adds all keys with this prefix as a rule; an empty prefix is all keys.
    void addRule(std::string_view prefix);

    [[nodiscard]] bool isEmpty() const { return m_parts.empty(); }
    /// Disjoint ranges it is made of: what count() costs, times two ranks.
    [[nodiscard]] std::size_t partCount() const { return m_parts.size(); }
    [[nodiscard]] bool contains(std::string_view key) const;
    /// Whether the range holds selected keys of `snapshot`. A few ranks per part until one selected and one other key
    /// are found.
    [[nodiscard]] SelectedShare share(const KeyRange& range, const Snapshot& snapshot) const;
    /// Exact number of selected keys that are in `snapshot`: two ranks per part.
    [[nodiscard]] std::uint64_t count(const Snapshot& snapshot) const;
    /// The disjoint ranges in byte order; those that touch and are of one kind are one.
    [[nodiscard]] std::vector<Part> parts() const;
    /// Prefixes added as a rule of which something is still selected. A prefix within another is left out.
    [[nodiscard]] std::vector<std::string> rules() const;
    /// What is not selected within a rule's prefix: its exceptions.
    [[nodiscard]] std::vector<KeyRange> exceptionsOf(std::string_view prefix) const;

    /// Calls `use` for every selected key of `snapshot` in byte order, until it returns false or `stop`. True if all
    /// were given.
    bool forEachKey(const std::shared_ptr<const Snapshot>& snapshot, const std::stop_token& stop,
        const std::function<bool(std::string_view)>& use) const;

    /// Parts are disjoint, not empty, in order, and joined where they can be. For tests.
    [[nodiscard]] bool isConsistent() const;
    friend bool operator==(const KeySelection&, const KeySelection&) = default;

private:
    struct Tail {
        std::optional<std::string> end;
        Kind kind = Kind::Keys;
        friend bool operator==(const Tail&, const Tail&) = default;
    };
    using Parts = std::map<std::string, Tail, std::less<>>;

    void splitAt(std::string_view bytes);
    void joinAround(const KeyRange& range);
    [[nodiscard]] Parts::const_iterator firstTouching(std::string_view first) const;

    Parts m_parts; // by their first bytes
    std::set<std::string, std::less<>> m_rules;
};

} // namespace keyglass
