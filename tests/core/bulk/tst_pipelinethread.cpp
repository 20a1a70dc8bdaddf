// SPDX-License-Identifier: GPL-3.0-or-later
// Pipelines that go out one behind the other on a thread of their own.
#include "core/bulk/pipelinethread.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/source/laneview.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <memory>
#include <semaphore>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace keyglass;

namespace {

std::unique_ptr<Lane> unusedLane()
{
    ConnectionOptions options;
    options.endpoint.socketPath = QStringLiteral("/nobody/listens/here");
    return makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
}

/// Each pipeline waits to be let through, and is answered with its first command's name.
class HeldLane final : public LaneView {
public:
    HeldLane()
        : HeldLane(unusedLane())
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token /*stop*/) override
    {
        ++begun;
        m_through.acquire();
        if (fails) {
            return Error{ErrorKind::Network, QStringLiteral("the line"), {}};
        }
        Reply reply;
        reply.type = Reply::Type::String;
        reply.text = commands.front().name();
        return std::vector<Reply>{reply};
    }
    void letThrough(int pipelines = 1) { m_through.release(pipelines); }

    std::atomic<int> begun{0};
    std::atomic<bool> fails{false};

private:
    explicit HeldLane(std::unique_ptr<Lane> lane)
        : LaneView(*lane)
        , m_own(std::move(lane))
    {
    }
    std::unique_ptr<Lane> m_own;
    std::counting_semaphore<> m_through{0};
};

} // namespace

class TestPipelineThread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNextGoesOutBeforeAnybodyAsks();
    void behindAFailureNothingIsSent();
    void whatIsDroppedIsNotSent();

private:
    const std::vector<Command> m_first{Command{"FIRST"}};
    const std::vector<Command> m_second{Command{"SECOND"}};
    const std::vector<Command> m_third{Command{"THIRD"}};
};

void TestPipelineThread::theNextGoesOutBeforeAnybodyAsks()
{
    HeldLane lane;
    PipelineThread thread;
    thread.send(lane, m_first, {});
    thread.send(lane, m_second, {});
    QTRY_COMPARE_WITH_TIMEOUT(lane.begun.load(), 1, 20'000);
    lane.letThrough();
    QTRY_COMPARE_WITH_TIMEOUT(lane.begun.load(), 2, 20'000);
    QCOMPARE(thread.owed(), 2U);
    const auto first = thread.answers();
    lane.letThrough();
    const auto second = thread.answers();
    QVERIFY(first && second);
    QCOMPARE(first->front().text, std::string("FIRST"));
    QCOMPARE(second->front().text, std::string("SECOND"));
    QCOMPARE(thread.owed(), 0U);
}

/// Whether it is put behind before the failure has come or after, but before anybody has heard of it.
void TestPipelineThread::behindAFailureNothingIsSent()
{
    constexpr int rounds = 500;
    HeldLane lane;
    lane.letThrough(3 * rounds);
    PipelineThread thread;
    for (int round = 0; round < rounds; ++round) {
        lane.fails = true;
        thread.send(lane, m_first, {});
        for (int spin = 0; spin < round * 20; ++spin) {
            std::atomic_signal_fence(std::memory_order_seq_cst);
        }
        thread.send(lane, m_second, {});
        const auto failed = thread.answers();
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, ErrorKind::Network);
        QCOMPARE(thread.owed(), 0U);
        lane.fails = false;
        thread.send(lane, m_third, {});
        const auto third = thread.answers();
        QVERIFY(third);
        QCOMPARE(third->front().text, std::string("THIRD"));
        QCOMPARE(lane.begun.load(), 2 * (round + 1));
    }
}

void TestPipelineThread::whatIsDroppedIsNotSent()
{
    HeldLane lane;
    PipelineThread thread;
    thread.send(lane, m_first, {});
    thread.send(lane, m_second, {});
    QTRY_COMPARE_WITH_TIMEOUT(lane.begun.load(), 1, 20'000);
    std::atomic<bool> isDropped = false;
    std::jthread letting([&] {
        while (!isDropped) { // drop() waits for the first, which must not end before
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            lane.letThrough();
        }
    });
    thread.drop();
    isDropped = true;
    letting.join();
    QCOMPARE(thread.owed(), 0U);
    QCOMPARE(lane.begun.load(), 1);
}

QTEST_GUILESS_MAIN(TestPipelineThread)
#include "tst_pipelinethread.moc"
