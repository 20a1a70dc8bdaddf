// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory.h"

#include <QtTest>

using namespace keyglass;

class TestMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheKernelWrites();
    void textsWithoutItAreNothing_data();
    void textsWithoutItAreNothing();
    void thisMachineHasSome();
};

void TestMemory::readsWhatTheKernelWrites()
{
    const auto memory = parseMemoryText("MemTotal:       16384 kB\nMemFree:  1 kB\nMemAvailable:    8192 kB\n");
    QVERIFY(memory);
    QCOMPARE(memory->total.value, std::uint64_t{16} * 1024 * 1024);
    QCOMPARE(memory->available.value, std::uint64_t{8} * 1024 * 1024);
}

void TestMemory::textsWithoutItAreNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("before Linux 3.14") << QByteArray("MemTotal: 16384 kB\nMemFree: 1 kB\n");
    QTest::addRow("cut") << QByteArray("MemTotal: 16384 kB\nMemAvailable:   ");
}

void TestMemory::textsWithoutItAreNothing()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!parseMemoryText({text.constData(), static_cast<std::size_t>(text.size())}));
}

void TestMemory::thisMachineHasSome()
{
    const auto memory = systemMemory();
    QVERIFY(memory);
    QVERIFY(memory->total >= memory->available);
    QVERIFY(memory->available.value > 0);
}

QTEST_APPLESS_MAIN(TestMemory)
#include "tst_memory.moc"
