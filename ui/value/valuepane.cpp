// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuepane.h"

#include "core/base/bytes.h"
#include "ui/common/whenready.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/documentview.h"
#include "ui/value/elementsview.h"
#include "ui/value/elementtable.h"
#include "ui/value/modulevalue.h"
#include "ui/value/stringsaving.h"
#include "ui/value/valuecopying.h"
#include "ui/value/valueheader.h"
#include "ui/value/valuestate.h"
#include "ui/value/valuetablemodel.h"

#include <QDataStream>
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
constexpr int stateVersion = 2;

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
    , m_above(new QStackedWidget(this))
    , m_elements(new ElementsView(m_source, this))
    , m_document(new DocumentView(m_source, this))
    , m_below(new QStackedWidget(this))
    , m_cell(new CellView(this))
    , m_module(new ModuleValue(m_source, this))
    , m_saving(new StringSaving(m_source, this))
{
    fillNotice();
    m_above->addWidget(m_elements);
    m_above->addWidget(m_document);
    m_splitter->addWidget(m_above);
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
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_division = m_splitter->saveState(); });
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_module);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_notice);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_saving);
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
    connect(m_elements, &ElementsView::scrolled, this, &ValuePane::sightChanged);
    connect(m_document, &DocumentView::opened, this, &ValuePane::documentOpened);
    connect(m_document, &DocumentView::refused, this, &ValuePane::documentRefused);
    connect(m_document, &DocumentView::failed, this, &ValuePane::fail);
    connect(m_document, &DocumentView::partChanged, this, &ValuePane::showPart);
    connect(m_document, &DocumentView::activated, this, &ValuePane::elementActivated);
    connect(m_cell, &CellView::partChosen, this, &ValuePane::showEntryPart);
    connect(m_cell, &CellView::scrolled, this, &ValuePane::sightChanged);
    connect(m_cell, &CellView::wholeSaveWanted, this,
        [this](const QString& path) { m_saving->save(m_key, path, m_cell->content()->size().value_or(0)); });
    connect(m_cell, &CellView::bitCountWanted, this, &ValuePane::countBits);
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

void ValuePane::addTool(QWidget* tool)
{
    m_header->addTool(tool);
}

void ValuePane::setEditor(QWidget* editor, QWidget* strip)
{
    m_below->addWidget(editor);
    addBelow(strip);
}

void ValuePane::addBelow(QWidget* strip)
{
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
    m_goneSince = {};
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

void ValuePane::renamed(const std::string& to)
{
    ++m_generation; // what is still asked for by the old name
    m_key = to;
    if (m_head) {
        m_head->key = to;
    }
}

void ValuePane::clear()
{
    ++m_generation;
    m_isOpen = false;
    m_head.reset();
    m_header->hide();
    m_elements->clear();
    m_document->clear();
    m_cell->clear();
    say(tr("No key selected"), tr("Select a key to see its value."));
}

void ValuePane::loadHead()
{
    const std::uint64_t generation = ++m_generation;
    m_isReading = true;
    m_readSince = std::chrono::system_clock::now();
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
    } else if (head->type == KeyType::Json) {
        m_elements->clear();
        m_cell->setParts({});
        m_document->open(m_key, m_keepPlace ? DocumentView::Place::Keep : DocumentView::Place::Root);
    } else {
        showModuleValue();
    }
}

void ValuePane::showModuleValue()
{
    m_loadingTimer.stop();
    m_notice->hide();
    m_elements->clear();
    m_cell->clear();
    m_module->setHead(*m_head);
    m_stack->setCurrentWidget(m_module);
}

void ValuePane::showHead(const ValueHead& head)
{
    m_keepPlace = m_keepPlace && m_head && m_head->type == head.type;
    if (!m_head) {
        m_cell->forgetDecoders(); // they were chosen for another key
    }
    m_head = head;
    m_seenAt = QDateTime::currentDateTime();
    m_goneSince = {};
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
    m_above->hide();
    m_cell->setParts({});
    m_cell->setRule(m_source->ruleFor(m_key, std::nullopt));
    m_cell->show(std::make_unique<ByteContent>(size, std::move(bytes), ByteContent::Reach::InPart, std::move(loader)),
        QString(), m_keepPlace);
    showContent();
    Q_EMIT shownChanged();
    contentCame();
}

void ValuePane::countBits()
{
    whenReady(this, m_source->countBits(m_key), [this, generation = m_generation](const Result<std::uint64_t>& count) {
        if (generation == m_generation) {
            m_cell->setBitCount(count);
        }
    });
}

void ValuePane::contentCame()
{
    m_isReading = false;
    Q_EMIT contentRead();
}

void ValuePane::elementsOpened()
{
    showAbove(m_elements);
    showContent();
    contentCame();
}

void ValuePane::setAsksBeforeLoading(bool asks)
{
    m_cell->setAsksBeforeLoading(asks);
}

QByteArray ValuePane::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << stateVersion << m_division << static_cast<int>(m_cell->format());
    return bytes;
}

void ValuePane::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    int version = 0;
    QByteArray division;
    int format = 0;
    stream >> version >> division >> format;
    if (stream.status() == QDataStream::Ok && version == stateVersion) {
        m_division = division;
        m_cell->setFormat(static_cast<FormatChoice>(format));
    }
}

} // namespace keyglass::ui
