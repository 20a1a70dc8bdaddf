// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/target.h"

#include "app/cli/secretline.h"
#include "core/profile/profilestore.h"
#include "core/profile/secrets.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFutureWatcher>

#include <algorithm>
#include <cstdio>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

QString textOf(const std::optional<std::string>& bytes)
{
    return QString::fromUtf8(QByteArray::fromStdString(bytes.value_or(std::string())));
}

/// Waits for the keychain; there is nothing else this program could do meanwhile.
Result<std::optional<QString>> passwordFromKeychain(const QString& profileId)
{
    SecretStore secrets;
    QFutureWatcher<Result<std::optional<QString>>> watcher;
    QEventLoop loop;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(secrets.load(profileId));
    loop.exec();
    return watcher.future().result();
}

/// The demo server where --demo asks for it, else null.
Result<std::unique_ptr<DemoServer>> demoFor(const Options& options, const std::stop_token& stop)
{
    if (!options.has("--demo")) {
        return std::unique_ptr<DemoServer>();
    }
    if (options.has("--uri") || options.has("--profile")) {
        return Error{ErrorKind::Input, QStringLiteral("--demo"), tr("It goes without --uri and --profile")};
    }
    return DemoServer::start(stop);
}

/// What one of the two passwords may come from.
struct PasswordPlaces {
    const char* variable;
    std::optional<QString> fromUri;
    PasswordSource source;
    QString secretId;
};

Result<QString> passwordIn(const PasswordPlaces& places)
{
    if (qEnvironmentVariableIsSet(places.variable)) {
        return qEnvironmentVariable(places.variable);
    }
    if (places.fromUri) {
        return *places.fromUri;
    }
    if (places.source != PasswordSource::Keychain) {
        return QString();
    }
    const auto kept = passwordFromKeychain(places.secretId);
    if (!kept) {
        return kept.error();
    }
    return kept->value_or(QString());
}

/// "No such profile", or one that only a newer version can open.
Error unknownProfile(const ProfileStore& store, const QString& name, const QString& folder)
{
    if (store.unknownProfiles().contains(name)) {
        return {ErrorKind::Unsupported, name, tr("This profile is of a kind that this version doesn't know")};
    }
    if (store.trouble()) { // then it may have been in there
        return *store.trouble();
    }
    return {ErrorKind::Input, name, tr("There is no profile of this name in %1").arg(folder)};
}

} // namespace

std::vector<OptionSpec> targetOptions()
{
    return {{"--uri"}, {"--profile"}, {"--demo", false}, {"--config-dir"}, {"--timeout"}, {"--password-stdin", false}};
}

Result<ConnectTarget> namedTarget(const Options& options)
{
    const auto uri = options.value("--uri");
    const auto name = options.value("--profile");
    if (uri && name) {
        return Error{ErrorKind::Input, QStringLiteral("--uri"), tr("Give either --uri or --profile")};
    }
    if (uri) {
        return parseUri(textOf(uri));
    }
    if (!name) {
        return Error{ErrorKind::Input, tr("The command"), tr("It needs --uri URI or --profile NAME")};
    }
    const QString folder = options.has("--config-dir") ? textOf(options.value("--config-dir")) : configFolder();
    const ProfileStore store(folder);
    const auto profile = store.find(textOf(name));
    if (!profile) {
        return unknownProfile(store, textOf(name), folder);
    }
    return ConnectTarget{*profile, std::nullopt, std::nullopt};
}

Result<Credentials> passwordsFor(const Options& options, const ConnectTarget& target)
{
    const Profile& profile = target.profile;
    auto server = options.has("--password-stdin")
        ? Result(QString::fromStdString(secretLine(tr("Password:"))))
        : passwordIn({"KEYGLASS_PASSWORD", target.password, profile.passwordSource, profile.id});
    if (!server || profile.kind != ProfileKind::Sentinel) {
        return server ? Result(Credentials{*std::move(server), {}}) : std::move(server).error();
    }
    auto sentinels = passwordIn({"KEYGLASS_SENTINEL_PASSWORD", target.sentinelPassword, profile.sentinelPasswordSource,
        sentinelSecretId(profile.id)});
    return sentinels ? Result(Credentials{*std::move(server), *std::move(sentinels)}) : std::move(sentinels).error();
}

std::uint64_t Target::expectedKeys(const std::vector<int>& databases) const
{
    std::uint64_t keys = 0;
    for (const DatabaseKeys& database : access.facts.keyspace) {
        const bool counts = std::ranges::find(databases, database.number) != databases.end();
        keys += counts ? database.keys.value_or(0) : 0;
    }
    return keys;
}

Result<std::chrono::seconds> timeoutOf(const Options& options)
{
    const auto seconds = options.number("--timeout");
    if (!seconds) {
        return seconds.error();
    }
    return std::chrono::seconds{seconds->value_or(5)};
}

Result<Target> openTarget(const Options& options, std::stop_token stop, TargetUse use)
{
    const auto timeout = timeoutOf(options);
    if (!timeout) {
        return timeout.error();
    }
    auto demo = demoFor(options, stop);
    if (!demo) {
        return std::move(demo).error();
    }
    const auto target =
        *demo ? Result(ConnectTarget{(*demo)->profile(), std::nullopt, std::nullopt}) : namedTarget(options);
    if (!target) {
        return target.error();
    }
    auto passwords = passwordsFor(options, *target);
    if (!passwords) {
        return std::move(passwords).error();
    }
    const bool readOnly = use == TargetUse::Read || target->profile.readOnly;
    auto access = openSource(
        target->profile, *passwords, GateRules{readOnly, target->profile.environment}, std::move(stop), *timeout);
    if (!access) {
        return std::move(access).error();
    }
    if (!access->cluster && access->facts.mode == ServerMode::Cluster) {
        std::fprintf(stderr, "keyglass: %s\n",
            qPrintable(
                tr("%1 is one node of a cluster, and only its keys are looked at; redis+cluster:// opens them all")
                    .arg(access->name)));
    }
    return Target{*std::move(demo), target->profile, *std::move(access)};
}

} // namespace keyglass::cli
