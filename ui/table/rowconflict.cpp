// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/rowconflict.h"

#include "core/base/bytes.h"
#include "ui/common/theme.h"
#include "ui/table/plainrows.h"
#include "ui/table/tablewords.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

enum Column { Name, Seen, Now, Written, Columns };

using Cell = std::optional<std::string>;

Cell cellAt(const TableRow& row, std::size_t place)
{
    return place < row.cells.size() ? row.cells[place] : std::nullopt;
}

QString cellWords(const Cell& cell)
{
    return !cell ? RowConflict::tr("no cell") : cell->empty() ? RowConflict::tr("(empty)") : cellText(*cell);
}

QTableWidgetItem* makeItem(const QString& text)
{
    auto* item = new QTableWidgetItem(text); // NOLINT(cppcoreguidelines-owning-memory): the table owns it
    item->setToolTip(text);
    return item;
}

/// In words, too: never by colour alone.
void mark(QTableWidgetItem& item, const QString& why)
{
    item.setForeground(toneColor(Tone::Warning, QGuiApplication::palette()));
    QFont font = item.font();
    font.setBold(true);
    item.setFont(font);
    item.setToolTip(item.text() + u'\n' + why);
    item.setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(item.text(), why));
}

} // namespace

RowConflict::RowConflict(TableSchema schema, QWidget* parent)
    : QWidget(parent)
    , m_schema(std::move(schema))
    , m_text(new QLabel(this))
    , m_grid(new QTableWidget(static_cast<int>(m_schema.columns.size()), Columns, this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAccessibleName(tr("Conflict"));
    m_grid->setAccessibleName(tr("Conflicting cells"));
    m_grid->setHorizontalHeaderLabels({tr("Column"), tr("You saw"), tr("There now"), tr("You write")});
    m_grid->verticalHeader()->hide();
    m_grid->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_grid->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_grid->setTabKeyNavigation(false);
    m_grid->setWordWrap(false);
    m_grid->horizontalHeader()->setHighlightSections(false);
    m_grid->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* overwrite = makeBarButton(tr("&Overwrite"), this);
    auto* reload = makeBarButton(tr("&Reload"), this);
    m_edit = makeBarButton(tr("&Keep editing"), this);
    overwrite->setToolTip(tr("Writes the cells of the last column; the others stay as they are there"));
    reload->setToolTip(tr("Gives up what you typed and shows the row as it is now"));
    m_edit->setToolTip(tr("Goes on with what you typed; cells that you did not touch follow the row as it is now"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {overwrite, reload, m_edit}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_grid);
    layout->addLayout(buttons);
    setFocusProxy(m_edit);
    connect(overwrite, &QPushButton::clicked, this, &RowConflict::overwriteWanted);
    connect(reload, &QPushButton::clicked, this, &RowConflict::reloadWanted);
    connect(m_edit, &QPushButton::clicked, this, &RowConflict::editWanted);
}

void RowConflict::setRows(const TableRow& seen, const TableRow& now, const RowEdit::Cells& written)
{
    constexpr int mostLines = 12;
    m_text->setText(tr("Somebody has changed row %1 since you saw it. Nothing was written.").arg(displayText(now.id)));
    for (int line = 0; line < m_grid->rowCount(); ++line) {
        fillLine(line, seen, now, written);
    }
    m_grid->resizeRowsToContents();
    const int lines = std::min(m_grid->rowCount(), mostLines);
    m_grid->setMinimumHeight(m_grid->horizontalHeader()->sizeHint().height()
        + lines * (m_grid->rowCount() > 0 ? m_grid->rowHeight(0) : 0) + 2 * m_grid->frameWidth() + 4);
}

void RowConflict::fillLine(int line, const TableRow& seen, const TableRow& now, const RowEdit::Cells& written)
{
    const auto place = static_cast<std::size_t>(line);
    const std::string& name = m_schema.columns[place].name;
    const auto mine = written.find(name);
    const Cell before = cellAt(seen, place);
    const Cell there = cellAt(now, place);
    m_grid->setItem(line, Name, makeItem(displayText(name)));
    m_grid->setItem(line, Seen, makeItem(cellWords(before)));
    m_grid->setItem(line, Now, makeItem(cellWords(there)));
    m_grid->setItem(
        line, Written, makeItem(mine == written.end() ? tr("left as it is there") : cellWords(mine->second)));
    if (before != there) {
        mark(*m_grid->item(line, Now), tr("changed since you saw it"));
    }
    if (mine != written.end() && before != there && mine->second != there) {
        mark(*m_grid->item(line, Written), tr("replaces what somebody else has written"));
    }
}

} // namespace keyglass::ui
