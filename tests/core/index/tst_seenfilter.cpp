// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyhash.h"
#include "core/index/seenfilter.h"

#include <QObject>
#include <QTest>

#include <string>

using namespace keyglass;

class TestSeenFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neverForgetsAndSeldomErrs_data();
    void neverForgetsAndSeldomErrs();
    void doesNotBelieveAnySize();
};

namespace {
std::vector<std::uint64_t> hashes(std::uint64_t from, std::uint64_t count)
{
    std::vector<std::uint64_t> made;
    for (std::uint64_t at = from; at < from + count; ++at) {
        made.push_back(keyHash("user:" + std::to_string(at) + ":profile"));
    }
    return made;
}

std::uint64_t suspects(SeenFilter& filter, const std::vector<std::uint64_t>& added)
{
    std::uint64_t count = 0;
    filter.insert(added, [&](std::size_t) { ++count; });
    return count;
}
} // namespace

void TestSeenFilter::neverForgetsAndSeldomErrs_data()
{
    QTest::addColumn<quint64>("expected");
    QTest::addRow("size known") << quint64(600'000);
    QTest::addRow("size not known") << quint64(0);
    QTest::addRow("far too small") << quint64(10);
    QTest::addRow("far too large") << quint64(20'000'000);
}

void TestSeenFilter::neverForgetsAndSeldomErrs()
{
    QFETCH(quint64, expected);
    SeenFilter filter(expected);
    const auto first = hashes(0, 300'000);
    const auto second = hashes(300'000, 300'000);
    const std::uint64_t wrong = suspects(filter, first) + suspects(filter, second);
    QVERIFY2(wrong < 1200, qPrintable(QString::number(wrong))); // one in five hundred
    QCOMPARE(suspects(filter, first), std::uint64_t(first.size()));
    QCOMPARE(suspects(filter, second), std::uint64_t(second.size()));
}

void TestSeenFilter::doesNotBelieveAnySize()
{
    SeenFilter filter(~std::uint64_t{0}); // what a server says is no reason to allocate it
    const std::uint64_t wrong = suspects(filter, hashes(0, 400'000));
    QVERIFY(wrong < 800);
    QVERIFY(filter.residentBytes() < 300'000'000);
}

QTEST_APPLESS_MAIN(TestSeenFilter)
#include "tst_seenfilter.moc"
