// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/decodedtext.h"
#include "ui/value/valuesource.h"

#include <QSize>
#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace keyglass::ui {

class BitmapView;
class ByteContent;
class DecoderBox;
class ElidedLabel;
class FormatBox;
class HexView;
class ImageView;
class TextEditor;
class ValueState;

/// One string or cell in full: as text, laid out as JSON, as hex or as an image, taken through decoders first, with
/// what it takes to see more of it, to copy and to save it.
///
/// The chosen format and decoders stay while the user goes from cell to cell. What is shown is what is copied.
class CellView : public QWidget {
    Q_OBJECT

public:
    explicit CellView(QWidget* parent = nullptr);
    ~CellView() override;

    /// Shows `content`; `title` names it ("prefs", "index 5"). With `keepPlace` the view stays scrolled where it is.
    void show(std::unique_ptr<ByteContent> content, const QString& title, bool keepPlace = false);
    void clear();
    /// Whether a long value waits for a click before all of it is read; it does from the start. The next one shown
    /// follows it.
    void setAsksBeforeLoading(bool asks) { m_asksBeforeLoading = asks; }

    /// Offers parts of the element to choose from beside its title; empty: it has none. The choice stays by name.
    void setParts(const QStringList& parts);
    /// Which part is chosen; 0 where there are none.
    [[nodiscard]] int part() const;

    [[nodiscard]] ByteContent* content() const { return m_content.get(); }
    [[nodiscard]] FormatChoice format() const;
    void setFormat(FormatChoice choice);
    [[nodiscard]] const DecoderChoice& decoders() const;
    void setDecoders(const DecoderChoice& choice);
    /// The choice is automatic again: for another key.
    void forgetDecoders();
    /// What a rule says about the value that is shown next; it is what automatic means then.
    void setRule(const std::optional<RuledDecoders>& rule);
    /// Offers to make rules, and to change them.
    void offerRules();
    void renderAgain() { render(); }
    /// The answer to bitCountWanted().
    void setBitCount(const Result<std::uint64_t>& count);
    /// What the value was taken through; empty: it is shown as it is stored.
    [[nodiscard]] const DecoderStack& shownDecoders() const { return m_shownDecoders; }
    /// What they made of it; null where it is shown as it is stored.
    [[nodiscard]] std::shared_ptr<const std::string> decodedContent() const;
    /// What the value is shown as: the choice, or the guess where the choice is automatic.
    [[nodiscard]] ValueFormat shownFormat() const { return m_shown; }
    /// The line below the value: how much of it is there, what is wrong with it.
    [[nodiscard]] QString note() const;

    void copyText() const;
    void copyHex() const;
    void copyEscaped() const;
    /// What is JSON as it is, all else as a string of JSON, {"base64": …} where it is no text.
    void copyJson() const;

    /// What of the value as it is stored is on screen: where it begins, and how many bytes. Of texts the beginning.
    [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> shownBytes() const;

Q_SIGNALS:
    void partChosen();
    /// Other bytes are on screen.
    void scrolled();
    /// The user wants these bytes in the place of `seen`, as they are stored, in a string that is shown as bits.
    void bytesChangeWanted(std::uint64_t offset, const QByteArray& seen, const QByteArray& bytes);
    /// The user wants bytes put in at `offset`, before the first of those that are there: `seen`.
    void bytesInsertWanted(std::uint64_t offset, const QByteArray& seen);
    /// The user wants all of a string in this file, of which only a part is loaded.
    void wholeSaveWanted(const QString& path);
    /// The user wants the set bits counted of a string that is not loaded as a whole.
    void bitCountWanted();
    /// Decoded anew, or not any more: shownDecoders() may be others.
    void decodedAnew();
    void ruleWanted();
    void rulesWanted();

private:
    [[nodiscard]] std::uint64_t firstTextByte() const;
    QWidget* makeBar();
    void fillNoteBar();
    void makeCopyMenu();
    void addCopyAction(const QString& text, void (CellView::*copy)() const);
    void connectContent();
    void render();
    void renderOnPool(const std::shared_ptr<const std::string>& bytes, TextEnd end);
    void take(const DecodedText& decoded);
    void takeContent(const DecodedText& decoded);
    void loadAllForDecoding();
    [[nodiscard]] bool canLoadWhole() const;
    [[nodiscard]] QString needsAllText(const DecodedText& decoded) const;
    /// The user's, else those of the rule.
    [[nodiscard]] DecoderChoice effectiveDecoders() const;
    [[nodiscard]] QString ruleNote() const;
    [[nodiscard]] const ByteContent* shown() const { return m_decoded ? m_decoded.get() : m_content.get(); }
    void showBytesOf(ByteContent* content);
    void goToOffset();
    void toggleBit(std::uint64_t bit, char seen);
    void countBits();
    [[nodiscard]] bool canCountBits() const;
    [[nodiscard]] bool isBits() const { return format() == FormatChoice::Bits; }
    [[nodiscard]] QString bitNote() const;
    void saveToFile();
    [[nodiscard]] bool canSave();
    void writeFile(const QString& path);
    void forgetSaving();
    void showBody();
    void showError(const Error& error);
    void updateNote();
    [[nodiscard]] QString sizeNote() const;
    [[nodiscard]] QString jsonNote() const;
    [[nodiscard]] QString decoderNote() const;
    [[nodiscard]] QString hexNote() const;

    std::unique_ptr<ByteContent> m_content;
    std::unique_ptr<ByteContent> m_decoded; ///< What the decoders made of it; null: it is shown as it is stored.
    ElidedLabel* m_title;
    QComboBox* m_part;
    DecoderBox* m_decoders;
    FormatBox* m_format;
    QToolButton* m_wrap;
    QToolButton* m_copy;
    QStackedWidget* m_stack;
    TextEditor* m_editor;
    HexView* m_hex;
    BitmapView* m_bits;
    QLineEdit* m_offset; ///< A byte, or a bit, to go to.
    std::optional<std::uint64_t> m_setBits;
    ImageView* m_image;
    ValueState* m_state;
    QWidget* m_noteBar;
    QLabel* m_note;
    QPushButton* m_more;
    RenderedText m_rendered; ///< The last one, without its text, which is the editor's.
    ValueFormat m_shown = ValueFormat::Text;
    DecoderStack m_shownDecoders;
    std::optional<RuledDecoders> m_rule;
    QString m_notDecoded; ///< Why it is shown as it is stored.
    bool m_needsAll = false;
    bool m_loadsWhole = false;      ///< The user wants to see what can only be shown as a whole.
    QSize m_imageSize;              ///< Empty: it is shown as no image.
    std::uint64_t m_generation = 0; ///< Of what is rendered: late results are dropped.
    bool m_keepPlace = false;
    bool m_asksBeforeLoading = true;
    QString m_error;
    QString m_saveTo;   ///< A file that waits for what is being loaded.
    QString m_notSaved; ///< That nothing was written into it.
};

} // namespace keyglass::ui
