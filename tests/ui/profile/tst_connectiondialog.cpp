// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/picture.h"
#include "ui/common/theme.h"
#include "ui/profile/connectiondialog.h"
#include "ui/profile/filefield.h"
#include "ui/profile/passwordfield.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;
using Wish = ConnectionDialog::Wish;

class TestConnectionDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAndGivesBackAProfile_data();
    void showsAndGivesBackAProfile();
    void fillsInAPastedUri_data();
    void fillsInAPastedUri();
    void fillsInAUriOfAKind();
    void hasThePagesOfItsKind();
    void choosesTheUsualPort();
    void givesTheSentinelsPassword();
    void saysWhatIsWrongWithAUri();
    void keepsAHostTypedLetterByLetter();
    void showsProblemsBesideTheirFields_data();
    void showsProblemsBesideTheirFields();
    void forgetsProblemsWhenTheFieldChanges();
    void savesWhatHasANameOrWasSaved_data();
    void savesWhatHasANameOrWasSaved();
    void keepsPasswordsOnlyWhereAKeychainIs_data();
    void keepsPasswordsOnlyWhereAKeychainIs();
    void leavesAPasswordInTheKeychainAlone();
    void tellsWhatATestFound();
    void dropsATestThatIsNoLongerAbout();
    void hidesThePassword();
    void warnsAboutUnverifiedTls();
    void hasNoTlsOnASocket();
    void connectsByReturn();
    void namesEveryField();
    void hasNoMnemonicTwice_data();
    void hasNoMnemonicTwice();
    void walksThroughTheFieldsInOrder();
    void keepsPictures();
};

namespace {

template <typename T> T* named(const QWidget& dialog, const QString& accessibleName)
{
    for (T* widget : dialog.findChildren<T*>()) {
        if (widget->accessibleName() == accessibleName) {
            return widget;
        }
    }
    qFatal("no field named %s", qPrintable(accessibleName));
}

QPushButton* button(const QWidget& dialog, const QString& text)
{
    for (QPushButton* widget : dialog.findChildren<QPushButton*>()) {
        if (widget->text().remove(u'&') == text) {
            return widget;
        }
    }
    qFatal("no button %s", qPrintable(text));
}

void paste(QLineEdit* field, const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
}

Profile fullProfile()
{
    Profile profile;
    profile.id = u"id"_s;
    profile.name = u"shop"_s;
    profile.host = u"cache.example"_s;
    profile.port = 7001;
    profile.user = u"bob"_s;
    profile.passwordSource = PasswordSource::Asked;
    profile.database = 3;
    profile.tls.enabled = true;
    profile.tls.verify = false;
    profile.tls.serverName = u"other.example"_s;
    profile.readOnly = true;
    profile.environment = Environment::Staging;
    profile.separator = u"::"_s;
    profile.pace = ScanPace::Balanced;
    return profile;
}

/// A dialog and what it wished for.
struct Shown {
    explicit Shown(const Profile& profile = {})
        : dialog(profile)
    {
        QObject::connect(
            &dialog, &ConnectionDialog::wished, &dialog, [this](const Wish& wish) { wishes.push_back(wish); });
        dialog.show();
        if (!QTest::qWaitForWindowActive(&dialog)) {
            qFatal("the dialog does not come up");
        }
    }
    ConnectionDialog dialog;
    std::vector<Wish> wishes;
};

/// The page with this title, in front.
QWidget* pageOf(const QWidget& dialog, const QString& title)
{
    auto* pages = dialog.findChild<QTabWidget*>();
    for (int page = 0; page < pages->count(); ++page) {
        if (pages->tabText(page).remove(u'&') == title && pages->isTabVisible(page)) {
            pages->setCurrentIndex(page);
            return pages->widget(page);
        }
    }
    qFatal("no page %s", qPrintable(title));
}

QStringList titles(const QWidget& dialog)
{
    QStringList all;
    auto* pages = dialog.findChild<QTabWidget*>();
    for (int page = 0; page < pages->count(); ++page) {
        if (pages->isTabVisible(page)) {
            all << pages->tabText(page).remove(u'&');
        }
    }
    return all;
}

Profile clusterProfile()
{
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"10.0.0.7"_s;
    profile.port = 7001;
    profile.seeds = {{u"10.0.0.8"_s, 7001}, {u"::1"_s, 7002}};
    profile.addressMap = {{u"10.0.0.7:7001"_s, u"localhost:17001"_s}, {u"10.0.0.8"_s, u"localhost"_s}};
    profile.useSeedAddress = true;
    profile.scanReplicas = ScanReplicas::Both;
    return profile;
}

Profile sentinelProfile()
{
    Profile profile;
    profile.kind = ProfileKind::Sentinel;
    profile.host = u"10.0.0.7"_s;
    profile.port = 26379;
    profile.seeds = {{u"10.0.0.8"_s, 26379}};
    profile.sentinelMaster = u"main"_s;
    profile.sentinelUser = u"spy"_s;
    profile.sentinelPasswordSource = PasswordSource::Asked;
    profile.sentinelTls.enabled = true;
    profile.sentinelTls.serverName = u"watch.example"_s;
    profile.database = 2;
    return profile;
}

QString shownProblems(const QWidget& dialog)
{
    QStringList texts;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        const bool isProblem = label->palette().color(QPalette::WindowText) == toneColor(Tone::Error, label->palette());
        if (isProblem && !label->isHidden()) {
            texts.append(label->text());
        }
    }
    return texts.join(u'\n');
}

} // namespace

