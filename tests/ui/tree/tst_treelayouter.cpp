// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/treekeys.h"
#include "ui/tree/latestjob.h"
#include "ui/tree/treelayouter.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <semaphore>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;

class TestTreeLayouter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallTreesAreThereAtOnce();
    void largeFoldersComeInTwoSteps();
    void hugeFoldersOpenAtOnce();
    void theNewestSnapshotWins();
    void openingAFolderGoesBeforeASnapshot();
    void anotherSeparatorCountsAnew();
    void endsWhileItWorks();
    void theLatestJobReplacesTheOneThatWaits();
    void anInterruptedJobIsTold();
};

void TestTreeLayouter::smallTreesAreThereAtOnce()
{
    TreeLayouter layouter;
    layouter.setSnapshot(snapshotOf({"a:1", "a:2"}));
    QCOMPARE(layouter.rows()->rowCount(), 1U);
    layouter.setExpanded({"a:"});
    QCOMPARE(layouter.rows()->rowCount(), 3U);
    QVERIFY(layouter.isSettled());
    layouter.setSnapshot(nullptr);
    QCOMPARE(layouter.rows()->rowCount(), 0U);
}

void TestTreeLayouter::largeFoldersComeInTwoSteps()
{
    TreeLayouter layouter;
    const int many = static_cast<int>(mostListedChildren) * 2;
    layouter.setSnapshot(snapshotOf(numbered("f:", many)));
    QSignalSpy changed(&layouter, &TreeLayouter::rowsChanged);
    layouter.setExpanded({"f:"});
    QCOMPARE(changed.size(), 0); // lists first, and that not on this thread
    QTRY_VERIFY(layouter.isSettled());
    QCOMPARE(layouter.rows()->rowCount(), static_cast<quint64>(many) + 1);
    QVERIFY(changed.size() >= 2); // first by estimate, then exact
}

void TestTreeLayouter::hugeFoldersOpenAtOnce()
{
    TreeLayouter layouter;
    const int many = static_cast<int>(mostListedChildren) * 5;
    layouter.setSnapshot(snapshotOf(numbered("f:", many)));
    layouter.setExpanded({"f:"});
    QVERIFY(layouter.rows()->rowCount() > mostListedChildren); // in byte order, not looked through
    QTRY_VERIFY(layouter.isSettled());
    QCOMPARE(layouter.rows()->rowCount(), static_cast<quint64>(many) + 1);
}

void TestTreeLayouter::theNewestSnapshotWins()
{
    TreeLayouter layouter;
    layouter.setSnapshot(snapshotOf(numbered("f:", 30'000)));
    layouter.setExpanded({"f:"});
    QTRY_VERIFY(layouter.isSettled());
    for (int i = 1; i <= 10; ++i) {
        layouter.setSnapshot(snapshotOf(numbered("f:", 30'000 + i)));
    }
    QTRY_VERIFY(layouter.isSettled());
    QCOMPARE(layouter.rows()->rowCount(), 30'011U);
}

void TestTreeLayouter::openingAFolderGoesBeforeASnapshot()
{
    TreeLayouter layouter;
    auto keys = numbered("f:", 40'000);
    keys.push_back("g:1");
    keys.push_back("g:2");
    layouter.setSnapshot(snapshotOf(keys));
    layouter.setExpanded({"f:"});
    QTRY_VERIFY(layouter.isSettled());
    keys.push_back("g:3");
    layouter.setSnapshot(snapshotOf(keys)); // needs the worker
    QVERIFY(!layouter.isSettled());
    layouter.setExpanded({"f:", "g:"});
    QCOMPARE(layouter.rows()->rowCount(), 40'000U + 2 + 2); // at once, over the keys on screen
    QTRY_VERIFY(layouter.isSettled());
    QCOMPARE(layouter.rows()->rowCount(), 40'000U + 2 + 3);
}

void TestTreeLayouter::anotherSeparatorCountsAnew()
{
    TreeLayouter layouter;
    layouter.setSnapshot(snapshotOf({"a:1", "a:2", "a/1", "a/2"}));
    QCOMPARE(layouter.rows()->rowCount(), 3U);
    TreeOptions options;
    options.separator = "/";
    layouter.setOptions(options);
    QCOMPARE(layouter.rows()->rowCount(), 3U);
    QCOMPARE(layouter.rows()->rowAt(0)->bytes, std::string("a/"));
    options.separator.clear();
    layouter.setOptions(options);
    QCOMPARE(layouter.rows()->rowCount(), 4U);
}

void TestTreeLayouter::endsWhileItWorks()
{
    const auto snapshot = snapshotOf(numbered("f:", 300'000));
    for (int i = 0; i < 20; ++i) {
        TreeLayouter layouter;
        layouter.setSnapshot(snapshot);
        layouter.setExpanded({"f:"});
    }
    QVERIFY(snapshot->keyCount() == 300'000);
}

void TestTreeLayouter::theLatestJobReplacesTheOneThatWaits()
{
    std::binary_semaphore started(0);
    std::binary_semaphore go(0);
    std::atomic<int> ran = 0;
    {
        LatestJob worker;
        worker.post(
            [&](const std::stop_token&) {
                started.release();
                go.acquire();
            },
            false);
        started.acquire();
        worker.post([&](const std::stop_token&) { ran += 1; }, false);
        worker.post(
            [&](const std::stop_token&) {
                ran += 10;
                started.release();
            },
            false);
        go.release();
        started.acquire();
    }
    QCOMPARE(ran.load(), 10);
}

void TestTreeLayouter::anInterruptedJobIsTold()
{
    std::binary_semaphore started(0);
    std::atomic<bool> told = false;
    std::binary_semaphore done(0);
    LatestJob worker;
    worker.post(
        [&](const std::stop_token& stop) {
            started.release();
            while (!stop.stop_requested()) {
                std::this_thread::yield();
            }
            told = true;
        },
        false);
    started.acquire();
    worker.post(
        [&](const std::stop_token& stop) {
            told = told && !stop.stop_requested();
            done.release();
        },
        true);
    done.acquire();
    QVERIFY(told);
}

QTEST_GUILESS_MAIN(TestTreeLayouter)
#include "tst_treelayouter.moc"
