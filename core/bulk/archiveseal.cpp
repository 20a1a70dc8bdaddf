// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archiveseal.h"

#include <sodium.h>

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// Of what is sealed at once: a cut frame can be read up to the last whole piece.
constexpr std::size_t pieceBytes = 64U * 1024;
constexpr std::size_t sealedPieceBytes = pieceBytes + crypto_secretstream_xchacha20poly1305_ABYTES;
/// What we ask for, and the most that a file may ask for.
constexpr std::uint64_t ourPasses = 3;
constexpr std::uint64_t ourMemory = 64U * 1024 * 1024;
constexpr std::uint64_t mostPasses = 16;
constexpr std::uint64_t mostMemory = 1024U * 1024 * 1024;
constexpr std::size_t proofBytes = 16;
constexpr char kdfContext[crypto_kdf_CONTEXTBYTES + 1] = "KGUNDO01";
constexpr std::size_t masterBytes = crypto_kdf_KEYBYTES;

using Key = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES>;

QString tr(const char* text)
{
    return QCoreApplication::translate("UndoArchive", text);
}

Error sealError(ErrorKind kind, const QString& why)
{
    return {kind, tr("The passphrase of the archive"), why};
}

const unsigned char* bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytesOf(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

/// The key for the frames and, from the same secret, what proves the passphrase.
struct Derived {
    Derived() = default;
    Derived(const Derived&) = delete;
    Derived& operator=(const Derived&) = delete;
    ~Derived() { sodium_memzero(key.data(), key.size()); }

    Key key{};
    QByteArray proof;
};

Status derive(const SealTerms& terms, const QByteArray& passphrase, Derived& derived)
{
    static const bool isReady = sodium_init() >= 0;
    std::array<unsigned char, masterBytes> master{};
    const bool isMade = isReady
        && crypto_pwhash(master.data(), master.size(), passphrase.constData(),
               static_cast<unsigned long long>(passphrase.size()),
               reinterpret_cast<const unsigned char*>(terms.salt.constData()), terms.passes,
               static_cast<std::size_t>(terms.memory), crypto_pwhash_ALG_ARGON2ID13)
            == 0;
    if (!isMade) {
        return sealError(ErrorKind::Limit, tr("There is not enough memory to make a key of it."));
    }
    derived.proof.resize(static_cast<qsizetype>(proofBytes));
    crypto_kdf_derive_from_key(derived.key.data(), derived.key.size(), 1, kdfContext, master.data());
    crypto_kdf_derive_from_key(
        reinterpret_cast<unsigned char*>(derived.proof.data()), proofBytes, 2, kdfContext, master.data());
    sodium_memzero(master.data(), master.size());
    return ok();
}

} // namespace

