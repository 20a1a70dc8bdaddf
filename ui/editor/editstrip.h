// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace keyglass::ui {

class NoticeBar;

/// The line below a value that is only read: the way to edit it, or why there is none, and an unsaved edit of it that
/// was kept.
class EditStrip : public QWidget {
    Q_OBJECT

public:
    explicit EditStrip(QWidget* parent = nullptr);

    /// `why` empty: it can be edited. `offersStored`: what can't be edited is what decoders made of it, and the bytes
    /// below can be.
    void setReason(const QString& why, bool offersStored = false);
    [[nodiscard]] QString reason() const;
    void offerDraft(const QString& text, std::function<void()> restore, std::function<void()> discard);
    void noDraft();

Q_SIGNALS:
    void editWanted();
    void storedEditWanted();

private:
    NoticeBar* m_draft;
    QLabel* m_why;
    QPushButton* m_edit;
    QPushButton* m_editStored;
};

} // namespace keyglass::ui
