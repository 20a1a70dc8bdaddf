// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/loglevel.h"
#include "core/base/result.h"
#include "core/console/consoleanswer.h"
#include "core/edit/keyedit.h"
#include "core/index/keyfilter.h"
#include "core/index/snapshot.h"
#include "core/profile/profile.h"
#include "core/results/keychoice.h"
#include "core/results/resultset.h"
#include "core/scan/scanreport.h"
#include "core/scan/scanrequest.h"
#include "core/session/jobtarget.h"
#include "core/session/keynews.h"
#include "core/source/redis/serverfacts.h"
#include "core/value/keydetails.h"
#include "core/value/servermodules.h"
#include "core/value/streamgroups.h"
#include "core/value/streamrange.h"
#include "core/value/valuepage.h"
#include "core/value/valuesight.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// Where a session stands with its server.
enum class SessionState {
    Closed, ///< Not opened yet, or closed by the user.
    Connecting,
    Connected,
    Lost,   ///< The connection broke; everything loaded stays readable, a next try is scheduled.
    Failed, ///< The first connection did not come about; `lastError()` tells why.
};

struct Credentials;
class BulkJob;
class ColumnOrder;
class SchemaSession;
struct ColumnScope;
struct JobPlan;
struct PlacedPlan;
struct SortCost;
struct StringLoad;
struct StringLoaded;
struct TableExport;
class TableSession;
template <typename T> struct ResultWork;
enum class SortColumn;
enum class UndoConflict;
struct UndoChoice;

/// A key by the server's name for it, and its database.
struct KeyName {
    std::string key;
    int database = 0;
};

/// One master of a cluster, as the session knows it.
struct SessionNode {
    QString address;    ///< "10.0.0.7:7001"
    QString slotRanges; ///< "0-5460"
    std::size_t replicas = 0;
    std::optional<Error> trouble; ///< Why it does not answer; nothing while it does.
};

/// How much memory the loaded keys may take before their scan is paused.
struct MemoryCap {
    std::optional<ByteCount> index; ///< The most for the index itself; nothing: half of the machine's memory.
    std::optional<ByteCount> spare; ///< What has to stay available on the machine; nothing: a twentieth of its memory.
};

/// A cap of so many percent of this computer's memory.
[[nodiscard]] MemoryCap memoryCapOf(int percent);

/// Where the scan of a session stands.
enum class ScanState { None, Running, Paused, Ended };

