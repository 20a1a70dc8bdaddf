// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valueheader.h"

#include "core/base/bytes.h"
#include "ui/common/badge.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/value/valuewords.h"

#include <QGridLayout>
#include <QPainter>
#include <QToolButton>

namespace keyglass::ui {

/// The three letters of a type.
class TypeBadge : public QWidget {
public:
    explicit TypeBadge(QWidget* parent)
        : QWidget(parent)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setType(KeyType type)
    {
        m_type = type;
        setAccessibleName(keyTypeBadge(type));
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return badgeSize(font()); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setFont(font());
        paintBadge(&painter, rect(), m_type, keyTypeBadge(m_type), palette());
    }

private:
    KeyType m_type = KeyType::None;
};

namespace {

constexpr std::size_t longestShownKey = 2000;

QString shownKey(const std::string& key)
{
    if (key.empty()) {
        return ValueHeader::tr("(the empty key)");
    }
    return displayText(std::string_view(key).substr(0, longestShownKey))
        + (key.size() > longestShownKey ? QStringLiteral("…") : QString());
}

} // namespace

ValueHeader::ValueHeader(QWidget* parent)
    : QWidget(parent)
    , m_badge(new TypeBadge(this))
    , m_key(new ElidedLabel({}, Qt::ElideMiddle, this))
    , m_details(new ElidedLabel(this))
    , m_placeLine(new ElidedLabel(this))
    , m_reload(new QToolButton(this))
{
    m_key->setAccessibleName(tr("Key"));
    m_details->setAccessibleName(tr("About the value"));
    m_placeLine->setAccessibleName(tr("Place of the key"));
    m_placeLine->hide();
    m_reload->setAccessibleName(tr("Reload value"));
    m_reload->setToolTip(tr("Read the value again"));
    m_reload->setAutoRaise(true);
    setIcon(m_reload, QStringLiteral("refresh"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_badge, 0, 0);
    layout->addWidget(m_key, 0, 1);
    layout->addWidget(m_reload, 0, 3); // tools stand before it
    layout->addWidget(m_details, 1, 0, 1, 4);
    layout->addWidget(m_placeLine, 2, 0, 1, 4);
    layout->setColumnStretch(1, 1);
    connect(m_reload, &QToolButton::clicked, this, &ValueHeader::reloadClicked);
    connect(&m_timer, &QTimer::timeout, this, &ValueHeader::tick);
}

void ValueHeader::setKey(const std::string& key)
{
    QFont font = keyFont();
    font.setWeight(QFont::DemiBold);
    m_key->setFont(font);
    m_key->setText(shownKey(key));
    m_badge->setType(KeyType::None);
    m_details->setText(QString());
    m_details->setToolTip(QString());
    m_placeLine->hide();
    m_head.reset();
    m_timer.stop();
}

void ValueHeader::setHead(const ValueHead& head)
{
    setKey(head.key);
    m_head = head;
    m_readAt = Clock::now();
    m_badge->setType(head.type);
    updateTexts();
    if (head.ttl) {
        m_timer.start(Milliseconds{1000});
    }
}

void ValueHeader::setTouched(bool touched)
{
    m_touched = touched;
    updateTexts();
}

void ValueHeader::addTool(QWidget* tool)
{
    static_cast<QGridLayout*>(layout())->addWidget(tool, 0, 2);
    setTabOrder(tool, m_reload);
}

void ValueHeader::setPlace(const QString& place)
{
    m_place = place;
    updateTexts();
}

std::optional<Milliseconds> ValueHeader::ttlLeft() const
{
    if (!m_head || !m_head->ttl) {
        return std::nullopt;
    }
    const auto passed = std::chrono::floor<Milliseconds>(Clock::now() - m_readAt);
    return std::max(*m_head->ttl - passed, Milliseconds{0});
}

void ValueHeader::updateTexts()
{
    if (m_head) {
        QString text = headText(*m_head, ttlLeft());
        QString exact = exactHeadText(*m_head, ttlLeft());
        if (m_touched) {
            text += QStringLiteral("  ·  ") + tr("idle time reset by opening");
            exact += u'\n'
                + tr("This server has no CLIENT NO-TOUCH (7.2), so opening a value counts as a use of its key. Lists, "
                     "columns and filters do not.");
        }
        if (!m_place.isEmpty()) {
            exact += u'\n' + m_place;
        }
        m_about = text;
        m_details->setToolTip(exact);
        m_placeLine->setToolTip(exact);
        arrange();
    }
}

/// Behind the details where there is room for both, else below them.
void ValueHeader::arrange()
{
    if (!m_head) {
        return;
    }
    const QString both = m_place.isEmpty() ? m_about : m_about + QStringLiteral("  ·  ") + m_place;
    const QMargins margins = contentsMargins() + layout()->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    const bool isNarrow = !m_place.isEmpty() && m_details->fontMetrics().horizontalAdvance(both) > room;
    m_details->setText(isNarrow ? m_about : both);
    m_placeLine->setText(m_place);
    m_placeLine->setVisible(isNarrow);
}

void ValueHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ValueHeader::tick()
{
    updateTexts();
    if (ttlLeft() == Milliseconds{0}) {
        m_timer.stop();
        Q_EMIT expired();
    }
}

} // namespace keyglass::ui
