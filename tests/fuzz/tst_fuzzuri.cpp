// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/profile/uri.h"
#include "tests/fuzz/mutation.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const std::vector<std::string> starts{"redis://cache.example:7001/3", "rediss://ann:s3cr3tword@h:6380/1?db=1",
    "redis+unix:///run/my%20r.sock?db=5", "redis://:s3cr3tword@[fe80::1%25eth0]:1", "valkeys://h", "unix:///r.sock",
    "redis+cluster://ann@a:1,b:2?use-seed-address=yes", "valkeys-cluster://a?node=[::1]:7&db=3",
    "rediss+sentinel://a:1,b/main/3?sentinel-user=w&sentinel-tls=no&sentinel-password=s3cr3tword",
    "redis-sentinel://ann:s3cr3tword@a,b:2/4#main", "redis://ann:s3cr3t@word/@h"};
const std::vector<std::string> pieces{"://", ":", "@", "/", "?db=", "&", "#", "%", "%00", "%2F", "[", "]", "[::1]",
    "65536", "-1", "99999999999999999999", " ", "\n", "\xc3\xa9", "s3cr3tword", "redis", "ss", ",", "+cluster",
    "-sentinel", "/main", "&sentinelMasterId=", "&sentinel-tls=", "&node="};

} // namespace

class TestFuzzUri : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_mutator.emplace(fuzzSeed(), starts, pieces); }
    void whatIsReadComesBackAsItWas();
    void anErrorRepeatsNoSecret();

private:
    std::optional<Mutator> m_mutator;
};

void TestFuzzUri::whatIsReadComesBackAsItWas()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const QString text = QString::fromStdString(m_mutator->next());
        const auto target = parseUri(text);
        if (!target) {
            continue;
        }
        const QString written = toUri(target->profile);
        const auto again = parseUri(written);
        QVERIFY2(again, qPrintable(text + u" -> "_s + written));
        Profile expected = target->profile;
        expected.passwordSource = again->profile.passwordSource; // goes with the password, which is not written
        expected.sentinelPasswordSource = again->profile.sentinelPasswordSource;
        QVERIFY2(again->profile == expected, qPrintable(text + u" -> "_s + written));
        QVERIFY(!again->password && !again->sentinelPassword);
        QCOMPARE(toUri(again->profile), written);
    }
}

void TestFuzzUri::anErrorRepeatsNoSecret()
{
    for (int round = 0; round < fuzzRounds(); ++round) {
        const QString text = QString::fromStdString(m_mutator->next());
        const auto target = parseUri(text);
        if (target) {
            continue;
        }
        QVERIFY(target.error().kind == ErrorKind::Input || target.error().kind == ErrorKind::Unsupported);
        const bool isInScheme = text.section(u"://"_s, 0, 0).contains(u"s3cr3t"_s, Qt::CaseInsensitive);
        QVERIFY2(isInScheme || !errorText(target.error()).contains(u"s3cr3t"_s), qPrintable(text));
    }
}

QTEST_APPLESS_MAIN(TestFuzzUri)
#include "tst_fuzzuri.moc"
