// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/predicatepopup.h"

#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/window/limitfield.h"

#include <QApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

using Choices = std::vector<std::pair<LimitField::Choice, QString>>;
using Seconds = KeyPredicate::Seconds;

Choices comparisons()
{
    return {{LimitField::Any, PredicatePopup::tr("any")}, {LimitField::Below, PredicatePopup::tr("less than")},
        {LimitField::Above, PredicatePopup::tr("more than")}};
}

Choices ttlChoices()
{
    return {{LimitField::Any, PredicatePopup::tr("any")}, {LimitField::No, PredicatePopup::tr("none")},
        {LimitField::Yes, PredicatePopup::tr("has one")}, {LimitField::Below, PredicatePopup::tr("less than")},
        {LimitField::Above, PredicatePopup::tr("more than, or none")}};
}

std::vector<LimitField::Unit> timeUnits()
{
    return {{PredicatePopup::tr("seconds"), 1}, {PredicatePopup::tr("minutes"), 60},
        {PredicatePopup::tr("hours"), 3600}, {PredicatePopup::tr("days"), 86'400}};
}

std::vector<LimitField::Unit> byteUnits()
{
    return {
        {PredicatePopup::tr("KiB"), 1024}, {PredicatePopup::tr("bytes"), 1}, {PredicatePopup::tr("MiB"), 1024 * 1024}};
}

template <typename Limit> Limit limitOf(std::uint64_t value)
{
    if constexpr (std::is_same_v<Limit, Seconds>) {
        return Seconds(static_cast<std::int64_t>(value));
    } else {
        return Limit{value};
    }
}

template <typename Limit> void take(const LimitField& field, std::optional<Limit>& below, std::optional<Limit>& above)
{
    const LimitField::Value value = field.value();
    if (value.choice == LimitField::Below) {
        below = limitOf<Limit>(value.limit);
    } else if (value.choice == LimitField::Above) {
        above = limitOf<Limit>(value.limit);
    }
}

QString textOf(Seconds time)
{
    return durationText(std::chrono::duration_cast<std::chrono::milliseconds>(time));
}

template <typename Limit, typename Text>
void addLimits(QStringList& parts, const QString& what, const std::optional<Limit>& below,
    const std::optional<Limit>& above, const Text& text)
{
    if (below) {
        parts << PredicatePopup::tr("%1 less than %2").arg(what, text(*below));
    }
    if (above) {
        parts << PredicatePopup::tr("%1 more than %2").arg(what, text(*above));
    }
}

} // namespace

PredicatePopup::PredicatePopup(QWidget* parent)
    : QFrame(parent)
    , m_ttl(new LimitField(tr("TTL"), ttlChoices(), timeUnits(), this))
    , m_memory(new LimitField(tr("Memory"), comparisons(), byteUnits(), this))
    , m_idle(new LimitField(tr("Idle time"), comparisons(), timeUnits(), this))
    , m_frequency(new LimitField(tr("Frequency"), comparisons(), {{QString(), 1}}, this))
    , m_why(new QLabel(this))
{
    setAccessibleName(tr("More filters"));
    setAutoFillBackground(true);
    hide();
    m_why->setWordWrap(true);
    m_why->setForegroundRole(QPalette::PlaceholderText);
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("&TTL"), m_ttl);
    form->addRow(tr("&Memory"), m_memory);
    form->addRow(tr("&Idle time"), m_idle);
    form->addRow(tr("&Frequency"), m_frequency);
    form->addRow(m_why);
    auto* clearButton = new QPushButton(tr("&Clear"), this);
    auto* apply = new QPushButton(tr("&Scan for these"), this);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(clearButton);
    buttons->addWidget(apply);
    form->addRow(buttons);
    setMinimumWidth(360);
    setServer({});
    connect(clearButton, &QPushButton::clicked, this, &PredicatePopup::clear);
    connect(apply, &QPushButton::clicked, this, [this] {
        dismiss();
        Q_EMIT applied();
    });
}

KeyPredicate PredicatePopup::predicate() const
{
    KeyPredicate predicate;
    const LimitField::Value ttl = m_ttl->value();
    if (ttl.choice == LimitField::No || ttl.choice == LimitField::Yes) {
        predicate.hasTtl = ttl.choice == LimitField::Yes;
    }
    take(*m_ttl, predicate.ttlBelow, predicate.ttlAbove);
    take(*m_memory, predicate.bytesBelow, predicate.bytesAbove);
    take(*m_idle, predicate.idleBelow, predicate.idleAbove);
    take(*m_frequency, predicate.frequencyBelow, predicate.frequencyAbove);
    return predicate;
}

