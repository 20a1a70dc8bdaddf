// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/jumpfield.h"

#include "core/value/pagejump.h"
#include "ui/common/texts.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>

#include <cmath>

namespace keyglass::ui {

namespace {

Error badPlace(const QString& what)
{
    return Error{ErrorKind::Input, {}, what};
}

Result<ValuePosition> numberPosition(const QString& text, std::optional<std::uint64_t> total, bool descending)
{
    bool isNumber = false;
    qlonglong number = text.toLongLong(&isNumber);
    if (!isNumber) {
        number = QLocale().toLongLong(text, &isNumber); // grouped, as numbers are shown
    }
    if (!isNumber || (number < 0 && !total)) {
        return badPlace(JumpField::tr("%1 is no whole number").arg(text));
    }
    const auto bits = static_cast<std::uint64_t>(number);
    const std::uint64_t away = number < 0 ? ~bits + 1 : bits; // the least number has no positive one
    if (total && (number < 0 ? away > *total : away >= *total)) {
        return badPlace(JumpField::tr("There is no number %1: it has %2, from 0 on").arg(text, numberText(*total)));
    }
    return positionAt(number < 0 ? *total - away : away, descending);
}

Result<ValuePosition> scorePosition(const QString& text, bool descending)
{
    bool isNumber = false;
    const double score = text.toDouble(&isNumber);
    if (!isNumber || std::isnan(score)) {
        return badPlace(JumpField::tr("%1 is no score").arg(text));
    }
    ValuePosition position = startOf(descending);
    position.score = text.toStdString();
    return position;
}

Result<ValuePosition> entryPosition(const QString& text, bool descending)
{
    if (auto position = positionAtEntry(text.toStdString(), descending)) {
        return position;
    }
    const QDateTime time = QDateTime::fromString(QString(text).replace(u' ', u'T'), Qt::ISODate);
    if (!time.isValid() || time.toMSecsSinceEpoch() < 0) {
        return badPlace(JumpField::tr("%1 is neither an ID nor a time like 2026-05-01 14:00").arg(text));
    }
    return positionAtEntry(std::to_string(time.toMSecsSinceEpoch()), descending);
}

} // namespace

JumpField::JumpField(QWidget* parent)
    : QWidget(parent)
    , m_by(new QComboBox(this))
    , m_text(new QLineEdit(this))
{
    m_by->setAccessibleName(tr("Go to by"));
    m_by->addItem(tr("Rank"), static_cast<int>(By::Number));
    m_by->addItem(tr("Score"), static_cast<int>(By::Score));
    m_text->setAccessibleName(tr("Go to element"));
    m_text->setMinimumWidth(130);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(m_by);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        if (!m_text->text().trimmed().isEmpty()) {
            Q_EMIT jumpWanted();
        }
    });
    connect(m_text, &QLineEdit::textEdited, this, &JumpField::typedChanged);
    connect(m_by, &QComboBox::currentIndexChanged, this, &JumpField::say);
    setType(KeyType::None);
}

void JumpField::setType(KeyType type)
{
    m_type = type;
    m_by->setVisible(type == KeyType::SortedSet);
    setVisible(canJump(type));
    say();
}

void JumpField::clear()
{
    m_text->clear();
}

void JumpField::say()
{
    const QString shortcut = tr("Ctrl+J");
    if (m_type == KeyType::Stream) {
        m_text->setPlaceholderText(tr("Go to ID or time"));
        m_text->setToolTip(tr("An entry's ID, or a local time like 2026-05-01 14:00 (%1)").arg(shortcut));
    } else if (m_type == KeyType::SortedSet) {
        const bool isScore = m_by->currentData().toInt() == static_cast<int>(By::Score);
        m_text->setPlaceholderText(isScore ? tr("Go to score") : tr("Go to rank"));
        m_text->setToolTip(isScore ? tr("The first member with at least this score (%1)").arg(shortcut)
                                   : tr("A rank; below 0 from the end (%1)").arg(shortcut));
    } else {
        m_text->setPlaceholderText(tr("Go to index"));
        m_text->setToolTip(tr("An index; below 0 from the end. The middle of a long list takes the server longest (%1)")
                .arg(shortcut));
    }
}

Result<ValuePosition> JumpField::position(std::optional<std::uint64_t> total, bool descending) const
{
    const By by = m_type == KeyType::Stream ? By::Entry
        : m_type == KeyType::SortedSet      ? static_cast<By>(m_by->currentData().toInt())
                                            : By::Number;
    return jumpPosition(by, m_text->text().trimmed(), total, descending);
}

Result<ValuePosition> jumpPosition(
    JumpField::By by, const QString& text, std::optional<std::uint64_t> total, bool descending)
{
    switch (by) {
    case JumpField::By::Number:
        return numberPosition(text, total, descending);
    case JumpField::By::Score:
        return scorePosition(text, descending);
    case JumpField::By::Entry:
        break;
    }
    return entryPosition(text, descending);
}

} // namespace keyglass::ui
