// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivebefore.h"

#include "core/base/dumpdigest.h"
#include "core/bulk/keysizes.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

using Kind = ArchivedKey::Kind;

constexpr std::size_t mostKeysTogether = 100;
/// Values held at once.
constexpr std::uint64_t mostBytes = 4U * 1024 * 1024;

class Archiving {
public:
    Archiving(Lane& lane, const KeyBatch& keys, ArchivingOptions& options, UndoArchiveWriter& archive,
        const std::stop_token& stop)
        : m_lane(lane)
        , m_keys(keys)
        , m_options(options)
        , m_archive(archive)
        , m_stop(stop)
        , m_found(keys.size())
        , m_sizes(keys.size())
        , m_open(allPlaces(keys))
    {
    }

    Result<std::vector<ArchivedKey>> run()
    {
        Status status = askSizes();
        const bool isPlain = m_options.ways.hasExpireTime;
        const auto groups = groupsOf(m_keys, m_open, m_sizes, isPlain ? m_keys.size() : mostKeysTogether, mostBytes,
            !isPlain && m_options.ways.bySlot);
        for (const KeyGroup& group : groups) {
            status = status ? read(group) : std::move(status);
        }
        if (status && m_ticket > 0) {
            status = m_archive.waitDurable(m_ticket, m_stop);
        }
        return status ? Result(std::move(m_found)) : std::move(status).error();
    }

private:
    Status askSizes()
    {
        std::vector<std::string_view> keys;
        keys.reserve(m_keys.size());
        for (std::size_t at = 0; at < m_keys.size(); ++at) {
            keys.push_back(m_keys[at]);
        }
        const auto replies =
            m_options.ways.asksSizes ? keySizes(m_lane, keys, m_stop) : sizesByLength(m_lane, keys, m_stop);
        if (!replies) {
            return replies.error();
        }
        m_open.clear();
        for (std::uint32_t place = 0; place < replies->size(); ++place) {
            const Reply& reply = (*replies)[place];
            const auto size =
                reply.isInteger() ? static_cast<std::uint64_t>(std::max<std::int64_t>(reply.integer, 0)) : 0;
            if (isElsewhere(reply)) {
                m_found[place] = {Kind::Elsewhere, reply.text};
            } else if (reply.isError() && isUntoldSize(reply.text)) {
                m_found[place] = {Kind::TooLarge, reply.text};
            } else if (size > m_options.largest.value) {
                m_found[place] = {Kind::TooLarge, sizeText(ByteCount{size}).toStdString(), size};
            } else if (!reply.isNil()) {
                m_sizes[place] = size;
                m_open.push_back(place);
            }
        }
        return ok();
    }

    Status read(const KeyGroup& group)
    {
        ArchivingWays& ways = m_options.ways;
        std::vector<Command> commands;
        if (!ways.hasExpireTime) {
            commands.push_back(Command{"MULTI"});
        }
        addLooks(m_keys, group, ways, commands);
        if (!ways.hasExpireTime) {
            commands.push_back(Command{"EXEC"});
        }
        auto replies = m_lane.pipeline(commands, m_stop);
        if (!replies) {
            return std::move(replies).error();
        }
        if (ways.hasExpireTime && isUnknownCommand((*replies)[1])) {
            ways.hasExpireTime = false;
            return readInGroups(group);
        }
        if (ways.hasExpireTime) {
            store(group, seenIn(*replies, group, ways));
            return ok();
        }
        Reply& executed = replies->back();
        if (executed.isArray() && executed.elements.size() == looksOf(group, ways)) {
            store(group, seenIn(executed.elements, group, ways));
            return ok();
        }
        return readRefused(group, *replies);
    }

    Status readInGroups(const KeyGroup& places, std::size_t mostKeys = mostKeysTogether)
    {
        for (const KeyGroup& group : groupsOf(m_keys, places, m_sizes, mostKeys, mostBytes, m_options.ways.bySlot)) {
            if (Status done = read(group); !done) {
                return done;
            }
        }
        return ok();
    }

