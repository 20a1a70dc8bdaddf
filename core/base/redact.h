// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keyglass {

/// `text` with what could be a secret taken out: the password of any `scheme://user:password@` and the arguments of
/// AUTH, `HELLO … AUTH`, `CONFIG SET requirepass|masterauth`, `ACL SETUSER`, `MIGRATE … AUTH`. For logs, titles and
/// error details.
[[nodiscard]] QString redacted(QString text);

} // namespace keyglass
