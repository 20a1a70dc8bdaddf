// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulkkeys.h"

#include "core/console/operationtemplate.h"
#include "core/scan/scanengine.h"
#include "core/session/keyfile.h"
#include "core/session/keysonce.h"
#include "core/session/sortednames.h"
#include "core/source/commandtable.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>

namespace keyglass {

namespace {

using KeySink = std::function<bool(KeyBatch&&)>;

constexpr std::size_t fedAtOnce = 1000;

Result<KeyPattern> patternOf(const KeyQuery& keys)
{
    switch (keys.kind) {
    case KeyQuery::Kind::Prefix:
        return KeyPattern::prefix(keys.bytes);
    case KeyQuery::Kind::Exact:
        return KeyPattern::exact(keys.bytes);
    case KeyQuery::Kind::Glob:
        return KeyPattern::fromText(keys.bytes, KeyPattern::Kind::Glob);
    case KeyQuery::Kind::All:
    case KeyQuery::Kind::File:
        break;
    }
    return KeyPattern();
}

ScanRequest requestOf(const JobPlan& plan)
{
    ScanRequest request;
    request.pattern = patternOf(plan.keys).value_or(KeyPattern());
    request.type = plan.keys.type;
    request.pace = plan.pace;
    return request;
}

/// By the share of the nodes' tables that has been walked; 0: not known.
std::uint64_t expectedOf(const ScanEngine& engine)
{
    const ScanProgress progress = engine.progress();
    if (progress.share <= 0) {
        return 0;
    }
    const double few = 1.02 * static_cast<double>(progress.keys) / progress.share;
    return std::min(static_cast<std::uint64_t>(few), std::max(progress.expectedKeys, progress.keys));
}

/// Where keys come from, maybe the same several times.
struct KeyOrigin {
    std::function<Status(const KeySink&)> give;
    std::function<std::uint64_t()> estimate{}; ///< How many there will be, asked while they come; 0: not known.
};

/// Lets keys through to `taker` once; then `taker` gets those that could not be told at once.
Status giveOnce(const KeyOrigin& origin, KeysOnce& once, const KeyTaker& taker)
{
    Status given = origin.give([&](KeyBatch&& keys) {
        auto fresh = once.fresh(std::move(keys));
        return fresh && (fresh->isEmpty() || taker.take(*std::move(fresh)));
    });
    const KeyBatch rest = once.rest();
    const auto failure = once.failure();
    KeyBatch part;
    for (std::size_t at = 0; at < rest.size(); ++at) {
        part.append(rest[at]);
        if (part.size() < fedAtOnce && at + 1 < rest.size()) {
            continue;
        }
        if (failure) {
            taker.leave(std::exchange(part, {}), *failure);
        } else {
            static_cast<void>(taker.take(std::exchange(part, {}))); // of a job that has ended they are told as not done
        }
    }
    return failure ? Status(*failure) : std::move(given);
}

/// Nothing is done where not all of them come.
Status giveCollected(const KeyOrigin& origin, SortedNames& names, const KeyTaker& taker, const std::stop_token& stop)
{
    if (Status given = origin.give([&names](KeyBatch&& keys) { return names.add(keys); }); !given) {
        return given;
    }
    if (stop.stop_requested()) {
        return ok();
    }
    KeyBatch part;
    bool wantsMore = true;
    Status read = names.forEach([&](std::string_view key) {
        part.append(key);
        if (part.size() >= fedAtOnce) {
            wantsMore = taker.take(std::exchange(part, {}));
        }
        return wantsMore && !stop.stop_requested();
    });
    if (!part.isEmpty()) {
        static_cast<void>(taker.take(std::move(part)));
    }
    return read;
}

/// `repeats`: keys that came again and were left out.
Status feedFrom(const KeyOrigin& origin, const BulkSetting& setting, KeyFeeding feeding, const KeyTaker& taker,
    std::uint64_t& repeats, const std::stop_token& stop)
{
    if (feeding == KeyFeeding::Collected) {
        SortedNames names(setting.once.folder, setting.once.heldNames);
        Status given = giveCollected(origin, names, taker, stop);
        repeats = names.repeats();
        return given;
    }
    if (feeding == KeyFeeding::EachOnce) {
        KeysOnce once(setting.once, origin.estimate);
        Status given = giveOnce(origin, once, taker);
        repeats = once.repeats();
        return given;
    }
    return origin.give(taker.take);
}

} // namespace

Status checkKeys(const JobPlan& plan)
{
    if (Status meant = checkPlan(plan); !meant) {
        return meant;
    }
    if (auto pattern = patternOf(plan.keys); !pattern) {
        return std::move(pattern).error();
    }
    if (plan.keys.kind == KeyQuery::Kind::File) {
        return forEachKeyOf(plan.keys.file, plan.keys.hasRawLines, {}, [](KeyBatch&&) { return true; });
    }
    return ok();
}

bool scansForKeys(const JobPlan& plan, const BulkSetting& setting)
{
    const bool isOneKey = plan.keys.kind == KeyQuery::Kind::Exact && plan.keys.type.empty();
    return !setting.choice && !isOneKey && plan.keys.kind != KeyQuery::Kind::File;
}

namespace {

/// What all keys that the plan's scan can give begin with.
std::string_view headOf(const KeyQuery& keys)
{
    const std::string_view bytes = keys.bytes;
    switch (keys.kind) {
    case KeyQuery::Kind::Prefix:
    case KeyQuery::Kind::Exact:
        return bytes;
    case KeyQuery::Kind::Glob:
        return bytes.substr(0, bytes.find_first_of("*?[\\"));
    case KeyQuery::Kind::All:
    case KeyQuery::Kind::File:
        break;
    }
    return {};
}

/// Whether no name that it gives is one that the scan can come upon: all of them begin with the same bytes, which are
/// others.
bool namesLeaveTheScan(const RenameKeys& rename, const KeyQuery& keys)
{
    const std::string_view head = headOf(keys);
    return !rename.isRegex && !rename.to.starts_with(head) && !head.starts_with(rename.to);
}

bool staysWithItsKey(const RunTemplate& run, const CommandTable& table)
{
    const auto operation =
        OperationTemplate::parse(run.operation, OperationTemplate::Mode::ForEach, std::nullopt, table);
    return operation && !operation->mayWriteElsewhere(table);
}

} // namespace

KeyFeeding feedingOf(const JobPlan& plan, const CommandTable& table, bool isCluster)
{
    const bool isFile = plan.keys.kind == KeyQuery::Kind::File; // which may name a key twice
    if (std::holds_alternative<DeleteKeys>(plan.operation) && !isCluster && !isFile) {
        return KeyFeeding::AsGiven;
    }
    const auto* const rename = std::get_if<RenameKeys>(&plan.operation);
    const auto* const run = std::get_if<RunTemplate>(&plan.operation);
    const bool makesKeys = (rename && !namesLeaveTheScan(*rename, plan.keys)) || (run && !staysWithItsKey(*run, table));
    return makesKeys ? KeyFeeding::Collected : KeyFeeding::EachOnce;
}

Status feedKeys(const JobPlan& plan, const BulkSetting& setting, KeyFeeding feeding, const KeyTaker& taker,
    std::optional<ScanReport>& scan, const std::stop_token& stop)
{
    std::uint64_t repeats = 0;
    if (scansForKeys(plan, setting)) {
        const ScanStart start{{plan.database}, false, setting.replicas, nullptr, false};
        const auto engine = makeScan(setting.source, requestOf(plan), start);
        const KeyOrigin found{[&](const KeySink& sink) {
                                  scan = engine->run(stop, sink);
                                  return ok();
                              },
            [&engine] { return expectedOf(*engine); }};
        Status given = feedFrom(found, setting, feeding, taker, repeats, stop);
        scan->duplicates = repeats;
        return given;
    }
    if (setting.choice) {
        KeyBatch batch;
        setting.choice->forEachKey(KeyOrder::Ascending, stop, [&](std::string_view key) {
            if (!key.starts_with(setting.choiceRoot)) {
                return true; // of another database: what is left of its name may be another key's here
            }
            batch.append(key.substr(setting.choiceRoot.size()));
            return batch.size() < fedAtOnce || taker.take(std::exchange(batch, {}));
        });
        static_cast<void>(taker.take(std::move(batch)));
        return ok();
    }
    if (plan.keys.kind == KeyQuery::Kind::File) {
        const KeyOrigin lines{
            [&](const KeySink& sink) { return forEachKeyOf(plan.keys.file, plan.keys.hasRawLines, stop, sink); }};
        return feedFrom(lines, setting, feeding, taker, repeats, stop);
    }
    KeyBatch one;
    one.append(plan.keys.bytes);
    static_cast<void>(taker.take(std::move(one)));
    return ok();
}

} // namespace keyglass
