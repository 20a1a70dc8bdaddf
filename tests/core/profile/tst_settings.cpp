// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/settings.h"

#include <QFile>
#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsWithDefaults();
    void keepsEverySetting();
    void tellsOfChangesOnce();
    void bringsTheFontIntoBounds_data();
    void bringsTheFontIntoBounds();
    void readsBadValuesAsDefaults();
    void keepsWhatItDoesNotKnow();
    void keepsTheNewestPatternsPerProfile();
    void forgetsAProfile();
    void keepsLayoutsAsBytes();
    void tellsOnceThatNothingCanBeWritten();
    void programsAreKeptAndOffByDefault();
};

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

void TestSettings::startsWithDefaults()
{
    const QTemporaryDir folder;
    const Settings settings(folder.path());
    QCOMPARE(settings.separator(), u":"_s);
    QCOMPARE(settings.pace(), ScanPace::Full);
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QVERIFY(settings.showsMemory());
    QCOMPARE(settings.memoryCap(), 50);
    QVERIFY(!settings.fontSize());
    QVERIFY(settings.asks(Question::CloseWithRunningWork));
    QVERIFY(settings.asks(Question::LoadLargeValue));
    QVERIFY(settings.naturalOrder());
    QVERIFY(settings.foldsSingleKeys());
    QVERIFY(settings.openSessions().isEmpty());
    QVERIFY(!settings.trouble());
    QVERIFY(!QFile::exists(folder.filePath(u"settings.json"_s)));
}

void TestSettings::keepsEverySetting()
{
    const QTemporaryDir folder;
    {
        Settings settings(folder.path());
        settings.setSeparator({});
        settings.setPace(ScanPace::Balanced);
        settings.setTheme(ThemeChoice::Dark);
        settings.setShowsMemory(false);
        settings.setMemoryCap(30);
        settings.setFontSize(12);
        settings.setAsks(Question::LoadLargeValue, false);
        settings.setNaturalOrder(false);
        settings.setFoldsSingleKeys(false);
        settings.setOpenSessions({u"a"_s, u"b"_s});
    }
    const Settings settings(folder.path());
    QCOMPARE(settings.separator(), QString());
    QCOMPARE(settings.pace(), ScanPace::Balanced);
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
    QVERIFY(!settings.showsMemory());
    QCOMPARE(settings.memoryCap(), 30);
    QCOMPARE(settings.fontSize(), std::optional(12));
    QVERIFY(settings.asks(Question::CloseWithRunningWork));
    QVERIFY(!settings.asks(Question::LoadLargeValue));
    QVERIFY(!settings.naturalOrder());
    QVERIFY(!settings.foldsSingleKeys());
    QCOMPARE(settings.openSessions(), QStringList({u"a"_s, u"b"_s}));
}

void TestSettings::tellsOfChangesOnce()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    QSignalSpy changes(&settings, &Settings::changed);
    settings.setTheme(ThemeChoice::Dark);
    settings.setTheme(ThemeChoice::Dark);
    QCOMPARE(changes.count(), 1);
    settings.setAsks(Question::LoadLargeValue, false);
    settings.setAsks(Question::LoadLargeValue, false);
    QCOMPARE(changes.count(), 2);
    settings.setFontSize({});
    settings.setLayout(u"window"_s, "bytes");
    settings.addRecentPattern({}, u"a*"_s);
    QCOMPARE(changes.count(), 2);
}

void TestSettings::bringsTheFontIntoBounds_data()
{
    QTest::addColumn<std::optional<int>>("set");
    QTest::addColumn<std::optional<int>>("got");
    QTest::addRow("system's") << std::optional<int>() << std::optional<int>();
    QTest::addRow("usual") << std::optional(11) << std::optional(11);
    QTest::addRow("too small") << std::optional(0) << std::optional(Settings::smallestFont);
    QTest::addRow("too large") << std::optional(1000) << std::optional(Settings::largestFont);
}

void TestSettings::bringsTheFontIntoBounds()
{
    QFETCH(std::optional<int>, set);
    const QTemporaryDir folder;
    Settings settings(folder.path());
    settings.setFontSize(20);
    settings.setFontSize(set);
    QTEST(settings.fontSize(), "got");
}

