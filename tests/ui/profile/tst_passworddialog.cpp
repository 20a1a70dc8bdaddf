// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/picture.h"
#include "ui/common/theme.h"
#include "ui/profile/passworddialog.h"
#include "ui/profile/passwordfield.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestPasswordDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItIsFor_data();
    void saysWhatItIsFor();
    void givesThePasswordByReturn();
    void givesNothingWhenCancelled();
    void offersTheKeychainOnlyWhereOneIs();
    void asksForWhatIsNotKnown_data();
    void asksForWhatIsNotKnown();
    void keepsPictures();
};

namespace {

Profile shop()
{
    Profile profile;
    profile.name = u"shop"_s;
    profile.host = u"cache.example"_s;
    return profile;
}

QString textsOf(const QWidget& dialog)
{
    QStringList texts;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        if (!label->isHidden()) {
            texts.append(label->text());
        }
    }
    return texts.join(u'|');
}

} // namespace

void TestPasswordDialog::saysWhatItIsFor_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("says");
    Profile profile = shop();
    QTest::addRow("named") << profile << u""_s << u"Password for shop (cache.example:6379)"_s;
    profile.user = u"bob"_s;
    QTest::addRow("of a user") << profile << u""_s << u"Password of bob for shop (cache.example:6379)"_s;
    profile.name.clear();
    QTest::addRow("refused before") << profile << u"The last one was refused."_s
                                    << u"The last one was refused.|Password of bob for cache.example:6379"_s;
}

void TestPasswordDialog::saysWhatItIsFor()
{
    QFETCH(Profile, profile);
    QFETCH(QString, why);
    const PasswordDialog dialog(profile, why, true, {});
    QTEST(textsOf(dialog), "says");
}

void TestPasswordDialog::givesThePasswordByReturn()
{
    PasswordDialog dialog(shop(), {}, true, {});
    QSignalSpy entered(&dialog, &PasswordDialog::entered);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QTest::keyClicks(QApplication::focusWidget(), u"pw"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.at(0).at(0).value<Credentials>(), (Credentials{u"pw"_s, {}}));
    QCOMPARE(entered.at(0).at(1).toBool(), false);
    QVERIFY(!dialog.isVisible());
}

void TestPasswordDialog::givesNothingWhenCancelled()
{
    PasswordDialog dialog(shop(), {}, true, {});
    QSignalSpy entered(&dialog, &PasswordDialog::entered);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QTest::keyClicks(QApplication::focusWidget(), u"pw"_s);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
    QVERIFY(entered.isEmpty());
}

void TestPasswordDialog::offersTheKeychainOnlyWhereOneIs()
{
    Profile profile = shop();
    profile.passwordSource = PasswordSource::Keychain;
    PasswordDialog with(profile, {}, true, {});
    QVERIFY(!with.findChild<QCheckBox*>()->isHidden());
    QVERIFY(with.keepsInKeychain());
    PasswordDialog without(profile, {}, false, {});
    QVERIFY(without.findChild<QCheckBox*>()->isHidden());
    QVERIFY(!without.keepsInKeychain());
}

void TestPasswordDialog::asksForWhatIsNotKnown_data()
{
    QTest::addColumn<bool>("server");
    QTest::addColumn<bool>("sentinels");
    QTest::addColumn<QString>("says");
    QTest::addRow("both") << true << true
                          << u"Password for shop (main at sentinel cache.example:6379)|"
                             "Password of spy for the Sentinels themselves"_s;
    QTest::addRow("the Sentinels' only") << false << true << u"Password of spy for the Sentinels themselves"_s;
}

void TestPasswordDialog::asksForWhatIsNotKnown()
{
    QFETCH(bool, server);
    QFETCH(bool, sentinels);
    Profile profile = shop();
    profile.kind = ProfileKind::Sentinel;
    profile.sentinelMaster = u"main"_s;
    profile.sentinelUser = u"spy"_s;
    PasswordDialog dialog(profile, {}, true, {server, sentinels});
    QTEST(textsOf(dialog), "says");
    QSignalSpy entered(&dialog, &PasswordDialog::entered);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    if (server) {
        QTest::keyClicks(QApplication::focusWidget(), u"pw"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QTest::keyClicks(QApplication::focusWidget(), u"spypw"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.at(0).at(0).value<Credentials>(), (Credentials{server ? u"pw"_s : QString(), u"spypw"_s}));
}

void TestPasswordDialog::keepsPictures()
{
    for (const bool dark : {false, true}) {
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        PasswordDialog dialog(shop(), u"The server did not accept the last one."_s, true, {});
        dialog.findChild<PasswordField*>()->setText(u"secret"_s);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        test::keepPicture(dialog.grab(), dark ? u"password-dark"_s : u"password-light"_s);
    }
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const Theme theme;
    TestPasswordDialog test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_passworddialog.moc"
