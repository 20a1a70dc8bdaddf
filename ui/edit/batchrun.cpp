// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/batchrun.h"

#include "ui/common/whenready.h"

#include <functional>
#include <numeric>
#include <utility>

namespace keyglass::ui {

BatchRun::BatchRun(Session& session, std::vector<KeyEdit> edits, std::vector<std::string> confirmed, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_edits(std::move(edits))
    , m_confirmed(std::move(confirmed))
    , m_total(std::transform_reduce(m_edits.begin(), m_edits.end(), std::size_t{0}, std::plus<>(), rowsOf))
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
    if (m_error || m_next == m_edits.size()) {
        Q_EMIT ended();
        return;
    }
    whenReady(this, m_session.edit(m_edits[m_next], m_confirmed),
        [this](const Result<EditOutcome>& outcome) { take(outcome); });
}

void BatchRun::take(const Result<EditOutcome>& outcome)
{
    if (!outcome) {
        m_error = outcome.error();
    } else {
        m_keyVanished = outcome->keyVanished;
        if (outcome->status == EditOutcome::Status::Done) {
            m_done += rowsOf(m_edits[m_next]);
            m_isExpiryChanged = m_isExpiryChanged || outcome->expiryChanged;
            if (outcome->fieldExpiryChanged) {
                m_notes.push_back({m_edits[m_next], *outcome});
            }
        } else {
            m_troubles.push_back({m_edits[m_next], *outcome});
        }
        m_begun += rowsOf(m_edits[m_next]);
        ++m_next;
        Q_EMIT progressed();
    }
    sendNext();
}

} // namespace keyglass::ui
