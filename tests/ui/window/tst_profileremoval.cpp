// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/window/sessionopener.h"

#include <QApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <array>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

/// Runs itself again inside a private session bus with a keychain.
class TestProfileRemoval : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesBothPasswordsOutOfTheKeychain();
};

namespace {

const QString innerOption = u"--inner"_s;

template <typename T> T answerOf(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)) {
        qFatal("no answer");
    }
    return future.takeResult();
}

/// What the inner run checks; the number names the first step that went wrong.
int checkWithKeychain()
{
    WindowFixture fixture;
    const WindowServices services = fixture.services();
    SessionOpener opener(services, &fixture.window());
    Profile profile;
    profile.kind = ProfileKind::Sentinel;
    profile.name = u"shop"_s;
    profile.passwordSource = PasswordSource::Keychain;
    profile.sentinelPasswordSource = PasswordSource::Keychain;
    profile = *fixture.profiles().save(profile);
    const std::array secrets{profile.id, sentinelSecretId(profile.id)};
    const auto areKept = [&](bool wanted) {
        return std::ranges::all_of(secrets, [&](const QString& id) {
            const auto loaded = answerOf(services.secrets.load(id));
            return loaded && loaded->has_value() == wanted;
        });
    };
    const bool steps[]{
        QTest::qWaitFor([&] { return answerOf(services.secrets.findKeychain()); }, 10'000),
        bool(answerOf(services.secrets.save(secrets[0], u"of the server"_s))),
        bool(answerOf(services.secrets.save(secrets[1], u"of the Sentinels"_s))),
        areKept(true),
        (opener.remove(profile), fixture.profiles().profiles().empty()),
        QTest::qWaitFor([&] { return areKept(false); }, 20'000),
    };
    const auto* failed = std::ranges::find(steps, false);
    return failed == std::end(steps) ? 0 : static_cast<int>(failed - std::begin(steps)) + 1;
}

} // namespace

void TestProfileRemoval::takesBothPasswordsOutOfTheKeychain()
{
    for (const QString& program : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            QSKIP("needs dbus-run-session and gnome-keyring-daemon (packages dbus and gnome-keyring)");
        }
    }
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s}) {
        environment.insert(name, home.path());
    }
    environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"GNOME"_s);
    QProcess inner;
    inner.setProcessEnvironment(environment);
    inner.setProcessChannelMode(QProcess::MergedChannels);
    const QString command =
        u"printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec '%1' %2"_s.arg(
            QCoreApplication::applicationFilePath(), innerOption);
    inner.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, command});
    QVERIFY(inner.waitForFinished(60'000));
    QVERIFY2(inner.exitCode() == 0,
        qPrintable(u"step %1: %2"_s.arg(inner.exitCode()).arg(QString::fromUtf8(inner.readAll()))));
}

int main(int argc, char** argv)
{
    const bool isInner = argc > 1 && innerOption == QString::fromLocal8Bit(argv[1]);
    if (!isInner) {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    }
    const QApplication application(argc, argv);
    if (isInner) {
        return checkWithKeychain();
    }
    TestProfileRemoval test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_profileremoval.moc"
