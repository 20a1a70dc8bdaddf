// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/draftkeeper.h"
#include "core/edit/draftstore.h"

#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

Draft draftOf(std::string key, std::string text, int second = 0)
{
    Draft draft;
    draft.key = {"profile", 0, std::move(key)};
    draft.cell.seen = std::string("old\0\xFF", 5);
    draft.text = {EditForm::Text, std::move(text), false};
    draft.time = std::chrono::system_clock::time_point(std::chrono::seconds(second));
    return draft;
}

Draft fieldDraft(const std::string& field, int second)
{
    Draft draft = draftOf("hash", "new of " + field, second);
    draft.cell.kind = CellKind::HashValue;
    draft.cell.name = field;
    return draft;
}

} // namespace

Q_DECLARE_METATYPE(SeenBytes)

class TestDraftStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesBackWhatWasKept_data();
    void givesBackWhatWasKept();
    void keepsThroughWhichDecodersItIs();
    void onlyItsUserCanReadIt();
    void thereIsOneForEachCell();
    void keysProfilesAndDatabasesAreApart();
    void damagedFilesArePassedOver();
    void saysWhereItCanNotWrite();
    void aKilledProgramLeavesAWholeDraft();
    void theNewestIsWritten();
    void whatWaitsIsFound();
    void claimedDraftsAreNotOffered();
    void theLastIsWrittenAtTheEnd();
    void manyThreadsMayKeep();

private:
    [[nodiscard]] QString folder() const { return m_folder->path() + u"/drafts"_s; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDraftStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestDraftStore::givesBackWhatWasKept_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<SeenBytes>("before");
    QTest::addColumn<SeenBytes>("after");
    const SeenBytes none = SeenBytes::notLooked();
    QTest::newRow("string") << int(CellKind::String) << none << none;
    QTest::newRow("field, nobody asked when it ends") << int(CellKind::HashValue) << none << none;
    QTest::newRow("field that does not end") << int(CellKind::HashValue) << none << SeenBytes::absent();
    QTest::newRow("field that ends") << int(CellKind::HashValue) << SeenBytes::there({}) << none;
    QTest::newRow("element") << int(CellKind::ListElement)
                             << SeenBytes::there("be\xFF"
                                                 "fore")
                             << SeenBytes::absent();
    QTest::newRow("element beside a long one")
        << int(CellKind::ListElement) << SeenBytes::like(std::string(5'000, 'x')) << SeenBytes::there({});
    QTest::newRow("member") << int(CellKind::SetMember) << none << none;
    QTest::newRow("sorted member") << int(CellKind::SortedMember) << none << none;
    QTest::newRow("score") << int(CellKind::Score) << none << none;
    QTest::newRow("typed bytes") << int(CellKind::StringBytes) << none << none;
    QTest::newRow("new key") << int(CellKind::NewKey) << none << none;
    QTest::newRow("new element") << int(CellKind::NewElement) << none << none;
}

void TestDraftStore::givesBackWhatWasKept()
{
    QFETCH(const int, kind);
    const DraftStore store(folder());
    Draft draft = draftOf(std::string("key\0\xFE", 5), "typed\n\xC3\xA4", 12345);
    draft.cell.kind = static_cast<CellKind>(kind);
    draft.cell.name = "na\xFFme";
    draft.cell.score = 0.1 + 0.2;
    draft.cell.index = UINT64_MAX;
    QFETCH(const SeenBytes, before);
    QFETCH(const SeenBytes, after);
    draft.cell.before = before;
    draft.cell.after = after;
    draft.cell.isEndKnown = after.state != SeenBytes::State::NotLooked;
    if (before.state == SeenBytes::State::There) {
        draft.cell.end = ExpiryTime(Milliseconds{4'102'444'800'123});
        draft.cell.isEndKnown = true;
    }
    draft.text.form = EditForm::Json;
    draft.text.isCompact = true;
    QVERIFY(store.save(draft));
    const auto found = store.of(draft.key);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].key == draft.key);
    QVERIFY(found[0].cell == draft.cell);
    QCOMPARE(found[0].text.text, draft.text.text);
    QCOMPARE(found[0].text.form, draft.text.form);
    QCOMPARE(found[0].text.isCompact, draft.text.isCompact);
    QVERIFY(found[0].time == draft.time);
    QVERIFY(store.remove(draft.key, draft.cell));
    QVERIFY(store.remove(draft.key, draft.cell)); // gone already
    QVERIFY(store.of(draft.key).empty());
}

