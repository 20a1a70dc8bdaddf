// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program with its window, without a display, a desktop or a home.
#include "tests/servers/redisserver.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms: where much else runs, a start alone takes seconds

/// The program with a bare environment: no D-Bus, no home, a temporary folder of its own.
class Program {
public:
    explicit Program(const QStringList& arguments, const QString& configDir = {})
    {
        QStringList all = arguments;
        if (!configDir.isEmpty()) {
            all << u"--config-dir"_s << configDir;
        }
        m_process.setEnvironment({u"QT_QPA_PLATFORM=offscreen"_s, u"LC_ALL=C.UTF-8"_s, u"PATH=/usr/bin:/bin"_s,
            u"TMPDIR="_s + m_temporary.path(), u"XDG_RUNTIME_DIR="_s + m_temporary.path()});
        m_process.start(QStringLiteral(KEYGLASS_PROGRAM), all);
    }
    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] QProcess& process() { return m_process; }
    [[nodiscard]] QString demoSocket() const
    {
        const QStringList folders = QDir(m_temporary.path()).entryList({u"keyglass-demo-*"_s}, QDir::Dirs);
        return folders.isEmpty() ? QString() : m_temporary.filePath(folders.first() + u"/s"_s);
    }
    [[nodiscard]] bool hasDemoFolder() const { return !demoSocket().isEmpty(); }
    /// Nothing where it has ended: number 0 would be this test's whole group.
    void send(int number) const
    {
        if (const auto process = static_cast<pid_t>(m_process.processId()); process > 0) {
            ::kill(process, number);
        }
    }

private:
    QTemporaryDir m_temporary;
    QProcess m_process;
};

} // namespace

class TestWindowProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsWithNothingAroundAndEndsOnASignal_data();
    void startsWithNothingAroundAndEndsOnASignal();
    void removesTheDemoHoweverItEnds_data();
    void removesTheDemoHoweverItEnds();
    void tellsBadUsageWithoutADisplay();
    void saysThatAProfileIsNotThere();
};

void TestWindowProgram::startsWithNothingAroundAndEndsOnASignal_data()
{
    QTest::addColumn<QString>("configDir");
    QTest::addColumn<int>("signal");
    QTest::addRow("no config folder") << QString() << SIGTERM;
    QTest::addRow("a config folder that can't be made") << u"/proc/nowhere"_s << SIGTERM;
    QTest::addRow("Ctrl+C") << QString() << SIGINT;
}

void TestWindowProgram::startsWithNothingAroundAndEndsOnASignal()
{
    QFETCH(QString, configDir);
    QFETCH(int, signal);
    const auto server = RedisServer::start();
    Program program({u"--uri"_s, u"redis+unix://"_s + server->socketPath()}, configDir);
    QVERIFY(program.process().waitForStarted());
    // It is up once it has connected.
    QTRY_VERIFY_WITH_TIMEOUT(server->command({"CLIENT", "LIST"}).find("name=keyglass") != std::string::npos, patience);
    program.send(signal);
    QVERIFY(program.process().waitForFinished(patience));
    QCOMPARE(program.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.process().exitCode(), 0);
}

void TestWindowProgram::removesTheDemoHoweverItEnds_data()
{
    QTest::addColumn<int>("signal");
    QTest::addRow("asked to end") << SIGTERM;
    QTest::addRow("killed") << SIGKILL;
}

void TestWindowProgram::removesTheDemoHoweverItEnds()
{
    QFETCH(int, signal);
    Program program({u"--demo"_s});
    QVERIFY(program.process().waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(program.demoSocket()), patience);
    program.send(signal);
    QVERIFY(program.process().waitForFinished(patience));
    QTRY_VERIFY_WITH_TIMEOUT(!program.hasDemoFolder(), patience);
}

void TestWindowProgram::tellsBadUsageWithoutADisplay()
{
    QProcess process;
    process.setEnvironment({u"PATH=/usr/bin:/bin"_s});
    process.start(QStringLiteral(KEYGLASS_PROGRAM), {u"--frobnicate"_s});
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitCode(), 2);
    const QByteArray words = process.readAllStandardError();
    QVERIFY2(words.startsWith("keyglass: --frobnicate is not known"), words.constData());
    QVERIFY(words.contains("--profile NAME"));
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void TestWindowProgram::saysThatAProfileIsNotThere()
{
    const QTemporaryDir folder;
    Program program({u"--profile"_s, u"nobody"_s}, folder.path());
    QVERIFY(program.process().waitForFinished(patience));
    QCOMPARE(program.process().exitCode(), 2);
    const QByteArray words = program.process().readAllStandardError();
    QVERIFY2(words.contains("nobody"), words.constData());
}

QTEST_GUILESS_MAIN(TestWindowProgram)
#include "tst_windowprogram.moc"
