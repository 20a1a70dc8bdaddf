// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace keyglass {

/// A program of the user's that decodes values: bytes on its stdin, what is in them on its stdout. Started as it
/// stands, never by a shell. A plain value.
struct ExternalCommand {
    QString name; ///< As decoders are named: "external:NAME".
    QString program;
    QStringList arguments;
    QString encodeProgram; ///< For the way back; empty: there is none.
    QStringList encodeArguments;

    friend bool operator==(const ExternalCommand&, const ExternalCommand&) = default;
};

} // namespace keyglass
