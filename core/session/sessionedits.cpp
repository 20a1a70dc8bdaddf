// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_p.h"

namespace keyglass {

QFuture<Result<EditOutcome>> Session::edit(KeyEdit edit, const std::vector<std::string>& confirmed)
{
    if (!m_d->workers) {
        return m_d->ask<EditOutcome>(std::nullopt, {}); // says why there is no connection
    }
    if (!m_d->editor) {
        m_d->editor = std::make_unique<EditWorker>(*m_d->source);
    }
    KeyName name = nameOf(edit.key);
    edit.key = std::move(name.key);
    return m_d->editor->apply(std::move(edit), name.database, Confirmation(confirmed));
}

} // namespace keyglass
