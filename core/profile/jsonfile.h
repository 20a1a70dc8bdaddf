// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace keyglass {

/// The user's folder for settings and profiles: `chosen` (from --config-dir), or where the platform keeps such things.
[[nodiscard]] QString configFolder(const QString& chosen = {});

/// One JSON object in a file that only its user can read: never half written, never silently lost, shared with other
/// running programs of ours.
///
/// Where the disk refuses, changes live on in memory and are written with the next one that gets through.
/// Thread: one at a time. load() and change() block for the disk.
class JsonFile {
public:
    /// Must be repeatable: it is applied to what the file holds at that moment, perhaps more than once.
    using Change = std::function<void(QJsonObject&)>;

    explicit JsonFile(QString path);

    /// Reads the file; no file is an empty object. A damaged one is renamed to `<name>.damaged-<time>` next to it, so
    /// that nothing writes over what may still be rescued by hand, and told as an error (File) that says so.
    [[nodiscard]] Status load();

    /// Applies `change` to content() and to the file as it is on disk now, so that what another process wrote meanwhile
    /// stays. File where it can't be written: then content() has the change all the same.
    [[nodiscard]] Status change(const Change& change);

    [[nodiscard]] const QJsonObject& content() const { return m_content; }
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    [[nodiscard]] Result<std::optional<QJsonObject>> read() const;
    [[nodiscard]] Status write(const Change& change);

    QString m_path;
    QJsonObject m_content;
    std::vector<Change> m_unwritten;
};

} // namespace keyglass
