// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QStringList>

namespace keyglass::ui {

/// The console's input line. Up and Down go through what was entered before, and back to what was being typed.
class CommandLine : public QLineEdit {
    Q_OBJECT

public:
    explicit CommandLine(QWidget* parent = nullptr);

    [[nodiscard]] const QStringList& history() const { return m_history; }

Q_SIGNALS:
    /// Return was pressed on a line with something in it, which is now in the history and the field empty.
    void entered(const QString& line);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void enter();
    void step(int by);

    QStringList m_history;
    qsizetype m_at = 0; ///< In the history; its size: what is being typed.
    QString m_typed;    ///< Kept while an older line is shown.
};

} // namespace keyglass::ui
