// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectiontest.h"

#include "core/profile/secrets.h"
#include "core/session/sourceaccess.h"
#include "ui/common/texts.h"
#include "ui/profile/keptpasswords.h"

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

QString clusterSentence(const SourceAccess& access)
{
    const std::size_t masters = access.cluster->topology()->masters().size();
    const QString found = access.facts.productText().isEmpty() ? tr("A cluster that does not tell its version")
                                                               : tr("%1, a cluster").arg(access.facts.productText());
    const auto keys = access.facts.keyspace.empty() ? std::nullopt : access.facts.keyspace.front().keys;
    const QString whole =
        QCoreApplication::translate("ConnectionTest", "%1 of %n master(s).", nullptr, int(masters)).arg(found);
    return keys ? tr("%1 It holds %2 keys.").arg(whole, ui::numberText(*keys))
                : tr("%1 How many keys it holds is not known: a master does not tell.").arg(whole);
}

Result<QString> tryIt(const Profile& profile, const Credentials& passwords, const std::stop_token& stop)
{
    auto access = openSource(profile, passwords, GateRules{true, profile.environment}, stop);
    if (!access) {
        return std::move(access).error();
    }
    if (access->cluster) {
        return clusterSentence(*access);
    }
    const auto lane = access->lane(profile.database);
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

QFuture<Result<QString>> ConnectionTest::run(const Profile& profile, const KnownCredentials& known)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    ui::addKeptPasswords(
        this, m_secrets, profile, known, [this, promise, profile](const Result<KnownCredentials>& found) {
            if (!found) {
                finish(promise, found.error());
                return;
            }
            m_thread = std::jthread([promise, profile, with = found->complete()](
                                        const std::stop_token& stop) { finish(promise, tryIt(profile, with, stop)); });
        });
    return promise->future();
}

} // namespace keyglass
