// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/includes.h"

#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QObject>
#include <QTest>

#include <memory>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestIncludes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everySourceIncludesWhatItUses_data();
    void everySourceIncludesWhatItUses();
    void seesWhatIsMissing_data();
    void seesWhatIsMissing();
    void seesWhatAHeaderMisses_data();
    void seesWhatAHeaderMisses();

private:
    const QString m_root = QStringLiteral(KEYGLASS_SOURCE_DIR);
    std::unique_ptr<Includes> m_includes;
};

void TestIncludes::initTestCase()
{
    m_includes = std::make_unique<Includes>(m_root, QLibraryInfo::path(QLibraryInfo::HeadersPath));
    QVERIFY(m_includes->classCount() > 500);
}

void TestIncludes::everySourceIncludesWhatItUses_data()
{
    QTest::addColumn<QString>("part");
    for (const QString& part : {u"core"_s, u"ui"_s, u"app"_s, u"tests"_s}) {
        QTest::newRow(qPrintable(part)) << part;
    }
}

void TestIncludes::everySourceIncludesWhatItUses()
{
    QFETCH(const QString, part);
    QStringList objections;
    int sources = 0;
    QDirIterator all(m_root + u'/' + part, {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    for (; all.hasNext(); ++sources) {
        QFile source(all.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QString file = source.fileName().mid(m_root.size() + 1);
        for (const QString& name : m_includes->missing(file, QString::fromUtf8(source.readAll()))) {
            objections.append(u"%1 uses %2 and does not include it"_s.arg(file, name));
        }
    }
    QVERIFY(sources > 10);
    QVERIFY2(objections.isEmpty(), qPrintable(objections.join(u'\n')));
}

void TestIncludes::seesWhatIsMissing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("a class") << u"#include <QWidget>\nQPainter painter(this);\n"_s << QStringList(u"QPainter"_s);
    QTest::newRow("a class that is there") << u"#include <QPainter>\nQPainter painter(this);\n"_s << QStringList();
    QTest::newRow("through another") << u"#include <QMainWindow>\nQWidget* w = nullptr;\n"_s << QStringList();
    QTest::newRow("through one of ours") << u"#include \"ui/tree/keytreeview.h\"\nQString text;\n"_s << QStringList();
    QTest::newRow("in a comment") << u"// like QPainter\n/* or\nQPixmap */\n"_s << QStringList();
    QTest::newRow("in a text") << u"const char* text = \"a QPainter\";\n"_s << QStringList();
    QTest::newRow("after a quotation mark in a text")
        << u"const char* text = \"a \\\" QPixmap\"; QPainter p;\n"_s << QStringList(u"QPainter"_s);
    QTest::newRow("an algorithm") << u"std::ranges::sort(all);\n"_s << QStringList(u"<algorithm>"_s);
    QTest::newRow("a container") << u"std::vector<int> all;\n"_s << QStringList(u"<vector>"_s);
    QTest::newRow("a name alike") << u"my_std::vectors all;\n"_s << QStringList();
    QTest::newRow("a member of its own class") // valuepane.h says no more of it than that it is a class
        << u"#include \"ui/value/valuepane.h\"\nvoid ValuePane::show()\n{\n    m_splitter->setSizes({1, 2});\n}\n"_s
        << QStringList(u"QSplitter"_s);
    QTest::newRow("a member given away")
        << u"#include \"ui/value/valuepane.h\"\nvoid ValuePane::show()\n{\n    layout->addWidget(m_splitter);\n}\n"_s
        << QStringList(u"QSplitter"_s);
    QTest::newRow("a member whose header is there")
        << u"#include \"ui/value/valuepane.h\"\n#include <QSplitter>\nvoid ValuePane::show()\n{\n    m_splitter->hide();\n}\n"_s
        << QStringList();
    QTest::newRow("a member of the same name, of another class")
        << u"#include \"ui/value/valuepane.h\"\nvoid Other::show()\n{\n    m_splitter->hide();\n}\n"_s << QStringList();
    QTest::newRow("none of Qt's") << u"QMadeUp it;\n"_s << QStringList();
}

void TestIncludes::seesWhatIsMissing()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, missing);
    QCOMPARE(m_includes->missing(u"ui/window/a.cpp"_s, text), missing);
}

void TestIncludes::seesWhatAHeaderMisses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("a base") << u"class Mine : public QWidget {\n};\n"_s << QStringList(u"QWidget"_s);
    QTest::newRow("a member") << u"class Mine {\n    QTimer m_timer;\n};\n"_s << QStringList(u"QTimer"_s);
    QTest::newRow("a list of them") << u"#include <QList>\nQList<QPixmap> all;\n"_s << QStringList();
    QTest::newRow("a pointer to a class said to be one")
        << u"class QTimer;\nvoid go(QTimer* timer);\n"_s << QStringList();
    QTest::newRow("what a function gives") << u"class QPixmap;\nQPixmap taken() const;\n"_s << QStringList();
    QTest::newRow("a container") << u"std::vector<int> all;\n"_s << QStringList(u"<vector>"_s);
}

void TestIncludes::seesWhatAHeaderMisses()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, missing);
    QCOMPARE(m_includes->missing(u"ui/window/a.h"_s, text), missing);
}

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_includes.moc"
