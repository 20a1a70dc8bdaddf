// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/value/decoderstacks.h"
#include "tests/ui/window/windowfixture.h"
#include "ui/value/cellview.h"
#include "ui/value/decoderbox.h"
#include "ui/value/decoderrulesdialog.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuepane.h"
#include "ui/window/keytabs.h"

#include <QTableWidget>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

} // namespace

/// Values that are decoded by rule, in a real window and on a real server.
class TestValueRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aRuleComesBeforeTheGuess();
    void fieldsHaveRulesOfTheirOwn();
    void aRuleIsMadeFromWhatIsShown();
    void theChoiceByHandStandsWhileTheKeyIsOpen();
    void rulesAreChangedInTheDialog();
    void whatCanNotBeUsedIsSaid();

private:
    /// Opens a page with a saved profile that has these rules.
    void openPage(const std::vector<DecoderRule>& rules);
    void openAt(const std::string& key, int row = -1);
    void choose(const QString& item);
    [[nodiscard]] ValuePane& pane() const { return static_cast<ValuePane&>(*m_page->tabs().currentPane()); }
    [[nodiscard]] CellView& view() const { return *pane().findChild<CellView*>(); }
    [[nodiscard]] QString shownAs() const { return pane().findChild<DecoderBox*>()->currentText(); }
    [[nodiscard]] DecoderRulesDialog* dialog() const { return m_fixture->window().findChild<DecoderRulesDialog*>(); }
    [[nodiscard]] std::vector<DecoderRule> kept() { return m_fixture->profiles().find(m_id)->decoderRules; }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    SessionPage* m_page = nullptr;
    QString m_id;
};

void TestValueRules::init()
{
    m_server = RedisServer::start();
    m_server->command({"SET", "session:1", packed("zstd,msgpack", R"({"a":1})")});
    m_server->command({"SET", "session:2", packed("deflate", "never guessed")});
    m_server->command({"HSET", "user:1", "avatar", packed("deflate", "a picture"), "name", "Ada"});
    m_fixture = std::make_unique<WindowFixture>();
}

void TestValueRules::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestValueRules::openPage(const std::vector<DecoderRule>& rules)
{
    Profile profile = WindowFixture::profileOf(*m_server);
    profile.decoderRules = rules;
    const auto saved = m_fixture->profiles().save(profile);
    QVERIFY(saved);
    m_id = saved->id;
    m_page = &m_fixture->open(*saved);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(*m_page), patience);
}

void TestValueRules::openAt(const std::string& key, int row)
{
    m_page->tabs().open(key);
    QTRY_VERIFY_WITH_TIMEOUT(pane().head().has_value() && pane().head()->key == key, patience);
    if (row >= 0) {
        auto* table = pane().findChild<ElementTable*>();
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, patience);
        table->setCurrentIndex(table->model()->index(row, 1));
    }
    QTRY_VERIFY_WITH_TIMEOUT(view().content(), patience);
}

void TestValueRules::choose(const QString& item)
{
    auto* box = pane().findChild<DecoderBox*>();
    const int at = box->findText(item);
    QVERIFY(at >= 0);
    box->setCurrentIndex(at);
    Q_EMIT box->activated(at);
}

void TestValueRules::aRuleComesBeforeTheGuess()
{
    openPage({{u"session:2"_s, {}, u"deflate"_s}, {u"session:*"_s, {}, u"zstd"_s}});
    openAt("session:2");
    QTRY_COMPARE_WITH_TIMEOUT(shownAs(), u"By rule session:2: deflate"_s, patience);
    QCOMPARE(*view().decodedContent(), "never guessed"s);
    openAt("session:1");
    QTRY_COMPARE_WITH_TIMEOUT(shownAs(), u"By rule session:*: zstd"_s, patience); // though MessagePack is in it
    openAt("user:1", 1);
    QTRY_VERIFY_WITH_TIMEOUT(shownAs().startsWith(u"Automatic"), patience);
}

void TestValueRules::fieldsHaveRulesOfTheirOwn()
{
    openPage({{u"user:*"_s, u"ava*"_s, u"deflate"_s}});
    openAt("user:1", 0);
    QTRY_COMPARE_WITH_TIMEOUT(shownAs(), u"By rule user:*: deflate"_s, patience);
    openAt("user:1", 1);
    QTRY_VERIFY_WITH_TIMEOUT(shownAs().startsWith(u"Automatic"), patience);
}

