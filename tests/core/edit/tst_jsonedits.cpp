// SPDX-License-Identifier: GPL-3.0-or-later
// Documents edited by path, as every other edit is: what the user saw at the path is compared with what is there. With
// a double, and with a real module where KEYGLASS_TEST_JSON_MODULE names one.
#include "core/edit/editedcell.h"
#include "core/value/valuesight.h"
#include "tests/core/edit/jsondocuments.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

const std::string document = R"({"a":{"b":1,"c":[1,2,3]},"d":"text"})";

/// One edit of `document`, and what is there then.
struct Change {
    const char* name;
    EditAction action;
    std::string after;
    std::string theirs;  ///< What another makes of the same part; empty: nothing that would be a conflict.
    std::string another; ///< What another makes of the rest, and
    std::string both;    ///< what is there after both.
};

std::vector<Change> changes()
{
    const auto seen = [](const char* text) { return SeenBytes::there(text); };
    return {
        {"a member", SetJson{R"($["a"]["b"])", "2", seen("1")}, R"({"a":{"b":2,"c":[1,2,3]},"d":"text"})",
            R"({"a":{"b":7,"c":[1,2,3]},"d":"text"})", R"({"a":{"b":1,"c":[1,2,3]},"d":"theirs"})",
            R"({"a":{"b":2,"c":[1,2,3]},"d":"theirs"})"},
        {"an element", SetJson{R"($["a"]["c"][1])", R"({"x":null})", seen("2")},
            R"({"a":{"b":1,"c":[1,{"x":null},3]},"d":"text"})", R"({"a":{"b":1,"c":[1,7,3]},"d":"text"})",
            R"({"a":{"b":7,"c":[1,2,3]},"d":"text"})", R"({"a":{"b":7,"c":[1,{"x":null},3]},"d":"text"})"},
        {"an object, laid out", SetJson{R"($["a"])", "{\n  \"b\": [ 1, 2 ]\n}", seen(R"({"b":1,"c":[1,2,3]})")},
            R"({"a":{"b":[1,2]},"d":"text"})", R"({"a":{"b":1,"c":[1,2]},"d":"text"})",
            R"({"a":{"b":1,"c":[1,2,3]},"d":"theirs"})", R"({"a":{"b":[1,2]},"d":"theirs"})"},
        {"a new member", SetJson{R"($["a"]["e"])", "true", SeenBytes::absent()},
            R"({"a":{"b":1,"c":[1,2,3],"e":true},"d":"text"})", R"({"a":{"b":1,"c":[1,2,3],"e":0},"d":"text"})",
            R"({"a":{"b":7,"c":[1,2,3]},"d":"text"})", R"({"a":{"b":7,"c":[1,2,3],"e":true},"d":"text"})"},
        {"all of it", SetJson{"$", "[1]", seen(document.c_str())}, "[1]", R"({"a":1})", {}, {}},
        {"a member away", DeleteJson{R"($["a"]["b"])", "1"}, R"({"a":{"c":[1,2,3]},"d":"text"})",
            R"({"a":{"b":7,"c":[1,2,3]},"d":"text"})", R"({"a":{"b":1,"c":[1,2,3]},"d":"theirs"})",
            R"({"a":{"c":[1,2,3]},"d":"theirs"})"},
        {"an element away", DeleteJson{R"($["a"]["c"][0])", "1"}, R"({"a":{"b":1,"c":[2,3]},"d":"text"})",
            R"({"a":{"b":1,"c":[2,3]},"d":"text"})", R"({"a":{"b":7,"c":[1,2,3]},"d":"text"})",
            R"({"a":{"b":7,"c":[2,3]},"d":"text"})"},
        {"one more element", AppendJson{R"($["a"]["c"])", "{\n  \"x\": 4\n}"},
            R"({"a":{"b":1,"c":[1,2,3,{"x":4}]},"d":"text"})", R"({"a":{"b":1,"c":{"x":1}},"d":"text"})",
            R"({"a":{"b":1,"c":[1,9]},"d":"text"})", R"({"a":{"b":1,"c":[1,9,{"x":4}]},"d":"text"})"},
    };
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestJsonEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsAreChanged_data() { addRows(); }
    void partsAreChanged();
    void whatAnotherMadeOfItIsTold_data() { addRows(); }
    void whatAnotherMadeOfItIsTold();
    void whatAnotherMakesOfTheRestStays_data() { addRows(Rows::WithARest); }
    void whatAnotherMakesOfTheRestStays();
    void theTimeToLiveIsKept_data() { addServers(); }
    void theTimeToLiveIsKept();
    void anotherTimeToLiveIsKeptAndTold_data() { addServers(); }
    void anotherTimeToLiveIsKeptAndTold();
    void whatTheServerMadeOfItIsTold_data() { addServers(); }
    void whatTheServerMadeOfItIsTold();
    void aPathToSeveralIsRefused_data() { addServers(); }
    void aPathToSeveralIsRefused();
    void aPathThatLeadsNowhereIsTold_data() { addServers(); }
    void aPathThatLeadsNowhereIsTold();
    void whatTheModuleRefusesChangesNothing();
    void overwritingIsAChoice_data() { addServers(); }
    void overwritingIsAChoice();
    void elementsAreKnownByTheirNeighbours_data() { addServers(); }
    void elementsAreKnownByTheirNeighbours();
    void newDocuments_data() { addServers(); }
    void newDocuments();
    void aChangeOfTheSameSizeIsSeen_data() { addServers(); }
    void aChangeOfTheSameSizeIsSeen();
    void aLongDocumentIsDeletedAsItWasSeen_data() { addServers(); }
    void aLongDocumentIsDeletedAsItWasSeen();
    void whatMakesNoSenseIsRefused();
    void aBusyDocumentIsChangedByTheScript();

private:
    static void addServers()
    {
        QTest::addColumn<bool>("hasModule");
        QTest::newRow("double") << false;
        if (!jsonModule().isEmpty()) {
            QTest::newRow("module") << true;
        }
    }
    enum class Rows : std::uint8_t { All, WithARest };
    static void addRows(Rows rows = Rows::All)
    {
        QTest::addColumn<bool>("hasModule");
        QTest::addColumn<Change>("change");
        for (const bool hasModule : {false, true}) {
            for (const Change& change : changes()) {
                const bool isWanted = rows == Rows::All || !change.another.empty();
                if (isWanted && (!hasModule || !jsonModule().isEmpty())) {
                    QTest::addRow("%s: %s", hasModule ? "module" : "double", change.name) << hasModule << change;
                }
            }
        }
    }
    static Result<EditOutcome> apply(Lane& lane, const EditAction& action)
    {
        return applyEdit(lane, KeyEdit{"doc", action}, optionsOf(lane), {});
    }
};

