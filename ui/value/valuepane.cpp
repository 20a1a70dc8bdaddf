// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuepane.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/common/whenready.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/elementsview.h"
#include "ui/value/elementtable.h"
#include "ui/value/valuecopying.h"
#include "ui/value/valueheader.h"
#include "ui/value/valuestate.h"
#include "ui/value/valuetablemodel.h"

#include <QDataStream>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

namespace {

constexpr Milliseconds loadingShownAfter{300};
constexpr ByteCount firstStringBytes{64ULL * 1024};
constexpr int stateVersion = 1;

bool isReadable(KeyType type)
{
    switch (type) {
    case KeyType::String:
    case KeyType::Hash:
    case KeyType::List:
    case KeyType::Set:
    case KeyType::SortedSet:
    case KeyType::Stream:
        return true;
    default:
        return false;
    }
}

/// All fields of a stream's entry, one to a line.
std::string entryText(const ValueRow& cells)
{
    QStringList lines;
    for (std::size_t i = 1; i + 1 < cells.size(); i += 2) {
        lines.append(nameLine(cells[i].bytes) + QStringLiteral(": ") + cellLine(cells[i + 1]));
    }
    return lines.join(u'\n').toStdString();
}

QStringList entryParts(const ValueRow& cells)
{
    QStringList parts{ValuePane::tr("All fields")};
    for (std::size_t i = 1; i + 1 < cells.size(); i += 2) {
        parts.append(nameLine(cells[i].bytes));
    }
    return parts;
}

} // namespace

ValuePane::ValuePane(std::shared_ptr<ValueSource> source, QWidget* parent)
    : QWidget(parent)
    , m_source(std::move(source))
    , m_header(new ValueHeader(this))
    , m_notice(new QWidget(this))
    , m_noticeText(new QLabel(m_notice))
    , m_stack(new QStackedWidget(this))
    , m_state(new ValueState(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_tabs(new QTabBar(this))
    , m_elements(new ElementsView(m_source, this))
    , m_below(new QStackedWidget(this))
    , m_cell(new CellView(this))
{
    fillNotice();
    m_splitter->addWidget(m_elements);
    auto* lower = new QWidget(this);
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins({});
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(m_below, 1);
    m_below->addWidget(m_cell);
    m_splitter->addWidget(lower);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_notice);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
    m_tabs->setAccessibleName(tr("Views of the value"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->hide();
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        if (m_stack->currentWidget() != m_state) {
            m_stack->setCurrentWidget(chosenView());
        }
    });
    m_loadingTimer.setSingleShot(true);
    m_loadingTimer.setInterval(loadingShownAfter);
    connect(&m_loadingTimer, &QTimer::timeout, this, &ValuePane::showLoading);
    connect(m_header, &ValueHeader::reloadClicked, this, &ValuePane::reload);
    connect(m_header, &ValueHeader::expired, this, &ValuePane::expired);
    connect(m_state, &ValueState::buttonClicked, this, &ValuePane::reload);
    connect(m_elements, &ElementsView::opened, this, &ValuePane::elementsOpened);
    connect(m_elements, &ElementsView::failed, this, &ValuePane::fail);
    connect(m_elements, &ElementsView::currentChanged, this, &ValuePane::showElement);
    connect(m_elements, &ElementsView::activated, this, &ValuePane::elementActivated);
    connect(m_cell, &CellView::partChosen, this, &ValuePane::showEntryPart);
    new ValueCopying(*this, *m_elements->findChild<ElementTable*>(), m_elements->model(), *m_source);
    clear();
}

ValuePane::~ValuePane() = default;

std::shared_ptr<const std::string> ValuePane::shownString() const
{
    const ByteContent* content = m_cell->content();
    const bool isString = m_head && m_head->type == KeyType::String;
    return isString && content && content->isWhole() ? content->beginning() : nullptr;
}

void ValuePane::setEditor(QWidget* editor, QWidget* strip)
{
    m_below->addWidget(editor);
    m_below->parentWidget()->layout()->addWidget(strip);
}

void ValuePane::showEditor(bool shows)
{
    m_below->setCurrentIndex(shows ? 1 : 0);
}

void ValuePane::addView(
    QWidget* view, const QString& elementsTitle, const QString& title, std::function<bool(const ValueHead&)> fits)
{
    m_stack->addWidget(view);
    m_views.push_back({view, elementsTitle, title, std::move(fits)});
}

/// The tabs for what was read; the chosen one stays where it is offered still.
void ValuePane::offerViews()
{
    const QWidget* chosen = chosenView();
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > 0) {
        m_tabs->removeTab(0);
    }
    for (std::size_t at = 0; at < m_views.size(); ++at) {
        const View& view = m_views[at];
        if (!m_head || !view.fits(*m_head)) {
            continue;
        }
        if (m_tabs->count() == 0) {
            m_tabs->addTab(view.elementsTitle);
            m_tabs->setTabData(0, -1);
        }
        const int tab = m_tabs->addTab(view.title);
        m_tabs->setTabData(tab, static_cast<int>(at));
        if (view.widget == chosen) {
            m_tabs->setCurrentIndex(tab);
        }
    }
    m_tabs->setVisible(m_tabs->count() > 0);
}

