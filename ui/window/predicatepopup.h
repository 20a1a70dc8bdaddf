// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/scanrequest.h"
#include "core/source/redis/serverfacts.h"

#include <QFrame>

class QLabel;

namespace keyglass::ui {

class LimitField;

/// What is asked of each key beside its name and type: time to live, memory, idle time or frequency of use.
class PredicatePopup : public QFrame {
    Q_OBJECT

public:
    explicit PredicatePopup(QWidget* parent = nullptr);

    [[nodiscard]] KeyPredicate predicate() const;
    void clear();
    /// Greys what this server does not keep.
    void setServer(const std::optional<ServerFacts>& server);
    /// Below `anchor`, within the screen.
    void popupBelow(QWidget& anchor);

Q_SIGNALS:
    /// The user wants a scan for what stands here.
    void applied();

private:
    LimitField* m_ttl;
    LimitField* m_memory;
    LimitField* m_idle;
    LimitField* m_frequency;
    QLabel* m_why;
};

/// "TTL less than 5 min · memory more than 1 MiB"; empty for no condition.
[[nodiscard]] QString predicateText(const KeyPredicate& predicate);

} // namespace keyglass::ui
