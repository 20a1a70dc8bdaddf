// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/valuegroups.h"

#include "app/cli/output.h"
#include "core/base/errortext.h"
#include "core/value/streamgroups.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass::cli {

namespace {

template <typename T> std::string numberOrNull(const std::optional<T>& number)
{
    return number ? std::to_string(*number) : "null";
}

std::string consumerText(const StreamConsumer& consumer)
{
    return "{\"name\": " + jsonOf(consumer.name) + ", \"pending\": " + std::to_string(consumer.pending)
        + ", \"idle_ms\": " + std::to_string(consumer.idle.count())
        + ", \"inactive_ms\": " + (consumer.inactive ? std::to_string(consumer.inactive->count()) : "null") + '}';
}

std::string entryText(const PendingEntry& entry)
{
    return "{\"id\": " + jsonOf(entry.id) + ", \"consumer\": " + jsonOf(entry.consumer) + ", \"idle_ms\": "
        + std::to_string(entry.idle.count()) + ", \"deliveries\": " + std::to_string(entry.deliveries) + '}';
}

/// The groups of one stream, on their way to stdout.
class GroupsOutput {
public:
    GroupsOutput(Lane& lane, const std::string& key, std::stop_token stop)
        : m_lane(lane)
        , m_key(key)
        , m_stop(std::move(stop))
    {
    }

    Status write()
    {
        const auto groups = fetchStreamGroups(m_lane, m_key, m_stop);
        if (!groups) {
            return groups.error();
        }
        put("{\n  \"key\": " + jsonOf(m_key) + ",\n  \"groups\": [");
        Status all = ok();
        for (const StreamGroup& group : *groups) {
            Status written = writeGroup(group);
            const bool isOfGroup =
                written || written.error().kind == ErrorKind::Gone || written.error().kind == ErrorKind::Server;
            if (all) {
                all = std::move(written);
            }
            if (!isOfGroup) {
                break;
            }
        }
        const std::string missing =
            all ? std::string() : ",\n  \"incomplete\": " + jsonOf(errorText(all.error()).toStdString());
        put((m_hasGroups ? "\n  ]" : "]") + missing + "\n}\n");
        return m_isOpen ? std::move(all) : Status(outputFailure());
    }

private:
    void put(const std::string& text) { m_isOpen = m_isOpen && writeOut(text); }

    Status writeGroup(const StreamGroup& group)
    {
        const auto consumers = fetchStreamConsumers(m_lane, m_key, group.name, m_stop);
        if (!consumers) {
            return consumers.error();
        }
        put(std::exchange(m_hasGroups, true) ? ",\n    " : "\n    ");
        std::string text = "{\"name\": " + jsonOf(group.name) + ", \"last_delivered\": " + jsonOf(group.lastDelivered);
        text += ", \"entries_read\": " + numberOrNull(group.entriesRead) + ", \"lag\": " + numberOrNull(group.lag);
        text += ", \"pending\": " + std::to_string(group.pending) + ",\n     \"consumers\": [";
        for (const StreamConsumer& consumer : *consumers) {
            text += (&consumer == consumers->data() ? "" : ", ") + consumerText(consumer);
        }
        put(text + "],\n     \"pending_entries\": [");
        const Status written = writePending(group.name);
        put("]}");
        return written;
    }

    Status writePending(const std::string& group)
    {
        PendingRequest request;
        request.key = m_key;
        request.group = group;
        const char* between = "";
        while (m_isOpen) {
            const auto page = fetchPendingEntries(m_lane, request, m_stop);
            if (!page) {
                return page.error();
            }
            std::string text;
            for (const PendingEntry& entry : page->entries) {
                text += std::exchange(between, ", ") + entryText(entry);
                request.after = entry.id;
            }
            put(text);
            if (page->complete || page->entries.empty()) {
                break;
            }
        }
        return ok();
    }

    Lane& m_lane;
    const std::string& m_key;
    const std::stop_token m_stop;
    bool m_isOpen = true;
    bool m_hasGroups = false; ///< In what was written.
};

} // namespace

Status writeGroups(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    return GroupsOutput(lane, key, stop).write();
}

} // namespace keyglass::cli
