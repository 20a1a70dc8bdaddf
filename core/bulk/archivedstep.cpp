// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivedstep.h"

#include "core/bulk/stepreplies.h"

#include <utility>

namespace keyglass {

ArchivedStep::ArchivedStep(
    std::unique_ptr<BatchStep> step, UndoArchiveWriter& archive, ArchivingOptions options, bool evenUnarchived)
    : m_step(std::move(step))
    , m_archive(archive)
    , m_options(std::move(options))
    , m_evenUnarchived(evenUnarchived)
{
}

Status ArchivedStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    const auto archived = archiveBefore(lanes.node, keys, m_options, m_archive, stop);
    if (!archived) {
        appendKeys(m_notSent, keys);
        return archived.error();
    }
    KeyBatch safe;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const ArchivedKey& key = (*archived)[at];
        switch (key.kind) {
        case ArchivedKey::Kind::Archived:
            safe.append(keys[at]);
            break;
        case ArchivedKey::Kind::Missing:
            outcomes.add(keys[at], Outcome::Missing);
            break;
        case ArchivedKey::Kind::TooLarge:
            if (m_evenUnarchived) {
                safe.append(keys[at]);
            } else {
                outcomes.add(keys[at], Outcome::NotUndoable, key.text);
            }
            break;
        case ArchivedKey::Kind::Elsewhere:
            outcomes.elsewhere(keys[at], key.text);
            break;
        case ArchivedKey::Kind::Refused:
            outcomes.add(keys[at], Outcome::Failed, key.text);
            break;
        }
    }
    return safe.isEmpty() ? ok() : m_step->apply(lanes, std::move(safe), outcomes, std::move(stop));
}

UnsettledKeys ArchivedStep::takeUnsettled()
{
    UnsettledKeys keys = m_step->takeUnsettled();
    for (std::size_t at = 0; at < keys.notSent.size(); ++at) {
        m_archive.expectAgain(m_options.database, keys.notSent[at]); // archived, and left as they were
    }
    for (std::size_t at = 0; at < keys.maybeDone.size(); ++at) {
        m_archive.keepFirst(m_options.database, keys.maybeDone[at]); // archived as they were before
    }
    appendKeys(keys.notSent, std::exchange(m_notSent, {}));
    return keys;
}

} // namespace keyglass
