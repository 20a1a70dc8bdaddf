// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectiontest.h"

#include "core/profile/secrets.h"
#include "core/session/connecting.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"

#include <QCoreApplication>
#include <QPromise>

#include <memory>

namespace keyglass {

namespace {

using Promise = std::shared_ptr<QPromise<Result<QString>>>;

QString tr(const char* text)
{
    return QCoreApplication::translate("ConnectionTest", text);
}

QString sentence(const ServerFacts& facts, std::optional<std::uint64_t> keys, int database)
{
    QString found = facts.productText().isEmpty() ? tr("A server that does not tell its version") : facts.productText();
    if (facts.role == ServerRole::Replica) {
        found = tr("%1, a replica").arg(found);
    }
    if (facts.mode == ServerMode::Cluster) {
        found = tr("%1, a cluster's node").arg(found);
    }
    if (facts.isLoading) {
        return tr("%1. It is still loading its data.").arg(found);
    }
    return keys ? tr("%1. Database %2 holds %3 keys.").arg(found, QString::number(database), ui::numberText(*keys))
                : tr("%1. How many keys it holds may not be asked.").arg(found);
}

Result<QString> tryIt(const Profile& profile, const QString& password, const std::stop_token& stop)
{
    const ConnectionOptions options = connectionOptions(profile, password);
    auto access = openServer(options, GateRules{true, profile.environment}, stop);
    if (!access) {
        return std::move(access).error();
    }
    const auto lane = makeLane(options, access->gate);
    const auto keys = fetchKeyCount(*lane, stop);
    return sentence(access->facts, keys ? *keys : std::nullopt, profile.database);
}

void finish(const Promise& promise, Result<QString> result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

ConnectionTest::ConnectionTest(SecretStore& secrets)
    : m_secrets(secrets)
{
}

QFuture<Result<QString>> ConnectionTest::run(const Profile& profile, const std::optional<QString>& password)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const auto begin = [this, promise, profile](const QString& with) {
        m_thread = std::jthread(
            [promise, profile, with](const std::stop_token& stop) { finish(promise, tryIt(profile, with, stop)); });
    };
    if (password || profile.passwordSource != PasswordSource::Keychain) {
        begin(password.value_or(QString()));
        return promise->future();
    }
    ui::whenReady(this, m_secrets.load(profile.id), [promise, begin](const Result<std::optional<QString>>& kept) {
        if (kept) {
            begin(kept->value_or(QString()));
        } else {
            finish(promise, kept.error());
        }
    });
    return promise->future();
}

} // namespace keyglass
