// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/nettext.h"

#include <QCoreApplication>

#include <system_error>

namespace keyglass {

QString netText(const char* text)
{
    return QCoreApplication::translate("net", text);
}

QString systemText(int error)
{
    return QString::fromStdString(std::generic_category().message(error));
}

} // namespace keyglass