/// A program that knows nothing of decoders must not take what they made of a value for its bytes.
void TestDraftStore::keepsThroughWhichDecodersItIs()
{
    const DraftStore store(folder());
    Draft draft = draftOf("key", "{}");
    const QString path = folder() + u'/' + DraftStore::fileName(draft.key, draft.cell);
    const auto written = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    };
    QVERIFY(store.save(draft));
    QCOMPARE(written()[u"version"_s].toInt(), 1);
    draft.decoders = "zstd,json";
    QVERIFY(store.save(draft));
    QCOMPARE(written()[u"version"_s].toInt(), 2);
    const auto found = store.of(draft.key);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].decoders, std::string("zstd,json"));
    for (const auto& [field, value] :
        {std::pair(u"version"_s, QJsonValue(3)), std::pair(u"decoders"_s, QJsonValue())}) {
        QJsonObject other = written();
        other[field] = value;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(other).toJson());
        file.close();
        QVERIFY(store.of(draft.key).empty());
        QVERIFY(store.save(draft));
    }
    QJsonObject older = written(); // as it was written before there were any decoders
    older.remove(u"decoders"_s);
    older[u"version"_s] = 1;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(older).toJson());
    file.close();
    QCOMPARE(store.of(draft.key).size(), std::size_t(1));
    QVERIFY(store.of(draft.key)[0].decoders.empty());
}

void TestDraftStore::onlyItsUserCanReadIt()
{
    const DraftStore store(folder());
    const Draft draft = draftOf("key", "text");
    for (int round = 0; round < 2; ++round) {
        QVERIFY(store.save(draft));
        const QFileInfo file(folder() + u'/' + DraftStore::fileName(draft.key, draft.cell));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(file.exists());
        QCOMPARE(file.permissions() & others, QFile::Permissions());
        QCOMPARE(
            QFileInfo(folder()).permissions() & (others | QFile::ExeGroup | QFile::ExeOther), QFile::Permissions());
    }
    QVERIFY(!DraftStore::fileName(draft.key, draft.cell).contains(u"key"));
}

void TestDraftStore::thereIsOneForEachCell()
{
    const DraftStore store(folder());
    QVERIFY(store.save(fieldDraft("a", 1)));
    QVERIFY(store.save(fieldDraft("b", 3)));
    QVERIFY(store.save(fieldDraft("a", 2)));
    const auto found = store.of({"profile", 0, "hash"});
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].cell.name, std::string("b")); // the newest first
    QCOMPARE(found[1].cell.name, std::string("a"));
}

void TestDraftStore::keysProfilesAndDatabasesAreApart()
{
    const DraftStore store(folder());
    Draft draft = draftOf("key", "text");
    QVERIFY(store.save(draft));
    draft.key.database = 1;
    QVERIFY(store.save(draft));
    draft.key.profile = "other";
    QVERIFY(store.save(draft));
    QCOMPARE(store.of({"profile", 0, "key"}).size(), std::size_t(1));
    QCOMPARE(store.ofProfile("profile").size(), std::size_t(2));
    QCOMPARE(store.ofProfile("nobody").size(), std::size_t(0));
}

void TestDraftStore::damagedFilesArePassedOver()
{
    const DraftStore store(folder());
    const Draft draft = draftOf("key", "text");
    QVERIFY(store.save(draft));
    QVERIFY(store.save(fieldDraft("a", 1)));
    QFile file(folder() + u'/' + DraftStore::fileName(draft.key, draft.cell));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() / 2));
    file.close();
    QVERIFY(store.of(draft.key).empty());
    QVERIFY(file.exists());
    QCOMPARE(store.ofProfile("profile").size(), std::size_t(1));
}

