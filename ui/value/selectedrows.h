// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"
#include "ui/value/valuetablemodel.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QItemSelection;

namespace keyglass::ui {

/// The rows of a table in which something is selected, as they are now, for another thread to read. Made at the cost
/// of the stretches that are selected, not of the rows: there may be millions.
///
/// While there is one of these, the table copies each chunk of rows before it first changes something in it.
class SelectedRows {
public:
    struct Row {
        ValueRow cells;
        std::uint64_t number = 0;           ///< Of a list's element, its index.
        std::optional<SeenExpiry> fieldEnd; ///< As ValueTableModel::fieldEnd().
    };

    SelectedRows() = default;
    SelectedRows(const QItemSelection& selection, const ValueTableModel& model);

    /// How many rows a selection takes, however often they are in it.
    [[nodiscard]] static std::size_t count(const QItemSelection& selection);

    [[nodiscard]] std::size_t size() const { return m_size; }
    /// In the order of the table.
    [[nodiscard]] Row operator[](std::size_t at) const;
    /// The same where it stands.
    [[nodiscard]] const ElementRow& element(std::size_t at) const;
    [[nodiscard]] std::optional<SeenExpiry> fieldEnd(std::size_t at) const;
    /// Whether the elements have neighbours.
    [[nodiscard]] bool isList() const { return m_isList; }
    /// Of a list's element: as ValueTableModel::neighbour().
    [[nodiscard]] SeenBytes neighbour(std::size_t at, int away) const;

private:
    /// Rows without a gap.
    struct Stretch {
        std::size_t place = 0; ///< Of its first among all that are selected.
        std::size_t first = 0; ///< Row of the table.
    };
    [[nodiscard]] static std::size_t stretchesOf(const QItemSelection& selection, std::vector<Stretch>& stretches);

    std::shared_ptr<const std::vector<Stretch>> m_stretches;
    std::size_t m_size = 0;
    bool m_isList = false;
    ValueTableModel::Lent m_lent;
};

} // namespace keyglass::ui
