// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoderstack.h"

#include <QObject>

#include <functional>
#include <string>

namespace keyglass::ui {

/// Takes cells through their decoders and back for an editor: what is short at once, the rest on a thread of the pool.
///
/// One thing at a time: what was asked for before is dropped, and its `take` never called.
class CellCoding : public QObject {
    Q_OBJECT

public:
    using Take = std::function<void(const Result<std::string>& bytes)>;

    using QObject::QObject;

    /// What is edited of `stored`; see decodedForEdit().
    void decode(const DecoderStack& stack, std::string stored, const Take& take);
    /// What is stored for `content`; see storedFromEdit(). With an empty stack it is the content, at once.
    void encode(const DecoderStack& stack, std::string content, std::string seen, const Take& take);
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    void drop();

private:
    void run(bool atOnce, std::function<Result<std::string>()> work, const Take& take);

    std::uint64_t m_generation = 0;
    bool m_isBusy = false;
};

} // namespace keyglass::ui
