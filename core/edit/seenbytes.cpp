// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/seenbytes.h"

#include <QByteArrayView>
#include <QCryptographicHash>

namespace keyglass {

namespace {

std::string digestOf(const std::string& bytes)
{
    const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QCryptographicHash::hash(view, QCryptographicHash::Sha256).toStdString();
}

} // namespace

bool SeenBytes::fits(const std::optional<std::string>& now) const
{
    switch (state) {
    case State::Absent:
        return !now;
    case State::There:
        return now == bytes;
    case State::Digest:
        return now && digestOf(*now) == bytes;
    case State::NotLooked:
        break;
    }
    return true;
}

SeenBytes SeenBytes::like(const std::string& content)
{
    return content.size() <= mostKept ? there(content) : SeenBytes{State::Digest, digestOf(content), content.size()};
}

} // namespace keyglass
