// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/streamreading.h"

#include "core/bulk/keyreading.h"
#include "core/source/lane.h"
#include "core/value/streamgroups.h"

#include <string_view>
#include <utility>

namespace keyglass {

namespace {

const Reply* valueOf(const Reply& pairs, std::string_view name)
{
    for (std::size_t at = 0; at + 1 < pairs.elements.size(); at += 2) {
        if (pairs.elements[at].text == name) {
            return &pairs.elements[at + 1];
        }
    }
    return nullptr;
}

/// Times of delivery: XPENDING tells how long ago that was, by the server's clock.
Status readPending(Lane& lane, const std::string& key, GroupPart& group, const std::stop_token& stop)
{
    constexpr std::size_t atOnce = 1000;
    PendingRequest request{key, group.name, {}, Milliseconds{0}, {}, atOnce};
    for (bool isComplete = false; !isComplete;) {
        const auto time = lane.call(Command{"TIME"}, stop);
        if (!time) {
            return time.error();
        }
        const auto now = serverTimeIn(*time).value_or(Milliseconds{0});
        auto page = fetchPendingEntries(lane, request, stop);
        if (!page) {
            return std::move(page).error();
        }
        for (PendingEntry& entry : page->entries) {
            request.after = entry.id;
            group.pending.push_back(
                {std::move(entry.id), std::move(entry.consumer), now - entry.idle, entry.deliveries});
        }
        isComplete = page->complete;
    }
    return ok();
}

Result<GroupPart> readGroup(Lane& lane, const std::string& key, StreamGroup&& known, const std::stop_token& stop)
{
    GroupPart group{std::move(known.name), std::move(known.lastDelivered), known.entriesRead, {}, {}};
    if (known.consumers > 0) {
        auto consumers = fetchStreamConsumers(lane, key, group.name, stop);
        if (!consumers) {
            return std::move(consumers).error();
        }
        for (StreamConsumer& consumer : *consumers) {
            group.consumers.push_back(std::move(consumer.name));
        }
    }
    if (known.pending > 0) {
        if (Status read = readPending(lane, key, group, stop); !read) {
            return std::move(read).error();
        }
    }
    return group;
}

} // namespace

Result<StreamPart> readStreamPart(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    const auto about = lane.call(Command{"XINFO", "STREAM", key}, stop);
    if (!about) {
        return about.error();
    }
    StreamPart stream;
    if (const Reply* last = valueOf(*about, "last-generated-id")) {
        stream.lastId = last->text;
    }
    if (const Reply* deleted = valueOf(*about, "max-deleted-entry-id")) {
        stream.maxDeletedId = deleted->text;
    }
    if (const Reply* added = valueOf(*about, "entries-added"); added && added->isInteger()) {
        stream.entriesAdded = static_cast<std::uint64_t>(added->integer);
    }
    const Reply* const count = valueOf(*about, "groups");
    if (count && count->isInteger() && count->integer == 0) {
        return stream;
    }
    auto groups = fetchStreamGroups(lane, key, stop);
    if (!groups) {
        return std::move(groups).error();
    }
    for (StreamGroup& known : *groups) {
        auto group = readGroup(lane, key, std::move(known), stop);
        if (!group) {
            return std::move(group).error();
        }
        stream.groups.push_back(*std::move(group));
    }
    return stream;
}

} // namespace keyglass
