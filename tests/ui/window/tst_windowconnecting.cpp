// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/windowfixture.h"
#include "ui/profile/connectiondialog.h"
#include "ui/profile/passworddialog.h"
#include "ui/profile/passwordfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStatusBar>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// Waits until the window shows a dialog of this class.
template <typename D> D* shownDialog(const QWidget& window)
{
    D* found = nullptr;
    static_cast<void>(QTest::qWaitFor([&] {
        found = window.findChild<D*>();
        return found && found->isVisible();
    }));
    return found;
}

void type(const QWidget& dialog, const QString& password)
{
    QTest::keyClicks(WindowFixture::named<PasswordField>(dialog, u"Password"_s), password);
}

std::unique_ptr<RedisServer> lockedServer()
{
    ServerOptions options;
    options.tcp = true;
    options.password = u"right"_s;
    return RedisServer::start(options);
}

/// The dialog of a new connection, filled in for the server.
ConnectionDialog* newConnection(WindowFixture& fixture, const RedisServer& server, bool keychain = false)
{
    fixture.trigger(ActionId::NewConnection);
    auto* dialog = shownDialog<ConnectionDialog>(fixture.window());
    QCoreApplication::processEvents(); // it has been told by then that there is no keychain
    if (dialog) {
        dialog->setKeychainAvailable(keychain);
        WindowFixture::named<QLineEdit>(*dialog, u"Name"_s)->setText(u"shop"_s);
        WindowFixture::named<QSpinBox>(*dialog, u"Port"_s)->setValue(server.port());
        type(*dialog, u"right"_s);
    }
    return dialog;
}

} // namespace

/// How the window gets at a server: dialogs, passwords, what is saved of them.
class TestWindowConnecting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForThePasswordUntilItIsRight();
    void leavesThePageWhereThePasswordDialogIsCancelled();
    void testsANewConnectionThenOpensIt();
    void keepsNoPasswordInAFile();
    void saysThatTheKeychainKeptNothing();
};

void TestWindowConnecting::asksForThePasswordUntilItIsRight()
{
    const auto server = lockedServer();
    server->command({"SET", "a", "1"});
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().state() == SessionState::Failed);
    for (const QString& password : {u"wrong"_s, u"right"_s}) {
        SessionPage* asking = fixture.window().currentPage();
        QTRY_VERIFY(asking->session().state() == SessionState::Failed);
        QVERIFY(WindowFixture::press(*asking, u"Enter password…"_s));
        auto* dialog = shownDialog<PasswordDialog>(fixture.window());
        QVERIFY(dialog);
        QVERIFY2(
            WindowFixture::words(*dialog).contains(u"Password for shop"_s), qPrintable(WindowFixture::words(*dialog)));
        QVERIFY(WindowFixture::words(*dialog).contains(u"refuses the login"_s)); // why it is asked for
        type(*dialog, password);
        QVERIFY(!WindowFixture::named<QCheckBox>(*dialog, {})); // nothing to keep of what is not saved
        dialog->accept();
        QTRY_VERIFY(fixture.window().currentPage() != asking);
        QCOMPARE(fixture.window().sessionCount(), 1); // in its place, not beside it
        QTRY_VERIFY(!fixture.window().findChild<PasswordDialog*>());
    }
    QTRY_VERIFY(hasEnded(*fixture.window().currentPage()));
    QCOMPARE(fixture.window().currentPage()->session().snapshot()->keyCount(), 1U);
}

void TestWindowConnecting::leavesThePageWhereThePasswordDialogIsCancelled()
{
    const auto server = lockedServer();
    WindowFixture fixture;
    SessionPage& page = fixture.open(*server);
    QTRY_VERIFY(page.session().state() == SessionState::Failed);
    QVERIFY(WindowFixture::press(page, u"Enter password…"_s));
    auto* dialog = shownDialog<PasswordDialog>(fixture.window());
    QVERIFY(dialog);
    dialog->reject();
    QTRY_VERIFY(!fixture.window().findChild<PasswordDialog*>());
    QCOMPARE(fixture.window().currentPage(), &page);
    QVERIFY(WindowFixture::button(page, u"Enter password…"_s));
}

void TestWindowConnecting::testsANewConnectionThenOpensIt()
{
    const auto server = lockedServer();
    WindowFixture fixture;
    auto* dialog = newConnection(fixture, *server);
    QVERIFY(dialog);
    QVERIFY(WindowFixture::press(*dialog, u"&Test"_s));
    auto* said = WindowFixture::named<QLabel>(*dialog, u"Test result"_s);
    QVERIFY(said);
    QTRY_COMPARE(said->text(), u"A server"_s); // as the application's test answers in this fixture
    QCOMPARE(fixture.window().sessionCount(), 0);
    QVERIFY(WindowFixture::press(*dialog, u"Conn&ect"_s));
    QTRY_COMPARE(fixture.window().sessionCount(), 1);
    QTRY_VERIFY(hasEnded(*fixture.window().currentPage()));
    QCOMPARE(fixture.profiles().profiles().size(), 1U);
    QCOMPARE(fixture.window().windowTitle(), u"Keyglass — shop"_s);
}

/// Without a keychain a password is asked for each time; what is saved says so and nothing more.
void TestWindowConnecting::keepsNoPasswordInAFile()
{
    const auto server = lockedServer();
    WindowFixture fixture;
    auto* dialog = newConnection(fixture, *server);
    QVERIFY(dialog);
    QVERIFY(WindowFixture::press(*dialog, u"&Save"_s));
    QTRY_COMPARE(fixture.profiles().profiles().size(), 1U);
    const Profile saved = fixture.profiles().profiles().front();
    QCOMPARE(saved.passwordSource, PasswordSource::Asked);
    for (const QFileInfo& info : QDir(fixture.folder()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("right"), qPrintable(info.fileName()));
    }
    fixture.window().open(saved);
    auto* asked = shownDialog<PasswordDialog>(fixture.window());
    QVERIFY(asked);
    type(*asked, u"right"_s);
    asked->accept();
    QTRY_COMPARE(fixture.window().sessionCount(), 1);
    QTRY_VERIFY(hasEnded(*fixture.window().currentPage()));
}

/// The keychain may go away between the offer and the saving: the connection opens all the same, the user is told, and
/// the profile does not say that its password is kept.
void TestWindowConnecting::saysThatTheKeychainKeptNothing()
{
    const auto server = lockedServer();
    WindowFixture fixture;
    auto* dialog = newConnection(fixture, *server, true);
    QVERIFY(dialog);
    auto* keep = WindowFixture::named<QComboBox>(*dialog, u"Keep password"_s);
    QVERIFY(keep);
    QVERIFY2(keep->currentText().contains(u"keychain"_s), qPrintable(keep->currentText()));
    QVERIFY(WindowFixture::press(*dialog, u"Conn&ect"_s));
    QTRY_COMPARE(fixture.window().sessionCount(), 1);
    QTRY_VERIFY2(fixture.window().statusBar()->currentMessage().contains(u"keychain"_s),
        qPrintable(fixture.window().statusBar()->currentMessage()));
    QTRY_VERIFY(hasEnded(*fixture.window().currentPage()));
    QCOMPARE(fixture.profiles().profiles().front().passwordSource, PasswordSource::Asked);
}

int main(int argc, char** argv)
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // nobody's keychain is asked
    QApplication application(argc, argv);
    TestWindowConnecting test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_windowconnecting.moc"
