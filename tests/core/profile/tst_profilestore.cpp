// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/profile/profilestore.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestProfileStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField_data();
    void keepsEveryField();
    void givesNewProfilesAnId();
    void changesTheProfileWithTheSameId();
    void removesOnlyWhatItIsTold();
    void copiesUnderANameOfItsOwn();
    void copiesNoKeychainEntry();
    void sortsByLastUse();
    void findsByIdBeforeName();
    void keepsFieldsItDoesNotKnow();
    void keepsProfilesOfOtherKinds();
    void readsBadFieldsAsDefaults();
    void readsWhatWasWrittenBeforeThereWereClusters();
    void readsBadFieldsOfClustersAsDefaults();
    void takesAnUnknownEnvironmentForProduction();
    void tellsOfADamagedFileAndWorks();
    void worksWithoutAFolder();
    void saysWhatKeepsAProfileFromBeingUsed_data();
    void saysWhatKeepsAProfileFromBeingUsed();
};

namespace {

Profile named(const QString& name)
{
    Profile profile;
    profile.name = name;
    return profile;
}

QStringList namesOf(const std::vector<Profile>& profiles)
{
    QStringList names;
    for (const Profile& profile : profiles) {
        names.append(profile.name);
    }
    return names;
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QJsonObject readBack(const QTemporaryDir& folder)
{
    QFile file(folder.filePath(u"profiles.json"_s));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

void TestProfileStore::keepsEveryField_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addRow("defaults") << named(u"a"_s);
    Profile full = named(u"shop ✓"_s);
    full.host = u"cache.example"_s;
    full.port = 7001;
    full.user = u"bob"_s;
    full.passwordSource = PasswordSource::Keychain;
    full.database = 15;
    full.tls = {.enabled = true,
        .verify = false,
        .caFile = u"/ca"_s,
        .certificateFile = u"/c"_s,
        .keyFile = u"/k"_s,
        .serverName = u"n"_s};
    full.readOnly = true;
    full.environment = Environment::Production;
    full.separator = u"::"_s;
    full.pace = ScanPace::Balanced;
    QTest::addRow("everything set") << full;
    Profile socket = named(u"socket"_s);
    socket.host.clear();
    socket.socketPath = u"/run/redis.sock"_s;
    socket.environment = Environment::Staging;
    socket.passwordSource = PasswordSource::Asked;
    socket.separator.clear();
    socket.pace = ScanPace::Gentle;
    QTest::addRow("socket, flat list") << socket;
    Profile cluster = full;
    cluster.kind = ProfileKind::Cluster;
    cluster.seeds = {{u"b.example"_s, 7002}, {u"::1"_s, 7003}};
    cluster.addressMap = {{u"172.17.0.2:6379"_s, u"127.0.0.1:7001"_s}, {u"172.17.0.3"_s, u"localhost"_s}};
    cluster.useSeedAddress = true;
    cluster.scanReplicas = ScanReplicas::Replicas;
    QTest::addRow("cluster") << cluster;
    cluster.scanReplicas = ScanReplicas::Both;
    QTest::addRow("cluster, masters and replicas") << cluster;
    Profile sentinel = full;
    sentinel.kind = ProfileKind::Sentinel;
    sentinel.port = 26379;
    sentinel.seeds = {{u"b.example"_s, 26380}};
    sentinel.sentinelMaster = u"main"_s;
    sentinel.sentinelUser = u"watcher"_s;
    sentinel.sentinelPasswordSource = PasswordSource::Keychain;
    sentinel.sentinelTls = {.enabled = true,
        .verify = false,
        .caFile = u"/sca"_s,
        .certificateFile = u"/sc"_s,
        .keyFile = u"/sk"_s,
        .serverName = u"sn"_s};
    QTest::addRow("Sentinel") << sentinel;
}

void TestProfileStore::keepsEveryField()
{
    QFETCH(Profile, profile);
    const QTemporaryDir folder;
    const Result<Profile> saved = ProfileStore(folder.path()).save(profile);
    QVERIFY(saved);
    const ProfileStore again(folder.path());
    QVERIFY(!again.trouble());
    QCOMPARE(again.profiles().size(), 1U);
    profile.id = saved->id;
    QVERIFY(again.profiles().front() == profile);
}

void TestProfileStore::givesNewProfilesAnId()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    const Result<Profile> first = store.save(named(u"a"_s));
    const Result<Profile> second = store.save(named(u"a"_s));
    QVERIFY(first && second);
    QVERIFY(!first->id.isEmpty());
    QVERIFY(first->id != second->id);
}

void TestProfileStore::changesTheProfileWithTheSameId()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    Profile first = *store.save(named(u"a"_s));
    QVERIFY(store.save(named(u"b"_s)));
    first.name = u"c"_s;
    QVERIFY(store.save(first));
    QCOMPARE(namesOf(store.profiles()), QStringList({u"c"_s, u"b"_s}));
}

