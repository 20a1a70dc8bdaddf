// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobconfirmation.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace keyglass::ui {

JobConfirmation::JobConfirmation(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    for (Row& row : m_rows) {
        row.text = new QLabel(this);
        row.text->setTextFormat(Qt::PlainText);
        row.text->setWordWrap(true);
        row.edit = new QLineEdit(this);
        row.text->hide();
        row.edit->hide();
        layout->addWidget(row.text);
        layout->addWidget(row.edit);
        connect(row.edit, &QLineEdit::textChanged, this, &JobConfirmation::changed);
    }
    m_rows[0].edit->setAccessibleName(tr("Confirmation"));
    m_rows[1].edit->setAccessibleName(tr("Second confirmation"));
}

void JobConfirmation::ask(const std::vector<Question>& questions)
{
    Q_ASSERT(questions.size() <= mostQuestions);
    m_questions = questions;
    for (std::size_t at = 0; at < mostQuestions; ++at) {
        const bool isAsked = at < m_questions.size();
        m_rows[at].text->setText(isAsked ? m_questions[at].text : QString());
        m_rows[at].text->setVisible(isAsked);
        m_rows[at].edit->setVisible(isAsked);
        m_rows[at].edit->setAccessibleDescription(m_rows[at].text->text());
    }
}

bool JobConfirmation::isGiven() const
{
    for (std::size_t at = 0; at < m_questions.size(); ++at) {
        if (m_rows[at].edit->text().trimmed() != m_questions[at].answer) {
            return false;
        }
    }
    return true;
}

} // namespace keyglass::ui