void TestSettings::readsBadValuesAsDefaults()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"settings.json"_s),
        R"({"separator": 7, "pace": "warp", "theme": [], "fontSize": 4000, "memoryColumn": "yes", "recentPatterns": 3,
            "openSessions": [1, "a", null], "layouts": {"window": 5}, "confirmations": "none"})");
    const Settings settings(folder.path());
    QCOMPARE(settings.separator(), u":"_s);
    QCOMPARE(settings.pace(), ScanPace::Full);
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QVERIFY(!settings.fontSize());
    QVERIFY(settings.showsMemory());
    QVERIFY(settings.recentPatterns(u"a"_s).isEmpty());
    QCOMPARE(settings.openSessions(), QStringList({u"a"_s}));
    QVERIFY(settings.layout(u"window"_s).isEmpty());
    QVERIFY(settings.asks(Question::LoadLargeValue));
}

void TestSettings::keepsWhatItDoesNotKnow()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    write(path, R"({"later": {"deep": 1}, "theme": "sepia"})");
    Settings(folder.path()).setShowsMemory(false);
    JsonFile file(path);
    QVERIFY(file.load());
    QCOMPARE(file.content()[u"later"_s], (QJsonObject{{u"deep"_s, 1}}));
    QCOMPARE(file.content()[u"theme"_s].toString(), u"sepia"_s);
}

void TestSettings::keepsTheNewestPatternsPerProfile()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    for (int i = 0; i < Settings::keptPatterns + 5; ++i) {
        settings.addRecentPattern(u"a"_s, u"p:%1"_s.arg(i));
    }
    settings.addRecentPattern(u"a"_s, u"p:10"_s);
    settings.addRecentPattern(u"a"_s, {});
    settings.addRecentPattern(u"b"_s, u"other"_s);
    const QStringList patterns = Settings(folder.path()).recentPatterns(u"a"_s);
    QCOMPARE(patterns.size(), Settings::keptPatterns);
    QCOMPARE(patterns.first(2), QStringList({u"p:10"_s, u"p:24"_s}));
    QCOMPARE(patterns.count(u"p:10"_s), 1);
    QCOMPARE(settings.recentPatterns(u"b"_s), QStringList({u"other"_s}));
}

void TestSettings::forgetsAProfile()
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    settings.addRecentPattern(u"a"_s, u"x"_s);
    settings.addRecentPattern(u"b"_s, u"y"_s);
    settings.setOpenSessions({u"a"_s, u"b"_s});
    settings.forgetProfile(u"a"_s);
    QVERIFY(settings.recentPatterns(u"a"_s).isEmpty());
    QCOMPARE(settings.recentPatterns(u"b"_s), QStringList({u"y"_s}));
    QCOMPARE(settings.openSessions(), QStringList({u"b"_s}));
}

void TestSettings::keepsLayoutsAsBytes()
{
    const QTemporaryDir folder;
    const QByteArray bytes("\0\x01\xff geometry", 12);
    Settings(folder.path()).setLayout(u"window"_s, bytes);
    QCOMPARE(Settings(folder.path()).layout(u"window"_s), bytes);
}

void TestSettings::tellsOnceThatNothingCanBeWritten()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"file"_s), "in the way");
    Settings settings(folder.filePath(u"file/keyglass"_s));
    QSignalSpy troubles(&settings, &Settings::troubled);
    settings.setTheme(ThemeChoice::Dark);
    settings.setShowsMemory(false);
    QCOMPARE(troubles.count(), 1);
    QCOMPARE(settings.trouble()->kind, ErrorKind::File);
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
    QVERIFY(!settings.showsMemory());
}

void TestSettings::programsAreKeptAndOffByDefault()
{
    const QTemporaryDir folder;
    const std::vector<ExternalCommand> commands{
        {u"mine"_s, u"/usr/bin/mine"_s, {u"-d"_s, u"two words"_s}, u"/usr/bin/mine"_s, {u"-e"_s}},
        {u"other"_s, u"other"_s, {}, {}, {}}};
    {
        Settings settings(folder.path());
        QVERIFY(!settings.allowsExternalDecoders());
        QVERIFY(settings.externalDecoders().empty());
        settings.setExternalDecoders(commands);
        settings.setAllowsExternalDecoders(true);
    }
    const Settings settings(folder.path());
    QVERIFY(settings.allowsExternalDecoders());
    QVERIFY(settings.externalDecoders() == commands);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
