// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace keyglass::ui {

/// Asks for the passphrase of undo archives: a new one twice, that of an archive once.
class PassphraseDialog : public QDialog {
    Q_OBJECT

public:
    enum class For { NewArchives, OneArchive };

    explicit PassphraseDialog(For use, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Typed, and twice the same; the dialog closes.
    void entered(const QByteArray& passphrase);

private:
    void check();

    QLineEdit* m_passphrase;
    QLineEdit* m_again = nullptr; ///< Null where it is typed once.
    QLabel* m_problem;
    QPushButton* m_use;
};

} // namespace keyglass::ui