void PredicatePopup::clear()
{
    for (LimitField* field : {m_ttl, m_memory, m_idle, m_frequency}) {
        field->clear();
    }
}

void PredicatePopup::setServer(const std::optional<ServerFacts>& server)
{
    const auto frequency = server ? server->keepsFrequency() : std::nullopt;
    const QString policy = server ? QString::fromLatin1(server->maxmemoryPolicy) : QString();
    const QString noIdle = tr("The server counts uses instead of idle times (maxmemory-policy %1).").arg(policy);
    const QString noFrequency = tr("The server keeps idle times, not frequencies (maxmemory-policy %1).").arg(policy);
    m_idle->setRefused(frequency == true ? noIdle : QString());
    m_frequency->setRefused(frequency == false ? noFrequency : QString());
    m_why->setText(!frequency ? QString() : *frequency ? noIdle : noFrequency);
    m_why->setVisible(frequency.has_value());
}

void PredicatePopup::popupBelow(QWidget& anchor)
{
    QWidget* window = anchor.window();
    setParent(window);
    const int wide = std::max(minimumWidth(), sizeHint().width());
    resize(wide, layout()->totalHeightForWidth(wide)); // the words at its end take as many lines as that needs
    QPoint at = anchor.mapTo(window, QPoint(0, anchor.height()));
    at.setX(std::clamp(at.x(), 0, std::max(0, window->width() - width())));
    at.setY(std::clamp(at.y(), 0, std::max(0, window->height() - height())));
    move(at);
    m_anchor = &anchor;
    qApp->installEventFilter(this);
    show();
    raise();
    m_ttl->setFocus();
}

void PredicatePopup::dismiss()
{
    qApp->removeEventFilter(this);
    const bool hadFocus = focusWidget() && focusWidget()->hasFocus();
    hide();
    if (m_anchor && hadFocus) {
        m_anchor->setFocus();
    }
    m_anchor.clear();
}

bool PredicatePopup::isWithin(const QObject* object) const
{
    for (; object; object = object->parent()) {
        if (object == this) {
            return true;
        }
    }
    return false;
}

bool PredicatePopup::event(QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (isKey && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // the window's Esc would stop the scan
        if (event->type() == QEvent::KeyPress) {
            dismiss();
        }
        return true;
    }
    return QFrame::event(event);
}

bool PredicatePopup::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_anchor && event->type() == QEvent::Hide) {
        dismiss(); // another page has come to the front
    } else if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType() && !isWithin(watched)) {
        const bool isAnchor = watched == m_anchor;
        dismiss();
        return isAnchor; // its click would open the panel again
    }
    return QFrame::eventFilter(watched, event);
}

/// An outline that is seen on what lies below, in the dark too.
void PredicatePopup::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setPen(toneColor(Tone::Dimmed, palette()));
    painter.setBrush(palette().window());
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

/// Tab goes round within the panel, as it would in a window of its own.
bool PredicatePopup::focusNextPrevChild(bool next)
{
    QWidget* begin = focusWidget() ? focusWidget() : this;
    const auto step = [next](const QWidget* from) {
        return next ? from->nextInFocusChain() : from->previousInFocusChain();
    };
    for (QWidget* each = step(begin); each != begin; each = step(each)) {
        const bool takesTab = (each->focusPolicy() & Qt::TabFocus) != 0 && !each->focusProxy();
        if (each != this && takesTab && isWithin(each) && each->isVisible() && each->isEnabled()) {
            each->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return false;
}

QString predicateText(const KeyPredicate& predicate)
{
    QStringList parts;
    if (predicate.hasTtl) {
        parts << (*predicate.hasTtl ? PredicatePopup::tr("has a TTL") : PredicatePopup::tr("no TTL"));
    }
    const auto number = [](std::uint64_t value) { return numberText(value); };
    addLimits(parts, PredicatePopup::tr("TTL"), predicate.ttlBelow, predicate.ttlAbove, textOf);
    addLimits(parts, PredicatePopup::tr("memory"), predicate.bytesBelow, predicate.bytesAbove,
        [](ByteCount size) { return sizeText(size); });
    addLimits(parts, PredicatePopup::tr("idle"), predicate.idleBelow, predicate.idleAbove, textOf);
    addLimits(parts, PredicatePopup::tr("frequency"), predicate.frequencyBelow, predicate.frequencyAbove, number);
    return parts.join(u" · "_s);
}

} // namespace keyglass::ui
