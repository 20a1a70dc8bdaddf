// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/secrets.h"

#include "core/profile/sessionbus.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLibrary>
#include <QObject>
#include <QPromise>
#include <QStringList>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <functional>

namespace keyglass {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto service = "Keyglass"_L1;
constexpr auto busPatience = 3s;
constexpr auto jobPatience = 2min; // somebody may be typing the keychain's own password

QString tr(const char* text)
{
    return QCoreApplication::translate("SecretStore", text);
}

Error keychainError(ErrorKind kind, const QString& detail)
{
    return {kind, tr("The system's keychain"), detail};
}

Error noKeychain()
{
    return keychainError(ErrorKind::Unsupported, tr("No keychain is running; passwords are asked for instead"));
}

Error errorOf(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::AccessDeniedByUser:
        return keychainError(ErrorKind::Cancelled, job.errorString());
    case QKeychain::AccessDenied:
        return keychainError(ErrorKind::Permission, job.errorString());
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return noKeychain();
    default:
        return keychainError(ErrorKind::Server, job.errorString());
    }
}

/// QtKeychain talks to the Secret Service through libsecret, which it loads itself, and to KWallet over the bus. Asked
/// without either, it answers a read with "no such entry", so what is there has to be found out first.
bool isKeychainAmong(const QStringList& busNames)
{
    const bool secretService = busNames.contains(u"org.freedesktop.secrets"_s);
    const bool wallet = busNames.contains(u"org.kde.kwalletd5"_s) || busNames.contains(u"org.kde.kwalletd6"_s);
    return wallet || (secretService && QLibrary(u"secret-1"_s, 0).load());
}

template <typename Job> Job* jobFor(const QString& profileId)
{
    auto* job = new Job(service);
    job->setKey(u"profile-"_s + profileId);
    return job;
}

/// Fills a promise at most once, whichever of several answers comes first.
template <typename T> class Answer {
public:
    Answer() { m_promise.start(); }
    [[nodiscard]] QFuture<T> future() { return m_promise.future(); }
    void give(T value)
    {
        if (!m_given) {
            m_given = true;
            m_promise.addResult(std::move(value));
            m_promise.finish();
        }
    }

private:
    QPromise<T> m_promise;
    bool m_given = false;
};

} // namespace

/// Context of everything under way: with it, answers to a store that is gone are dropped.
class SecretStore::Private : public QObject {
public:
    using Found = std::function<void(bool)>;

    void findKeychain(const Found& found);

    /// Runs the job that `make` makes, if there is a keychain, and answers with what `resultOf` reads from it. Jobs
    /// have no parent and end by themselves: libsecret still calls back into one that was destroyed under way.
    template <typename JobType, typename T>
    void run(std::function<JobType*()> make, const std::shared_ptr<Answer<T>>& answer,
        std::function<T(const JobType&)> resultOf);

private:
    void askBus(const QString& method, const std::function<void(const QStringList&)>& answered);
};

void SecretStore::Private::askBus(const QString& method, const std::function<void(const QStringList&)>& answered)
{
    const QString bus = u"org.freedesktop.DBus"_s;
    const auto call = QDBusMessage::createMethodCall(bus, u"/org/freedesktop/DBus"_s, bus, method);
    const int patience = static_cast<int>(std::chrono::milliseconds(busPatience).count());
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [answered](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QStringList> reply = *done;
        done->deleteLater();
        answered(reply.isError() ? QStringList() : reply.value());
    });
}

void SecretStore::Private::findKeychain(const Found& found)
{
    if (!hasSessionBus() || !QDBusConnection::sessionBus().isConnected()) {
        found(false);
        return;
    }
    askBus(u"ListNames"_s, [this, found](const QStringList& running) {
        if (isKeychainAmong(running)) {
            found(true);
            return;
        }
        askBus(u"ListActivatableNames"_s, [found](const QStringList& startable) { found(isKeychainAmong(startable)); });
    });
}

template <typename JobType, typename T>
void SecretStore::Private::run(
    std::function<JobType*()> make, const std::shared_ptr<Answer<T>>& answer, std::function<T(const JobType&)> resultOf)
{
    findKeychain([this, answer, make = std::move(make), resultOf = std::move(resultOf)](bool found) {
        if (!found) {
            answer->give(noKeychain());
            return;
        }
        JobType* job = make();
        job->setInsecureFallback(false);
        connect(job, &QKeychain::Job::finished, this, [job, answer, resultOf] { answer->give(resultOf(*job)); });
        QTimer::singleShot(jobPatience, this,
            [answer] { answer->give(keychainError(ErrorKind::Timeout, tr("It has not answered for two minutes"))); });
        job->start();
    });
}

SecretStore::SecretStore()
    : m_d(std::make_unique<Private>())
{
}

SecretStore::~SecretStore() = default;

QFuture<bool> SecretStore::findKeychain()
{
    auto answer = std::make_shared<Answer<bool>>();
    m_d->findKeychain([answer](bool found) { answer->give(found); });
    return answer->future();
}

QFuture<Result<std::optional<QString>>> SecretStore::load(const QString& profileId)
{
    using Found = Result<std::optional<QString>>;
    using Job = QKeychain::ReadPasswordJob;
    auto answer = std::make_shared<Answer<Found>>();
    m_d->run<Job, Found>([profileId] { return jobFor<Job>(profileId); }, answer,
        [](const Job& done) -> Found {
            if (done.error() == QKeychain::NoError) {
                return std::optional(done.textData());
            }
            return done.error() == QKeychain::EntryNotFound ? Found(std::optional<QString>()) : Found(errorOf(done));
        });
    return answer->future();
}

QFuture<Status> SecretStore::save(const QString& profileId, const QString& password)
{
    using Job = QKeychain::WritePasswordJob;
    auto answer = std::make_shared<Answer<Status>>();
    const auto make = [profileId, password] {
        Job* job = jobFor<Job>(profileId);
        job->setTextData(password);
        return job;
    };
    m_d->run<Job, Status>(make, answer,
        [](const Job& done) { return done.error() == QKeychain::NoError ? ok() : Status(errorOf(done)); });
    return answer->future();
}

QFuture<Status> SecretStore::remove(const QString& profileId)
{
    using Job = QKeychain::DeletePasswordJob;
    auto answer = std::make_shared<Answer<Status>>();
    m_d->run<Job, Status>([profileId] { return jobFor<Job>(profileId); }, answer,
        [](const Job& done) {
            const bool gone = done.error() == QKeychain::NoError || done.error() == QKeychain::EntryNotFound;
            return gone ? ok() : Status(errorOf(done));
        });
    return answer->future();
}

} // namespace keyglass
