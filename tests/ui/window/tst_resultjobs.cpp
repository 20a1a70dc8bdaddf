// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/picture.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/window/resultjobs.h"

#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestResultJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsHowFarItIsAndEndsItOnRequest();
    void quickWorkIsNotShown();
    void isGoneBeforeTheWork();
};

namespace {

/// Work whose progress and end the test makes.
struct Made {
    Made()
    {
        promise.setProgressRange(0, 1000);
        promise.start();
        work = {promise.future(), std::stop_source()};
    }
    void end(Status status)
    {
        promise.addResult(std::move(status));
        promise.finish();
    }

    QPromise<Status> promise;
    ResultWork<std::monostate> work;
};

} // namespace

void TestResultJobs::showsHowFarItIsAndEndsItOnRequest()
{
    ResultJobs jobs;
    jobs.setPalette(darkPalette());
    jobs.resize(700, 40);
    jobs.show();
    Made made;
    std::optional<Status> told;
    jobs.follow<std::monostate>(made.work, u"Saving the set “old”"_s, [&](const Status& status) { told = status; });
    auto* bar = jobs.findChild<QProgressBar*>();
    auto* cancel = jobs.findChild<QPushButton*>();
    QVERIFY(bar && cancel && !bar->isVisible()); // for a moment
    QTRY_VERIFY(bar->isVisible());
    made.promise.setProgressValue(340);
    QTRY_COMPARE(bar->value(), 340);
    QCOMPARE(jobs.findChild<ElidedLabel*>()->text(), u"Saving the set “old”: 34 %"_s);
    keepPicture(jobs.grab(), u"window-resultjob"_s);
    QVERIFY(!made.work.stop.stop_requested());
    cancel->click();
    QVERIFY(made.work.stop.stop_requested());
    QVERIFY(!cancel->isEnabled() && !told);
    made.end(Error{ErrorKind::Cancelled, {}, {}});
    QTRY_VERIFY(told.has_value());
    QCOMPARE(told->error().kind, ErrorKind::Cancelled);
    QTRY_VERIFY(!jobs.findChild<QProgressBar*>());
}

void TestResultJobs::quickWorkIsNotShown()
{
    ResultJobs jobs;
    jobs.show();
    Made made;
    bool isTold = false;
    jobs.follow<std::monostate>(made.work, u"Saving"_s, [&](const Status& status) { isTold = bool(status); });
    made.end(ok());
    QTRY_VERIFY(isTold);
    QTRY_VERIFY(!jobs.findChild<QProgressBar*>());
}

void TestResultJobs::isGoneBeforeTheWork()
{
    Made made;
    {
        ResultJobs jobs;
        jobs.follow<std::monostate>(made.work, u"Saving"_s, [](const Status&) { QFAIL("nobody is there to be told"); });
    }
    QVERIFY(!made.work.stop.stop_requested()); // it goes on
    made.end(ok());
    QCoreApplication::sendPostedEvents();
}

QTEST_MAIN(TestResultJobs)
#include "tst_resultjobs.moc"
