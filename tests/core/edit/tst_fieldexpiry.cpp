// SPDX-License-Identifier: GPL-3.0-or-later
// When a field of a hash ends by itself: set, changed and taken away with what was seen compared; and what becomes of
// an edit whose field has ended since.
#include "core/edit/batchedit.h"
#include "tests/core/edit/editfixture.h"
#include "tests/core/value/fieldendlane.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t in2100 = 4'102'444'800'123;

ExpiryTime at(std::int64_t milliseconds)
{
    return ExpiryTime(Milliseconds{milliseconds});
}

std::int64_t now()
{
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()).time_since_epoch().count();
}

} // namespace

class TestFieldExpiry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void anEndIsSet_data() { servers(); }
    void anEndIsSet();
    void anEndIsTakenAway_data() { servers(); }
    void anEndIsTakenAway();
    void anotherEndThanSeenIsAConflict_data() { servers(); }
    void anotherEndThanSeenIsAConflict();
    void aFieldThatIsGoneIsTold_data() { servers(); }
    void aFieldThatIsGoneIsTold();
    void aFieldThatEndedByItselfIsTold_data() { servers(); }
    void aFieldThatEndedByItselfIsTold();
    void anEditOfTheValueKeepsTheEnd_data() { servers(); }
    void anEditOfTheValueKeepsTheEnd();
    void anotherEndOfTheFieldIsKeptAndTold_data() { servers(); }
    void anotherEndOfTheFieldIsKeptAndTold();
    void anotherEndOfTheKeyIsKeptAndTold_data() { servers(); }
    void anotherEndOfTheKeyIsKeptAndTold();
    void aFieldWithAnotherEndIsNotDeleted_data() { servers(); }
    void aFieldWithAnotherEndIsNotDeleted();
    void rowsOfABatchKeepAnotherEndAndTell_data() { servers(); }
    void rowsOfABatchKeepAnotherEndAndTell();
    void aFieldThatEndsBeforeItIsWritten();
    void aFieldThatEndsInBetween_data();
    void aFieldThatEndsInBetween();
    void aTimeThatIsPastIsRefused_data() { servers(); }
    void aTimeThatIsPastIsRefused();
    void aServerWithoutThemIsNamed();
    void anotherChangesItInBetween();

private:
    static void servers();
    [[nodiscard]] bool prepare();
    void setEnd(const std::string& field, std::int64_t end);
    [[nodiscard]] std::int64_t endOf(const std::string& field);
    /// The field is gone, as if its time had run out just now.
    void letEnd(const std::string& field);
    [[nodiscard]] Result<EditOutcome> apply(EditAction action);
    [[nodiscard]] QString words(EditAction action, const Result<EditOutcome>& outcome) const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_plain;
    std::unique_ptr<Lane> m_lane;
    std::shared_ptr<FieldEndLane::State> m_state; ///< Null: the server itself has ends.
    EditOptions m_options;
    bool m_hasFieldEnds = false;
};

void TestFieldExpiry::initTestCase()
{
    m_server = RedisServer::start();
    QVERIFY(m_server);
    m_plain = editLane(*m_server);
    m_hasFieldEnds = optionsOf(*m_plain).abilities.hasFieldExpiry;
}

void TestFieldExpiry::init()
{
    m_server->command({"FLUSHALL"});
    m_server->command({"HSET", "k", "f", "old", "g", "1"});
    m_state = std::make_shared<FieldEndLane::State>();
    m_lane = std::make_unique<FieldEndLane>(*m_plain, m_state);
    m_options = {};
}

void TestFieldExpiry::servers()
{
    QTest::addColumn<bool>("isReal");
    QTest::addRow("as Redis 7.4") << false;
    QTest::addRow("this server") << true;
}

bool TestFieldExpiry::prepare()
{
    if (*QTest::currentDataTag() == 't') {
        m_lane = editLane(*m_server);
        m_state.reset();
        m_options = optionsOf(*m_plain);
        return m_hasFieldEnds;
    }
    return true;
}

