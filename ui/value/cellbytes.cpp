// SPDX-License-Identifier: GPL-3.0-or-later
// A value as bytes and as bits: where the user goes in it, and what is changed there.
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/value/bitmapview.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/hexview.h"
#include "ui/value/texteditor.h"

#include <QLineEdit>
#include <QStackedWidget>

#include <algorithm>
#include <bit>

namespace keyglass::ui {

void CellView::showBytesOf(ByteContent* content)
{
    m_hex->setContent(content);
    m_hex->setOverwrites(content != nullptr && content == m_content.get() && content->isInPart());
    m_bits->setContent(content);
}

std::pair<std::uint64_t, std::uint64_t> CellView::shownBytes() const
{
    if (m_stack->currentWidget() == m_bits) {
        return m_bits->shownBytes();
    }
    if (m_stack->currentWidget() == m_hex && !m_decoded) {
        return m_hex->shownBytes();
    }
    return {m_stack->currentWidget() == m_editor && m_content ? firstTextByte() : 0, UINT64_MAX};
}

/// About where the text on screen begins in what is stored: layout and decoders leave no exact place. A part of what is
/// looked at again lies before it.
std::uint64_t CellView::firstTextByte() const
{
    constexpr std::uint64_t before = 16ULL * 1024;
    const auto loaded = static_cast<double>(m_content->beginning()->size());
    const auto first = static_cast<std::uint64_t>(m_editor->scrolledShare() * loaded);
    return first - std::min(first, before);
}

void CellView::goToOffset()
{
    const QString text = m_offset->text().trimmed();
    bool isNumber = false;
    const qulonglong offset = text.startsWith(u"0x", Qt::CaseInsensitive) ? text.mid(2).toULongLong(&isNumber, 16)
                                                                          : text.toULongLong(&isNumber);
    const auto size = m_content ? shown()->size() : std::nullopt;
    const std::uint64_t end = size.value_or(0) * (isBits() ? 8 : 1);
    m_error = !isNumber ? tr("%1 is no offset").arg(text)
        : offset < end  ? QString()
        : isBits()      ? tr("There is no bit %1: it has %2, from 0 on").arg(text, numberText(end))
                        : tr("There is no byte %1: it has %2, from 0 on").arg(text, numberText(end));
    if (m_error.isEmpty()) {
        isBits() ? m_bits->goTo(offset) : m_hex->goTo(offset);
        m_stack->currentWidget()->setFocus();
    }
    updateNote();
}

void CellView::toggleBit(std::uint64_t bit, char seen)
{
    if (m_content && m_content->isInPart()) {
        const char turned = static_cast<char>(seen ^ static_cast<char>(0x80U >> (bit % 8)));
        Q_EMIT bytesChangeWanted(bit / 8, QByteArray(1, seen), QByteArray(1, turned));
    } else {
        m_error = tr("Bits can be turned in strings only");
        updateNote();
    }
}

/// By the server: what is loaded as a whole is counted here.
bool CellView::canCountBits() const
{
    return isBits() && m_content && m_content->isInPart() && !m_content->isWhole() && !m_setBits;
}

void CellView::setBitCount(const Result<std::uint64_t>& count)
{
    m_error = count ? QString() : errorText(count.error());
    if (count) {
        m_setBits = *count;
    }
    updateNote();
}

void CellView::countBits()
{
    std::uint64_t count = 0;
    for (const char byte : *m_content->beginning()) {
        count += static_cast<std::uint64_t>(std::popcount(static_cast<unsigned char>(byte)));
    }
    m_setBits = count;
}

} // namespace keyglass::ui
