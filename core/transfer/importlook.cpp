// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/importlook.h"

#include "core/base/clock.h"
#include "core/source/lane.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t keysAtOnce = 1000;
constexpr std::size_t samplesKept = 100;

std::string typeNameOf(KeyType type)
{
    const std::string_view name = keyTypeName(type);
    return name.empty() ? "other" : std::string(name);
}

} // namespace

ImportLook::ImportLook(Lane& lane, ImportConflict conflict)
    : m_lane(lane)
    , m_conflict(conflict)
    , m_meter(ImportKeys{{}, {}, conflict}, false)
{
}

Status ImportLook::take(const KeyPart& part, const std::stop_token& stop)
{
    if (!part.isLast) {
        return ok(); // what is known at its end counts
    }
    ++m_preview.keys;
    ++m_preview.types[typeNameOf(part.type)];
    const Milliseconds now{QDateTime::currentMSecsSinceEpoch()};
    const bool isOver = part.expireAt && *part.expireAt <= now;
    ++m_preview.ttls[ttlBoundOf(part.expireAt ? std::max(Milliseconds{0}, *part.expireAt - now) : Milliseconds{-1})];
    if (m_preview.samples.size() < samplesKept) {
        m_preview.samples.push_back({part.key, typeNameOf(part.type), {}});
    }
    if (isOver) {
        skip(part.key, "its time is over");
        return ok();
    }
    m_keys.push_back(part.key);
    return m_keys.size() >= keysAtOnce ? ask(stop) : ok();
}

void ImportLook::drop(const std::optional<std::string>& key)
{
    if (key) {
        skip(*key, "the file is damaged there");
    }
}

Status ImportLook::ask(const std::stop_token& stop)
{
    std::vector<Command> commands;
    commands.reserve(m_keys.size());
    for (const std::string& key : m_keys) {
        commands.push_back(Command{"EXISTS", key});
    }
    const std::vector<std::string> asked = std::exchange(m_keys, {});
    if (commands.empty()) {
        return ok();
    }
    const auto begun = Clock::now();
    const auto replies = m_lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    m_meter.looked(commands.size(), commands.size(), Clock::now() - begun);
    if (m_meter.wantsSample()) {
        m_meter.sample(m_lane, {}, stop);
    }
    for (std::size_t at = 0; at < std::min(asked.size(), replies->size()); ++at) {
        const Reply& reply = (*replies)[at];
        if (!reply.isInteger() || reply.integer <= 0) {
            continue;
        }
        ++m_preview.inTheWay;
        if (m_conflict == ImportConflict::Skip) {
            skip(asked[at], "there is a key of this name already");
        }
    }
    return ok();
}

void ImportLook::skip(const std::string& key, const std::string& why)
{
    ++m_preview.skipped[why];
    addLeftAlone(m_preview, {key, why});
}

} // namespace keyglass
