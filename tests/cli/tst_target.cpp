// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/target.h"
#include "core/base/errortext.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::cli;
using namespace Qt::StringLiterals;

namespace {

/// The options of `words` as they stand on the command line.
Options optionsOf(std::vector<std::string> words)
{
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    return *Options::parse(pointers, targetOptions());
}

} // namespace

class TestTarget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void findsThePasswords_data();
    void findsThePasswords();
    void namesAProfileOfANewerVersion();
    void tellsThatTheProfilesAreDamaged();
};

void TestTarget::cleanup()
{
    qunsetenv("KEYGLASS_PASSWORD");
    qunsetenv("KEYGLASS_SENTINEL_PASSWORD");
}

void TestTarget::findsThePasswords_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QByteArray>("sentinelVariable");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("sentinels");
    QTest::addRow("none") << "redis+sentinel://h/main"_ba << ""_ba << ""_ba << u""_s << u""_s;
    QTest::addRow("in the URI") << "redis+sentinel://:a@h/main?sentinel-password=b"_ba << ""_ba << ""_ba << u"a"_s
                                << u"b"_s;
    QTest::addRow("in the environment") << "redis+sentinel://h/main"_ba << "a"_ba << "b"_ba << u"a"_s << u"b"_s;
    QTest::addRow("the environment is before the URI")
        << "redis+sentinel://:a@h/main?sentinel-password=b"_ba << "c"_ba << "d"_ba << u"c"_s << u"d"_s;
    QTest::addRow("one is not the other's") << "redis+sentinel://:a@h/main"_ba << ""_ba << ""_ba << u"a"_s << u""_s;
    QTest::addRow("no Sentinels") << "redis+cluster://:a@h"_ba << ""_ba << "b"_ba << u"a"_s << u""_s;
}

void TestTarget::findsThePasswords()
{
    QFETCH(QByteArray, uri);
    QFETCH(QByteArray, variable);
    QFETCH(QByteArray, sentinelVariable);
    if (!variable.isEmpty()) {
        qputenv("KEYGLASS_PASSWORD", variable);
    }
    if (!sentinelVariable.isEmpty()) {
        qputenv("KEYGLASS_SENTINEL_PASSWORD", sentinelVariable);
    }
    const Options options = optionsOf({"--uri", uri.toStdString()});
    const auto target = namedTarget(options);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    const auto passwords = passwordsFor(options, *target);
    QVERIFY(passwords);
    QTEST(passwords->password, "server");
    QTEST(passwords->sentinelPassword, "sentinels");
}

void TestTarget::namesAProfileOfANewerVersion()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"profiles.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"profiles": [{"id": "x", "name": "far", "kind": "hive"}]})");
    file.close();
    const auto of = [&folder](const char* name) {
        return namedTarget(optionsOf({"--profile", name, "--config-dir", folder.path().toStdString()}));
    };
    QVERIFY(!of("far") && !of("none"));
    QCOMPARE(of("far").error().kind, ErrorKind::Unsupported);
    QCOMPARE(of("none").error().kind, ErrorKind::Input);
}

void TestTarget::tellsThatTheProfilesAreDamaged()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"profiles.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{no JSON");
    file.close();
    const auto target = namedTarget(optionsOf({"--profile", "shop", "--config-dir", folder.path().toStdString()}));
    QVERIFY(!target);
    QCOMPARE(target.error().kind, ErrorKind::File);
    const QString text = errorText(target.error());
    QVERIFY2(text.contains(u"profiles.json"_s) && text.contains(u"damaged"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestTarget)
#include "tst_target.moc"
