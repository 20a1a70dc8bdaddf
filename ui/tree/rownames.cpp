// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/rownames.h"

#include <QHash>

#include <algorithm>

namespace keyglass::ui {

namespace {

/// Where two texts differ first.
qsizetype firstDifference(const QString& a, const QString& b)
{
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return differ.first - a.begin();
}

/// `name` cut to `kept` characters: around the focus where there is one, else three fifths before the gap.
RowName cutTo(const RowName& name, qsizetype kept, qsizetype focus)
{
    if (focus < 0) {
        const qsizetype head = (kept * 3 + 4) / 5;
        return cutInTheMiddle(name, head, kept - head);
    }
    // "start…what differs": the head shrinks to a third, and the rest is shown from just before the difference.
    const qsizetype head = std::min(kept / 3, focus);
    const qsizetype from = std::max(head, std::min(focus - 2, name.text.size() - (kept - head)));
    RowName cut = cutInTheMiddle(name, head, name.text.size() - from);
    const qsizetype surplus = cut.text.size() - (kept + 1);
    return surplus > 0 ? cutInTheMiddle(cut, kept, 0) : cut;
}

} // namespace

RowName fitted(const RowName& name, double width, const QFontMetricsF& metrics, qsizetype focus)
{
    if (metrics.horizontalAdvance(name.text) <= width) {
        return name;
    }
    qsizetype low = 0; // fits
    for (qsizetype high = name.text.size(); high - low > 1;) {
        const qsizetype middle = (low + high) / 2;
        const bool fits = metrics.horizontalAdvance(cutTo(name, middle, focus).text) <= width;
        (fits ? low : high) = middle;
    }
    return cutTo(name, low, focus);
}

std::vector<RowName> fittingNames(
    const std::vector<TreeRow>& rows, const std::vector<double>& widths, const QFontMetricsF& metrics)
{
    struct Shown {
        std::size_t row;
        RowName whole;
    };
    std::vector<RowName> names;
    QHash<QString, Shown> shown;
    names.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowName whole = rowName(rows[i].label());
        RowName name = fitted(whole, widths[i], metrics);
        const auto same = shown.constFind(name.text);
        const bool isCut = name.text != whole.text;
        if (same != shown.cend() && (isCut || same->whole.text != name.text) && same->whole.text != whole.text) {
            name = fitted(whole, widths[i], metrics, firstDifference(whole.text, same->whole.text));
        }
        if (shown.contains(name.text) && shown[name.text].whole.text != whole.text) {
            const double room = metrics.horizontalAdvance(QStringLiteral(" #000000"));
            name = withHash(fitted(whole, std::max(0.0, widths[i] - room), metrics), rows[i].label());
        }
        shown.insert(name.text, {i, whole});
        names.push_back(std::move(name));
    }
    return names;
}

} // namespace keyglass::ui
