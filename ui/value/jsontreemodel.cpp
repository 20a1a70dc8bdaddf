// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/jsontreemodel.h"

#include "core/base/bytes.h"
#include "core/value/formatters/editortext.h"
#include "ui/common/fonts.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::size_t shownBytes = 200;

/// What a name says, without its quotes and escapes.
QString unquoted(std::string_view token)
{
    QByteArray array("[");
    array.append(token.data(), static_cast<qsizetype>(token.size())).append(']');
    const QJsonArray only = QJsonDocument::fromJson(array).array();
    return only.size() == 1 ? only.first().toString() : QString::fromUtf8(token.data(), qsizetype(token.size()));
}

} // namespace

JsonTreeModel::JsonTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
{
}

void JsonTreeModel::setText(std::shared_ptr<const std::string> text, std::string path)
{
    beginResetModel();
    m_root.reset();
    m_text = std::move(text);
    m_path = std::move(path);
    const auto whole = m_text ? jsonSpan(*m_text) : std::nullopt;
    if (whole) {
        m_root = std::make_unique<Node>(*whole);
    }
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : nullptr;
}

std::string JsonTreeModel::pathOf(const Node& node) const
{
    if (!node.parent || m_path.empty()) {
        return m_path;
    }
    const std::string parent = pathOf(*node.parent);
    return node.span.nameSize > 0 ? jsonMemberPath(parent, node.span.nameIn(*m_text))
                                  : jsonElementPath(parent, static_cast<std::size_t>(node.row));
}

std::string JsonTreeModel::path(const QModelIndex& index) const
{
    const Node* node = nodeOf(index);
    return node ? pathOf(*node) : std::string();
}

std::string_view JsonTreeModel::text(const QModelIndex& index) const
{
    const Node* node = nodeOf(index);
    return node ? node->span.in(*m_text) : std::string_view();
}

JsonSpan::Kind JsonTreeModel::kind(const QModelIndex& index) const
{
    const Node* node = nodeOf(index);
    return node ? node->span.kind : JsonSpan::Kind::Scalar;
}

QModelIndex JsonTreeModel::find(const std::string& path)
{
    QModelIndex at = index(0, NameColumn);
    for (bool goesOn = at.isValid() && !m_path.empty(); goesOn && this->path(at) != path;) {
        goesOn = false;
        for (int row = 0;; ++row) {
            if (row == rowCount(at) && hasMore(at)) {
                fetchNext(at);
            }
            if (row >= rowCount(at)) {
                break;
            }
            const QModelIndex child = index(row, NameColumn, at);
            const std::string prefix = this->path(child);
            if (path == prefix || path.starts_with(prefix + '[')) {
                at = child;
                goesOn = true;
                break;
            }
        }
    }
    return at;
}

// --- the model

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!m_root || row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent)) {
        return {};
    }
    const Node* above = nodeOf(parent);
    return createIndex(row, column, above ? above->children[static_cast<std::size_t>(row)].get() : m_root.get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const
{
    const Node* node = nodeOf(child);
    return node && node->parent ? createIndex(node->parent->row, 0, node->parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0) {
        return 0;
    }
    const Node* node = nodeOf(parent);
    return node ? static_cast<int>(node->children.size()) : (m_root ? 1 : 0);
}

int JsonTreeModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    if (!node || parent.column() > 0) {
        return !parent.isValid() && m_root;
    }
    if (node->isComplete || !node->children.empty() || !node->span.isContainer()) {
        return !node->children.empty();
    }
    JsonParts parts = node->rest;
    return parts.next(*m_text).has_value();
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    return node && node->children.empty() && hasMore(parent);
}

void JsonTreeModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) {
        fetchNext(parent);
    }
}

bool JsonTreeModel::hasMore(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    return node && !m_isFetching && parent.column() == 0 && node->span.isContainer() && !node->isComplete;
}

void JsonTreeModel::fetchNext(const QModelIndex& parent)
{
    Node* node = nodeOf(parent);
    if (!node || !hasMore(parent)) {
        return;
    }
    std::vector<std::unique_ptr<Node>> found;
    while (found.size() < static_cast<std::size_t>(batch)) {
        const auto span = node->rest.next(*m_text);
        if (!span) {
            node->isComplete = true;
            break;
        }
        found.push_back(std::make_unique<Node>(*span));
        found.back()->parent = node;
        found.back()->row = static_cast<int>(node->children.size() + found.size()) - 1;
    }
    if (found.empty()) {
        return;
    }
    const int first = static_cast<int>(node->children.size());
    m_isFetching = true;
    beginInsertRows(parent, first, first + static_cast<int>(found.size()) - 1);
    node->children.insert(
        node->children.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    m_isFetching = false;
    endInsertRows();
}

QString JsonTreeModel::nameOf(const Node& node) const
{
    if (!node.parent) {
        return m_path.empty() ? tr("all found") : QString::fromStdString(m_path);
    }
    return node.span.nameSize > 0 ? displayText(unquoted(node.span.nameIn(*m_text)).toStdString())
                                  : QString::number(node.row);
}

QString JsonTreeModel::valueOf(const Node& node) const
{
    const std::string_view value = node.span.in(*m_text);
    const bool isCut = value.size() > shownBytes;
    const std::string shown =
        editorText(value.substr(0, shownBytes), isCut ? TextEnd::MoreFollows : TextEnd::Whole).utf8;
    QString text = QString::fromStdString(shown);
    text.replace(u'\n', u' ').replace(u'\r', u' ').replace(u'\t', u' '); // between values: strings have them escaped
    return isCut ? text + u'…' : text;
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    const Node* node = nodeOf(index);
    if (!node) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == NameColumn ? nameOf(*node) : valueOf(*node);
    case Qt::ToolTipRole:
        return QString::fromStdString(pathOf(*node));
    case Qt::FontRole:
        return keyFont();
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == NameColumn ? tr("Name") : tr("Value");
}

} // namespace keyglass::ui
