// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionstatus.h"

#include "core/session/session.h"
#include "ui/common/texts.h"
#include "ui/window/nodewording.h"
#include "ui/window/sessionline.h"
#include "ui/window/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

QLabel* part(const QString& name, QHBoxLayout* layout)
{
    auto* label = new QLabel;
    label->setAccessibleName(name);
    label->setTextFormat(Qt::PlainText);
    layout->addWidget(label);
    return label;
}

} // namespace

SessionStatus::SessionStatus(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_dot(new StateDot(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(16);
    auto* connection = new QHBoxLayout;
    connection->setSpacing(6);
    connection->addWidget(m_dot);
    m_connection = part(tr("Connection state"), connection);
    layout->addLayout(connection);
    m_cluster = part(tr("Cluster"), layout);
    m_partial = part(tr("Partial"), layout);
    m_partial->setTextFormat(Qt::RichText);
    m_readOnly = part(tr("Read-only"), layout);
    m_selection = part(tr("Selection"), layout);
    layout->addStretch(1);
    m_readOnly->setText(tr("read-only"));
    m_readOnly->setToolTip(tr("Nothing on this server can be changed from here."));
    m_readOnly->setVisible(session.profile().readOnly);
    m_selection->hide();
    m_partial->installEventFilter(this);
    connect(m_partial, &QLabel::linkActivated, this, [this] { m_session.retryFailedNodes(); });
    connect(&session, &Session::stateChanged, this, &SessionStatus::refresh);
    connect(&session, &Session::nodesChanged, this, &SessionStatus::refresh);
    connect(&session, &Session::roundTripChanged, this, &SessionStatus::refresh);
    connect(&session, &Session::scanStateChanged, this, &SessionStatus::refresh);
    refresh();
}

void SessionStatus::refresh()
{
    m_dot->setState(m_session.profile().environment, m_session.state());
    QString words = stateText(m_session.state());
    if (const auto time = m_session.roundTrip(); time && m_session.state() == SessionState::Connected) {
        words += u"  "_s + roundTripText(*time);
    }
    m_connection->setText(words);
    const auto nodes = m_session.nodes();
    m_cluster->setText(clusterText(nodes));
    m_cluster->setToolTip(nodesToolTip(nodes));
    m_cluster->setVisible(!nodes.empty());
    const auto& report = m_session.scanReport();
    const bool ended = m_session.scanState() == ScanState::Ended;
    QString partial = report && ended ? partialText(*report).toHtmlEscaped() : QString();
    const bool connected = m_session.state() == SessionState::Connected;
    if (!partial.isEmpty() && connected && scanNotice(*report, m_session.scanRequest().limits, 0).canRetryNodes) {
        partial += u" – <a href=\"retry\">%1</a>"_s.arg(tr("retry"));
    }
    m_partial->setText(partial);
    m_partial->setVisible(!partial.isEmpty());
}

/// A rich text keeps the colour that links had when it was set.
bool SessionStatus::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_partial && event->type() == QEvent::PaletteChange) {
        const QString text = m_partial->text();
        m_partial->clear();
        m_partial->setText(text);
    }
    return QWidget::eventFilter(watched, event);
}

void SessionStatus::setSelected(std::uint64_t keys)
{
    m_selection->setText(tr("%1 selected").arg(numberText(keys)));
    m_selection->setVisible(keys > 0);
}

} // namespace keyglass::ui
