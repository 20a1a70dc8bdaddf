// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/value/valuesource.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass::ui {

/// The values of a session, which must outlive it.
class SessionValueSource : public ValueSource {
public:
    explicit SessionValueSource(Session& session)
        : m_session(session)
    {
    }

    [[nodiscard]] bool touchesIdleTimes() const override
    {
        const auto& server = m_session.server();
        return server && server->feature(ServerFeature::ClientNoTouch) != FeatureState::Present;
    }
    [[nodiscard]] bool hasFieldEnds() const override
    {
        const auto& server = m_session.server();
        return server && server->mayUse(ServerFeature::HashFieldExpiry);
    }
    [[nodiscard]] std::string nameOf(const std::string& key) const override { return m_session.nameOf(key).key; }
    [[nodiscard]] QString placeOf(const std::string& key) const override
    {
        if (m_session.hasSeveralDatabases()) {
            return QCoreApplication::translate("keyglass::ui::SessionValueSource", "db %1")
                .arg(m_session.nameOf(key).database);
        }
        const auto slot = m_session.slotOfKey(key);
        if (!slot) {
            return {};
        }
        const auto node = m_session.nodeOf(key);
        return node
            ? QCoreApplication::translate("keyglass::ui::SessionValueSource", "node %1 · slot %2").arg(*node).arg(*slot)
            : QCoreApplication::translate("keyglass::ui::SessionValueSource", "slot %1, which no node has").arg(*slot);
    }
    QFuture<Result<ValueHead>> loadHead(std::string key) override { return m_session.loadValueHead(std::move(key)); }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) override
    {
        return m_session.loadValuePage(std::move(request));
    }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest request) override
    {
        return m_session.loadValueSlice(std::move(request));
    }

private:
    Session& m_session;
};

} // namespace keyglass::ui