void TestJsonEdits::partsAreChanged()
{
    QFETCH(const bool, hasModule);
    QFETCH(const Change, change);
    JsonDocuments documents(hasModule);
    documents.set("doc", document);
    QCOMPARE(told(apply(*documents.lane(), change.action)), u"Done"_s);
    QCOMPARE(documents.get("doc"), change.after);
}

void TestJsonEdits::whatAnotherMadeOfItIsTold()
{
    QFETCH(const bool, hasModule);
    QFETCH(const Change, change);
    JsonDocuments documents(hasModule);
    documents.set("doc", change.theirs);
    QCOMPARE(told(apply(*documents.lane(), change.action)), u"Conflict"_s);
    QCOMPARE(documents.get("doc"), change.theirs);
    documents.set("doc", document);
    const auto lane = documents.lane();
    MeddledLane meddled(*lane, [&] { documents.set("doc", change.theirs); }); // between the look and the writing
    QCOMPARE(told(apply(meddled, change.action)), u"Conflict"_s);
    QCOMPARE(documents.get("doc"), change.theirs);
}

void TestJsonEdits::whatAnotherMakesOfTheRestStays()
{
    QFETCH(const bool, hasModule);
    QFETCH(const Change, change);
    JsonDocuments documents(hasModule);
    documents.set("doc", document);
    const auto lane = documents.lane();
    int times = 0;
    MeddledLane meddled(*lane, [&] {
        if (times++ == 0) {
            documents.set("doc", change.another);
        }
    });
    const auto outcome = apply(meddled, change.action);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->retries, 1);
    QCOMPARE(documents.get("doc"), change.both);
}

