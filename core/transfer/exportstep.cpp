// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exportstep.h"

#include "core/bulk/stepreplies.h"
#include "core/transfer/parttext.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

/// Parts as they come, as text in the file.
class FileSink final : public PartSink {
public:
    FileSink(ExportFile& file, TransferFormat format)
        : m_file(file)
        , m_format(format)
    {
    }
    [[nodiscard]] Status take(std::vector<KeyPart>&& keys, const std::stop_token& stop) override
    {
        std::string text;
        for (const KeyPart& key : keys) {
            m_entries = {};
            note(key);
            text += partText(key, m_format);
        }
        return m_file.append(text, stop);
    }
    [[nodiscard]] Status beginLarge(const std::stop_token& stop) override
    {
        m_entries = {};
        return m_file.beginLarge(stop);
    }
    [[nodiscard]] Status takeLarge(KeyPart&& part) override
    {
        note(part);
        return m_file.appendLarge(partText(part, m_format));
    }
    [[nodiscard]] Status endLarge(bool isWhole) override { return m_file.endLarge(isWhole); }
    /// What the file has no place for of a key that was taken; empty: nothing.
    [[nodiscard]] std::string_view lacks(std::string_view key) const
    {
        const auto found = m_lacking.find(key);
        return found == m_lacking.end() ? std::string_view() : found->second;
    }

private:
    /// Of the stream whose parts come.
    struct Entries {
        std::uint64_t count = 0;
        std::string lastId = "0-0";
    };
    void note(const KeyPart& part)
    {
        if (m_format != TransferFormat::Csv || part.type != KeyType::Stream) {
            return;
        }
        m_entries.count += part.rows.size();
        if (!part.rows.empty()) {
            m_entries.lastId = part.rows.back().front();
        }
        if (part.stream) {
            noteStream(part.key, *part.stream);
        }
    }
    /// Entries that were deleted leave their mark in the last ID and in what is counted.
    void noteStream(const std::string& key, const StreamPart& stream)
    {
        const bool hasDeleted = (!stream.lastId.empty() && stream.lastId != m_entries.lastId)
            || stream.entriesAdded.value_or(m_entries.count) != m_entries.count;
        if (!stream.groups.empty()) {
            m_lacking[key] = hasDeleted ? withoutBoth : withoutGroups;
        } else if (hasDeleted) {
            m_lacking[key] = withoutDeleted;
        }
    }

    static constexpr std::string_view withoutGroups = "without its consumer groups: CSV has no place for them";
    static constexpr std::string_view withoutDeleted =
        "without its last ID or count of deleted entries: CSV has no place for them";
    static constexpr std::string_view withoutBoth =
        "without its consumer groups, and its last ID or count of deleted entries: CSV has no place for them";

    ExportFile& m_file;
    const TransferFormat m_format;
    Entries m_entries;
    std::map<std::string, std::string_view, std::less<>> m_lacking{};
};

/// Tells of a key that is in the file what of it is not.
class NotedOutcomes final : public OutcomeSink {
public:
    NotedOutcomes(OutcomeSink& to, const FileSink& file)
        : m_to(to)
        , m_file(file)
    {
    }
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        const std::string_view lacking = outcome == Outcome::Done ? m_file.lacks(key) : std::string_view();
        m_to.add(key, outcome, lacking.empty() ? detail : lacking);
    }
    void elsewhere(std::string_view key, std::string_view redirect) override { m_to.elsewhere(key, redirect); }

private:
    OutcomeSink& m_to;
    const FileSink& m_file;
};

} // namespace

ExportStep::ExportStep(ExportFile& file, TransferFormat format, ReadingWays ways)
    : m_file(file)
    , m_format(format)
    , m_ways(ways)
{
}

Status ExportStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    FileSink sink(m_file, m_format);
    std::size_t settled = 0;
    NotedOutcomes noted(outcomes, sink);
    Status read = readKeys(lanes.routed, keys, m_ways, sink, noted, settled, stop);
    if (!read) {
        for (; settled < keys.size(); ++settled) {
            m_notSent.append(keys[settled]);
        }
    }
    return read;
}

UnsettledKeys ExportStep::takeUnsettled()
{
    return UnsettledKeys{std::exchange(m_notSent, {}), {}};
}

ArchiveStep::ArchiveStep(UndoArchiveWriter& archive, ArchivingOptions options)
    : m_archive(archive)
    , m_options(std::move(options))
{
    if (m_options.largeReader) {
        m_large =
            std::make_unique<LargeWrite>(m_archive, m_options.largeReader(), m_options.database, m_options.reason);
    }
}

Status ArchiveStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    const auto archived = archiveBefore(lanes.node, keys, m_options, m_archive, stop);
    const auto giveBack = [this, &keys](std::size_t from) {
        for (std::size_t at = from; at < keys.size(); ++at) {
            m_archive.expectAgain(m_options.database, keys[at]); // some may stand there already
            m_notSent.append(keys[at]);
        }
    };
    if (!archived) {
        giveBack(0);
        return archived.error();
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const ArchivedKey& key = (*archived)[at];
        switch (key.kind) {
        case ArchivedKey::Kind::Archived:
            outcomes.add(keys[at], Outcome::Done);
            break;
        case ArchivedKey::Kind::Missing:
            outcomes.add(keys[at], Outcome::Missing);
            break;
        case ArchivedKey::Kind::TooLarge:
            if (Status kept = keepLarge(lanes, std::string(keys[at]), key, outcomes, stop); !kept) {
                giveBack(at);
                return kept;
            }
            break;
        case ArchivedKey::Kind::Elsewhere:
            outcomes.elsewhere(keys[at], key.text);
            break;
        case ArchivedKey::Kind::Refused:
            outcomes.add(keys[at], Outcome::Failed, key.text);
            break;
        }
    }
    return ok();
}

Status ArchiveStep::keepLarge(const StepLanes& lanes, const std::string& key, const ArchivedKey& found,
    OutcomeSink& outcomes, const std::stop_token& stop)
{
    LargeWrite::Told told{{Outcome::NotUndoable, {}}};
    if (m_large && found.size > 0) {
        auto kept = m_large->keep(lanes.node, key, found.size, stop);
        if (!kept) {
            return std::move(kept).error();
        }
        told = *std::move(kept);
    }
    if (told.isElsewhere) {
        outcomes.elsewhere(key, told.what.detail);
    } else if (told.what.outcome == Outcome::NotUndoable) {
        outcomes.add(key, Outcome::NotDone, "it is too large to be dumped at once: " + found.text);
    } else {
        outcomes.add(key, told.what.outcome, told.what.detail);
    }
    return ok();
}

UnsettledKeys ArchiveStep::takeUnsettled()
{
    return UnsettledKeys{std::exchange(m_notSent, {}), {}};
}

} // namespace keyglass
