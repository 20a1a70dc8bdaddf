// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "ui/common/texts.h"
#include "ui/value/rowscopying.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60000; // ms

/// Members of a set, each of `bytes` bytes.
RowsToCopy members(std::size_t count, std::size_t bytes)
{
    RowsToCopy rows;
    rows.value.key = "set";
    rows.value.type = KeyType::Set;
    rows.count = count;
    rows.add = [bytes](std::size_t, CopiedValue& to) { to.rows.push_back({ValueCell(std::string(bytes, 'x'))}); };
    return rows;
}

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

QString lastSaid(const QSignalSpy& said)
{
    return said.isEmpty() ? QString() : said.last()[1].toString();
}

} // namespace

/// Very many rows on the clipboard, or in a file.
class TestRowsCopying : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void rowsAreCopiedAndCounted();
    void bytesThatAreNoTextAreReadable();
    void progressIsShownAndCanBeCancelled();
    void aNewCopyEndsTheOneBefore();
    void whatIsTooMuchForTheClipboardGoesToAFile();
    void aFileThatCanNotBeWrittenIsSaid();
    void goesWithoutWaitingForItsRows();
    void rowsAreFreedElsewhere_data();
    void rowsAreFreedElsewhere();

private:
    [[nodiscard]] QPushButton* button(const QString& text) const;

    std::unique_ptr<RowsCopying> m_copying;
};

void TestRowsCopying::init()
{
    m_copying = std::make_unique<RowsCopying>();
    QGuiApplication::clipboard()->setText(u"before"_s);
}

void TestRowsCopying::cleanup()
{
    m_copying.reset();
}

QPushButton* TestRowsCopying::button(const QString& text) const
{
    for (auto* each : m_copying->findChildren<QPushButton*>()) {
        if (each->text() == text && each->isVisibleTo(m_copying.get())) {
            return each;
        }
    }
    return nullptr;
}

