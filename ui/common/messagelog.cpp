// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/messagelog.h"

#include "core/base/redact.h"
#include "ui/common/icons.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"

#include <QGuiApplication>
#include <QStringList>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

/// One line without what could be a secret. Cut after the redaction, which needs to see the whole of one.
QString shownText(const QString& text)
{
    QString line = redacted(text).simplified();
    if (line.size() > MessageLog::longestLine) {
        line.truncate(MessageLog::longestLine - 1);
        line += u'…';
    }
    return line;
}

/// Beside the word and the colour, so that failures stand out in a long list.
QIcon iconOf(MessageLog::Level level)
{
    switch (level) {
    case MessageLog::Level::Info:
        return icon(u"info"_s);
    case MessageLog::Level::Warning:
        return icon(u"warning"_s);
    case MessageLog::Level::Error:
        break;
    }
    return icon(u"error"_s);
}

QVariant colorOf(MessageLog::Level level)
{
    if (level == MessageLog::Level::Info) {
        return {};
    }
    const Tone tone = level == MessageLog::Level::Warning ? Tone::Warning : Tone::Error;
    return toneColor(tone, QGuiApplication::palette());
}

} // namespace

MessageLog::MessageLog(QObject* parent)
    : QAbstractTableModel(parent)
{
}

QString MessageLog::levelText(Level level)
{
    switch (level) {
    case Level::Info:
        return tr("info");
    case Level::Warning:
        return tr("warning");
    case Level::Error:
        break;
    }
    return tr("error");
}

void MessageLog::add(Level level, const QString& source, const QString& text)
{
    if (rowCount() == keptLines) {
        beginRemoveRows({}, 0, 0);
        m_lines.pop_front();
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount());
    m_lines.push_back({QDateTime::currentDateTime(), level, redacted(source), shownText(text)});
    endInsertRows();
}

void MessageLog::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

QString MessageLog::text() const
{
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        lines.append(text(row));
    }
    return lines.join(u'\n');
}

QString MessageLog::text(int row) const
{
    const Line& line = m_lines.at(static_cast<std::size_t>(row));
    QStringList parts{isoTimeText(line.time), levelText(line.level)};
    if (!line.source.isEmpty()) {
        parts.append(line.source + u':');
    }
    return parts.join(u' ') + u' ' + line.text;
}

int MessageLog::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int MessageLog::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MessageLog::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const Line& line = m_lines.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return shown(line, index.column());
    case Qt::ToolTipRole:
        return index.column() == TimeColumn ? isoTimeText(line.time) : QVariant();
    case Qt::DecorationRole:
        return index.column() == LevelColumn ? iconOf(line.level) : QVariant();
    case Qt::ForegroundRole:
        return index.column() == LevelColumn ? colorOf(line.level) : QVariant();
    default:
        return {};
    }
}

QString MessageLog::shown(const Line& line, int column) const
{
    switch (column) {
    case TimeColumn:
        return timeText(line.time);
    case LevelColumn:
        return levelText(line.level);
    case SourceColumn:
        return line.source;
    default:
        return line.text;
    }
}

QVariant MessageLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case LevelColumn:
        return tr("Level");
    case SourceColumn:
        return tr("Connection");
    default:
        return tr("Message");
    }
}

} // namespace keyglass::ui