QWidget* ValuePane::chosenView() const
{
    const int at = m_tabs->count() > 0 ? m_tabs->tabData(m_tabs->currentIndex()).toInt() : -1;
    return at < 0 ? static_cast<QWidget*>(m_splitter) : m_views[static_cast<std::size_t>(at)].widget;
}

void ValuePane::fillNotice()
{
    m_notice->setAutoFillBackground(true);
    m_noticeText->setAccessibleName(tr("Notice"));
    m_noticeText->setTextFormat(Qt::PlainText);
    m_noticeText->setWordWrap(true);
    auto* reloadButton = new QPushButton(tr("Reload"), m_notice);
    auto* layout = new QHBoxLayout(m_notice);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_noticeText, 1);
    layout->addWidget(reloadButton);
    connect(reloadButton, &QPushButton::clicked, this, &ValuePane::reload);
}

void ValuePane::open(const std::string& key)
{
    if (m_isOpen && m_key == key && m_head) {
        reload();
        return;
    }
    m_key = key;
    m_isOpen = true;
    m_head.reset();
    m_keepPlace = false;
    loadHead();
}

void ValuePane::reload()
{
    if (m_isOpen) {
        m_keepPlace = m_head.has_value();
        loadHead();
    }
}

void ValuePane::clear()
{
    ++m_generation;
    m_isOpen = false;
    m_head.reset();
    m_header->hide();
    m_elements->clear();
    m_cell->clear();
    say(tr("No key selected"), tr("Select a key to see its value."));
}

void ValuePane::loadHead()
{
    const std::uint64_t generation = ++m_generation;
    m_loadingTimer.start();
    whenReady(this, m_source->loadHead(m_key), [this, generation](const Result<ValueHead>& head) {
        if (generation == m_generation) {
            takeHead(head);
        }
    });
}

void ValuePane::takeHead(const Result<ValueHead>& head)
{
    if (!head) {
        fail(head.error());
        return;
    }
    showHead(*head);
    if (head->type == KeyType::String) {
        loadString();
    } else if (isReadable(head->type)) {
        m_elements->open(*head, m_keepPlace ? ElementsView::Place::Keep : ElementsView::Place::Top);
    } else {
        say(tr("Values of this type can't be shown"),
            tr("The key holds a value of the type %1, which belongs to a module of the server.")
                .arg(QString::fromStdString(head->typeName)));
    }
}

void ValuePane::showHead(const ValueHead& head)
{
    m_keepPlace = m_keepPlace && m_head && m_head->type == head.type;
    m_head = head;
    m_seenAt = QDateTime::currentDateTime();
    ValueHead named = head;
    named.key = m_source->nameOf(head.key);
    m_header->setHead(named);
    m_header->setTouched(m_source->touchesIdleTimes());
    m_header->setPlace(m_source->placeOf(head.key));
    m_header->show();
    offerViews();
    Q_EMIT headChanged();
}

void ValuePane::loadString()
{
    ValuePageRequest request;
    request.key = m_key;
    request.type = KeyType::String;
    request.maxBytes = firstStringBytes;
    const auto future = m_source->loadPage(std::move(request));
    whenReady(this, future, [this, generation = m_generation](const Result<ValuePage>& page) {
        if (generation == m_generation) {
            takeString(page);
        }
    });
}

void ValuePane::takeString(const Result<ValuePage>& page)
{
    if (!page) {
        fail(page.error());
        return;
    }
    std::string bytes = page->rows.empty() ? std::string() : page->rows.front().front().bytes;
    const auto size = page->complete ? std::optional<std::uint64_t>(bytes.size()) : page->total;
    auto loader = [source = m_source, key = m_key](std::uint64_t offset, std::uint64_t length) {
        return source->loadSlice({key, KeyType::String, {}, 0, offset, length});
    };
    m_elements->clear();
    m_elements->hide();
    m_cell->setParts({});
    m_cell->show(std::make_unique<ByteContent>(size, std::move(bytes), ByteContent::Reach::InPart, std::move(loader)),
        QString(), m_keepPlace);
    showContent();
    Q_EMIT shownChanged();
}

std::optional<ValuePane::Selected> ValuePane::selected() const
{
    const ValueTableModel& model = m_elements->model();
    const int row = m_elements->currentRow();
    if (!m_head || m_head->type == KeyType::String || row < 0 || row >= model.rowCount()) {
        return std::nullopt;
    }
    Selected selected{model.cells(row), model.cellFor(m_elements->currentColumn()), model.number(row), {}, {},
        model.fieldEnd(row), model.fieldLeft(row)};
    if (model.type() == KeyType::List) {
        selected.before = model.neighbour(row, -1);
        selected.after = model.neighbour(row, 1);
    }
    return selected;
}

void ValuePane::elementsOpened()
{
    m_elements->show();
    showContent();
}

