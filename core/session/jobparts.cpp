// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/jobparts.h"

#include "core/index/keyroot.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace keyglass {

KeyChoice choiceBehind(const KeyChoice& choice, const std::string& root)
{
    KeyChoice own{choice.keys};
    own.selected = choice.selected.value_or(KeySelection());
    if (!choice.selected) {
        own.selected->addRule(root);
        return own;
    }
    const KeyRange range = prefixRange(root);
    own.selected->remove({{}, range.first});
    if (range.end) {
        own.selected->remove({*range.end, std::nullopt});
    }
    return own;
}

std::vector<JobPart> partsOf(const JobPlan& plan, const BulkSetting& setting)
{
    std::vector<JobPart> parts;
    if (plan.databases.empty()) {
        parts.push_back({plan, setting});
        return parts;
    }
    for (const int database : plan.databases) {
        JobPart part{plan, setting};
        part.plan.database = database;
        part.plan.databases.clear();
        part.setting.targetDatabase = database; // of a copy: to the one of the same number
        part.setting.marksRoot = rootOf(database);
        part.setting.place =
            QCoreApplication::translate("Bulk", "%1, database %2").arg(setting.source.name).arg(database);
        if (setting.choice) {
            part.setting.choiceRoot = part.setting.marksRoot;
            part.setting.choice = choiceBehind(*setting.choice, part.setting.choiceRoot);
        }
        if (!part.setting.choice || part.setting.choice->count() > 0) {
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

namespace {

/// Of a choice that was made before the databases were switched, a part may stand behind none that is open.
Result<std::vector<int>> databasesOf(const KeyChoice& choice, const std::vector<int>& all)
{
    std::vector<int> own;
    std::uint64_t placed = 0;
    for (const int database : all) {
        const std::uint64_t count = choiceBehind(choice, rootOf(database)).count();
        placed += count;
        if (count > 0) {
            own.push_back(database);
        }
    }
    if (placed != choice.count()) {
        return Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The chosen keys"),
            QCoreApplication::translate("Bulk", "The chosen keys are of databases that are not open any more")};
    }
    return own;
}

/// The databases that a plan's keys are in; its prefix is without a root then. Input as the others.
Result<std::vector<int>> databasesOf(JobPlan& plan, const std::optional<KeyChoice>& choice, const std::vector<int>& all)
{
    if (choice) {
        return databasesOf(*choice, all);
    }
    const bool isNamed = plan.keys.kind == KeyQuery::Kind::Prefix || plan.keys.kind == KeyQuery::Kind::Exact;
    const auto rooted = isNamed ? splitRoot(plan.keys.bytes) : std::nullopt;
    if (!rooted) {
        return all;
    }
    const int database = rooted->database;
    if (std::ranges::find(all, database) == all.end()) {
        return Error{ErrorKind::Input, QCoreApplication::translate("Bulk", "The chosen keys"),
            QCoreApplication::translate("Bulk", "The chosen keys are of databases that are not open any more")};
    }
    plan.keys.bytes = std::string(rooted->key);
    if (plan.keys.bytes.empty() && plan.keys.kind == KeyQuery::Kind::Prefix) {
        plan.keys.kind = KeyQuery::Kind::All;
    }
    return std::vector<int>{database};
}

} // namespace

Status placeInDatabases(
    JobPlan& plan, const std::optional<KeyChoice>& choice, const std::vector<int>& all, std::string& choiceRoot)
{
    if (std::holds_alternative<ImportKeys>(plan.operation)) {
        return Error{ErrorKind::Unsupported, QCoreApplication::translate("Bulk", "Several databases"),
            QCoreApplication::translate(
                "Bulk", "Several databases are open, and an import is into one. Choose it first")};
    }
    auto databases = databasesOf(plan, choice, all);
    if (!databases) {
        return std::move(databases).error();
    }
    plan.databases = *std::move(databases);
    if (plan.databases.size() <= 1) {
        plan.database = plan.databases.empty() ? all.front() : plan.databases.front();
        plan.databases.clear();
        choiceRoot = choice ? rootOf(plan.database) : std::string();
    } else if (std::holds_alternative<CopyKeys>(plan.operation)) { // the user has named one that it goes to
        return Error{ErrorKind::Unsupported, QCoreApplication::translate("Bulk", "Several databases"),
            QCoreApplication::translate(
                "Bulk", "Their keys would come together in one. Choose the databases one after the other")};
    }
    return checkPlan(plan);
}

void addScan(std::optional<ScanReport>& to, std::optional<ScanReport>&& scan)
{
    if (!scan) {
        return;
    }
    if (!to) {
        to = std::move(scan);
        return;
    }
    std::ranges::move(scan->nodes, std::back_inserter(to->nodes));
    to->elapsed += scan->elapsed;
}

void joinNodes(JobPreview& preview)
{
    if (preview.nodes.size() < 2) {
        return;
    }
    NodeMeasure all = std::move(preview.nodes.front());
    for (auto node = preview.nodes.begin() + 1; node != preview.nodes.end(); ++node) {
        all.keys += node->keys;
        all.commands += node->commands;
        all.waited += node->waited;
        all.own += node->own;
        all.roundTrip = std::max(all.roundTrip, node->roundTrip);
        all.sampled += node->sampled;
        all.sampledBytes.value += node->sampledBytes.value;
        all.sampleTime += node->sampleTime;
        for (const auto& [name, time] : node->serverTimes) {
            double& most = all.serverTimes[name];
            most = std::max(most, time);
        }
    }
    preview.nodes.assign(1, std::move(all));
}

} // namespace keyglass