void TestProfileStore::removesOnlyWhatItIsTold()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    const Profile first = *store.save(named(u"a"_s));
    QVERIFY(store.save(named(u"b"_s)));
    QVERIFY(store.remove(first.id));
    QVERIFY(store.remove(u"no such id"_s));
    QCOMPARE(namesOf(ProfileStore(folder.path()).profiles()), QStringList({u"b"_s}));
}

void TestProfileStore::copiesUnderANameOfItsOwn()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    const Profile first = *store.save(named(u"a"_s));
    QVERIFY(store.duplicate(first.id));
    QVERIFY(store.duplicate(first.id));
    QCOMPARE(namesOf(store.profiles()), QStringList({u"a"_s, u"a copy"_s, u"a copy 2"_s}));
    const Result<Profile> none = store.duplicate(u"no such id"_s);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Gone);
}

void TestProfileStore::copiesNoKeychainEntry()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    Profile profile = named(u"a"_s);
    profile.passwordSource = PasswordSource::Keychain;
    const Result<Profile> copy = store.duplicate(store.save(profile)->id);
    QVERIFY(copy);
    QCOMPARE(copy->passwordSource, PasswordSource::Asked);
}

void TestProfileStore::sortsByLastUse()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    const Profile first = *store.save(named(u"never"_s));
    const Profile second = *store.save(named(u"long ago"_s));
    const Profile third = *store.save(named(u"now"_s));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123);
    QVERIFY(store.markUsed(second.id, now.addDays(-30)));
    QVERIFY(store.markUsed(third.id, now));
    const ProfileStore again(folder.path());
    QCOMPARE(namesOf(again.recentlyUsed()), QStringList({u"now"_s, u"long ago"_s, u"never"_s}));
    QCOMPARE(again.lastUsed(third.id), std::optional(now));
    QVERIFY(!again.lastUsed(first.id));
}

void TestProfileStore::findsByIdBeforeName()
{
    const QTemporaryDir folder;
    ProfileStore store(folder.path());
    const Profile first = *store.save(named(u"a"_s));
    QVERIFY(store.save(named(first.id)));
    QCOMPARE(store.find(first.id)->name, u"a"_s);
    QCOMPARE(store.find(u"a"_s)->id, first.id);
    QVERIFY(!store.find(u"b"_s));
}

void TestProfileStore::keepsFieldsItDoesNotKnow()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"profiles.json"_s), R"({"version": 7, "later": [1], "profiles": [
        {"id": "x", "kind": "standalone", "name": "a", "color": "green", "tls": {"enabled": true, "pin": "p"}}]})");
    ProfileStore store(folder.path());
    Profile profile = store.profiles().at(0);
    profile.name = u"b"_s;
    QVERIFY(store.save(profile));
    QVERIFY(store.markUsed(profile.id, QDateTime::currentDateTimeUtc()));
    const QJsonObject content = readBack(folder);
    const QJsonObject entry = content[u"profiles"_s].toArray().at(0).toObject();
    QCOMPARE(content[u"version"_s].toInt(), 7);
    QCOMPARE(content[u"later"_s].toArray().size(), 1);
    QCOMPARE(entry[u"name"_s].toString(), u"b"_s);
    QCOMPARE(entry[u"color"_s].toString(), u"green"_s);
    QCOMPARE(entry[u"tls"_s].toObject()[u"pin"_s].toString(), u"p"_s);
}