void TestJsonEdits::theTimeToLiveIsKept()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    documents.set("doc", document);
    documents.server().command({"PEXPIREAT", "doc", "33000000000000"});
    QCOMPARE(told(apply(*documents.lane(), SetJson{R"($["d"])", "1", SeenBytes::there("\"text\"")})), u"Done"_s);
    QCOMPARE(told(apply(*documents.lane(), DeleteJson{R"($["d"])", "1"})), u"Done"_s);
    QCOMPARE(told(apply(*documents.lane(), AppendJson{R"($["a"]["c"])", "4"})), u"Done"_s);
    QCOMPARE(documents.server().command({"PEXPIRETIME", "doc"}), "33000000000000"s);
    const std::string whole = documents.get("doc");
    const SetJson anew{"$", "{\"b\":[2]}", SeenBytes::there(whole)}; // JSON.SET alone takes it away
    QCOMPARE(told(apply(*documents.lane(), anew)), u"Done"_s);
    QCOMPARE(documents.get("doc"), R"({"b":[2]})"s);
    QCOMPARE(documents.server().command({"PEXPIRETIME", "doc"}), "33000000000000"s);
    const auto lane = documents.lane();
    EditOptions older = optionsOf(*lane);
    older.abilities.hasExpireTime = false; // as servers before 7.0
    const KeyEdit again{"doc", SetJson{".", "[1]", SeenBytes::there(R"({"b":[2]})")}};
    QCOMPARE(told(applyEdit(*lane, again, older, {})), u"Done"_s);
    const auto end = std::stoll(documents.server().command({"PEXPIRETIME", "doc"}));
    QVERIFY2(std::abs(end - 33'000'000'000'000) < 1'000, std::to_string(end).c_str());
}

/// Before the edit, and while it is written.
void TestJsonEdits::anotherTimeToLiveIsKeptAndTold()
{
    QFETCH(const bool, hasModule);
    for (const char* path : {R"($["d"])", "$"}) {
        JsonDocuments documents(hasModule);
        documents.set("doc", document);
        const auto lane = documents.lane();
        const bool isRoot = path[1] == '\0';
        KeyEdit edit{"doc", SetJson{path, R"("x")", SeenBytes::there(isRoot ? document : "\"text\"")}};
        edit.seenExpiry = SeenExpiry{}; // it had none
        bool isFirst = true;
        MeddledLane meddled(*lane, [&] {
            if (std::exchange(isFirst, false)) {
                documents.server().command({"PEXPIREAT", "doc", "33000000000000"});
            }
        });
        const auto outcome = applyEdit(meddled, edit, optionsOf(*lane), {});
        QCOMPARE(told(outcome), u"Done"_s);
        QVERIFY(!isFirst);
        QVERIFY(outcome->expiryChanged);
        QCOMPARE(documents.server().command({"PEXPIRETIME", "doc"}), "33000000000000"s);
        documents.server().command({"PEXPIREAT", "doc", "34000000000000"});
        edit.action = SetJson{path, "2", SeenBytes::there(R"("x")")};
        edit.seenExpiry = SeenExpiry{ExpiryTime(Milliseconds{33'000'000'000'000})};
        const auto later = applyEdit(*lane, edit, optionsOf(*lane), {});
        QCOMPARE(told(later), u"Done"_s);
        QVERIFY(later->expiryChanged);
        QCOMPARE(documents.server().command({"PEXPIRETIME", "doc"}), "34000000000000"s);
    }
}

/// As the server writes it: the next edit is compared with that.
void TestJsonEdits::whatTheServerMadeOfItIsTold()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    documents.set("doc", document);
    const auto lane = documents.lane();
    const auto outcome = apply(*lane, SetJson{R"($["d"])", R"("\u00e9\/")", SeenBytes::there("\"text\"")});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->now.element.value(), std::vector<std::string>{"\"\xc3\xa9/\""});
    const SeenBytes seen = SeenBytes::there(outcome->now.element->front());
    QCOMPARE(told(apply(*lane, SetJson{R"($["d"])", "1", seen})), u"Done"_s);
}

void TestJsonEdits::aPathToSeveralIsRefused()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    documents.set("doc", document);
    const auto outcome = apply(*documents.lane(), SetJson{R"($["a"]["c"][*])", "9", SeenBytes::there("1")});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Input);
    QVERIFY2(outcome.error().detail.contains(u"3 values"_s), qPrintable(outcome.error().detail));
    const auto appended = apply(*documents.lane(), AppendJson{R"($["a"]["c"][*])", "9"});
    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, ErrorKind::Input);
    QCOMPARE(documents.get("doc"), document);
}

