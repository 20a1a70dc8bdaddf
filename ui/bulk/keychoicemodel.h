// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/keychoice.h"

#include <QAbstractListModel>

#include <cstdint>
#include <vector>

namespace keyglass::ui {

/// The keys that a job is for, in byte order: as many rows as were scrolled to, a thousand more each time.
///
/// Reads a name when it is painted; holds no more than the snapshot. Lives on the GUI thread.
class KeyChoiceModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit KeyChoiceModel(QObject* parent = nullptr);

    /// `hasRoots`: the keys stand behind their databases' roots (keyroot.h).
    void setChoice(const KeyChoice& choice, bool hasRoots);
    /// Some keys that no snapshot has, instead of a choice; they do not count as a total.
    void setSample(std::vector<std::string> keys);
    /// Of all keys, also those without a row yet.
    [[nodiscard]] std::uint64_t total() const { return m_total; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

private:
    /// Keys that follow each other in the snapshot.
    struct Stretch {
        std::uint64_t firstRow = 0;
        std::uint64_t firstRank = 0;
    };

    [[nodiscard]] std::string keyAt(std::uint64_t row) const;

    std::shared_ptr<const Snapshot> m_keys;
    std::vector<Stretch> m_stretches;  ///< In order of their rows.
    std::vector<std::string> m_sample; ///< Not empty: the rows, and there is no choice.
    bool m_hasRoots = false;
    std::uint64_t m_total = 0;
    int m_rows = 0;
};

} // namespace keyglass::ui
