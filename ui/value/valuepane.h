// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"
#include "core/value/valuesight.h"
#include "ui/value/selectedrows.h"
#include "ui/value/valuesource.h"

#include <QDateTime>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QModelIndex;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace keyglass::ui {

class CellView;
class DocumentView;
class ElementsView;
class ModuleValue;
class StringSaving;
class ValueHeader;
class ValueState;

/// One key's value: what is known of it, its elements as a table, and the selected one in full. Reading only.
///
/// Sizes come first, content in pages as the user looks at them, all of it from the source's futures: nothing here
/// blocks. An answer that comes after the user went on to another key is dropped.
class ValuePane : public QWidget {
    Q_OBJECT

public:
    explicit ValuePane(std::shared_ptr<ValueSource> source, QWidget* parent = nullptr);
    ~ValuePane() override;

    /// Shows a key from its beginning. What was shown stays for up to 300 ms, until the new one is there.
    void open(const std::string& key);
    /// Reads the shown key again; selection and scroll positions stay. What is shown stays until there is something
    /// newer.
    void reload();
    /// The shown key has another name now. Nothing is read: what is shown, and what is typed into it, stays for the
    /// next open() of that name.
    void renamed(const std::string& to);
    /// Shows nothing.
    void clear();
    [[nodiscard]] std::optional<std::string> key() const { return m_isOpen ? std::optional(m_key) : std::nullopt; }
    /// What is known of the shown key; nothing while that is not yet read or can't be.
    [[nodiscard]] const std::optional<ValueHead>& head() const { return m_head; }

    /// What is selected: its cells as they were read, and a list's or an array's neighbours where they are known. Of a
    /// JSON document: the path of the part, empty where it is not known, and its text. Nothing where no element is
    /// selected, or the value is a string.
    struct Selected {
        ValueRow cells;
        std::size_t cell = 0;     ///< The one that is shown in full.
        std::uint64_t number = 0; ///< Index of a list's element.
        SeenBytes before = SeenBytes::notLooked();
        SeenBytes after = SeenBytes::notLooked();
        std::optional<SeenExpiry> fieldEnd; ///< As ValueTableModel::fieldEnd().
        std::optional<Milliseconds> fieldLeft;
    };
    [[nodiscard]] std::optional<Selected> selected() const;

    /// All rows in which something is selected, for another thread to read. None of a string.
    [[nodiscard]] SelectedRows selectedRows() const;
    [[nodiscard]] std::size_t selectedCount() const;

    /// The string that is shown, as it was read; null where it is none, or not all of it is there.
    [[nodiscard]] std::shared_ptr<const std::string> shownString() const;

    /// Enough of what is on screen to see later whether it is still the same.
    [[nodiscard]] ValueSight sight() const;
    /// What was read of the value, up to about `mostBytes`; see ValuePage::rows. `first`: number of the first row.
    struct Content {
        std::vector<ValueRow> rows;
        std::uint64_t firstNumber = 0;
        bool isWhole = true;
    };
    [[nodiscard]] Content content(std::size_t mostBytes) const;
    /// What the user has seen of it: all that was read up to `mostRows`, else the rows on screen; of a string
    /// as content().
    struct Seen {
        std::vector<ValueRow> rows;
        std::vector<std::uint64_t> numbers;          ///< Of the rows, as ValuePage::numberOf().
        std::shared_ptr<const std::string> document; ///< All of it, instead of rows; null where that was not read.
    };
    [[nodiscard]] Seen seen(std::size_t mostRows, std::size_t mostBytes) const;
    /// When the value that is shown began to be read: what happened before that is in it.
    [[nodiscard]] std::chrono::system_clock::time_point readSince() const { return m_readSince; }
    /// Something is being read that has not come yet.
    [[nodiscard]] bool isReading() const { return m_isReading; }
    /// Stands in the header, beside the button that reloads.
    void addTool(QWidget* tool);
    /// One sentence over the value, with a button to reload; until it is read again.
    void notice(const QString& text);
    /// The key was found to be gone at this time; what was read of it stays.
    void keyIsGone(const QDateTime& since);
    /// Somebody has written it: from now on it is not gone since then.
    void keyIsBack();

