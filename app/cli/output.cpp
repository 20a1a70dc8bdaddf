// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/base/errortext.h"
#include "core/base/redact.h"

#include <QByteArray>
#include <QCoreApplication>

#include <cerrno>
#include <cstdio>

namespace keyglass::cli {

namespace {

int firstFailure = 0; ///< errno of the first write that failed; only the main thread writes.
bool isFailureTold = false;

QString outputName()
{
    return QStringLiteral("stdout");
}

bool noteFailure()
{
    firstFailure = firstFailure != 0 ? firstFailure : errno;
    return false;
}

} // namespace

bool writeOut(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() || noteFailure();
}

Error outputFailure()
{
    const bool isClosed = firstFailure == 0 || firstFailure == EPIPE || firstFailure == EBADF;
    return Error{ErrorKind::File, outputName(),
        isClosed ? QCoreApplication::translate("cli", "It was closed") : qt_error_string(firstFailure)};
}

int finishOutput(int status)
{
    const bool isWhole = std::fflush(stdout) == 0 || noteFailure();
    if (isWhole && std::ferror(stdout) == 0) {
        return status;
    }
    return isFailureTold ? static_cast<int>(Failed) : static_cast<int>(tell(outputFailure()));
}

ExitStatus tell(const Error& error)
{
    isFailureTold = isFailureTold || (error.kind == ErrorKind::File && error.subject == outputName());
    QString text = errorText(error);
    if (error.kind == ErrorKind::Auth) {
        text += u' '
            + QCoreApplication::translate("cli",
                "A command reads the password from KEYGLASS_PASSWORD or by --password-stdin, that of Sentinels from "
                "KEYGLASS_SENTINEL_PASSWORD.");
    }
    const QByteArray line = redacted(text).simplified().toUtf8();
    std::fprintf(stderr, "keyglass: %s\n", line.constData());
    return error.kind == ErrorKind::Input || error.kind == ErrorKind::Confirm ? BadUsage : Failed;
}

} // namespace keyglass::cli
