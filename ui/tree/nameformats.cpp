// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/nameformats.h"

namespace keyglass::ui {

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

QColor dimmed(const QColor& text)
{
    return withAlpha(text, 0.62);
}

QList<QTextLayout::FormatRange> nameFormats(const RowName& name, const QColor& text, bool isGone)
{
    QList<QTextLayout::FormatRange> all;
    if (isGone) {
        QTextLayout::FormatRange whole;
        whole.length = static_cast<int>(name.text.size());
        whole.format.setFontStrikeOut(true);
        all.append(whole);
    }
    for (const RowName::Span& span : name.spans) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(span.start);
        range.length = static_cast<int>(span.length);
        if (span.part == RowName::Part::LookAlike) {
            range.format.setUnderlineStyle(QTextCharFormat::DashUnderline);
        } else {
            range.format.setForeground(dimmed(text));
            range.format.setFontItalic(span.part == RowName::Part::Marker);
        }
        all.append(range);
    }
    return all;
}

} // namespace keyglass::ui
