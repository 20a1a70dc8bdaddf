// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/cellview.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/value/bitmapview.h"
#include "ui/value/bytecontent.h"
#include "ui/value/decoderbox.h"
#include "ui/value/formatbox.h"
#include "ui/value/hexview.h"
#include "ui/value/imageview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuestate.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPromise>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t loadedUnasked = 1024ULL * 1024; ///< A cell left out of its page is read when it is selected.

} // namespace

CellView::CellView(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(this))
    , m_part(new QComboBox(this))
    , m_decoders(new DecoderBox(this))
    , m_format(new FormatBox(this))
    , m_wrap(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
    , m_editor(new TextEditor(this))
    , m_hex(new HexView(this))
    , m_bits(new BitmapView(this))
    , m_offset(new QLineEdit(this))
    , m_image(new ImageView(this))
    , m_state(new ValueState(this))
    , m_noteBar(new QWidget(this))
    , m_note(new QLabel(m_noteBar))
    , m_more(new QPushButton(m_noteBar))
{
    for (QWidget* page : {static_cast<QWidget*>(m_editor), static_cast<QWidget*>(m_hex), static_cast<QWidget*>(m_bits),
             static_cast<QWidget*>(m_image), static_cast<QWidget*>(m_state)}) {
        m_stack->addWidget(page);
    }
    fillNoteBar();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_noteBar);
    connect(m_state, &ValueState::buttonClicked, this, [this] { m_content->loadMore(); });
    connect(m_hex, &HexView::cursorMoved, this, &CellView::updateNote);
    connect(m_hex, &HexView::scrolled, this, &CellView::scrolled);
    connect(m_editor, &TextEditor::scrolled, this, &CellView::scrolled);
    connect(m_bits, &BitmapView::scrolled, this, &CellView::scrolled);
    connect(m_stack, &QStackedWidget::currentChanged, this, &CellView::scrolled);
    connect(m_hex, &HexView::insertWanted, this, &CellView::bytesInsertWanted);
    connect(m_bits, &BitmapView::cursorMoved, this, &CellView::updateNote);
    connect(m_bits, &BitmapView::toggleWanted, this, &CellView::toggleBit);
    connect(m_offset, &QLineEdit::returnPressed, this, &CellView::goToOffset);
    clear();
}

CellView::~CellView() = default;

QWidget* CellView::makeBar()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    m_title->setFont(keyFont());
    connect(m_format, &FormatBox::currentIndexChanged, this, &CellView::render);
    connect(m_decoders, &DecoderBox::choiceChanged, this, &CellView::render);
    connect(m_decoders, &DecoderBox::ruleWanted, this, &CellView::ruleWanted);
    connect(m_decoders, &DecoderBox::rulesWanted, this, &CellView::rulesWanted);
    m_wrap->setText(tr("Wrap"));
    m_wrap->setToolTip(tr("Break long lines at the window's edge"));
    m_wrap->setAccessibleName(tr("Wrap lines"));
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    m_wrap->setAutoRaise(true);
    connect(m_wrap, &QToolButton::toggled, m_editor, &TextEditor::setWrapping);
    makeCopyMenu();
    m_part->setAccessibleName(tr("Part"));
    m_part->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_part->setMinimumContentsLength(14);
    m_part->hide();
    connect(m_part, &QComboBox::currentIndexChanged, this, &CellView::partChosen);
    m_offset->setMaximumWidth(130);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_offset);
    layout->addWidget(m_part);
    layout->addWidget(m_decoders);
    layout->addWidget(m_format);
    layout->addWidget(m_wrap);
    layout->addWidget(m_copy);
    return bar;
}

