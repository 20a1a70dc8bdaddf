// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/partarchiving.h"

#include "core/transfer/largekey.h"
#include "core/transfer/pagecommands.h"
#include "core/transfer/partbytes.h"
#include "core/transfer/partcomparing.h"
#include "core/transfer/streamreading.h"

#include <utility>

namespace keyglass {

/// Hands parts on as bytes, all but the last one: with that they count, and only when all has been read it is known
/// that nobody has written to the key meanwhile.
class PartArchiving::Sink final : public PartSink {
public:
    Sink(const LargeKey& key, const Take& take)
        : m_key(key)
        , m_take(take)
    {
    }
    [[nodiscard]] Status take(std::vector<KeyPart>&&, const std::stop_token&) override { return ok(); }
    [[nodiscard]] Status beginLarge(const std::stop_token&) override { return ok(); }
    [[nodiscard]] Status takeLarge(KeyPart&& part) override
    {
        LargeReader::Part bytes{bytesOfPart(part, m_key.length()), part.expireAt, part.isLast};
        if (!part.isLast) {
            m_take(std::move(bytes));
            return ok();
        }
        stream = std::move(part.stream);
        last = std::move(bytes);
        return ok();
    }
    [[nodiscard]] Status endLarge(bool) override { return ok(); }

    std::optional<StreamPart> stream;
    std::optional<LargeReader::Part> last;

private:
    const LargeKey& m_key;
    const Take& m_take;
};

PartArchiving::PartArchiving(ReadingWays ways)
    : m_ways(ways)
{
}

Result<LargeReader::Told> PartArchiving::read(Lane& lane, const std::string& key, std::string_view type,
    std::uint64_t size, const Take& take, const std::stop_token& stop)
{
    m_stream.reset();
    const KeyType known = keyTypeFromName(type);
    if (!pagedType(known)) {
        return Told{Outcome::NotUndoable, {}};
    }
    LargeKey large(lane, key, known, size, 1); // who watches it begins anew
    if (key == m_lastKey) {
        large.setMostInPage(m_mostInPage);
    }
    Sink sink(large, take);
    auto read = large.read(m_ways, sink, stop);
    m_lastKey = key;
    m_mostInPage = large.mostInPage();
    if (!read) {
        return std::move(read).error();
    }
    if (read->outcome == Outcome::Done && sink.last) {
        take(*std::move(sink.last));
    }
    if (sink.stream) {
        m_stream = withoutTimes(*std::move(sink.stream));
    }
    return Told{read->outcome, std::move(read->detail)};
}

Result<bool> PartArchiving::isStill(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    if (!m_stream) {
        return true;
    }
    auto now = readStreamPart(lane, key, stop);
    if (!now) {
        return std::move(now).error();
    }
    return withoutTimes(*std::move(now)) == *m_stream;
}

} // namespace keyglass
