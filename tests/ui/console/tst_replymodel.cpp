// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/replymodel.h"

#include <QAbstractItemModelTester>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

Reply text(const std::string& bytes, Reply::Type type = Reply::Type::String)
{
    Reply reply;
    reply.type = type;
    reply.text = bytes;
    return reply;
}

Reply integer(std::int64_t value)
{
    Reply reply;
    reply.type = Reply::Type::Integer;
    reply.integer = value;
    return reply;
}

Reply array(std::vector<Reply> elements)
{
    Reply reply;
    reply.type = Reply::Type::Array;
    reply.elements = std::move(elements);
    return reply;
}

/// One line a row, indented by level, all of it fetched.
QStringList drawn(ReplyModel& model, const QModelIndex& parent = {}, const QString& indent = {})
{
    while (model.canFetchMore(parent)) {
        model.fetchMore(parent);
    }
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex place = model.index(row, ReplyModel::Place, parent);
        lines << indent + place.data().toString() + u": "_s
                + place.siblingAtColumn(ReplyModel::Content).data().toString();
        lines << drawn(model, place, indent + u' ');
    }
    return lines;
}

} // namespace

class TestReplyModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsAReply();
    void isEmptyWithoutOne();
    void bringsAPieceAtATime();
    void cutsLongTexts();
};

void TestReplyModel::drawsAReply()
{
    ReplyModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setReply(std::make_shared<const Reply>(
        array({text("0"), array({array({text("a\n\xff"), integer(-1)}), array({text("b"), Reply()})}),
            text("ERR no", Reply::Type::Error), array({})})));
    QCOMPARE(drawn(model),
        QStringList({u"reply: (array of 4)"_s, u" 1: \"0\""_s, u" 2: (array of 2)"_s, u"  1: (array of 2)"_s,
            u"   1: \"a\\n\\xFF\""_s, u"   2: (integer) -1"_s, u"  2: (array of 2)"_s, u"   1: \"b\""_s,
            u"   2: (nil)"_s, u" 3: (error) ERR no"_s, u" 4: (empty array)"_s}));
    model.setReply(std::make_shared<const Reply>(text("OK", Reply::Type::SimpleString)));
    QCOMPARE(drawn(model), QStringList({u"reply: OK"_s}));
}

void TestReplyModel::isEmptyWithoutOne()
{
    ReplyModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setReply(std::make_shared<const Reply>(integer(1)));
    model.setReply(nullptr);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.hasChildren());
}

void TestReplyModel::bringsAPieceAtATime()
{
    ReplyModel model; // without a tester, which would fetch all
    model.setReply(std::make_shared<const Reply>(array(std::vector<Reply>(1200, integer(7)))));
    const QModelIndex root = model.index(0, 0);
    QVERIFY(model.hasChildren(root));
    model.fetchMore(root);
    QVERIFY(model.rowCount(root) < 1200);
    QVERIFY(model.canFetchMore(root));
    QCOMPARE(drawn(model).size(), 1201);
    QVERIFY(!model.canFetchMore(root));
}

void TestReplyModel::cutsLongTexts()
{
    ReplyModel model;
    model.setReply(std::make_shared<const Reply>(text(std::string(1024 * 1024, 'x'))));
    const QString shown = model.index(0, ReplyModel::Content).data().toString();
    QVERIFY(shown.size() < 1000);
    QVERIFY(shown.contains(u"1.0\u00A0MB"_s));
}

QTEST_MAIN(TestReplyModel)
#include "tst_replymodel.moc"
