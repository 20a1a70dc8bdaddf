// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/valuecopy.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

namespace keyglass {
class Session;
}

namespace keyglass::ui {

/// Reads all of a key page by page, up to largestCopy, for what wants it as a whole. Deletes itself once it has
/// answered.
class WholeValue : public QObject {
    Q_OBJECT

public:
    /// Shared, for it may be of very many rows: nobody copies them on the way to who makes a text of them.
    using Whole = std::shared_ptr<const CopiedValue>;
    using Take = std::function<void(const Result<Whole>& value)>;

    /// `key` as the session's list has it. Limit for what is larger or has gaps; else as Session::loadValuePage().
    /// Never answers if `owner` is gone by then.
    static void read(Session& session, std::string key, QObject* owner, const Take& take);

private:
    WholeValue(Session& session, std::string key, QObject* owner, Take take);

    void loadHead();
    void takeHead(const ValueHead& head);
    void loadInOne();
    void loadPage();
    void takePage(const ValuePage& page);
    /// Reads what the last page left out, one after the other.
    void loadLeftOut();
    void fail(const Error& error);
    void finish(const Result<Whole>& value);
    [[nodiscard]] bool isTooLarge() const { return m_size > largestCopy.value; }

    Session& m_session;
    std::string m_key;
    Take m_take;
    CopiedValue m_value;
    ValuePageRequest m_request;
    std::unordered_set<std::string> m_names; ///< Fields or members so far: a cursor may bring one twice.
    bool m_isComplete = false;
    std::uint64_t m_size = 0;
    std::pair<std::size_t, std::size_t> m_next{0, 0}; ///< Row and cell up to which all is whole.
};

} // namespace keyglass::ui
