// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/hashspool.h"

#include <algorithm>

namespace keyglass {

HashSpool::HashSpool(const QString& folder, std::size_t held)
    : m_most(held)
    , m_file(folder)
{
}

Status HashSpool::append(std::span<const WideHash> hashes)
{
    if (!hashes.empty() && !m_held.empty() && m_held.size() + hashes.size() > m_most) {
        const auto* const bytes = reinterpret_cast<const char*>(m_held.data());
        if (Status written = m_file.append({bytes, m_held.size() * sizeof(WideHash)}); !written) {
            return written;
        }
        m_held.clear();
    }
    m_held.insert(m_held.end(), hashes.begin(), hashes.end());
    return ok();
}

Status HashSpool::forEach(const std::function<void(std::span<const WideHash>)>& use) const
{
    constexpr std::uint64_t readAtOnce = 16'384;
    std::vector<WideHash> part(static_cast<std::size_t>(std::min(m_file.size() / sizeof(WideHash), readAtOnce)));
    const std::span bytes(reinterpret_cast<char*>(part.data()), part.size() * sizeof(WideHash));
    for (std::uint64_t at = 0; at < m_file.size();) {
        const auto got = m_file.read(at, bytes);
        if (!got) {
            return got.error();
        }
        use(std::span(part).first(*got / sizeof(WideHash)));
        at += *got;
    }
    use(m_held);
    return ok();
}

} // namespace keyglass
