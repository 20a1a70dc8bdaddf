// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/fileloading.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/session/session.h"
#include "ui/editor/productionquestion.h"

#include <QDir>
#include <QFutureWatcher>

#include <string_view>

namespace keyglass::ui {

namespace {

constexpr std::size_t nameBytes = 80;

} // namespace

FileLoading::FileLoading(Session& session, QWidget* parent)
    : NoticeBar(tr("Loading a file"), parent)
    , m_session(session)
{
}

FileLoading::~FileLoading()
{
    if (m_isRunning) {
        m_work.stop.request_stop();
        Q_EMIT said(
            LogLevel::Warning, tr("Loading %1 into %2 was cancelled: its tab was closed.").arg(fileText(), m_name));
    }
}

QString FileLoading::fileText() const
{
    return tr("%1 (%2)").arg(QDir::toNativeSeparators(m_what.path), sizeText(m_size));
}

void FileLoading::load(const StringLoad& what, ByteCount size)
{
    if (m_isRunning) {
        Q_EMIT said(LogLevel::Warning,
            tr("%1 is still being loaded into %2: wait for it, or cancel it first.").arg(fileText(), m_name));
        return;
    }
    m_what = what;
    m_size = size;
    m_name = displayText(std::string_view(m_session.nameOf(what.key).key).substr(0, nameBytes));
    send({});
}

void FileLoading::send(const std::vector<std::string>& confirmed)
{
    m_isRunning = true;
    m_work = m_session.loadString(m_what, confirmed);
    sayProgress(0);
    auto* watcher = new QFutureWatcher<Result<StringLoaded>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &FileLoading::sayProgress);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, wasConfirmed = !confirmed.empty()] {
        watcher->deleteLater();
        const auto answered = watcher->future();
        finished(answered.resultCount() > 0 ? *answered.constBegin()
                                            : Result<StringLoaded>(Error{ErrorKind::Cancelled, {}, {}}),
            wasConfirmed);
    });
    watcher->setFuture(m_work.answer);
}

void FileLoading::sayProgress(int thousandths)
{
    if (m_isRunning) {
        say(Level::Info, tr("Loading %1 into %2: %3 %").arg(fileText(), m_name).arg(thousandths / 10),
            {{tr("Cancel"), [this] { m_work.stop.request_stop(); }}});
    }
}

void FileLoading::conclude(Level level, const QString& text)
{
    say(level, text, {{tr("Close"), [this] { hide(); }}});
    Q_EMIT said(level == Level::Info ? LogLevel::Info : LogLevel::Warning, text);
}

void FileLoading::finished(const Result<StringLoaded>& end, bool wasConfirmed)
{
    m_isRunning = false;
    if (end) {
        ended(*end);
        return;
    }
    const Error& error = end.error();
    if (error.kind == ErrorKind::Confirm && !wasConfirmed) {
        hide();
        askProductionName(this, window(), m_session, [this, error](bool isConfirmed) {
            if (isConfirmed) {
                send(commandsOfStringLoad());
            } else {
                finished(error, true);
            }
        });
    } else if (error.kind == ErrorKind::Cancelled) {
        conclude(Level::Info,
            tr("%1 was not loaded into %2: it was cancelled, and nothing was changed.").arg(fileText(), m_name));
    } else {
        conclude(Level::Warning,
            tr("%1 was not loaded into %2, and nothing was changed. %3").arg(fileText(), m_name, errorText(error)));
    }
}

void FileLoading::ended(const StringLoaded& end)
{
    const EditOutcome& outcome = end.outcome;
    if (outcome.status == EditOutcome::Status::Conflict) {
        conflict(end);
        return;
    }
    if (outcome.status != EditOutcome::Status::Done) {
        const KeyEdit edit{m_session.nameOf(m_what.key).key, SetString{}};
        conclude(Level::Warning, tr("Loading %1: %2").arg(fileText(), outcomeText(edit, outcome)));
        return;
    }
    QString text = tr("%1 is loaded into %2.").arg(fileText(), m_name);
    if (outcome.expiryChanged) {
        text += u' ' + tr("Somebody else has changed when it ends; that was kept.");
    }
    conclude(Level::Info, text);
    Q_EMIT loaded(m_what.key);
}

/// Neither fits on a screen: their sizes are what can be shown of both.
void FileLoading::conflict(const StringLoaded& end)
{
    const ByteCount now{end.outcome.now.length.value_or(0)};
    const QString text =
        tr("%1 was not loaded into %2: somebody else has changed that since it was shown. It is of %3 now.")
            .arg(fileText(), m_name, sizeText(now));
    say(Level::Warning, text,
        {{tr("Overwrite"),
             [this, now, digest = end.digest] {
                 m_what.seen = {now.value, nullptr, digest};
                 m_what.seenExpiry.reset();
                 send({});
             }},
            {tr("Reload"),
                [this] {
                    hide();
                    Q_EMIT reloadWanted();
                }},
            {tr("Close"), [this] { hide(); }}});
    Q_EMIT said(LogLevel::Warning, text);
}

} // namespace keyglass::ui
