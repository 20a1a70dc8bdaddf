// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace keyglass::test {

/// A display (Xvfb), a session bus and the accessibility bus, all of this process alone, for what Qt's offscreen
/// platform doesn't have. They end with the object, and with the process.
class PrivateDesktop {
public:
    PrivateDesktop() = default;
    PrivateDesktop(const PrivateDesktop&) = delete;
    PrivateDesktop& operator=(const PrivateDesktop&) = delete;
    ~PrivateDesktop();

    /// Starts them and points this process's environment to them: before the QApplication is made. False, with the
    /// reason in trouble(), where a program is missing or does not start.
    [[nodiscard]] bool start();
    [[nodiscard]] const QString& trouble() const { return m_trouble; }

private:
    /// Starts a program; gives the first line that it writes where `isAwaited`, else nothing. Empty trouble: it runs.
    QByteArray launch(const QString& program, const QStringList& arguments, bool isAwaited);

    QTemporaryDir m_folder;
    QString m_trouble;
    std::vector<std::unique_ptr<QProcess>> m_processes;
};

} // namespace keyglass::test
