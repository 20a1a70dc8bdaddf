// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/loadstring.h"
#include "core/session/session_p.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

std::unique_ptr<EditLanes> lanesTo(const SourceAccess& source, int database)
{
    return source.cluster ? std::make_unique<EditLanes>(source.cluster)
                          : std::make_unique<EditLanes>(source.lane(database));
}

} // namespace

ResultWork<StringLoaded> Session::loadString(StringLoad what, const std::vector<std::string>& confirmed)
{
    if (!m_d->workers) {
        return m_d->loads.run<StringLoaded>(
            0, [why = m_d->whyNotConnected()](const auto&, const auto&) { return Result<StringLoaded>(why); });
    }
    KeyName name = nameOf(what.key);
    what.key = std::move(name.key);
    return m_d->loads.run<StringLoaded>(WorkTasks::wholeProgress,
        [what = std::move(what), source = *m_d->source, database = name.database, yes = Confirmation(confirmed)](
            const std::stop_token& stop, const WorkTasks::Progress& progress) {
            const auto file = static_cast<std::uint64_t>(std::max<qint64>(QFileInfo(what.path).size(), 0));
            const std::uint64_t whole = std::max<std::uint64_t>(file + what.seen.length.value_or(0), 1);
            const auto watching = lanesTo(source, database);
            const auto writing = lanesTo(source, database);
            const EditOptions options{editAbilities(source.facts, source.gate->table()), yes};
            return keyglass::loadString({*watching, *writing}, what, options, stop,
                [&](std::uint64_t done) { progress(std::min(done, whole) * WorkTasks::wholeProgress / whole); });
        });
}

} // namespace keyglass
