// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/arrows.h"

#include <QDirIterator>
#include <QFile>
#include <QObject>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const QString root = QStringLiteral(KEYGLASS_SOURCE_DIR);

QStringList sourcesOf(const QString& folder)
{
    QStringList files;
    QDirIterator all(root + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        files.append(all.next().mid(root.size() + 1));
    }
    files.sort();
    return files;
}

QStringList linesOf(const QString& file)
{
    QFile source(root + u'/' + file);
    return source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()).split(u'\n') : QStringList();
}

QStringList objectionsTo(const QString& file)
{
    QStringList objections;
    const QStringList lines = linesOf(file);
    if (lines.value(0) != u"// SPDX-License-Identifier: GPL-3.0-or-later"_s) {
        objections.append(u"%1:1: the licence is missing"_s.arg(file));
    }
    for (qsizetype at = 0; at < lines.size(); ++at) {
        if (const QString why = objection(file, lines[at]); !why.isEmpty()) {
            objections.append(u"%1:%2: %3"_s.arg(file).arg(at + 1).arg(why));
        }
    }
    return objections;
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileKeepsToTheTable_data();
    void everyFileKeepsToTheTable();
    void seesWhatBreaksTheTable_data();
    void seesWhatBreaksTheTable();
};

void TestLayering::everyFileKeepsToTheTable_data()
{
    QTest::addColumn<QString>("part");
    QTest::addRow("core") << u"core"_s;
    QTest::addRow("ui") << u"ui"_s;
    QTest::addRow("app") << u"app"_s;
}

void TestLayering::everyFileKeepsToTheTable()
{
    QFETCH(QString, part);
    const QStringList files = sourcesOf(part);
    QVERIFY(!files.isEmpty());
    QStringList objections;
    for (const QString& file : files) {
        objections += objectionsTo(file);
    }
    QVERIFY2(objections.isEmpty(), qPrintable(objections.join(u'\n')));
}

void TestLayering::seesWhatBreaksTheTable_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isRefused");
    const auto add = [](const char* name, const QString& file, const QString& line, bool isRefused) {
        QTest::addRow("%s", name) << file << line << isRefused;
    };
    add("down", u"core/scan/a.cpp"_s, u"#include \"core/source/lane.h\""_s, false);
    add("its own", u"core/index/a.cpp"_s, u"#include \"core/index/run.h\""_s, false);
    add("up", u"core/net/a.cpp"_s, u"#include \"core/source/lane.h\""_s, true);
    add("aside", u"core/index/a.h"_s, u"#include \"core/net/reply.h\""_s, true);
    add("core to ui", u"core/session/a.cpp"_s, u"#include \"ui/common/texts.h\""_s, true);
    add("past a room", u"core/value/a.cpp"_s, u"#include \"core/net/connection.h\""_s, true);
    add("a lane's words", u"core/value/a.cpp"_s, u"#include \"core/net/reply.h\""_s, false);
    add("a view and plain data", u"ui/tree/a.cpp"_s, u"#include \"core/index/snapshot.h\""_s, false);
    add("a view and an engine", u"ui/tree/a.cpp"_s, u"#include \"core/scan/scanengine.h\""_s, true);
    add("a view and passwords", u"ui/tree/a.cpp"_s, u"#include \"core/profile/secrets.h\""_s, true);
    add("a view and its neighbour", u"ui/tree/a.cpp"_s, u"#include \"ui/value/valuepane.h\""_s, true);
    add("the window and a view", u"ui/window/a.cpp"_s, u"#include \"ui/tree/keytreeview.h\""_s, false);
    add("ui to app", u"ui/window/a.cpp"_s, u"#include \"app/commandline.h\""_s, true);
    add("app to all", u"app/main.cpp"_s, u"#include \"core/net/connection.h\""_s, false);
    add("a folder unknown", u"core/misc/a.cpp"_s, u"#include <string>"_s, true);
    add("a name alike", u"core/netting/a.cpp"_s, u"int answer = 42;"_s, true);
    add("not from the root", u"core/index/a.cpp"_s, u"#include \"run.h\""_s, true);
    add("with spaces", u"core/index/a.cpp"_s, u"  #  include  \"core/net/reply.h\""_s, true);
    add("what moc made", u"core/session/a.cpp"_s, u"#include \"a.moc\""_s, false);
    add("Qt Core", u"core/index/a.cpp"_s, u"#include <QString>"_s, false);
    add("Qt Widgets in core", u"core/session/a.cpp"_s, u"#include <QWidget>"_s, true);
    add("Qt Gui in core", u"core/value/a.cpp"_s, u"#include <QImage>"_s, true);
    add("sockets in net", u"core/net/a.cpp"_s, u"#include <QTcpSocket>"_s, false);
    add("sockets above net", u"core/scan/a.cpp"_s, u"#include <QTcpSocket>"_s, true);
    add("a whole module", u"ui/window/a.cpp"_s, u"#include <QtWidgets>"_s, true);
    add("a signal in an engine", u"core/scan/a.h"_s, u"    Q_OBJECT"_s, true);
    add("a signal in the session", u"core/session/a.h"_s, u"    Q_OBJECT"_s, false);
    add("a nested loop", u"ui/window/a.cpp"_s, u"    QCoreApplication::processEvents();"_s, true);
    add("a thread let go", u"core/session/a.cpp"_s, u"    thread.detach();"_s, true);
}

void TestLayering::seesWhatBreaksTheTable()
{
    QFETCH(QString, file);
    QFETCH(QString, line);
    QFETCH(bool, isRefused);
    const QString why = objection(file, line);
    QVERIFY2(why.isEmpty() != isRefused, qPrintable(why));
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