    /// One key's refusal must not be that of all.
    Status readRefused(const KeyGroup& group, std::span<const Reply> replies)
    {
        const Reply* const error = firstError(replies);
        const Reply& why = error ? *error : replies.back();
        if (group.size() > 1 && !isElsewhere(why)) {
            return readInGroups(group, 1);
        }
        for (const std::uint32_t place : group) {
            m_found[place] = {isElsewhere(why) ? Kind::Elsewhere : Kind::Refused, why.text};
        }
        return ok();
    }

    void store(const KeyGroup& group, const std::vector<SeenKey>& seen)
    {
        std::vector<UndoRecordView> records;
        for (std::size_t at = 0; at < group.size(); ++at) {
            const SeenKey& one = seen[at];
            const std::uint32_t place = group[at];
            switch (one.kind) {
            case SeenKey::Kind::There:
                m_found[place] = {Kind::Archived, {}, 0, m_options.givesDumps ? one.dump : std::string(), stateOf(one)};
                records.push_back({m_keys[place], one.dump, typeOfDump(one.dump), one.expireAt, m_options.database,
                    m_options.reason, false});
                m_found[place].isStrange = m_archive.isStrange(records.back());
                if (m_options.recorded != nullptr) {
                    m_options.recorded->append(m_keys[place]);
                }
                break;
            case SeenKey::Kind::Missing:
                break; // as it was at the beginning
            case SeenKey::Kind::Elsewhere:
                m_found[place] = {Kind::Elsewhere, one.text};
                break;
            case SeenKey::Kind::Refused:
                m_found[place] = {Kind::Refused, one.text};
                break;
            }
        }
        if (!records.empty()) {
            m_ticket = m_archive.append(records, m_stop);
        }
    }

    /// With its end as PEXPIRETIME told it.
    [[nodiscard]] std::optional<SeenState> stateOf(const SeenKey& seen) const
    {
        if (!m_options.givesStates) {
            return std::nullopt;
        }
        return seenState(seen.dump,
            m_options.ways.hasExpireTime ? std::to_string(seen.expireAt.value_or(Milliseconds{-1}).count())
                                         : std::string());
    }

    Lane& m_lane;
    const KeyBatch& m_keys;
    ArchivingOptions& m_options;
    UndoArchiveWriter& m_archive;
    const std::stop_token m_stop;
    std::vector<ArchivedKey> m_found;
    std::vector<std::uint64_t> m_sizes;
    KeyGroup m_open;
    UndoArchiveWriter::Ticket m_ticket = 0;
};

} // namespace

Result<std::vector<ArchivedKey>> archiveBefore(Lane& lane, const KeyBatch& keys, ArchivingOptions& options,
    UndoArchiveWriter& archive, const std::stop_token& stop)
{
    if (keys.isEmpty()) {
        return std::vector<ArchivedKey>();
    }
    return Archiving(lane, keys, options, archive, stop).run();
}

void noteUnsettled(UndoArchiveWriter& archive, int database, const UnsettledKeys& keys, const KeyBatch& recorded,
    const KnownStates& known)
{
    if (keys.notSent.isEmpty() && keys.maybeDone.isEmpty()) {
        return;
    }
    std::set<std::string_view> there;
    for (std::size_t at = 0; at < recorded.size(); ++at) {
        there.insert(recorded[at]);
    }
    for (std::size_t at = 0; at < keys.notSent.size(); ++at) {
        if (there.contains(keys.notSent[at])) {
            const auto states = known.find(keys.notSent[at]);
            archive.expectAgain(database, keys.notSent[at],
                states == known.end() || states->second.empty() ? std::nullopt : std::optional(states->second.front()));
        }
    }
    for (std::size_t at = 0; at < keys.maybeDone.size(); ++at) {
        if (there.contains(keys.maybeDone[at])) {
            const auto states = known.find(keys.maybeDone[at]);
            archive.keepFirst(database, keys.maybeDone[at],
                states == known.end() ? std::span<const SeenState>() : std::span(states->second));
        }
    }
}

} // namespace keyglass
