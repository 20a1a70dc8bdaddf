// SPDX-License-Identifier: GPL-3.0-or-later
// What `keyglass bulk … --dry-run` says is sent for a key, beside what the server gets (MONITOR).
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"
#include "tests/servers/sockets.h"

#include <sys/socket.h>
#include <unistd.h>

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>
#include <string>
#include <string_view>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Whatever a server gets from now on.
class Monitor {
public:
    explicit Monitor(const RedisServer& server)
        : m_socket(connectTo({server.socketPath()}))
    {
        sendAll(m_socket, std::string_view("MONITOR\r\n"));
        static_cast<void>(line());
    }
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;
    ~Monitor() { closeOnce(m_socket); }

    /// The names of the commands up to an ECHO of "the end", from the first that names `key`.
    [[nodiscard]] QStringList namesFor(const QByteArray& key)
    {
        QStringList names;
        for (QByteArray one = line(); !one.isEmpty() && !one.contains("\"the end\""); one = line()) {
            const qsizetype words = one.indexOf("] \"");
            const bool isOfOthers = one.contains(" lua] ") || one.contains("keyglass:nobody");
            if (words < 0 || isOfOthers || (names.isEmpty() && !one.contains('"' + key + '"'))) {
                continue;
            }
            const QList<QByteArray> parts = one.mid(words + 3).split('"');
            const QByteArray name = parts.value(0).toUpper();
            static const QList<QByteArray> ofConnections{"SELECT", "HELLO", "AUTH", "CLIENT", "COMMAND", "INFO", "SCAN",
                "CLUSTER", "OBJECT", "ACL", "CONFIG", "ROLE", "DBSIZE", "PING", "READONLY"};
            if (!ofConnections.contains(name)) {
                names << QString::fromLatin1(name == "MEMORY" ? name + " USAGE" : name);
            }
        }
        return names;
    }

private:
    [[nodiscard]] QByteArray line()
    {
        while (!m_read.contains('\n')) {
            std::array<char, 4096> part{};
            const ssize_t got = ::recv(m_socket, part.data(), part.size(), 0);
            if (got <= 0) {
                return {};
            }
            m_read.append(part.data(), got);
        }
        const qsizetype end = m_read.indexOf('\n') + 1;
        const QByteArray first = m_read.left(end);
        m_read.remove(0, end);
        return first;
    }

    int m_socket;
    QByteArray m_read;
};

QStringList namesIn(const Outcome& shown, const QString& member)
{
    QStringList names;
    for (const QJsonValue name : shown.json()[member].toArray()) {
        names << name.toString();
    }
    return names;
}

QStringList sentIn(const Outcome& shown)
{
    return namesIn(shown, u"sent"_s);
}

} // namespace

class TestBulkSent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void isWhatTheServerGets_data();
    void isWhatTheServerGets();
    void aRenameInAClusterGoesToAnotherSlot_data();
    void aRenameInAClusterGoesToAnotherSlot();

private:
    [[nodiscard]] Outcome bulk(const QStringList& words, const QString& uri, const QString& way) const
    {
        return run(QStringList{u"bulk"_s} + words + QStringList{u"--prefix"_s, u"k:"_s, u"--uri"_s, uri, way}, {},
            {u"XDG_DATA_HOME="_s + m_folder->path()});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkSent::isWhatTheServerGets_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<bool>("isTaken"); // the new name, or that of a copy
    const auto add = [](const char* name, const QString& words, bool isTaken = false) {
        QTest::newRow(name) << words.split(u' ') << isTaken;
    };
    add("delete", u"delete"_s);
    add("delete without archive", u"delete --no-archive"_s);
    add("delete what is unchanged", u"delete --refuse-changed"_s);
    add("expire", u"expire --ttl 1h"_s);
    add("expire at a time", u"expire --at 2100-01-01T00:00:00Z"_s);
    add("expire by more", u"expire --add 1h"_s);
    add("expire by a cap", u"expire --cap 1m"_s);
    add("expire by a cap, without archive", u"expire --cap 1m --no-archive"_s);
    add("expire what is unchanged", u"expire --ttl 1h --refuse-changed"_s);
    add("persist", u"persist"_s);
    add("persist without archive", u"persist --no-archive"_s);
    add("persist what is unchanged", u"persist --refuse-changed"_s);
    add("rename", u"rename --to n:"_s);
    add("rename, and the name is taken", u"rename --to n:"_s, true);
    add("rename over another", u"rename --to n: --collision overwrite"_s, true);
    add("rename over another, without archive", u"rename --to n: --collision overwrite --no-archive"_s, true);
    add("copy", u"copy --to-db 3"_s);
    add("copy, and it is there", u"copy --to-db 3"_s, true);
    add("move", u"copy --to-db 3 --move"_s);
    add("copy over another", u"copy --to-db 3 --replace"_s, true);
    add("copy over another, without archive", u"copy --to-db 3 --replace --no-archive"_s, true);
    add("move over another", u"copy --to-db 3 --replace --move"_s, true);
    add("move over another, without archive", u"copy --to-db 3 --replace --move --no-archive"_s, true);
    add("set a field", u"set-field --field f --value w"_s);
    add("set a field of what is unchanged", u"set-field --field f --value w --refuse-changed"_s);
    add("run a command without archive", u"template --no-archive --command"_s);
    add("run a command", u"template --command"_s);
}

