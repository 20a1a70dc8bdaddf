// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QObject>
#include <QVariantList>

#include <optional>

namespace keyglass::test {

/// An accessible object, as AT-SPI names it on its bus.
struct AtspiObject {
    QString service;
    QDBusObjectPath path;

    friend bool operator==(const AtspiObject&, const AtspiObject&) = default;
};

QDBusArgument& operator<<(QDBusArgument& argument, const AtspiObject& object);
const QDBusArgument& operator>>(const QDBusArgument& argument, AtspiObject& object);

/// What a screen reader is to the application: it asks over the accessibility bus, and hears events from there.
///
/// Speaks D-Bus itself, so that what an application says is seen as it is, with nothing kept in between. It waits in
/// the event loop: the application that it asks may be this process.
class AtspiReader : public QObject {
    Q_OBJECT

public:
    /// Of AT-SPI's numbers those that are used here (atspi-constants.h).
    enum class Role { TableCell = 56, Tree = 65 };
    enum class State { Expandable = 9, Expanded = 10, Focused = 12, Selected = 23, ManagesDescendants = 31 };

    AtspiReader();
    ~AtspiReader() override;

    /// Connects to the accessibility bus and asks for events of the focus; false where there is none.
    [[nodiscard]] bool start();
    /// The only application on the bus, once it is there.
    [[nodiscard]] std::optional<AtspiObject> application();
    /// The first object of this role, in depth; nothing where there is none.
    [[nodiscard]] std::optional<AtspiObject> find(const AtspiObject& within, Role role);

    [[nodiscard]] QList<AtspiObject> children(const AtspiObject& of);
    [[nodiscard]] int childCount(const AtspiObject& of);
    [[nodiscard]] Role role(const AtspiObject& of);
    [[nodiscard]] bool has(const AtspiObject& object, State state);
    [[nodiscard]] QString name(const AtspiObject& of) { return text(of, QStringLiteral("Name")); }
    [[nodiscard]] QString description(const AtspiObject& of) { return text(of, QStringLiteral("Description")); }

    /// Objects that were told to have got the focus, oldest first.
    [[nodiscard]] const QList<AtspiObject>& focused() const { return m_focused; }
    void forgetEvents() { m_focused.clear(); }

private Q_SLOTS:
    void stateChanged(const QDBusMessage& message);

private:
    [[nodiscard]] QVariantList ask(const AtspiObject& object, const QString& interface, const QString& member,
        const QVariantList& arguments = {}) const;
    [[nodiscard]] QVariant property(const AtspiObject& of, const QString& name) const;
    [[nodiscard]] QString text(const AtspiObject& of, const QString& property) const;

    QDBusConnection m_bus;
    QList<AtspiObject> m_focused;
};

} // namespace keyglass::test

Q_DECLARE_METATYPE(keyglass::test::AtspiObject)
