// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagestates.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/window/predicatepopup.h"
#include "ui/window/wording.h"

#include <QCoreApplication>

namespace keyglass::ui {

namespace {

using Offer = PageState::Offer;

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::PageStates", text);
}

QString target(const Profile& profile)
{
    QString text = profile.address();
    if (!profile.user.isEmpty()) {
        text = tr("%1 as user %2").arg(text, profile.user);
    }
    if (profile.tls.enabled && !profile.isUnixSocket()) {
        text = tr("%1 over TLS").arg(text);
    }
    return profile.database == 0 ? text : tr("%1, database %2").arg(text).arg(profile.database);
}

PageState failedState(const Session& session)
{
    const Profile& profile = session.profile();
    PageState state;
    state.title = tr("Not connected to %1").arg(profile.title());
    const auto error = session.lastError();
    if (!error) {
        state.text = tr("The connection did not come about.");
    } else if (error->kind == ErrorKind::Loading) {
        state.title = tr("%1 is loading its data").arg(profile.title());
        state.text = tr("The server is up and reads its data set from disk. This page tries again by itself.");
        state.busy = true;
    } else {
        state.text = errorText(*error);
    }
    if (error && error->kind == ErrorKind::Auth) {
        state.offers = {Offer::Password, Offer::Retry, Offer::Edit};
    } else {
        state.offers = {Offer::Retry, Offer::Edit};
    }
    return state;
}

QString keysAskedFor(const ScanRequest& request)
{
    const QString pattern = displayText(request.pattern.bytes());
    QString what;
    switch (request.pattern.kind()) {
    case KeyPattern::Kind::All:
        break;
    case KeyPattern::Kind::Prefix:
        what = tr("Asked for: keys that begin with “%1”").arg(pattern);
        break;
    case KeyPattern::Kind::Glob:
        what = tr("Asked for: keys that match “%1”").arg(pattern);
        break;
    case KeyPattern::Kind::Exact:
        what = tr("Asked for: the key “%1”").arg(pattern);
        break;
    }
    if (request.type.empty()) {
        return what + u'.';
    }
    const QString type = displayText(request.type);
    return what.isEmpty() ? tr("Asked for: keys of type %1.").arg(type) : tr("%1, of type %2.").arg(what, type);
}

QString patternText(const ScanRequest& request)
{
    const QString conditions = predicateText(request.predicate);
    if (conditions.isEmpty()) {
        return keysAskedFor(request);
    }
    const bool only = request.pattern.kind() == KeyPattern::Kind::All && request.type.empty();
    return only ? tr("Asked for: %1.").arg(conditions) : keysAskedFor(request) + u' ' + tr("Only: %1.").arg(conditions);
}

bool asksForAll(const ScanRequest& request)
{
    return request.pattern.kind() == KeyPattern::Kind::All && request.type.empty() && request.predicate.isEmpty();
}

PageState scanningState(const Session& session)
{
    PageState state;
    const bool paused = session.scanState() == ScanState::Paused;
    state.title = paused ? tr("Paused; no key found yet") : tr("Scanning; no key found yet");
    state.text = asksForAll(session.scanRequest()) ? QString() : patternText(session.scanRequest());
    state.busy = !paused;
    return state;
}

PageState emptyEndState(const Session& session, const ScanReport& report)
{
    const ScanNotice notice = scanNotice(report, session.scanRequest().limits, 0);
    if (notice.canRetryNodes) {
        const bool loading = report.partialNodes().front()->stoppedBy->kind == ErrorKind::Loading;
        return {loading ? tr("The server is loading its data") : tr("The keys can't be read"), notice.text,
            {Offer::StartScan}, false};
    }
    if (notice.canLoadMore) {
        return {tr("No key found before the limit"), notice.text, {Offer::LoadMore, Offer::LoadAll}, false};
    }
    if (notice.canLoadAll) {
        return {tr("Stopped before a key was found"), notice.text, {Offer::LoadAll}, false};
    }
    if (asksForAll(session.scanRequest())) {
        if (session.hasSeveralDatabases()) {
            return {tr("These databases are empty"), tr("Others can be chosen above."), {Offer::StartScan}, false};
        }
        return {tr("Database %1 is empty").arg(session.database()), tr("Another database can be chosen above."),
            {Offer::StartScan}, false};
    }
    return {tr("No key matches"), patternText(session.scanRequest()), {Offer::ClearPattern}, false};
}

} // namespace

