// SPDX-License-Identifier: GPL-3.0-or-later
// What a DUMP says, without how it says it. The kinds are those of
// https://github.com/redis/redis/blob/8.0/src/rdb.h and https://github.com/valkey-io/valkey/blob/9.0/src/rdb.h.
#include "core/base/valuedigest.h"

#include "core/base/contenthash.h"
#include "core/base/dumplayout.h"
#include "core/base/packedreaders.h"
#include "core/base/rdbreader.h"
#include "core/base/stablehash.h"

#include <bit>
#include <optional>

namespace keyglass {

namespace {

enum class ValueType : std::uint64_t { String = 1, List, Set, SortedSet, Hash, Stream };

/// Of bytes that are not understood; no value's digest begins with it.
constexpr std::uint64_t seedOfBytes = 0xB17E5;

/// A field's end that there is not, as listpacks and older tables give it; Valkey writes -1.
constexpr std::uint64_t endless = 0;

std::uint64_t hashOfPair(std::uint64_t field, std::uint64_t value)
{
    return mixed(field + mixed(value));
}

std::uint64_t hashOfField(std::uint64_t field, std::uint64_t value, std::uint64_t end)
{
    const std::uint64_t pair = hashOfPair(field, value);
    return end == endless ? pair : mixed(pair + mixed(end));
}

/// Reads the elements of one kind of value.
class ValueWalk {
public:
    ValueWalk(std::string_view body, unsigned version)
        : m_reader(body)
        , m_version(version)
    {
    }

    /// Nothing where the kind is not known, or the value is damaged.
    std::optional<std::uint64_t> digest(unsigned kind)
    {
        const auto type = add(kind);
        if (!type || !m_isSound || !m_reader.isWhole()) {
            return std::nullopt;
        }
        return mixed(m_content.result() + static_cast<std::uint64_t>(*type));
    }

private:
    std::optional<ValueType> add(unsigned kind)
    {
        switch (kind) {
        case DumpKind::String:
            m_content.addNext(hashOf(m_reader.string(), ContentPart::Element));
            return ValueType::String;
        case DumpKind::List:
        case DumpKind::ListAsZiplist:
        case DumpKind::ListAsZiplists:
        case DumpKind::ListAsListpacks:
            addList(kind);
            return ValueType::List;
        case DumpKind::Set:
        case DumpKind::SetAsIntset:
        case DumpKind::SetAsListpack:
            addSet(kind);
            return ValueType::Set;
        case DumpKind::SortedSetAsText:
        case DumpKind::SortedSet:
        case DumpKind::SortedSetAsZiplist:
        case DumpKind::SortedSetAsListpack:
            addSortedSet(kind);
            return ValueType::SortedSet;
        case DumpKind::Stream:
        case DumpKind::Stream2:
        case DumpKind::Stream3:
            m_isSound =
                addStream(m_reader, kind == DumpKind::Stream ? 1 : (kind == DumpKind::Stream2 ? 2 : 3), m_content);
            return ValueType::Stream;
        default:
            return addHash(kind) ? std::optional(ValueType::Hash) : std::nullopt;
        }
    }

    void addList(unsigned kind)
    {
        constexpr std::uint64_t plainNode = 1;
        constexpr std::uint64_t packedNode = 2;
        if (kind == DumpKind::ListAsZiplist) {
            addElements<ZiplistReader>();
            return;
        }
        for (std::uint64_t left = m_reader.length(); left > 0 && isSound(); --left) {
            const std::uint64_t node = kind == DumpKind::ListAsListpacks ? m_reader.length() : plainNode;
            if (kind == DumpKind::ListAsZiplists) {
                addElements<ZiplistReader>();
            } else if (node == packedNode) {
                addElements<ListpackReader>();
            } else if (node == plainNode) {
                m_content.addNext(hashOf(m_reader.string(), ContentPart::Element));
            } else {
                m_isSound = false;
            }
        }
    }

    void addSet(unsigned kind)
    {
        const auto take = [this](
                              const PackedElement& one) { m_content.addAnywhere(hashOf(one, ContentPart::Element)); };
        if (kind == DumpKind::SetAsIntset) {
            each<IntsetReader>(take);
        } else if (kind == DumpKind::SetAsListpack) {
            each<ListpackReader>(take);
        } else {
            for (std::uint64_t left = m_reader.length(); left > 0 && isSound(); --left) {
                m_content.addAnywhere(hashOf(m_reader.string(), ContentPart::Element));
            }
        }
    }

    void addSortedSet(unsigned kind)
    {
        if (kind == DumpKind::SortedSetAsZiplist) {
            addScored<ZiplistReader>();
        } else if (kind == DumpKind::SortedSetAsListpack) {
            addScored<ListpackReader>();
        } else {
            for (std::uint64_t left = m_reader.length(); left > 0 && isSound(); --left) {
                const std::uint64_t member = hashOf(m_reader.string(), ContentPart::Element);
                const double score =
                    kind == DumpKind::SortedSetAsText ? m_reader.oldScore() : std::bit_cast<double>(m_reader.number());
                m_content.addAnywhere(hashOfPair(member, hashOf(score)));
            }
        }
    }