void TestProfileStore::keepsProfilesOfOtherKinds()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"profiles.json"_s),
        R"({"profiles": [{"id": "x", "kind": "hive", "seeds": ["a:1"]}, {"id": "y", "kind": "standalone"},
            {"id": "z", "name": "far", "kind": 7}]})");
    ProfileStore store(folder.path());
    QCOMPARE(store.profiles().size(), 1U);
    QCOMPARE(store.unknownProfiles(), QStringList({u"x"_s, u"far"_s}));
    QVERIFY(store.remove(u"y"_s));
    const QJsonArray entries = readBack(folder)[u"profiles"_s].toArray();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.at(0).toObject()[u"seeds"_s].toArray().size(), 1);
}

void TestProfileStore::readsBadFieldsAsDefaults()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"profiles.json"_s), R"({"profiles": [
        {"id": "x", "kind": "standalone", "port": 70000, "database": -4, "tls": 3, "pace": "warp", "passwordSource": "?"},
        7, {"kind": "standalone", "name": "without id"}]})");
    const ProfileStore store(folder.path());
    QCOMPARE(store.profiles().size(), 1U);
    const Profile& profile = store.profiles().front();
    QCOMPARE(profile.port, 6379);
    QCOMPARE(profile.database, 0);
    QVERIFY(profile.tls.verify);
    QVERIFY(!profile.pace);
    QCOMPARE(profile.passwordSource, PasswordSource::Asked);
}

void TestProfileStore::readsWhatWasWrittenBeforeThereWereClusters()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"profiles.json"_s), R"({"version": 1, "profiles": [
        {"id": "x", "kind": "standalone", "name": "a", "host": "h", "port": 7, "passwordSource": "keychain"}]})");
    const ProfileStore store(folder.path());
    Profile expected = named(u"a"_s);
    expected.id = u"x"_s;
    expected.host = u"h"_s;
    expected.port = 7;
    expected.passwordSource = PasswordSource::Keychain;
    expected.environment = Environment::Production; // none is named
    QCOMPARE(store.profiles().size(), 1U);
    QVERIFY(store.profiles().front() == expected);
    QVERIFY(store.unknownProfiles().isEmpty());
}

void TestProfileStore::readsBadFieldsOfClustersAsDefaults()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"profiles.json"_s), R"({"profiles": [
        {"id": "x", "kind": "cluster", "seeds": ["a", "b:0", 7, "", "c:70000", "d:8"], "addressMap": {"a": "b"},
            "scanReplicas": "some", "useSeedAddress": "yes"},
        {"id": "y", "kind": "sentinel", "seeds": ["a"], "sentinel": {"passwordSource": "?", "tls": 3}}]})");
    const ProfileStore store(folder.path());
    QCOMPARE(store.profiles().size(), 2U);
    const Profile& cluster = store.profiles().front();
    QVERIFY(cluster.seeds == (std::vector<HostPort>{{u"a"_s, 6379}, {u"d"_s, 8}}));
    QVERIFY(cluster.addressMap.empty());
    QCOMPARE(cluster.scanReplicas, ScanReplicas::Masters);
    QVERIFY(!cluster.useSeedAddress);
    const Profile& sentinel = store.profiles().back();
    QCOMPARE(sentinel.port, 26379);
    QVERIFY(sentinel.seeds == (std::vector<HostPort>{{u"a"_s, 26379}}));
    QCOMPARE(sentinel.sentinelPasswordSource, PasswordSource::Asked);
    QVERIFY(!sentinel.sentinelTls.enabled);
    QVERIFY(sentinel.sentinelTls.verify);
}

