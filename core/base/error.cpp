// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace keyglass {

Error Error::about(const QString& what) &&
{
    if (!subject.isEmpty() && subject != what) {
        detail = detail.isEmpty() ? subject : subject + QStringLiteral(": ") + detail;
    }
    subject = what;
    return std::move(*this);
}

} // namespace keyglass
