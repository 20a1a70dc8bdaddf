// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <QFuture>

#include <string>

namespace keyglass::ui {

/// Where a ValuePane reads from: the three questions it asks of a session. Every call returns at once.
class ValueSource {
public:
    ValueSource() = default;
    ValueSource(const ValueSource&) = delete;
    ValueSource& operator=(const ValueSource&) = delete;
    virtual ~ValueSource() = default;

    /// True where reading a value resets the key's idle time, because the server can't be told to spare it.
    [[nodiscard]] virtual bool touchesIdleTimes() const { return false; }
    /// True where the server's fields of hashes can end by themselves.
    [[nodiscard]] virtual bool hasFieldEnds() const { return false; }
    /// What the server calls a key of the list.
    [[nodiscard]] virtual std::string nameOf(const std::string& key) const { return key; }
    /// Where the key is, as far as the user has to be told: "node 10.0.0.7:7001 · slot 8311" in a cluster, "db 3" where
    /// several databases are open; else empty.
    [[nodiscard]] virtual QString placeOf(const std::string& /*key*/) const { return {}; }
    [[nodiscard]] virtual QFuture<Result<ValueHead>> loadHead(std::string key) = 0;
    [[nodiscard]] virtual QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) = 0;
    [[nodiscard]] virtual QFuture<Result<std::string>> loadSlice(ValueSliceRequest request) = 0;
};

} // namespace keyglass::ui
