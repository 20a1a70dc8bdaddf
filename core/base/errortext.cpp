// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("errorText", text);
}

/// What happened, with %1 for the subject.
QString happened(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return tr("%1: stopped on request.");
    case ErrorKind::Timeout:
        return tr("%1 does not answer.");
    case ErrorKind::Network:
        return tr("%1 can't be reached.");
    case ErrorKind::Tls:
        return tr("No secure connection to %1.");
    case ErrorKind::Auth:
        return tr("%1 refuses the login.");
    case ErrorKind::Permission:
        return tr("%1: this user may not do that.");
    case ErrorKind::ReadOnly:
        return tr("%1 is read-only here; nothing was changed.");
    case ErrorKind::Confirm:
        return tr("%1: this has to be confirmed first.");
    case ErrorKind::Loading:
        return tr("%1 is still loading its data.");
    case ErrorKind::Protocol:
        return tr("%1 does not answer like a Redis or Valkey server.");
    case ErrorKind::Server:
        return tr("%1 answered with an error.");
    case ErrorKind::WrongType:
        return tr("%1 holds another type than expected.");
    case ErrorKind::Gone:
        return tr("%1 does not exist.");
    case ErrorKind::Conflict:
        return tr("%1 was changed by someone else in the meantime.");
    case ErrorKind::Refused:
        return tr("%1: that can't be done as things are.");
    case ErrorKind::Limit:
        return tr("%1: a limit was reached.");
    case ErrorKind::Input:
        return tr("%1 can't be used.");
    case ErrorKind::File:
        return tr("%1 can't be read or written.");
    case ErrorKind::Unsupported:
        return tr("%1 does not support that.");
    }
    return tr("%1 failed.");
}

/// What the user can do about it; empty where the detail says all there is.
QString advice(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Timeout:
        return tr("Check that the server is up and not busy, or allow more time.");
    case ErrorKind::Network:
        return tr("Check the address, the port and the network, then try again.");
    case ErrorKind::Tls:
        return tr("Check the certificate authority, the server name and the client certificate of this profile.");
    case ErrorKind::Auth:
        return tr("Check the user and the password in the connection's settings.");
    case ErrorKind::Permission:
        return tr("Ask the server's administrator for this permission, or connect as another user.");
    case ErrorKind::Loading:
        return tr("Try again in a moment.");
    case ErrorKind::Protocol:
        return tr("Check the port, and whether the server expects TLS.");
    case ErrorKind::Gone:
        return tr("It was deleted, has expired, or never was there: check the name and the database.");
    case ErrorKind::Conflict:
        return tr("Reload it and try again.");
    default:
        return {};
    }
}

} // namespace

QString errorKindText(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return tr("stopped");
    case ErrorKind::Timeout:
        return tr("timed out");
    case ErrorKind::Network:
        return tr("not reachable");
    case ErrorKind::Tls:
        return tr("TLS failed");
    case ErrorKind::Auth:
        return tr("login refused");
    case ErrorKind::Permission:
        return tr("no permission");
    case ErrorKind::ReadOnly:
        return tr("read-only");
    case ErrorKind::Confirm:
        return tr("not confirmed");
    case ErrorKind::Loading:
        return tr("loading");
    case ErrorKind::Protocol:
        return tr("protocol error");
    case ErrorKind::Server:
        return tr("server error");
    case ErrorKind::WrongType:
        return tr("wrong type");
    case ErrorKind::Gone:
        return tr("gone");
    case ErrorKind::Conflict:
        return tr("changed meanwhile");
    case ErrorKind::Refused:
        return tr("not possible now");
    case ErrorKind::Limit:
        return tr("limit reached");
    case ErrorKind::Input:
        return tr("bad input");
    case ErrorKind::File:
        return tr("file error");
    case ErrorKind::Unsupported:
        return tr("not supported");
    }
    return {};
}

QString errorText(const Error& error)
{
    const QString subject = error.subject.isEmpty() ? tr("The server") : error.subject;
    QString text = happened(error.kind).arg(subject);
    if (!error.detail.isEmpty()) {
        text += QLatin1Char(' ') + error.detail;
        if (!text.endsWith(QLatin1Char('.'))) {
            text += QLatin1Char('.');
        }
    }
    const QString whatToDo = advice(error.kind);
    if (!whatToDo.isEmpty()) {
        text += QLatin1Char(' ') + whatToDo;
    }
    return text;
}

} // namespace keyglass
