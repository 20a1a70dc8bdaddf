// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/commandwords.h"
#include "core/transfer/commandpiece.h"
#include "core/transfer/gatheredparts.h"
#include "core/transfer/linesource.h"
#include "core/transfer/respcommands.h"

#include <utility>

namespace keyglass {

namespace {

/// What a file of commands and one of RESP have in common.
class CommandParts : public GatheredParts {
public:
    CommandParts()
        : GatheredParts(false)
    {
    }

protected:
    [[nodiscard]] Piece pieceOf(std::vector<std::string>&& words) const
    {
        auto key = keyOfCommand(words);
        auto part = pieceOfCommand(std::move(words));
        if (!part) {
            return {std::nullopt, part.error().detail, std::move(key)};
        }
        const bool isOpen = gatherer().openKey() == part->key;
        const bool isOther = part->type != KeyType::None && part->type != gatherer().openType();
        if (isOpen && isOther && !part->isFirst) {
            return {std::nullopt, TransferText::tr("The key is of another type by the commands before"), part->key};
        }
        part->isFirst = part->isFirst || !isOpen;
        if (part->isFirst && part->type == KeyType::None) {
            return {std::nullopt, TransferText::tr("No command before it has made the key"), part->key};
        }
        return {*std::move(part), {}, std::nullopt};
    }
};

class LineCommands final : public CommandParts {
public:
    explicit LineCommands(const QString& path)
        : m_lines(path)
    {
    }
    [[nodiscard]] Status begin() { return m_lines.open(); }
    [[nodiscard]] std::uint64_t line() const override { return m_lines.number(); }
    [[nodiscard]] bool mayBeCut() const override { return m_lines.endsWithin(); }

protected:
    [[nodiscard]] Result<std::optional<Piece>> nextPiece() override
    {
        auto line = m_lines.next();
        if (!line) {
            return std::move(line).error();
        }
        if (!*line) {
            return std::optional<Piece>();
        }
        auto words = splitCommandLine(**line);
        if (!words) {
            return std::optional(Piece{std::nullopt, words.error().detail, std::nullopt});
        }
        return std::optional(words->empty() ? Piece{} : pieceOf(*std::move(words)));
    }
    [[nodiscard]] QString subject() const override { return lineSubject(m_lines.path(), m_lines.number()); }

private:
    LineSource m_lines;
};

class RespParts final : public CommandParts {
public:
    explicit RespParts(const QString& path)
        : m_commands(path)
    {
    }
    [[nodiscard]] Status begin() { return m_commands.open(); }
    [[nodiscard]] std::uint64_t line() const override { return m_commands.number(); }
    [[nodiscard]] bool isBroken() const override { return m_isBroken; }

protected:
    [[nodiscard]] Result<std::optional<Piece>> nextPiece() override
    {
        auto words = m_commands.next();
        if (!words && words.error().kind == ErrorKind::Input) {
            m_isBroken = true;
            return std::optional(Piece{std::nullopt, words.error().detail, std::nullopt});
        }
        if (!words) {
            return std::move(words).error();
        }
        if (!*words) {
            return std::optional<Piece>();
        }
        return std::optional(pieceOf(**std::move(words)));
    }
    [[nodiscard]] QString subject() const override
    {
        return TransferText::tr("%1, command %2").arg(m_commands.path(), QString::number(m_commands.number()));
    }

private:
    RespCommands m_commands;
    bool m_isBroken = false;
};

template <typename Parts> Result<std::unique_ptr<PartReader>> opened(const QString& path)
{
    auto parts = std::make_unique<Parts>(path);
    if (Status begun = parts->begin(); !begun) {
        return std::move(begun).error();
    }
    return std::unique_ptr<PartReader>(std::move(parts));
}

} // namespace

Result<std::unique_ptr<PartReader>> openCommandParts(const QString& path)
{
    return opened<LineCommands>(path);
}

Result<std::unique_ptr<PartReader>> openRespParts(const QString& path)
{
    return opened<RespParts>(path);
}

} // namespace keyglass
