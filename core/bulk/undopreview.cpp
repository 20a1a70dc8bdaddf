// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/undopreview.h"

#include "core/source/lane.h"

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

constexpr std::size_t keysAtOnce = 500;

/// Looks at one archive.
class Preview {
public:
    Preview(const UndoRun::MakeLane& makeLane, const UndoOptions& options, std::stop_token stop)
        : m_makeLane(makeLane)
        , m_options(options)
        , m_stop(std::move(stop))
    {
    }

    Result<UndoPreview> run(UndoArchiveReader& reader)
    {
        reader.rewind();
        if (Status read = each(reader, [this](const UndoRecord& record) { return takeLater(record); }); !read) {
            return std::move(read).error();
        }
        m_notFound = m_options.keys;
        reader.rewind();
        Status read = each(reader, [this](const UndoRecord& record) { return take(record); });
        for (auto open = m_open.begin(); read && open != m_open.end(); ++open) {
            read = look(open->first, open->second);
        }
        if (!read) {
            return std::move(read).error();
        }
        m_preview.condition = reader.condition();
        m_preview.notInArchive = m_notFound.size();
        reader.rewind();
        return std::move(m_preview);
    }

private:
    Status each(UndoArchiveReader& reader, const std::function<Status(const UndoRecord&)>& take)
    {
        UndoRecord record;
        while (true) {
            if (m_stop.stop_requested()) {
                return Error{ErrorKind::Cancelled, reader.info().connection, {}};
            }
            const auto got = reader.next(record);
            if (!got || !*got) {
                return got ? ok() : Status(got.error());
            }
            if (Status taken = take(record); !taken) {
                return taken;
            }
        }
    }

    /// Of a key with several records the last one counts.
    Status takeLater(const UndoRecord& record)
    {
        if (record.supersedes) {
            m_lastEnd[{record.database, record.key}] = record.expireAt;
        }
        return ok();
    }

    Status take(const UndoRecord& record)
    {
        const bool isFurther = record.supersedes || record.isAside != m_options.takesAside;
        if (isFurther || (!m_options.keys.empty() && !m_options.keys.contains(record.key))) {
            return ok();
        }
        m_notFound.erase(record.key);
        ++m_preview.keys;
        ++m_preview.byType[record.type];
        m_preview.bytes += record.valueBytes();
        const auto later = record.isAside ? m_lastEnd.end() : m_lastEnd.find({record.database, record.key});
        const auto& end = later == m_lastEnd.end() ? record.expireAt : later->second;
        if (end && *end <= m_now) {
            ++m_preview.expired;
            return ok();
        }
        std::vector<Command>& open = m_open[record.database];
        open.push_back(Command{"EXISTS", record.key});
        return open.size() < keysAtOnce ? ok() : look(record.database, open);
    }

    Status look(int database, std::vector<Command>& open)
    {
        if (open.empty()) {
            return ok();
        }
        std::unique_ptr<Lane>& lane = m_lanes[database];
        if (!lane) {
            lane = m_makeLane(database);
        }
        const auto replies = lane->pipeline(open, m_stop);
        if (!replies) {
            return replies.error();
        }
        for (const Reply& reply : *replies) {
            ++(!reply.isInteger() ? m_preview.unknown : reply.integer == 0 ? m_preview.missing : m_preview.there);
        }
        open.clear();
        return ok();
    }

    const UndoRun::MakeLane& m_makeLane;
    const UndoOptions& m_options;
    const std::stop_token m_stop;
    const Milliseconds m_now =
        std::chrono::duration_cast<Milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    std::map<std::pair<int, std::string>, std::optional<Milliseconds>> m_lastEnd;
    std::map<int, std::vector<Command>> m_open; ///< Keys of each database that are to be looked for.
    std::map<int, std::unique_ptr<Lane>> m_lanes;
    std::set<std::string, std::less<>> m_notFound;
    UndoPreview m_preview;
};

} // namespace

Result<UndoPreview> previewUndo(
    UndoArchiveReader& reader, const UndoRun::MakeLane& makeLane, const UndoOptions& options, std::stop_token stop)
{
    return Preview(makeLane, options, std::move(stop)).run(reader);
}

} // namespace keyglass
