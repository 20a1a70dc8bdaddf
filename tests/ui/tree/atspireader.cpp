// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/atspireader.h"

#include <QDBusMetaType>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

constexpr int answerWithinMs = 20'000;
const QString busName = u"keyglass-test-reader"_s;
const QString rootPath = u"/org/a11y/atspi/accessible/root"_s;
const QString accessible = u"org.a11y.atspi.Accessible"_s;

bool isAnswered(const QDBusPendingCall& call)
{
    QDBusPendingCallWatcher watcher(call);
    QSignalSpy finished(&watcher, &QDBusPendingCallWatcher::finished); // ends the wait at once, so that it can be timed
    return call.isFinished() || finished.wait(answerWithinMs) || call.isFinished();
}

/// The answer's arguments; nothing where it is an error or does not come.
QVariantList waitFor(const QDBusConnection& bus, const QDBusMessage& message)
{
    const QDBusPendingCall call = bus.asyncCall(message, answerWithinMs);
    const bool came = isAnswered(call);
    if (!came || call.isError()) {
        qWarning("%s: %s", qPrintable(message.member()), qPrintable(came ? call.error().message() : u"no answer"_s));
        return {};
    }
    return call.reply().arguments();
}

} // namespace

QDBusArgument& operator<<(QDBusArgument& argument, const AtspiObject& object)
{
    argument.beginStructure();
    argument << object.service << object.path;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, AtspiObject& object)
{
    argument.beginStructure();
    argument >> object.service >> object.path;
    argument.endStructure();
    return argument;
}

AtspiReader::AtspiReader()
    : m_bus(busName)
{
    qDBusRegisterMetaType<AtspiObject>();
    qDBusRegisterMetaType<QList<AtspiObject>>();
}

AtspiReader::~AtspiReader()
{
    QDBusConnection::disconnectFromBus(busName);
}

bool AtspiReader::start()
{
    const auto address = waitFor(QDBusConnection::sessionBus(),
        QDBusMessage::createMethodCall(u"org.a11y.Bus"_s, u"/org/a11y/bus"_s, u"org.a11y.Bus"_s, u"GetAddress"_s));
    if (address.isEmpty()) {
        return false;
    }
    m_bus = QDBusConnection::connectToBus(address.first().toString(), busName);
    if (!m_bus.connect(
            {}, {}, u"org.a11y.atspi.Event.Object"_s, u"StateChanged"_s, this, SLOT(stateChanged(QDBusMessage)))) {
        return false;
    }
    auto wish = QDBusMessage::createMethodCall(
        u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/registry"_s, u"org.a11y.atspi.Registry"_s, u"RegisterEvent"_s);
    wish.setArguments({u"object:state-changed:focused"_s});
    const QDBusPendingCall call = m_bus.asyncCall(wish, answerWithinMs);
    return isAnswered(call) && !call.isError();
}

std::optional<AtspiObject> AtspiReader::application()
{
    const AtspiObject desktop{u"org.a11y.atspi.Registry"_s, QDBusObjectPath(rootPath)};
    QList<AtspiObject> found;
    if (!QTest::qWaitFor([&] { return !(found = children(desktop)).isEmpty(); }, answerWithinMs)) {
        return {};
    }
    return found.first();
}

std::optional<AtspiObject> AtspiReader::find(const AtspiObject& within, Role wanted)
{
    if (role(within) == wanted) {
        return within;
    }
    for (const AtspiObject& child : children(within)) {
        if (const auto found = find(child, wanted)) {
            return found;
        }
    }
    return {};
}

QList<AtspiObject> AtspiReader::children(const AtspiObject& of)
{
    const auto answer = ask(of, accessible, u"GetChildren"_s);
    return answer.isEmpty() ? QList<AtspiObject>() : qdbus_cast<QList<AtspiObject>>(answer.first());
}

int AtspiReader::childCount(const AtspiObject& of)
{
    return property(of, u"ChildCount"_s).toInt();
}

AtspiReader::Role AtspiReader::role(const AtspiObject& of)
{
    const auto answer = ask(of, accessible, u"GetRole"_s);
    return static_cast<Role>(answer.isEmpty() ? 0 : answer.first().toInt());
}

bool AtspiReader::has(const AtspiObject& object, State state)
{
    const auto answer = ask(object, accessible, u"GetState"_s);
    const auto words = answer.isEmpty() ? QList<uint>() : qdbus_cast<QList<uint>>(answer.first());
    constexpr int bitsOfWord = 32;
    const int bit = static_cast<int>(state);
    return words.size() > bit / bitsOfWord && ((words.at(bit / bitsOfWord) >> (bit % bitsOfWord)) & 1U) != 0;
}

void AtspiReader::stateChanged(const QDBusMessage& message)
{
    const QVariantList arguments = message.arguments();
    if (arguments.size() > 1 && arguments[0].toString() == u"focused"_s && arguments[1].toInt() == 1) {
        m_focused.append({message.service(), QDBusObjectPath(message.path())});
    }
}

QVariantList AtspiReader::ask(
    const AtspiObject& object, const QString& interface, const QString& member, const QVariantList& arguments) const
{
    auto message = QDBusMessage::createMethodCall(object.service, object.path.path(), interface, member);
    message.setArguments(arguments);
    return waitFor(m_bus, message);
}

QVariant AtspiReader::property(const AtspiObject& of, const QString& name) const
{
    const auto answer = ask(of, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {accessible, name});
    return answer.isEmpty() ? QVariant() : answer.first().value<QDBusVariant>().variant();
}

QString AtspiReader::text(const AtspiObject& of, const QString& name) const
{
    return property(of, name).toString();
}

} // namespace keyglass::test
