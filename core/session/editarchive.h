// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/archivewriter.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <stop_token>
#include <string>

namespace keyglass {

class EditLanes;

/// The undo archive of what single edits destroy: whole keys, each on the disk before its edit begins. Made with the
/// first of them; goes on in another file once it has become large, or where the passphrase is another. Belongs to one
/// thread.
class EditArchive {
public:
    struct Setting {
        QString file;     ///< Of the first; the others get a number. Empty: nothing is archived.
        ArchiveInfo info; ///< But for its time and the database.
        ArchivingWays ways;
        ByteCount largest{64U * 1024 * 1024}; ///< Of one file.
    };
    explicit EditArchive(Setting setting);
    EditArchive(const EditArchive&) = delete;
    EditArchive& operator=(const EditArchive&) = delete;
    ~EditArchive(); ///< Ends the file.

    /// One key as it is now.
    struct Kept {
        bool isThere = false;
        std::string dump;
        QString file; ///< Where it is kept.
    };
    /// Blocks for two round trips and an fsync; in a cluster, for some more. Limit where the key is too large to be
    /// archived, File where it can't be written; as Lane::pipeline().
    [[nodiscard]] Result<Kept> keep(EditLanes& lanes, const std::string& key, int database, UndoReason reason,
        const QByteArray& passphrase, const std::stop_token& stop);

    [[nodiscard]] bool isWanted() const { return !m_setting.file.isEmpty(); }

private:
    [[nodiscard]] Status openFile(const QByteArray& passphrase);
    [[nodiscard]] Result<ArchivedKey> archive(
        EditLanes& lanes, const std::string& key, ArchivingOptions& options, const std::stop_token& stop);

    Setting m_setting;
    QByteArray m_passphrase;
    int m_files = 0;
    std::unique_ptr<UndoArchiveWriter> m_writer;
};

} // namespace keyglass
