// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoder.h"

#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Decoders one behind the other, the outermost first: "zstd,json" takes a value out of its zstd frame and reads what
/// is in it as JSON. An empty stack leaves bytes as they are.
///
/// Usable from several threads at once; copying is cheap.
class DecoderStack {
public:
    DecoderStack() = default;
    explicit DecoderStack(std::vector<DecoderPtr> layers)
        : m_layers(std::move(layers))
    {
    }

    /// The stack for names divided by commas, as names() writes them: "gzip,json", "protobuf:shop.Order@orders.desc",
    /// "external:NAME" where that is allowed.
    /// Empty or "plain" is the empty stack. Input, with the names there are, for an unknown one; File and Input for a
    /// descriptor that can't be read. Reads the descriptor's file.
    [[nodiscard]] static Result<DecoderStack> fromNames(std::string_view names);

    [[nodiscard]] bool isEmpty() const { return m_layers.empty(); }
    [[nodiscard]] std::size_t size() const { return m_layers.size(); }
    /// "zstd,json"; empty for the empty stack.
    [[nodiscard]] std::string names() const;
    /// "zstd › JSON" for the screen.
    [[nodiscard]] QString title() const;

    /// What the innermost decoder made of `bytes`. Errors are those of the decoder that failed, the subject naming it:
    /// "layer 2 (json)".
    [[nodiscard]] Result<DecodedValue> decode(std::string_view bytes, const DecodeLimits& limits = {}) const;

    /// True where a layer is a program: decode() and encode() are for workers then, whatever the size.
    [[nodiscard]] bool isSlow() const;
    /// True if encode() works for all layers.
    [[nodiscard]] bool isReversible() const;
    /// The outermost layer that encode() does not work for, as errors name it; empty where it works for all.
    [[nodiscard]] QString oneWayLayer() const;

    /// The bytes to store for an edited `content`. `stored` are those that were decoded; each layer keeps their
    /// choices. Input for content that can't be written so; Unsupported, naming the layer, where one is not reversible.
    [[nodiscard]] Result<std::string> encode(
        std::string_view content, std::string_view stored, const DecodeLimits& limits = {}) const;

    friend bool operator==(const DecoderStack& a, const DecoderStack& b) { return a.names() == b.names(); }

private:
    [[nodiscard]] QString layerName(std::size_t layer) const;

    std::vector<DecoderPtr> m_layers;
};

/// All decoders that take no argument, in the order in which they are offered.
[[nodiscard]] const std::vector<DecoderPtr>& allDecoders();

/// A guess at the stack, empty where the bytes are best shown as they are. Only what is Likely or Certain is taken, at
/// most four layers deep; the first 64 KB of each layer are looked at, more only for structures that are that long.
///
/// `bytes` with MoreFollows are the beginning of a value: formats that say what they are in their first bytes are still
/// found.
[[nodiscard]] DecoderStack detectStack(std::string_view bytes, TextEnd end = TextEnd::Whole);

/// "png", "jpeg", "gif", "webp", "bmp": images by their first bytes; empty for everything else.
[[nodiscard]] std::string_view imageFormat(std::string_view bytes);

} // namespace keyglass
