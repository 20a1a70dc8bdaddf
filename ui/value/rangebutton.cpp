// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/rangebutton.h"

#include "ui/common/texts.h"

#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace keyglass::ui {

namespace {

enum By { Score, Rank };

Error badBound(const QString& what)
{
    return Error{ErrorKind::Input, {}, what};
}

/// A bound of scores as servers take it; an empty text is the open end.
Result<std::string> scoreBound(const QString& text, const char* open)
{
    if (text.isEmpty()) {
        return std::string(open);
    }
    const QString number = text.startsWith(u'(') ? text.mid(1) : text;
    bool isNumber = false;
    if (std::isnan(number.toDouble(&isNumber)) || !isNumber) {
        return badBound(RangeButton::tr("%1 is no score").arg(text));
    }
    return text.toStdString();
}

Result<std::uint64_t> rankBound(const QString& text, std::uint64_t open)
{
    if (text.isEmpty()) {
        return open;
    }
    bool isNumber = false;
    const qulonglong rank = text.toULongLong(&isNumber);
    return isNumber ? Result<std::uint64_t>(rank)
                    : Result<std::uint64_t>(badBound(RangeButton::tr("%1 is no rank").arg(text)));
}

Result<MemberRange> scoresOf(const QString& from, const QString& to)
{
    auto min = scoreBound(from, "-inf");
    auto max = scoreBound(to, "+inf");
    if (!min || !max) {
        return !min ? min.error() : max.error();
    }
    return MemberRange{ScoreRange{*min, *max}, std::nullopt};
}

Result<MemberRange> ranksOf(const QString& from, const QString& to)
{
    auto first = rankBound(from, 0);
    auto last = rankBound(to, ValuePosition::end - 1);
    if (!first || !last) {
        return !first ? first.error() : last.error();
    }
    if (*first > *last) {
        return badBound(RangeButton::tr("The first rank is above the last"));
    }
    return MemberRange{std::nullopt, NumberRange{*first, std::min(*last, ValuePosition::end - 1) + 1}};
}

QString boundText(const std::string& bound)
{
    return QString::fromStdString(bound);
}

} // namespace

RangeButton::RangeButton(QWidget* parent)
    : QToolButton(parent)
    , m_form(new QFrame(this, Qt::Popup))
    , m_by(new QComboBox(m_form))
    , m_from(new QLineEdit(m_form))
    , m_to(new QLineEdit(m_form))
    , m_problem(new QLabel(m_form))
{
    setAccessibleName(tr("Range"));
    setToolTip(tr("Shows the members of some scores or ranks only"));
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    makeForm();
    connect(this, &QToolButton::clicked, this, &RangeButton::showForm);
    say();
}

void RangeButton::makeForm()
{
    m_form->setAccessibleName(tr("Range of members"));
    m_form->setFrameShape(QFrame::StyledPanel);
    m_by->setAccessibleName(tr("Range by"));
    m_by->addItem(tr("Score"), Score);
    m_by->addItem(tr("Rank"), Rank);
    m_from->setAccessibleName(tr("Range from"));
    m_from->setPlaceholderText(tr("the lowest"));
    m_to->setAccessibleName(tr("Range to"));
    m_to->setPlaceholderText(tr("the highest"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* all = new QPushButton(tr("Show &all"), m_form);
    auto* show = new QPushButton(tr("&Show range"), m_form);
    show->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(all);
    buttons->addWidget(show);
    auto* form = new QFormLayout(m_form);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("&By"), m_by);
    form->addRow(tr("&From"), m_from);
    form->addRow(tr("&To"), m_to);
    form->addRow(m_problem);
    form->addRow(buttons);
    connect(all, &QPushButton::clicked, this, [this] { choose({}); });
    connect(show, &QPushButton::clicked, this, &RangeButton::apply);
    connect(m_from, &QLineEdit::returnPressed, this, &RangeButton::apply);
    connect(m_to, &QLineEdit::returnPressed, this, &RangeButton::apply);
}

void RangeButton::setRange(const MemberRange& range)
{
    m_range = range;
    say();
}

Result<MemberRange> RangeButton::typed() const
{
    const QString from = m_from->text().trimmed();
    const QString to = m_to->text().trimmed();
    if (from.isEmpty() && to.isEmpty()) {
        return MemberRange{};
    }
    return m_by->currentData().toInt() == Score ? scoresOf(from, to) : ranksOf(from, to);
}

void RangeButton::showForm()
{
    m_problem->hide();
    m_form->adjustSize();
    m_form->move(mapToGlobal(QPoint(0, height())));
    m_form->show();
    m_from->setFocus();
    m_from->selectAll();
}

void RangeButton::apply()
{
    const auto range = typed();
    if (range) {
        choose(*range);
        return;
    }
    m_problem->setText(range.error().detail);
    m_problem->show();
    m_form->adjustSize();
}

void RangeButton::choose(const MemberRange& range)
{
    m_form->hide();
    if (range != m_range) {
        setRange(range);
        Q_EMIT rangeChanged();
    }
}

void RangeButton::say()
{
    if (m_range.scores) {
        setText(tr("Scores %1 to %2").arg(boundText(m_range.scores->min), boundText(m_range.scores->max)));
    } else if (m_range.ranks) {
        const std::uint64_t end = m_range.ranks->end;
        setText(end == ValuePosition::end
                ? tr("Ranks from %1").arg(numberText(m_range.ranks->first))
                : tr("Ranks %1 to %2").arg(numberText(m_range.ranks->first), numberText(end - 1)));
    } else {
        setText(tr("Range…"));
    }
}

} // namespace keyglass::ui
