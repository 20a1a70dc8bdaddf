// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/cellview.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/jsontext.h"
#include "core/value/formatters/hextext.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/value/bitmapview.h"
#include "ui/value/bytecontent.h"
#include "ui/value/decoderbox.h"
#include "ui/value/hexview.h"
#include "ui/value/imageview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuestate.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPromise>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <bit>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t loadedUnasked = 1024ULL * 1024; ///< A cell left out of its page is read when it is selected.

QString formatName(ValueFormat format)
{
    switch (format) {
    case ValueFormat::Text:
        return CellView::tr("Text");
    case ValueFormat::Json:
        return CellView::tr("JSON");
    case ValueFormat::Hex:
        break;
    }
    return CellView::tr("Hex");
}

TextEnd endOf(const ByteContent& content)
{
    return content.isWhole() ? TextEnd::Whole : TextEnd::MoreFollows;
}

void toClipboard(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

CellView::CellView(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(this))
    , m_part(new QComboBox(this))
    , m_decoders(new DecoderBox(this))
    , m_format(new QComboBox(this))
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
    connect(m_hex, &HexView::changeWanted, this, &CellView::bytesChangeWanted);
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
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("How the value is shown"));
    for (const FormatChoice choice :
        {FormatChoice::Automatic, FormatChoice::Text, FormatChoice::Json, FormatChoice::Hex, FormatChoice::Bits}) {
        m_format->addItem({}, static_cast<int>(choice));
    }
    updateFormatNames();
    m_format->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_format, &QComboBox::currentIndexChanged, this, &CellView::render);
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

void CellView::makeCopyMenu()
{
    m_copy->setAccessibleName(tr("Copy value"));
    m_copy->setToolTip(tr("Copy the value"));
    m_copy->setAutoRaise(true);
    m_copy->setPopupMode(QToolButton::InstantPopup);
    setIcon(m_copy, QStringLiteral("copy"));
    m_copy->setMenu(new QMenu(m_copy));
    addCopyAction(tr("Copy as text"), &CellView::copyText);
    addCopyAction(tr("Copy as hex"), &CellView::copyHex);
    addCopyAction(tr("Copy escaped"), &CellView::copyEscaped);
    addCopyAction(tr("Copy as JSON"), &CellView::copyJson);
    m_copy->menu()->addSeparator();
    const QAction* save = m_copy->menu()->addAction(tr("Save to a file…"));
    connect(save, &QAction::triggered, this, &CellView::saveToFile);
}

void CellView::addCopyAction(const QString& text, void (CellView::*copy)() const)
{
    connect(m_copy->menu()->addAction(text), &QAction::triggered, this, copy);
}

void CellView::fillNoteBar()
{
    m_note->setAccessibleName(tr("Shown part"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(m_noteBar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_more);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_keepPlace = true;
        m_content->loadMore();
    });
}

void CellView::show(std::unique_ptr<ByteContent> content, const QString& title, bool keepPlace)
{
    m_title->setText(title);
    const std::uint64_t hexPlace = keepPlace ? m_hex->cursor() : 0;
    const std::uint64_t bitPlace = keepPlace ? m_bits->cursor() : 0;
    showBytesOf(nullptr);
    m_setBits.reset();
    m_decoded.reset();
    m_shownDecoders = {};
    m_content = std::move(content);
    showBytesOf(m_content.get());
    m_hex->goTo(hexPlace);
    m_bits->goTo(bitPlace);
    m_keepPlace = keepPlace;
    connectContent();
    setEnabled(true);
    const bool isShort = m_content->size().value_or(UINT64_MAX) <= loadedUnasked;
    if (m_content->isPlaceholder() && (isShort || !m_asksBeforeLoading)) {
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
    m_noteBar->hide();
    setEnabled(false);
}

FormatChoice CellView::format() const
{
    return static_cast<FormatChoice>(m_format->currentData().toInt());
}

void CellView::setFormat(FormatChoice choice)
{
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(choice)));
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
        take(decodeText(bytes, through, format(), endOf(*m_content)));
    } else {
        renderOnPool(bytes, endOf(*m_content));
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
    updateFormatNames();
    updateNote();
    loadAllForDecoding();
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
        : decoded.needsAll         ? tr("%1 can be shown once all of it is loaded").arg(decoded.stack.title())
                                   : QString();
    m_imageSize = decoded.image.isNull() ? QSize() : decoded.imageSize;
    m_image->setImage(decoded.image, decoded.imageSize);
    if (decoders().automatic) {
        m_decoders->setGuess(decoded.stack, m_rule && m_rule->stack ? m_rule->keys : QString());
    }
}

