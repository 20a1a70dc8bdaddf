// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace keyglass::test {

/// What a run of the program gave.
struct Outcome {
    int status = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

/// Starts the program itself, without a display, as a script would; a minute at most.
inline Outcome run(const QStringList& arguments, const QByteArray& input = {}, const QStringList& environment = {})
{
    QProcess program;
    QStringList variables = QProcess::systemEnvironment() + environment;
    variables.removeIf(
        [](const QString& one) { return one.startsWith(QStringLiteral("DISPLAY=")); }); // no display is needed
    program.setEnvironment(variables);
    program.start(QStringLiteral(KEYGLASS_PROGRAM), arguments);
    program.write(input);
    program.closeWriteChannel();
    program.waitForFinished(60'000);
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

} // namespace keyglass::test
