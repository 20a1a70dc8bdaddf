// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile/profile.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace keyglass::ui {

class CheckedField;
class FileField;

/// The page of a connection's encryption.
class TlsPage : public QWidget {
    Q_OBJECT

public:
    enum class To { Server, Sentinels };

    explicit TlsPage(To to, QWidget* parent = nullptr);

    void setTls(const ProfileTls& tls);
    [[nodiscard]] ProfileTls tls() const;
    /// On or off, everything else as it stands.
    void setTlsEnabled(bool enabled);
    /// A unix socket has no TLS: the page says so and can't be changed.
    void setApplies(bool applies);

    bool showProblem(const ProfileProblem& problem);
    void clearProblems();

Q_SIGNALS:
    void changed();

private:
    void connectChanges();
    void enableFields();
    void changeEvent(QEvent* event) override;

    const To m_to;
    QCheckBox* m_enabled;
    QLabel* m_notHere;
    QWidget* m_fields;
    FileField* m_caFile;
    FileField* m_certificateFile;
    FileField* m_keyFile;
    QLineEdit* m_serverName;
    QCheckBox* m_verify;
    QLabel* m_warning;
    CheckedField* m_checkedCa;
    CheckedField* m_checkedCertificate;
    CheckedField* m_checkedKey;
    bool m_applies = true;
};

} // namespace keyglass::ui
