// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/systemappearance.h"

#include "core/profile/sessionbus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

const auto portal = "org.freedesktop.portal.Desktop"_L1;
const auto portalPath = "/org/freedesktop/portal/desktop"_L1;
const auto portalSettings = "org.freedesktop.portal.Settings"_L1;
const auto appearance = "org.freedesktop.appearance"_L1;
const auto colorScheme = "color-scheme"_L1;

/// Read, the older call that every portal has, wraps the value in a variant more than SettingChanged does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value;
}

} // namespace

SystemAppearance::SystemAppearance(QObject* parent)
    : QObject(parent)
{
    if (!hasSessionBus() || !QDBusConnection::sessionBus().isConnected()) {
        return;
    }
    QDBusConnection::sessionBus().connect(portal, portalPath, portalSettings, u"SettingChanged"_s, this,
        SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask();
}

void SystemAppearance::ask()
{
    auto call = QDBusMessage::createMethodCall(portal, portalPath, portalSettings, u"Read"_s);
    call << QString(appearance) << QString(colorScheme);
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (!reply.isError()) {
            take(reply.value().variant());
        }
    });
}

void SystemAppearance::settingChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space == appearance && key == colorScheme) {
        take(value.variant());
    }
}

void SystemAppearance::take(const QVariant& value)
{
    constexpr uint dark = 1;
    constexpr uint light = 2;
    const uint scheme = unwrapped(value).toUInt();
    const std::optional<bool> prefersDark =
        scheme == dark || scheme == light ? std::optional(scheme == dark) : std::nullopt;
    if (prefersDark != m_prefersDark) {
        m_prefersDark = prefersDark;
        Q_EMIT changed();
    }
}

} // namespace keyglass::ui
