// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/decompression.h"

#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

constexpr std::size_t firstChunk = 16ULL * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

} // namespace

bool growForMore(std::string& out, std::size_t written, const DecodeLimits& limits)
{
    const std::size_t most = limits.output.value + 1; // one more, to tell "as large as allowed" from "too large"
    if (written >= most) {
        return false;
    }
    if (written == out.size()) {
        out.resize(std::min(std::max(out.size() * 2, firstChunk), most));
    }
    return true;
}

Error damagedBytes(const QString& why)
{
    return notThis(
        why.isEmpty() ? tr("The compressed bytes are damaged") : tr("The compressed bytes are damaged: %1").arg(why));
}

Error brokenOffBytes()
{
    return notThis(tr("The compressed bytes break off before their end"));
}

Error bytesBehindTheEnd()
{
    return notThis(tr("More bytes follow after the end of the compressed ones"));
}

Error noMemory()
{
    return Error{ErrorKind::Limit, {}, tr("There is no memory for it")};
}

} // namespace keyglass
