// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stream/streamplace.h"

#include "core/value/streamid.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>

namespace keyglass::ui {

namespace {

struct TimeForm {
    const char* format;
    qint64 length; ///< Milliseconds that the text leaves open.
};

constexpr std::array forms{TimeForm{"yyyy-MM-dd HH:mm:ss.zzz", 1}, TimeForm{"yyyy-MM-dd HH:mm:ss", 1000},
    TimeForm{"yyyy-MM-dd HH:mm", 60'000}, TimeForm{"yyyy-MM-dd", 86'400'000}};

std::string idAt(qint64 time, RangeEnd end)
{
    return StreamId{static_cast<std::uint64_t>(time), end == RangeEnd::From ? 0 : StreamId::largest}.text();
}

} // namespace

Result<std::string> streamPlace(const QString& typed, RangeEnd end)
{
    const QString text = typed.simplified();
    if (text.isEmpty()) {
        return std::string();
    }
    if (const auto id = StreamId::parse(text.toStdString(), end == RangeEnd::From ? 0 : StreamId::largest)) {
        return id->text();
    }
    for (const TimeForm& form : forms) {
        const auto time = QDateTime::fromString(QString(text).replace(u'T', u' '), QString::fromLatin1(form.format));
        if (time.isValid() && time.toMSecsSinceEpoch() >= 0) {
            return idAt(time.toMSecsSinceEpoch() + (end == RangeEnd::To ? form.length - 1 : 0), end);
        }
    }
    const auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.isValid() && time.toMSecsSinceEpoch() >= 0) {
        return idAt(time.toMSecsSinceEpoch(), end);
    }
    return Error{ErrorKind::Input, {},
        QCoreApplication::translate(
            "keyglass::ui::StreamPlace", "\"%1\" is neither an ID (1700000000000-3) nor a time (2024-05-01 14:03:09).")
            .arg(text)};
}

} // namespace keyglass::ui
