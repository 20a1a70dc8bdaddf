// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/archiveoptions.h"

#include "app/cli/secretline.h"
#include "core/base/bytes.h"
#include "core/bulk/archivelibrary.h"
#include "core/console/operationtemplate.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QDateTime>

#include <cstdio>
#include <string>

namespace keyglass::cli {

namespace {

Error bad(const char* option, const QString& why)
{
    return {ErrorKind::Input, QString::fromLatin1(option), why};
}

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

Result<QByteArray> archivePassphrase(const Options& options)
{
    if (!options.has("--passphrase-stdin")) {
        return qgetenv("KEYGLASS_ARCHIVE_PASSPHRASE");
    }
    if (options.has("--password-stdin")) {
        return bad(
            "--passphrase-stdin", tr("It goes without --password-stdin: give the password by KEYGLASS_PASSWORD"));
    }
    return QByteArray::fromStdString(secretLine(tr("Passphrase of the archive:")));
}

Result<QByteArray> sealingPassphrase(const Options& options)
{
    if (!options.has("--seal")) {
        return QByteArray();
    }
    if (options.has("--no-archive")) {
        return bad("--seal", tr("It goes without --no-archive"));
    }
    auto passphrase = archivePassphrase(options);
    if (passphrase && passphrase->isEmpty()) {
        return bad("--seal", tr("It needs a passphrase: from KEYGLASS_ARCHIVE_PASSPHRASE or by --passphrase-stdin"));
    }
    const bool isTyped = options.has("--passphrase-stdin") && ::isatty(STDIN_FILENO) != 0; // unseen
    if (passphrase && isTyped && secretLine(tr("Once more:")) != passphrase->toStdString()) {
        return bad("--passphrase-stdin", tr("The two are not the same. Nothing was done"));
    }
    return passphrase;
}

void warnOfUnarchived(const JobPlan& plan, const CommandTable& table)
{
    const auto* const run = std::get_if<RunTemplate>(&plan.operation);
    if (!run || !plan.archives) {
        return;
    }
    const auto operation =
        OperationTemplate::parse(run->operation, OperationTemplate::Mode::ForEach, std::nullopt, table);
    if (operation && operation->mayWriteElsewhere(table)) {
        std::fprintf(stderr, "keyglass: %s\n",
            qUtf8Printable(tr("%1 may write to other keys than the one that it is done to: only that one is archived")
                    .arg(displayText(operation->sample().name()).toUpper())));
    }
}

QString newArchiveFile(std::string_view operation)
{
    return archiveFolder()
        + QStringLiteral("/%1-%2-%3.kga")
              .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH-mm-ss")),
                  QString::fromUtf8(operation.data(), static_cast<qsizetype>(operation.size())),
                  QString::number(QCoreApplication::applicationPid()));
}

} // namespace keyglass::cli