void ValuePane::showElement(const QModelIndex& index)
{
    const ValueTableModel& model = m_elements->model();
    const bool isEntry = index.isValid() && model.type() == KeyType::Stream;
    m_entryRow = isEntry ? index.row() : -1;
    if (!index.isValid()) {
        m_cell->setParts({});
        m_cell->clear();
    } else if (isEntry) {
        m_cell->setParts(entryParts(model.cells(index.row())));
        showEntryPart();
    } else {
        m_cell->setParts({});
        showCell(index.row(), model.cellFor(index.column()), elementTitle(index.row()));
    }
    Q_EMIT shownChanged();
}

/// A stream's entry: all of its fields, or the value of the one that is chosen.
void ValuePane::showEntryPart()
{
    if (m_entryRow < 0) {
        return;
    }
    const ValueRow& cells = m_elements->model().cells(m_entryRow);
    const int part = m_cell->part();
    if (part == 0) {
        m_cell->show(std::make_unique<ByteContent>(entryText(cells)), elementTitle(m_entryRow));
    } else {
        showCell(m_entryRow, static_cast<std::size_t>(part) * 2, elementTitle(m_entryRow));
    }
}

void ValuePane::showCell(int row, std::size_t cell, const QString& title)
{
    const ValueTableModel& model = m_elements->model();
    const ValueCell& content = model.cells(row)[cell];
    const bool keepPlace = std::exchange(m_keepPlace, false);
    if (content.isWhole()) {
        m_cell->show(std::make_unique<ByteContent>(content.bytes), title, keepPlace);
        return;
    }
    ValueSliceRequest request{m_key, model.type(), model.nameOf(row), model.number(row)};
    if (model.type() == KeyType::Stream) {
        request.index = cell;
    }
    auto loader = [source = m_source, request](std::uint64_t offset, std::uint64_t length) mutable {
        request.offset = offset;
        request.length = length;
        return source->loadSlice(request);
    };
    m_cell->show(
        std::make_unique<ByteContent>(content.size, std::string(), ByteContent::Reach::WholeOnly, std::move(loader)),
        title, keepPlace);
}

QString ValuePane::elementTitle(int row) const
{
    const ValueTableModel& model = m_elements->model();
    switch (model.type()) {
    case KeyType::List:
        return tr("index %1").arg(numberText(model.number(row)));
    case KeyType::SortedSet:
        return tr("rank %1").arg(numberText(model.number(row)));
    case KeyType::Set:
        return tr("member");
    default:
        return nameLine(model.nameOf(row));
    }
}

void ValuePane::showLoading()
{
    if (m_keepPlace || !m_isOpen) {
        return; // a value that is read again stays until there is something newer
    }
    m_header->setKey(m_source->nameOf(m_key));
    m_header->show();
    say(tr("Loading…"), QString());
}

void ValuePane::showContent()
{
    m_loadingTimer.stop();
    m_notice->hide();
    m_stack->setCurrentWidget(chosenView());
    m_tabs->setVisible(m_tabs->count() > 0);
}

/// What can't be read takes the place of the value; while a value is there that was read before, it stays, with a
/// notice.
void ValuePane::fail(const Error& error)
{
    m_loadingTimer.stop();
    const bool isGone = error.kind == ErrorKind::Gone;
    const QString since = m_seenAt.isValid() ? tr("It was there at %1.").arg(timeText(m_seenAt)) : QString();
    if (m_keepPlace && m_stack->currentWidget() != m_state) {
        notice(isGone ? tr("This key is gone: deleted or expired. %1").arg(since) : errorText(error));
    } else {
        m_header->setKey(m_source->nameOf(m_key));
        m_header->show();
        if (isGone) {
            say(tr("This key is gone"), tr("It was deleted or has expired since it was listed."), tr("Look again"));
        } else {
            say(tr("The value can't be read"), errorText(error), tr("Try again"));
        }
    }
    if (isGone) {
        Q_EMIT gone(QByteArray::fromStdString(m_key));
    }
}

void ValuePane::expired()
{
    notice(tr("This key has expired by now. What is shown was read at %1.").arg(timeText(m_seenAt)));
}

void ValuePane::say(const QString& title, const QString& text, const QString& button)
{
    m_loadingTimer.stop();
    m_notice->hide();
    m_state->say(title, text, button);
    m_stack->setCurrentWidget(m_state);
    m_tabs->hide();
}

void ValuePane::notice(const QString& text)
{
    m_noticeText->setText(text);
    applyNoticeColor();
    m_notice->show();
}

void ValuePane::applyNoticeColor()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Window, toneBackground(Tone::Warning, palette()));
    m_notice->setPalette(colors);
}

void ValuePane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyNoticeColor();
    }
}

void ValuePane::setAsksBeforeLoading(bool asks)
{
    m_cell->setAsksBeforeLoading(asks);
}

QByteArray ValuePane::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << stateVersion << m_splitter->saveState() << static_cast<int>(m_cell->format());
    return bytes;
}

void ValuePane::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    int version = 0;
    QByteArray splitter;
    int format = 0;
    stream >> version >> splitter >> format;
    if (stream.status() == QDataStream::Ok && version == stateVersion) {
        m_splitter->restoreState(splitter);
        m_cell->setFormat(static_cast<FormatChoice>(format));
    }
}

} // namespace keyglass::ui
