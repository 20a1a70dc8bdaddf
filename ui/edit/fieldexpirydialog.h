// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/elementdialogs.h"

namespace keyglass::ui {

class ExpiryField;

/// When a field of a hash ends by itself.
class FieldExpiryDialog : public EditDialog {
    Q_OBJECT

public:
    /// `seen`: a selected field.
    FieldExpiryDialog(Session& session, SeenElement seen, QWidget* parent);
    [[nodiscard]] Result<KeyEdit> edit() const override;

protected:
    void refused(const EditOutcome& outcome) override;

private:
    SeenElement m_seen;
    ExpiryField* m_expiry;
    QLabel* m_now; ///< When it ends by what another has set.
};

} // namespace keyglass::ui