void TestFieldExpiry::setEnd(const std::string& field, std::int64_t end)
{
    if (m_state) {
        m_state->ends[{"k", field}] = end;
    } else {
        QCOMPARE(m_server->command({"HPEXPIREAT", "k", std::to_string(end), "FIELDS", "1", field}), std::string("1"));
    }
}

std::int64_t TestFieldExpiry::endOf(const std::string& field)
{
    if (!m_state) {
        return std::stoll(m_server->command({"HPEXPIRETIME", "k", "FIELDS", "1", field}));
    }
    const auto found = m_state->ends.find({"k", field});
    return found == m_state->ends.end() ? -1 : found->second;
}

void TestFieldExpiry::letEnd(const std::string& field)
{
    if (m_state) {
        m_server->command({"HDEL", "k", field});
        return;
    }
    m_server->command({"HPEXPIRE", "k", "1", "FIELDS", "1", field});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HEXISTS", "k", field}), std::string("0"), 20000);
}

Result<EditOutcome> TestFieldExpiry::apply(EditAction action)
{
    return applyEdit(*m_lane, KeyEdit{"k", std::move(action)}, m_options, {});
}

QString TestFieldExpiry::words(EditAction action, const Result<EditOutcome>& outcome) const
{
    return outcome ? outcomeText(KeyEdit{"k", std::move(action)}, *outcome) : errorText(outcome.error());
}

#define NEEDS_FIELD_ENDS()                                                                                             \
    if (!prepare()) {                                                                                                  \
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");                                             \
    }

void TestFieldExpiry::anEndIsSet()
{
    NEEDS_FIELD_ENDS();
    const SetFieldExpiry first{"f", at(in2100), SeenExpiry{}};
    const auto outcome = apply(first);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(words(first, outcome), u"Set the time to live of field f of key k."_s);
    QCOMPARE(endOf("f"), in2100);
    QCOMPARE(endOf("g"), std::int64_t{-1});
    QCOMPARE(told(apply(SetFieldExpiry{"f", Milliseconds{100s}, SeenExpiry{at(in2100)}})), u"Done"_s);
    const std::int64_t left = endOf("f") - now();
    QVERIFY2(left > 0 && left <= 100'000, std::to_string(left).c_str());
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("old"));
}

void TestFieldExpiry::anEndIsTakenAway()
{
    NEEDS_FIELD_ENDS();
    setEnd("f", in2100);
    const SetFieldExpiry clear{"f", std::nullopt, SeenExpiry{at(in2100)}};
    const auto outcome = apply(clear);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(words(clear, outcome), u"Field f of key k does not expire any more."_s);
    QCOMPARE(endOf("f"), std::int64_t{-1});
}

void TestFieldExpiry::anotherEndThanSeenIsAConflict()
{
    NEEDS_FIELD_ENDS();
    setEnd("f", in2100);
    for (const auto& seen : {SeenExpiry{}, SeenExpiry{at(in2100 - 1)}}) {
        const SetFieldExpiry change{"f", Milliseconds{100s}, seen};
        const auto outcome = apply(change);
        QCOMPARE(told(outcome), u"Conflict"_s);
        QCOMPARE(words(change, outcome), u"Field f of key k has another time to live by now; nothing was changed."_s);
        QCOMPARE(endOf("f"), in2100);
        QCOMPARE(outcome->now.fieldEnd, std::optional(SeenExpiry{at(in2100)}));
        const auto again = overwriting(KeyEdit{"k", change}, outcome->now);
        QVERIFY(again);
        QCOMPARE(told(applyEdit(*m_lane, *again, m_options, {})), u"Done"_s);
        QVERIFY(endOf("f") < in2100);
        setEnd("f", in2100);
    }
}

void TestFieldExpiry::aFieldThatIsGoneIsTold()
{
    NEEDS_FIELD_ENDS();
    m_server->command({"HDEL", "k", "f"});
    const SetFieldExpiry change{"f", Milliseconds{100s}, SeenExpiry{}};
    const auto outcome = apply(change);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(words(change, outcome), u"Field f of key k is not there any more; nothing was changed."_s);
    QVERIFY(!overwriting(KeyEdit{"k", change}, outcome->now));
    m_server->command({"DEL", "k"});
    QCOMPARE(told(apply(change)), u"Gone"_s);
}

void TestFieldExpiry::aFieldThatEndedByItselfIsTold()
{
    NEEDS_FIELD_ENDS();
    const auto ended = at(now() - 1);
    const QString text =
        u"Field f of key k is gone: its time to live ran out since it was loaded. Nothing was changed."_s;
    letEnd("f");
    const SetHashField value{"f", "new", SeenBytes::there("old"), ended};
    const auto outcome = apply(value);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(words(value, outcome), text);
    const SetFieldExpiry expiry{"f", Milliseconds{100s}, SeenExpiry{ended}};
    QCOMPARE(words(expiry, apply(expiry)), text);
    QCOMPARE(m_server->command({"HEXISTS", "k", "f"}), std::string("0"));
    letEnd("g"); // and with it the key
    const auto gone = apply(value);
    QCOMPARE(told(gone), u"Gone"_s);
    QCOMPARE(words(value, gone), text);
    const SetHashField later{"f", "new", SeenBytes::there("old"), at(in2100)}; // somebody has deleted it
    QVERIFY(!apply(later)->fieldEnded);
}

void TestFieldExpiry::anEditOfTheValueKeepsTheEnd()
{
    NEEDS_FIELD_ENDS();
    setEnd("f", in2100);
    const auto outcome = apply(SetHashField{"f", "new", SeenBytes::there("old"), at(in2100)});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("new"));
    QCOMPARE(endOf("f"), in2100);
}

