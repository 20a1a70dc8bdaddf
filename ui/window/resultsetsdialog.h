// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"
#include "core/session/resultlibrary.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;

namespace keyglass::ui {

class ResultSetModel;

/// The saved sets of keys of one connection, or of all: opened, given other names, exported, deleted.
class ResultSetsDialog : public QDialog {
    Q_OBJECT

public:
    ResultSetsDialog(ResultLibrary& library, Profile profile, QWidget* parent = nullptr);

Q_SIGNALS:
    void openWanted(const keyglass::ResultSetInfo& set);
    void exportWanted(const keyglass::ResultSetInfo& set);
    /// Something did not work, in a sentence for people.
    void failed(const QString& why);

private:
    void buildTable();
    [[nodiscard]] QWidget* makeButtons();
    void load();
    void take(std::vector<ResultSetEntry> entries);
    void refresh();
    void openCurrent();
    void exportCurrent();
    void rename();
    void askRemove();
    void remove(const QString& file);
    [[nodiscard]] const ResultSetEntry* current() const;
    [[nodiscard]] bool isOfProfile(const ResultSetInfo& info) const;

    ResultLibrary& m_library;
    const Profile m_profile;
    ResultSetModel* m_model;
    QTableView* m_table;
    QLabel* m_note;
    QCheckBox* m_all;
    QPushButton* m_open = nullptr;
    QPushButton* m_rename = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_remove = nullptr;
};

} // namespace keyglass::ui