/// The key, and the stream that is being opened.
class ArchiveSeal::State {
public:
    explicit State(const Key& key)
        : m_key(key)
    {
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { sodium_memzero(m_key.data(), m_key.size()); }
    [[nodiscard]] const Key& key() const { return m_key; }

    [[nodiscard]] std::string seal(std::string_view bytes, std::string_view place) const
    {
        crypto_secretstream_xchacha20poly1305_state stream;
        std::string out(static_cast<std::size_t>(sealedSize(bytes.size())), '\0');
        unsigned char* to = bytesOf(out);
        crypto_secretstream_xchacha20poly1305_init_push(&stream, to, m_key.data());
        to += crypto_secretstream_xchacha20poly1305_HEADERBYTES;
        for (;;) {
            const std::string_view piece = bytes.substr(0, pieceBytes);
            bytes.remove_prefix(piece.size());
            const unsigned char tag = bytes.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
            unsigned long long written = 0;
            crypto_secretstream_xchacha20poly1305_push(
                &stream, to, &written, bytesOf(piece), piece.size(), bytesOf(place), place.size(), tag);
            to += written;
            if (bytes.empty()) {
                break;
            }
        }
        sodium_memzero(&stream, sizeof stream);
        return out;
    }

    void begin(std::string_view place)
    {
        m_place = place;
        m_waiting.clear();
        m_isBegun = m_isOver = false;
    }

    /// What is given as one is held until a whole piece is there; the last one is shorter, and `bytes` is empty then.
    std::optional<std::string> open(std::string_view bytes)
    {
        const bool isEnd = bytes.empty();
        m_waiting.append(bytes);
        if (!m_isBegun) {
            if (m_waiting.size() < crypto_secretstream_xchacha20poly1305_HEADERBYTES) {
                return std::string();
            }
            m_isBegun = true;
            if (crypto_secretstream_xchacha20poly1305_init_pull(&m_stream, bytesOf(m_waiting), m_key.data()) != 0) {
                return std::nullopt;
            }
            m_waiting.erase(0, crypto_secretstream_xchacha20poly1305_HEADERBYTES);
        }
        std::string out;
        std::size_t at = 0;
        while (!m_isOver && (m_waiting.size() - at >= sealedPieceBytes || (isEnd && at < m_waiting.size()))) {
            const std::size_t size = std::min(sealedPieceBytes, m_waiting.size() - at);
            if (!openPiece(std::string_view(m_waiting).substr(at, size), out)) {
                return out.empty() ? std::nullopt : std::optional(out);
            }
            at += size;
        }
        m_waiting.erase(0, at);
        return out;
    }

private:
    bool openPiece(std::string_view piece, std::string& out)
    {
        constexpr std::size_t over = crypto_secretstream_xchacha20poly1305_ABYTES;
        if (piece.size() < over) {
            return false;
        }
        const std::size_t before = out.size();
        out.resize(before + piece.size() - over);
        unsigned char tag = 0;
        unsigned long long length = 0;
        const bool isGood = crypto_secretstream_xchacha20poly1305_pull(&m_stream, bytesOf(out) + before, &length, &tag,
                                bytesOf(piece), piece.size(), bytesOf(m_place), m_place.size())
            == 0;
        out.resize(isGood ? before + static_cast<std::size_t>(length) : before);
        m_isOver = isGood && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        return isGood;
    }

    Key m_key;
    crypto_secretstream_xchacha20poly1305_state m_stream{};
    std::string m_place;
    std::string m_waiting;
    bool m_isBegun = false;
    bool m_isOver = false;
};

Result<std::unique_ptr<ArchiveSeal>> ArchiveSeal::make(const QByteArray& passphrase)
{
    if (passphrase.isEmpty()) {
        return sealError(ErrorKind::Input, tr("It is empty."));
    }
    SealTerms terms{QByteArray(crypto_pwhash_SALTBYTES, '\0'), ourPasses, ourMemory, {}};
    if (sodium_init() >= 0) {
        randombytes_buf(terms.salt.data(), static_cast<std::size_t>(terms.salt.size()));
    }
    Derived derived;
    if (Status made = derive(terms, passphrase, derived); !made) {
        return std::move(made).error();
    }
    terms.proof = derived.proof;
    return std::unique_ptr<ArchiveSeal>(new ArchiveSeal(std::move(terms), std::make_unique<State>(derived.key)));
}

Result<std::unique_ptr<ArchiveSeal>> ArchiveSeal::open(const SealTerms& terms, const QByteArray& passphrase)
{
    const bool isOurs = terms.salt.size() == static_cast<qsizetype>(crypto_pwhash_SALTBYTES)
        && terms.passes >= crypto_pwhash_OPSLIMIT_MIN && terms.passes <= mostPasses
        && terms.memory >= crypto_pwhash_MEMLIMIT_MIN && terms.memory <= mostMemory;
    if (!isOurs) {
        return sealError(ErrorKind::Limit, tr("The archive is sealed in a way that is not ours."));
    }
    Derived derived;
    if (Status made = derive(terms, passphrase, derived); !made) {
        return std::move(made).error();
    }
    if (derived.proof.size() != terms.proof.size()
        || sodium_memcmp(derived.proof.constData(), terms.proof.constData(), proofBytes) != 0) {
        return sealError(ErrorKind::Input, tr("It is not the one that the archive was sealed with."));
    }
    return std::unique_ptr<ArchiveSeal>(new ArchiveSeal(terms, std::make_unique<State>(derived.key)));
}

ArchiveSeal::ArchiveSeal(SealTerms terms, std::unique_ptr<State> state)
    : m_terms(std::move(terms))
    , m_state(std::move(state))
{
}

ArchiveSeal::~ArchiveSeal() = default;

std::unique_ptr<ArchiveSeal> ArchiveSeal::another() const
{
    return std::unique_ptr<ArchiveSeal>(new ArchiveSeal(m_terms, std::make_unique<State>(m_state->key())));
}

std::uint64_t ArchiveSeal::sealedSize(std::uint64_t bytes)
{
    const std::uint64_t pieces = std::max<std::uint64_t>(1, (bytes + pieceBytes - 1) / pieceBytes);
    return crypto_secretstream_xchacha20poly1305_HEADERBYTES + bytes
        + pieces * crypto_secretstream_xchacha20poly1305_ABYTES;
}

std::string ArchiveSeal::sealed(std::string_view bytes, std::string_view place)
{
    return m_state->seal(bytes, place);
}

void ArchiveSeal::beginOpening(std::string_view place)
{
    m_state->begin(place);
}

std::optional<std::string> ArchiveSeal::opened(std::string_view bytes)
{
    return m_state->open(bytes);
}

} // namespace keyglass
