// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sourceaccess.h"
#include "core/source/commandgate.h"

#include <map>
#include <memory>
#include <string>

namespace keyglass {

/// Lanes to the owners of keys, each to one server process alone: for transactions. Belongs to one thread.
class OwnerLanes {
public:
    /// `confirmation`: what the user said yes to there.
    OwnerLanes(SourceAccess source, int database, Confirmation confirmation);
    OwnerLanes(const OwnerLanes&) = delete;
    OwnerLanes& operator=(const OwnerLanes&) = delete;
    ~OwnerLanes();

    /// To the owner of the key's slot, by the topology as it is known now; outside clusters to the one server.
    [[nodiscard]] Lane& of(const std::string& key);

private:
    struct Owner {
        std::unique_ptr<Lane> plain;
        std::unique_ptr<Lane> lane; ///< The same with the user's yes.
    };
    const SourceAccess m_source;
    const int m_database;
    const Confirmation m_confirmation;
    std::map<std::string, Owner> m_owners; ///< By node id.
};

} // namespace keyglass
