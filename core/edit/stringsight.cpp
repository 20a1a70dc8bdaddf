// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/stringsight.h"

#include "core/value/pagereading.h"
#include "core/value/stringfile.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

constexpr int mostRedirects = 3;

} // namespace

StringWatch::StringWatch(EditLanes& lanes, const Confirmation& confirmation, const std::stop_token& stop,
    std::function<void(std::uint64_t)> passed)
    : m_lanes(lanes)
    , m_confirmation(confirmation)
    , m_stop(stop)
    , m_passed(std::move(passed))
{
}

void StringWatch::goTo(const std::string& key)
{
    m_lane = m_lanes.placeOf(key).lane->confirmed(m_confirmation);
}

Status StringWatch::look(const std::string& key, std::string_view beginning, StringSight& sight)
{
    for (int redirects = 0;; ++redirects) {
        const std::array<Command, 4> asked{
            Command{"WATCH", key}, Command{"TYPE", key}, Command{"PTTL", key}, Command{"STRLEN", key}};
        const auto replies = m_lane->pipeline(asked, m_stop);
        if (!replies) {
            return replies.error();
        }
        m_opening = m_lane->openings();
        const std::vector<Reply>& all = *replies;
        const auto redirect =
            all[1].isError() && redirects < mostRedirects ? parseRedirect(all[1].text) : std::optional<Redirect>();
        if (redirect && !redirect->isAsk) {
            m_lane = m_lanes.redirected(*redirect, m_stop).lane->confirmed(m_confirmation);
            continue;
        }
        for (const std::size_t at : {0, 1, 2}) {
            if (all[at].isError()) {
                return replyError(all[at].text);
            }
        }
        sight.seen.typeName = all[1].text;
        sight.seen.isExpiryKnown = true;
        sight.seen.ttl = all[2].integer >= 0 ? std::optional(Milliseconds{all[2].integer}) : std::nullopt;
        sight.seen.asOf = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
        if (sight.seen.typeName != "string") {
            return ok();
        }
        if (all[3].isError()) {
            return replyError(all[3].text);
        }
        return readAll(key, beginning, static_cast<std::uint64_t>(std::max<std::int64_t>(all[3].integer, 0)), sight);
    }
}

/// Of one that becomes shorter meanwhile as much as there is: the watch tells of it later.
Status StringWatch::readAll(const std::string& key, std::string_view beginning, std::uint64_t whole, StringSight& sight)
{
    QCryptographicHash digest(QCryptographicHash::Sha256);
    while (sight.length < whole) {
        const auto from = static_cast<std::int64_t>(sight.length);
        const std::uint64_t wanted = std::min(whole - sight.length, pageOfStringFile);
        Command command{"GETRANGE", key};
        command.add(from).add(from + static_cast<std::int64_t>(wanted) - 1);
        const auto page = callFor(*m_lane, command, m_stop);
        if (!page) {
            return page.error();
        }
        if (m_stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, {}, {}};
        }
        const std::string_view bytes = page->text;
        digest.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
        const auto seen = beginning.substr(std::min<std::size_t>(sight.length, beginning.size()), bytes.size());
        sight.hasBeginning = sight.hasBeginning && bytes.starts_with(seen);
        sight.length += bytes.size();
        m_passed(bytes.size());
        if (bytes.size() < wanted) {
            break;
        }
    }
    sight.hasBeginning = sight.hasBeginning && beginning.size() <= sight.length;
    sight.digest = digest.result();
    return ok();
}

} // namespace keyglass
