// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/modulefacts.h"

#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/source/redis/infotext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

constexpr std::string_view moduleName = "table";

QString tr(const char* text)
{
    return QCoreApplication::translate("TableModule", text);
}

/// What stands after `name` in a flat list of names and values.
const Reply* valueOf(const Reply& list, std::string_view name)
{
    for (std::size_t at = 0; at + 1 < list.elements.size(); at += 2) {
        if (list.elements[at].text == name) {
            return &list.elements[at + 1];
        }
    }
    return nullptr;
}

void readScanLimit(const Reply& arguments, TableModule& module)
{
    module.scanLimit = defaultScanLimit;
    if (arguments.elements.size() < 2 || arguments.elements.front().text != "max_scan_limit") {
        return;
    }
    const std::string& text = arguments.elements[1].text;
    const auto value = wholeNumber(text);
    if (value && *value >= leastScanLimit && *value <= mostScanLimit) {
        module.scanLimit = *value;
    } else {
        module.ignoredLimit = text;
    }
}

TableModule moduleIn(const Reply& list)
{
    TableModule module;
    module.state = TableModule::State::Missing;
    for (const Reply& one : list.elements) {
        const Reply* name = valueOf(one, "name");
        if (name && name->text == moduleName) {
            module.state = TableModule::State::Loaded;
            const Reply* version = valueOf(one, "ver");
            module.version = version && version->isInteger() ? std::optional(version->integer) : std::nullopt;
            const Reply* arguments = valueOf(one, "args"); // before Redis 7 not told
            if (arguments) {
                readScanLimit(*arguments, module);
            }
        }
    }
    return module;
}

TableModule moduleByCommand(const Reply& reply)
{
    TableModule module;
    if (reply.isArray() && reply.elements.size() == 1) {
        module.state = reply.elements.front().isArray() && !reply.elements.front().elements.empty()
            ? TableModule::State::Loaded
            : TableModule::State::Missing;
    }
    return module;
}

std::uint64_t numberIn(const InfoText& info, std::string_view name)
{
    return info.number(name).value_or(0);
}

} // namespace

Result<TableModule> fetchTableModule(Lane& lane, std::stop_token stop)
{
    const std::array commands{Command{"MODULE", "LIST"}, Command{"COMMAND", "INFO", "TABLE.SELECT"}};
    const auto replies = lane.pipeline(commands, std::move(stop));
    if (!replies) {
        return replies.error();
    }
    return replies->front().isArray() ? moduleIn(replies->front()) : moduleByCommand(replies->back());
}

QString TableSurroundings::warning() const
{
    if (!isMaster) {
        return tr("This server is a replica: what TABLE commands have changed on its master since the last full "
                  "synchronisation is missing here, and nothing else shows it.");
    }
    if (!writesAof && replicas == 0) {
        return hasInfo
            ? QString()
            : tr("Whether there are replicas or an append-only file may not be asked here (INFO). What TABLE "
                 "commands change would reach neither.");
    }
    const QString whither = !writesAof ? tr("replicas")
        : replicas == 0                ? tr("the append-only file")
                                       : tr("replicas nor the append-only file");
    return writesAof && replicas > 0 ? tr("What TABLE commands change reaches neither %1.").arg(whither)
                                     : tr("What TABLE commands change does not reach %1.").arg(whither);
}

namespace {

/// Where CONFIG GET is forbidden, a cluster waits as long as one does where nobody has set it: not to know it is no
/// reason to let everybody wait longer.
void readTimeout(const Reply& reply, TableSurroundings& around)
{
    if (!around.isCluster) {
        return;
    }
    constexpr Milliseconds usual{15'000};
    const bool isTold = reply.isArray() && reply.elements.size() == 2;
    const auto value = isTold ? wholeNumber(reply.elements[1].text) : std::nullopt;
    around.nodeTimeout = value ? Milliseconds(*value) : usual;
    around.isTimeoutAssumed = !value;
}

} // namespace

Result<TableSurroundings> fetchTableSurroundings(Lane& lane, std::stop_token stop)
{
    const std::array commands{Command{"INFO"}, Command{"DBSIZE"}, Command{"CONFIG", "GET", "cluster-node-timeout"}};
    const auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    TableSurroundings around;
    if (const Reply& keys = (*replies)[1]; keys.isInteger()) {
        around.keys = static_cast<std::uint64_t>(keys.integer);
    }
    const Reply& timeout = replies->back();
    if (!replies->front().isText()) {
        const auto slot = lane.call(Command{"CLUSTER", "KEYSLOT", "x"}, stop); // refused where it is no cluster
        if (!slot && slot.error().kind == ErrorKind::Network) {
            return slot.error();
        }
        around.isCluster = slot.has_value() && slot->isInteger();
        readTimeout(timeout, around);
        return around;
    }
    const InfoText info(replies->front().text);
    around.hasInfo = true;
    around.isMaster = info.value("role").value_or("master") == "master";
    around.isCluster = numberIn(info, "cluster_enabled") > 0;
    around.writesAof = numberIn(info, "aof_enabled") > 0;
    around.replicas = numberIn(info, "connected_slaves");
    around.usedMemory = numberIn(info, "used_memory");
    around.maxMemory = numberIn(info, "maxmemory");
    around.opsPerSecond = numberIn(info, "instantaneous_ops_per_sec");
    readTimeout(timeout, around);
    return around;
}

} // namespace keyglass
