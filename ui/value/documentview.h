// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/valuesource.h"

#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QLineEdit;
class QTreeView;

namespace keyglass::ui {

class JsonTreeModel;

/// A JSON document of the server: a path to what of it is read, and that as a tree. What is chosen in it is for others
/// to show in full.
class DocumentView : public QWidget {
    Q_OBJECT

public:
    explicit DocumentView(std::shared_ptr<ValueSource> source, QWidget* parent = nullptr);

    /// Reads the document from its root, or once more what is shown of it: then what is open and chosen stays.
    enum class Place { Root, Keep };
    void open(const std::string& key, Place place);
    void clear();

    /// The part that is chosen.
    struct Part {
        std::string path; ///< Begins with `$`, and leads to it alone; empty where that is not known.
        std::string_view text;
        bool isObject = false;
        /// Of an array's element: its neighbours, where they are known. No text: there is none.
        std::optional<std::string_view> before{};
        std::optional<std::string_view> after{};
    };
    [[nodiscard]] std::optional<Part> part() const;
    /// All of the document; null where only a part of it was read.
    [[nodiscard]] std::shared_ptr<const std::string> document() const;

Q_SIGNALS:
    /// Read, for the first time or again.
    void opened();
    /// Another part is chosen.
    void partChanged();
    /// The path leads nowhere, or what it leads to is too large: another can be typed.
    void refused(const keyglass::Error& error);
    void failed(const keyglass::Error& error);
    /// Return or a double click on a part.
    void activated();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void load();
    void take(const Result<std::string>& text, const std::string& path);
    void fetchShown();
    void rememberPlace();
    void restorePlace();

    std::shared_ptr<ValueSource> m_source;
    std::string m_key;
    std::shared_ptr<const std::string> m_document;
    std::uint64_t m_generation = 0; ///< Late answers are dropped.
    QLineEdit* m_path;
    QTreeView* m_tree;
    JsonTreeModel* m_model;
    std::vector<std::string> m_opened; ///< The paths of rows that were open.
    std::string m_chosen;
    bool m_isFilling = false;
};

} // namespace keyglass::ui
