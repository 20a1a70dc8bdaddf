// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exportstep.h"

#include "core/bulk/stepreplies.h"
#include "core/transfer/parttext.h"

#include <functional>
#include <set>
#include <string>
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
            note(key);
            text += partText(key, m_format);
        }
        return m_file.append(text, stop);
    }
    [[nodiscard]] Status beginLarge(const std::stop_token& stop) override { return m_file.beginLarge(stop); }
    [[nodiscard]] Status takeLarge(KeyPart&& part) override
    {
        note(part);
        return m_file.appendLarge(partText(part, m_format));
    }
    [[nodiscard]] Status endLarge(bool isWhole) override { return m_file.endLarge(isWhole); }
    /// Whether the file has no place for the consumer groups of a key that was taken.
    [[nodiscard]] bool lacksGroups(std::string_view key) const { return m_withoutGroups.contains(key); }

private:
    void note(const KeyPart& part)
    {
        if (m_format == TransferFormat::Csv && part.stream && !part.stream->groups.empty()) {
            m_withoutGroups.insert(part.key);
        }
    }

    ExportFile& m_file;
    const TransferFormat m_format;
    std::set<std::string, std::less<>> m_withoutGroups{};
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
        const bool isLess = outcome == Outcome::Done && m_file.lacksGroups(key);
        m_to.add(key, outcome, isLess ? "without its consumer groups: CSV has no place for them" : detail);
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
}

Status ArchiveStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    const auto archived = archiveBefore(lanes.node, keys, m_options, m_archive, stop);
    if (!archived) {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            m_archive.expectAgain(m_options.database, keys[at]); // some may stand there already
        }
        appendKeys(m_notSent, keys);
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
            outcomes.add(keys[at], Outcome::NotDone, "it is too large to be dumped at once: " + key.text);
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

UnsettledKeys ArchiveStep::takeUnsettled()
{
    return UnsettledKeys{std::exchange(m_notSent, {}), {}};
}

} // namespace keyglass