void TestJsonEdits::aPathThatLeadsNowhereIsTold()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    documents.set("doc", document);
    const auto lane = documents.lane();
    QCOMPARE(told(apply(*lane, SetJson{R"($["x"])", "9", SeenBytes::there("1")})), u"Conflict"_s);
    QCOMPARE(told(apply(*lane, DeleteJson{R"($["x"])", "1"})), u"Conflict"_s);
    QCOMPARE(told(apply(*lane, AppendJson{R"($["x"])", "1"})), u"Conflict"_s);
    if (hasModule) { // into what is no object: refused by the module
        const auto outcome = apply(*lane, SetJson{R"($["d"]["x"])", "9", SeenBytes::absent()});
        QVERIFY2(!outcome || outcome->status == EditOutcome::Status::Conflict, qPrintable(told(outcome)));
    }
    QCOMPARE(documents.get("doc"), document);
    documents.server().command({"DEL", "doc"});
    QCOMPARE(told(apply(*lane, SetJson{R"($["d"])", "9", SeenBytes::there("1")})), u"Gone"_s);
}

/// Within the transaction, where what comes with it is taken.
void TestJsonEdits::whatTheModuleRefusesChangesNothing()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    JsonDocuments documents(true);
    documents.set("doc", document);
    documents.server().command({"PEXPIREAT", "doc", "33000000000000"});
    const auto lane = documents.lane();
    const std::vector<EditAction> actions{SetJson{R"($["x"]["y"])", "1", SeenBytes::absent()},
        SetJson{R"($["a"]["c"][7])", "1", SeenBytes::absent()},
        SetJson{"$", R"({"a":1e400})", SeenBytes::there(document)}};
    for (const EditAction& action : actions) {
        const auto outcome = apply(*lane, action);
        const QString text = outcome ? outcomeText(KeyEdit{"doc", action}, *outcome) : errorText(outcome.error());
        QVERIFY2(!outcome || outcome->status == EditOutcome::Status::Conflict, qPrintable(told(outcome)));
        QVERIFY2(text.contains(u"nothing was changed"_s, Qt::CaseInsensitive), qPrintable(text));
        QCOMPARE(documents.get("doc"), document);
        QCOMPARE(documents.server().command({"PEXPIRETIME", "doc"}), "33000000000000"s);
    }
}

void TestJsonEdits::overwritingIsAChoice()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    documents.set("doc", R"({"a":2})");
    const auto lane = documents.lane();
    const KeyEdit edit{"doc", SetJson{R"($["a"])", "3", SeenBytes::there("1")}};
    const auto outcome = applyEdit(*lane, edit, optionsOf(*lane), {});
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(outcome->now.element.value(), std::vector<std::string>{"2"});
    const auto again = overwriting(edit, outcome->now);
    QVERIFY(again);
    QCOMPARE(told(applyEdit(*lane, *again, optionsOf(*lane), {})), u"Done"_s);
    QCOMPARE(documents.get("doc"), R"({"a":3})"s);
}

/// What stands at the index is equal still, but it is another element.
void TestJsonEdits::elementsAreKnownByTheirNeighbours()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    const auto lane = documents.lane();
    const auto one = SeenBytes::there("1");
    const std::vector<EditAction> actions{SetJson{R"($["c"][2])", "9", one, one, SeenBytes::there("1")},
        DeleteJson{R"($["c"][2])", "1", one, SeenBytes::there("1")}};
    for (const EditAction& action : actions) {
        documents.set("doc", R"({"c":[0,1,1,1,2]})");
        QCOMPARE(told(apply(*lane, action)), u"Done"_s);
        documents.set("doc", R"({"c":[1,1,1,2]})"); // another took the first away
        const auto outcome = apply(*lane, action);
        QCOMPARE(told(outcome), u"Conflict"_s);
        QVERIFY(outcome->now.before == one && outcome->now.after == SeenBytes::there("2"));
        QCOMPARE(documents.get("doc"), R"({"c":[1,1,1,2]})"s);
        const auto again = overwriting(KeyEdit{"doc", action}, outcome->now);
        QVERIFY(again);
        QCOMPARE(told(applyEdit(*lane, *again, optionsOf(*lane), {})), u"Done"_s);
    }
    documents.set("doc", R"({"c":[1]})");
    const SetJson last{R"($["c"][0])", "9", one, SeenBytes::notLooked(), SeenBytes::absent()};
    documents.set("doc", R"({"c":[1,1]})"); // another put one behind it
    QCOMPARE(told(apply(*lane, last)), u"Conflict"_s);
    documents.set("doc", R"({"c":[1]})");
    QCOMPARE(told(apply(*lane, last)), u"Done"_s);
    QCOMPARE(documents.get("doc"), R"({"c":[9]})"s);
}

