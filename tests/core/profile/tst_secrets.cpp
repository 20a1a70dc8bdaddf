// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/profile/secrets.h"

#include <QFileInfo>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

/// Runs itself again inside private session buses, since a process connects to one bus in its life: this process is the
/// one without any.
class TestSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysThatThereIsNoKeychain();
    void cancelsWhatIsAskedOfAStoreThatIsGone();
    void saysThatABusHasNoKeychain();
    void keepsPasswordsInAKeychain();
};

namespace {

/// How a run of ourselves in another environment is told what to do.
const QString innerOption = u"--inner"_s;

template <typename T> T answerOf(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)) {
        qFatal("no answer");
    }
    return future.takeResult();
}

/// Runs this program inside a private session bus; the command before it may start services there.
int runOnPrivateBus(const QString& before, const QString& what, const QString& home, QString& output)
{
    QProcess inner;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_DATA_HOME"_s, home);
    environment.insert(u"XDG_RUNTIME_DIR"_s, home);
    environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"GNOME"_s);
    inner.setProcessEnvironment(environment);
    inner.setProcessChannelMode(QProcess::MergedChannels);
    const QString command =
        before + u"exec '"_s + QCoreApplication::applicationFilePath() + u"' "_s + innerOption + u' ' + what;
    inner.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, command});
    const bool ended = inner.waitForFinished(60'000);
    output = QString::fromUtf8(inner.readAll());
    return ended ? inner.exitCode() : -1;
}

/// What the inner run checks where no keychain is on the bus; 0 if all is as it should be.
int checkWithoutKeychain()
{
    SecretStore store;
    const bool found = answerOf(store.findKeychain());
    const auto loaded = answerOf(store.load(u"id"_s));
    return !found && !loaded && loaded.error().kind == ErrorKind::Unsupported ? 0 : 1;
}

/// What the inner run checks with one; the number names the first step that went wrong.
int checkWithKeychain()
{
    SecretStore store;
    const QString password = u"pä ss\n%"_s;
    const auto loadsTo = [&store](const QString& id, const std::optional<QString>& expected) {
        const auto loaded = answerOf(store.load(id));
        if (!loaded) {
            qWarning("%s", qPrintable(errorText(loaded.error())));
        }
        return loaded && *loaded == expected;
    };
    const bool steps[]{
        QTest::qWaitFor([&store] { return answerOf(store.findKeychain()); }, 10'000), // the daemon comes up beside us
        loadsTo(u"one"_s, {}),
        bool(answerOf(store.save(u"one"_s, password))),
        loadsTo(u"one"_s, password),
        loadsTo(u"two"_s, {}),
        bool(answerOf(store.save(u"one"_s, u"changed"_s))),
        loadsTo(u"one"_s, u"changed"_s),
        bool(answerOf(store.remove(u"one"_s))),
        loadsTo(u"one"_s, {}),
        bool(answerOf(store.remove(u"one"_s))),
    };
    const auto* failed = std::ranges::find(steps, false);
    return failed == std::end(steps) ? 0 : static_cast<int>(failed - std::begin(steps)) + 1;
}

} // namespace

void TestSecrets::initTestCase()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    QVERIFY(!QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s));
}

void TestSecrets::saysThatThereIsNoKeychain()
{
    SecretStore store;
    QVERIFY(!answerOf(store.findKeychain()));
    const auto loaded = answerOf(store.load(u"id"_s));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::Unsupported);
    const auto saved = answerOf(store.save(u"id"_s, u"S3cret"_s));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Unsupported);
    QVERIFY(!errorText(saved.error()).contains(u"S3cret"_s));
    QCOMPARE(answerOf(store.remove(u"id"_s)).error().kind, ErrorKind::Unsupported);
}

void TestSecrets::cancelsWhatIsAskedOfAStoreThatIsGone()
{
    QFuture<Status> answer;
    {
        SecretStore store;
        answer = store.save(u"id"_s, u"pw"_s);
    }
    QVERIFY(answer.isFinished());
}

void TestSecrets::saysThatABusHasNoKeychain()
{
    if (QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()) {
        QSKIP("needs dbus-run-session (package dbus)");
    }
    const QTemporaryDir home;
    QString output;
    // A bus of the machine's may know how to start a keychain; one with a configuration of its own does not.
    const QString config = home.filePath(u"bus.conf"_s);
    QFile file(config);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
               "<allow send_destination=\"*\"/><allow eavesdrop=\"false\"/><allow own=\"*\"/></policy></busconfig>");
    file.close();
    QProcess inner;
    inner.setProcessChannelMode(QProcess::MergedChannels);
    inner.start(u"dbus-run-session"_s,
        {u"--config-file="_s + config, u"--"_s, QCoreApplication::applicationFilePath(), innerOption, u"without"_s});
    QVERIFY(inner.waitForFinished(60'000));
    QVERIFY2(inner.exitCode() == 0, inner.readAll().constData());
}

void TestSecrets::keepsPasswordsInAKeychain()
{
    for (const QString& program : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            QSKIP("needs dbus-run-session and gnome-keyring-daemon (packages dbus and gnome-keyring)");
        }
    }
    const QTemporaryDir home;
    QString output;
    const QString unlock = u"printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "_s;
    const int failedStep = runOnPrivateBus(unlock, u"with"_s, home.path(), output);
    QVERIFY2(failedStep == 0, qPrintable(u"step %1: %2"_s.arg(failedStep).arg(output)));
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == innerOption) {
        return arguments.value(2) == u"with"_s ? checkWithKeychain() : checkWithoutKeychain();
    }
    TestSecrets test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_secrets.moc"
