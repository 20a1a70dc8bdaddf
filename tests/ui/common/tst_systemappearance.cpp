// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/systemappearance.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QObject>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

/// Stands on the bus where a desktop's portal would: our own end of the protocol, spoken over a real bus.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    Portal()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    ~Portal() override { QDBusConnection::sessionBus().unregisterService(u"org.freedesktop.portal.Desktop"_s); }

    void change(const QString& key, uint scheme)
    {
        m_scheme = scheme;
        Q_EMIT SettingChanged(u"org.freedesktop.appearance"_s, key, QDBusVariant(scheme));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString& space, const QString& key)
    {
        const bool asked = space == u"org.freedesktop.appearance"_s && key == u"color-scheme"_s;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(asked ? m_scheme : 99U)));
    }

Q_SIGNALS:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    uint m_scheme = 0;
};

/// Runs itself again on a private session bus, where its other tests find what they need.
class TestSystemAppearance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasNoAnswerWithoutABus();
    void speaksWithAPortal();
};

class TestWithBus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasNoAnswerWithoutAPortal();
    void readsWhatTheDesktopPrefers_data();
    void readsWhatTheDesktopPrefers();
    void followsChanges();
    void themeFollowsTheDesktop();
};

void TestSystemAppearance::hasNoAnswerWithoutABus()
{
    const SystemAppearance appearance;
    QVERIFY(!appearance.prefersDark());
}

void TestSystemAppearance::speaksWithAPortal()
{
    if (QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()) {
        QSKIP("needs dbus-run-session (package dbus)");
    }
    QProcess inner;
    inner.setProcessChannelMode(QProcess::MergedChannels);
    inner.start(u"dbus-run-session"_s, {u"--"_s, QCoreApplication::applicationFilePath(), u"--inner"_s});
    QVERIFY(inner.waitForFinished(60'000));
    QVERIFY2(inner.exitCode() == 0, inner.readAll().constData());
}

void TestWithBus::hasNoAnswerWithoutAPortal()
{
    const SystemAppearance appearance;
    QSignalSpy changes(&appearance, &SystemAppearance::changed);
    QVERIFY(!appearance.prefersDark());
    QVERIFY(changes.isEmpty());
}

void TestWithBus::readsWhatTheDesktopPrefers_data()
{
    QTest::addColumn<uint>("scheme");
    QTest::addColumn<std::optional<bool>>("prefersDark");
    QTest::addRow("dark") << 1U << std::optional(true);
    QTest::addRow("light") << 2U << std::optional(false);
    QTest::addRow("no preference") << 0U << std::optional<bool>();
    QTest::addRow("a value from the future") << 7U << std::optional<bool>();
}

void TestWithBus::readsWhatTheDesktopPrefers()
{
    QFETCH(uint, scheme);
    QFETCH(std::optional<bool>, prefersDark);
    Portal portal;
    portal.change(u"color-scheme"_s, 1);
    SystemAppearance appearance;
    QTRY_COMPARE(appearance.prefersDark(), std::optional(true));
    portal.change(u"color-scheme"_s, scheme);
    QTRY_COMPARE(appearance.prefersDark(), prefersDark);
}

void TestWithBus::followsChanges()
{
    Portal portal;
    portal.change(u"color-scheme"_s, 2);
    SystemAppearance appearance;
    QTRY_COMPARE(appearance.prefersDark(), std::optional(false));
    QSignalSpy changes(&appearance, &SystemAppearance::changed);
    portal.change(u"accent-color"_s, 1);
    portal.change(u"color-scheme"_s, 1);
    QTRY_COMPARE(appearance.prefersDark(), std::optional(true));
    QCOMPARE(changes.count(), 1);
}

void TestWithBus::themeFollowsTheDesktop()
{
    Portal portal;
    portal.change(u"color-scheme"_s, 1);
    QApplication::setPalette(lightPalette());
    Theme theme;
    theme.choose(ThemeChoice::System);
    QTRY_VERIFY(theme.isDarkNow());
    portal.change(u"color-scheme"_s, 2);
    QTRY_VERIFY(!theme.isDarkNow());
    theme.choose(ThemeChoice::Light);
    portal.change(u"color-scheme"_s, 1);
    SystemAppearance fence; // its answer comes behind the change that must do nothing
    QTRY_COMPARE(fence.prefersDark(), std::optional(true));
    QVERIFY(!theme.isDarkNow());
}

int main(int argc, char** argv)
{
    const bool isInner = argc > 1 && qstrcmp(argv[1], "--inner") == 0;
    if (!isInner) {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    }
    QApplication application(argc, argv);
    if (isInner) {
        TestWithBus test;
        return QTest::qExec(&test, {u"inner"_s});
    }
    TestSystemAppearance test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_systemappearance.moc"
