// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/importbatch.h"

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Makes the keys of an import node by node, waits out lost lines, and tells what became of each: a node that stays
/// away costs its own keys only. Belongs to one thread.
class ImportNodes {
public:
    /// All must outlive it.
    ImportNodes(ImportSteps& steps, ImportLanes& lanes, const ImportOptions& options, JobReport& report);

    /// Looks at, makes, names and reports all of them. Keys that a lost line leaves are made again; once a node was
    /// away for longer than the patience, its keys are NotDone. Network and the like where that was the only node;
    /// File; Cancelled. All keys are reported in any case.
    [[nodiscard]] Status makeAll(std::vector<ImportedKey>&& keys, const std::stop_token& stop);
    /// ImportSteps::look() with the same patience, for a key that comes in parts: it is settled where its node stays
    /// away.
    [[nodiscard]] Status look(std::vector<ImportedKey>& key, const std::stop_token& stop);
    /// Takes away what stands under passing names of keys that were not finished. Where `stop` is requested it waits no
    /// longer for that than a cancel may take: what stays ends by itself.
    void sweep(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    /// Tells what became of one key.
    void report(const std::string& key, Outcome outcome, std::string_view detail);

private:
    [[nodiscard]] QString nodeOf(const std::string& key) const;
    [[nodiscard]] Status makeOf(const QString& node, std::vector<ImportedKey>& keys, const std::stop_token& stop);
    [[nodiscard]] Status tryOnce(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    [[nodiscard]] Status beginAgain(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    void foundAgain(ImportedKey& key, bool hasPassing, bool hasOwn) const;
    template <typename Work>
    [[nodiscard]] Status patiently(
        const QString& node, std::vector<ImportedKey>& keys, const std::stop_token& stop, const Work& work);
    [[nodiscard]] Status giveUp(const QString& node, std::vector<ImportedKey>& keys, const Error& why);
    void tell(const QString& node, std::vector<ImportedKey>&& keys);

    ImportSteps& m_steps;
    ImportLanes& m_lanes;
    const ImportOptions& m_options;
    JobReport& m_report;
    std::map<QString, Error> m_givenUp;
};

} // namespace keyglass
