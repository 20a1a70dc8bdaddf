// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/joboperation.h"
#include "core/transfer/keypart.h"

#include <string>

namespace keyglass {

/// A part as it stands in a file; what PartReader reads again. Not for Archive, which is no text.
///
/// JSON: a line, with "more" where the key goes on in the next one and "continues" there; bytes that are no UTF-8 are
/// {"base64": "…"}. CSV: a line for each element, cells escaped as escapeLine() does; what a stream has beside its
/// entries is left out. Commands and RESP: makingCommands(), then endCommand().
[[nodiscard]] std::string partText(const KeyPart& part, TransferFormat format);

/// What a file begins with: the header of CSV.
[[nodiscard]] std::string headText(TransferFormat format);

/// The columns of CSV.
inline constexpr std::string_view csvColumns = "key,type,expire_at_ms,id,field,value,field_expire_at_ms";

} // namespace keyglass
