// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/keydetails.h"
#include "ui/edit/editdialog.h"

#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace keyglass::ui {

class BytesField;
class ContentField;
class ExpiryField;
class FieldRows;

/// What a dialog about a key has to know of it: its name in the session's list, and how it was seen.
struct SeenKey {
    std::string key;
    std::string typeName; ///< The server's word; empty: not looked at.
    std::optional<SeenExpiry> expiry;
    std::optional<Milliseconds> ttl;
    std::optional<std::uint64_t> elements; ///< Bytes of a string.
    KeyType type = KeyType::None;
    std::optional<SeenContent> content{}; ///< Where the value is open.
};

/// A key gets another name; an existing one is overwritten only where the user says so.
class RenameDialog : public EditDialog {
    Q_OBJECT

public:
    RenameDialog(Session& session, SeenKey seen, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;

private:
    const SeenKey m_seen;
    const std::string m_name;
    BytesField* m_to;
    QCheckBox* m_overwrite;
};

/// When a key ends.
class ExpiryDialog : public EditDialog {
    Q_OBJECT

public:
    ExpiryDialog(Session& session, SeenKey seen, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;

private:
    SeenKey m_seen;
    ExpiryField* m_expiry;
    QLabel* m_now; ///< When it ends by what another has set.
};

/// A key goes. Asks once.
class DeleteDialog : public EditDialog {
    Q_OBJECT

public:
    DeleteDialog(Session& session, SeenKey seen, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;

private:
    SeenKey m_seen;
    QCheckBox* m_archives;
};

/// A new key of any type, with its first element.
class NewKeyDialog : public EditDialog {
    Q_OBJECT

public:
    /// `prefix`: what the name begins with, in the server's words. `database`: where it is made.
    NewKeyDialog(Session& session, const std::string& prefix, int database, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void showEvent(QShowEvent* event) override;
    [[nodiscard]] QJsonObject typed() const override;
    void retype(const QJsonObject& typed) override;

private:
    [[nodiscard]] Result<CreateKey> value() const;
    [[nodiscard]] Result<FieldValues> fields() const;
    void typeChosen();
    void chooseDump();
    void readDump(const QString& path);

    Session& m_session;
    const int m_database;
    BytesField* m_name;
    QComboBox* m_type;
    QLabel* m_firstLabel;
    BytesField* m_first; ///< Field, member.
    QLabel* m_scoreLabel;
    QLineEdit* m_score;
    QLabel* m_contentLabel;
    ContentField* m_content; ///< Value, element.
    FieldRows* m_more;       ///< Of a hash, and of a stream's first entry.
    QLabel* m_dumpLabel;
    QPushButton* m_dumpButton;                 ///< Says which file it is.
    std::optional<Result<std::string>> m_dump; ///< What is in the file; nothing while none is read.
    ExpiryField* m_expiry;
};

} // namespace keyglass::ui
