// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/net/reply.h"
#include "core/scan/keypattern.h"
#include "core/scan/scanreport.h"

#include <functional>
#include <optional>

namespace keyglass {

/// Takes one reply of SCAN (or KEYS) apart as it arrives: keys go straight into the batch, the cursor is told at once.
///
/// Used for one reply after the other: begin(), receive into it, then ask what came.
class ScanReply final : public ReplySink {
public:
    enum class Shape { Scan, Keys };
    using CursorSeen = std::function<void(Cursor)>;

    /// `batch` gets the keys that `pattern` accepts; `cursorSeen` is called as soon as the cursor of the reply is
    /// parsed.
    ScanReply(Shape shape, const KeyPattern& pattern, KeyBatch& batch, CursorSeen cursorSeen);

    void begin();
    /// The cursor of a well-formed reply; the typed error for an error reply; Protocol for anything else.
    [[nodiscard]] Result<Cursor> finished() const;
    /// Elements the reply announced or brought, whether accepted or not.
    [[nodiscard]] std::size_t elements() const { return m_elements; }

    void arrayBegins(int depth, std::size_t index, std::size_t size) override;
    void text(Reply::Type type, int depth, std::size_t index, std::string_view bytes) override;
    void integer(int depth, std::size_t index, std::int64_t value) override;
    void nil(int depth, std::size_t index) override;

private:
    void takeCursor(std::string_view digits);

    const Shape m_shape;
    const KeyPattern& m_pattern;
    KeyBatch& m_batch;
    const CursorSeen m_cursorSeen;
    const int m_keyDepth;
    std::optional<Cursor> m_cursor;
    std::optional<Error> m_error;
    bool m_keysBegan = false;
    bool m_malformed = false;
    std::size_t m_elements = 0;
};

} // namespace keyglass
