// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoder.h"

#include <string>

namespace keyglass {

/// Messages of the type `message` of a descriptor set: fields by their names, enums by theirs, maps as maps. Fields
/// that the descriptor does not know stand under their number and are kept by an edit.
///
/// `argument` is "MESSAGE@FILE" as it stands in a stack's name, with commas of the path as %2C. Reads the file. File
/// where it can't be read; Input for no descriptor set, or one without that message: then the names it has are told.
[[nodiscard]] Result<DecoderPtr> protobufDecoder(std::string_view argument);

} // namespace keyglass
