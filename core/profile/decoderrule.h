// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>
#include <vector>

namespace keyglass {

/// Through which decoders the values of some keys are always shown: "session:*" is "zstd,msgpack". A plain value.
struct DecoderRule {
    QString keys;     ///< A glob for the key's name.
    QString fields;   ///< A glob for the field of a hash or a stream's entry; empty: the rule is for all of the key.
    QString decoders; ///< Names as DecoderStack::fromNames() takes them; "plain": as it is stored.

    friend bool operator==(const DecoderRule&, const DecoderRule&) = default;
};

/// The place of the first rule that fits; nothing where none does. `field`: nothing for a value that is in none.
[[nodiscard]] std::optional<std::size_t> fittingRule(
    const std::vector<DecoderRule>& rules, std::string_view key, const std::optional<std::string_view>& field);

/// A glob for keys like this one: parts that hold a digit stand for any, and the last part where none does. Without a
/// separator in it, the key itself.
[[nodiscard]] QString suggestedPattern(std::string_view key, const QString& separator);

} // namespace keyglass