void TestConnectionDialog::showsAndGivesBackAProfile_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addRow("new") << Profile();
    QTest::addRow("everything set") << fullProfile();
    Profile socket;
    socket.host.clear();
    socket.socketPath = u"/run/r.sock"_s;
    socket.environment = Environment::Production;
    socket.separator.clear();
    QTest::addRow("socket") << socket;
    QTest::addRow("cluster") << clusterProfile();
    QTest::addRow("Sentinel") << sentinelProfile();
}

void TestConnectionDialog::showsAndGivesBackAProfile()
{
    QFETCH(Profile, profile);
    const Shown shown(profile);
    QVERIFY(shown.dialog.profile() == profile);
}

void TestConnectionDialog::fillsInAPastedUri_data()
{
    QTest::addColumn<QString>("into");
    QTest::addRow("URI field") << u"URI"_s;
    QTest::addRow("host field") << u"Host"_s;
}

void TestConnectionDialog::fillsInAPastedUri()
{
    QFETCH(QString, into);
    Shown shown;
    named<QLineEdit>(shown.dialog, u"Name"_s)->setText(u"shop"_s);
    paste(named<QLineEdit>(shown.dialog, into), u"rediss://bob:S3cret@cache.example:6380/4"_s);
    const Profile profile = shown.dialog.profile();
    QCOMPARE(profile.name, u"shop"_s);
    QCOMPARE(profile.address(), u"cache.example:6380"_s);
    QCOMPARE(profile.user, u"bob"_s);
    QCOMPARE(profile.database, 4);
    QVERIFY(profile.tls.enabled);
    QCOMPARE(profile.passwordSource, PasswordSource::Keychain);
    QCOMPARE(named<PasswordField>(shown.dialog, u"Password"_s)->text(), u"S3cret"_s);
    QVERIFY(!named<QLineEdit>(shown.dialog, u"URI"_s)->text().contains(u"S3cret"_s));
    QVERIFY(!named<QLineEdit>(shown.dialog, u"Host"_s)->text().contains(u"S3cret"_s));
    paste(named<QLineEdit>(shown.dialog, into), u"redis+unix:///run/r.sock?db=2"_s);
    QCOMPARE(shown.dialog.profile().socketPath, u"/run/r.sock"_s);
    QVERIFY(!shown.dialog.profile().tls.enabled);
    QCOMPARE(shown.dialog.profile().passwordSource, PasswordSource::None);
}

