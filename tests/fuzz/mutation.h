// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace keyglass::test {

/// Makes inputs that nobody would think of out of ones that somebody did. The same seed makes the same inputs.
class Mutator {
public:
    /// `pieces`: what is of meaning to the parser under test, put in here and there.
    Mutator(quint32 seed, std::span<const std::string> starts, std::span<const std::string> pieces)
        : m_random(seed)
        , m_starts(starts)
        , m_pieces(pieces)
    {
    }

    [[nodiscard]] std::string next()
    {
        std::string text = m_starts[below(m_starts.size())];
        for (std::size_t changes = below(6); changes > 0; --changes) {
            change(text);
        }
        return text;
    }
    /// `bytes` with one change, or none.
    [[nodiscard]] std::string changed(std::string bytes)
    {
        change(bytes);
        return bytes;
    }

private:
    [[nodiscard]] std::size_t below(std::size_t limit) { return m_random.bounded(static_cast<quint32>(limit)); }

    void change(std::string& text)
    {
        const std::size_t at = below(text.size() + 1);
        switch (below(5)) {
        case 0:
            text.insert(at, m_pieces[below(m_pieces.size())]);
            break;
        case 1:
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
        case 2:
            text.erase(at, 1 + below(4));
            break;
        case 3:
            text.insert(at, text.substr(below(text.size() + 1), below(8)));
            break;
        default:
            if (at < text.size()) {
                text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            }
        }
    }

    QRandomGenerator m_random;
    std::span<const std::string> m_starts;
    std::span<const std::string> m_pieces;
};

/// A seed of its own for each run, printed; KEYGLASS_FUZZ_SEED repeats one.
[[nodiscard]] inline quint32 fuzzSeed()
{
    bool isGiven = false;
    const auto given = static_cast<quint32>(qEnvironmentVariableIntValue("KEYGLASS_FUZZ_SEED", &isGiven));
    const quint32 seed = isGiven ? given : QRandomGenerator::global()->bounded(0x7FFFFFFFU);
    qInfo("KEYGLASS_FUZZ_SEED=%u", seed);
    return seed;
}

/// Inputs per test: many in little time; KEYGLASS_FUZZ_ROUNDS asks for more.
[[nodiscard]] inline int fuzzRounds()
{
    const int given = qEnvironmentVariableIntValue("KEYGLASS_FUZZ_ROUNDS");
    return given > 0 ? given : 20'000;
}

} // namespace keyglass::test
