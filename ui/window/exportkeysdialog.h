// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keyexport.h"
#include "ui/window/keyscopebox.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// Asks into which file keys are written, and how.
class ExportKeysDialog : public QDialog {
    Q_OBJECT

public:
    /// Of a list: also asks which keys.
    ExportKeysDialog(KeyScopes scopes, const QString& folder, QWidget* parent = nullptr);
    /// Of a saved set: all of them.
    ExportKeysDialog(const ResultSetInfo& set, const QString& folder, QWidget* parent = nullptr);

    /// Of a list.
    [[nodiscard]] KeyChoice keys() const;
    [[nodiscard]] ResultSetInfo about() const;
    [[nodiscard]] KeyExport wanted() const;

private:
    void build(const QString& name, const QString& folder);
    [[nodiscard]] QWidget* makeFileRow();
    void followFormat();
    void browse();
    void refresh();

    std::optional<KeyScopes> m_scopes;
    ResultSetInfo m_about;
    QFormLayout* m_form;
    KeyScopeBox* m_scope = nullptr;
    QComboBox* m_format;
    QComboBox* m_order;
    QLineEdit* m_file;
    QLabel* m_note;
    QPushButton* m_write = nullptr;
};

} // namespace keyglass::ui
