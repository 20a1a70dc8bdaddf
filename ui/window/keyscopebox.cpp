// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keyscopebox.h"

#include "ui/window/predicatepopup.h"
#include "ui/window/wording.h"

#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

namespace keyglass::ui {

KeyScope KeyScopes::preferred() const
{
    if (selection && selection->count() > 1) {
        return KeyScope::Selection;
    }
    return hits ? KeyScope::Hits : KeyScope::All;
}

const KeyChoice& KeyScopes::choice(KeyScope scope) const
{
    if (scope == KeyScope::Selection && selection) {
        return *selection;
    }
    return scope == KeyScope::Hits && hits ? *hits : all;
}

ResultSetInfo KeyScopes::aboutScope(KeyScope scope) const
{
    ResultSetInfo info = about;
    info.isSelection = info.isSelection || scope == KeyScope::Selection;
    if (scope == KeyScope::Hits) {
        info.find = find;
    }
    return info;
}

KeyScopes keyScopesOf(const Session& session, const KeySelection& selected)
{
    KeyScopes scopes;
    scopes.all = KeyChoice{session.shownKeys()};
    scopes.about = session.describeKeys();
    if (!session.openedResult()) {
        scopes.about.conditions = predicateText(session.scanRequest().predicate);
    }
    if (!session.filter().isEmpty() && session.isFilterComplete()) {
        scopes.hits = KeyChoice{session.filteredSnapshot()};
        scopes.find = displayText(session.filter().needle);
    }
    KeyChoice chosen = scopes.hits.value_or(scopes.all);
    chosen.selected = selected;
    if (chosen.count() > 0) {
        scopes.selection = std::move(chosen);
    }
    return scopes;
}

KeyScopeBox::KeyScopeBox(const KeyScopes& scopes, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    const KeyScope preferred = scopes.preferred();
    if (!scopes.selection && !scopes.hits) { // nothing to choose
        layout->addWidget(new QLabel(tr("All: %1").arg(keysText(scopes.all.count())), this));
        return;
    }
    if (scopes.selection) {
        add(KeyScope::Selection, tr("&Selected: %1").arg(keysText(scopes.selection->count())),
            preferred == KeyScope::Selection);
    }
    if (scopes.hits) {
        const QString find = QString(scopes.find).replace(u'&', QStringLiteral("&&"));
        add(KeyScope::Hits, tr("&Found by “%1”: %2").arg(find, keysText(scopes.hits->count())),
            preferred == KeyScope::Hits);
    }
    add(KeyScope::All, tr("&All: %1").arg(keysText(scopes.all.count())), preferred == KeyScope::All);
}

void KeyScopeBox::add(KeyScope scope, const QString& text, bool isPreferred)
{
    auto* button = new QRadioButton(text, this);
    button->setChecked(isPreferred);
    layout()->addWidget(button);
    connect(button, &QRadioButton::toggled, this, [this](bool checked) {
        if (checked) {
            Q_EMIT scopeChanged();
        }
    });
    m_buttons.emplace_back(scope, button);
}

KeyScope KeyScopeBox::scope() const
{
    for (const auto& [scope, button] : m_buttons) {
        if (button->isChecked()) {
            return scope;
        }
    }
    return KeyScope::All;
}

} // namespace keyglass::ui