QString offerText(Offer offer)
{
    switch (offer) {
    case Offer::Cancel:
        return tr("Cancel");
    case Offer::Retry:
        return tr("Try again");
    case Offer::Edit:
        return tr("Edit connection…");
    case Offer::Password:
        return tr("Enter password…");
    case Offer::Connect:
        return tr("Connect");
    case Offer::StartScan:
        return tr("Scan again");
    case Offer::ClearPattern:
        return tr("Show all keys");
    case Offer::ClearFind:
        return tr("Clear the find field");
    case Offer::LoadMore:
        return tr("Load more");
    case Offer::LoadAll:
        return tr("Load all");
    }
    return {};
}

std::optional<PageState> connectionState(const Session& session)
{
    const Profile& profile = session.profile();
    switch (session.state()) {
    case SessionState::Connected:
    case SessionState::Lost:
        return std::nullopt;
    case SessionState::Connecting:
        return PageState{tr("Connecting to %1").arg(profile.title()), target(profile), {Offer::Cancel}, true};
    case SessionState::Closed:
        return PageState{
            tr("Disconnected from %1").arg(profile.title()), target(profile), {Offer::Connect, Offer::Edit}, false};
    case SessionState::Failed:
        return failedState(session);
    }
    return std::nullopt;
}

std::optional<PageState> treeState(const Session& session, const QString& find)
{
    if (session.shownKeys()->keyCount() > 0) {
        const auto hits = session.filteredSnapshot();
        if (session.filter().isEmpty() || !session.isFilterComplete() || (hits && hits->keyCount() > 0)) {
            return std::nullopt;
        }
        return PageState{tr("No loaded key matches “%1”").arg(find),
            tr("Looked through %1. Keys that are not loaded are found by the pattern field above.")
                .arg(keysText(session.shownKeys()->keyCount())),
            {Offer::ClearFind}, false};
    }
    if (session.openedResult()) {
        return PageState{tr("The result set holds no key"), {}, {}, false};
    }
    if (session.scanState() == ScanState::Running || session.scanState() == ScanState::Paused) {
        return scanningState(session);
    }
    if (const auto& report = session.scanReport()) {
        return emptyEndState(session, *report);
    }
    return PageState{tr("Nothing scanned yet"), {}, {Offer::StartScan}, false};
}

QString lostText(const Session& session, std::chrono::milliseconds lostFor)
{
    if (session.state() == SessionState::Closed) {
        return tr("Disconnected. What is loaded stays readable.");
    }
    const auto error = session.lastError();
    if (session.state() == SessionState::Failed) {
        return tr("Not connected. %1 What is loaded stays readable.").arg(error ? errorText(*error) : QString());
    }
    if (session.state() == SessionState::Connecting) {
        return tr("Connecting to %1. What is loaded stays readable.").arg(session.profile().address());
    }
    const QString since = lostFor.count() < 1000 ? tr("just now") : tr("%1 ago").arg(durationText(lostFor));
    QString text = error ? tr("Connection lost %1 (%2).").arg(since, errorKindText(error->kind))
                         : tr("Connection lost %1.").arg(since);
    if (const auto next = session.nextTryIn()) {
        text += u' ' + tr("Next try in %1.").arg(durationText(std::chrono::ceil<std::chrono::seconds>(*next)));
    } else {
        text += u' ' + tr("Trying to connect.");
    }
    return text + u' ' + tr("What is loaded stays readable.");
}

} // namespace keyglass::ui
