// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/appstyle.h"

#include "ui/common/icons.h"

#include <QStyleFactory>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

AppStyle::AppStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

int AppStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returned) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, returned);
}

QIcon AppStyle::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const
{
    switch (which) {
    case SP_MessageBoxInformation:
    case SP_MessageBoxQuestion:
        return icon(u"info"_s);
    case SP_MessageBoxWarning:
        return icon(u"warning"_s);
    case SP_MessageBoxCritical:
        return icon(u"error"_s);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

} // namespace keyglass::ui
