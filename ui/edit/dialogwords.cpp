// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/dialogwords.h"

#include "core/base/bytes.h"

#include <QLabel>

#include <utility>

namespace keyglass::ui {

QString shownBytes(const std::string& bytes)
{
    constexpr std::size_t longest = 300;
    const QString text = displayText(std::string_view(bytes).substr(0, longest));
    return bytes.size() > longest ? text + u'…' : text;
}

QLabel* sentence(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(360);
    return label;
}

KeyEdit editOf(const SeenKey& seen, EditAction action)
{
    return KeyEdit{seen.key, std::move(action), seen.expiry, seen.typeName};
}

} // namespace keyglass::ui
