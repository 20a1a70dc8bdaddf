// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/session/tablesession.h"
#include "tests/servers/tableserver.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QWidget>

namespace keyglass::test {

inline constexpr int tablePatience = 20'000; // ms

/// A session on a server with the table shop.items of three rows, and ways to find what a user would look for.
struct ShopSession {
    explicit ShopSession(TableHazards hazards = {}, bool readOnly = false)
        : server(std::move(hazards))
        , session(profileOf(server, readOnly))
    {
        server.make(
            {"TABLE.NAMESPACE.CREATE shop", "TABLE.SCHEMA.CREATE shop.items sku:string:hash qty:integer made:date",
                "TABLE.INSERT shop.items sku=A1 qty=5 made=2024-01-31", "TABLE.INSERT shop.items sku=B2 qty=12",
                "TABLE.INSERT shop.items sku=A1 qty=-7"});
        session.open();
        [this] { QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, tablePatience); }();
    }
    static Profile profileOf(const TableServer& server, bool readOnly)
    {
        Profile profile;
        profile.host = QStringLiteral("127.0.0.1");
        profile.port = server.port();
        profile.name = QStringLiteral("shop");
        profile.readOnly = readOnly;
        return profile;
    }
    template <typename W> [[nodiscard]] static W* named(const QWidget& in, const QString& name)
    {
        for (W* widget : in.findChildren<W*>()) {
            if (widget->accessibleName() == name && widget->isVisibleTo(&in)) {
                return widget;
            }
        }
        return nullptr;
    }
    [[nodiscard]] static QAbstractButton* button(const QWidget& in, const QString& text)
    {
        for (auto* found : in.findChildren<QAbstractButton*>()) {
            if (found->text().remove(u'&') == text && found->isVisibleTo(&in)) {
                return found;
            }
        }
        return nullptr;
    }
    /// Waits for the button and clicks it.
    static void press(const QWidget& in, const QString& text)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(button(in, text) != nullptr, qPrintable(text), tablePatience);
        QTest::mouseClick(button(in, text), Qt::LeftButton);
    }
    /// All texts of labels, one a line.
    [[nodiscard]] static QString words(const QWidget& in)
    {
        QStringList texts;
        for (const auto* label : in.findChildren<QLabel*>()) {
            if (label->isVisibleTo(&in)) {
                texts << label->text();
            }
        }
        return texts.join(u'\n');
    }

    TableServer server;
    Session session;
};

} // namespace keyglass::test
