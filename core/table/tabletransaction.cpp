// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tabletransaction.h"

#include "core/base/bytes.h"
#include "core/table/tableschema.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

constexpr int mostRedirects = 5;

QString tr(const char* text)
{
    return QCoreApplication::translate("TableTransaction", text);
}

TableTransaction::End endOf(std::vector<Reply>&& replies)
{
    using Kind = TableTransaction::End::Kind;
    TableTransaction::End end;
    Reply& executed = replies.back();
    const auto failed =
        std::ranges::find_if(replies, &Reply::isError); // why a command was not taken comes before EXEC's
    if (failed != replies.end()) {
        end.kind = Kind::Refused;
        end.error = reasonOf(failed->text);
        return end;
    }
    if (executed.isNil()) {
        end.kind = Kind::CalledOff;
        return end;
    }
    end.replies = std::move(executed.elements);
    const auto wrong = std::ranges::find_if(end.replies, &Reply::isError);
    if (wrong != end.replies.end()) {
        const bool isAll = std::ranges::all_of(end.replies, &Reply::isError);
        end.kind = isAll ? Kind::Refused : Kind::HalfDone;
        end.error = wrong->text;
    }
    return end;
}

} // namespace

TableTransaction::TableTransaction(EditLanes& lanes, TableKeys keys, Confirmation confirmation)
    : m_lanes(lanes)
    , m_keys(std::move(keys))
    , m_confirmation(std::move(confirmation))
{
    goTo(m_lanes.placeOf(m_keys.schema()));
}

void TableTransaction::goTo(const EditPlace& place)
{
    m_lane = place.lane->confirmed(m_confirmation);
}

Status TableTransaction::check(std::span<const Command> commands) const
{
    for (const Command& command : commands) {
        if (Status allowed = m_lane->check(command); !allowed) {
            return allowed;
        }
    }
    return ok();
}

Result<std::vector<Reply>> TableTransaction::look(
    const std::vector<std::string>& watched, std::vector<Command> reads, std::stop_token stop)
{
    Command watch{"WATCH"};
    for (const std::string& key : watched) {
        watch.add(key);
    }
    reads.insert(reads.begin(), std::move(watch));
    for (;;) {
        const bool wasOpen = m_lane->isOpen();
        auto replies = m_lane->pipeline(reads, stop);
        if (!replies && wasOpen && replies.error().kind == ErrorKind::Network) {
            replies = m_lane->pipeline(reads, stop); // it had died of idleness; nothing but looking was on its way
        }
        if (!replies) {
            return std::move(replies).error();
        }
        m_opening = m_lane->openings();
        const auto failed = std::ranges::find_if(
            *replies, [](const Reply& reply) { return reply.isError() && parseRedirect(reply.text).has_value(); });
        if (failed != replies->end()) {
            const bool isAsk = parseRedirect(failed->text)->isAsk;
            m_lane->close();
            if (isAsk) {
                return moving();
            }
            if (follows(failed->text, stop)) {
                continue;
            }
        }
        if (replies->front().isError()) {
            m_lane->close();
            return aboutTable(replyError(replies->front().text), m_keys);
        }
        replies->erase(replies->begin());
        return replies;
    }
}

bool TableTransaction::follows(const std::string& errorReply, const std::stop_token& stop)
{
    const auto redirect = parseRedirect(errorReply);
    if (!redirect || ++m_redirects > mostRedirects) {
        return false;
    }
    goTo(m_lanes.redirected(*redirect, stop));
    return true;
}

Error TableTransaction::moving() const
{
    return {ErrorKind::Refused, tr("Table %1").arg(displayText(m_keys.table())),
        tr("Its slot is on its way to another node. Nothing was changed; try again when it has arrived.")};
}

Result<TableTransaction::End> TableTransaction::commit(std::vector<Command> writes, std::stop_token stop)
{
    if (Status allowed = check(writes); !allowed) {
        leave(stop);
        return std::move(allowed).error();
    }
    if (!m_lane->isOpen() || m_lane->openings() != m_opening) { // a new connection would watch nothing
        return End{End::Kind::CalledOff, {}, {}};
    }
    writes.insert(writes.begin(), Command{"MULTI"});
    writes.push_back(Command{"EXEC"});
    auto replies = m_lane->pipeline(writes, stop);
    if (!replies) {
        m_lane->close();
        return std::move(replies).error();
    }
    End end = endOf(*std::move(replies));
    if (end.kind == End::Kind::Refused || end.kind == End::Kind::HalfDone) {
        m_lane->close(); // whatever state it is in
    }
    if (end.kind == End::Kind::Refused) {
        const auto redirect = parseRedirect(end.error);
        if (redirect && redirect->isAsk) {
            return moving();
        }
        if (follows(end.error, stop)) {
            end.kind = End::Kind::CalledOff;
        }
    }
    return end;
}

bool TableTransaction::mayBeDone(const Error& error)
{
    return error.kind != ErrorKind::Refused && error.kind != ErrorKind::ReadOnly && error.kind != ErrorKind::Confirm;
}

void TableTransaction::leave(std::stop_token stop)
{
    if (m_lane->isOpen() && m_lane->openings() == m_opening) {
        if (const auto left = m_lane->call(Command{"UNWATCH"}, std::move(stop)); !left) {
            m_lane->close();
        }
    }
}

} // namespace keyglass
