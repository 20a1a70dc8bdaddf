// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/nodesoutput.h"
#include "app/cli/output.h"
#include "app/cli/target.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass::cli {

namespace {

/// A server that is alone as the one node that it is.
NodeSurvey lookAtOne(const Target& target, std::stop_token stop)
{
    NodeSurvey node;
    const auto lane = target.lane();
    const auto keys = fetchKeyCount(*lane, std::move(stop));
    node.address = lane->nodeText();
    node.isMaster = target.access.facts.role != ServerRole::Replica;
    node.keys = keys ? *keys : std::nullopt;
    if (!keys) {
        node.trouble = keys.error();
    }
    return node;
}

/// What Sentinels watch. Where they may not be asked for it, the master alone, and why on stderr.
int writeWatched(const Target& target, const std::stop_token& stop)
{
    const auto survey = surveySentinels(*target.access.sentinels, target.access.gate, target.profile.database, stop);
    if (survey) {
        return writeNodes(*survey);
    }
    static_cast<void>(tell(survey.error()));
    return std::max<int>(DoneInPart, writeNodes({lookAtOne(target, stop)}, {}));
}

} // namespace

int runNodes(std::span<char* const> words)
{
    const auto options = Options::parse(words, targetOptions());
    if (!options) {
        return tell(options.error());
    }
    if (!options->rest().empty()) {
        return tell(Error{ErrorKind::Input, displayText(options->rest().front()),
            QCoreApplication::translate("cli", "The command takes options only")});
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token());
    if (!target) {
        return tell(target.error());
    }
    if (target->access.sentinels) {
        return writeWatched(*target, interruption.token());
    }
    if (!target->access.cluster) {
        return writeNodes({lookAtOne(*target, interruption.token())}, {});
    }
    return writeNodes(
        surveyNodes(target->access.cluster, interruption.token()), target->access.cluster->topology()->orphans());
}

} // namespace keyglass::cli
