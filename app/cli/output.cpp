// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/base/errortext.h"
#include "core/base/redact.h"

#include <QByteArray>
#include <QCoreApplication>

#include <cstdio>

namespace keyglass::cli {

bool writeOut(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
}

ExitStatus tell(const Error& error)
{
    QString text = errorText(error);
    if (error.kind == ErrorKind::Auth) {
        text += u' '
            + QCoreApplication::translate(
                "cli", "A command reads the password from KEYGLASS_PASSWORD or by --password-stdin.");
    }
    const QByteArray line = redacted(text).simplified().toUtf8();
    std::fprintf(stderr, "keyglass: %s\n", line.constData());
    return error.kind == ErrorKind::Input || error.kind == ErrorKind::Confirm ? BadUsage : Failed;
}

} // namespace keyglass::cli