void TestValueRules::aRuleIsMadeFromWhatIsShown()
{
    openPage({});
    openAt("session:2");
    view().setDecoders({false, stackOf("deflate")});
    QTRY_VERIFY_WITH_TIMEOUT(view().decodedContent(), patience);
    choose(u"Always decode so…"_s);
    QVERIFY(dialog());
    QCOMPARE(dialog()->rules(), (std::vector<DecoderRule>{{u"session:*"_s, {}, u"deflate"_s}}));
    QVERIFY(WindowFixture::press(*dialog(), u"Save rules"_s));
    QTRY_VERIFY(!dialog());
    QCOMPARE(kept(), (std::vector<DecoderRule>{{u"session:*"_s, {}, u"deflate"_s}}));
    view().setDecoders({});
    QTRY_COMPARE_WITH_TIMEOUT(shownAs(), u"By rule session:*: deflate"_s, patience);
}

void TestValueRules::theChoiceByHandStandsWhileTheKeyIsOpen()
{
    openPage({{u"session:*"_s, {}, u"zstd"_s}});
    openAt("session:1");
    QTRY_COMPARE_WITH_TIMEOUT(view().shownDecoders(), stackOf("zstd"), patience);
    view().setDecoders({false, stackOf("zstd,msgpack")});
    QTRY_COMPARE_WITH_TIMEOUT(view().shownDecoders(), stackOf("zstd,msgpack"), patience);
    m_page->reloadValue();
    QTest::qWait(0);
    QCOMPARE(view().decoders().stack, stackOf("zstd,msgpack"));
    m_page->tabs().preview("session:2");
    view().setDecoders({false, stackOf("gzip")});
    m_page->tabs().preview("user:1"); // another key in the same pane
    QTRY_VERIFY_WITH_TIMEOUT(pane().head().has_value() && pane().head()->key == "user:1", patience);
    QVERIFY(view().decoders().automatic);
}

void TestValueRules::rulesAreChangedInTheDialog()
{
    openPage({{u"a*"_s, {}, u"zstd"_s}, {u"session:*"_s, {}, u"gzip"_s}});
    openAt("session:2");
    QTRY_VERIFY_WITH_TIMEOUT(view().note().contains(u"layer 1 (gzip)"_s), patience);
    choose(u"Rules…"_s);
    auto* table = dialog()->findChild<QTableWidget*>();
    QCOMPARE(table->rowCount(), 2);
    table->setCurrentCell(1, 0);
    QVERIFY(WindowFixture::press(*dialog(), u"Move &up"_s));
    table->item(0, 2)->setText(u" deflate "_s);
    table->setCurrentCell(1, 0);
    QVERIFY(WindowFixture::press(*dialog(), u"&Remove rule"_s));
    QVERIFY(WindowFixture::press(*dialog(), u"&Add rule"_s));
    table->item(1, 0)->setText(u"b*"_s);
    table->item(1, 2)->setText(u"base64, json"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Save rules"_s));
    const std::vector<DecoderRule> wanted{{u"session:*"_s, {}, u"deflate"_s}, {u"b*"_s, {}, u"base64,json"_s}};
    QCOMPARE(kept(), wanted);
    QTRY_COMPARE_WITH_TIMEOUT(shownAs(), u"By rule session:*: deflate"_s, patience); // what is shown follows at once
}

void TestValueRules::whatCanNotBeUsedIsSaid()
{
    openPage({{u"session:*"_s, {}, u"from-tomorrow"_s}});
    openAt("session:1");
    QTRY_VERIFY_WITH_TIMEOUT(view().note().contains(u"the rule for session:* can't be used"_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(shownAs().startsWith(u"Automatic: zstd"_s), patience);
    choose(u"Rules…"_s);
    QVERIFY(WindowFixture::press(*dialog(), u"Save rules"_s));
    QVERIFY(dialog()->isVisible());
    QVERIFY2(WindowFixture::words(*dialog()).contains(u"Rule 1: "_s), qPrintable(WindowFixture::words(*dialog())));
    QCOMPARE(kept().size(), std::size_t(1));
}

QTEST_MAIN(TestValueRules)
#include "tst_valuerules.moc"