void CellView::fillNoteBar()
{
    m_note->setAccessibleName(tr("Shown part"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(m_noteBar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_more);
    connect(m_more, &QPushButton::clicked, this, [this] {
        if (isBits()) {
            Q_EMIT bitCountWanted();
            return;
        }
        m_keepPlace = true;
        m_loadsWhole = canLoadWhole();
        m_content->loadMore();
    });
}

void CellView::show(std::unique_ptr<ByteContent> content, const QString& title, bool keepPlace)
{
    if (m_content) { // else what clear() has said stands
        m_notSaved.clear();
    }
    if (!keepPlace || title != m_title->text()) {
        forgetSaving();
    }
    if (!keepPlace) {
        m_hex->forgetChanges();
    }
    m_title->setText(title);
    const std::uint64_t hexPlace = keepPlace ? m_hex->cursor() : 0;
    const std::uint64_t bitPlace = keepPlace ? m_bits->cursor() : 0;
    showBytesOf(nullptr);
    m_setBits.reset();
    m_decoded.reset();
    m_shownDecoders = {};
    m_content = std::move(content);
    m_loadsWhole = false;
    showBytesOf(m_content.get());
    m_hex->goTo(hexPlace);
    m_bits->goTo(bitPlace);
    m_keepPlace = keepPlace;
    connectContent();
    setEnabled(true);
    const bool isShort = m_content->size().value_or(UINT64_MAX) <= loadedUnasked;
    if (m_content->isPlaceholder() && (isShort || !m_asksBeforeLoading || !m_saveTo.isEmpty())) {
        m_content->loadMore();
    }
    render();
}

void CellView::setParts(const QStringList& parts)
{
    const QSignalBlocker blocker(m_part);
    const QString chosen = m_part->currentText();
    m_part->clear();
    m_part->addItems(parts);
    m_part->setCurrentIndex(std::max(m_part->findText(chosen), 0));
    m_part->setVisible(!parts.isEmpty());
}

int CellView::part() const
{
    return std::max(m_part->currentIndex(), 0);
}

void CellView::connectContent()
{
    connect(m_content.get(), &ByteContent::grew, this, &CellView::render);
    connect(m_content.get(), &ByteContent::failed, this, &CellView::showError);
    connect(m_content.get(), &ByteContent::loadingChanged, this, &CellView::updateNote);
}

void CellView::clear()
{
    ++m_generation;
    m_hex->forgetChanges();
    m_notSaved.clear();
    forgetSaving();
    showBytesOf(nullptr);
    m_decoded.reset();
    m_content.reset();
    m_shownDecoders = {};
    m_notDecoded.clear();
    m_decoders->setGuess({});
    m_error.clear();
    m_title->setText(QString());
    m_state->say({}, {});
    m_stack->setCurrentWidget(m_state);
    m_more->hide();
    m_note->setText(m_notSaved);
    m_noteBar->setVisible(!m_notSaved.isEmpty());
    setEnabled(false);
}

FormatChoice CellView::format() const
{
    return m_format->choice();
}

void CellView::setFormat(FormatChoice choice)
{
    m_format->setChoice(choice);
}

const DecoderChoice& CellView::decoders() const
{
    return m_decoders->choice();
}

void CellView::setDecoders(const DecoderChoice& choice)
{
    m_decoders->setChoice(choice);
}

void CellView::forgetDecoders()
{
    const QSignalBlocker blocker(m_decoders);
    m_decoders->setChoice({});
}

void CellView::setRule(const std::optional<RuledDecoders>& rule)
{
    m_rule = rule;
}

void CellView::offerRules()
{
    m_decoders->offerRules();
}

DecoderChoice CellView::effectiveDecoders() const
{
    const bool isRuled = decoders().automatic && m_rule && m_rule->stack;
    return isRuled ? DecoderChoice{false, *m_rule->stack} : decoders();
}

std::shared_ptr<const std::string> CellView::decodedContent() const
{
    return m_decoded ? m_decoded->beginning() : nullptr;
}

QString CellView::note() const
{
    return m_noteBar->isHidden() ? QString() : m_note->text();
}

void CellView::render()
{
    ++m_generation;
    if (!m_content) {
        return;
    }
    m_error.clear();
    const std::shared_ptr<const std::string> bytes = m_content->beginning();
    const DecoderChoice through = isBits() ? DecoderChoice{false, {}} : effectiveDecoders();
    if (isBits() || decodesAtOnce(*bytes, through)) {
        take(decodeText(bytes, through, format(), m_content->textEnd()));
    } else {
        renderOnPool(bytes, m_content->textEnd());
    }
}

void CellView::renderOnPool(const std::shared_ptr<const std::string>& bytes, TextEnd end)
{
    const auto promise = std::make_shared<QPromise<DecodedText>>();
    whenReady(this, promise->future(), [this, generation = m_generation](const DecodedText& decoded) {
        if (generation == m_generation) {
            take(decoded);
        }
    });
    QThreadPool::globalInstance()->start([promise, bytes, end, through = effectiveDecoders(), choice = format()] {
        promise->start();
        promise->addResult(decodeText(bytes, through, choice, end));
        promise->finish();
    });
}

void CellView::take(const DecodedText& decoded)
{
    takeContent(decoded);
    const RenderedText& rendered = decoded.rendered;
    m_shown = rendered.format;
    m_rendered.guessed = rendered.guessed;
    m_rendered.json = rendered.json;
    m_rendered.jsonAt = rendered.jsonAt;
    m_rendered.text.brokenLines = rendered.text.brokenLines;
    if (m_shown != ValueFormat::Hex) {
        const auto language = m_shown == ValueFormat::Json ? TextEditor::Language::Json : TextEditor::Language::Plain;
        m_editor->setText(rendered.text, language, m_keepPlace ? TextEditor::Place::Keep : TextEditor::Place::Top);
    }
    m_keepPlace = false;
    if (isBits() && m_content->isWhole()) {
        countBits();
    }
    showBody();
    m_format->showGuess(m_rendered.guessed, !m_imageSize.isEmpty());
    updateNote();
    loadAllForDecoding();
    if (!m_saveTo.isEmpty() && !m_content->isPlaceholder()) {
        writeFile(std::exchange(m_saveTo, QString()));
    }
    Q_EMIT decodedAnew();
}

void CellView::takeContent(const DecodedText& decoded)
{
    if (decoded.content || m_decoded) {
        showBytesOf(nullptr);
        m_decoded = decoded.content ? std::make_unique<ByteContent>(decoded.content) : nullptr;
        showBytesOf(m_decoded ? m_decoded.get() : m_content.get());
    }
    m_shownDecoders = decoded.content ? decoded.stack : DecoderStack();
    m_needsAll = decoded.needsAll;
    m_notDecoded = decoded.failure ? decoded.failure->subject + QStringLiteral(": ") + decoded.failure->detail
        : decoded.needsAll         ? needsAllText(decoded)
                                   : QString();
    m_imageSize = decoded.image.isNull() ? QSize() : decoded.imageSize;
    m_image->setImage(decoded.image, decoded.imageSize);
    if (decoders().automatic) {
        m_decoders->setGuess(decoded.stack, m_rule && m_rule->stack ? m_rule->keys : QString());
    }
}

/// Compressed values and images are worth nothing in part: short ones are loaded as a whole, and those the user chose
/// decoders for, or wanted to see.
void CellView::loadAllForDecoding()
{
    const bool isWanted = m_loadsWhole || !decoders().automatic
        || m_content->size().value_or(UINT64_MAX) <= loadedUnasked || !m_asksBeforeLoading;
    if (canLoadWhole() && isWanted && m_error.isEmpty() && m_content->canLoadMore()) {
        m_content->loadMore();
    }
}

void CellView::showBody()
{
    m_wrap->setVisible(m_shown != ValueFormat::Hex && m_imageSize.isEmpty());
    if (m_content->isPlaceholder()) {
        const auto size = m_content->size();
        const QString text = size
            ? tr("This value is %1 long and was left out of its page.").arg(sizeText(ByteCount{*size}))
            : tr("This value is longer than %1.").arg(sizeText(largestWholeValue));
        m_state->say({}, text, tr("Load whole"));
        m_stack->setCurrentWidget(m_state);
    } else if (!m_imageSize.isEmpty()) {
        m_stack->setCurrentWidget(m_image);
    } else if (m_content->isWhole() && m_content->beginning()->empty()) {
        m_state->say({}, tr("This value is empty."));
        m_stack->setCurrentWidget(m_state);
    } else {
        m_stack->setCurrentWidget(m_shown != ValueFormat::Hex ? static_cast<QWidget*>(m_editor)
                : isBits()                                    ? static_cast<QWidget*>(m_bits)
                                                              : m_hex);
    }
    m_offset->setVisible(m_stack->currentWidget() == m_hex || m_stack->currentWidget() == m_bits);
    m_offset->setAccessibleName(isBits() ? tr("Go to bit") : tr("Go to byte"));
    m_offset->setPlaceholderText(m_offset->accessibleName());
    m_offset->setToolTip(tr("A number, or hex digits behind 0x"));
}

void CellView::showError(const Error& error)
{
    m_error = errorText(error);
    m_saveTo.clear();
    if (m_content->isPlaceholder()) {
        m_state->say(
            tr("This value can't be shown"), m_error, error.kind == ErrorKind::Limit ? QString() : tr("Try again"));
    }
    updateNote();
}

} // namespace keyglass::ui
