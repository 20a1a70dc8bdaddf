// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bulktarget.h"

#include "app/cli/databaseoptions.h"

#include <QByteArray>
#include <QCoreApplication>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

/// The options that name another server than the command's own.
Result<Options> otherOptions(const Options& options)
{
    std::vector<std::string> words;
    for (const auto& [from, to] : {std::pair{"--to-uri", "--uri"}, std::pair{"--to-profile", "--profile"},
             std::pair{"--config-dir", "--config-dir"}}) {
        if (const auto value = options.value(from)) {
            words.push_back(std::string(to) + '=' + *value);
        }
    }
    std::vector<char*> pointers;
    pointers.reserve(words.size());
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    return Options::parse(pointers, targetOptions());
}

bool namesOther(const Options& options)
{
    return options.has("--to-uri") || options.has("--to-profile");
}

/// That server, with the password of its URI or its profile.
Result<Target> openOther(const Options& options, std::stop_token stop)
{
    const auto own = otherOptions(options);
    const auto named = own ? namedTarget(*own) : Result<ConnectTarget>(own.error());
    const auto timeout = timeoutOf(options);
    if (!named || !timeout) {
        return named ? timeout.error() : named.error();
    }
    const auto passwords = named->password ? Result(Credentials{*named->password, {}}) : passwordsFor(*own, *named);
    if (!passwords) {
        return passwords.error();
    }
    const GateRules rules{named->profile.readOnly, named->profile.environment};
    auto access = openSource(named->profile, *passwords, rules, std::move(stop), *timeout);
    if (!access) {
        return std::move(access).error();
    }
    return Target{nullptr, named->profile, *std::move(access)};
}

} // namespace

Status checkConfirmed(const Profile& profile, const Options& options)
{
    if (profile.environment != Environment::Production) {
        return ok();
    }
    if (std::ranges::count(options.values("--confirm"), profile.name.toStdString()) > 0) {
        return ok();
    }
    return Error{ErrorKind::Input, QStringLiteral("--confirm"),
        tr("%1 is a production server: say --confirm with the connection's name").arg(profile.name)};
}

Status checkOther(const Options& options)
{
    if (!namesOther(options)) {
        return ok();
    }
    const auto own = otherOptions(options);
    const auto named = own ? namedTarget(*own) : Result<ConnectTarget>(own.error());
    if (!named) {
        return named.error();
    }
    if (named->profile.readOnly) {
        return Error{ErrorKind::ReadOnly, named->profile.title(), {}};
    }
    return options.has("--dry-run") ? ok() : checkConfirmed(named->profile, options);
}

namespace {

Status placeKeys(const Target& target, const Options& options, bool isKept, JobPlan& plan)
{
    const int ofUri = options.has("--uri") ? target.profile.database : 0;
    const bool isOne = plan.databases.empty() ? ofUri == plan.database : std::ranges::count(plan.databases, ofUri) > 0;
    if (isKept && ofUri != 0 && !isOne) { // it would be left out of account
        return Error{ErrorKind::Input, QStringLiteral("--uri"),
            tr("It names database %1, and the plan is for another: name the server without one").arg(ofUri)};
    }
    plan.database = isKept ? plan.database : target.profile.database;
    const bool isNamed = options.has("--databases");
    if (target.access.cluster && (isNamed || !plan.databases.empty())) {
        return Error{ErrorKind::Input, QStringLiteral("--databases"), tr("A cluster has one database")};
    }
    if (!isNamed) {
        return ok();
    }
    auto databases = databasesOf(options, target.access);
    if (!databases) {
        return std::move(databases).error();
    }
    plan.databases = *std::move(databases);
    const bool goesToSameNumber =
        std::holds_alternative<CopyKeys>(plan.operation) && !options.has("--to-db") && namesOther(options);
    if (plan.databases.size() <= 1 && !goesToSameNumber) {
        plan.database = plan.databases.empty() ? plan.database : plan.databases.front();
        plan.databases.clear();
    }
    return checkPlan(plan);
}

/// Several go each to the one of its number, which has to be another server's.
Status checkCopyOfSeveral(const Options& options, const JobPlan& plan)
{
    if (plan.databases.empty() || !std::holds_alternative<CopyKeys>(plan.operation)) {
        return ok();
    }
    if (options.has("--to-db")) {
        return Error{ErrorKind::Input, QStringLiteral("--to-db"),
            tr("Keys of several databases go each to the database of the same number; --to-db goes with one of them")};
    }
    if (!namesOther(options)) {
        return Error{ErrorKind::Input, QStringLiteral("--databases"),
            tr("Keys of several databases go each to the database of the same number, of another server: name it by "
               "--to-uri or --to-profile")};
    }
    const auto own = otherOptions(options);
    const auto named = own ? namedTarget(*own) : Result<ConnectTarget>(own.error());
    if (!named) {
        return named.error();
    }
    if (options.has("--to-uri") && named->profile.database != 0) { // it would be left out of account
        return Error{ErrorKind::Input, QStringLiteral("--to-uri"),
            tr("Keys of several databases go each to the database of the same number: name the server without one")};
    }
    return ok();
}

} // namespace

Status placePlan(const Target& target, const Options& options, bool isKept, JobPlan& plan)
{
    Status placed = placeKeys(target, options, isKept, plan);
    return placed ? checkCopyOfSeveral(options, plan) : std::move(placed);
}

Status findTarget(const Options& options, BulkSetting& setting, std::stop_token stop)
{
    if (const auto database = options.value("--to-db")) {
        bool isNumber = false;
        setting.targetDatabase = QByteArray::fromStdString(*database).toInt(&isNumber);
        if (!isNumber || setting.targetDatabase < 0) {
            return Error{ErrorKind::Input, QStringLiteral("--to-db"), tr("It takes the number of a database")};
        }
    }
    if (!namesOther(options)) {
        return ok();
    }
    auto target = openOther(options, std::move(stop));
    if (!target) {
        return std::move(target).error();
    }
    setting.targetDatabase = options.has("--to-db") ? setting.targetDatabase : target->profile.database;
    setting.targetConnection = target->profile.name.isEmpty() ? target->access.name : target->profile.name;
    setting.target = std::move(target->access);
    return ok();
}

} // namespace keyglass::cli
