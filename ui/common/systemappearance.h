// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariant>

#include <optional>

class QDBusVariant;

namespace keyglass::ui {

/// Whether the desktop wants dark windows, as its portal tells (org.freedesktop.portal.Settings, namespace
/// org.freedesktop.appearance, key color-scheme: 0 no preference, 1 dark, 2 light), and when that changes.
///
/// Asks asynchronously and never blocks. Without a session bus or a portal there is no answer, ever.
/// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
class SystemAppearance : public QObject {
    Q_OBJECT

public:
    explicit SystemAppearance(QObject* parent = nullptr);

    /// Nothing where the desktop has not told, or has no preference.
    [[nodiscard]] std::optional<bool> prefersDark() const { return m_prefersDark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void take(const QVariant& value);

    std::optional<bool> m_prefersDark;
};

} // namespace keyglass::ui
