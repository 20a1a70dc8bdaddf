// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/replytext.h"

#include "core/base/bytes.h"
#include "core/console/consoletext.h"

#include <string_view>

namespace keyglass {

namespace {

QString shortened(const std::string& bytes, std::size_t longest)
{
    const QString text = displayText(std::string_view(bytes).substr(0, longest));
    return bytes.size() > longest ? text + u'…' + QStringLiteral(" (%1)").arg(sizeText(ByteCount{bytes.size()})) : text;
}

/// Writes a reply line by line, as many as there may be.
class Lines {
public:
    explicit Lines(std::size_t most)
        : m_left(most)
    {
    }

    void add(const Reply& reply, const QString& before)
    {
        if (!reply.isArray() || reply.elements.empty()) {
            line(before + replyLine(reply));
            return;
        }
        const QString indent(before.size(), u' ');
        const auto width = QString::number(reply.elements.size()).size();
        for (std::size_t at = 0; at < reply.elements.size(); ++at) {
            if (m_left == 0) {
                m_hidden += reply.elements.size() - at;
                return;
            }
            const QString number = QString::number(at + 1).rightJustified(width) + QStringLiteral(") ");
            add(reply.elements[at], (at == 0 ? before : indent) + number);
        }
    }

    [[nodiscard]] QString text() const
    {
        return m_hidden == 0 ? m_text : m_text + u'\n' + ConsoleText::tr("… and %1 more elements").arg(m_hidden);
    }

private:
    void line(const QString& text)
    {
        m_text += (m_text.isEmpty() ? QString() : QStringLiteral("\n")) + text;
        m_left -= m_left > 0 ? 1 : 0;
    }

    QString m_text;
    std::size_t m_left;
    std::size_t m_hidden = 0;
};

} // namespace

QString replyLine(const Reply& reply, std::size_t longest)
{
    switch (reply.type) {
    case Reply::Type::Nil:
        return QStringLiteral("(nil)");
    case Reply::Type::Integer:
        return QStringLiteral("(integer) %1").arg(reply.integer);
    case Reply::Type::Error:
        return QStringLiteral("(error) ") + shortened(reply.text, longest);
    case Reply::Type::SimpleString:
        return shortened(reply.text, longest);
    case Reply::Type::String:
        return u'"' + shortened(reply.text, longest) + u'"';
    case Reply::Type::Array:
        return reply.elements.empty() ? QStringLiteral("(empty array)")
                                      : QStringLiteral("(array of %1)").arg(reply.elements.size());
    }
    return {};
}

QString replyText(const Reply& reply, std::size_t mostLines)
{
    Lines lines(mostLines);
    lines.add(reply, {});
    return lines.text();
}

} // namespace keyglass
