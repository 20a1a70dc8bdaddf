// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/commandwords.h"
#include "core/console/operationtemplate.h"
#include "core/session/session_p.h"

namespace keyglass {

namespace {

/// How long a session's lanes wait for a reply.
constexpr Milliseconds longestWait{5000};

QFuture<Result<ConsoleAnswer>> answered(Error error)
{
    QPromise<Result<ConsoleAnswer>> promise;
    promise.start();
    promise.addResult(std::move(error));
    promise.finish();
    return promise.future();
}

} // namespace

QFuture<Result<ConsoleAnswer>> Session::runCommand(const std::string& line, const ConsoleChoice& choice)
{
    if (!m_d->workers) {
        return m_d->ask<ConsoleAnswer>(std::nullopt, {}); // says why there is no connection
    }
    auto words = splitCommandLine(line);
    if (!words) {
        if (m_d->console) {
            m_d->console->missLine(database());
        }
        return answered(std::move(words).error());
    }
    if (m_d->lostStates.erase(database()) > 0) { // without this it would be done outside of any transaction
        return answered(Console::lostState(m_d->profile.address()));
    }
    if (!m_d->console) {
        m_d->console =
            std::make_unique<ConsoleWorker>(*m_d->source, longestWait, [this](const ConsoleProgress& progress) {
                m_d->post([this, progress] { Q_EMIT commandProgressed(progress); });
            });
    }
    const bool all = choice.all && !words->empty() && isScanName(words->front());
    return m_d->console->run(ConsoleCommand{*std::move(words), all, choice.node, choice.confirmed}, database());
}

void Session::stopCommand()
{
    if (m_d->console) {
        m_d->console->stop();
    }
}

} // namespace keyglass
