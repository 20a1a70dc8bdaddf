// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/findfield.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/window/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QToolButton* toggle(const QString& face, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(face);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

} // namespace

FindField::FindField(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_edit(new QLineEdit(this))
    , m_case(toggle(tr("Aa"), tr("Match case"), this))
    , m_regex(toggle(tr(".*"), tr("Regular expression"), this))
    , m_hits(new QLabel(this))
{
    m_edit->setAccessibleName(tr("Find"));
    m_edit->setPlaceholderText(tr("Find in loaded keys"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(80);
    m_hits->setAccessibleName(tr("Hits"));
    m_hits->setTextFormat(Qt::PlainText);
    m_hits->setWordWrap(true);
    m_hits->setForegroundRole(QPalette::PlaceholderText);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_edit, 1);
    row->addWidget(m_case);
    row->addWidget(m_regex);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_hits);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &FindField::apply);
    connect(m_case, &QToolButton::toggled, this, &FindField::apply);
    connect(m_regex, &QToolButton::toggled, this, &FindField::apply);
    connect(&session, &Session::filterChanged, this, &FindField::showHits);
    connect(&session, &Session::snapshotChanged, this, &FindField::showHits);
    showHits();
}

void FindField::takeFocus()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FindField::clear()
{
    m_edit->clear();
}

QString FindField::text() const
{
    return m_edit->text();
}

void FindField::apply()
{
    FilterSpec spec;
    spec.kind = m_regex->isChecked() ? FilterSpec::Kind::Regex : FilterSpec::Kind::Substring;
    spec.needle = m_edit->text().toStdString();
    spec.caseSensitive = m_case->isChecked();
    if (const auto status = m_session.setFilter(spec); !status) {
        // What was found before stays on screen while a regular expression is only half typed.
        m_hits->setText(status.error().detail.isEmpty() ? status.error().subject : status.error().detail);
        return;
    }
    showHits();
}

void FindField::showHits()
{
    const auto hits = m_session.filteredSnapshot();
    if (const auto failure = m_session.filterError()) {
        m_hits->setText(errorText(*failure));
        return;
    }
    const std::uint64_t count = hits ? hits->keyCount() : 0;
    const QString of = keysText(m_session.shownKeys()->keyCount());
    if (m_session.filter().isEmpty()) {
        m_hits->setText(tr("%1 loaded").arg(of));
        return;
    }
    m_hits->setText(m_session.isFilterComplete() ? tr("%1 of %2").arg(numberText(count), of)
                                                 : tr("%1 so far, searching %2").arg(numberText(count), of));
}

} // namespace keyglass::ui