void TestDraftStore::saysWhereItCanNotWrite()
{
    QFile file(folder());
    QVERIFY(file.open(QIODevice::WriteOnly)); // a file where the folder should be
    const auto written = DraftStore(folder()).save(draftOf("key", "text"));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::File);
}

/// Killed in the middle of writing again and again: what is found is one of the texts, whole.
void TestDraftStore::aKilledProgramLeavesAWholeDraft()
{
    QVERIFY(DraftStore(folder()).save(draftOf("key", std::string(200'000, 'a'))));
    for (int round = 0; round < 10; ++round) {
        const pid_t child = fork();
        if (child == 0) {
            const DraftStore store(folder());
            for (char letter = 'a';; letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1)) {
                (void)store.save(draftOf("key", std::string(200'000, letter)));
            }
        }
        QVERIFY(child > 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(5 + round * 3)); // any moment will do
        QCOMPARE(kill(child, SIGKILL), 0);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        const auto found = DraftStore(folder()).of({"profile", 0, "key"});
        QCOMPARE(found.size(), std::size_t(1));
        const std::string& text = found[0].text.text;
        QCOMPARE(text, std::string(200'000, text[0]));
    }
}

void TestDraftStore::theNewestIsWritten()
{
    DraftKeeper keeper(folder());
    for (int n = 0; n < 100; ++n) {
        keeper.keep(draftOf("key", std::to_string(n), n));
    }
    keeper.flush();
    const auto found = DraftStore(folder()).of({"profile", 0, "key"});
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].text.text, std::string("99"));
    keeper.remove(found[0].key, found[0].cell);
    keeper.flush();
    QVERIFY(DraftStore(folder()).of({"profile", 0, "key"}).empty());
}

void TestDraftStore::whatWaitsIsFound()
{
    DraftKeeper keeper(folder());
    for (int n = 0; n < 200; ++n) {
        keeper.keep(draftOf("key", std::to_string(n), n));
        const auto found = keeper.of({"profile", 0, "key"});
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].text.text, std::to_string(n));
    }
    keeper.remove({"profile", 0, "key"}, draftOf("key", {}).cell);
    QVERIFY(keeper.of({"profile", 0, "key"}).empty());
    QVERIFY(keeper.ofProfile("profile").empty());
}

void TestDraftStore::claimedDraftsAreNotOffered()
{
    DraftKeeper keeper(folder());
    const Draft draft = draftOf("key", "text");
    keeper.claim(draft.key, draft.cell);
    keeper.keep(draft);
    QVERIFY(keeper.of(draft.key).empty());
    keeper.flush();
    QVERIFY(keeper.of(draft.key).empty());
    keeper.release(draft.key, draft.cell);
    QCOMPARE(keeper.of(draft.key).size(), std::size_t(1));
}

void TestDraftStore::theLastIsWrittenAtTheEnd()
{
    {
        DraftKeeper keeper(folder());
        keeper.keep(draftOf("key", "text"));
    }
    QCOMPARE(DraftStore(folder()).of({"profile", 0, "key"}).size(), std::size_t(1));
}

void TestDraftStore::manyThreadsMayKeep()
{
    DraftKeeper keeper(folder());
    std::atomic<int> told = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int n = 0; n < 50; ++n) {
                keeper.keep(
                    fieldDraft(std::to_string(thread), n), [&told](const Status& written) { told += written ? 1 : 0; });
                (void)keeper.of({"profile", 0, "hash"});
            }
        });
    }
    threads.clear();
    keeper.flush();
    QCOMPARE(keeper.of({"profile", 0, "hash"}).size(), std::size_t(4));
    QVERIFY(told >= 4);
}

QTEST_APPLESS_MAIN(TestDraftStore)
#include "tst_draftstore.moc"
