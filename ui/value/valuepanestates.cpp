// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the place of a value, or over it, while there is something to say about it.
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/value/valueheader.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuestate.h"

#include <QEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>

namespace keyglass::ui {

void ValuePane::showLoading()
{
    if (m_keepPlace || !m_isOpen) {
        return; // a value that is read again stays until there is something newer
    }
    m_header->setKey(m_source->nameOf(m_key));
    m_header->show();
    say(tr("Loading…"), QString());
}

void ValuePane::showContent()
{
    m_loadingTimer.stop();
    m_notice->hide();
    m_stack->setCurrentWidget(chosenView());
    m_tabs->setVisible(m_tabs->count() > 0);
}

/// What can't be read takes the place of the value; while a value is there that was read before, it stays, with a
/// notice.
void ValuePane::fail(const Error& error)
{
    m_loadingTimer.stop();
    m_isReading = false;
    const bool isGone = error.kind == ErrorKind::Gone;
    if (isGone) {
        noteGone(QDateTime::currentDateTime());
    }
    if (m_keepPlace && m_stack->currentWidget() != m_state) {
        notice(isGone ? tr("This key is gone since %1 at the latest: deleted, expired or evicted. It was there at %2.")
                            .arg(timeText(m_goneSince), timeText(m_seenAt))
                      : errorText(error));
    } else {
        m_header->setKey(m_source->nameOf(m_key));
        m_header->show();
        if (isGone) {
            say(tr("This key is gone"),
                tr("It was deleted or has expired since it was listed, and is missing since %1 at the latest.")
                    .arg(timeText(m_goneSince)),
                tr("Look again"));
        } else {
            say(tr("The value can't be read"), errorText(error), tr("Try again"));
        }
    }
    if (isGone) {
        Q_EMIT gone(QByteArray::fromStdString(m_key));
    }
}

/// The first time counts, until the key is seen again.
void ValuePane::noteGone(const QDateTime& since)
{
    if (!m_goneSince.isValid()) {
        m_goneSince = since;
    }
}

void ValuePane::expired()
{
    const auto end = m_head ? m_head->expiresAt : std::nullopt;
    noteGone(end ? QDateTime::fromMSecsSinceEpoch(
                       std::chrono::duration_cast<std::chrono::milliseconds>(end->time_since_epoch()).count())
                 : QDateTime::currentDateTime());
    notice(
        tr("This key has expired at %1. What is shown was read at %2.").arg(timeText(m_goneSince), timeText(m_seenAt)));
}

void ValuePane::keyIsBack()
{
    m_goneSince = {};
}

void ValuePane::keyIsGone(const QDateTime& since)
{
    noteGone(since);
    notice(tr("This key is gone since %1: deleted, expired or evicted. What is shown was read at %2.")
            .arg(timeText(m_goneSince), timeText(m_seenAt)));
    Q_EMIT gone(QByteArray::fromStdString(m_key));
}

void ValuePane::say(const QString& title, const QString& text, const QString& button)
{
    m_loadingTimer.stop();
    m_notice->hide();
    m_state->say(title, text, button);
    m_stack->setCurrentWidget(m_state);
    m_tabs->hide();
}

void ValuePane::notice(const QString& text)
{
    m_noticeText->setText(text);
    applyNoticeColor();
    m_notice->show();
}

void ValuePane::applyNoticeColor()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Window, toneBackground(Tone::Warning, palette()));
    m_notice->setPalette(colors);
}

void ValuePane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyNoticeColor();
    }
}

} // namespace keyglass::ui