void TestConnectionDialog::fillsInAUriOfAKind()
{
    Shown shown;
    paste(named<QLineEdit>(shown.dialog, u"URI"_s), u"redis+cluster://bob@a:7001,b:7002"_s);
    QCOMPARE(shown.dialog.profile().kind, ProfileKind::Cluster);
    QCOMPARE(shown.dialog.profile().address(), u"cluster at a:7001"_s);
    QCOMPARE(shown.dialog.profile().seeds, std::vector<HostPort>({{u"b"_s, 7002}}));
    QCOMPARE(titles(shown.dialog), QStringList({u"Connection"_s, u"Cluster"_s, u"TLS"_s, u"Keys"_s}));
    paste(named<QLineEdit>(shown.dialog, u"URI"_s),
        u"redis+sentinel://:S3cret@s1:26379,s2/main/3?sentinel-user=spy&sentinel-password=Spy"_s);
    const Profile profile = shown.dialog.profile();
    QCOMPARE(profile.kind, ProfileKind::Sentinel);
    QCOMPARE(profile.sentinelMaster, u"main"_s);
    QCOMPARE(profile.sentinelUser, u"spy"_s);
    QCOMPARE(profile.seeds, std::vector<HostPort>({{u"s2"_s, 26379}}));
    QCOMPARE(profile.database, 3);
    QCOMPARE(profile.sentinelPasswordSource, PasswordSource::Keychain);
    button(shown.dialog, u"Connect"_s)->click();
    QCOMPARE(shown.wishes.at(0).known, KnownCredentials(u"S3cret"_s, u"Spy"_s));
}

void TestConnectionDialog::hasThePagesOfItsKind()
{
    Shown shown;
    auto* kind = named<QComboBox>(shown.dialog, u"Connect to"_s);
    QCOMPARE(titles(shown.dialog), QStringList({u"Connection"_s, u"TLS"_s, u"Keys"_s}));
    kind->setCurrentIndex(kind->findText(u"Sentinel"_s));
    QCOMPARE(titles(shown.dialog),
        QStringList({u"Connection"_s, u"Sentinels"_s, u"TLS"_s, u"TLS to Sentinels"_s, u"Keys"_s}));
    QVERIFY(named<QSpinBox>(shown.dialog, u"Database"_s)->isVisible());
    kind->setCurrentIndex(kind->findText(u"Cluster"_s));
    QCOMPARE(titles(shown.dialog), QStringList({u"Connection"_s, u"Cluster"_s, u"TLS"_s, u"Keys"_s}));
    QVERIFY(!named<QSpinBox>(shown.dialog, u"Database"_s)->isVisible());
    named<QLineEdit>(shown.dialog, u"More addresses"_s)->setText(u"b:1"_s);
    kind->setCurrentIndex(0);
    QVERIFY(shown.dialog.profile() == Profile());
}

void TestConnectionDialog::choosesTheUsualPort()
{
    Shown shown;
    auto* kind = named<QComboBox>(shown.dialog, u"Connect to"_s);
    kind->setCurrentIndex(kind->findText(u"Sentinel"_s));
    QCOMPARE(shown.dialog.profile().port, 26379);
    named<QSpinBox>(shown.dialog, u"Port"_s)->setValue(7001);
    kind->setCurrentIndex(kind->findText(u"Cluster"_s));
    QCOMPARE(shown.dialog.profile().port, 7001);
}

void TestConnectionDialog::givesTheSentinelsPassword()
{
    Profile profile = sentinelProfile();
    profile.id = u"id"_s;
    profile.sentinelPasswordSource = PasswordSource::Keychain;
    Shown shown(profile);
    button(shown.dialog, u"Save"_s)->click();
    QCOMPARE(shown.wishes.at(0).known.sentinelPassword, std::optional<QString>());
    Shown typed(profile);
    static_cast<void>(pageOf(typed.dialog, u"Sentinels"_s));
    QTest::keyClicks(named<PasswordField>(typed.dialog, u"Sentinels' password"_s), u"new"_s);
    button(typed.dialog, u"Save"_s)->click();
    QCOMPARE(typed.wishes.at(0).known.sentinelPassword, std::optional(u"new"_s));
}

void TestConnectionDialog::saysWhatIsWrongWithAUri()
{
    Shown shown;
    auto* uri = named<QLineEdit>(shown.dialog, u"URI"_s);
    paste(uri, u"redis://:S3cret@host:99999"_s);
    QVERIFY2(shownProblems(shown.dialog).contains(u"1 to 65535"_s), qPrintable(shownProblems(shown.dialog)));
    QVERIFY(!shownProblems(shown.dialog).contains(u"S3cret"_s));
    paste(uri, u"redis+ssh://a:1"_s);
    QVERIFY2(shownProblems(shown.dialog).contains(u"redis+ssh://"_s), qPrintable(shownProblems(shown.dialog)));
    QTest::keyClick(uri, Qt::Key_Backspace);
    QVERIFY(shownProblems(shown.dialog).isEmpty());
}

