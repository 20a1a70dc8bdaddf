// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keyjumps.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/index/keyroot.h"
#include "core/session/session.h"
#include "ui/common/whenready.h"
#include "ui/tree/keytreeview.h"

#include <QWidget>

namespace keyglass::ui {

KeyJumps::KeyJumps(Session& session, KeyTreeView& tree, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_tree(tree)
    , m_page(page)
{
}

void KeyJumps::ask(GoToDialog::Kind kind)
{
    auto* dialog = new GoToDialog(kind, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GoToDialog::chosen, this, &KeyJumps::to);
    dialog->open();
}

void KeyJumps::to(const Place& place)
{
    if (const auto* key = std::get_if<std::string>(&place)) {
        toKey(*key);
    } else if (const auto* row = std::get_if<std::uint64_t>(&place)) {
        m_tree.goToRow(*row - 1);
    } else {
        m_tree.goToPercent(std::get<double>(place) * 100);
    }
    m_tree.setFocus();
}

void KeyJumps::toKey(const std::string& key)
{
    if (!m_session.hasSeveralDatabases()) {
        lookFor({key}, 0);
        return;
    }
    std::vector<std::string> places; // the database the user is in comes first
    const auto& row = m_tree.currentRow();
    const int current = row ? m_session.nameOf(row->bytes).database : m_session.database();
    places.push_back(rootOf(current) + key);
    for (const int database : m_session.databases()) {
        if (database != current) {
            places.push_back(rootOf(database) + key);
        }
    }
    lookFor(std::move(places), 0);
}

void KeyJumps::lookFor(std::vector<std::string> places, std::size_t at)
{
    whenReady(this, m_session.findKey(places[at]), [this, places, at](const Result<KeyDetails>& details) {
        if (details && details->gone && at + 1 < places.size()) {
            lookFor(places, at + 1);
        } else {
            found(places[at], details);
        }
    });
}

void KeyJumps::found(const std::string& key, const Result<KeyDetails>& details)
{
    if (!details) {
        Q_EMIT said(LogLevel::Error, errorText(details.error()));
        return;
    }
    if (details->gone) {
        const QString name = displayText(m_session.nameOf(key).key);
        Q_EMIT said(LogLevel::Info,
            m_session.hasSeveralDatabases()
                ? tr("There is no key “%1” in the open databases.").arg(name)
                : tr("There is no key “%1” in database %2.").arg(name).arg(m_session.database()));
        return;
    }
    m_tree.goToKey(key); // nothing happens where it is not loaded: then the tab alone shows it
    Q_EMIT openWanted(key);
}

} // namespace keyglass::ui
