// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/keysonce.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <utility>

namespace keyglass {

namespace {

/// By then the share of a scan tells how many there will be, and a small filter still has room.
constexpr std::uint64_t guessAfter = 100'000;

/// Few bits that stand for many hashes: nearly every hash that is not among them is told by one look.
class Sieve {
public:
    void add(const WideHash& hash) { m_words[wordOf(hash)] |= bitOf(hash); }
    [[nodiscard]] bool mayHold(const WideHash& hash) const { return (m_words[wordOf(hash)] & bitOf(hash)) != 0; }

private:
    static constexpr unsigned wordBits = 16; // 512 KB, of the second level of a processor's cache
    static std::size_t wordOf(const WideHash& hash) { return hash[1] >> (64U - wordBits); }
    static std::uint64_t bitOf(const WideHash& hash) { return std::uint64_t{1} << (hash[1] & 63U); }

    std::vector<std::uint64_t> m_words = std::vector<std::uint64_t>(std::size_t{1} << wordBits);
};

} // namespace

KeysOnce::KeysOnce(const OnceLimits& limits, std::function<std::uint64_t()> expected)
    : m_limits(limits)
    , m_guess(std::move(expected))
    , m_passed(limits.folder, limits.heldHashes)
{
    static_assert(crypto_shorthash_siphashx24_BYTES == sizeof(WideHash));
    static_assert(crypto_shorthash_siphashx24_KEYBYTES == sizeof m_secret);
    std::random_device device;
    std::ranges::generate(m_secret, [&device] { return static_cast<unsigned char>(device()); });
}

WideHash KeysOnce::hashOf(std::string_view key) const
{
    std::array<unsigned char, sizeof(WideHash)> bytes{};
    crypto_shorthash_siphashx24(
        bytes.data(), reinterpret_cast<const unsigned char*>(key.data()), key.size(), m_secret.data());
    WideHash hash;
    std::memcpy(hash.data(), bytes.data(), bytes.size());
    return hash;
}

void KeysOnce::guessSize(std::size_t coming)
{
    const std::uint64_t before = m_given.fetch_add(coming);
    if (!m_guess || before > guessAfter || before + coming <= guessAfter) {
        return;
    }
    const std::uint64_t expected = m_guess(); // without the lock: it asks somebody else
    const std::lock_guard lock(m_mutex);
    m_filter.expect(expected);
}

Result<KeyBatch> KeysOnce::fresh(KeyBatch&& keys)
{
    std::vector<WideHash> hashes;
    std::vector<std::uint64_t> seen;
    hashes.reserve(keys.size());
    seen.reserve(keys.size());
    const std::uint64_t filtered = ~std::uint64_t{0} >> (64U - m_limits.filterBits);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        hashes.push_back(hashOf(keys[at]));
        seen.push_back(hashes.back()[0] & filtered);
    }
    guessSize(keys.size());

    const std::lock_guard lock(m_mutex);
    std::vector<std::size_t> suspects;
    m_filter.insert(seen, [&suspects](std::size_t at) { suspects.push_back(at); });
    std::vector<WideHash> passing;
    const bool allPass = suspects.empty();
    KeyBatch found;
    for (std::size_t at = 0, suspect = 0; !allPass && at < keys.size(); ++at) {
        if (suspect < suspects.size() && suspects[suspect] == at) {
            ++suspect;
        } else {
            found.append(keys[at]);
            passing.push_back(hashes[at]);
        }
    }
    if (!m_failure) {
        if (Status kept = m_passed.append(allPass ? hashes : passing); !kept) {
            m_failure = std::move(kept).error();
        }
    }
    if (m_failure) {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            setAside(keys[at], hashes[at]);
        }
        return *m_failure;
    }
    if (allPass) {
        return std::move(keys);
    }
    for (const std::size_t at : suspects) {
        setAside(keys[at], hashes[at]);
    }
    if (!hasRoomAside()) {
        settle(found);
    }
    return found;
}

void KeysOnce::setAside(std::string_view key, const WideHash& hash)
{
    m_aside.append(key);
    m_asideHashes.push_back(hash);
}

/// Each look at the file costs time by its size, so that there are fewer of them as it grows.
bool KeysOnce::hasRoomAside() const
{
    const std::size_t taken = m_aside.byteCount() + m_asideHashes.size() * sizeof(WideHash);
    return taken < m_limits.asideBytes + m_passed.size() * sizeof(WideHash) / 32;
}

/// Which of the keys set aside came before, in the file or among themselves. Nothing where the file can't be read.
std::optional<std::vector<bool>> KeysOnce::findRepeats()
{
    std::vector<std::uint32_t> sorted(m_asideHashes.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    const auto hashAt = [this](std::uint32_t at) -> const WideHash& { return m_asideHashes[at]; };
    std::ranges::stable_sort(sorted, {}, hashAt);
    std::vector<bool> isRepeat(sorted.size());
    Sieve sieve;
    for (std::size_t place = 0; place < sorted.size(); ++place) {
        sieve.add(hashAt(sorted[place]));
        isRepeat[sorted[place]] = place > 0 && hashAt(sorted[place]) == hashAt(sorted[place - 1]);
    }
    const Status read = m_passed.forEach([&](std::span<const WideHash> passed) {
        for (const WideHash& hash : passed) {
            if (!sieve.mayHold(hash)) {
                continue;
            }
            const auto first = std::ranges::lower_bound(sorted, hash, {}, hashAt);
            if (first != sorted.end() && hashAt(*first) == hash) {
                isRepeat[*first] = true;
            }
        }
    });
    if (!read) {
        m_failure = m_failure.value_or(read.error());
        return std::nullopt;
    }
    return isRepeat;
}

/// Tells the keys set aside apart: those that are new go to `found`, unless that can't be kept.
void KeysOnce::settle(KeyBatch& found)
{
    const auto isRepeat = findRepeats();
    if (!isRepeat) {
        return;
    }
    KeyBatch others;
    std::vector<WideHash> hashes;
    for (std::size_t at = 0; at < m_aside.size(); ++at) {
        if (!(*isRepeat)[at]) {
            others.append(m_aside[at]);
            hashes.push_back(m_asideHashes[at]);
        }
    }
    m_repeats += m_aside.size() - others.size();
    m_aside = std::move(others);
    m_asideHashes = std::move(hashes);
    if (m_failure) {
        return;
    }
    if (Status kept = m_passed.append(m_asideHashes); !kept) {
        m_failure = std::move(kept).error();
        return;
    }
    found.append(std::exchange(m_aside, {}));
    m_asideHashes.clear();
}

KeyBatch KeysOnce::rest()
{
    const std::lock_guard lock(m_mutex);
    KeyBatch found;
    settle(found);
    found.append(std::exchange(m_aside, {})); // after a failure
    m_asideHashes.clear();
    return found;
}

std::optional<Error> KeysOnce::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

std::uint64_t KeysOnce::repeats() const
{
    const std::lock_guard lock(m_mutex);
    return m_repeats;
}

} // namespace keyglass
