// SPDX-License-Identifier: GPL-3.0-or-later
// The line below a value: how much of it is there, and what became of it on the way to the screen.
#include "core/base/bytes.h"
#include "ui/common/texts.h"
#include "ui/value/bitmapview.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/hexview.h"

#include <QLabel>
#include <QPushButton>

namespace keyglass::ui {

void CellView::updateNote()
{
    QStringList parts;
    for (const QString& part :
        {m_notSaved, m_error, ruleNote(), decoderNote(), jsonNote(), isBits() ? bitNote() : hexNote(), sizeNote()}) {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    }
    const bool inPart = m_content && !m_content->isPlaceholder();
    const bool counts = canCountBits();
    const bool more = counts || (inPart && m_content->canLoadMore() && (m_shown != ValueFormat::Hex || canLoadWhole()));
    m_more->setText(counts                        ? tr("Count set bits")
            : m_content && m_content->isLoading() ? tr("Loading…")
            : !m_error.isEmpty()                  ? tr("Try again")
            : canLoadWhole()                      ? tr("Load whole")
                                                  : tr("Load more"));
    m_more->setEnabled(m_content && !m_content->isLoading());
    m_more->setVisible(more);
    m_note->setText(inPart ? parts.join(QStringLiteral("  ·  ")) : m_notSaved);
    m_note->setToolTip(m_error);
    m_noteBar->setVisible(inPart ? more || !parts.isEmpty() : !m_notSaved.isEmpty());
}

bool CellView::canLoadWhole() const
{
    return m_needsAll && m_content && m_content->size().value_or(0) <= ByteContent::largestText;
}

QString CellView::needsAllText(const DecodedText& decoded) const
{
    const QString what = decoded.stack.isEmpty() ? tr("The image") : decoded.stack.title();
    return canLoadWhole()
        ? tr("%1 can be shown once all of it is loaded").arg(what)
        : tr("%1 is not shown: the value is longer than %2").arg(what, sizeText(ByteCount{ByteContent::largestText}));
}

QString CellView::sizeNote() const
{
    if (!m_content || m_content->isWhole() || m_shown == ValueFormat::Hex) {
        return m_rendered.text.brokenLines > 0 && m_shown != ValueFormat::Hex
            ? tr("very long lines are broken here; copies are not")
            : QString();
    }
    const QString first = sizeText(ByteCount{m_content->beginning()->size()});
    const auto size = m_content->size();
    const QString shown =
        size ? tr("first %1 of %2").arg(first, sizeText(ByteCount{*size})) : tr("first %1").arg(first);
    if (m_shown == ValueFormat::Json && size.value_or(UINT64_MAX) > ByteContent::largestText) {
        return tr("%1; JSON is laid out as a whole up to %2, Hex shows all of it")
            .arg(shown, sizeText(ByteCount{ByteContent::largestText}));
    }
    return m_content->canLoadMore() ? shown : tr("%1; Hex shows all of it").arg(shown);
}

/// What became of the decoders, or what the image is.
QString CellView::decoderNote() const
{
    if (!m_content || m_content->isPlaceholder()) {
        return {};
    }
    if (!m_notDecoded.isEmpty()) {
        return m_needsAll ? m_notDecoded : tr("shown as it is stored: %1").arg(m_notDecoded);
    }
    QStringList parts;
    if (m_decoded) {
        parts << tr("%1 stored, %2 decoded")
                     .arg(sizeText(ByteCount{m_content->beginning()->size()}),
                         sizeText(ByteCount{m_decoded->beginning()->size()}));
    }
    if (!m_imageSize.isEmpty()) {
        parts << tr("%1 × %2 pixels").arg(m_imageSize.width()).arg(m_imageSize.height());
    }
    return parts.join(QStringLiteral("  ·  "));
}

QString CellView::ruleNote() const
{
    return m_rule && !m_rule->stack && decoders().automatic
        ? tr("the rule for %1 can't be used: %2").arg(m_rule->keys, m_rule->stack.error().detail)
        : QString();
}

QString CellView::jsonNote() const
{
    if (!m_content || format() != FormatChoice::Json || m_shown != ValueFormat::Text) {
        return {};
    }
    switch (m_rendered.json) {
    case JsonText::Outcome::Cut:
        return tr("no JSON: it ends too early; shown as text");
    case JsonText::Outcome::Limit:
        return tr("JSON nested too deeply or too large to lay out; shown as text");
    default:
        return tr("no JSON from byte %1 on; shown as text").arg(numberText(m_rendered.jsonAt));
    }
}

QString CellView::hexNote() const
{
    if (!m_content || m_shown != ValueFormat::Hex || !m_imageSize.isEmpty()) {
        return {};
    }
    const auto size = shown()->size();
    const QString all = size ? sizeText(ByteCount{*size}) : QString();
    const QString pending = m_hex->hasChanges()
        ? tr("Return writes the changed bytes, Esc takes them back, Ctrl+Z undoes") + QStringLiteral("  ·  ")
        : QString();
    return pending
        + tr("byte %1 of %2").arg(numberText(m_hex->cursor()), size ? numberText(*size) : tr("an unknown number"))
        + (size && *size >= 1024 ? QStringLiteral(" (") + all + u')' : QString());
}

QString CellView::bitNote() const
{
    if (!m_content || m_content->isPlaceholder() || m_bits->bitCount() == 0) {
        return {};
    }
    const std::uint64_t bit = m_bits->cursor();
    const auto isSet = m_bits->bitAt(bit);
    QStringList parts{tr("bit %1 of %2").arg(numberText(bit), numberText(m_bits->bitCount())),
        tr("byte %1").arg(numberText(bit / 8)),
        !isSet       ? tr("loading…")
            : *isSet ? tr("set")
                     : tr("not set")};
    if (m_setBits) {
        parts << tr("%1 bits are set").arg(numberText(*m_setBits));
    }
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace keyglass::ui
