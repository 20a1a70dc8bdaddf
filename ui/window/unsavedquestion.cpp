// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/unsavedquestion.h"

#include "ui/window/inlineedits.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessionpage.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include <algorithm>
#include <memory>
#include <utility>

namespace keyglass::ui {

namespace {

int unsavedIn(const std::vector<SessionPage*>& pages)
{
    int count = 0;
    for (SessionPage* page : pages) {
        count += page->edits().unsaved();
    }
    return count;
}

} // namespace

UnsavedQuestion::UnsavedQuestion(MainWindow& window)
    : QObject(&window)
    , m_window(window)
{
}

bool UnsavedQuestion::asks(const std::vector<SessionPage*>& pages)
{
    return unsavedIn(pages) > 0;
}

void UnsavedQuestion::leave(const std::vector<SessionPage*>& pages, std::function<void()> then)
{
    if (!asks(pages)) {
        then();
        return;
    }
    if (std::exchange(m_isAsking, true)) {
        return; // the same question stands there
    }
    const int count = unsavedIn(pages);
    auto* box = new QMessageBox(QMessageBox::Question, tr("Edits are not saved"),
        count == 1 ? tr("An edit is not saved. A draft is offered again when its key is opened.")
                   : tr("%1 edits are not saved. Drafts are offered again when their keys are opened.").arg(count),
        QMessageBox::NoButton, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* save = box->addButton(tr("Save"), QMessageBox::AcceptRole);
    QPushButton* discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton* keep = box->addButton(tr("Keep as drafts"), QMessageBox::ActionRole);
    QPushButton* stay = box->addButton(tr("Stay"), QMessageBox::RejectRole);
    box->setDefaultButton(save);
    box->setEscapeButton(stay);
    connect(save, &QPushButton::clicked, this, [this, pages, then] { saveAll(pages, then); });
    connect(discard, &QPushButton::clicked, this, [pages, then] {
        for (SessionPage* page : pages) {
            page->edits().discardAll();
        }
        then();
    });
    connect(keep, &QPushButton::clicked, this, [pages, then] {
        for (SessionPage* page : pages) {
            page->edits().keepAllAsDrafts();
        }
        then();
    });
    connect(box, &QDialog::finished, this, [this] { m_isAsking = false; });
    box->open();
}

/// Where one can't be saved the window stays, and its editor says why.
void UnsavedQuestion::saveAll(const std::vector<SessionPage*>& pages, const std::function<void()>& then)
{
    struct Tally {
        std::size_t left = 0;
        bool all = true;
    };
    const auto tally = std::make_shared<Tally>(Tally{pages.size(), true});
    for (SessionPage* page : pages) {
        page->edits().saveAll([tally, then, window = QPointer(&m_window)](bool isSaved) {
            tally->all = tally->all && isSaved;
            if (--tally->left == 0 && tally->all && window) {
                then();
            }
        });
    }
}

} // namespace keyglass::ui