void TestConnectionDialog::keepsAHostTypedLetterByLetter()
{
    Shown shown;
    auto* host = named<QLineEdit>(shown.dialog, u"Host"_s);
    host->setFocus();
    host->selectAll();
    QTest::keyClicks(host, u"redis://cache:7"_s);
    QCOMPARE(host->text(), u"redis://cache:7"_s);
    QTest::keyClick(host, Qt::Key_Tab);
    QCOMPARE(shown.dialog.profile().address(), u"cache:7"_s);
}

void TestConnectionDialog::showsProblemsBesideTheirFields_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("focused");
    Profile profile;
    profile.host.clear();
    QTest::addRow("no host") << profile << u"host is missing"_s << u"Host"_s;
    profile.socketPath = u"run"_s;
    QTest::addRow("bad socket") << profile << u"begins with a slash"_s << u"Socket"_s;
    profile = {};
    profile.tls.enabled = true;
    profile.tls.caFile = u"/no/such/file"_s;
    QTest::addRow("no CA file, on another page") << profile << u"no file /no/such/file"_s << u"CA certificate"_s;
    profile.host.clear();
    Profile cluster = clusterProfile();
    cluster.seeds = {{u"a@b"_s, 1}};
    QTest::addRow("a seed's host") << cluster << u"without spaces"_s << u"More addresses"_s;
    cluster = clusterProfile();
    cluster.addressMap = {{u"10.0.0.7"_s, u""_s}};
    QTest::addRow("half an address map") << cluster << u"is not an address"_s << u"Address map"_s;
    Profile sentinel = sentinelProfile();
    sentinel.sentinelMaster.clear();
    QTest::addRow("no master's name") << sentinel << u"name of the master is missing"_s << u"Master name"_s;
    sentinel = sentinelProfile();
    sentinel.sentinelTls.caFile = u"/no/such/file"_s;
    QTest::addRow("no CA file of the Sentinels") << sentinel << u"no file /no/such/file"_s << u"CA certificate"_s;
    QTest::addRow("problems on two pages") << profile << u"host is missing"_s << u"Host"_s;
}

void TestConnectionDialog::showsProblemsBesideTheirFields()
{
    QFETCH(Profile, profile);
    QFETCH(QString, says);
    QFETCH(QString, focused);
    Shown shown(profile);
    button(shown.dialog, u"Connect"_s)->click();
    QVERIFY(shown.wishes.empty());
    QVERIFY(shown.dialog.isVisible());
    QVERIFY2(shownProblems(shown.dialog).contains(says), qPrintable(shownProblems(shown.dialog)));
    QVERIFY(QApplication::focusWidget());
    QCOMPARE(QApplication::focusWidget()->accessibleName(), focused);
    QVERIFY(QApplication::focusWidget()->isVisible());
}

void TestConnectionDialog::forgetsProblemsWhenTheFieldChanges()
{
    Profile profile;
    profile.host.clear();
    Shown shown(profile);
    button(shown.dialog, u"Save"_s)->click();
    QVERIFY(!shownProblems(shown.dialog).isEmpty());
    QTest::keyClicks(QApplication::focusWidget(), u"h"_s);
    QVERIFY(shownProblems(shown.dialog).isEmpty());
    button(shown.dialog, u"Save"_s)->click();
    QCOMPARE(shown.wishes.size(), 1U);
}

void TestConnectionDialog::savesWhatHasANameOrWasSaved_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("pressed");
    QTest::addColumn<bool>("saves");
    QTest::addRow("new, no name, connect") << u""_s << u""_s << u"Connect"_s << false;
    QTest::addRow("new, named, connect") << u""_s << u"shop"_s << u"Connect"_s << true;
    QTest::addRow("saved, no name, connect") << u"id"_s << u""_s << u"Connect"_s << true;
    QTest::addRow("new, no name, save") << u""_s << u""_s << u"Save"_s << true;
}

