// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/streamgroups.h"

#include "core/value/pagereading.h"
#include "core/value/streamid.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// The value of `name` in [name, value, name, value, …]; null where there is none.
const Reply* find(const Reply& pairs, std::string_view name)
{
    for (std::size_t at = 0; at + 1 < pairs.elements.size(); at += 2) {
        if (pairs.elements[at].text == name) {
            return &pairs.elements[at + 1];
        }
    }
    return nullptr;
}

std::string text(const Reply& pairs, std::string_view name)
{
    const Reply* found = find(pairs, name);
    return found ? found->text : std::string();
}

std::optional<std::uint64_t> number(const Reply& pairs, std::string_view name)
{
    const Reply* found = find(pairs, name);
    return found && found->isInteger() && found->integer >= 0
        ? std::optional(static_cast<std::uint64_t>(found->integer))
        : std::nullopt;
}

Milliseconds milliseconds(std::optional<std::uint64_t> count)
{
    return Milliseconds{static_cast<std::int64_t>(count.value_or(0))};
}

StreamGroup groupIn(const Reply& pairs)
{
    return {text(pairs, "name"), number(pairs, "consumers").value_or(0), number(pairs, "pending").value_or(0),
        text(pairs, "last-delivered-id"), number(pairs, "entries-read"), number(pairs, "lag")};
}

StreamConsumer consumerIn(const Reply& pairs)
{
    const auto inactive = number(pairs, "inactive");
    return {text(pairs, "name"), number(pairs, "pending").value_or(0), milliseconds(number(pairs, "idle")),
        inactive ? std::optional(milliseconds(inactive)) : std::nullopt};
}

/// What is not there is Gone, by whatever words the server says so.
Result<Reply> ask(Lane& lane, const Command& command, const QString& subject, const std::stop_token& stop)
{
    auto reply = callFor(lane, command, stop);
    if (reply) {
        return reply;
    }
    Error error = std::move(reply).error();
    const bool isGone = error.detail.startsWith(QLatin1String("NOGROUP"))
        || error.detail.contains(QLatin1String("no such key"), Qt::CaseInsensitive);
    if (error.kind == ErrorKind::Server && isGone) {
        return Error{ErrorKind::Gone, subject, {}};
    }
    return std::move(error).about(subject);
}

QString groupSubject(const std::string& key, const std::string& group)
{
    return QStringLiteral("group ") + displayText(group) + QStringLiteral(" of ") + keySubject(key);
}

template <typename Part> auto partsIn(const Reply& reply, Part part)
{
    std::vector<decltype(part(reply))> parts;
    for (const Reply& each : reply.elements) {
        if (each.isArray()) {
            parts.push_back(part(each));
        }
    }
    return parts;
}

} // namespace

std::vector<StreamGroup> streamGroupsIn(const Reply& reply)
{
    return partsIn(reply, groupIn);
}

std::vector<PendingEntry> pendingEntriesIn(const Reply& reply)
{
    std::vector<PendingEntry> entries;
    for (const Reply& each : reply.elements) {
        const auto& parts = each.elements;
        if (parts.size() == 4 && parts[2].isInteger() && parts[3].isInteger()) {
            entries.push_back({parts[0].text, parts[1].text, Milliseconds{std::max<std::int64_t>(parts[2].integer, 0)},
                static_cast<std::uint64_t>(std::max<std::int64_t>(parts[3].integer, 0))});
        }
    }
    return entries;
}

Result<std::vector<StreamGroup>> fetchStreamGroups(Lane& lane, const std::string& key, std::stop_token stop)
{
    auto reply = ask(lane, Command{"XINFO", "GROUPS", key}, keySubject(key), stop);
    return reply ? Result<std::vector<StreamGroup>>(streamGroupsIn(*reply)) : std::move(reply).error();
}

Result<std::vector<StreamConsumer>> fetchStreamConsumers(
    Lane& lane, const std::string& key, const std::string& group, std::stop_token stop)
{
    auto reply = ask(lane, Command{"XINFO", "CONSUMERS", key, group}, groupSubject(key, group), stop);
    return reply ? Result<std::vector<StreamConsumer>>(partsIn(*reply, consumerIn)) : std::move(reply).error();
}

Result<PendingPage> fetchPendingEntries(Lane& lane, const PendingRequest& request, std::stop_token stop)
{
    const std::size_t most = std::max<std::size_t>(request.maxEntries, 1);
    const auto last = StreamId::parse(request.after);
    if (last && last->next() == *last) {
        return PendingPage{{}, true}; // behind the greatest ID there is none
    }
    Command command{"XPENDING", request.key, request.group};
    if (request.minIdle.count() > 0) {
        command.add("IDLE").add(request.minIdle.count());
    }
    command.add(last ? last->next().text() : std::string("-")).add("+").add(static_cast<std::int64_t>(most));
    if (!request.consumer.empty()) {
        command.add(request.consumer);
    }
    auto reply = ask(lane, command, groupSubject(request.key, request.group), stop);
    if (!reply) {
        return std::move(reply).error();
    }
    PendingPage page{pendingEntriesIn(*reply), false};
    page.complete = page.entries.size() < most;
    return page;
}

} // namespace keyglass
