// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/replymodel.h"

#include "core/console/replytext.h"
#include "ui/common/fonts.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace keyglass::ui {

namespace {

constexpr std::size_t piece = 500;       ///< Children brought at once.
constexpr std::size_t longestCell = 512; ///< Bytes of a text that a row shows.
constexpr std::size_t longestTip = 4096;

} // namespace

struct ReplyModel::Node {
    const Reply* reply = nullptr; ///< Null for the root.
    Node* parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] std::size_t size() const { return reply && reply->isArray() ? reply->elements.size() : 0; }
};

ReplyModel::ReplyModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

ReplyModel::~ReplyModel() = default;

void ReplyModel::setReply(std::shared_ptr<const Reply> reply)
{
    m_isFetching = true;
    beginResetModel();
    m_reply = std::move(reply);
    m_root = std::make_unique<Node>();
    if (m_reply) {
        m_root->children.push_back(std::make_unique<Node>());
        m_root->children.front()->reply = m_reply.get();
        m_root->children.front()->parent = m_root.get();
    }
    endResetModel();
    m_isFetching = false;
}

ReplyModel::Node& ReplyModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? *static_cast<Node*>(index.internalPointer()) : *m_root;
}

QModelIndex ReplyModel::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent)
        ? createIndex(row, column, nodeOf(parent).children[static_cast<std::size_t>(row)].get())
        : QModelIndex();
}

QModelIndex ReplyModel::parent(const QModelIndex& child) const
{
    if (!child.isValid()) {
        return {};
    }
    Node* const parent = nodeOf(child).parent;
    return parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int ReplyModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).children.size());
}

int ReplyModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool ReplyModel::hasChildren(const QModelIndex& parent) const
{
    return parent.column() <= 0 && (!nodeOf(parent).children.empty() || nodeOf(parent).size() > 0);
}

bool ReplyModel::canFetchMore(const QModelIndex& parent) const
{
    return !m_isFetching && parent.column() <= 0 && nodeOf(parent).children.size() < nodeOf(parent).size();
}

void ReplyModel::fetchMore(const QModelIndex& parent)
{
    Node& node = nodeOf(parent);
    const std::size_t from = node.children.size();
    const std::size_t to = std::min(node.size(), from + piece);
    if (to <= from || m_isFetching) {
        return;
    }
    m_isFetching = true;
    beginInsertRows(parent, static_cast<int>(from), static_cast<int>(to) - 1);
    for (std::size_t at = from; at < to; ++at) {
        auto child = std::make_unique<Node>();
        child->reply = &node.reply->elements[at];
        child->parent = &node;
        child->row = static_cast<int>(at);
        node.children.push_back(std::move(child));
    }
    endInsertRows();
    m_isFetching = false;
}

QVariant ReplyModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Node& node = nodeOf(index);
    const bool isPlace = index.column() == Place;
    switch (role) {
    case Qt::DisplayRole:
        if (isPlace) {
            return node.parent == m_root.get() ? tr("reply") : QString::number(node.row + 1);
        }
        return replyLine(*node.reply, longestCell);
    case Qt::ToolTipRole:
        return isPlace ? QVariant() : replyLine(*node.reply, longestTip);
    case Qt::FontRole:
        return isPlace ? QVariant() : keyFont();
    default:
        return {};
    }
}

QVariant ReplyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Place ? tr("Place") : tr("Reply");
}

} // namespace keyglass::ui
