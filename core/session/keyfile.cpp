// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/keyfile.h"

#include "core/base/bytes.h"
#include "core/base/filereading.h"

#include <QCoreApplication>
#include <QFile>

#include <string>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

/// "2", a tab, a key: in an escaped key no tab stands as it is.
bool isOfSeveralDatabases(std::string_view line)
{
    const std::size_t tab = line.find('\t');
    return tab != std::string_view::npos && tab > 0 && line.find_first_not_of("0123456789") == tab;
}

} // namespace

Status forEachKeyOf(
    const QString& path, bool raw, const std::stop_token& stop, const std::function<bool(KeyBatch&&)>& use)
{
    constexpr std::size_t keysAtOnce = 1000;
    QFile file(path);
    if (Status opened = openToRead(file); !opened) {
        return opened;
    }
    KeyBatch batch;
    for (std::uint64_t number = 1; !file.atEnd() && !stop.stop_requested(); ++number) {
        QByteArray line = file.readLine();
        if (line.isEmpty()) {
            break; // it could not be read
        }
        if (line.endsWith('\n')) {
            line.chop(1);
            if (!raw && line.endsWith('\r')) {
                line.chop(1); // of a file with such line ends: in a key it would be escaped
            }
        }
        const std::string_view text(line.constData(), static_cast<std::size_t>(line.size()));
        if (!raw && isOfSeveralDatabases(text)) {
            return Error{ErrorKind::Input,
                QCoreApplication::translate("Bulk", "%1, line %2").arg(path, QString::number(number)),
                QCoreApplication::translate("Bulk",
                    "It names a database before its key, as lists of several databases do. A job works on one "
                    "database: "
                    "give it the lines of that one, without the number.")};
        }
        if (raw) {
            batch.append(text);
        } else if (const auto key = unescapeLine(text)) {
            batch.append(*key);
        } else {
            return Error(key.error())
                .about(QCoreApplication::translate("Bulk", "%1, line %2").arg(path, QString::number(number)));
        }
        if (batch.size() >= keysAtOnce && !use(std::exchange(batch, {}))) {
            return ok();
        }
    }
    if (file.error() != QFileDevice::NoError) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    if (!batch.isEmpty()) {
        static_cast<void>(use(std::move(batch)));
    }
    return ok();
}

} // namespace keyglass
