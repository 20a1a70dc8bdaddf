// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/worktasks.h"
#include "core/value/formatters/decoderstack.h"
#include "core/value/servermodules.h"
#include "core/value/valuepage.h"

#include <QFuture>

#include <optional>
#include <string>
#include <vector>

namespace keyglass::ui {

/// What a rule says about a value.
struct RuledDecoders {
    QString keys;               ///< The rule's pattern.
    Result<DecoderStack> stack; ///< An Error where its decoders can't be used.
};

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
    /// How the user wants values like this decoded; nothing: as they look. `field`: nothing for one that is in none.
    [[nodiscard]] virtual std::optional<RuledDecoders> ruleFor(
        const std::string& /*key*/, const std::optional<std::string>& /*field*/) const
    {
        return {};
    }
    /// The set bits of a string, and the modules of the key's server; Unsupported where nobody can say.
    [[nodiscard]] virtual QFuture<Result<std::uint64_t>> countBits(std::string key);
    /// All of a string to a file, see Session::saveString(); Unsupported where that can't be.
    [[nodiscard]] virtual ResultWork<std::uint64_t> saveString(
        const std::string& key, const QString& path, std::uint64_t size);
    [[nodiscard]] virtual QFuture<Result<std::vector<ServerModule>>> loadModules(std::string key);
    [[nodiscard]] virtual QFuture<Result<ValueHead>> loadHead(std::string key) = 0;
    [[nodiscard]] virtual QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) = 0;
    [[nodiscard]] virtual QFuture<Result<std::string>> loadSlice(ValueSliceRequest request) = 0;
};

} // namespace keyglass::ui
