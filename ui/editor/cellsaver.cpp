// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/cellsaver.h"

#include "core/base/errortext.h"
#include "core/session/session.h"
#include "ui/common/whenready.h"
#include "ui/editor/productionquestion.h"

#include <QWidget>

namespace keyglass::ui {

namespace {

/// What an edit of one cell may send that production asks about: one action to the user.
const std::vector<std::string> confirmedCommands{"SET", "EVAL", "RESTORE"};

bool wantsConfirmation(const Result<EditOutcome>& outcome)
{
    if (!outcome) {
        return outcome.error().kind == ErrorKind::Confirm;
    }
    return outcome->status == EditOutcome::Status::TooBusy && outcome->why && outcome->why->kind == ErrorKind::Confirm;
}

} // namespace

CellSaver::CellSaver(Session& session, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_window(window)
{
}

void CellSaver::send(const KeyEdit& edit, const Take& take)
{
    sendConfirmed(edit, {}, take);
}

void CellSaver::sendConfirmed(const KeyEdit& edit, const std::vector<std::string>& confirmed, const Take& take)
{
    m_isSending = true;
    whenReady(this, m_session.edit(edit, confirmed),
        [this, edit, take, wasAsked = !confirmed.empty()](const Result<EditOutcome>& outcome) {
            if (wantsConfirmation(outcome) && !wasAsked) {
                askConfirmation(edit, outcome, take);
                return;
            }
            m_isSending = false;
            take(edit, outcome);
        });
}

void CellSaver::askConfirmation(const KeyEdit& edit, const Result<EditOutcome>& refused, const Take& take)
{
    askProductionName(this, m_window, m_session, [this, edit, refused, take](bool isConfirmed) {
        if (isConfirmed) {
            sendConfirmed(edit, confirmedCommands, take);
        } else {
            m_isSending = false;
            take(edit, refused);
        }
    });
}

QString CellSaver::words(const KeyEdit& sent, const Result<EditOutcome>& outcome) const
{
    KeyEdit named = sent; // as the server calls it
    named.key = m_session.nameOf(sent.key).key;
    return outcome ? outcomeText(named, *outcome) : errorText(outcome.error());
}

} // namespace keyglass::ui
