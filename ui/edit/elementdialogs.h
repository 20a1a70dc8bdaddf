// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"
#include "ui/edit/editdialog.h"
#include "ui/edit/keydialogs.h"

#include <optional>
#include <string>

class QCheckBox;
class QComboBox;
class QLabel;

namespace keyglass::ui {

class ContentField;
class FieldRows;

/// What is selected of a value, as it was seen: what an edit of it starts from. Cells are whole; where something is to
/// be deleted, long values of hashes and streams may be placeholders.
struct SeenElement {
    SeenKey key;
    ValueRow cells;                            ///< As in ValueRow; of a string, all of it. Empty: nothing is selected.
    std::uint64_t number = 0;                  ///< Of a list's element, its index.
    SeenBytes before = SeenBytes::notLooked(); ///< A list's neighbours, where they are loaded.
    SeenBytes after = SeenBytes::notLooked();
    std::optional<SeenExpiry> fieldEnd; ///< When a hash's field is to end, by the server's clock; nothing: not known.
    std::optional<Milliseconds> fieldLeft;
};

/// Asks for a new element of a value. Where there is one of its name already, that is shown, and overwritten only where
/// the user says so.
class AddElementDialog : public EditDialog {
    Q_OBJECT

public:
    /// Not to a string.
    AddElementDialog(Session& session, SeenElement seen, QWidget* parent);

    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;
    [[nodiscard]] QJsonObject typed() const override;
    void retype(const QJsonObject& typed) override;

private:
    void addName();
    void addScore();
    void addContent(const QString& label);
    void addPlaces();
    void addEntryParts();
    [[nodiscard]] Result<EditAction> entry(std::string content) const;
    [[nodiscard]] Result<EditAction> action() const;
    [[nodiscard]] SeenListPlace place() const;
    void forgetConflict();

    const SeenElement m_seen;
    BytesField* m_name = nullptr;
    QLineEdit* m_score = nullptr;
    ContentField* m_content = nullptr;
    QComboBox* m_where = nullptr;
    FieldRows* m_more = nullptr;
    QLineEdit* m_id = nullptr;
    QLabel* m_now;
    QCheckBox* m_overwrite;
    std::optional<KeyNow> m_conflict; ///< What is there already.
};

/// An element goes. Asks once.
class DeleteElementDialog : public EditDialog {
    Q_OBJECT

public:
    DeleteElementDialog(Session& session, SeenElement seen, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;

private:
    [[nodiscard]] Result<KeyEdit> asSeen() const;

    const SeenElement m_seen;
    QLabel* m_now; ///< What another has put there.
    QCheckBox* m_anyway;
    std::optional<KeyNow> m_conflict;
};

} // namespace keyglass::ui