/// Between load and save another gave it an end, another end or none.
void TestFieldExpiry::anotherEndOfTheFieldIsKeptAndTold()
{
    NEEDS_FIELD_ENDS();
    const QString text = u"Somebody else has changed when the field expires meanwhile; that was kept."_s;
    const auto change = [](std::optional<ExpiryTime> seen, const char* from, const char* to) {
        return SetHashField{"f", to, SeenBytes::there(from), seen, true};
    };
    setEnd("f", in2100);
    for (const auto& seen : {std::optional<ExpiryTime>(), std::optional(at(in2100 - 1))}) {
        const auto edit = change(seen, "old", "new");
        const auto outcome = apply(edit);
        QCOMPARE(told(outcome), u"Done"_s);
        QVERIFY(outcome->fieldExpiryChanged);
        QVERIFY2(words(edit, outcome).contains(text), qPrintable(words(edit, outcome)));
        QCOMPARE(endOf("f"), in2100);
        m_server->command({"HSET", "k", "f", "old"}); // which takes the end away
        setEnd("f", in2100);
    }
    const auto same = change(at(in2100), "old", "new");
    QVERIFY(!apply(same)->fieldExpiryChanged);
    m_server->command({"HSET", "k", "f", "old"});
    if (m_state) {
        m_state->ends.clear();
    }
    const auto outcome = apply(change(at(in2100), "old", "new"));
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->fieldExpiryChanged);
    QCOMPARE(endOf("f"), std::int64_t{-1});
    const auto unknown = apply(SetHashField{"f", "newer", SeenBytes::there("new")});
    QVERIFY(!unknown->fieldExpiryChanged); // nobody has looked
}

