// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemajob.h"

#include "core/base/bytes.h"
#include "core/base/stopwait.h"
#include "core/source/redis/infotext.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

using namespace std::chrono_literals;
using Phase = SchemaStage::Phase;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaJob", text);
}

/// False: it is to stop.
bool rest(Milliseconds time, const std::stop_token& stop)
{
    waitOrStop(time, stop);
    return !stop.stop_requested();
}

Error stopped()
{
    return {ErrorKind::Cancelled, {}, {}};
}

Result<std::string> infoOf(Lane& lane, const char* section, const std::stop_token& stop)
{
    auto reply = lane.call(Command{"INFO", section}, stop);
    if (!reply) {
        return std::move(reply).error();
    }
    return std::move(reply->text);
}

bool waitUntil(const QDateTime& time, const std::stop_token& stop)
{
    for (;;) {
        const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(time);
        if (left <= 0) {
            return true;
        }
        if (!rest(Milliseconds(std::min<qint64>(left, 60'000)), stop)) { // the clock may be set meanwhile
            return false;
        }
    }
}

Status waitForQuiet(
    Lane& lane, std::uint64_t below, Milliseconds quietFor, const std::stop_token& stop, SchemaStage& stage)
{
    stage.of = static_cast<std::uint64_t>(quietFor.count());
    auto quietSince = Clock::now();
    for (;;) {
        const auto info = infoOf(lane, "stats", stop);
        if (!info) {
            return info.error();
        }
        const auto now = Clock::now();
        const std::uint64_t ops = InfoText(*info).number("instantaneous_ops_per_sec").value_or(0);
        stage.opsPerSecond = ops;
        quietSince = ops < below ? quietSince : now;
        const auto quiet = std::chrono::duration_cast<Milliseconds>(now - quietSince);
        stage.done = static_cast<std::uint64_t>(quiet.count());
        if (ops < below && quiet >= quietFor) {
            return ok();
        }
        if (!rest(std::min<Milliseconds>(1s, std::max<Milliseconds>(quietFor, 100ms)), stop)) {
            return stopped();
        }
    }
}

/// Whether what was agreed to is still what would be done.
QString whyAnother(const SchemaPreview& agreed, const SchemaPreview& now)
{
    if (!now.refusal.isEmpty()) {
        return now.refusal;
    }
    const bool isSame = agreed.plan.madeOn.has_value() == now.plan.madeOn.has_value()
        && (!now.plan.madeOn || agreed.plan.madeOn->isSameAs(*now.plan.madeOn));
    if (!isSame) {
        return tr("While it waited, somebody has changed the schema.");
    }
    constexpr int muchLonger = 3;
    if (now.way != agreed.way || now.standstill > agreed.standstill * muchLonger + 1s) {
        return tr("While it waited, the table has grown: everybody would have to wait for about %1 s.")
            .arg(static_cast<double>(now.standstill.count()) / 1000, 0, 'f', 1);
    }
    return {};
}

SchemaReport notAsAgreed(const SchemaPreview& now, const QString& why)
{
    SchemaReport report;
    report.status = SchemaReport::Status::Changed;
    report.change = now.plan.change;
    report.before = now.plan.madeOn;
    report.after = now.plan.madeOn;
    report.rowsBefore = now.rows;
    report.rowsAfter = now.rows;
    report.findings.push_back(why);
    return report;
}

Status saveAll(SchemaPlace& place, const std::string& table, bool rdb, bool aof, const std::stop_token& stop)
{
    Status saved = rdb ? saveServer(place, table, false, stop) : ok();
    return saved && aof ? saveServer(place, table, true, stop) : std::move(saved);
}

/// The saves that a change needs which was stopped in the middle: ordered, and not waited for.
void orderSaves(SchemaPlace& place, const SchemaSaves& saves, SchemaReport& report)
{
    TableTransaction transaction(place.lanes, TableKeys(report.change.table), place.confirmation);
    for (const char* name : {saves.rdbAfter ? "BGSAVE" : nullptr, saves.aofAfter ? "BGREWRITEAOF" : nullptr}) {
        if (name == nullptr) {
            continue;
        }
        const auto begun = transaction.lane().call(Command{name}, {}); // not stopped by what has stopped the change
        report.findings.push_back(begun ? tr("%1 was begun and is not waited for.").arg(QLatin1String(name))
                                        : begun.error().subject + QStringLiteral(": ") + begun.error().detail);
    }
}

} // namespace

const std::vector<std::string>& schemaCommands()
{
    static const std::vector<std::string> names{
        "TABLE.SCHEMA.ALTER", "DEL", "UNLINK", "RESTORE", "BGSAVE", "BGREWRITEAOF"};
    return names;
}

Status waitFor(
    SchemaPlace& place, const std::string& table, const SchemaWait& wait, std::stop_token stop, SchemaStage& stage)
{
    if (wait.notBefore) {
        stage.phase = Phase::Waiting;
        if (!waitUntil(*wait.notBefore, stop)) {
            return stopped();
        }
    }
    if (!wait.quietBelow) {
        return ok();
    }
    stage.phase = Phase::WaitingForQuiet;
    TableTransaction transaction(place.lanes, TableKeys(table));
    return waitForQuiet(transaction.lane(), *wait.quietBelow, wait.quietFor, stop, stage);
}

Status saveServer(SchemaPlace& place, const std::string& table, bool isAof, std::stop_token stop)
{
    TableTransaction transaction(place.lanes, TableKeys(table), place.confirmation);
    Lane& lane = transaction.lane();
    bool isBegun = false;
    for (;;) {
        const auto text = infoOf(lane, "persistence", stop);
        if (!text) {
            return text.error();
        }
        const InfoText info(*text);
        const auto isSet = [&info](const char* field) { return info.number(field).value_or(0) > 0; };
        const bool isBusy =
            isSet("rdb_bgsave_in_progress") || isSet("aof_rewrite_in_progress") || isSet("aof_rewrite_scheduled");
        if (!isBusy && isBegun) {
            const char* const field = isAof ? "aof_last_bgrewrite_status" : "rdb_last_bgsave_status";
            return info.value(field).value_or("ok") == "ok"
                ? ok()
                : Status(Error{ErrorKind::Server, lane.nodeText(),
                      tr("%1 has failed; its log says why.").arg(QLatin1String(isAof ? "BGREWRITEAOF" : "BGSAVE"))});
        }
        if (!isBusy) { // two at once are not done
            const auto begun = lane.call(Command{isAof ? "BGREWRITEAOF" : "BGSAVE"}, stop);
            if (!begun) {
                return begun.error();
            }
            isBegun = true;
        }
        if (!rest(100ms, stop)) {
            return stopped();
        }
    }
}

Result<SchemaReport> runSchemaJob(SchemaPlace& place, const SchemaPreview& preview, const SchemaWait& wait,
    const SchemaSaves& saves, std::stop_token stop, SchemaStage& stage)
{
    const std::string& table = preview.plan.change.table;
    SchemaPreview now = preview;
    if (wait.isWanted()) {
        if (Status waited = waitFor(place, table, wait, stop, stage); !waited) {
            return std::move(waited).error();
        }
        stage.take({});
        stage.phase = Phase::Changing;
        auto again =
            previewChange(place, preview.plan.change, stop, [&stage](const SchemaStep& step) { stage.take(step); });
        if (!again) {
            return std::move(again).error();
        }
        now = *std::move(again);
        if (const QString why = whyAnother(preview, now); !why.isEmpty()) {
            return notAsAgreed(now, why);
        }
    }
    stage.phase = Phase::Saving;
    if (Status saved = saveAll(place, table, saves.rdbBefore, saves.aofBefore, stop); !saved) {
        return std::move(saved).error();
    }
    stage.take({});
    stage.phase = Phase::Changing;
    auto report = runChange(place, now, stop, [&stage](const SchemaStep& step) { stage.take(step); });
    if (report && report->status == SchemaReport::Status::Stopped) {
        orderSaves(place, saves, *report);
    }
    if (!report || report->status > SchemaReport::Status::Doubted) {
        return report;
    }
    stage.phase = Phase::Saving;
    if (const Status saved = saveAll(place, table, saves.rdbAfter, saves.aofAfter, stop); !saved) {
        report->findings.push_back(saved.error().subject + QStringLiteral(": ") + saved.error().detail);
        report->status = SchemaReport::Status::Doubted;
    }
    return report;
}

} // namespace keyglass
