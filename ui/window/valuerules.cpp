// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/valuerules.h"

#include "core/session/session.h"
#include "ui/value/cellview.h"
#include "ui/value/decoderrulesdialog.h"
#include "ui/value/sessionvaluesource.h"
#include "ui/value/valuepane.h"

#include <algorithm>

namespace keyglass::ui {

ValueRules::ValueRules(Session& session, SessionValueSource& values, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_values(values)
    , m_page(page)
{
    m_values.setRules(m_session.profile().decoderRules);
}

void ValueRules::attach(ValuePane& pane)
{
    std::erase_if(m_panes, [](const QPointer<ValuePane>& each) { return each.isNull(); });
    m_panes.emplace_back(&pane);
    auto* view = pane.findChild<CellView*>();
    view->offerRules();
    connect(view, &CellView::ruleWanted, this, [this, &pane] {
        const DecoderRule suggested = suggestionFor(pane);
        ask(&suggested);
    });
    connect(view, &CellView::rulesWanted, this, [this] { ask(nullptr); });
}

/// For keys like the one that is shown, as it is decoded now. A field has a rule of its own only where the user says
/// so.
DecoderRule ValueRules::suggestionFor(const ValuePane& pane) const
{
    const auto* view = pane.findChild<const CellView*>();
    const std::string key = m_session.nameOf(pane.key().value_or(std::string())).key;
    const DecoderStack& chosen =
        view->decoders().automatic ? view->shownDecoders() : view->decoders().stack; // also where it could not decode
    return {suggestedPattern(key, m_session.profile().separator), {},
        chosen.isEmpty() ? QStringLiteral("plain") : QString::fromStdString(chosen.names())};
}

void ValueRules::ask(const DecoderRule* suggested)
{
    auto* dialog = new DecoderRulesDialog(m_values.rules(), !m_session.profile().id.isEmpty(), m_page->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (suggested != nullptr) {
        dialog->suggest(*suggested);
    }
    connect(dialog, &DecoderRulesDialog::chosen, this, &ValueRules::take);
    dialog->open();
}

void ValueRules::followPrograms()
{
    const std::vector<DecoderRule> rules = m_values.rules();
    const auto namesProgram = [](const DecoderRule& rule) { return rule.decoders.contains(u"external:"); };
    if (std::any_of(rules.begin(), rules.end(), namesProgram)) {
        apply(rules);
    }
}

void ValueRules::apply(const std::vector<DecoderRule>& rules)
{
    m_values.setRules(rules);
    for (const QPointer<ValuePane>& pane : m_panes) {
        if (pane) {
            pane->followRules();
        }
    }
}

void ValueRules::take(const std::vector<DecoderRule>& rules)
{
    apply(rules);
    Q_EMIT chosen(rules);
}

} // namespace keyglass::ui