void TestProfileStore::takesAnUnknownEnvironmentForProduction()
{
    QCOMPARE(environmentFromName(u"development"_s), Environment::Development);
    QCOMPARE(environmentFromName(u"staging"_s), Environment::Staging);
    QCOMPARE(environmentFromName(u"pre-production"_s), Environment::Production);
}

void TestProfileStore::tellsOfADamagedFileAndWorks()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"profiles.json"_s), "{\"profiles\": [");
    ProfileStore store(folder.path());
    QVERIFY(store.trouble());
    QCOMPARE(store.trouble()->kind, ErrorKind::File);
    QVERIFY(store.save(named(u"a"_s)));
    QCOMPARE(ProfileStore(folder.path()).profiles().size(), 1U);
}

void TestProfileStore::worksWithoutAFolder()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"file"_s), "in the way");
    ProfileStore store(folder.filePath(u"file/keyglass"_s));
    const Result<Profile> saved = store.save(named(u"a"_s));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::File);
    QCOMPARE(namesOf(store.profiles()), QStringList({u"a"_s}));
    QVERIFY(!store.profiles().front().id.isEmpty());
}

void TestProfileStore::saysWhatKeepsAProfileFromBeingUsed_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<QList<int>>("fields");
    using Field = ProfileProblem::Field;
    const auto fields = [](std::initializer_list<Field> list) {
        QList<int> numbers;
        for (const Field field : list) {
            numbers.append(static_cast<int>(field));
        }
        return numbers;
    };
    QTest::addRow("fine") << named(u"a"_s) << fields({});
    Profile profile;
    profile.host.clear();
    profile.port = 0;
    profile.database = -1;
    QTest::addRow("no host, port 0, negative database")
        << profile << fields({Field::Host, Field::Port, Field::Database});
    profile = {};
    profile.host = u"a b"_s;
    QTest::addRow("space in the host") << profile << fields({Field::Host});
    profile = {};
    profile.host.clear();
    profile.socketPath = u"run/r.sock"_s;
    QTest::addRow("relative socket path") << profile << fields({Field::SocketPath});
    profile = {};
    profile.tls.enabled = true;
    profile.tls.caFile = u"/no/such/file"_s;
    profile.tls.certificateFile = QCoreApplication::applicationFilePath();
    QTest::addRow("no CA file, certificate without key") << profile << fields({Field::CaFile, Field::KeyFile});
    profile.tls.enabled = false;
    QTest::addRow("TLS is off") << profile << fields({});
    profile = {};
    profile.seeds = {{u"a b"_s, 1}, {u"b"_s, 0}};
    profile.addressMap = {{u"a"_s, u""_s}};
    QTest::addRow("fields that only clusters have") << profile << fields({});
    profile.kind = ProfileKind::Cluster;
    QTest::addRow("bad seeds, a bad address") << profile << fields({Field::Seeds, Field::Seeds, Field::AddressMap});
    profile = {};
    profile.kind = ProfileKind::Sentinel;
    profile.sentinelTls.enabled = true;
    profile.sentinelTls.caFile = u"/no/such/file"_s;
    profile.sentinelTls.keyFile = u"/no/such/file"_s;
    QTest::addRow("no master, bad files for the Sentinels")
        << profile
        << fields(
               {Field::SentinelMaster, Field::SentinelCaFile, Field::SentinelKeyFile, Field::SentinelCertificateFile});
}

void TestProfileStore::saysWhatKeepsAProfileFromBeingUsed()
{
    QFETCH(Profile, profile);
    QList<int> fields;
    for (const ProfileProblem& problem : problemsOf(profile)) {
        fields.append(static_cast<int>(problem.field));
        QVERIFY(problem.text.endsWith(u'.'));
    }
    QTEST(fields, "fields");
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
