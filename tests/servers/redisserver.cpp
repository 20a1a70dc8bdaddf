// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/redisserver.h"

#include "tests/servers/hirediscalls.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QFile>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTcpServer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

/// Nothing where it has ended: number 0 would be the whole group of this test.
void sendTo(qint64 process, int signal)
{
    if (process > 0) {
        ::kill(static_cast<pid_t>(process), signal);
    }
}

constexpr int readyWithinMs = 20'000;
constexpr int tries = 5;
constexpr std::size_t pipelineLength = 1000;

QString serverProgram()
{
    const QString named = qEnvironmentVariable("KEYGLASS_TEST_SERVER");
    if (!named.isEmpty()) {
        return named;
    }
    for (const QString& name : {u"redis-server"_s, u"valkey-server"_s}) {
        const QString path = QStandardPaths::findExecutable(name);
        if (!path.isEmpty()) {
            return path;
        }
    }
    qFatal("neither redis-server nor valkey-server is installed");
}

/// The child dies with the thread that forked it. The parent may have died before prctl() was called: then nobody would
/// tell.
void dieWithParent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1);
    }
}

} // namespace

std::uint16_t freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost)) {
        qFatal("no free port on 127.0.0.1: %s", qPrintable(server.errorString()));
    }
    return server.serverPort();
}

std::uint16_t freeClusterPort()
{
    constexpr int busOffset = 10'000;
    constexpr quint32 lowest = 10'000;
    constexpr quint32 highest = 22'000;
    for (;;) {
        const auto port = static_cast<std::uint16_t>(QRandomGenerator::system()->bounded(lowest, highest));
        QTcpServer clients;
        QTcpServer bus;
        if (clients.listen(QHostAddress::LocalHost, port)
            && bus.listen(QHostAddress::LocalHost, static_cast<std::uint16_t>(port + busOffset))) {
            return port;
        }
    }
}

const std::string& fixtureUser()
{
    static const std::string name = "keyglass-fixture";
    return name;
}

std::unique_ptr<RedisServer> RedisServer::start(QStringList arguments)
{
    return start(ServerOptions{.arguments = std::move(arguments)});
}

std::unique_ptr<RedisServer> RedisServer::start(ServerOptions options)
{
    std::unique_ptr<RedisServer> server(new RedisServer(std::move(options)));
    server->writeAclFile();
    for (int i = 0; i < tries; ++i) { // a free port may be taken by another before the server binds it
        server->choosePorts();
        server->writeSentinelFile();
        server->launch(server->commandLine());
        if (server->becomesReady()) {
            return server;
        }
    }
    server->fail(u"did not get ready"_s);
}

RedisServer::RedisServer(ServerOptions options)
    : m_options(std::move(options))
{
}

RedisServer::~RedisServer()
{
    kill();
}

QString RedisServer::log() const
{
    QFile file(m_folder.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::string RedisServer::command(const Args& arguments)
{
    for (int i = 0; i < 2; ++i) {
        connectFixture();
        append(m_context, arguments);
        if (const ReplyPointer reply = nextReply(m_context)) {
            return textOf(*reply);
        }
    }
    fail(u"lost the fixture's connection: %1"_s.arg(QString::fromUtf8(m_context->errstr)));
}

std::vector<std::string> RedisServer::list(const Args& arguments)
{
    connectFixture();
    append(m_context, arguments);
    const ReplyPointer reply = nextReply(m_context);
    if (!reply || reply->type != REDIS_REPLY_ARRAY) {
        fail(u"no list: %1"_s.arg(QString::fromStdString(reply ? textOf(*reply) : m_context->errstr)));
    }
    std::vector<std::string> elements;
    for (std::size_t i = 0; i < reply->elements; ++i) {
        elements.push_back(textOf(*reply->element[i]));
    }
    return elements;
}

void RedisServer::fill(std::size_t count, const std::function<Args(std::size_t)>& make)
{
    connectFixture();
    for (std::size_t done = 0; done < count;) {
        const std::size_t upTo = std::min(done + pipelineLength, count);
        for (std::size_t i = done; i < upTo; ++i) {
            append(m_context, make(i));
        }
        takeReplies(m_context, upTo - done);
        done = upTo;
    }
}

void RedisServer::fillSideBySide(std::size_t count, const std::function<Args(std::size_t)>& make)
{
    constexpr std::size_t most = 64;
    std::vector<std::unique_ptr<redisContext, void (*)(redisContext*)>> contexts;
    for (std::size_t i = 0; i < std::min(count, most); ++i) {
        contexts.emplace_back(connected(), redisFree);
    }
    for (std::size_t i = 0; i < count; ++i) {
        append(contexts[i % most].get(), make(i));
    }
    for (const auto& context : contexts) {
        for (int done = 0; done == 0 && redisBufferWrite(context.get(), &done) == REDIS_OK;) { }
    }
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        takeReplies(contexts[i].get(), (count - i + most - 1) / most);
    }
}

void RedisServer::takeReplies(redisContext* context, std::size_t count) const
{
    for (std::size_t i = 0; i < count; ++i) {
        const ReplyPointer reply = nextReply(context);
        if (!reply || reply->type == REDIS_REPLY_ERROR) {
            fail(u"refused: %1"_s.arg(QString::fromStdString(reply ? textOf(*reply) : context->errstr)));
        }
    }
}

void RedisServer::kill()
{
    disconnectFixture();
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished(-1);
    }
}

void RedisServer::terminate()
{
    disconnectFixture();
    m_process->terminate();
    m_process->waitForFinished(-1);
}

void RedisServer::restart(const QStringList& moreArguments)
{
    kill();
    launch(commandLine() + moreArguments);
    if (!becomesReady()) {
        fail(u"did not come back"_s);
    }
}

