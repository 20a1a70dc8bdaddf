// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed into an EditDialog and not saved: kept from its first letter on, asked for before it goes.
#include "core/edit/draftkeeper.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/edit/editdialog.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

void EditDialog::keepDrafts(DraftKeeper& drafts, const DraftKey& key, CellKind kind)
{
    m_draftKey = key;
    m_draftCell.kind = kind;
    m_untouched = typed();
    const auto kept = drafts.of(key); // none that another dialog has open
    const auto found = std::ranges::find_if(kept, [kind](const Draft& draft) { return draft.cell.kind == kind; });
    m_drafts = &drafts;
    m_drafts->claim(m_draftKey, m_draftCell);
    if (found != kept.end()) {
        bringBack(*found);
    }
}

void EditDialog::bringBack(const Draft& draft)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(draft.text.text));
    DraftKeeper* const drafts = std::exchange(m_drafts, nullptr); // what half of it makes is no draft
    retype(document.object());
    m_drafts = drafts;
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(draft.time.time_since_epoch()).count();
    const QString time = timeText(QDateTime::fromMSecsSinceEpoch(since));
    m_keepsOther = !isTyped();
    if (m_keepsOther) {
        m_broughtBack->say(NoticeBar::Level::Warning,
            tr("What was typed at %1 and not saved does not fit this value as it is now. It is kept as a draft until "
               "something else is typed here.")
                .arg(time),
            {{tr("Discard"), [this] {
                  m_keepsOther = false;
                  dropDraft();
                  m_broughtBack->hide();
              }}});
        return;
    }
    m_broughtBack->say(NoticeBar::Level::Info, tr("What was typed at %1 and not saved is here again.").arg(time),
        {{tr("Start anew"), [this] {
              retype(m_untouched);
              m_broughtBack->hide();
          }}});
}

bool EditDialog::isTyped() const
{
    return typed()[u"texts"_s] != m_untouched[u"texts"_s];
}

/// Each change at once: the keeper writes the newest only, on a thread of its own.
void EditDialog::noteTyped()
{
    if (!m_drafts) {
        return;
    }
    if (!isTyped()) {
        dropDraft();
        return;
    }
    if (std::exchange(m_keepsOther, false)) {
        m_broughtBack->hide();
    }
    Draft draft;
    draft.key = m_draftKey;
    draft.cell = m_draftCell;
    draft.text.text = QJsonDocument(typed()).toJson(QJsonDocument::Compact).toStdString();
    draft.time = std::chrono::system_clock::now();
    m_drafts->keep(std::move(draft));
}

void EditDialog::dropDraft()
{
    if (m_drafts && !m_keepsOther) {
        m_drafts->remove(m_draftKey, m_draftCell);
    }
}

void EditDialog::reject()
{
    if (m_drafts && isTyped() && m_isSending) { // a draft of what the server does would be done twice
        say(tr("This is being saved: it can be closed once the server has answered."));
    } else if (m_drafts && isTyped()) {
        askWhatBecomesOfIt();
    } else {
        QDialog::reject();
    }
}

void EditDialog::askWhatBecomesOfIt()
{
    if (m_question) {
        return; // the same question stands there
    }
    auto* box = new QMessageBox(QMessageBox::Question, windowTitle(),
        tr("What was typed is not saved. A draft is here again when this is opened the next time."),
        QMessageBox::NoButton, this);
    m_question = box;
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton* keep = box->addButton(tr("Keep as draft"), QMessageBox::ActionRole);
    QPushButton* stay = box->addButton(tr("Go on editing"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(box, &QDialog::finished, this, [this] { m_question = nullptr; });
    connect(discard, &QPushButton::clicked, this, [this] {
        dropDraft();
        QDialog::reject();
    });
    connect(keep, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    box->open();
}

} // namespace keyglass::ui