void TestFieldExpiry::anotherEndOfTheKeyIsKeptAndTold()
{
    NEEDS_FIELD_ENDS();
    m_server->command({"PEXPIRE", "k", "100000"});
    const std::vector<EditAction> actions{SetFieldExpiry{"f", at(in2100), SeenExpiry{}},
        SetFieldExpiry{"f", std::nullopt, SeenExpiry{at(in2100)}},
        SetHashField{"f", "new", SeenBytes::there("old"), std::nullopt, true},
        DeleteHashField{"f", SeenBytes::there("new"), {}, SeenExpiry{}}};
    for (const EditAction& action : actions) {
        const auto outcome = applyEdit(*m_lane, KeyEdit{"k", action, SeenExpiry{}}, m_options, {});
        QCOMPARE(told(outcome), u"Done"_s);
        QVERIFY2(words(action, outcome).contains(u"changed its time to live meanwhile"_s),
            qPrintable(words(action, outcome)));
    }
    const auto left = std::stoll(m_server->command({"PTTL", "k"}));
    QVERIFY2(left > 0 && left <= 100'000, std::to_string(left).c_str());
    QCOMPARE(m_server->list({"HKEYS", "k"}), std::vector<std::string>{"g"});
}

void TestFieldExpiry::aFieldWithAnotherEndIsNotDeleted()
{
    NEEDS_FIELD_ENDS();
    setEnd("f", in2100);
    for (const bool isRead : {true, false}) { // else only its length is known
        const SeenBytes seen = isRead ? SeenBytes::there("old") : SeenBytes::notLooked();
        for (const auto& end : {SeenExpiry{}, SeenExpiry{at(in2100 - 1)}}) {
            const DeleteHashField deletion{"f", seen, 3, end};
            const auto outcome = apply(deletion);
            QCOMPARE(told(outcome), u"Conflict"_s);
            QCOMPARE(outcome->now.fieldEnd, std::optional(SeenExpiry{at(in2100)}));
            QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("old"));
            if (isRead) {
                QCOMPARE(words(deletion, outcome),
                    u"Field f of key k has another time to live by now; nothing was changed."_s);
            }
        }
        QCOMPARE(told(apply(DeleteHashField{"f", seen, 3, SeenExpiry{at(in2100)}})), u"Done"_s);
        QCOMPARE(m_server->command({"HEXISTS", "k", "f"}), std::string("0"));
        m_server->command({"HSET", "k", "f", "old"});
        setEnd("f", in2100);
    }
    QCOMPARE(told(apply(DeleteHashField{"f", SeenBytes::there("old")})), u"Done"_s); // nobody has looked
}

/// Another changes when a field ends between the look at its row and the batch.
void TestFieldExpiry::rowsOfABatchKeepAnotherEndAndTell()
{
    NEEDS_FIELD_ENDS();
    setEnd("f", in2100);
    const std::vector<SeenRow> rows{{{ValueCell("f"), ValueCell("old")}, 0, SeenBytes::notLooked(),
                                        SeenBytes::notLooked(), SeenExpiry{at(in2100 - 1)}},
        {{ValueCell("g"), ValueCell("1")}, 0, SeenBytes::notLooked(), SeenBytes::notLooked(), SeenExpiry{}}};
    const auto plan = planBatch("k", KeyType::Hash, {}, rows, SetRows{"new"});
    QVERIFY(plan);
    QCOMPARE(plan->edits.size(), std::size_t{2});
    for (const KeyEdit& edit : plan->edits) {
        const bool isOther = std::get<SetHashField>(edit.action).field == "f";
        const auto outcome = applyEdit(*m_lane, edit, m_options, {});
        QCOMPARE(told(outcome), u"Done"_s);
        QCOMPARE(outcome->fieldExpiryChanged, isOther);
        QCOMPARE(outcomeText(edit, *outcome).contains(u"that was kept"_s), isOther);
    }
    QCOMPARE(endOf("f"), in2100);
    QCOMPARE(endOf("g"), std::int64_t{-1});
    const auto deletion = planBatch("k", KeyType::Hash, {}, {rows.front()}, DeleteRows{});
    QVERIFY(deletion);
    QVERIFY(std::get<DeleteHashField>(deletion->edits.front().action).seenEnd == SeenExpiry{at(in2100 - 1)});
}

