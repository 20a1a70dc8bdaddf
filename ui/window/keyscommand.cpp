// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keyscommand.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/window/wording.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::KeysCommand", text);
}

void say(QWidget* parent, const QString& why)
{
    auto* box = new QMessageBox(QMessageBox::Information, tr("KEYS"), why, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void ask(QWidget* parent, std::uint64_t keys, std::function<void()> confirmed)
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("KEYS"),
        tr("This database holds %1. KEYS reads them in one go, and the server answers nobody meanwhile.")
            .arg(keysText(keys)),
        QMessageBox::Cancel, parent);
    box->setInformativeText(tr("Expected standstill: about %1. A scan takes longer and stops nobody.")
            .arg(durationText(expectedStandstill(keys))));
    QPushButton* run = box->addButton(tr("Run KEYS"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(run, &QPushButton::clicked, parent, std::move(confirmed));
    box->open();
}

std::optional<std::uint64_t> keysIn(const std::vector<DatabaseKeys>& databases, int number)
{
    const auto at = std::find_if(databases.begin(), databases.end(),
        [number](const DatabaseKeys& database) { return database.number == number; });
    return at == databases.end() ? std::nullopt : at->keys;
}

} // namespace

std::chrono::milliseconds expectedStandstill(std::uint64_t keys)
{
    return std::chrono::milliseconds(1 + keys * 8 / 10'000);
}

QString keysCommandRefusal(const Profile& profile, std::optional<std::uint64_t> keys)
{
    if (profile.environment == Environment::Production) {
        return tr(
            "KEYS is not run in production: the server would answer nobody meanwhile. The scan finds the same keys.");
    }
    if (!keys) {
        return tr("The server does not tell how many keys it holds, so the standstill that KEYS causes can't be told. "
                  "The scan finds the same keys.");
    }
    if (*keys > mostKeysForKeysCommand) {
        return tr("This database holds %1. KEYS is for %2 at most: the server would stand still for about %3. The scan "
                  "finds the same keys.")
            .arg(keysText(*keys), numberText(mostKeysForKeysCommand), durationText(expectedStandstill(*keys)));
    }
    return {};
}

void offerKeysCommand(QWidget* parent, Session& session, std::function<void()> confirmed)
{
    if (session.profile().environment == Environment::Production) {
        say(parent, keysCommandRefusal(session.profile(), std::nullopt));
        return;
    }
    if (session.hasSeveralDatabases()) {
        say(parent, tr("KEYS reads one database, and several are open. It can be run once one of them is chosen."));
        return;
    }
    whenReady(parent, session.loadDatabases(),
        [parent, profile = session.profile(), number = session.database(), confirmed = std::move(confirmed)](
            const Result<std::vector<DatabaseKeys>>& databases) {
            if (!databases) {
                say(parent, errorText(databases.error()));
                return;
            }
            const auto keys = keysIn(*databases, number);
            const QString refusal = keysCommandRefusal(profile, keys);
            refusal.isEmpty() ? ask(parent, *keys, confirmed) : say(parent, refusal);
        });
}

} // namespace keyglass::ui
