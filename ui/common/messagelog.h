// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

#include <deque>

namespace keyglass::ui {

/// What the application has to tell about itself: the newest lines with their times, in the order they came.
///
/// Every line is redacted on its way in, so that none can hold a password. One per application, shared by its windows;
/// GUI thread.
class MessageLog : public QAbstractTableModel {
    Q_OBJECT

public:
    using Level = LogLevel;
    enum Column { TimeColumn, LevelColumn, SourceColumn, TextColumn, ColumnCount };
    static constexpr int keptLines = 5000;
    static constexpr qsizetype longestLine = 4000; ///< Characters; a longer one is cut, with a mark.

    explicit MessageLog(QObject* parent = nullptr);

    /// "info", "warning", "error", translated.
    [[nodiscard]] static QString levelText(Level level);

    /// `source` is what it is about, mostly a profile's title; may be empty.
    void add(Level level, const QString& source, const QString& text);
    void clear();
    /// All lines as text, one each, for the clipboard or a report.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString text(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QDateTime time;
        Level level;
        QString source;
        QString text;
    };

    [[nodiscard]] QString shown(const Line& line, int column) const;

    std::deque<Line> m_lines;
};

} // namespace keyglass::ui
