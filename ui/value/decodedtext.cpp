// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/decodedtext.h"

#include "ui/value/bytecontent.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>

namespace keyglass::ui {

namespace {

constexpr std::size_t layoutAtOnce = 128ULL * 1024;
constexpr std::size_t decodedAtOnce = 1024;
constexpr int largestSide = 2048; ///< Of an image as it is shown.
constexpr DecodeLimits limits{ByteCount{ByteContent::largestText}};

/// JSON alone is a way of showing text, which the format's choice has.
DecoderStack guess(std::string_view bytes, TextEnd end)
{
    DecoderStack stack = detectStack(bytes, end);
    return stack.names() == "json" ? DecoderStack() : stack;
}

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::CellView", text);
}

/// By Qt's own limit of what an image may take in memory.
bool tooLarge(QSize size)
{
    constexpr qint64 bytesPerPixel = 4;
    constexpr qint64 mebibyte = 1024LL * 1024;
    return bytesPerPixel * size.width() * size.height() > mebibyte * QImageReader::allocationLimit();
}

void readImage(const std::string& bytes, DecodedText& out)
{
    QByteArray data = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&data);
    QImageReader reader(&buffer);
    const QSize size = reader.size();
    if (!size.isValid()) {
        return; // an image of a kind that this Qt can't read is shown as bytes
    }
    if (size.width() > largestSide || size.height() > largestSide) {
        reader.setScaledSize(size.scaled(largestSide, largestSide, Qt::KeepAspectRatio));
    }
    out.image = reader.read();
    out.imageSize = size;
    if (out.image.isNull() && !out.failure) {
        out.failure = Error{ErrorKind::Limit, tr("Image of %1 × %2 pixels").arg(size.width()).arg(size.height()),
            tooLarge(size) ? tr("more pixels than are decoded; the bytes are shown instead")
                           : tr("it is cut or damaged (%1); the bytes are shown instead").arg(reader.errorString())};
    }
}

} // namespace

DecodedText decodeText(
    const std::shared_ptr<const std::string>& bytes, const DecoderChoice& decoders, FormatChoice format, TextEnd end)
{
    DecodedText out;
    out.stack = decoders.automatic ? guess(*bytes, end) : decoders.stack;
    out.needsAll = !out.stack.isEmpty() && end == TextEnd::MoreFollows;
    if (!out.stack.isEmpty() && !out.needsAll) {
        auto decoded = out.stack.decode(*bytes, limits);
        if (decoded) {
            out.content = std::make_shared<const std::string>(std::move(decoded->content));
        } else {
            out.failure = std::move(decoded).error();
        }
    }
    const std::string& shown = out.content ? *out.content : *bytes;
    const TextEnd shownEnd = out.content ? TextEnd::Whole : end;
    if (format == FormatChoice::Automatic && !imageFormat(shown).empty()) {
        if (shownEnd == TextEnd::Whole) {
            readImage(shown, out);
        } else {
            out.needsAll = true;
        }
    }
    out.rendered = renderText(shown, format, shownEnd);
    return out;
}

bool decodesAtOnce(std::string_view bytes, const DecoderChoice& decoders)
{
    if (!decoders.automatic && decoders.stack.isSlow()) {
        return false;
    }
    const bool isAsStored = !decoders.automatic && decoders.stack.isEmpty();
    const bool isText = decoders.automatic && detectFormat(bytes) != ValueFormat::Hex;
    return bytes.size() <= (isAsStored || isText ? layoutAtOnce : decodedAtOnce);
}

} // namespace keyglass::ui
