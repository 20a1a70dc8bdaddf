// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/batchedit.h"

#include "core/base/bytes.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

namespace keyglass {

namespace {

struct BatchEdit {
    Q_DECLARE_TR_FUNCTIONS(BatchEdit)
};

Error badInput(const QString& why)
{
    return {ErrorKind::Input, {}, why};
}

/// Which cell an action changes.
std::size_t contentCellOf(KeyType type)
{
    return type == KeyType::Hash || type == KeyType::SortedSet ? 1 : 0;
}

std::string nameOf(KeyType type, const SeenRow& row)
{
    return type == KeyType::List ? std::to_string(row.number) : row.cells.front().bytes;
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

/// New content for old, or why there is none.
class Change {
public:
    [[nodiscard]] static Result<Change> of(const BatchAction& action)
    {
        Change change(action);
        if (const auto* replace = std::get_if<ReplaceInRows>(&action)) {
            if (replace->find.empty()) {
                return badInput(BatchEdit::tr("There is nothing to look for."));
            }
            if (replace->isRegex) {
                change.m_regex.setPattern(QString::fromStdString(replace->find));
                change.m_regex.optimize();
            }
            if (!change.m_regex.isValid()) {
                return badInput(BatchEdit::tr("This is no regular expression: %1").arg(change.m_regex.errorString()));
            }
        }
        if (const auto* add = std::get_if<AddToRows>(&action)) {
            const auto number = parseScore(add->number);
            if (!number) {
                return badInput(BatchEdit::tr("This is no number."));
            }
            change.m_double = *number;
            change.m_whole = wholeNumber(add->number);
        }
        return change;
    }

    [[nodiscard]] Result<std::string> operator()(const std::string& old) const
    {
        if (const auto* set = std::get_if<SetRows>(&m_action)) {
            return set->content;
        }
        if (const auto* replace = std::get_if<ReplaceInRows>(&m_action)) {
            return replace->isRegex ? replacedByRegex(old, *replace) : replaced(old, *replace);
        }
        return added(old);
    }

private:
    explicit Change(const BatchAction& action)
        : m_action(action)
    {
    }

    [[nodiscard]] static std::string replaced(const std::string& old, const ReplaceInRows& replace)
    {
        std::string text;
        std::size_t from = 0;
        for (std::size_t at = old.find(replace.find); at != std::string::npos; at = old.find(replace.find, from)) {
            text.append(old, from, at - from).append(replace.by);
            from = at + replace.find.size();
        }
        return text.append(old, from);
    }

    [[nodiscard]] Result<std::string> replacedByRegex(const std::string& old, const ReplaceInRows& replace) const
    {
        if (!isUtf8(old)) {
            return badInput(BatchEdit::tr("it is no text"));
        }
        return QString::fromStdString(old).replace(m_regex, QString::fromStdString(replace.by)).toStdString();
    }

    [[nodiscard]] Result<std::string> added(const std::string& old) const
    {
        const auto whole = wholeNumber(old);
        std::int64_t sum = 0;
        if (whole && m_whole) {
            if (__builtin_add_overflow(*whole, *m_whole, &sum)) {
                return badInput(BatchEdit::tr("the sum is too large for 64 bits"));
            }
            return std::to_string(sum);
        }
        const auto number = parseScore(old);
        if (!number || std::isnan(*number + m_double)) { // inf and -inf have no sum
            return badInput(BatchEdit::tr("it is no number"));
        }
        constexpr std::int64_t exact = std::int64_t{1} << 53U; // up to here doubles have each whole number
        if (whole && (*whole > exact || *whole < -exact)) {
            return badInput(BatchEdit::tr("the sum would not be exact"));
        }
        return scoreText(*number + m_double);
    }

    BatchAction m_action;
    QRegularExpression m_regex;
    double m_double = 0;
    std::optional<std::int64_t> m_whole;
};

/// A list's element, known again by its neighbours.
SeenListPlace placeOf(const SeenRow& row)
{
    return SeenListPlace{row.number, row.cells[0].bytes, row.before, row.after};
}

Result<EditAction> deletionOf(KeyType type, const SeenRow& row)
{
    const ValueRow& cells = row.cells;
    switch (type) {
    case KeyType::Hash:
        return EditAction(DeleteHashField{cells[0].bytes,
            cells[1].isWhole() ? SeenBytes::there(cells[1].bytes) : SeenBytes::notLooked(), cells[1].size,
            row.fieldEnd});
    case KeyType::Set:
        return EditAction(RemoveSetMember{cells[0].bytes});
    case KeyType::SortedSet: {
        const auto score = parseScore(cells[1].bytes);
        return score ? Result<EditAction>(RemoveSortedMember{cells[0].bytes, *score}) : score.error();
    }
    default: {
        DeleteStreamEntry entry{cells[0].bytes, {}};
        if (!std::ranges::all_of(cells, &ValueCell::isWhole)) {
            entry.seenCells.assign(cells.begin() + 1, cells.end());
            return EditAction(std::move(entry));
        }
        for (std::size_t at = 1; at + 1 < cells.size(); at += 2) {
            entry.seen.emplace_back(cells[at].bytes, cells[at + 1].bytes);
        }
        return EditAction(std::move(entry));
    }
    }
}

Result<EditAction> settingOf(KeyType type, const SeenRow& row, std::string content)
{
    const ValueRow& cells = row.cells;
    switch (type) {
    case KeyType::Hash:
        return EditAction(SetHashField{cells[0].bytes, std::move(content), SeenBytes::there(cells[1].bytes),
            row.fieldEnd ? row.fieldEnd->at : std::nullopt, row.fieldEnd.has_value()});
    case KeyType::Set:
        return EditAction(ReplaceSetMember{cells[0].bytes, std::move(content)});
    default: {
        const auto seen = parseScore(cells[1].bytes);
        const auto score = parseScore(content);
        if (!seen || !score) {
            return badInput(BatchEdit::tr("it is no number"));
        }
        return EditAction(SetScore{cells[0].bytes, *score, *seen});
    }
    }
}

/// All cells whose bytes an edit compares.
bool isRead(KeyType type, const SeenRow& row, bool isDeletion)
{
    if (isDeletion && (type == KeyType::Hash || type == KeyType::Stream)) {
        return row.cells.front().isWhole();
    }
    return std::ranges::all_of(row.cells, &ValueCell::isWhole);
}

/// What becomes of an element, and what is compared for it.
using ListChange = ChangeListElements::Change;

std::uint64_t bytesOf(const ListChange& change)
{
    return change.seen.element.size() + (change.value ? change.value->size() : 0);
}

/// Gathers the changes of a list from the last index on, as many into one edit as go together.
class ListEdits {
public:
    ListEdits(BatchPlan& plan, KeyEdit pattern)
        : m_plan(plan)
        , m_pattern(std::move(pattern))
    {
    }
    /// By falling index.
    void add(ListChange change)
    {
        const bool isFull = m_changes.size() == mostRowsTogether || m_bytes + bytesOf(change) > mostBytesTogether.value;
        const bool isBelowLast = m_lastIndex && *m_lastIndex == change.seen.index + 1;
        const SeenBytes behind = isBelowLast ? m_madeAtLast : change.seen.after;
        if (isFull && !m_changes.empty()) {
            finish();
            if (isBelowLast) {
                change.seen.after = behind; // it is another by then, and known
            }
        }
        m_lastIndex = change.seen.index;
        m_madeAtLast = change.value ? SeenBytes::like(*change.value) : behind;
        m_bytes += bytesOf(change);
        m_changes.push_back(std::move(change));
    }
    void finish()
    {
        if (m_changes.empty()) {
            return;
        }
        std::ranges::reverse(m_changes);
        m_pattern.action = ChangeListElements{std::exchange(m_changes, {})};
        m_plan.edits.push_back(m_pattern);
        m_bytes = 0;
    }

private:
    BatchPlan& m_plan;
    KeyEdit m_pattern;
    std::vector<ListChange> m_changes;
    std::uint64_t m_bytes = 0;
    std::optional<std::uint64_t> m_lastIndex;
    SeenBytes m_madeAtLast = SeenBytes::notLooked(); ///< What stands at the last index once it is changed.
};

/// Nothing where the row stays as it is.
Result<std::optional<std::string>> contentFor(KeyType type, const SeenRow& row, const Change& change)
{
    const std::string& old = row.cells[contentCellOf(type)].bytes;
    auto content = change(old);
    if (!content) {
        return std::move(content).error();
    }
    return *content == old ? std::optional<std::string>() : std::optional(*std::move(content));
}

} // namespace

bool isMeantFor(const BatchAction& action, KeyType type)
{
    switch (type) {
    case KeyType::Hash:
    case KeyType::List:
        return true;
    case KeyType::Set:
        return std::holds_alternative<DeleteRows>(action) || std::holds_alternative<ReplaceInRows>(action);
    case KeyType::SortedSet:
        return !std::holds_alternative<ReplaceInRows>(action);
    case KeyType::Stream:
        return std::holds_alternative<DeleteRows>(action);
    default:
        return false;
    }
}

Result<BatchPlan> planBatch(const std::string& key, KeyType type, const std::optional<SeenExpiry>& seenExpiry,
    const std::vector<SeenRow>& rows, const BatchAction& action)
{
    if (!isMeantFor(action, type)) {
        return badInput(BatchEdit::tr("This can't be done to values of this type."));
    }
    const auto change = Change::of(action);
    if (!change) {
        return change.error();
    }
    const bool isDeletion = std::holds_alternative<DeleteRows>(action);
    const bool isList = type == KeyType::List;
    std::vector<const SeenRow*> inOrder;
    inOrder.reserve(rows.size());
    for (const SeenRow& row : rows) {
        inOrder.push_back(&row);
    }
    if (isList) {
        std::ranges::sort(inOrder, std::greater{}, &SeenRow::number);
    }
    BatchPlan plan;
    const KeyEdit pattern{key, DeleteKey{}, seenExpiry, std::string(keyTypeName(type))};
    ListEdits list(plan, pattern);
    for (const SeenRow* each : inOrder) {
        const SeenRow& row = *each;
        if (!isRead(type, row, isDeletion)) {
            plan.left.push_back({nameOf(type, row), BatchEdit::tr("it is too long to have been read")});
            continue;
        }
        auto content = isDeletion ? Result<std::optional<std::string>>(std::nullopt) : contentFor(type, row, *change);
        if (!content) {
            plan.left.push_back({nameOf(type, row), content.error().detail});
            continue;
        }
        if (!isDeletion && !*content) {
            ++plan.unchanged;
            continue;
        }
        if (isList) {
            list.add({placeOf(row), *std::move(content)});
            continue;
        }
        auto made = isDeletion ? deletionOf(type, row) : settingOf(type, row, **std::move(content));
        if (made) {
            plan.edits.push_back(pattern);
            plan.edits.back().action = *std::move(made);
        } else {
            plan.left.push_back({nameOf(type, row), made.error().detail});
        }
    }
    list.finish();
    return plan;
}

std::size_t rowsOf(const KeyEdit& edit)
{
    const auto* list = std::get_if<ChangeListElements>(&edit.action);
    return list ? list->changes.size() : 1;
}

std::size_t BatchPlan::rows() const
{
    std::size_t all = 0;
    for (const KeyEdit& edit : edits) {
        all += rowsOf(edit);
    }
    return all;
}

} // namespace keyglass
