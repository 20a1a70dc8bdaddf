// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/searchfield.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

using Kind = SearchField::Kind;

Q_DECLARE_METATYPE(keyglass::ui::SearchField::Kind)

class TestSearchField : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainTextIsFoundAsItIsTyped_data();
    void plainTextIsFoundAsItIsTyped();
    void saysWhatItTakesTheTextFor();
};

void TestSearchField::plainTextIsFoundAsItIsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("glob");
    QTest::addRow("nothing") << QString() << Kind::Automatic << QString();
    QTest::addRow("nothing as text") << QString() << Kind::Text << QString();
    QTest::addRow("a word") << u"user"_s << Kind::Automatic << u"*user*"_s;
    QTest::addRow("brackets are text") << u"item[0]"_s << Kind::Automatic << u"*item\\[0\\]*"_s;
    QTest::addRow("a backslash is text") << u"C:\\dir"_s << Kind::Automatic << u"*C:\\\\dir*"_s;
    QTest::addRow("a star makes a glob") << u"item[0-3]*"_s << Kind::Automatic << u"item[0-3]*"_s;
    QTest::addRow("so does a question mark") << u"item?"_s << Kind::Automatic << u"item?"_s;
    QTest::addRow("a star that is text") << u"5*4?"_s << Kind::Text << u"*5\\*4\\?*"_s;
    QTest::addRow("brackets that are a glob") << u"[ab]1"_s << Kind::Glob << u"[ab]1"_s;
}

void TestSearchField::plainTextIsFoundAsItIsTyped()
{
    QFETCH(QString, typed);
    QFETCH(Kind, kind);
    QFETCH(QString, glob);
    QCOMPARE(QString::fromStdString(searchGlob(typed, kind)), glob);
}

void TestSearchField::saysWhatItTakesTheTextFor()
{
    SearchField field;
    field.setType(KeyType::Hash);
    auto* edit = field.findChild<QLineEdit*>();
    auto* button = field.findChild<QToolButton*>();
    QCOMPARE(edit->placeholderText(), u"Filter fields: text or glob"_s);
    QSignalSpy changes(&field, &SearchField::changed);
    edit->setText(u"item[0]"_s);
    QCOMPARE(button->text(), u"text"_s);
    edit->setText(u"item[0]*"_s);
    QCOMPARE(button->text(), u"glob"_s);
    QCOMPARE(changes.size(), 2);
    field.setKind(Kind::Text);
    QCOMPARE(button->text(), u"text"_s);
    QCOMPARE(field.glob(), std::string("*item\\[0\\]\\**"));
    QCOMPARE(changes.size(), 3);
    QVERIFY(!button->accessibleName().isEmpty() && button->focusPolicy() == Qt::StrongFocus);
}

QTEST_MAIN(TestSearchField)
#include "tst_searchfield.moc"
