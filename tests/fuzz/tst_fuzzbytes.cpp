// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/base/redact.h"
#include "tests/fuzz/globtwin.h"
#include "tests/fuzz/mutation.h"

#include <QHash>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

namespace {

const std::vector<std::string> starts{"", "user:42:profile", "a\\b\n\r\t", "\xff\xfe\0\x7f"s, "\\xFF\\n\\\\",
    "caf\xc3\xa9 \xf0\x9f\x94\x91", "\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf", "a[b-c]*?^\\-", "\xed\xa0\x80\xc0\xaf"};
const std::vector<std::string> pieces{"\\", "\\x", "\\x4", "\\xZZ", "\\\\", "\n", "\r\n", "\0"s, "\xc2\x85",
    "\xe2\x80\xa8", "\xef\xbf\xbd", "\xf4\x90\x80\x80", "\xc2", "\xe2\x82", "[", "]", "*", "?", "^", "-"};

} // namespace

class TestFuzzBytes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_mutator.emplace(fuzzSeed(), starts, pieces); }
    void knowsUtf8AsQtDoes();
    void linesComeBackAsTheyWere();
    void anyLineIsReadOrRefused();
    void differentBytesNeverLookTheSame();
    void anEscapedGlobMatchesItselfAlone();
    void redactingEndsAndTakesThePassword();

private:
    std::optional<Mutator> m_mutator;
};

void TestFuzzBytes::knowsUtf8AsQtDoes()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const QByteArray bytes = "x" + QByteArray::fromStdString(m_mutator->next()); // Qt skips a mark at the start
        QCOMPARE(isUtf8(bytes.toStdString()), QString::fromUtf8(bytes).toUtf8() == bytes);
    }
}

void TestFuzzBytes::linesComeBackAsTheyWere()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        const std::string line = escapeLine(bytes);
        QVERIFY(isUtf8(line));
        QVERIFY(line.find_first_of("\n\r\t\0"s) == std::string::npos);
        const auto back = unescapeLine(line);
        QVERIFY(back);
        QVERIFY(*back == bytes);
    }
}

void TestFuzzBytes::anyLineIsReadOrRefused()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string line = m_mutator->next();
        const auto bytes = unescapeLine(line);
        QVERIFY(bytes ? bytes->size() <= line.size() : bytes.error().kind == ErrorKind::Input);
    }
}

void TestFuzzBytes::differentBytesNeverLookTheSame()
{
    QHash<QString, QByteArray> seen;
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        const QByteArray shown = QByteArray::fromStdString(bytes);
        const auto there = seen.constFind(displayText(bytes));
        QVERIFY(there == seen.constEnd() || *there == shown);
        seen.insert(displayText(bytes), shown);
    }
}

void TestFuzzBytes::anEscapedGlobMatchesItselfAlone()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        const std::string other = m_mutator->changed(bytes);
        QVERIFY(globMatches(escapeGlob(bytes), bytes));
        QCOMPARE(globMatches(escapeGlob(bytes), other), bytes == other);
    }
}

void TestFuzzBytes::redactingEndsAndTakesThePassword()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const QString around = QString::fromStdString(m_mutator->next());
        const QString text = around + QStringLiteral(" redis://user:s3cr3t@host:1 ") + around;
        QVERIFY2(!redacted(text).contains(QStringLiteral("s3cr3t")), qPrintable(text));
    }
}

QTEST_APPLESS_MAIN(TestFuzzBytes)
#include "tst_fuzzbytes.moc"
