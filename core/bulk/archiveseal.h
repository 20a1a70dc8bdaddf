// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// What an archive's header says of its sealing. Nobody can open the archive by it.
struct SealTerms {
    QByteArray salt;
    std::uint64_t passes = 0; ///< Of Argon2id.
    std::uint64_t memory = 0; ///< Bytes that Argon2id takes.
    QByteArray proof;         ///< By which a wrong passphrase is told from a damaged file.

    friend bool operator==(const SealTerms&, const SealTerms&) = default;
};

/// Encrypts the frames of an archive, and opens them again: a key made of a passphrase by Argon2id, and for each frame
/// a stream of its own (XChaCha20-Poly1305, libsodium's secretstream), bound to the frame's place in the file. Belongs
/// to one thread at a time. The key is wiped when it goes.
class ArchiveSeal {
public:
    /// A new key for a new archive. Takes about 64 MB and some tenths of a second. Limit where there is not that much
    /// memory; Input for an empty passphrase.
    [[nodiscard]] static Result<std::unique_ptr<ArchiveSeal>> make(const QByteArray& passphrase);
    /// The key of an archive with these terms. Input for a wrong passphrase; Limit where the terms ask for more than
    /// ours ever do.
    [[nodiscard]] static Result<std::unique_ptr<ArchiveSeal>> open(
        const SealTerms& terms, const QByteArray& passphrase);
    ArchiveSeal(const ArchiveSeal&) = delete;
    ArchiveSeal& operator=(const ArchiveSeal&) = delete;
    ~ArchiveSeal();
    /// With the same key, for another thread, or another place in the file.
    [[nodiscard]] std::unique_ptr<ArchiveSeal> another() const;

    [[nodiscard]] const SealTerms& terms() const { return m_terms; }

    /// How many bytes so many become.
    [[nodiscard]] static std::uint64_t sealedSize(std::uint64_t bytes);
    /// `place`: what only this frame has.
    [[nodiscard]] std::string sealed(std::string_view bytes, std::string_view place);

    /// Opens one frame's bytes as they come. One at a time.
    void beginOpening(std::string_view place);
    /// As many as can be given at once: what is cut at the end is left out. Nothing where they were changed.
    [[nodiscard]] std::optional<std::string> opened(std::string_view bytes);

private:
    class State;
    ArchiveSeal(SealTerms terms, std::unique_ptr<State> state);

    const SealTerms m_terms;
    const std::unique_ptr<State> m_state;
};

} // namespace keyglass
