// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/memorylimit.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::cli;

namespace {

constexpr std::uint64_t megabyte = 1024U * 1024;

std::optional<ByteCount> megabytes(int number)
{
    return number < 0 ? std::nullopt : std::optional(ByteCount{static_cast<std::uint64_t>(number) * megabyte});
}

} // namespace

class TestMemoryLimit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysTakeWhatTheyMay_data();
    void keysTakeWhatTheyMay();
};

/// On a machine with 8000 MB.
void TestMemoryLimit::keysTakeWhatTheyMay_data()
{
    QTest::addColumn<int>("used");
    QTest::addColumn<int>("cap");       // -1: none
    QTest::addColumn<int>("available"); // -1: not known
    QTest::addColumn<bool>("isMore");
    QTest::addRow("little on a free machine") << 100 << -1 << 6000 << false;
    QTest::addRow("half of it") << 4000 << -1 << 3000 << false;
    QTest::addRow("more than half of it") << 4001 << -1 << 3000 << true;
    QTest::addRow("much, and a twentieth is left") << 1000 << -1 << 400 << false;
    QTest::addRow("much, and less is left") << 1000 << -1 << 399 << true;
    QTest::addRow("not much, and others have used it up") << 256 << -1 << 10 << false;
    QTest::addRow("a little more than not much") << 257 << -1 << 10 << true;
    QTest::addRow("at the cap") << 100 << 100 << 6000 << false;
    QTest::addRow("over the cap") << 101 << 100 << 6000 << true;
    QTest::addRow("the cap is the user's word also where little is left") << 3000 << 5000 << 10 << false;
    QTest::addRow("a machine that does not tell") << 100'000 << -1 << -1 << false;
    QTest::addRow("a cap on a machine that does not tell") << 101 << 100 << -1 << true;
}

void TestMemoryLimit::keysTakeWhatTheyMay()
{
    QFETCH(const int, used);
    QFETCH(const int, cap);
    QFETCH(const int, available);
    QFETCH(const bool, isMore);
    const auto left = megabytes(available);
    const auto memory = left ? std::optional(SystemMemory{*megabytes(8000), *left}) : std::nullopt;
    QCOMPARE(isTooMuch(*megabytes(used), megabytes(cap), memory), isMore);
}

QTEST_GUILESS_MAIN(TestMemoryLimit)
#include "tst_memorylimit.moc"
