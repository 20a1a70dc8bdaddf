// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/value/valuesource.h"

#include <QCoreApplication>

#include <optional>
#include <string>
#include <utility>
#include <vector>

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
    [[nodiscard]] std::optional<RuledDecoders> ruleFor(
        const std::string& key, const std::optional<std::string>& field) const override
    {
        const auto fitting = fittingRule(m_rules, nameOf(key), field);
        return fitting ? std::optional(RuledDecoders{m_rules[*fitting].keys, m_stacks[*fitting]}) : std::nullopt;
    }
    [[nodiscard]] const std::vector<DecoderRule>& rules() const { return m_rules; }
    /// Reads the files of descriptors that rules name.
    void setRules(const std::vector<DecoderRule>& rules)
    {
        m_rules = rules;
        m_stacks.clear();
        for (const DecoderRule& rule : rules) {
            m_stacks.push_back(DecoderStack::fromNames(rule.decoders.toStdString()));
        }
    }
    ResultWork<std::uint64_t> saveString(const std::string& key, const QString& path, std::uint64_t size) override
    {
        return m_session.saveString(key, path, size);
    }
    QFuture<Result<std::uint64_t>> countBits(std::string key) override { return m_session.countBits(std::move(key)); }
    QFuture<Result<std::vector<ServerModule>>> loadModules(std::string key) override
    {
        return m_session.loadModules(std::move(key));
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
    std::vector<DecoderRule> m_rules;
    std::vector<Result<DecoderStack>> m_stacks; ///< Of the rules.
};

} // namespace keyglass::ui