/// Compressed values are worth nothing in part: short ones are loaded as a whole, and those the user chose decoders
/// for.
void CellView::loadAllForDecoding()
{
    const bool isWanted =
        !decoders().automatic || m_content->size().value_or(UINT64_MAX) <= loadedUnasked || !m_asksBeforeLoading;
    if (m_needsAll && isWanted && m_error.isEmpty() && m_content->canLoadMore()) {
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
    if (m_content->isPlaceholder()) {
        m_state->say(
            tr("This value can't be shown"), m_error, error.kind == ErrorKind::Limit ? QString() : tr("Try again"));
    }
    updateNote();
}

void CellView::updateNote()
{
    QStringList parts;
    for (const QString& part :
        {m_error, ruleNote(), decoderNote(), jsonNote(), isBits() ? bitNote() : hexNote(), sizeNote()}) {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    }
    const bool inPart = m_content && !m_content->isPlaceholder();
    const bool more = inPart && m_content->canLoadMore() && m_shown != ValueFormat::Hex;
    m_more->setText(m_content && m_content->isLoading() ? tr("Loading…")
            : m_error.isEmpty()                         ? tr("Load more")
                                                        : tr("Try again"));
    m_more->setEnabled(m_content && !m_content->isLoading());
    m_more->setVisible(more);
    m_note->setText(parts.join(QStringLiteral("  ·  ")));
    m_note->setToolTip(m_error);
    m_noteBar->setVisible(inPart && (more || !parts.isEmpty()));
}

QString CellView::sizeNote() const
{
    if (!m_content || m_content->isWhole() || m_shown == ValueFormat::Hex) {
        return m_rendered.text.brokenLines > 0 && m_shown != ValueFormat::Hex
            ? tr("very long lines are broken here; copies are not")
            : QString();
    }
    const QString first = sizeText(ByteCount{m_content->beginning()->size()});
    const auto size = m_content->size();
    const QString shown =
        size ? tr("first %1 of %2").arg(first, sizeText(ByteCount{*size})) : tr("first %1").arg(first);
    return m_content->canLoadMore() ? shown : tr("%1; Hex shows all of it").arg(shown);
}

/// What became of the decoders, or what the image is.
QString CellView::decoderNote() const
{
    if (!m_content || m_content->isPlaceholder()) {
        return {};
    }
    if (!m_notDecoded.isEmpty()) {
        return m_needsAll ? m_notDecoded : tr("shown as it is stored: %1").arg(m_notDecoded);
    }
    QStringList parts;
    if (m_decoded) {
        parts << tr("%1 stored, %2 decoded")
                     .arg(sizeText(ByteCount{m_content->beginning()->size()}),
                         sizeText(ByteCount{m_decoded->beginning()->size()}));
    }
    if (!m_imageSize.isEmpty()) {
        parts << tr("%1 × %2 pixels").arg(m_imageSize.width()).arg(m_imageSize.height());
    }
    return parts.join(QStringLiteral("  ·  "));
}

QString CellView::ruleNote() const
{
    return m_rule && !m_rule->stack && decoders().automatic
        ? tr("the rule for %1 can't be used: %2").arg(m_rule->keys, m_rule->stack.error().detail)
        : QString();
}

QString CellView::jsonNote() const
{
    if (!m_content || format() != FormatChoice::Json || m_shown != ValueFormat::Text) {
        return {};
    }
    switch (m_rendered.json) {
    case JsonText::Outcome::Cut:
        return tr("no JSON: it ends too early; shown as text");
    case JsonText::Outcome::Limit:
        return tr("JSON nested too deeply or too large to lay out; shown as text");
    default:
        return tr("no JSON from byte %1 on; shown as text").arg(numberText(m_rendered.jsonAt));
    }
}

QString CellView::hexNote() const
{
    if (!m_content || m_shown != ValueFormat::Hex || !m_imageSize.isEmpty()) {
        return {};
    }
    const auto size = shown()->size();
    const QString all = size ? sizeText(ByteCount{*size}) : QString();
    const QString pending = m_hex->hasChanges()
        ? tr("Return writes the changed bytes, Esc takes them back") + QStringLiteral("  ·  ")
        : QString();
    return pending
        + tr("byte %1 of %2").arg(numberText(m_hex->cursor()), size ? numberText(*size) : tr("an unknown number"))
        + (size && *size >= 1024 ? QStringLiteral(" (") + all + u')' : QString());
}

void CellView::showBytesOf(ByteContent* content)
{
    m_hex->setContent(content);
    m_hex->setOverwrites(content != nullptr && content == m_content.get() && content->isInPart());
    m_bits->setContent(content);
}

void CellView::goToOffset()
{
    const QString text = m_offset->text().trimmed();
    bool isNumber = false;
    const qulonglong offset = text.startsWith(u"0x", Qt::CaseInsensitive) ? text.mid(2).toULongLong(&isNumber, 16)
                                                                          : text.toULongLong(&isNumber);
    const auto size = m_content ? shown()->size() : std::nullopt;
    const std::uint64_t end = size.value_or(0) * (isBits() ? 8 : 1);
    m_error = !isNumber ? tr("%1 is no offset").arg(text)
        : offset < end  ? QString()
        : isBits()      ? tr("There is no bit %1: it has %2, from 0 on").arg(text, numberText(end))
                        : tr("There is no byte %1: it has %2, from 0 on").arg(text, numberText(end));
    if (m_error.isEmpty()) {
        isBits() ? m_bits->goTo(offset) : m_hex->goTo(offset);
        m_stack->currentWidget()->setFocus();
    }
    updateNote();
}

void CellView::toggleBit(std::uint64_t bit, char seen)
{
    if (m_content && m_content->isInPart()) {
        const char turned = static_cast<char>(seen ^ static_cast<char>(0x80U >> (bit % 8)));
        Q_EMIT bytesChangeWanted(bit / 8, QByteArray(1, seen), QByteArray(1, turned));
    } else {
        m_error = tr("Bits can be turned in strings only");
        updateNote();
    }
}

void CellView::countBits()
{
    std::uint64_t count = 0;
    for (const char byte : *m_content->beginning()) {
        count += static_cast<std::uint64_t>(std::popcount(static_cast<unsigned char>(byte)));
    }
    m_setBits = count;
}

QString CellView::bitNote() const
{
    if (!m_content || m_content->isPlaceholder() || m_bits->bitCount() == 0) {
        return {};
    }
    const std::uint64_t bit = m_bits->cursor();
    const auto isSet = m_bits->bitAt(bit);
    QStringList parts{tr("bit %1 of %2").arg(numberText(bit), numberText(m_bits->bitCount())),
        tr("byte %1").arg(numberText(bit / 8)),
        !isSet       ? tr("loading…")
            : *isSet ? tr("set")
                     : tr("not set")};
    if (m_setBits) {
        parts << tr("%1 bits are set").arg(numberText(*m_setBits));
    }
    return parts.join(QStringLiteral("  ·  "));
}

void CellView::updateFormatNames()
{
    const QSignalBlocker blocker(m_format);
    const QString guessed = m_imageSize.isEmpty() ? formatName(m_rendered.guessed) : tr("Image");
    m_format->setItemText(0, tr("Automatic: %1").arg(guessed));
    m_format->setItemText(1, formatName(ValueFormat::Text));
    m_format->setItemText(2, formatName(ValueFormat::Json));
    m_format->setItemText(3, formatName(ValueFormat::Hex));
    m_format->setItemText(4, tr("Bits"));
}

void CellView::copyText() const
{
    if (m_content) {
        const std::string& bytes = *shown()->beginning();
        const std::string text = isUtf8(bytes) ? bytes : editorText(bytes, endOf(*shown())).utf8;
        toClipboard(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
}

void CellView::copyHex() const
{
    if (m_content) {
        toClipboard(QString::fromStdString(hexDigits(*shown()->beginning())));
    }
}

void CellView::copyEscaped() const
{
    if (m_content) {
        toClipboard(QString::fromStdString(escapeLine(*shown()->beginning())));
    }
}

void CellView::copyJson() const
{
    if (m_content) {
        const std::string& bytes = *shown()->beginning();
        const bool isJson = m_rendered.guessed == ValueFormat::Json;
        toClipboard(QString::fromStdString(isJson ? bytes : jsonOf(bytes)));
    }
}

/// All of the value as it is shown: decoded where it is.
void CellView::saveToFile()
{
    if (!m_content) {
        return;
    }
    if (!shown()->isWhole()) {
        m_error = tr("Only what is loaded as a whole can be saved");
        updateNote();
        return;
    }
    auto* dialog = new QFileDialog(window(), tr("Save the value"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &CellView::writeFile);
    dialog->open();
}

void CellView::writeFile(const QString& path)
{
    if (!m_content) {
        return;
    }
    QSaveFile file(path);
    const std::string& bytes = *shown()->beginning();
    const auto size = static_cast<qint64>(bytes.size());
    const bool saved = file.open(QIODevice::WriteOnly) && file.write(bytes.data(), size) == size && file.commit();
    m_error = saved ? QString() : errorText(Error{ErrorKind::File, path, file.errorString()});
    updateNote();
}

} // namespace keyglass::ui
