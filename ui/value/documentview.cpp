// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/documentview.h"

#include "core/value/jsonparts.h"
#include "ui/common/whenready.h"
#include "ui/value/jsontreemodel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

namespace {

constexpr int nameWidth = 220;
constexpr std::size_t mostOpened = 200; ///< Rows that are opened again.

/// Rows as high as those of elements.
class RowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        constexpr int padding = 8;
        return {QStyledItemDelegate::sizeHint(option, index).width(), option.fontMetrics.height() + padding};
    }
};

} // namespace

DocumentView::DocumentView(std::shared_ptr<ValueSource> source, QWidget* parent)
    : QWidget(parent)
    , m_source(std::move(source))
    , m_path(new QLineEdit(this))
    , m_tree(new QTreeView(this))
    , m_model(new JsonTreeModel(this))
{
    m_path->setAccessibleName(tr("JSON path"));
    m_path->setPlaceholderText(tr("Path to a part of the document, like $.items[0] or .name: Return"));
    m_path->setClearButtonEnabled(true);
    m_tree->setAccessibleName(tr("Document"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setItemDelegate(new RowDelegate(m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->resizeSection(JsonTreeModel::NameColumn, nameWidth);
    m_tree->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 8, 6);
    top->addWidget(m_path);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    connect(m_path, &QLineEdit::returnPressed, this, &DocumentView::load);
    connect(m_tree, &QTreeView::doubleClicked, this, &DocumentView::activated);
    connect(m_tree, &QTreeView::expanded, this, &DocumentView::fetchShown);
    connect(m_tree->verticalScrollBar(), &QScrollBar::valueChanged, this, &DocumentView::fetchShown);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (!m_isFilling) {
            Q_EMIT partChanged();
        }
    });
}

void DocumentView::open(const std::string& key, Place place)
{
    if (place == Place::Root) {
        m_path->clear();
        clear();
    } else {
        rememberPlace();
    }
    m_key = key;
    load();
}

void DocumentView::clear()
{
    ++m_generation;
    m_opened.clear();
    m_chosen.clear();
    m_document.reset();
    m_isFilling = true;
    m_model->setText(nullptr, {});
    m_isFilling = false;
}

std::optional<DocumentView::Part> DocumentView::part() const
{
    const QModelIndex current = m_tree->currentIndex().siblingAtColumn(JsonTreeModel::NameColumn);
    if (!current.isValid()) {
        return std::nullopt;
    }
    Part part{m_model->path(current), m_model->text(current), m_model->kind(current) == JsonSpan::Kind::Object};
    const QModelIndex parent = current.parent();
    if (parent.isValid() && m_model->kind(parent) == JsonSpan::Kind::Array) {
        const int row = current.row();
        const bool isLast = row + 1 == m_model->rowCount(parent);
        part.before = row > 0 ? std::optional(m_model->text(current.siblingAtRow(row - 1))) : std::nullopt;
        part.after = !isLast           ? std::optional(m_model->text(current.siblingAtRow(row + 1)))
            : m_model->hasMore(parent) ? std::nullopt
                                       : std::optional(std::string_view());
    }
    return part;
}

std::shared_ptr<const std::string> DocumentView::document() const
{
    return m_document;
}

// --- reading

/// All of the document is asked for by no path, which the oldest modules take as well.
void DocumentView::load()
{
    const std::string typed = m_path->text().trimmed().toStdString();
    const std::string path = fullJsonPath(typed);
    ValueSliceRequest request{m_key, KeyType::Json, path == "$" ? std::string() : path};
    whenReady(this, m_source->loadSlice(std::move(request)),
        [this, path, generation = ++m_generation](const Result<std::string>& text) {
            if (generation == m_generation) {
                take(text, path);
            }
        });
}

void DocumentView::take(const Result<std::string>& text, const std::string& path)
{
    if (!text) {
        clear();
        const bool isOfThePath = text.error().kind == ErrorKind::Limit || text.error().kind == ErrorKind::Server;
        isOfThePath ? Q_EMIT refused(text.error()) : Q_EMIT failed(text.error());
        return;
    }
    const auto found = path == "$" ? std::nullopt : jsonElements(*text);
    if (found && found->empty()) {
        clear();
        Q_EMIT refused({ErrorKind::Server, {}, tr("The path %1 leads nowhere.").arg(QString::fromStdString(path))});
        return;
    }
    const bool isOne = !found || found->size() == 1;
    const auto shown = std::make_shared<const std::string>(found && isOne ? std::string(found->front()) : *text);
    m_document = path == "$" ? shown : nullptr;
    m_isFilling = true;
    m_model->setText(shown, isOne ? path : std::string());
    restorePlace();
    m_isFilling = false;
    Q_EMIT opened();
    Q_EMIT partChanged();
}

/// More of the children whose last known one has come into sight: by itself the tree asks for the first ones only.
void DocumentView::fetchShown()
{
    const int bottom = m_tree->viewport()->height();
    const auto isShown = [this, bottom](const QModelIndex& at) {
        const QRect place = m_tree->visualRect(at); // empty while it is not laid out
        return at.isValid() && !place.isEmpty() && place.top() <= bottom;
    };
    for (QModelIndex at = m_tree->indexAt({0, 0}); isShown(at);) {
        const QModelIndex parent = at.parent();
        const QModelIndex next = m_tree->indexBelow(at);
        if (at.row() + 1 == m_model->rowCount(parent) && m_model->hasMore(parent)) {
            m_model->fetchNext(parent);
        }
        at = next;
    }
}

// --- where the user was

void DocumentView::rememberPlace()
{
    const auto chosen = part();
    m_chosen = chosen ? chosen->path : std::string();
    m_opened.clear();
    for (QModelIndex at = m_model->index(0, 0); at.isValid() && m_opened.size() < mostOpened;
        at = m_tree->indexBelow(at)) {
        if (m_tree->isExpanded(at)) {
            m_opened.push_back(m_model->path(at));
        }
    }
}

void DocumentView::restorePlace()
{
    const QModelIndex root = m_model->index(0, 0);
    m_tree->expand(root);
    for (const std::string& path : std::exchange(m_opened, {})) {
        const QModelIndex at = m_model->find(path);
        if (m_model->path(at) == path) {
            m_tree->expand(at);
        }
    }
    const QModelIndex chosen = m_chosen.empty() ? root : m_model->find(m_chosen);
    m_tree->setCurrentIndex(chosen.isValid() ? chosen : root);
}

bool DocumentView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT activated();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace keyglass::ui