void TestJsonEdits::newDocuments()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    const auto lane = documents.lane();
    const CreateKey create{NewJson{R"({"a":[1]})"}, std::nullopt};
    if (hasModule) { // the double knows no keys that are not there
        QCOMPARE(told(apply(*lane, create)), u"Done"_s);
        QCOMPARE(documents.get("doc"), R"({"a":[1]})"s);
    } else {
        documents.set("doc", "1");
    }
    QCOMPARE(told(apply(*lane, create)), u"Conflict"_s);
}

/// Where the server can't tell of changes, what is shown is looked at.
void TestJsonEdits::aChangeOfTheSameSizeIsSeen()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    const auto lane = documents.lane();
    documents.set("doc", R"({"a":1})");
    const auto before = lookAgain(*lane, "doc", {}, {});
    QVERIFY(before);
    const auto same = lookAgain(*lane, "doc", {}, {});
    QVERIFY(same && !differs(*before, *same));
    documents.set("doc", R"({"a":2})");
    const auto now = lookAgain(*lane, "doc", {}, {});
    QVERIFY(now && differs(*before, *now));
}

/// Its length says nothing of it: servers have no question for that.
void TestJsonEdits::aLongDocumentIsDeletedAsItWasSeen()
{
    QFETCH(const bool, hasModule);
    JsonDocuments documents(hasModule);
    const auto lane = documents.lane();
    const auto longOne = [](const char* end) {
        return R"({"a":")" + std::string(SeenContent::mostBytes + 1, 'x') + R"(","b":)" + end + '}';
    };
    documents.set("doc", longOne("1"));
    KeyEdit edit{"doc", DeleteKey{}, SeenExpiry{}, "ReJSON-RL"};
    edit.seenContent = seenDocument(std::make_shared<const std::string>(documents.get("doc")));
    documents.set("doc", longOne("2"));
    const auto outcome = applyEdit(*lane, edit, optionsOf(*lane), {});
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY(outcome->now.isOtherContent);
    QCOMPARE(documents.server().command({"EXISTS", "doc"}), std::string("1"));
    documents.set("doc", longOne("1"));
    QCOMPARE(told(applyEdit(*lane, edit, optionsOf(*lane), {})), u"Done"_s);
    QCOMPARE(documents.server().command({"EXISTS", "doc"}), std::string("0"));
}

void TestJsonEdits::whatMakesNoSenseIsRefused()
{
    JsonDocuments documents(false);
    documents.set("doc", document);
    const auto lane = documents.lane();
    const std::vector<EditAction> actions{SetJson{"$", "{\"a\":", SeenBytes::there(document)},
        SetJson{"$", "", SeenBytes::there(document)}, DeleteJson{"$", document}, DeleteJson{".", document},
        AppendJson{R"($["a"]["c"])", "{"}, AppendJson{R"($["a"]["c"])", ""},
        CreateKey{NewJson{"nonsense"}, std::nullopt}};
    for (const EditAction& action : actions) {
        const auto outcome = apply(*lane, action);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::Input);
    }
    QCOMPARE(documents.get("doc"), document);
}

void TestJsonEdits::aBusyDocumentIsChangedByTheScript()
{
    if (jsonModule().isEmpty()) {
        QSKIP("KEYGLASS_TEST_JSON_MODULE names no module");
    }
    JsonDocuments documents(true);
    documents.set("doc", R"({"a":1,"n":0})");
    const auto lane = documents.lane();
    MeddledLane meddled(*lane, [&] { documents.server().command({"JSON.NUMINCRBY", "doc", "$.n", "1"}); });
    const auto outcome = apply(meddled, SetJson{R"($["a"])", "2", SeenBytes::there("1")});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->usedScript);
    QVERIFY(documents.get("doc").starts_with(R"({"a":2,)"));
}

QTEST_GUILESS_MAIN(TestJsonEdits)
#include "tst_jsonedits.moc"
