// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/patternfield.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

template <typename W> W* named(const QWidget& in, const QString& name)
{
    for (W* widget : in.findChildren<W*>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

} // namespace

class TestPatternField : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatThePatternIsTakenFor_data();
    void showsWhatThePatternIsTakenFor();
    void refusesAnUnclosedBracketWithWords();
};

void TestPatternField::showsWhatThePatternIsTakenFor_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::addRow("nothing") << u""_s << u"all"_s;
    QTest::addRow("plain") << u"user:"_s << u"prefix"_s;
    QTest::addRow("star") << u"user:*"_s << u"glob"_s;
    QTest::addRow("question mark") << u"user:?"_s << u"glob"_s;
    QTest::addRow("bracket") << u"user:[12]"_s << u"glob"_s;
    QTest::addRow("escaped star") << u"user:\\*"_s << u"prefix"_s;
}

void TestPatternField::showsWhatThePatternIsTakenFor()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    PatternField field;
    QSignalSpy submitted(&field, &PatternField::submitted);
    auto* edit = named<QLineEdit>(field, u"Pattern"_s);
    QVERIFY(edit);
    edit->setText(text);
    QCOMPARE(named<QToolButton>(field, u"Kind of pattern"_s)->text(), shown);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(submitted.count(), 1);
    field.setText(text, KeyPattern::Kind::Exact);
    QCOMPARE(field.pattern()->kind(), text.isEmpty() ? KeyPattern::Kind::All : KeyPattern::Kind::Exact);
}

void TestPatternField::refusesAnUnclosedBracketWithWords()
{
    PatternField field;
    QSignalSpy submitted(&field, &PatternField::submitted);
    auto* edit = named<QLineEdit>(field, u"Pattern"_s);
    auto* problem = named<QLabel>(field, u"Problem with the pattern"_s);
    edit->setText(u"user:[ab"_s);
    QVERIFY(!problem->isHidden());
    QVERIFY(!problem->text().isEmpty());
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(submitted.count(), 0);
    edit->setText(u"user:[ab]"_s);
    QVERIFY(problem->isHidden());
}

QTEST_MAIN(TestPatternField)
#include "tst_patternfield.moc"