void TestRowsCopying::rowsAreCopiedAndCounted()
{
    const QSignalSpy said(m_copying.get(), &RowsCopying::said);
    m_copying->copy(members(120'000, 9), CopyForm::Text);
    QCOMPARE(clipboard(), u"before"_s); // not while it is asked for
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QCOMPARE(clipboard().size(), 120'000 * 10 - 1);
    QVERIFY2(lastSaid(said).contains(numberText(120'000)), qPrintable(lastSaid(said)));
    QVERIFY2(lastSaid(said).contains(sizeText(ByteCount{120'000 * 10 - 1})), qPrintable(lastSaid(said)));
    QVERIFY(m_copying->isHidden());
}

void TestRowsCopying::bytesThatAreNoTextAreReadable()
{
    RowsToCopy rows = members(2, 1);
    rows.add = [](std::size_t, CopiedValue& to) { to.rows.push_back({ValueCell(std::string("a\xFF"))}); };
    m_copying->copy(rows, CopyForm::Text);
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), u"a\\xFF\na\\xFF"_s, patience);
}

void TestRowsCopying::progressIsShownAndCanBeCancelled()
{
    QSemaphore go;
    RowsToCopy rows = members(5000, 1);
    rows.add = [&go](std::size_t row, CopiedValue& to) {
        if (row == 1000) { // a piece is done
            go.acquire();
        }
        to.rows.push_back({ValueCell(std::string("x"))});
    };
    const QSignalSpy said(m_copying.get(), &RowsCopying::said);
    m_copying->copy(rows, CopyForm::Csv);
    QTRY_VERIFY_WITH_TIMEOUT(m_copying->text().contains(u"20 %"_s), patience);
    QVERIFY(button(u"Cancel"_s));
    button(u"Cancel"_s)->click();
    go.release();
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QVERIFY2(lastSaid(said).contains(u"cancelled"_s), qPrintable(lastSaid(said)));
    QCOMPARE(clipboard(), u"before"_s);
    QVERIFY(m_copying->isHidden());
}

void TestRowsCopying::aNewCopyEndsTheOneBefore()
{
    QSemaphore go;
    RowsToCopy slow = members(5000, 1);
    slow.add = [&go](std::size_t row, CopiedValue& to) {
        if (row == 1000) {
            go.acquire();
        }
        to.rows.push_back({ValueCell(std::string("slow"))});
    };
    const QSignalSpy said(m_copying.get(), &RowsCopying::said);
    m_copying->copy(slow, CopyForm::Text);
    m_copying->copy(members(1, 3), CopyForm::Text);
    QTRY_COMPARE_WITH_TIMEOUT(clipboard(), u"xxx"_s, patience);
    go.release();
    m_copying.reset(); // waits for both
    QCoreApplication::processEvents();
    QCOMPARE(clipboard(), u"xxx"_s);
    QCOMPARE(said.size(), 1);
}

void TestRowsCopying::whatIsTooMuchForTheClipboardGoesToAFile()
{
    constexpr std::size_t rows = 1100;
    constexpr std::size_t bytes = 64 * 1024;
    const QSignalSpy said(m_copying.get(), &RowsCopying::said);
    m_copying->copy(members(rows, bytes), CopyForm::Csv);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    QVERIFY2(lastSaid(said).contains(sizeText(RowsCopying::mostOnClipboard)), qPrintable(lastSaid(said)));
    QCOMPARE(clipboard(), u"before"_s);
    QVERIFY(button(u"Save to a file…"_s));
    button(u"Save to a file…"_s)->click();
    auto* dialog = m_copying->window()->findChild<QFileDialog*>();
    QVERIFY(dialog);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"rows.csv"_s);
    Q_EMIT dialog->fileSelected(path);
    dialog->reject();
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 2, patience);
    QVERIFY2(lastSaid(said).contains(u"rows.csv"_s), qPrintable(lastSaid(said)));
    QCOMPARE(QFile(path).size(), static_cast<qint64>(rows * (bytes + 2) - 2));
    QVERIFY(button(u"Close"_s));
    button(u"Close"_s)->click();
    QVERIFY(m_copying->isHidden());
}

void TestRowsCopying::aFileThatCanNotBeWrittenIsSaid()
{
    const QSignalSpy said(m_copying.get(), &RowsCopying::said);
    m_copying->copy(members(1100, 64 * 1024), CopyForm::Text);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    m_copying->save(u"/nowhere/rows"_s);
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 2, patience);
    QVERIFY2(lastSaid(said).contains(u"/nowhere/rows"_s), qPrintable(lastSaid(said)));
}

void TestRowsCopying::goesWithoutWaitingForItsRows()
{
    std::atomic<std::size_t> added = 0;
    RowsToCopy rows = members(100'000'000, 1);
    rows.add = [&added](std::size_t, CopiedValue& to) {
        ++added;
        to.rows.push_back({ValueCell(std::string("x"))});
    };
    m_copying->copy(rows, CopyForm::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(added > 0, patience);
    m_copying.reset();
    QVERIFY(added < rows.count / 10);
}

void TestRowsCopying::rowsAreFreedElsewhere_data()
{
    QTest::addColumn<int>("bytes"); // of each of 70 rows
    QTest::addRow("copied") << 9;
    QTest::addRow("too many for the clipboard") << 1'000'000;
}

/// Where the table shows another value by now, these are the last who have them: that may be millions.
void TestRowsCopying::rowsAreFreedElsewhere()
{
    QFETCH(const int, bytes);
    const auto freedBy = std::make_shared<std::atomic<QThread*>>(nullptr);
    const QSignalSpy said(m_copying.get(), &RowsCopying::said);
    {
        RowsToCopy rows = members(70, static_cast<std::size_t>(bytes));
        const std::shared_ptr<int> row(new int(0), [freedBy](const int* each) {
            freedBy->store(QThread::currentThread());
            delete each;
        });
        rows.add = [row, add = rows.add](std::size_t at, CopiedValue& to) { add(at, to); };
        m_copying->copy(std::move(rows), CopyForm::Text);
    }
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
    if (auto* close = button(u"Close"_s)) {
        QVERIFY(freedBy->load() == nullptr); // they may go to a file
        close->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(freedBy->load() != nullptr, patience);
    QVERIFY(freedBy->load() != QThread::currentThread());
}

QTEST_MAIN(TestRowsCopying)
#include "tst_rowscopying.moc"
