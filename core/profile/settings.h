// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/externalcommand.h"
#include "core/base/result.h"
#include "core/profile/jsonfile.h"
#include "core/profile/profile.h"

#include <QByteArray>
#include <QJsonValue>
#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace keyglass {

/// Light or dark, or as the desktop has it.
enum class ThemeChoice { System, Light, Dark };

/// Questions that the user may switch off. What can't be undone is not among them.
enum class Question {
    CloseWithRunningWork, ///< Closing a window while a scan runs.
    LoadLargeValue,       ///< Loading the whole of a value that is large.
};

/// The user's settings, in `settings.json` of the config folder.
///
/// A value that is missing or can't be used reads as its default and stays in the file until it is set. Where the
/// folder can't be written, changes last for this run and troubled() tells, once. Lives on one thread; setters block
/// for the disk.
class Settings : public QObject {
    Q_OBJECT

public:
    static constexpr int smallestFont = 6;      ///< Points.
    static constexpr int largestFont = 32;      ///< Points.
    static constexpr int smallestMemoryCap = 5; ///< Percent.
    static constexpr int largestMemoryCap = 90; ///< Percent.
    static constexpr int mostArchiveDays = 3650;
    static constexpr int mostArchiveMegabytes = 10'000'000;
    static constexpr qsizetype keptPatterns = 20; ///< Recent patterns per profile.

    explicit Settings(const QString& folder = configFolder(), QObject* parent = nullptr);

    /// What went wrong with reading or writing the file; nothing while all is well.
    [[nodiscard]] const std::optional<Error>& trouble() const { return m_trouble; }

    /// What parts folders in a name for new profiles and unsaved connections; ":" by default, empty for a flat list.
    [[nodiscard]] QString separator() const;
    void setSeparator(const QString& separator);
    [[nodiscard]] ScanPace pace() const; ///< Full by default.
    void setPace(ScanPace pace);
    [[nodiscard]] bool showsMemory() const; ///< The memory column; on by default.
    void setShowsMemory(bool shows);
    /// How much of this computer's memory a list of keys may take before its scan is paused, in percent; 50 by default.
    [[nodiscard]] int memoryCap() const;
    void setMemoryCap(int percent); ///< Brought into smallestMemoryCap … largestMemoryCap.
    /// How old undo archives become before they are deleted, in days; 30 by default, 0: they stay.
    [[nodiscard]] int archiveDays() const;
    void setArchiveDays(int days);
    /// How much disk undo archives may take before the oldest are deleted, in MB; 10,240 by default, 0: any amount.
    [[nodiscard]] int archiveMegabytes() const;
    void setArchiveMegabytes(int megabytes);
    [[nodiscard]] ThemeChoice theme() const; ///< System by default.
    void setTheme(ThemeChoice theme);
    [[nodiscard]] std::optional<int> fontSize() const; ///< Points; nothing: the system's.
    void setFontSize(std::optional<int> points);       ///< Brought into smallestFont … largestFont.
    [[nodiscard]] bool asks(Question question) const;  ///< True by default.
    void setAsks(Question question, bool asks);
    [[nodiscard]] bool naturalOrder() const; ///< `user:2` before `user:10` in folders of bearable size; on by default.
    void setNaturalOrder(bool natural);
    [[nodiscard]] bool foldsSingleKeys() const; ///< A folder of one key is shown as that key; on by default.
    void setFoldsSingleKeys(bool folds);

    /// Whether programs may be run as decoders; off by default.
    [[nodiscard]] bool allowsExternalDecoders() const;
    void setAllowsExternalDecoders(bool allows);
    /// The programs, whether or not they are allowed.
    [[nodiscard]] std::vector<ExternalCommand> externalDecoders() const;
    void setExternalDecoders(const std::vector<ExternalCommand>& commands);

    /// Newest first. An empty id stands for connections that are not saved.
    [[nodiscard]] QStringList recentPatterns(const QString& profileId) const;
    void addRecentPattern(const QString& profileId, const QString& pattern);
    void forgetProfile(const QString& profileId); ///< Its recent patterns and its place in openSessions().

    /// Ids of the profiles that were open when the app was last left, in order.
    [[nodiscard]] QStringList openSessions() const;
    void setOpenSessions(const QStringList& profileIds);

    /// What a window, splitter or header saved of its layout under this name; empty: nothing yet.
    [[nodiscard]] QByteArray layout(const QString& name) const;
    void setLayout(const QString& name, const QByteArray& bytes);

Q_SIGNALS:
    /// A setting other than patterns, sessions and layouts has changed.
    void changed();
    /// The file can't be written any more. Not again until it could be.
    void troubled(const keyglass::Error& error);

private:
    [[nodiscard]] QJsonValue value(const QString& name) const;
    void set(const QString& name, const QJsonValue& value);
    void setIn(const QString& group, const QString& name, const QJsonValue& value);
    void change(const JsonFile::Change& change);

    JsonFile m_file;
    std::optional<Error> m_trouble;
};

} // namespace keyglass
