// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/dialogwords.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLabel>

#include <utility>

namespace keyglass::ui {

namespace {

struct DialogWords {
    Q_DECLARE_TR_FUNCTIONS(DialogWords)
};

} // namespace

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

QString endNowText(const std::optional<ExpiryTime>& at)
{
    return at ? DialogWords::tr("It expires at %1 now.")
                    .arg(timeText(QDateTime::fromMSecsSinceEpoch(at->time_since_epoch().count())))
              : DialogWords::tr("It does not expire now.");
}

KeyEdit editOf(const SeenKey& seen, EditAction action)
{
    return KeyEdit{seen.key, std::move(action), seen.expiry, seen.typeName};
}

} // namespace keyglass::ui