/// As on Redis 7.4: HSET makes it anew, and HPEXPIREAT of a time that is past deletes it.
void TestFieldExpiry::aFieldThatEndsBeforeItIsWritten()
{
    m_state->ends[{"k", "f"}] = now() - 1; // the server has not come round to it
    const SetHashField change{"f", "new", SeenBytes::there("old"), at(now() - 1), true};
    const auto outcome = apply(change);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY(outcome->fieldEnded);
    QCOMPARE(words(change, outcome),
        u"Field f of key k is gone: its time to live ran out since it was loaded. Nothing was changed."_s);
}

void TestFieldExpiry::aFieldThatEndsInBetween_data()
{
    QTest::addColumn<bool>("byHsetex");
    QTest::addRow("HSETEX keeps the end (Redis 8, Valkey 9)") << true;
    QTest::addRow("HPEXPIREAT sets it again (Redis 7.4)") << false;
}

/// WATCH says nothing of it.
void TestFieldExpiry::aFieldThatEndsInBetween()
{
    QFETCH(const bool, byHsetex);
    m_options = optionsOf(*m_plain);
    if (!m_hasFieldEnds || (byHsetex && !m_options.abilities.hasHsetex)) {
        QSKIP("this server has no fields that end, or no HSETEX (Redis 8, Valkey 9)");
    }
    m_options.abilities.hasHsetex = byHsetex;
    const std::int64_t end = now() + 1500;
    m_server->command({"HPEXPIREAT", "k", std::to_string(end), "FIELDS", "1", "f"});
    bool isGone = true;
    MeddledLane meddled(*m_plain, [&] {
        isGone = QTest::qWaitFor(
            [&] { // not in the very millisecond, in which Redis 8 tells it as gone and takes what is written
                return now() > end + 20 && m_server->command({"HPEXPIRETIME", "k", "FIELDS", "1", "f"}) == "-2";
            },
            30'000);
    });
    const auto outcome = applyEdit(
        meddled, KeyEdit{"k", SetHashField{"f", "new", SeenBytes::there("old"), at(end), true}}, m_options, {});
    QVERIFY(isGone);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY(outcome->fieldEnded);
    QCOMPARE(m_server->command({"HEXISTS", "k", "f"}), std::string("0"));
    QCOMPARE(m_server->command({"HGET", "k", "g"}), std::string("1"));
}

void TestFieldExpiry::aTimeThatIsPastIsRefused()
{
    NEEDS_FIELD_ENDS();
    for (const NewExpiry& past : {NewExpiry(at(1'000'000)), NewExpiry(Milliseconds{0}), NewExpiry(Milliseconds{-5})}) {
        const auto outcome = apply(SetFieldExpiry{"f", past, SeenExpiry{}});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::Input);
        QCOMPARE(m_server->command({"HGET", "k", "f"}), std::string("old"));
    }
}

void TestFieldExpiry::aServerWithoutThemIsNamed()
{
    m_options.abilities.hasFieldExpiry = false;
    const auto outcome = apply(SetFieldExpiry{"f", Milliseconds{100s}, SeenExpiry{}});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Unsupported);
    QCOMPARE(m_state->asked, 0);
}

void TestFieldExpiry::anotherChangesItInBetween()
{
    if (!m_hasFieldEnds) {
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    m_options = optionsOf(*m_plain);
    bool isFirst = true;
    MeddledLane meddled(*m_plain, [&] {
        if (std::exchange(isFirst, false)) {
            m_server->command({"HPEXPIREAT", "k", std::to_string(in2100), "FIELDS", "1", "f"});
        }
    });
    const KeyEdit edit{"k", SetFieldExpiry{"f", Milliseconds{100s}, SeenExpiry{}}};
    QCOMPARE(told(applyEdit(meddled, edit, m_options, {})), u"Conflict"_s);
    QCOMPARE(m_server->command({"HPEXPIRETIME", "k", "FIELDS", "1", "f"}), std::to_string(in2100));
}

QTEST_GUILESS_MAIN(TestFieldExpiry)
#include "tst_fieldexpiry.moc"