/// One opened profile: the one door from the window and the command line to everything in core.
///
/// Lives on the thread that made it (the GUI thread); its work runs on threads of its own, and it posts their results
/// back as signals and futures. Nothing here blocks but the destructor, which stops everything (within 100 ms).
class Session : public QObject {
    Q_OBJECT

public:
    /// `password` is kept in memory only, for reconnecting.
    explicit Session(Profile profile, QString password = {}, QObject* parent = nullptr);
    Session(Profile profile, Credentials credentials, QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Profile& profile() const;
    [[nodiscard]] SessionState state() const;
    /// Why the state is Lost or Failed.
    [[nodiscard]] std::optional<Error> lastError() const;
    /// What is known of the server; empty before the first connection.
    [[nodiscard]] const std::optional<ServerFacts>& server() const;
    /// Round trip of the last answered ping or call on the interactive lane; nothing before the first.
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const;

    /// Connects (again). stateChanged() tells how it goes; a Lost session tries by itself with growing pauses.
    void open();
    /// Ends all work and closes the connections. What is loaded stays readable.
    void close();
    /// When the next automatic try is due, while Lost.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextTryIn() const;

    // --- nodes
    /// The masters of a cluster in the order of their slots; empty for a single server.
    [[nodiscard]] std::vector<SessionNode> nodes() const;
    /// Which master of a cluster owns a key; nothing for a single server, or where its slot has none.
    [[nodiscard]] std::optional<QString> nodeOf(std::string_view key) const;
    /// The slot of a key; nothing for a single server.
    [[nodiscard]] std::optional<int> slotOfKey(std::string_view key) const;

    // --- databases
    /// The database that is open; the first where there are several.
    [[nodiscard]] int database() const;
    /// Leaves the current database's keys and opens another: scan, index and lanes start anew.
    void selectDatabase(int database);
    /// Opens several at once (without repeats, in this order); not in a cluster, which has one. From then on a key
    /// stands behind its database's root (keyroot.h) in the list, and in all that takes or gives a key of the list;
    /// nameOf() parts them. They are scanned one after the other.
    void selectDatabases(std::vector<int> databases);
    [[nodiscard]] const std::vector<int>& databases() const;
    [[nodiscard]] bool hasSeveralDatabases() const;
    /// What a key of the list, or the prefix of a folder, is on the server.
    [[nodiscard]] KeyName nameOf(std::string_view key) const;
    /// The reverse.
    [[nodiscard]] std::string listName(const KeyName& name) const;
    /// Every database of the server with its key count, where the server tells.
    [[nodiscard]] QFuture<Result<std::vector<DatabaseKeys>>> loadDatabases();

    // --- scanning
    /// Starts a scan into a new index; a running one is stopped first. The old snapshot stays until the first of the
    /// new.
    void startScan(ScanRequest request);
    /// Goes on where a limit or a stop ended the last scan, with other limits; keys already there stay. Does nothing
    /// where that one came to its end.
    void continueScan(ScanLimits limits);
    /// Tries the nodes again that the last scan had to give up; keys already there stay.
    void retryFailedNodes();
    /// Tries one of them alone, named as in the report: from its cursor while it is the same server process, else from
    /// 0 (its ledger's `lastRestart` says which). In a cluster that lost it, who owns its slots now is read.
    void retryNode(const QString& node);
    /// Scans the keys of one prefix again: new ones come in, those that are gone go.
    void rescanPrefix(const std::string& prefix);
    /// Keys of the list that an edit has made or removed: the list follows without another scan.
    void noteKeys(std::vector<std::string> added, std::vector<std::string> removed);
    void pauseScan();
    /// Goes on after pauseScan(), or after the memory was used up: then with a quarter more of it.
    void resumeScan();
    void stopScan();
    [[nodiscard]] ScanState scanState() const;
    /// Looked at with each snapshot of a running scan.
    void setMemoryCap(const MemoryCap& cap);
    /// Set while the scan is paused because the loaded keys, which take this much, have used up what they may.
    [[nodiscard]] std::optional<ByteCount> memoryHold() const;
    [[nodiscard]] ScanProgress scanProgress() const;
    /// The request of the current or last scan.
    [[nodiscard]] const ScanRequest& scanRequest() const;
    /// How the last scan ended; nothing before the first end.
    [[nodiscard]] const std::optional<ScanReport>& scanReport() const;
    /// All keys seen so far; never null.
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

    // --- saved sets of keys
    /// Shows these keys in place of the scan's, over the databases they are of, until closeResult(), a scan that begins
    /// or goes on, or another database. A scan that runs goes on behind them.
    void openResult(OpenedResult result);
    void closeResult();
    [[nodiscard]] const std::optional<OpenedResult>& openedResult() const;
    /// The keys of the opened set, else all seen so far; never null.
    [[nodiscard]] std::shared_ptr<const Snapshot> shownKeys() const;
    /// What a set of the shown keys says of itself, but for its name, conditions and what was looked for.
    [[nodiscard]] ResultSetInfo describeKeys() const;

    // --- filtering what is loaded
    /// Filters shownKeys() on worker threads, again for each new snapshot; an empty spec shows all again.
    /// filterChanged() comes with the first hits within 50 ms. Input for a bad regular expression, at once.
    [[nodiscard]] Status setFilter(const FilterSpec& spec);
    [[nodiscard]] const FilterSpec& filter() const;
    /// The newest hits; null while no filter is set and before the first hits came.
    [[nodiscard]] std::shared_ptr<const Snapshot> filteredSnapshot() const;
    /// True once the filter has seen every key of shownKeys() as it is.
    [[nodiscard]] bool isFilterComplete() const;
    /// Why the filter gave up (an expression that takes too long); nothing while all is well.
    [[nodiscard]] std::optional<Error> filterError() const;

    // --- what the visible rows show
    /// Asks for the details of these keys, first ones first, in one pipeline; a later call drops what was not sent yet.
    /// detailsLoaded() brings them, also in parts.
    void requestDetails(std::vector<std::string> keys, DetailColumns columns);
    /// The same for the rows of the key table, beside those of the tree: tableDetailsLoaded() brings them.
    void requestTableDetails(std::vector<std::string> keys, DetailColumns columns);
    /// One key's type without scanning: KeyType::None where it is not there.
    [[nodiscard]] QFuture<Result<KeyDetails>> findKey(std::string key);

    // --- all keys of the key table
    /// What sorting these keys by a column takes: asks about some of them. Unsupported or Permission where the server
    /// does not tell that column, Limit, or why there is no connection.
    [[nodiscard]] ResultWork<SortCost> measureSort(ColumnScope scope, SortColumn column);
    /// Reads the column of all of them, on lanes of its own at the pace of the scan, and sorts them.
    [[nodiscard]] ResultWork<std::shared_ptr<const ColumnOrder>> sortKeys(ColumnScope scope, SortColumn column);
    /// Writes rows to a file (exportTable()); the number of rows.
    [[nodiscard]] ResultWork<std::uint64_t> exportTable(TableExport what, QString path);
    /// The same as a text; Limit where that would be more than 64 MB.
    [[nodiscard]] ResultWork<std::string> tableText(TableExport what);

    // --- values
    [[nodiscard]] QFuture<Result<ValueHead>> loadValueHead(std::string key);
    [[nodiscard]] QFuture<Result<ValuePage>> loadValuePage(ValuePageRequest request);
    [[nodiscard]] QFuture<Result<std::string>> loadValueSlice(ValueSliceRequest request);
    /// Writes all of a string, of any size, to a file (saveString()), on a lane of its own; how many bytes. `size`: of
    /// which the progress is a share.
    [[nodiscard]] ResultWork<std::uint64_t> saveString(const std::string& key, QString path, std::uint64_t size);
    /// Makes a file of any size the content of a string (keyglass::loadString()), on lanes of its own. `confirmed`: as
    /// edit().
    [[nodiscard]] ResultWork<StringLoaded> loadString(StringLoad what, const std::vector<std::string>& confirmed = {});
    /// How many bits of a string are set, by the server's count (bitcount.h).
    [[nodiscard]] QFuture<Result<std::uint64_t>> countBits(std::string key);
    /// The modules of the server that has the key.
    [[nodiscard]] QFuture<Result<std::vector<ServerModule>>> loadModules(std::string key);

    // --- what others do to keys that are looked at
    /// From now on keyNews() tells when this key of the list changes, through reconnections and cluster changes, until
    /// unwatchKey(). `sight`: what of it is on screen, which is looked at where the server can't tell; once more with
    /// another sight as the user scrolls.
    void watchKey(const std::string& key, ValueSight sight = {});
    void unwatchKey(const std::string& key);
    /// How it is watched; nothing while that is not settled yet.
    [[nodiscard]] std::optional<KeyWatching> watchingOf(const std::string& key) const;

    // --- streams, as streamgroups.h and streamrange.h read them
    [[nodiscard]] QFuture<Result<std::vector<StreamGroup>>> loadStreamGroups(std::string key);
    [[nodiscard]] QFuture<Result<std::vector<StreamConsumer>>> loadStreamConsumers(std::string key, std::string group);
    [[nodiscard]] QFuture<Result<PendingPage>> loadPendingEntries(PendingRequest request);
    [[nodiscard]] QFuture<Result<StreamRange>> loadStreamRange(StreamRangeRequest request);

    // --- edits
    /// Carries out one edit, after those before it, on transaction lanes of its own (applyEdit()). The key is named as
    /// everywhere in this session; a new name (RenameKey) is one of the same database, without its root. `confirmed`:
    /// the commands to which the user has said yes after an Error of Confirm, or an outcome of TooBusy with one.
    [[nodiscard]] QFuture<Result<EditOutcome>> edit(KeyEdit edit, const std::vector<std::string>& confirmed = {});

    // --- console
    /// Runs one command line on lanes of its own, after those before it, in the database that is open (the first where
    /// there are several): as Console::run(). Input for a quote that is not closed; Confirm where the gate asks: come
    /// again with `confirmed`.
    [[nodiscard]] QFuture<Result<ConsoleAnswer>> runCommand(const std::string& line, const ConsoleChoice& choice = {});
    /// Ends the command that runs, and drops those that wait.
    void stopCommand();

    // --- tables
    /// The tables of the RedisTABLE module; there as long as the session.
    [[nodiscard]] TableSession& tables();

    // --- jobs
    /// What addJob() makes of a plan: where several databases are open, the plan's prefix and the choice's keys stand
    /// behind their roots. Input; Unsupported where one job can't be for several.
    [[nodiscard]] Result<PlacedPlan> placed(JobPlan plan, const std::optional<KeyChoice>& choice) const;
    /// A job for the plan's keys in the open databases, or for these keys as of now; it begins with BulkJob::run().
    /// Input where the plan can't be meant; Unsupported as placed(); else why there is no
    /// connection. The session owns it. Once it has ended, the list follows by itself. `target`: of a copy.
    [[nodiscard]] Result<BulkJob*> addJob(JobPlan plan, std::optional<KeyChoice> choice = std::nullopt,
        const std::optional<JobTarget>& target = std::nullopt);
    /// A job that brings back what an undo archive has.
    [[nodiscard]] Result<BulkJob*> addUndo(const QString& archiveFile, UndoConflict conflict);
    /// The same of some of its keys, or in other ways.
    [[nodiscard]] Result<BulkJob*> addUndo(const QString& archiveFile, UndoChoice choice);
    /// New archives are sealed by it from now on, and archives that are sealed by it can be undone without another
    /// question; empty: they are not. Kept in memory only.
    void setArchivePassphrase(const QByteArray& passphrase);
    [[nodiscard]] bool sealsArchives() const;
    /// In the order in which they were added.
    [[nodiscard]] std::vector<BulkJob*> jobs() const;
    /// How many of them came to their end.
    [[nodiscard]] std::size_t endedJobs() const;
    /// Ends a job that runs, and forgets it. Its archive stays.
    void removeJob(BulkJob* job);
    /// A new name in the folder of the undo archives.
    [[nodiscard]] QString newArchiveFile() const;

    /// Changes of tables' schemas (schemasession.h); goes with the session.
    [[nodiscard]] SchemaSession& schemas();

    /// Running work that closing would cut off, as people would say it ("a scan"); empty where there is none.
    [[nodiscard]] QStringList runningWork() const;

Q_SIGNALS:
    void stateChanged(keyglass::SessionState state);
    void databaseChanged(int database);
    /// A cluster's masters, slots or troubles are others.
    void nodesChanged();
    /// A few times a second while scanning; take the newest from snapshot().
    void snapshotChanged();
    /// A saved set was opened or closed: shownKeys() are others.
    void resultChanged();
    void scanStateChanged(keyglass::ScanState state);
    /// Four times a second while a scan runs.
    void scanProgressChanged();
    void filterChanged();
    void detailsLoaded(const std::shared_ptr<const std::vector<keyglass::KeyDetails>>& details);
    void tableDetailsLoaded(const std::shared_ptr<const std::vector<keyglass::KeyDetails>>& details);
    void roundTripChanged();
    /// Something happened to a watched key; also what this session has written itself.
    void keyNews(const keyglass::KeyNews& news);
    /// How keys are watched is settled, or another way than before.
    void watchingChanged();
    /// A job came, went, or changed its state.
    void jobsChanged();
    /// A few times a second while a scan of the console runs.
    void commandProgressed(const keyglass::ConsoleProgress& progress);
    /// One line for the message log; redacted.
    void logged(keyglass::LogLevel level, const QString& line);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace keyglass
