// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/linesource.h"

#include "core/base/filereading.h"

#include <QByteArrayView>
#include <QCoreApplication>

namespace keyglass {

namespace {

/// An element of 64 MB, which is what a lane takes, in base64 or with every byte escaped.
constexpr qint64 longestLine = 300LL * 1024 * 1024;
/// What other programs put before the first line, as Excel does.
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

} // namespace

Status LineSource::open()
{
    return openToRead(m_file);
}

Result<std::optional<std::string_view>> LineSource::next()
{
    if (m_file.atEnd()) {
        return std::optional<std::string_view>();
    }
    ++m_number;
    m_line.resize(0);
    while (!m_line.endsWith('\n') && !m_file.atEnd()) { // piece by piece: a line may be of any length, or hostile
        const qint64 got = m_file.readLine(m_piece.data(), m_piece.size());
        if (got <= 0) {
            return Error{ErrorKind::File, m_file.fileName(), m_file.errorString()};
        }
        m_line.append(m_piece.constData(), got);
        if (m_line.size() > longestLine) {
            return Error{ErrorKind::Limit, lineSubject(path(), m_number),
                QCoreApplication::translate("Transfer", "The line is too long to be one of an export")};
        }
    }
    m_endsWithin = !m_line.endsWith('\n');
    m_end = m_endsWithin ? "" : m_line.endsWith("\r\n") ? "\r\n" : "\n";
    if (!m_endsWithin) {
        m_line.chop(1);
    }
    if (m_line.endsWith('\r')) {
        m_line.chop(1);
    }
    if (m_number == 1 && m_line.startsWith(byteOrderMark)) {
        m_line.remove(0, byteOrderMark.size());
    }
    return std::optional(std::string_view(m_line.constData(), static_cast<std::size_t>(m_line.size())));
}

QString lineSubject(const QString& path, std::uint64_t line)
{
    return QCoreApplication::translate("Transfer", "%1, line %2").arg(path, QString::number(line));
}

} // namespace keyglass