void TestConnectionDialog::savesWhatHasANameOrWasSaved()
{
    QFETCH(QString, id);
    QFETCH(QString, name);
    QFETCH(QString, pressed);
    Profile profile;
    profile.id = id;
    profile.name = name;
    Shown shown(profile);
    button(shown.dialog, pressed)->click();
    QCOMPARE(shown.wishes.size(), 1U);
    QTEST(shown.wishes.front().save, "saves");
    QCOMPARE(shown.wishes.front().connect, pressed == u"Connect"_s);
    QCOMPARE(shown.wishes.front().profile.id, id);
    QVERIFY(!shown.dialog.isVisible());
}

void TestConnectionDialog::keepsPasswordsOnlyWhereAKeychainIs_data()
{
    QTest::addColumn<bool>("keychain");
    QTest::addColumn<PasswordSource>("source");
    QTest::addRow("with a keychain") << true << PasswordSource::Keychain;
    QTest::addRow("without one") << false << PasswordSource::Asked;
}

void TestConnectionDialog::keepsPasswordsOnlyWhereAKeychainIs()
{
    QFETCH(bool, keychain);
    QFETCH(PasswordSource, source);
    Shown shown;
    shown.dialog.setKeychainAvailable(keychain);
    QCOMPARE(shown.dialog.profile().passwordSource, PasswordSource::None);
    auto* password = named<PasswordField>(shown.dialog, u"Password"_s);
    password->setFocus();
    QTest::keyClicks(password, u"pw"_s);
    QCOMPARE(shown.dialog.profile().passwordSource, source);
    button(shown.dialog, u"Connect"_s)->click();
    QCOMPARE(shown.wishes.at(0).known.password, std::optional(u"pw"_s));
}

void TestConnectionDialog::leavesAPasswordInTheKeychainAlone()
{
    Profile profile = fullProfile();
    profile.passwordSource = PasswordSource::Keychain;
    Shown shown(profile);
    button(shown.dialog, u"Save"_s)->click();
    QCOMPARE(shown.wishes.at(0).known.password, std::optional<QString>());
    QCOMPARE(shown.wishes.at(0).profile.passwordSource, PasswordSource::Keychain);
    Shown changed(profile);
    QTest::keyClicks(named<PasswordField>(changed.dialog, u"Password"_s), u"new"_s);
    button(changed.dialog, u"Save"_s)->click();
    QCOMPARE(changed.wishes.at(0).known.password, std::optional(u"new"_s));
}

void TestConnectionDialog::tellsWhatATestFound()
{
    Shown shown;
    QVERIFY(button(shown.dialog, u"Test"_s)->isHidden());
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    std::optional<QString> sentPassword;
    shown.dialog.setTest([&](const Profile& profile, const KnownCredentials& known) {
        sentPassword = known.password;
        promise = std::make_shared<QPromise<Result<QString>>>();
        promise->start();
        if (profile.host != u"127.0.0.1"_s) {
            promise->addResult(Result<QString>(Error{ErrorKind::Network, profile.address(), u"refused"_s}));
            promise->finish();
        }
        return promise->future();
    });
    auto* said = named<QLabel>(shown.dialog, u"Test result"_s);
    QTest::keyClicks(named<PasswordField>(shown.dialog, u"Password"_s), u"pw"_s);
    button(shown.dialog, u"Test"_s)->click();
    QCOMPARE(said->text(), u"Trying 127.0.0.1:6379…"_s);
    QVERIFY(!button(shown.dialog, u"Test"_s)->isEnabled());
    promise->addResult(Result<QString>(u"Redis 7.0.15, 12 keys"_s));
    promise->finish();
    shown.dialog.setKeychainAvailable(false); // found out late: the answer is about the same server still
    QTRY_COMPARE(said->text(), u"Redis 7.0.15, 12 keys"_s);
    QCOMPARE(sentPassword, std::optional(u"pw"_s));
    named<QLineEdit>(shown.dialog, u"Host"_s)->setText(u"other"_s);
    QVERIFY(said->text().isEmpty());
    button(shown.dialog, u"Test"_s)->click();
    QTRY_VERIFY2(said->text().contains(u"other:6379 can't be reached"_s), qPrintable(said->text()));
    QVERIFY(button(shown.dialog, u"Test"_s)->isEnabled());
}

