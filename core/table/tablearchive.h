// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/archivewriter.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// The undo archive of what changes and repairs of tables destroy: whole keys, each on the disk before it is touched.
/// The file is made with the first of them. Belongs to one thread.
class TableArchive {
public:
    struct Setting {
        QString file;     ///< Its folder is made.
        ArchiveInfo info; ///< But for its time.
        QByteArray passphrase{};
        int database = 0;
    };
    explicit TableArchive(Setting setting);
    TableArchive(const TableArchive&) = delete;
    TableArchive& operator=(const TableArchive&) = delete;
    ~TableArchive(); ///< Ends the file.

    /// Archives those of the keys that are there. `lane` WATCHes them, so that what the next EXEC destroys is what was
    /// archived. Blocks for a round trip and an fsync. As Lane::pipeline(); File: then nothing may be destroyed.
    [[nodiscard]] Status keep(Lane& lane, const std::vector<std::string>& keys, const std::stop_token& stop);
    /// The transaction was called off: what was kept last will be kept once more.
    void calledOff();

    /// Empty: nothing was kept.
    [[nodiscard]] QString file() const { return m_writer ? m_setting.file : QString(); }
    [[nodiscard]] std::uint64_t keys() const { return m_keys; }

private:
    [[nodiscard]] Status open();

    Setting m_setting;
    std::unique_ptr<UndoArchiveWriter> m_writer;
    std::vector<std::string> m_last; ///< What the last keep() has archived.
    std::uint64_t m_keys = 0;
};

} // namespace keyglass
