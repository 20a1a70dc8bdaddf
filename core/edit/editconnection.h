// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editlanes.h"
#include "core/edit/editsteps.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <memory>

namespace keyglass {

/// What a look at a key brought, and what went wrong with it.
struct Look {
    Observation seen;
    std::optional<std::int64_t> client;   ///< Our connection's number at the server; nothing where it does not tell.
    std::optional<std::string> refusal;   ///< Error reply to WATCH, TYPE or MULTI: there is no transaction.
    std::optional<std::string> readError; ///< The first error reply of the steps' own reads.
    QString node;
};

/// What the server answered to a transaction.
struct Committed {
    enum class Kind {
        Done,
        CalledOff, ///< EXEC answered nil: another has changed a watched key.
        Refused,   ///< `error`: nothing was done.
        HalfDone,  ///< `error`: one command failed although the server had taken it.
    };
    Kind kind = Kind::Done;
    std::vector<Reply> replies;
    std::string error;
};

/// One edit's conversation with one node.
class EditConnection {
public:
    EditConnection(const EditPlace& place, const Confirmation& confirmation);

    /// The gate's word on all of them, with nothing sent.
    [[nodiscard]] Status check(const std::vector<Command>& commands) const;
    /// Looks, and leaves a transaction open (WATCH before, MULTI after it), to be ended by commit() or leave(). A
    /// connection that died while nobody used it is opened anew.
    [[nodiscard]] Result<Look> begin(const EditSteps& steps, std::stop_token stop);
    /// The same without the MULTI, for what needs the connection for other commands before: WATCH stands.
    [[nodiscard]] Result<Look> watch(const EditSteps& steps, std::stop_token stop);
    /// MULTI, after watch(). An error reply is a Reply.
    [[nodiscard]] Result<Reply> openTransaction(std::stop_token stop);
    /// Only looks.
    [[nodiscard]] Result<Look> look(const EditSteps& steps, const std::vector<EditRead>& reads, std::stop_token stop);
    /// An Error says that the line was lost after begin(): whether it was done is not known.
    /// `more` are questions whose answers come with those to `writes`.
    [[nodiscard]] Result<Committed> commit(
        const std::vector<Command>& writes, const std::vector<Command>& more, std::stop_token stop);
    /// DISCARD or UNWATCH.
    void leave(std::stop_token stop);
    /// One command outside of a transaction; an error reply is a Reply.
    [[nodiscard]] Result<Reply> call(const Command& command, std::stop_token stop);
    /// Whether the connection `client` has ended at the server, so that nothing of it is still to come; nothing where
    /// that is not told.
    [[nodiscard]] std::optional<bool> hasEnded(std::int64_t client, std::stop_token stop);
    [[nodiscard]] QString nodeText() const { return m_lane->nodeText(); }

private:
    [[nodiscard]] Result<Look> start(const EditSteps& steps, bool withMulti, std::stop_token stop);
    [[nodiscard]] bool hasStood() const;
    [[nodiscard]] Error lost() const;
    [[nodiscard]] Result<std::vector<Reply>> ask(const std::vector<Command>& commands, std::stop_token stop);

    const std::unique_ptr<Lane> m_lane; ///< With the user's yes.
    const bool m_asking;
    std::uint64_t m_opening = 0; ///< In which WATCH was said.
    bool m_isOpen = false;       ///< A transaction is: MULTI was said.
};

} // namespace keyglass
