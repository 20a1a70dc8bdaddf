// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"
#include "core/session/session.h"

#include <QWidget>

#include <optional>
#include <vector>

class QRadioButton;

namespace keyglass::ui {

/// What of the key list is meant.
enum class KeyScope { Selection, Hits, All };

/// The keys of a list that can be meant, as they are now.
struct KeyScopes {
    KeyChoice all;
    std::optional<KeyChoice> hits;      ///< Nothing while none is looked for, or the search still goes on.
    std::optional<KeyChoice> selection; ///< Nothing while no key is selected.
    QString find;                       ///< What is looked for.
    ResultSetInfo about;                ///< What a set of all of them says of itself.

    /// The selection where that is several keys, else the hits, else all.
    [[nodiscard]] KeyScope preferred() const;
    [[nodiscard]] const KeyChoice& choice(KeyScope scope) const;
    /// What a set of these keys says of itself, but for its name.
    [[nodiscard]] ResultSetInfo aboutScope(KeyScope scope) const;
};

/// What can be meant of the keys that `session` shows, of which `selected` are selected.
[[nodiscard]] KeyScopes keyScopesOf(const Session& session, const KeySelection& selected);

/// Lets the user choose which keys are meant, with their numbers.
class KeyScopeBox : public QWidget {
    Q_OBJECT

public:
    explicit KeyScopeBox(const KeyScopes& scopes, QWidget* parent = nullptr);

    [[nodiscard]] KeyScope scope() const;

Q_SIGNALS:
    void scopeChanged();

private:
    void add(KeyScope scope, const QString& text, bool isPreferred);

    std::vector<std::pair<KeyScope, QRadioButton*>> m_buttons;
};

} // namespace keyglass::ui
