// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoderstack.h"
#include "ui/value/celltext.h"

#include <QImage>

#include <memory>
#include <optional>

namespace keyglass::ui {

/// Through which decoders a value is shown: the user's, or those it looks as if it needed.
struct DecoderChoice {
    bool automatic = true;
    DecoderStack stack;

    friend bool operator==(const DecoderChoice&, const DecoderChoice&) = default;
};

/// A value made ready for showing, taken through its decoders first.
struct DecodedText {
    RenderedText rendered;
    DecoderStack stack;                         ///< What it was, or would be, taken through; empty: as it is stored.
    std::shared_ptr<const std::string> content; ///< What the decoders made of it; null: as it is stored.
    std::optional<Error> failure;               ///< Why it is shown as it is stored.
    bool needsAll = false;                      ///< It can only be decoded, or drawn, once all of it is there.
    QImage image;                               ///< Where it is one and the format is left to us.
    QSize imageSize;                            ///< In pixels, before it was made small enough to show.
};

/// Decodes and lays out, up to ByteContent::largestText of what comes out. Pure; for any thread.
[[nodiscard]] DecodedText decodeText(
    const std::shared_ptr<const std::string>& bytes, const DecoderChoice& decoders, FormatChoice format, TextEnd end);

/// Whether decodeText() of these bytes takes so little time that a thread would not be worth it.
[[nodiscard]] bool decodesAtOnce(std::string_view bytes, const DecoderChoice& decoders);

} // namespace keyglass::ui
