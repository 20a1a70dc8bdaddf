// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLineEdit;

namespace keyglass::ui {

/// The path of a file: typed, or chosen in a dialog.
class FileField : public QWidget {
    Q_OBJECT

public:
    /// `name` is what the file is ("CA certificate"): the accessible name and the dialog's title.
    explicit FileField(const QString& name, QWidget* parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString& path);
    void setHint(const QString& text); ///< Shown while the field is empty.

Q_SIGNALS:
    void changed();

private:
    void choose();

    QString m_name;
    QLineEdit* m_path;
};

} // namespace keyglass::ui