    /// What edits the selected cell, in the place of its view while it is shown, and what stands below both. The pane
    /// owns them.
    void setEditor(QWidget* editor, QWidget* strip);
    void showEditor(bool shows);
    /// Below the cell's view or editor; the pane owns it.
    void addBelow(QWidget* strip);

    /// Another view of the whole value, in a tab beside that of its elements (`elementsTitle`); offered while it fits.
    /// The pane owns it.
    void addView(
        QWidget* view, const QString& elementsTitle, const QString& title, std::function<bool(const ValueHead&)> fits);
    /// The source's rules for decoding are others.
    void followRules();

    /// Whether a long element waits for a click before all of it is read.
    void setAsksBeforeLoading(bool asks);

    /// Splitter and format, to be given back to restoreState().
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);

protected:
    void changeEvent(QEvent* event) override;

Q_SIGNALS:
    /// A head was read, or the key was found to be gone: what a list beside this shows may be outdated.
    void headChanged();
    /// Another cell is shown in full, or the same as it was read again.
    void shownChanged();
    /// The beginning of the value is there, read for the first time or again.
    void contentRead();
    /// Other parts of the value are on screen.
    void sightChanged();
    /// The selected element was double-clicked, or Return was pressed on it.
    void elementActivated();
    /// The key is not there any more.
    void gone(const QByteArray& key);

private:
    [[nodiscard]] std::pair<int, int> rowsInSight() const;
    [[nodiscard]] ValueSight placeInSight() const;
    [[nodiscard]] ShownElements elementsIn(const ValueSight& sight) const;
    void fillNotice();
    void loadHead();
    void takeHead(const Result<ValueHead>& head);
    void showHead(const ValueHead& head);
    void loadString();
    void documentOpened();
    void documentRefused(const Error& error);
    void showPart();
    [[nodiscard]] std::optional<Selected> selectedPart() const;
    void showModuleValue();
    void takeString(const Result<ValuePage>& page);
    void elementsOpened();
    void showAbove(QWidget* view);
    void showElement(const QModelIndex& index);
    void showEntryPart();
    [[nodiscard]] std::optional<RuledDecoders> ruleFor(int row, std::size_t cell) const;
    void showCell(int row, std::size_t cell, const QString& title);
    void showLoading();
    void showContent();
    void offerViews();
    [[nodiscard]] QWidget* chosenView() const;
    void fail(const Error& error);
    void say(const QString& title, const QString& text, const QString& button = {});
    void countBits();
    void contentCame();
    void applyNoticeColor();
    void expired();
    void noteGone(const QDateTime& since);
    [[nodiscard]] QString elementTitle(int row) const;

    std::shared_ptr<ValueSource> m_source;
    std::string m_key;
    bool m_isOpen = false; ///< There is a key: the empty string is one too.
    std::optional<ValueHead> m_head;
    std::uint64_t m_generation = 0; ///< Of open() and reload(): late answers are dropped.
    bool m_keepPlace = false;
    bool m_isReading = false;
    std::chrono::system_clock::time_point m_readSince;
    QDateTime m_seenAt;    ///< When the key was last seen to be there.
    QDateTime m_goneSince; ///< When it was first found to be gone since then.
    ValueHeader* m_header;
    QWidget* m_notice;
    QLabel* m_noticeText;
    QStackedWidget* m_stack;
    ValueState* m_state;
    QSplitter* m_splitter;
    QByteArray m_division; ///< Of the splitter, as the user left it; empty: three to two.
    /// A view beside that of the elements.
    struct View {
        QWidget* widget;
        QString elementsTitle;
        QString title;
        std::function<bool(const ValueHead&)> fits;
    };
    std::vector<View> m_views;
    QTabBar* m_tabs;         ///< The elements, and the views that fit; hidden where none does.
    QStackedWidget* m_above; ///< What one of is shown in full: elements, or a document.
    ElementsView* m_elements;
    DocumentView* m_document;
    QStackedWidget* m_below; ///< The cell's view, or its editor.
    CellView* m_cell;
    ModuleValue* m_module;
    StringSaving* m_saving;
    int m_entryRow = -1;   ///< The stream's entry that is shown in full.
    QTimer m_loadingTimer; ///< A loading state is shown only where it lasts.
};

} // namespace keyglass::ui