void TestBulkSent::isWhatTheServerGets()
{
    QFETCH(QStringList, words);
    QFETCH(const bool, isTaken);
    if (words.last() == u"--command"_s) {
        words << u"HSET * f w"_s;
    }
    const auto server = RedisServer::start();
    const QString uri = u"redis+unix://"_s + server->socketPath();
    server->command({"HSET", "k:1", "f", "v"});
    server->command({"PEXPIRE", "k:1", "1000000"});
    if (isTaken) {
        server->command({"SET", "n:1", "there"});
        server->command({"SELECT", "3"});
        server->command({"SET", "k:1", "there"});
    }
    const Outcome shown = bulk(words, uri, u"--dry-run"_s);
    const QStringList said = sentIn(shown);
    QVERIFY(!said.isEmpty());
    const QStringList writes = namesIn(shown, u"commands"_s);
    Monitor monitor(*server);
    const Outcome done = bulk(words, uri, u"--yes"_s);
    QVERIFY2(done.status == 0, done.err.constData());
    server->command({"ECHO", "the end"});
    const QStringList got = monitor.namesFor("k:1");
    QCOMPARE(got, said);
    static const QStringList others{
        u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"PTTL"_s, u"EXISTS"_s, u"WATCH"_s, u"MULTI"_s, u"EXEC"_s};
    for (const QString& name : got) { // what writes is told by name, also what only a copy's target gets
        QVERIFY2(others.contains(name) || writes.contains(name), qPrintable(name));
    }
}

void TestBulkSent::aRenameInAClusterGoesToAnotherSlot_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isTaken");
    QTest::addRow("rename") << u"rename --to n:"_s << false;
    QTest::addRow("rename over another") << u"rename --to n: --collision overwrite"_s << true;
    QTest::addRow("rename over another, without archive")
        << u"rename --to n: --collision overwrite --no-archive"_s << true;
}

/// The server that has the key does not rename it there. What several servers get has no order among them.
void TestBulkSent::aRenameInAClusterGoesToAnotherSlot()
{
    QFETCH(const QString, words);
    QFETCH(const bool, isTaken);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const auto ownerOf = [&cluster](const char* key) -> RedisServer& {
        const int slot = std::stoi(cluster->server(0).command({"CLUSTER", "KEYSLOT", key}));
        return cluster->server(cluster->ownerOf(slot));
    };
    RedisServer& server = ownerOf("k:1");
    RedisServer& target = ownerOf("n:1");
    server.command({"SET", "k:1", "v"});
    if (isTaken) {
        target.command({"SET", "n:1", "there"});
    }
    const QString uri = u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->seedPort(0));
    QStringList said = sentIn(bulk(words.split(u' '), uri, u"--dry-run"_s));
    QVERIFY(said.contains(u"RESTORE"_s));
    QVERIFY(!said.contains(u"RENAMENX"_s));
    Monitor monitor(server);
    const auto other = &server == &target ? nullptr : std::make_unique<Monitor>(target);
    const Outcome done = bulk(words.split(u' '), uri, u"--yes"_s);
    QVERIFY2(done.status == 0, done.err.constData());
    server.command({"ECHO", "the end"});
    QStringList got = monitor.namesFor("k:1");
    if (other) {
        target.command({"ECHO", "the end"});
        got += other->namesFor("n:1");
    }
    got.sort();
    said.sort();
    QCOMPARE(got, said);
    QCOMPARE(server.command({"EXISTS", "k:1"}), "0");
    QCOMPARE(target.command({"GET", "n:1"}), "v");
}

QTEST_GUILESS_MAIN(TestBulkSent)
#include "tst_bulksent.moc"
