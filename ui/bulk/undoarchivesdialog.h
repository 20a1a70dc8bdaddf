// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/session/undolibrary.h"

#include <QDialog>
#include <QTimer>

#include <map>
#include <set>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace keyglass {
class Settings;
}

namespace keyglass::ui {

class ArchivedKeysModel;
class ArchiveModel;
class ArchivesSearch;

/// The user's undo archives and the keys in them: looked for, and brought back, all or some, by a job of the session.
class UndoArchivesDialog : public QDialog {
    Q_OBJECT

public:
    /// `session` must outlive it.
    UndoArchivesDialog(Session& session, const Settings& settings, QWidget* parent = nullptr);

Q_SIGNALS:
    /// One sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);
    /// A change of a table's schema is to be undone: after a preview, and schema, rows and indexes together.
    void schemaUndoWanted(const QString& archiveFile, const QByteArray& passphrase);

private:
    void buildTables();
    [[nodiscard]] QWidget* makeWays();
    [[nodiscard]] QWidget* makeButtons();
    void prune(const ArchiveKeeping& keeping);
    void load();
    void take(std::vector<ArchiveEntry> entries);
    void look();
    void lookEverywhere();
    void showEverywhere(bool isEnded);
    void forgetEverywhere();
    void tookKeys(const Result<ArchivedKeys>& keys);
    void refresh();
    void askPassphrase();
    void askSeal();
    void askRemove();
    void remove(const QString& file);
    void restore(bool onlySelected);
    void undoSchema(const ArchiveEntry& entry);
    [[nodiscard]] const ArchiveEntry* current() const;
    [[nodiscard]] bool isOfSchema() const;
    [[nodiscard]] std::set<std::string, std::less<>> selectedKeys() const;
    [[nodiscard]] bool isConfirmed() const;

    Session& m_session;
    ArchiveModel* m_archives;
    ArchivedKeysModel* m_keys;
    QTableView* m_archiveTable;
    QTableView* m_keyTable;
    QLineEdit* m_find;
    QPushButton* m_everywhere; ///< Looks into all of them.
    QLabel* m_note;            ///< Of the archives.
    QLabel* m_keysNote;
    QComboBox* m_conflict;
    QCheckBox* m_keepsExpired;
    QLabel* m_confirmText;
    QLineEdit* m_confirm;
    QPushButton* m_open = nullptr; ///< Of a sealed one.
    QPushButton* m_seal = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_restoreSome = nullptr;
    QPushButton* m_restoreAll = nullptr;
    QTimer m_typing;                             ///< Until the user has typed what to look for.
    std::map<QString, QByteArray> m_passphrases; ///< By file, as long as the dialog is there.
    std::stop_source m_looking{std::nostopstate};
    int m_unsearched = 0;           ///< Archives that a search of all of them leaves out.
    std::uint64_t m_lookNumber = 0; ///< Late answers are dropped by it.
    UndoLibrary m_library;          // before the search, which asks it
    ArchivesSearch* m_search;
};

} // namespace keyglass::ui
