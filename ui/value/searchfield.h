// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/keydetails.h"

#include <QWidget>

#include <string>

class QActionGroup;
class QLineEdit;
class QToolButton;

namespace keyglass::ui {

/// What to look for inside a collection, and what it is taken for: a text that is found anywhere in a name or element,
/// as it was typed, or a glob. By itself only `*` and `?` make it a glob, so that "item[0]" finds item[0].
class SearchField : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Automatic, Text, Glob };

    explicit SearchField(QWidget* parent = nullptr);

    /// For another value.
    void setType(KeyType type);
    void setText(const QString& text);
    [[nodiscard]] QString text() const;
    void setKind(Kind kind);
    /// What is looked for, as a glob; empty: all.
    [[nodiscard]] std::string glob() const;

Q_SIGNALS:
    /// The text, or what it is taken for.
    void changed();
    void returnPressed();

private:
    void addKinds();
    void showKind();

    QLineEdit* m_edit;
    QToolButton* m_kindButton;
    QActionGroup* m_kinds;
    Kind m_kind = Kind::Automatic;
};

/// What a text that was typed finds: as a glob, escaped where it is none.
[[nodiscard]] std::string searchGlob(const QString& typed, SearchField::Kind kind);

} // namespace keyglass::ui
