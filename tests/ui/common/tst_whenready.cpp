// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "ui/common/whenready.h"

#include <QObject>
#include <QPromise>
#include <QTest>

#include <memory>
#include <thread>

using namespace keyglass;
using namespace keyglass::ui;

class TestWhenReady : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void callsOnTheOwnersThread();
    void callsForAnAnswerThatIsThereAlready();
    void staysSilentWhenTheOwnerIsGone();
    void staysSilentWhenNobodyAnswers();
};

void TestWhenReady::callsOnTheOwnersThread()
{
    QPromise<Result<int>> promise;
    promise.start();
    int got = 0;
    QThread* thread = nullptr;
    whenReady(this, promise.future(), [&](const Result<int>& answer) {
        got = *answer;
        thread = QThread::currentThread();
    });
    std::jthread worker([&promise] {
        promise.addResult(Result<int>(7));
        promise.finish();
    });
    QTRY_COMPARE(got, 7);
    QCOMPARE(thread, this->thread());
    QTRY_VERIFY(children().isEmpty());
}

void TestWhenReady::callsForAnAnswerThatIsThereAlready()
{
    QPromise<int> promise;
    promise.start();
    promise.addResult(3);
    promise.finish();
    int got = 0;
    whenReady(this, promise.future(), [&got](int answer) { got = answer; });
    QTRY_COMPARE(got, 3);
}

void TestWhenReady::staysSilentWhenTheOwnerIsGone()
{
    QPromise<int> promise;
    promise.start();
    bool called = false;
    auto owner = std::make_unique<QObject>();
    whenReady(owner.get(), promise.future(), [&called](int) { called = true; });
    owner.reset();
    promise.addResult(1);
    promise.finish();
    int fence = 0;
    whenReady(this, promise.future(), [&fence](int answer) { fence = answer; });
    QTRY_COMPARE(fence, 1);
    QVERIFY(!called);
}

void TestWhenReady::staysSilentWhenNobodyAnswers()
{
    bool called = false;
    {
        QPromise<int> promise;
        promise.start();
        whenReady(this, promise.future(), [&called](int) { called = true; });
    }
    QTRY_VERIFY(children().isEmpty());
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestWhenReady)
#include "tst_whenready.moc"
