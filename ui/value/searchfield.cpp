// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/searchfield.h"

#include "core/base/bytes.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace keyglass::ui {

namespace {

bool isGlob(const QString& typed, SearchField::Kind kind)
{
    const bool looksLikeOne = typed.contains(u'*') || typed.contains(u'?');
    return kind == SearchField::Kind::Glob || (kind == SearchField::Kind::Automatic && looksLikeOne);
}

QString placeholder(KeyType type)
{
    switch (type) {
    case KeyType::Hash:
        return SearchField::tr("Filter fields: text or glob");
    case KeyType::List:
        return SearchField::tr("Find elements: text or glob, then Return");
    case KeyType::Stream:
        return SearchField::tr("Find entries: text or glob, then Return");
    default:
        return SearchField::tr("Filter members: text or glob");
    }
}

} // namespace

SearchField::SearchField(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_kindButton(new QToolButton(this))
    , m_kinds(new QActionGroup(this))
{
    m_edit->setAccessibleName(tr("Filter fields"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setToolTip(tr("Text is found anywhere, as it is typed. With * or ? it is a glob, for all of a name: * any "
                          "bytes, ? one byte, [abc] one of these, \\* a star itself."));
    m_kindButton->setAccessibleName(tr("Kind of search"));
    m_kindButton->setToolTip(tr("What the search is taken for"));
    m_kindButton->setPopupMode(QToolButton::InstantPopup);
    m_kindButton->setFocusPolicy(Qt::StrongFocus);
    m_kindButton->setAutoRaise(true);
    addKinds();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_kindButton);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        showKind();
        Q_EMIT changed();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &SearchField::returnPressed);
    showKind();
}

void SearchField::addKinds()
{
    auto* menu = new QMenu(m_kindButton);
    const auto add = [&](const QString& text, Kind kind) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(kind));
        m_kinds->addAction(action);
        connect(action, &QAction::triggered, this, [this, kind] { setKind(kind); });
    };
    add(tr("Automatic: glob with * or ?, else text"), Kind::Automatic);
    add(tr("Text: found anywhere, as it is typed"), Kind::Text);
    add(tr("Glob: *, ?, [abc]"), Kind::Glob);
    m_kindButton->setMenu(menu);
}

void SearchField::setType(KeyType type)
{
    m_edit->setPlaceholderText(placeholder(type));
}

void SearchField::setText(const QString& text)
{
    m_edit->setText(text);
}

QString SearchField::text() const
{
    return m_edit->text();
}

void SearchField::setKind(Kind kind)
{
    m_kind = kind;
    showKind();
    Q_EMIT changed();
}

void SearchField::showKind()
{
    m_kindButton->setText(isGlob(m_edit->text(), m_kind) ? tr("glob") : tr("text"));
    for (QAction* action : m_kinds->actions()) {
        action->setChecked(action->data().toInt() == static_cast<int>(m_kind));
    }
}

std::string SearchField::glob() const
{
    return searchGlob(m_edit->text(), m_kind);
}

std::string searchGlob(const QString& typed, SearchField::Kind kind)
{
    const std::string text = typed.toStdString();
    if (text.empty() || isGlob(typed, kind)) {
        return text;
    }
    return "*" + escapeGlob(text) + "*";
}

} // namespace keyglass::ui
