// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulkkeys.h"

#include "core/index/indexbuilder.h"
#include "core/session/keyfile.h"
#include "core/session/scanindexer.h"

#include <memory>
#include <utility>
#include <variant>

namespace keyglass {

namespace {

constexpr std::size_t fedAtOnce = 1000;
/// Of a file, into the index (SmallRun::sorted()).
constexpr std::size_t sortedAtOnce = 65'536;

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

ScanReport feedScan(const JobPlan& plan, const BulkSetting& setting, const std::function<bool(KeyBatch&&)>& take,
    const std::stop_token& stop)
{
    const ScanStart start{{plan.database}, false, setting.replicas, nullptr, false};
    const auto engine = makeScan(setting.source, requestOf(plan), start);
    return engine->run(stop, take);
}

/// The keys of the plan's file, each once.
Result<KeyChoice> choiceOfFile(const JobPlan& plan, const std::stop_token& stop)
{
    IndexBuilder index;
    KeyBatch gathered;
    const auto gather = [&](KeyBatch&& keys) {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            gathered.append(keys[at]);
        }
        if (gathered.size() >= sortedAtOnce) {
            index.add(SmallRun::sorted(std::exchange(gathered, {})));
        }
        return true;
    };
    if (Status read = forEachKeyOf(plan.keys.file, plan.keys.hasRawLines, stop, gather); !read) {
        return std::move(read).error();
    }
    index.add(SmallRun::sorted(std::move(gathered)));
    return KeyChoice{index.publish()};
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

bool wantsEachKeyOnce(const JobPlan& plan)
{
    const auto* expiry = std::get_if<ExpireKeys>(&plan.operation);
    const bool isArchived = plan.archives && destroys(plan.operation);
    return (isArchived && !std::holds_alternative<DeleteKeys>(plan.operation)) // the second time it is not there
        || std::holds_alternative<RenameKeys>(plan.operation) || std::holds_alternative<ExportKeys>(plan.operation)
        || std::holds_alternative<RunTemplate>(plan.operation)
        || (expiry != nullptr && expiry->mode == ExpireKeys::Mode::Add);
}

Result<std::optional<ScanReport>> collectKeys(const JobPlan& plan, BulkSetting& setting, const std::stop_token& stop)
{
    KeyChoice all;
    std::optional<ScanReport> scan;
    if (scansForKeys(plan, setting)) {
        const ScanStart start{{plan.database}, false, setting.replicas, nullptr, false};
        ScanIndexer indexer(makeScan(setting.source, requestOf(plan), start), nullptr, 0);
        scan = indexer.run(stop, [&all](std::shared_ptr<const Snapshot> newest) { all.keys = std::move(newest); });
    } else if (!setting.choice && plan.keys.kind == KeyQuery::Kind::File) {
        auto ofFile = choiceOfFile(plan, stop);
        if (!ofFile) {
            return std::move(ofFile).error();
        }
        all = *std::move(ofFile);
    } else {
        return scan; // each is there once
    }
    setting.choice = std::move(all);
    setting.choiceRoot.clear();
    return scan;
}

Status feedKeys(const JobPlan& plan, const BulkSetting& setting, const std::function<bool(KeyBatch&&)>& take,
    std::optional<ScanReport>& scan, const std::stop_token& stop)
{
    if (scansForKeys(plan, setting)) {
        scan = feedScan(plan, setting, take, stop);
        return ok();
    }
    if (setting.choice) {
        KeyBatch batch;
        setting.choice->forEachKey(KeyOrder::Ascending, stop, [&](std::string_view key) {
            if (!key.starts_with(setting.choiceRoot)) {
                return true; // of another database: what is left of its name may be another key's here
            }
            batch.append(key.substr(setting.choiceRoot.size()));
            return batch.size() < fedAtOnce || take(std::exchange(batch, {}));
        });
        static_cast<void>(take(std::move(batch)));
        return ok();
    }
    if (plan.keys.kind == KeyQuery::Kind::File) {
        return forEachKeyOf(plan.keys.file, plan.keys.hasRawLines, stop, take);
    }
    KeyBatch one;
    one.append(plan.keys.bytes);
    static_cast<void>(take(std::move(one)));
    return ok();
}

} // namespace keyglass
