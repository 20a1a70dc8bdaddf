// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/jobarchiving.h"
#include "core/session/session_p.h"

namespace keyglass {

QFuture<Result<EditOutcome>> Session::edit(KeyEdit edit, const std::vector<std::string>& confirmed)
{
    if (!m_d->workers) {
        return m_d->ask<EditOutcome>(std::nullopt, {}); // says why there is no connection
    }
    if (!m_d->editor) {
        m_d->editor = std::make_unique<EditWorker>(*m_d->source, m_d->editArchive());
    }
    KeyName name = nameOf(edit.key);
    edit.key = std::move(name.key);
    return m_d->editor->apply(std::move(edit), name.database, Confirmation(confirmed), m_d->archivePassphrase);
}

/// One file for what single edits destroy as long as the session is connected.
EditArchive::Setting Session::Private::editArchive() const
{
    EditArchive::Setting setting;
    setting.file = q.newArchiveFile();
    setting.info.connection = profile.title();
    setting.info.server = source->facts.productText();
    setting.info.runId = source->cluster ? QString() : QString::fromStdString(source->facts.runId);
    setting.info.job = QStringLiteral("edits");
    setting.info.databases = databases;
    setting.ways = waysOf(*source);
    return setting;
}

} // namespace keyglass
