// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/parttarget.h"

#include "core/source/lane.h"

#include <utility>

namespace keyglass {

PartTarget::PartTarget(ImportLanes lanes, ImportOptions& options, UndoArchiveWriter* archive)
    : m_lanes(std::move(lanes))
    , m_steps(m_lanes, options, archive)
{
}

Status PartTarget::take(std::vector<KeyPart>&& keys, const std::stop_token& stop)
{
    std::vector<ImportedKey> made;
    made.reserve(keys.size());
    for (KeyPart& key : keys) {
        made.push_back(ImportedKey{std::move(key), {}});
    }
    if (made.empty()) {
        return ok();
    }
    Status done = m_steps.look(made, stop);
    done = done ? m_steps.make(made, stop) : std::move(done);
    done = done ? m_steps.name(made, stop) : std::move(done);
    record(made);
    return done ? m_steps.clean(made, stop) : std::move(done);
}

Status PartTarget::beginLarge(const std::stop_token& stop)
{
    m_large.clear();
    m_stop = stop;
    return ok();
}

Status PartTarget::takeLarge(KeyPart&& part)
{
    if (!m_large.empty()) {
        m_large.front().part = std::move(part);
        return m_steps.make(m_large, m_stop);
    }
    m_large.push_back(ImportedKey{std::move(part), {}});
    Status done = m_steps.look(m_large, m_stop);
    return done ? m_steps.make(m_large, m_stop) : done;
}

Status PartTarget::endLarge(bool isWhole)
{
    if (m_large.empty()) {
        return ok();
    }
    if (!isWhole && !m_large.front().outcome) {
        m_large.front().settle(Outcome::NotDone, {});
    }
    Status done = m_steps.name(m_large, m_stop);
    if (isWhole) {
        record(m_large);
    }
    done = done ? m_steps.clean(m_large, m_stop) : std::move(done);
    m_large.clear();
    return done;
}

/// Those that are settled, which is all of them where nothing failed.
void PartTarget::record(const std::vector<ImportedKey>& keys)
{
    for (const ImportedKey& key : keys) {
        if (key.outcome) {
            m_made[key.part.key] = {*key.outcome, key.detail};
        }
    }
}

} // namespace keyglass
