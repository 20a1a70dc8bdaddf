// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"

#include "core/base/clock.h"
#include "core/demo/demodata.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <array>
#include <condition_variable>
#include <mutex>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

QString tr(const char* text)
{
    return QCoreApplication::translate("DemoServer", text);
}

Error demoError(ErrorKind kind, const QString& detail)
{
    return Error{kind, tr("The demo"), detail};
}

/// Started with the server program as $1 and the folder as $2. It lives as long as somebody holds the other end of its
/// standard input, which is this program alone; signals of the terminal are none of its business. A server that ends by
/// itself leaves a mark for us to find, and its process id, which may be somebody else's by then, is killed no more.
/// The user's locale is not the server's: Valkey does not start in one that the machine has not got.
constexpr const char* watchdogScript = R"(trap '' INT HUP TERM QUIT
export LC_ALL=C
exec 3<&0
"$1" --port 0 --unixsocket "$2/s" --unixsocketperm 700 --save '' --appendonly no --dir "$2" --daemonize no \
  </dev/null 3<&- >"$2/log" 2>&1 &
server=$!
{ read -r line; [ -e "$2/ended" ] || kill -9 "$server"; } <&3 2>/dev/null &
lifeline=$!
wait "$server" 2>/dev/null
: >"$2/ended"
wait "$lifeline"
rm -rf -- "$2"
)";

QString findServerProgram()
{
    const QStringList names{QStringLiteral("redis-server"), QStringLiteral("valkey-server")};
    for (const QString& name : names) {
        const QString program = QStandardPaths::findExecutable(name);
        if (!program.isEmpty()) {
            return program;
        }
    }
    const QStringList furtherFolders{
        QStringLiteral("/usr/bin"), QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/bin")};
    for (const QString& name : names) { // a desktop's PATH may be short
        const QString program = QStandardPaths::findExecutable(name, furtherFolders);
        if (!program.isEmpty()) {
            return program;
        }
    }
    return {};
}

/// A new folder that only this user can look into; its name leaves room for a socket's path (108 bytes).
QByteArray makeFolder()
{
    constexpr qsizetype longestParent = 70;
    QString parent = QDir::tempPath();
    if (parent.toUtf8().size() > longestParent) {
        parent = QStringLiteral("/tmp");
    }
    QByteArray name = QFile::encodeName(parent + QStringLiteral("/keyglass-demo-XXXXXX"));
    return ::mkdtemp(name.data()) == nullptr ? QByteArray() : name;
}

/// Starts the watchdog with `input` as its standard input. 0 where that failed.
pid_t spawnWatchdog(const QByteArray& program, const QByteArray& folder, int input)
{
    std::array<const char*, 6> words{
        "sh", "-c", watchdogScript, "keyglass-demo", program.constData(), folder.constData()};
    std::array<char*, 7> argv{};
    for (std::size_t at = 0; at < words.size(); ++at) {
        argv[at] = const_cast<char*>(words[at]); // NOLINT: posix_spawn takes argv so and changes nothing
    }
    posix_spawn_file_actions_t files{};
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes{};
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    pid_t child = 0;
    const int problem = ::posix_spawn(&child, "/bin/sh", &files, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&files);
    return problem == 0 ? child : 0;
}

bool waitABit(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, 10ms, [] { return false; });
    return !stop.stop_requested();
}

ConnectionOptions connectionTo(const QString& folder)
{
    ConnectionOptions options;
    options.endpoint.socketPath = folder + QStringLiteral("/s");
    return options;
}

/// What the server said last before it ended, for people.
QString lastWords(const QString& folder)
{
    QFile log(folder + QStringLiteral("/log"));
    return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll().right(300)).simplified() : QString();
}

Status waitUntilItAnswers(const QString& folder, const std::stop_token& stop)
{
    const Deadline deadline(10s);
    while (!deadline.hasPassed()) {
        if (auto connection = Connection::open(connectionTo(folder), stop)) {
            return ok();
        }
        if (QFileInfo::exists(folder + QStringLiteral("/ended"))) {
            return demoError(ErrorKind::Server, tr("Its server ended at once: %1").arg(lastWords(folder)));
        }
        if (!waitABit(stop)) {
            return demoError(ErrorKind::Cancelled, {});
        }
    }
    return demoError(ErrorKind::Timeout, lastWords(folder));
}

Status fill(const QString& folder, const std::stop_token& stop)
{
    constexpr std::size_t commandsAtOnce = 2000;
    const auto gate = std::make_shared<CommandGate>(GateRules{});
    for (int database = 0; database < demoDatabases; ++database) {
        ConnectionOptions options = connectionTo(folder);
        options.database = database;
        const auto lane = makeLane(options, gate);
        std::vector<Command> commands;
        Status status = ok();
        const auto send = [&] {
            const auto replies = lane->pipeline(commands, stop);
            commands.clear();
            if (!replies) {
                status = replies.error();
                return;
            }
            for (const Reply& reply : *replies) {
                if (reply.isError()) {
                    status = replyError(reply.text);
                }
            }
        };
        makeDemoData(database, [&](Command&& command) {
            commands.push_back(std::move(command));
            if (commands.size() == commandsAtOnce && status) {
                send();
            }
        });
        if (status) {
            send();
        }
        if (!status) {
            return std::move(status).error().about(tr("The demo"));
        }
    }
    return ok();
}

} // namespace

Result<std::unique_ptr<DemoServer>> DemoServer::start(std::stop_token stop)
{
    const QString program = findServerProgram();
    if (program.isEmpty()) {
        return demoError(ErrorKind::Unsupported,
            tr("It needs redis-server or valkey-server, and neither is installed. Install one of them, for example the "
               "package redis-server"));
    }
    const QByteArray folder = makeFolder();
    std::array<int, 2> lifeline{-1, -1};
    if (folder.isEmpty() || ::pipe2(lifeline.data(), O_CLOEXEC) != 0) {
        return demoError(ErrorKind::File, tr("No private folder could be made in %1").arg(QDir::tempPath()));
    }
    const pid_t watchdog = spawnWatchdog(QFile::encodeName(program), folder, lifeline[0]);
    ::close(lifeline[0]);
    if (watchdog == 0) {
        ::close(lifeline[1]);
        ::rmdir(folder.constData());
        return demoError(ErrorKind::File, tr("%1 could not be started").arg(program));
    }
    std::unique_ptr<DemoServer> server(new DemoServer(QFile::decodeName(folder), lifeline[1], watchdog));
    if (Status answers = waitUntilItAnswers(server->m_folder, stop); !answers) {
        return std::move(answers).error();
    }
    if (Status filled = fill(server->m_folder, stop); !filled) {
        return std::move(filled).error();
    }
    return server;
}

DemoServer::DemoServer(QString folder, int lifeline, int watchdog)
    : m_folder(std::move(folder))
    , m_lifeline(lifeline)
    , m_watchdog(watchdog)
{
}

DemoServer::~DemoServer()
{
    ::close(m_lifeline);
    // The watchdog kills the server and removes the folder: some milliseconds.
    ::waitpid(m_watchdog, nullptr, 0);
}

Profile DemoServer::profile() const
{
    Profile profile;
    profile.name = tr("Demo shop");
    profile.socketPath = m_folder + QStringLiteral("/s");
    return profile;
}

} // namespace keyglass
