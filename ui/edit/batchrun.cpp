// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/batchrun.h"

#include "ui/common/whenready.h"

#include <utility>

namespace keyglass::ui {

BatchRun::BatchRun(Session& session, std::shared_ptr<const BatchPlan> plan, std::size_t rows,
    std::vector<std::string> confirmed, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_plan(std::move(plan))
    , m_confirmed(std::move(confirmed))
    , m_total(rows)
{
}

void BatchRun::start()
{
    sendNext();
}

void BatchRun::cancel()
{
    m_isCancelled = true;
}

void BatchRun::sendNext()
{
    if (m_isCancelled) {
        m_error = Error{ErrorKind::Cancelled, {}, {}};
    }
    if (m_error || m_next == m_plan->edits.size()) {
        Q_EMIT ended();
        return;
    }
    whenReady(this, m_session.edit(m_plan->edits[m_next], m_confirmed),
        [this](const Result<EditOutcome>& outcome) { take(outcome); });
}

void BatchRun::take(const Result<EditOutcome>& outcome)
{
    if (!outcome) {
        m_error = outcome.error();
    } else {
        m_keyVanished = outcome->keyVanished;
        if (outcome->status == EditOutcome::Status::Done) {
            m_done += rowsOf(m_plan->edits[m_next]);
            m_isExpiryChanged = m_isExpiryChanged || outcome->expiryChanged;
            if (outcome->fieldExpiryChanged) {
                m_notes.push_back({m_plan->edits[m_next], *outcome});
            }
        } else {
            m_troubles.push_back({m_plan->edits[m_next], *outcome});
        }
        m_begun += rowsOf(m_plan->edits[m_next]);
        ++m_next;
        Q_EMIT progressed();
    }
    sendNext();
}

} // namespace keyglass::ui
