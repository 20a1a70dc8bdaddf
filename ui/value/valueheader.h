// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QToolButton;

namespace keyglass::ui {

class ElidedLabel;
class TypeBadge;

/// The lines over a value: its key and what is known of it. The TTL runs down while it is looked at. In a narrow pane
/// the place of the key gets a line of its own.
class ValueHeader : public QWidget {
    Q_OBJECT

public:
    explicit ValueHeader(QWidget* parent = nullptr);

    /// Only the key is known yet.
    void setKey(const std::string& key);
    void setHead(const ValueHead& head);
    /// Whether reading this value has reset the key's idle time, which is then said.
    void setTouched(bool touched);
    /// Where in a cluster the key is; empty: nothing to say. For all heads to come, too.
    void setPlace(const QString& place);
    /// Stands beside the button that reloads.
    void addTool(QWidget* tool);
    /// What is left of the TTL by now; nothing: no expiry, or none known.
    [[nodiscard]] std::optional<Milliseconds> ttlLeft() const;

Q_SIGNALS:
    void reloadClicked();
    /// The TTL ran out while it was looked at.
    void expired();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateTexts();
    void arrange();
    void tick();

    TypeBadge* m_badge;
    ElidedLabel* m_key;
    ElidedLabel* m_details;
    ElidedLabel* m_placeLine; ///< Hidden while the place stands behind the details.
    QToolButton* m_reload;
    std::optional<ValueHead> m_head;
    QString m_place;
    QString m_about; ///< What stands before the place.
    bool m_touched = false;
    Clock::time_point m_readAt;
    QTimer m_timer;
};

} // namespace keyglass::ui
