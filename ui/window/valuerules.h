// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/decoderrule.h"

#include <QObject>
#include <QPointer>

#include <vector>

class QWidget;

namespace keyglass {
class Session;
}

namespace keyglass::ui {

class SessionValueSource;
class ValuePane;

/// The rules by which one session's values are decoded: asked for in its panes, seen at once in all of them.
class ValueRules : public QObject {
    Q_OBJECT

public:
    /// Begins with those of the session's profile.
    ValueRules(Session& session, SessionValueSource& values, QWidget* page);

    void attach(ValuePane& pane);
    /// Programs may be allowed, or forbidden, as decoders by now.
    void followPrograms();

Q_SIGNALS:
    void chosen(const std::vector<keyglass::DecoderRule>& rules);

private:
    void ask(const DecoderRule* suggested);
    [[nodiscard]] DecoderRule suggestionFor(const ValuePane& pane) const;
    void apply(const std::vector<DecoderRule>& rules);
    void take(const std::vector<DecoderRule>& rules);

    Session& m_session;
    SessionValueSource& m_values;
    QWidget* m_page;
    std::vector<QPointer<ValuePane>> m_panes;
};

} // namespace keyglass::ui