void TestConnectionDialog::dropsATestThatIsNoLongerAbout()
{
    Shown shown;
    QPromise<Result<QString>> promise;
    promise.start();
    shown.dialog.setTest([&promise](const Profile&, const KnownCredentials&) { return promise.future(); });
    button(shown.dialog, u"Test"_s)->click();
    named<QSpinBox>(shown.dialog, u"Port"_s)->setValue(7);
    QVERIFY(promise.isCanceled());
    QVERIFY(button(shown.dialog, u"Test"_s)->isEnabled());
    promise.addResult(Result<QString>(u"late"_s));
    promise.finish();
    QPromise<Result<QString>> second;
    second.start();
    shown.dialog.setTest([&second](const Profile&, const KnownCredentials&) { return second.future(); });
    button(shown.dialog, u"Test"_s)->click();
    second.addResult(Result<QString>(u"second"_s));
    second.finish();
    QTRY_COMPARE(named<QLabel>(shown.dialog, u"Test result"_s)->text(), u"second"_s);
}

void TestConnectionDialog::hidesThePassword()
{
    Shown shown;
    auto* password = named<PasswordField>(shown.dialog, u"Password"_s);
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    password->actions().constFirst()->trigger();
    QCOMPARE(password->echoMode(), QLineEdit::Normal);
    password->actions().constFirst()->trigger();
    QCOMPARE(password->echoMode(), QLineEdit::Password);
}

void TestConnectionDialog::warnsAboutUnverifiedTls()
{
    Profile profile;
    profile.tls.enabled = true;
    Shown shown(profile);
    QWidget* page = pageOf(shown.dialog, u"TLS"_s);
    QLabel* warning = nullptr;
    QCheckBox* verify = nullptr;
    for (QLabel* label : page->findChildren<QLabel*>()) {
        warning = label->text().contains(u"anyone on the way"_s) ? label : warning;
    }
    for (QCheckBox* box : page->findChildren<QCheckBox*>()) {
        verify = box->text().contains(u"certificate"_s) ? box : verify;
    }
    QVERIFY(warning && verify);
    QVERIFY(verify->isChecked());
    QVERIFY(!warning->isVisible());
    verify->click();
    QVERIFY(warning->isVisible());
    QVERIFY(!shown.dialog.profile().tls.verify);
}

void TestConnectionDialog::hasNoTlsOnASocket()
{
    Shown shown(fullProfile());
    QVERIFY(shown.dialog.profile().tls.enabled);
    named<QComboBox>(shown.dialog, u"Connect to"_s)->setCurrentIndex(1);
    QVERIFY(!shown.dialog.profile().tls.enabled);
    button(shown.dialog, u"Save"_s)->click();
    QCOMPARE(shownProblems(shown.dialog), u"The path of the socket is missing."_s);
    named<QComboBox>(shown.dialog, u"Connect to"_s)->setCurrentIndex(0);
    QVERIFY(shown.dialog.profile().tls.enabled);
}

void TestConnectionDialog::connectsByReturn()
{
    Shown shown;
    auto* host = named<QLineEdit>(shown.dialog, u"Host"_s);
    host->setFocus();
    QTest::keyClick(host, Qt::Key_Return);
    QCOMPARE(shown.wishes.size(), 1U);
    QVERIFY(shown.wishes.front().connect);
}

void TestConnectionDialog::namesEveryField()
{
    const Shown shown;
    for (const QWidget* widget : shown.dialog.findChildren<QWidget*>()) {
        const bool isField = qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget)
            || qobject_cast<const QSpinBox*>(widget) || qobject_cast<const QToolButton*>(widget);
        const bool isPart = widget->objectName().startsWith(u"qt_"_s) // inside of a spin box
            || qobject_cast<const QLineEdit*>(widget->parentWidget()) || widget->parentWidget()->inherits("QTabBar");
        QVERIFY2(!isField || isPart || !widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
}

void TestConnectionDialog::hasNoMnemonicTwice_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addRow("single server") << Profile();
    QTest::addRow("cluster") << clusterProfile();
    QTest::addRow("Sentinel") << sentinelProfile();
}

