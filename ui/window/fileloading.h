// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/edit/stringload.h"
#include "core/session/worktasks.h"
#include "ui/common/noticebar.h"

#include <string>
#include <vector>

namespace keyglass {
class Session;
}

namespace keyglass::ui {

/// Loads files of any size into strings, one at a time, with its progress and the way to end it in a line of its own.
/// Ends with the pane it stands in.
class FileLoading : public NoticeBar {
    Q_OBJECT

public:
    explicit FileLoading(Session& session, QWidget* parent = nullptr);
    ~FileLoading() override;

    /// `size`: of the file.
    void load(const StringLoad& what, ByteCount size);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// Of the key, as far as it fits into a sentence.
    [[nodiscard]] const QString& keyText() const { return m_name; }

Q_SIGNALS:
    /// The key holds what the file held.
    void loaded(const std::string& key);
    void said(keyglass::LogLevel level, const QString& text);
    /// The user wants to see what is there now.
    void reloadWanted();

private:
    void send(const std::vector<std::string>& confirmed);
    void sayProgress(int thousandths);
    void finished(const Result<StringLoaded>& end, bool wasConfirmed);
    void ended(const StringLoaded& end);
    void conflict(const StringLoaded& end);
    void conclude(Level level, const QString& text);
    /// "value.bin (3.2 GB)".
    [[nodiscard]] QString fileText() const;

    Session& m_session;
    ResultWork<StringLoaded> m_work;
    StringLoad m_what;
    ByteCount m_size;
    bool m_isRunning = false;
    QString m_name; ///< Of the key.
};

} // namespace keyglass::ui
