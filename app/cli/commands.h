// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace keyglass::cli {

/// `keyglass bulk …`: one operation on many keys. `words` are those after "bulk". Gives the exit status.
[[nodiscard]] int runBulk(std::span<char* const> words);

/// `keyglass keys …`: lists the keys of a server. `words` are those after "keys". Gives the exit status.
[[nodiscard]] int runKeys(std::span<char* const> words);

/// `keyglass value … KEY`: writes one key's value. `words` are those after "value". Gives the exit status.
[[nodiscard]] int runValue(std::span<char* const> words);

/// `keyglass nodes …`: the nodes of a cluster and how many keys each holds. `words` are those after "nodes". Gives the
/// exit status.
[[nodiscard]] int runNodes(std::span<char* const> words);

/// `keyglass table list|schema|rows|query|insert|update|delete`: tables of the RedisTABLE module. `words` are those
/// after "table". Gives the exit status.
[[nodiscard]] int runTable(std::span<char* const> words);

/// `keyglass exec … 'COMMAND LINE'`: runs a command line and writes its reply as JSON. `words` are those after "exec".
/// Gives the exit status.
[[nodiscard]] int runExec(std::span<char* const> words);

/// `keyglass bulk undo … ARCHIVE`: restores what a job has archived. `words` are those after "undo". Gives the exit
/// status.
[[nodiscard]] int runBulkUndo(std::span<char* const> words);

/// `keyglass bulk show ARCHIVE`: what stands in an archive, as JSON. `words` are those after "show". Gives the exit
/// status.
[[nodiscard]] int runBulkShow(std::span<char* const> words);

/// `keyglass bulk archives …`: the undo archives and what stands in them, as JSON; deletes what need not be kept.
/// `words` are those after "archives". Gives the exit status.
[[nodiscard]] int runBulkArchives(std::span<char* const> words);

} // namespace keyglass::cli
