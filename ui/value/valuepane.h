// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"
#include "ui/value/valuesource.h"

#include <QDateTime>
#include <QTimer>
#include <QWidget>

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
class ElementsView;
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
    /// Shows nothing.
    void clear();
    [[nodiscard]] std::optional<std::string> key() const { return m_isOpen ? std::optional(m_key) : std::nullopt; }
    /// What is known of the shown key; nothing while that is not yet read or can't be.
    [[nodiscard]] const std::optional<ValueHead>& head() const { return m_head; }

    /// What is selected: its cells as they were read, and those of a list's neighbours where they are loaded. Nothing
    /// where no element is selected, or the value is a string.
    struct Selected {
        ValueRow cells;
        std::size_t cell = 0;     ///< The one that is shown in full.
        std::uint64_t number = 0; ///< Index of a list's element.
        std::optional<ValueRow> before;
        std::optional<ValueRow> after;
        std::optional<SeenExpiry> fieldEnd; ///< As ValueTableModel::fieldEnd().
        std::optional<Milliseconds> fieldLeft;
    };
    [[nodiscard]] std::optional<Selected> selected() const;

    /// The string that is shown, as it was read; null where it is none, or not all of it is there.
    [[nodiscard]] std::shared_ptr<const std::string> shownString() const;

    /// What edits the selected cell, in the place of its view while it is shown, and what stands below both. The pane
    /// owns them.
    void setEditor(QWidget* editor, QWidget* strip);
    void showEditor(bool shows);

    /// Another view of the whole value, in a tab beside that of its elements (`elementsTitle`); offered while it fits.
    /// The pane owns it.
    void addView(
        QWidget* view, const QString& elementsTitle, const QString& title, std::function<bool(const ValueHead&)> fits);

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
    /// The selected element was double-clicked, or Return was pressed on it.
    void elementActivated();
    /// The key is not there any more.
    void gone(const QByteArray& key);

private:
    void fillNotice();
    void loadHead();
    void takeHead(const Result<ValueHead>& head);
    void showHead(const ValueHead& head);
    void loadString();
    void takeString(const Result<ValuePage>& page);
    void elementsOpened();
    void showElement(const QModelIndex& index);
    void showEntryPart();
    void showCell(int row, std::size_t cell, const QString& title);
    void showLoading();
    void showContent();
    void offerViews();
    [[nodiscard]] QWidget* chosenView() const;
    void fail(const Error& error);
    void say(const QString& title, const QString& text, const QString& button = {});
    void notice(const QString& text);
    void applyNoticeColor();
    void expired();
    [[nodiscard]] QString elementTitle(int row) const;

    std::shared_ptr<ValueSource> m_source;
    std::string m_key;
    bool m_isOpen = false; ///< There is a key: the empty string is one too.
    std::optional<ValueHead> m_head;
    std::uint64_t m_generation = 0; ///< Of open() and reload(): late answers are dropped.
    bool m_keepPlace = false;
    QDateTime m_seenAt; ///< When the key was last seen to be there.
    ValueHeader* m_header;
    QWidget* m_notice;
    QLabel* m_noticeText;
    QStackedWidget* m_stack;
    ValueState* m_state;
    QSplitter* m_splitter;
    /// A view beside that of the elements.
    struct View {
        QWidget* widget;
        QString elementsTitle;
        QString title;
        std::function<bool(const ValueHead&)> fits;
    };
    std::vector<View> m_views;
    QTabBar* m_tabs; ///< The elements, and the views that fit; hidden where none does.
    ElementsView* m_elements;
    QStackedWidget* m_below; ///< The cell's view, or its editor.
    CellView* m_cell;
    int m_entryRow = -1;   ///< The stream's entry that is shown in full.
    QTimer m_loadingTimer; ///< A loading state is shown only where it lasts.
};

} // namespace keyglass::ui
