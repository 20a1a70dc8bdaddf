// SPDX-License-Identifier: GPL-3.0-or-later
// What keys take where MEMORY USAGE is forbidden: whatever a server says, and where nothing is told.
#include "core/bulk/archivebefore.h"
#include "core/bulk/copystep.h"
#include "core/bulk/guardedremoval.h"
#include "core/bulk/keysizes.h"
#include "core/source/laneview.h"
#include "tests/core/bulk/bulkfixture.h"

#include <QTest>

#include <cstdint>
#include <limits>
#include <optional>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Answers what the server would not: lengths, and a module's type.
class OddServer final : public LaneView {
public:
    using LaneView::LaneView;
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        for (std::size_t at = 0; replies && at < commands.size(); ++at) {
            Reply& reply = (*replies)[at];
            hasDumped = hasDumped || commands[at].name() == "DUMP";
            if (commands[at].name() == "LLEN" && length) {
                reply.integer = *length;
            } else if (commands[at].name() == "TYPE" && isModules) {
                reply.text = "tree-type";
            }
        }
        return replies;
    }

    std::optional<std::int64_t> length{};
    bool isModules = false;
    bool hasDumped = false;
};

} // namespace

class TestKeySizes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        ServerOptions options;
        options.aclLines = {u"user default on nopass ~* &* +@all -memory"_s};
        m_server = RedisServer::start(options);
        m_server->command({"RPUSH", "k", "a", "b"});
        m_plain = laneTo(*m_server);
    }
    void lengthsOfAHostileServer_data();
    void lengthsOfAHostileServer();
    void modulesValuesAreNotReadAtOnce();
    void modulesValuesAreNotCopiedAtOnce();

private:
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_plain;
};

void TestKeySizes::lengthsOfAHostileServer_data()
{
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("size");
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    QTest::addRow("plain") << qint64{7} << qint64{700};
    QTest::addRow("more than any") << most << most / 100 * 100;
    QTest::addRow("less than none") << qint64{-5} << qint64{0};
}

void TestKeySizes::lengthsOfAHostileServer()
{
    QFETCH(const qint64, length);
    QFETCH(const qint64, size);
    OddServer lane(*m_plain);
    lane.length = length;
    const std::vector<std::string_view> keys{"k"};
    const auto sizes = keySizes(lane, keys, {});
    QVERIFY(sizes && sizes->front().isInteger());
    QCOMPARE(qint64{sizes->front().integer}, size);
}

/// How large they are nobody tells: they are left alone, as what is too large is.
void TestKeySizes::modulesValuesAreNotReadAtOnce()
{
    OddServer lane(*m_plain);
    lane.isModules = true;
    const TestArchive archive;
    ArchivingOptions options;
    const auto archived = archiveBefore(lane, batchOf({"k"}), options, *archive.writer, {});
    QVERIFY(archived);
    QCOMPARE(archived->front().kind, ArchivedKey::Kind::TooLarge);
    QVERIFY2(archived->front().text.find("tree-type") != std::string::npos, archived->front().text.c_str());
    GuardedRemoval removal(*archive.writer, {});
    OutcomeList outcomes;
    QVERIFY(removal.apply({lane, lane}, batchOf({"k"}), outcomes, {}));
    QVERIFY(removal.finish({lane, lane}, outcomes, {}));
    QVERIFY2(outcomes.all.at("k").starts_with("not_undoable: "), outcomes.all.at("k").c_str());
    QVERIFY(!lane.hasDumped);
    QCOMPARE(m_server->command({"EXISTS", "k"}), "1");
}

/// Nor is one moved away, or passed over untold.
void TestKeySizes::modulesValuesAreNotCopiedAtOnce()
{
    const auto to = RedisServer::start();
    OddServer lane(*m_plain);
    lane.isModules = true;
    TransferWays ways;
    ways.moves = true;
    CopyStep step([&to] { return laneTo(*to); }, ways);
    OutcomeList outcomes;
    QVERIFY(step.apply({lane, lane}, batchOf({"k"}), outcomes, {}));
    const std::string told = outcomes.all.at("k");
    QVERIFY2(told.starts_with("not_done: the size of a tree-type is not told"), told.c_str());
    QVERIFY(!lane.hasDumped);
    QCOMPARE(m_server->command({"EXISTS", "k"}), "1");
    QCOMPARE(to->command({"DBSIZE"}), "0");
}

QTEST_GUILESS_MAIN(TestKeySizes)
#include "tst_keysizes.moc"
