// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/patternfield.h"

#include "ui/common/theme.h"

#include <QActionGroup>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QString kindWord(KeyPattern::Kind kind)
{
    switch (kind) {
    case KeyPattern::Kind::All:
        return PatternField::tr("all");
    case KeyPattern::Kind::Prefix:
        return PatternField::tr("prefix");
    case KeyPattern::Kind::Glob:
        return PatternField::tr("glob");
    case KeyPattern::Kind::Exact:
        return PatternField::tr("exact");
    }
    return {};
}

} // namespace

PatternField::PatternField(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_kindButton(new QToolButton(this))
    , m_kinds(new QActionGroup(this))
    , m_problem(new QLabel(this))
    , m_recent(new QStringListModel(this))
{
    m_edit->setAccessibleName(tr("Pattern"));
    m_edit->setPlaceholderText(tr("All keys: prefix or glob, then Return"));
    m_edit->setClearButtonEnabled(true);
    auto* completer = new QCompleter(m_recent, this);
    completer->setCaseSensitivity(Qt::CaseSensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_edit->setCompleter(completer);
    m_problem->setAccessibleName(tr("Problem with the pattern"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    colorProblem();
    m_kindButton->setAccessibleName(tr("Kind of pattern"));
    m_kindButton->setToolTip(tr("What the pattern is taken for"));
    m_kindButton->setPopupMode(QToolButton::InstantPopup);
    m_kindButton->setAutoRaise(true);
    addKinds();
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_edit, 1);
    row->addWidget(m_kindButton);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PatternField::showKind);
    connect(m_edit, &QLineEdit::returnPressed, this, &PatternField::submit);
    showKind();
}

void PatternField::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colorProblem();
    }
}

void PatternField::colorProblem()
{
    QPalette colored = palette();
    colored.setColor(QPalette::WindowText, toneColor(Tone::Error, palette()));
    m_problem->setPalette(colored);
}

void PatternField::addKinds()
{
    auto* menu = new QMenu(m_kindButton);
    const auto add = [&](const QString& text, std::optional<KeyPattern::Kind> kind) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(kind == m_chosen);
        action->setData(kind ? static_cast<int>(*kind) : -1);
        m_kinds->addAction(action);
        connect(action, &QAction::triggered, this, [this, kind] {
            m_chosen = kind;
            showKind();
        });
    };
    add(tr("Automatic: glob with *, ? or [, else prefix"), std::nullopt);
    add(tr("Prefix: keys that begin with it"), KeyPattern::Kind::Prefix);
    add(tr("Glob: *, ?, [abc]"), KeyPattern::Kind::Glob);
    add(tr("Exact: this very key"), KeyPattern::Kind::Exact);
    m_kindButton->setMenu(menu);
}

QString PatternField::text() const
{
    return m_edit->text();
}

void PatternField::setText(const QString& text, std::optional<KeyPattern::Kind> kind)
{
    m_chosen = kind;
    m_edit->setText(text);
    showKind();
}

Result<KeyPattern> PatternField::pattern() const
{
    const std::string bytes = m_edit->text().toStdString();
    return m_chosen && !bytes.empty() ? KeyPattern::fromText(bytes, *m_chosen) : KeyPattern::fromText(bytes);
}

void PatternField::setRecent(const QStringList& patterns)
{
    m_recent->setStringList(patterns);
}

void PatternField::takeFocus()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void PatternField::showKind()
{
    const auto taken = pattern();
    m_problem->setVisible(!taken);
    if (taken) {
        m_kindButton->setText(kindWord(taken->kind()));
    } else {
        m_kindButton->setText(m_chosen ? kindWord(*m_chosen) : tr("glob"));
        m_problem->setText(taken.error().detail.isEmpty() ? taken.error().subject : taken.error().detail);
    }
    for (QAction* action : m_kinds->actions()) {
        action->setChecked(action->data().toInt() == (m_chosen ? static_cast<int>(*m_chosen) : -1));
    }
}

void PatternField::submit()
{
    if (pattern()) {
        Q_EMIT submitted();
    }
}

} // namespace keyglass::ui
