// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/worktasks.h"
#include "ui/common/noticebar.h"
#include "ui/value/valuesource.h"

#include <cstdint>
#include <memory>
#include <string>

namespace keyglass::ui {

/// Saves strings as a whole to files while they are looked at in part, one at a time, with its progress and the way to
/// end it in a line of its own. Ends with the pane it stands in.
class StringSaving : public NoticeBar {
    Q_OBJECT

public:
    explicit StringSaving(std::shared_ptr<ValueSource> source, QWidget* parent = nullptr);
    ~StringSaving() override;

    /// `size`: bytes, as far as that is known.
    void save(const std::string& key, const QString& path, std::uint64_t size);

private:
    void sayProgress(int thousandths);
    void finished(const Result<std::uint64_t>& bytes);

    std::shared_ptr<ValueSource> m_source;
    ResultWork<std::uint64_t> m_work;
    bool m_isRunning = false;
    QString m_name; ///< Of the key.
    QString m_path;
};

} // namespace keyglass::ui
