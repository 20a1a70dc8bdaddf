// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionline.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/window/nodewording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

constexpr int dotSize = 12;

void paintDot(QPainter& painter, const QPalette& palette, Environment environment, SessionState state)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = state == SessionState::Connected || state == SessionState::Connecting
        ? environmentColor(environment, palette)
        : palette.color(QPalette::Disabled, QPalette::Text);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(state == SessionState::Connected ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF(0, 0, dotSize, dotSize).adjusted(2, 2, -2, -2));
}

} // namespace

StateDot::StateDot(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(dotSize, dotSize);
}

void StateDot::setState(Environment environment, SessionState state)
{
    m_environment = environment;
    m_state = state;
    setToolTip(stateText(state));
    setAccessibleName(stateText(state));
    update();
}

void StateDot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintDot(painter, palette(), m_environment, m_state);
}

QPixmap StateDot::pixmap(const QPalette& palette, Environment environment, SessionState state, double pixelRatio)
{
    QPixmap dot(QSize(dotSize, dotSize) * pixelRatio);
    dot.setDevicePixelRatio(pixelRatio);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    paintDot(painter, palette, environment, state);
    return dot;
}

SessionLine::SessionLine(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_dot(new StateDot(this))
    , m_name(new QLabel(this))
    , m_where(new ElidedLabel(this))
{
    m_name->setAccessibleName(tr("Connection"));
    m_where->setAccessibleName(tr("Server"));
    m_name->setTextFormat(Qt::PlainText);
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(m_dot);
    layout->addWidget(m_name);
    layout->addWidget(m_where, 1);
    connect(&session, &Session::stateChanged, this, &SessionLine::refresh);
    connect(&session, &Session::nodesChanged, this, &SessionLine::refresh);
    refresh();
}

void SessionLine::refresh()
{
    m_dot->setState(m_session.profile().environment, m_session.state());
    m_name->setText(m_session.profile().title());
    m_where->setText(whereText(m_session));
    QStringList tip{m_session.profile().title(), whereText(m_session), stateText(m_session.state())};
    if (const QString nodes = nodesToolTip(m_session.nodes()); !nodes.isEmpty()) {
        tip << nodes;
    }
    setToolTip(tip.join(u'\n'));
}

QString stateText(SessionState state)
{
    switch (state) {
    case SessionState::Closed:
        return SessionLine::tr("disconnected");
    case SessionState::Connecting:
        return SessionLine::tr("connecting");
    case SessionState::Connected:
        return SessionLine::tr("connected");
    case SessionState::Lost:
        return SessionLine::tr("connection lost");
    case SessionState::Failed:
        return SessionLine::tr("not connected");
    }
    return {};
}

QString whereText(const Session& session)
{
    QStringList parts;
    if (session.profile().title() != session.profile().address()) {
        parts << session.profile().address();
    }
    if (const auto& server = session.server(); server && !server->productText().isEmpty()) {
        parts << server->productText();
        if (server->role == ServerRole::Replica) {
            parts << SessionLine::tr("replica");
        }
    }
    if (const QString cluster = clusterText(session.nodes()); !cluster.isEmpty()) {
        parts << cluster;
    }
    if (session.profile().readOnly) {
        parts << SessionLine::tr("read-only");
    }
    return parts.join(u" · "_s);
}

} // namespace keyglass::ui
