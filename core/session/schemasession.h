// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/worktasks.h"
#include "core/table/schemareport.h"
#include "core/table/tablecheck.h"
#include "core/table/undopreview.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keyglass {

class KnownRights;
struct SourceAccess;

/// Work on a schema under way, and where it stands.
template <typename T> struct SchemaWork : ResultWork<T> {
    std::shared_ptr<const SchemaStage> stage;
};

/// How a change is run.
struct SchemaRun {
    SchemaPreview preview; ///< What the user has agreed to.
    SchemaWait wait{};
    SchemaSaves saves{};
    bool archives = true; ///< What is dropped goes into an undo archive first.
    /// The commands to which the user has said yes (schemaCommands()), where the gate asks.
    std::vector<std::string> confirmed{};
};

/// A table as a check found it.
struct CheckedTable {
    TableSchema schema;
    TableReport report;
};

/// What a session does to the schemas of RedisTABLE's tables. Each piece of work has a thread and lanes of its own, and
/// connects when it begins.
///
/// Lives on the session's thread. Every answer comes: the reason why there is no connection too; Cancelled once this
/// goes.
class SchemaSession {
public:
    /// What the work is done on, as of now.
    struct Access {
        std::shared_ptr<const SourceAccess> source; ///< Null while there is no connection: `why`.
        Error why{};
        int database = 0;
        QString connection{};  ///< The profile's name, for archives.
        QString archiveFile{}; ///< A new name.
        QByteArray passphrase{};
        std::shared_ptr<KnownRights> rights{}; ///< Of this connection.
    };
    using Look = std::function<Access()>;
    explicit SchemaSession(Look look);
    SchemaSession(const SchemaSession&) = delete;
    SchemaSession& operator=(const SchemaSession&) = delete;
    ~SchemaSession(); ///< Ends what runs (within 100 ms).

    /// As fetchTableSchema().
    [[nodiscard]] SchemaWork<TableSchema> schemaOf(const std::string& table);
    /// As previewChange(). What was refused to the user once is not asked again on this connection, until
    /// forgetRights().
    [[nodiscard]] SchemaWork<SchemaPreview> preview(const SchemaChange& change);
    /// They may have been given to the user since.
    void forgetRights();
    /// As runSchemaJob(). Ending it: what is done stands, and the report says it.
    [[nodiscard]] SchemaWork<SchemaReport> run(SchemaRun run);
    /// The undo archive of a change. `passphrase`: of a sealed one; empty: the one that new archives are sealed with.
    struct Archive {
        QString file;
        QByteArray passphrase{};
    };
    /// As previewUndo(), but a sealed archive that is not opened is no error: UndoPreview::needsPassphrase. Input where
    /// it is of another database, too.
    [[nodiscard]] SchemaWork<UndoPreview> previewUndo(const Archive& archive);
    /// As undoChange(), and previewUndo(); for a change that its inverseOf() undoes, run that.
    [[nodiscard]] SchemaWork<SchemaReport> undo(const Archive& archive, std::vector<std::string> confirmed = {});
    /// As checkTable(), on the node that has the table.
    [[nodiscard]] SchemaWork<CheckedTable> check(const std::string& table);
    /// As repairTable(), with an archive.
    [[nodiscard]] SchemaWork<TableRepair> repair(
        CheckedTable checked, const RepairWays& ways, std::vector<std::string> confirmed = {});

    /// All that runs comes to its end.
    void stopAll() { m_tasks.stopAll(); }
    [[nodiscard]] bool isWorking() const { return m_tasks.isWorking(); }

private:
    template <typename T, typename Work> [[nodiscard]] SchemaWork<T> start(Work work);

    const Look m_look;
    WorkTasks m_tasks; // last: its threads are joined first
};

} // namespace keyglass
