// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "tests/servers/tableserver.h"

#include <QAbstractButton>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTest>
#include <QWidget>

#include <memory>

namespace keyglass::test {

/// A session on a server with shop.items, and ways to find what a user would look for in a dialog.
class DialogFixture {
public:
    DialogFixture()
    {
        QStandardPaths::setTestModeEnabled(true);
        reset();
    }

    void reset(Environment environment = Environment::Development)
    {
        m_session.reset();
        m_server.command({"FLUSHALL"});
        m_server.make(
            {"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer made:date",
                "TABLE.INSERT shop.items sku=A1 qty=5 made=2024-01-31", "TABLE.INSERT shop.items sku=B2 qty=12",
                "TABLE.INSERT shop.items sku=A1 qty=-7"});
        Profile profile;
        profile.name = QStringLiteral("till");
        profile.host = QStringLiteral("127.0.0.1");
        profile.port = m_server.port();
        profile.environment = environment;
        m_session = std::make_unique<Session>(profile);
        m_session->open();
        [this] { QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Connected, 20'000); }();
    }
    [[nodiscard]] Session& session() { return *m_session; }
    [[nodiscard]] TableServer& server() { return m_server; }

    /// The widget of this type and accessible name; null where there is none, or it is hidden.
    template <typename W> [[nodiscard]] static W* named(const QWidget& in, const QString& name)
    {
        for (W* widget : in.findChildren<W*>()) {
            if (widget->accessibleName() == name && widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    [[nodiscard]] static QAbstractButton* button(const QWidget& in, const QString& text)
    {
        for (auto* button : in.findChildren<QAbstractButton*>()) {
            if (QString(button->text()).remove(u'&') == text && button->isVisible()) {
                return button;
            }
        }
        return nullptr;
    }
    [[nodiscard]] static QString text(const QWidget& in, const QString& name)
    {
        const auto* view = named<QPlainTextEdit>(in, name);
        return view ? view->toPlainText() : QString();
    }

private:
    TableServer m_server;
    std::unique_ptr<Session> m_session;
};

} // namespace keyglass::test