void RedisServer::save()
{
    if (const std::string reply = command({"SAVE"}); reply != "OK") {
        fail(u"SAVE: %1"_s.arg(QString::fromStdString(reply)));
    }
}

void RedisServer::freeze()
{
    sendTo(processId(), SIGSTOP);
}

void RedisServer::thaw()
{
    sendTo(processId(), SIGCONT);
}

QStringList RedisServer::commandLine() const
{
    QStringList line;
    if (!m_options.sentinelLines.isEmpty()) {
        line << m_folder.filePath(u"sentinel.conf"_s) << u"--sentinel"_s;
    }
    line << QStringList{u"--unixsocket"_s, socketPath(), u"--port"_s, QString::number(m_port), u"--bind"_s,
        u"127.0.0.1"_s, u"--save"_s, QString(), u"--appendonly"_s, u"no"_s, u"--dir"_s, folder(), u"--logfile"_s,
        m_folder.filePath(u"log"_s), u"--daemonize"_s, u"no"_s};
    if (m_options.tls) {
        const CertificateFiles& own = *m_options.certificate;
        line << u"--tls-port"_s << QString::number(m_tlsPort) << u"--tls-cert-file"_s << own.certificate
             << u"--tls-key-file"_s << own.key << u"--tls-ca-cert-file"_s << Certificates::shared().authority()
             << u"--tls-auth-clients"_s << u"optional"_s;
    }
    if (!m_options.password.isEmpty()) {
        line << u"--requirepass"_s << m_options.password;
    }
    if (m_options.cluster) {
        line << u"--cluster-enabled"_s << u"yes"_s << u"--cluster-config-file"_s << u"nodes.conf"_s;
    }
    if (!m_options.aclLines.isEmpty()) {
        line << u"--aclfile"_s << m_folder.filePath(u"users.acl"_s);
    }
    return line + m_options.arguments;
}

void RedisServer::writeAclFile() const
{
    QFile file(m_folder.filePath(u"users.acl"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        fail(u"can't write the ACL file"_s);
    }
    const QString own = u"user %1 on >%1 ~* &* +@all"_s.arg(QString::fromStdString(fixtureUser()));
    file.write((m_options.aclLines + QStringList{own}).join(u'\n').toUtf8() + '\n');
}

void RedisServer::writeSentinelFile() const
{
    QFile file(m_folder.filePath(u"sentinel.conf"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        fail(u"can't write the Sentinel's file"_s);
    }
    file.write(m_options.sentinelLines.join(u'\n').toUtf8() + '\n');
}

void RedisServer::choosePorts()
{
    const auto choose = m_options.cluster ? freeClusterPort : freePort;
    m_port = m_options.tcp ? choose() : std::uint16_t{0};
    m_tlsPort = m_options.tls ? choose() : std::uint16_t{0};
    if (m_options.tls && !m_options.certificate) {
        m_options.certificate = Certificates::shared().issue();
    }
}

void RedisServer::launch(const QStringList& arguments)
{
    QFile::remove(socketPath());
    m_process = std::make_unique<QProcess>();
    m_process->setStandardOutputFile(QProcess::nullDevice()); // a pipe nobody reads would stop the server one day
    m_process->setStandardErrorFile(m_folder.filePath(u"stderr"_s));
    m_process->setChildProcessModifier([parent = getpid()] { dieWithParent(parent); });
    m_process->start(serverProgram(), arguments);
    if (!m_process->waitForStarted()) {
        fail(m_process->errorString());
    }
}

bool RedisServer::becomesReady()
{
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < readyWithinMs;) {
        if (answers()) {
            return true;
        }
        if (m_process->waitForFinished(2)) {
            return false;
        }
    }
    return false;
}

/// True once PING is answered: by anything where loading is no obstacle, else by something other than LOADING.
bool RedisServer::answers()
{
    redisContext* context = redisConnectUnix(qPrintable(socketPath()));
    if (context == nullptr || context->err != 0) {
        redisFree(context);
        return false;
    }
    append(context, {"PING"});
    const ReplyPointer reply = nextReply(context);
    redisFree(context);
    return reply && (!m_options.waitUntilReady || !textOf(*reply).starts_with("-LOADING"));
}

void RedisServer::connectFixture()
{
    if (m_context == nullptr || m_context->err != 0) {
        disconnectFixture();
        m_context = connected();
    }
}

redisContext* RedisServer::connected() const
{
    redisContext* context = redisConnectUnix(qPrintable(socketPath()));
    if (context == nullptr || context->err != 0) {
        fail(u"can't connect the fixture"_s);
    }
    Args auth;
    if (!m_options.aclLines.isEmpty()) {
        auth = {"AUTH", fixtureUser(), fixtureUser()};
    } else if (!m_options.password.isEmpty()) {
        auth = {"AUTH", m_options.password.toStdString()};
    } else {
        return context;
    }
    append(context, auth);
    const ReplyPointer reply = nextReply(context);
    if (!reply || textOf(*reply) != "OK") {
        fail(u"the fixture can't log in: %1"_s.arg(QString::fromStdString(reply ? textOf(*reply) : context->errstr)));
    }
    return context;
}

void RedisServer::disconnectFixture()
{
    redisFree(m_context);
    m_context = nullptr;
}

void RedisServer::fail(const QString& what) const
{
    QFile file(m_folder.filePath(u"stderr"_s));
    const QByteArray errors = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    qFatal("test server %s: %s\n%s%s", qPrintable(serverProgram()), qPrintable(what), qPrintable(log()),
        errors.constData());
}

} // namespace keyglass::test