void TestConnectionDialog::hasNoMnemonicTwice()
{
    QFETCH(Profile, profile);
    const Shown shown(profile);
    auto* pages = shown.dialog.findChild<QTabWidget*>();
    for (int page = 0; page < pages->count(); ++page) {
        if (!pages->isTabVisible(page)) {
            continue;
        }
        pages->setCurrentIndex(page);
        QStringList texts;
        for (int tab = 0; tab < pages->count(); ++tab) {
            texts.append(pages->isTabVisible(tab) ? pages->tabText(tab) : QString());
        }
        for (const QWidget* widget : shown.dialog.findChildren<QWidget*>()) {
            const QVariant text = widget->property("text");
            const bool hasMnemonic = widget->inherits("QAbstractButton") || widget->inherits("QLabel");
            if (hasMnemonic && widget->isVisible()) {
                texts.append(text.toString());
            }
        }
        QStringList keys;
        for (const QString& text : std::as_const(texts)) {
            const qsizetype at = text.indexOf(u'&');
            if (at >= 0) {
                keys.append(text.mid(at + 1, 1).toLower());
            }
        }
        QVERIFY(keys.size() > 5);
        const QString all = keys.join(u' ');
        QVERIFY2(keys.removeDuplicates() == 0, qPrintable(all));
    }
}

void TestConnectionDialog::walksThroughTheFieldsInOrder()
{
    const Shown shown;
    named<QLineEdit>(shown.dialog, u"URI"_s)->setFocus();
    QStringList order;
    for (int i = 0; i < 10; ++i) {
        order.append(QApplication::focusWidget()->accessibleName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(order,
        QStringList({u"URI"_s, u"Name"_s, u"Connect to"_s, u"Host"_s, u"Port"_s, u"User"_s, u"Password"_s,
            u"Keep password"_s, u"Database"_s, u"Environment"_s}));
}

void TestConnectionDialog::keepsPictures()
{
    for (const bool dark : {false, true}) {
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        const QString theme = dark ? u"dark"_s : u"light"_s;
        Shown fresh;
        fresh.dialog.setTest([](const Profile&, const KnownCredentials&) { return QFuture<Result<QString>>(); });
        test::keepPicture(fresh.dialog.grab(), u"connection-new-"_s + theme);
        Profile profile = fullProfile();
        profile.tls.caFile = u"/etc/ssl/shop-ca.pem"_s;
        Shown full(profile);
        full.dialog.setTest([](const Profile& tried, const KnownCredentials&) {
            QPromise<Result<QString>> promise;
            promise.start();
            promise.addResult(Result<QString>(Error{ErrorKind::Network, tried.address(), u"Connection refused"_s}));
            promise.finish();
            return promise.future();
        });
        button(full.dialog, u"Connect"_s)->click();
        test::keepPicture(full.dialog.grab(), u"connection-tls-"_s + theme);
        for (FileField* file : full.dialog.findChildren<FileField*>()) {
            file->setPath({});
        }
        full.dialog.findChild<QTabWidget*>()->setCurrentIndex(0);
        button(full.dialog, u"Test"_s)->click();
        auto* said = named<QLabel>(full.dialog, u"Test result"_s);
        QTRY_VERIFY(said->text().contains(u"refused"_s));
        test::keepPicture(full.dialog.grab(), u"connection-failed-"_s + theme);
        static_cast<void>(pageOf(full.dialog, u"Keys"_s));
        test::keepPicture(full.dialog.grab(), u"connection-keys-"_s + theme);
        Shown cluster(clusterProfile());
        static_cast<void>(pageOf(cluster.dialog, u"Cluster"_s));
        test::keepPicture(cluster.dialog.grab(), u"connection-cluster-"_s + theme);
        Shown sentinel(sentinelProfile());
        static_cast<void>(pageOf(sentinel.dialog, u"Sentinels"_s));
        test::keepPicture(sentinel.dialog.grab(), u"connection-sentinels-"_s + theme);
        named<QLineEdit>(fresh.dialog, u"Host"_s)->clear();
        button(fresh.dialog, u"Connect"_s)->click();
        const auto* host = named<QLineEdit>(fresh.dialog, u"Host"_s);
        QTRY_VERIFY(host->height() >= host->sizeHint().height());
        test::keepPicture(fresh.dialog.grab(), u"connection-problem-"_s + theme);
    }
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const Theme theme;
    TestConnectionDialog test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_connectiondialog.moc"
