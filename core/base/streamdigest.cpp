// SPDX-License-Identifier: GPL-3.0-or-later
// A stream lies in blocks. Each is a listpack under the ID that its entries count on from: how many there are and how
// many of them are deleted, the fields of the first one, then the entries. An entry: whether it is deleted and whether
// it has the fields of the first one (which are not said again then), how far its ID is from that of the block, its
// fields and values, and how many elements that was (https://github.com/redis/redis/blob/7.0/src/t_stream.c).
#include "core/base/contenthash.h"

#include <optional>
#include <vector>

namespace keyglass {

namespace {

constexpr std::uint64_t idBytes = 16;

/// An ID's time and number.
struct StreamPlace {
    std::uint64_t time = 0;
    std::uint64_t number = 0;

    [[nodiscard]] std::uint64_t hash() const { return mixed(mixed(time + 1) + number); }
};

StreamPlace placeIn(std::string_view bytes)
{
    ByteCursor cursor(bytes);
    const std::uint64_t time = cursor.big(8);
    return {time, cursor.big(8)};
}

StreamPlace readPlace(RdbReader& reader)
{
    const std::uint64_t time = reader.length();
    return {time, reader.length()};
}

class BlockWalk {
public:
    BlockWalk(std::string_view block, StreamPlace from, ContentHash& content)
        : m_elements(block)
        , m_from(from)
        , m_content(content)
    {
    }

    /// False where the block is damaged.
    bool addEntries()
    {
        readNumber(); // entries that are there
        readNumber(); // deleted ones
        std::vector<std::uint64_t> fields;
        for (std::uint64_t left = readNumber(); left > 0 && m_isSound; --left) {
            fields.push_back(readText(ContentPart::Field));
        }
        readNumber(); // how many elements an entry before this has: none
        while (m_isSound) {
            const auto flags = m_elements.next();
            if (!flags) {
                break;
            }
            addEntry(*flags, fields);
        }
        return m_isSound && m_elements.isWhole();
    }

private:
    void addEntry(const PackedElement& flags, const std::vector<std::uint64_t>& fieldsOfFirst)
    {
        constexpr std::int64_t isDeleted = 1;
        constexpr std::int64_t hasFieldsOfFirst = 2;
        m_isSound = m_isSound && flags.isNumber;
        StreamPlace place = m_from;
        place.time += readNumber();
        place.number += readNumber();
        std::uint64_t entry = place.hash();
        if ((flags.number & hasFieldsOfFirst) != 0) {
            for (const std::uint64_t field : fieldsOfFirst) {
                entry = mixed(mixed(entry + field) + readText(ContentPart::Value));
            }
        } else {
            for (std::uint64_t left = readNumber(); left > 0 && m_isSound; --left) {
                entry = mixed(entry + readText(ContentPart::Field));
                entry = mixed(entry + readText(ContentPart::Value));
            }
        }
        readNumber(); // of how many elements it is
        if ((flags.number & isDeleted) == 0) {
            m_content.addNext(entry);
        }
    }

    std::uint64_t readNumber()
    {
        const auto element = m_elements.next();
        m_isSound = m_isSound && element && element->isNumber;
        return m_isSound ? static_cast<std::uint64_t>(element->number) : 0;
    }
    std::uint64_t readText(ContentPart part)
    {
        const auto element = m_elements.next();
        m_isSound = m_isSound && element;
        return m_isSound ? hashOf(*element, part) : 0;
    }

    ListpackReader m_elements;
    const StreamPlace m_from;
    ContentHash& m_content;
    bool m_isSound = true;
};

/// What its consumers have not acknowledged: when and how often it was delivered.
std::uint64_t hashOfPending(RdbReader& reader)
{
    ContentHash pending;
    for (std::uint64_t left = reader.length(); left > 0 && reader.isGood(); --left) {
        const std::uint64_t entry = placeIn(reader.bytes(idBytes)).hash();
        const std::uint64_t delivery = mixed(entry + reader.number());
        pending.addAnywhere(mixed(delivery + reader.length()));
    }
    return pending.result();
}

std::uint64_t hashOfConsumer(RdbReader& reader, int version)
{
    const std::uint64_t name = hashOf(reader.string(), ContentPart::Name);
    static_cast<void>(reader.number()); // when it was last seen
    if (version >= 3) {
        static_cast<void>(reader.number()); // when it last read something
    }
    ContentHash owned;
    for (std::uint64_t left = reader.length(); left > 0 && reader.isGood(); --left) {
        owned.addAnywhere(placeIn(reader.bytes(idBytes)).hash());
    }
    return mixed(name + owned.result());
}

std::uint64_t hashOfGroup(RdbReader& reader, int version)
{
    const std::uint64_t name = hashOf(reader.string(), ContentPart::Name);
    const std::uint64_t last = readPlace(reader).hash();
    if (version >= 2) {
        static_cast<void>(reader.length()); // how many entries it has read
    }
    const std::uint64_t pending = hashOfPending(reader);
    ContentHash consumers;
    for (std::uint64_t left = reader.length(); left > 0 && reader.isGood(); --left) {
        consumers.addAnywhere(hashOfConsumer(reader, version));
    }
    return mixed(mixed(mixed(name + last) + pending) + consumers.result());
}

} // namespace

bool addStream(RdbReader& reader, int version, ContentHash& content)
{
    for (std::uint64_t left = reader.length(); left > 0 && reader.isGood(); --left) {
        const std::string_view name = reader.string();
        if (name.size() != idBytes) {
            return false;
        }
        const StreamPlace from = placeIn(name);
        if (!BlockWalk(reader.string(), from, content).addEntries()) {
            return false;
        }
    }
    if (reader.length() != content.count()) {
        return false;
    }
    content.addNext(readPlace(reader).hash());
    if (version >= 2) {
        static_cast<void>(readPlace(reader)); // the first entry's
        static_cast<void>(readPlace(reader)); // the highest that was deleted
        static_cast<void>(reader.length());   // how many there ever were
    }
    for (std::uint64_t left = reader.length(); left > 0 && reader.isGood(); --left) {
        content.addAnywhere(hashOfGroup(reader, version));
    }
    return reader.isGood();
}

} // namespace keyglass
