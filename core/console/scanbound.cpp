// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/scanbound.h"

#include "core/base/bytes.h"
#include "core/console/consoletext.h"
#include "core/source/commandtable.h"

#include <utility>

namespace keyglass {

namespace {

/// Options of a scan, one after the other, in any order.
class OptionReader {
public:
    OptionReader(const std::vector<std::string>& words, std::size_t from)
        : m_words(words)
        , m_at(from)
    {
    }

    Status readAll()
    {
        while (m_at < m_words.size()) {
            if (Status read = one(); !read) {
                return read;
            }
        }
        return ok();
    }

    std::vector<std::string> forServer;
    std::optional<std::string> operation;
    OperationTemplate::Mode mode = OperationTemplate::Mode::ForEach;
    std::optional<std::string> delimiter;
    bool withReplies = false;
    bool namesOnly = false; ///< HSCAN … NOVALUES

private:
    Status one()
    {
        const std::string name = lowerAscii(m_words[m_at]);
        if (name == "forall" || name == "foreach") {
            mode = name == "forall" ? OperationTemplate::Mode::ForAll : OperationTemplate::Mode::ForEach;
            return operation ? twice() : value(operation);
        }
        if (name == "delim") {
            return delimiter ? twice() : value(delimiter);
        }
        if (name == "withreplies") {
            ++m_at;
            return std::exchange(withReplies, true) ? twice() : ok();
        }
        namesOnly = namesOnly || name == "novalues";
        const bool takesValue = name == "match" || name == "count" || name == "type";
        for (std::size_t left = takesValue ? 2 : 1; left > 0 && m_at < m_words.size(); --left) {
            forServer.push_back(m_words[m_at++]);
        }
        return ok();
    }

    Status value(std::optional<std::string>& into)
    {
        if (m_at + 1 == m_words.size()) {
            return consoleInput(displayText(m_words[m_at]).toUpper(), ConsoleText::tr("Something has to follow it."));
        }
        into = m_words[m_at + 1];
        m_at += 2;
        return ok();
    }
    Status twice()
    {
        return consoleInput(ConsoleText::tr("The scan"),
            ConsoleText::tr(
                "FORALL, FOREACH, DELIM and WITHREPLIES stand once at most, and only one of the first two."));
    }

    const std::vector<std::string>& m_words;
    std::size_t m_at;
};

} // namespace

std::optional<std::string> ScanBound::key() const
{
    return cursorAt == 2 ? std::optional(scan[1]) : std::nullopt;
}

Command ScanBound::scanCommand(const std::string& cursor) const
{
    Command command;
    for (std::size_t at = 0; at < scan.size(); ++at) {
        command.add(std::string_view(at == cursorAt ? cursor : scan[at]));
    }
    return command;
}

Result<std::optional<ScanBound>> ScanBound::parse(const std::vector<std::string>& words, const CommandTable& table)
{
    if (words.empty() || !isScanName(words.front())) {
        return std::optional<ScanBound>();
    }
    const std::string name = lowerAscii(words.front());
    ScanBound bound;
    bound.cursorAt = name == "scan" ? 1 : 2;
    if (words.size() <= bound.cursorAt) {
        return std::optional<ScanBound>();
    }
    OptionReader options(words, bound.cursorAt + 1);
    if (Status read = options.readAll(); !read) {
        return std::move(read).error();
    }
    bound.scan.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(bound.cursorAt) + 1);
    bound.scan.insert(bound.scan.end(), options.forServer.begin(), options.forServer.end());
    bound.stride = name == "zscan" || (name == "hscan" && !options.namesOnly) ? 2 : 1;
    bound.withReplies = options.withReplies;
    if (!options.operation) {
        return !options.withReplies && !options.delimiter
            ? Result(std::optional(std::move(bound)))
            : Result<std::optional<ScanBound>>(consoleInput(ConsoleText::tr("The scan"),
                  ConsoleText::tr("WITHREPLIES and DELIM go with FORALL or FOREACH 'operation'.")));
    }
    auto operation = OperationTemplate::parse(*options.operation, options.mode, options.delimiter, table);
    if (!operation) {
        return std::move(operation).error();
    }
    bound.operation = *std::move(operation);
    return std::optional(std::move(bound));
}

} // namespace keyglass
