// SPDX-License-Identifier: GPL-3.0-or-later
// A part as bytes. Numbers are varints, texts are their length and their bytes, lists their number and their items:
//
//   version (1), type (as TYPE names it), flags (1: first, 2: last, 4: with what a stream has beside its entries),
//   length of the key, rows (lists of texts), ends of fields (text, Unix milliseconds);
//   of a stream: last ID, entries added (plus one; 0: not known), largest ID deleted, groups: name, last ID delivered,
//   entries read (plus one), consumers (texts), pending (ID, consumer, Unix milliseconds, deliveries)
#include "core/transfer/partbytes.h"

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::uint64_t ourVersion = 1;
constexpr std::uint64_t firstFlag = 1;
constexpr std::uint64_t lastFlag = 2;
constexpr std::uint64_t streamFlag = 4;

class Writer {
public:
    void number(std::uint64_t number)
    {
        for (; number >= 0x80U; number >>= 7U) {
            m_bytes.push_back(static_cast<char>(number | 0x80U));
        }
        m_bytes.push_back(static_cast<char>(number));
    }
    void text(std::string_view text)
    {
        number(text.size());
        m_bytes.append(text);
    }
    void time(Milliseconds time) { number(static_cast<std::uint64_t>(time.count())); }
    void maybe(const std::optional<std::uint64_t>& known) { number(known ? *known + 1 : 0); }
    template <typename List, typename Item> void list(const List& list, const Item& item)
    {
        number(list.size());
        std::ranges::for_each(list, item);
    }
    void reserve(std::size_t bytes) { m_bytes.reserve(bytes); }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

class Parser {
public:
    explicit Parser(std::string_view bytes)
        : m_rest(bytes)
    {
    }
    std::uint64_t number()
    {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            number |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80U) {
                return number;
            }
        }
        m_isGood = false;
        return 0;
    }
    std::string text()
    {
        const std::uint64_t size = number();
        if (size > m_rest.size()) {
            m_isGood = false;
            return {};
        }
        std::string text(m_rest.substr(0, static_cast<std::size_t>(size)));
        m_rest.remove_prefix(text.size());
        return text;
    }
    Milliseconds time() { return Milliseconds{static_cast<std::int64_t>(number())}; }
    std::optional<std::uint64_t> maybe()
    {
        const std::uint64_t known = number();
        return known > 0 ? std::optional(known - 1) : std::nullopt;
    }
    /// Each item takes one byte at least.
    template <typename Value, typename Item> void list(std::vector<Value>& list, const Item& item)
    {
        for (std::uint64_t left = number(); left > 0 && m_isGood; --left) {
            list.push_back(item());
        }
    }
    [[nodiscard]] bool isDone() const { return m_isGood && m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_isGood = true;
};

void writeStream(const StreamPart& stream, Writer& to)
{
    const auto text = [&to](const std::string& one) { to.text(one); };
    to.text(stream.lastId);
    to.maybe(stream.entriesAdded);
    to.text(stream.maxDeletedId);
    to.list(stream.groups, [&](const GroupPart& group) {
        to.text(group.name);
        to.text(group.lastDelivered);
        to.maybe(group.entriesRead);
        to.list(group.consumers, text);
        to.list(group.pending, [&to](const PendingPart& one) {
            to.text(one.id);
            to.text(one.consumer);
            to.time(one.deliveredAt);
            to.number(one.deliveries);
        });
    });
}

StreamPart readStream(Parser& from)
{
    StreamPart stream;
    stream.lastId = from.text();
    stream.entriesAdded = from.maybe();
    stream.maxDeletedId = from.text();
    from.list(stream.groups, [&from] {
        GroupPart group;
        group.name = from.text();
        group.lastDelivered = from.text();
        group.entriesRead = from.maybe();
        from.list(group.consumers, [&from] { return from.text(); });
        from.list(group.pending, [&from] {
            PendingPart one;
            one.id = from.text();
            one.consumer = from.text();
            one.deliveredAt = from.time();
            one.deliveries = from.number();
            return one;
        });
        return group;
    });
    return stream;
}

/// What makes a key of them, and what pages give, has so many cells in a row.
bool isRowOf(KeyType type, const KeyPart::Row& row)
{
    const bool isPair = type == KeyType::Hash || type == KeyType::SortedSet;
    return type == KeyType::Stream ? row.size() >= 3 && row.size() % 2 == 1 : row.size() == (isPair ? 2U : 1U);
}

} // namespace

std::string bytesOfPart(const KeyPart& part, std::uint64_t keyLength)
{
    Writer to;
    to.reserve(byteCountOf(part));
    to.number(ourVersion);
    to.text(keyTypeName(part.type));
    to.number((part.isFirst ? firstFlag : 0) | (part.isLast ? lastFlag : 0) | (part.stream ? streamFlag : 0));
    to.number(keyLength);
    to.list(
        part.rows, [&to](const KeyPart::Row& row) { to.list(row, [&to](const std::string& cell) { to.text(cell); }); });
    to.list(part.fieldEnds, [&to](const FieldEndPart& end) {
        to.text(end.field);
        to.time(end.at);
    });
    if (part.stream) {
        writeStream(*part.stream, to);
    }
    return to.take();
}

std::optional<StoredPart> partOfBytes(std::string_view bytes)
{
    Parser from(bytes);
    if (from.number() != ourVersion) {
        return std::nullopt;
    }
    StoredPart stored;
    KeyPart& part = stored.part;
    part.type = keyTypeFromName(from.text());
    const std::uint64_t flags = from.number();
    part.isFirst = (flags & firstFlag) != 0;
    part.isLast = (flags & lastFlag) != 0;
    stored.keyLength = from.number();
    from.list(part.rows, [&from] {
        KeyPart::Row row;
        from.list(row, [&from] { return from.text(); });
        return row;
    });
    from.list(part.fieldEnds, [&from] {
        std::string field = from.text();
        return FieldEndPart{std::move(field), from.time()};
    });
    if ((flags & streamFlag) != 0) {
        part.stream = readStream(from);
    }
    const bool isGood =
        from.isDone() && std::ranges::all_of(part.rows, [&part](const auto& row) { return isRowOf(part.type, row); });
    return isGood ? std::optional(std::move(stored)) : std::nullopt;
}

} // namespace keyglass
