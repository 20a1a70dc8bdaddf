// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/scanrequest.h"
#include "core/source/redis/serverfacts.h"

#include <QFrame>
#include <QPointer>

class QLabel;

namespace keyglass::ui {

class LimitField;

/// What is asked of each key beside its name and type: time to live, memory, idle time or frequency of use.
///
/// A panel within the window, over what is there: a window of its own that is a popup would take the keyboard and the
/// pointer from the whole desktop, and neither Alt+F4 nor the close button would reach the window. A click elsewhere,
/// Esc, or another page in front closes it.
class PredicatePopup : public QFrame {
    Q_OBJECT

public:
    explicit PredicatePopup(QWidget* parent = nullptr);

    [[nodiscard]] KeyPredicate predicate() const;
    void clear();
    /// Greys what this server does not keep.
    void setServer(const std::optional<ServerFacts>& server);
    /// Below `anchor`, within its window.
    void popupBelow(QWidget& anchor);
    void dismiss();

Q_SIGNALS:
    /// The user wants a scan for what stands here.
    void applied();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool isWithin(const QObject* object) const;

    LimitField* m_ttl;
    LimitField* m_memory;
    LimitField* m_idle;
    LimitField* m_frequency;
    QLabel* m_why;
    QPointer<QWidget> m_anchor; ///< Where it is shown below, while it is.
};

/// "TTL less than 5 min · memory more than 1 MiB"; empty for no condition.
[[nodiscard]] QString predicateText(const KeyPredicate& predicate);

} // namespace keyglass::ui
