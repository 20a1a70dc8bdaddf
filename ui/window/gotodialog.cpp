// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gotodialog.h"

#include "core/session/session.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

Result<Place> keyFromText(const QString& text)
{
    auto pattern = KeyPattern::fromText(text.toStdString(), KeyPattern::Kind::Exact);
    if (!pattern) {
        return std::move(pattern).error();
    }
    return Place(pattern->bytes());
}

Result<Place> rowFromText(const QString& text)
{
    QString digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
        [](QChar c) { return !c.isSpace() && c != u',' && c != u'#' && c != QChar(0x202F) && c != QChar(0x2019); });
    bool isNumber = false;
    if (digits.endsWith(u'%')) {
        const double percent = digits.chopped(1).toDouble(&isNumber);
        if (isNumber && percent >= 0 && percent <= 100) {
            return Place(percent / 100);
        }
    } else if (const qulonglong row = digits.toULongLong(&isNumber); isNumber && row > 0) {
        return Place(static_cast<std::uint64_t>(row));
    }
    return Error{ErrorKind::Input, text, GoToDialog::tr("A row number like 1,204,332, or a share like 62 %.")};
}

GoToDialog::GoToDialog(Kind kind, QWidget* parent)
    : QDialog(parent)
    , m_kind(kind)
    , m_edit(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    const bool key = kind == Kind::Key;
    setWindowTitle(key ? tr("Go to key") : tr("Go to row"));
    m_edit->setAccessibleName(key ? tr("Key name") : tr("Row"));
    m_edit->setPlaceholderText(key ? tr("Exact name, as it is shown") : tr("1,204,332 or 62 %"));
    m_edit->setMinimumWidth(420);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto* what = new QLabel(key ? tr("The key is asked for by its name; nothing is scanned.")
                                : tr("A row of the tree by its number, or a share of all rows."),
        this);
    what->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(tr("Go"), QDialogButtonBox::AcceptRole);
    m_go->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(what);
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(m_edit, &QLineEdit::textChanged, this, &GoToDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto where = place()) {
            Q_EMIT chosen(*where);
            accept();
        }
    });
    check();
}

void GoToDialog::setText(const QString& text)
{
    m_edit->setText(text);
    m_edit->selectAll();
}

Result<Place> GoToDialog::place() const
{
    return m_kind == Kind::Key ? keyFromText(m_edit->text()) : rowFromText(m_edit->text());
}

void GoToDialog::check()
{
    const auto where = place();
    m_go->setEnabled(where && (m_kind == Kind::Row || !m_edit->text().isEmpty()));
    m_problem->setText(where || m_edit->text().isEmpty() ? QString() : where.error().detail);
}

} // namespace keyglass::ui