    bool addHash(unsigned kind)
    {
        switch (kind) {
        case DumpKind::Hash:
            addTable(Ends::None);
            return true;
        case DumpKind::HashAsZipmap:
            addPairs<ZipmapReader>();
            return true;
        case DumpKind::HashAsZiplist:
            addPairs<ZiplistReader>();
            return true;
        case DumpKind::HashAsListpack:
            addPairs<ListpackReader>();
            return true;
        case DumpKind::HashOfValkey: // and one of Redis before 7.4 was released
            addTable(isOfValkey() ? Ends::Behind : Ends::Before);
            return true;
        case DumpKind::EarlyHashWithEndsAsListpack:
            if (isOfValkey()) {
                return false;
            }
            addTriples();
            return true;
        case DumpKind::HashWithEnds:
            m_firstEnd = m_reader.number();
            addTable(Ends::BeforeFromFirst);
            return true;
        case DumpKind::HashWithEndsAsListpack:
            static_cast<void>(m_reader.number()); // the first of the ends, which stand with their fields
            addTriples();
            return true;
        default:
            return false;
        }
    }

    /// Where a table has the ends of its fields: as a length before the field, from Unix time 0 or counted on from the
    /// first of them, or in eight bytes behind the value.
    enum class Ends { None, Before, BeforeFromFirst, Behind };

    void addTable(Ends ends)
    {
        for (std::uint64_t left = m_reader.length(); left > 0 && isSound(); --left) {
            std::uint64_t end = ends == Ends::Before || ends == Ends::BeforeFromFirst ? m_reader.length() : endless;
            if (ends == Ends::BeforeFromFirst && end != endless) {
                end = end - 1 + m_firstEnd;
            }
            const std::uint64_t field = hashOf(m_reader.string(), ContentPart::Field);
            const std::uint64_t value = hashOf(m_reader.string(), ContentPart::Value);
            if (ends == Ends::Behind) {
                const std::uint64_t number = m_reader.number();
                end = static_cast<std::int64_t>(number) < 0 ? endless : number;
            }
            m_content.addAnywhere(hashOfField(field, value, end));
        }
    }

    /// Field, value and end in turn.
    void addTriples()
    {
        std::uint64_t field = 0;
        std::uint64_t value = 0;
        unsigned part = 0;
        each<ListpackReader>([&](const PackedElement& one) {
            if (part == 0) {
                field = hashOf(one, ContentPart::Field);
            } else if (part == 1) {
                value = hashOf(one, ContentPart::Value);
            } else {
                m_isSound = m_isSound && one.isNumber;
                m_content.addAnywhere(hashOfField(field, value, static_cast<std::uint64_t>(one.number)));
            }
            part = (part + 1) % 3;
        });
        m_isSound = m_isSound && part == 0;
    }

    template <typename Reader> void addElements()
    {
        each<Reader>([this](const PackedElement& one) { m_content.addNext(hashOf(one, ContentPart::Element)); });
    }

    template <typename Reader> void addPairs()
    {
        std::optional<std::uint64_t> field;
        each<Reader>([&](const PackedElement& one) {
            if (field) {
                m_content.addAnywhere(hashOfField(*field, hashOf(one, ContentPart::Value), endless));
                field.reset();
            } else {
                field = hashOf(one, ContentPart::Field);
            }
        });
        m_isSound = m_isSound && !field;
    }

    template <typename Reader> void addScored()
    {
        std::optional<std::uint64_t> member;
        each<Reader>([&](const PackedElement& one) {
            if (member) {
                const double score = one.isNumber ? static_cast<double>(one.number) : scoreOf(one.text, m_isSound);
                m_content.addAnywhere(hashOfPair(*member, hashOf(score)));
                member.reset();
            } else {
                member = hashOf(one, ContentPart::Element);
            }
        });
        m_isSound = m_isSound && !member;
    }

    /// Of the string that follows.
    template <typename Reader, typename Take> void each(const Take& take)
    {
        Reader elements(m_reader.string());
        while (const auto element = elements.next()) {
            take(*element);
        }
        m_isSound = m_isSound && elements.isWhole();
    }

    [[nodiscard]] bool isSound() const { return m_isSound && m_reader.isGood(); }
    [[nodiscard]] bool isOfValkey() const { return m_version >= firstVersionOfValkey; }

    RdbReader m_reader;
    const unsigned m_version;
    ContentHash m_content;
    std::uint64_t m_firstEnd = 0;
    bool m_isSound = true;
};

} // namespace

std::uint64_t valueDigest(std::string_view dump)
{
    const auto parts = partsOfDump(dump);
    if (!parts) {
        return stableHash(dump, seedOfBytes);
    }
    const auto digest = ValueWalk(parts->body.substr(1), parts->version).digest(parts->kind);
    return digest.value_or(stableHash(parts->body, seedOfBytes));
}

bool isSameValue(std::string_view one, std::string_view other)
{
    return one == other || valueDigest(one) == valueDigest(other);
}

} // namespace keyglass
