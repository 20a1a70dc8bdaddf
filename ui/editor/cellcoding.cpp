// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/cellcoding.h"

#include "core/edit/editcoding.h"
#include "ui/common/onpool.h"

#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::size_t decodedAtOnce = 1024; ///< Bytes: compressed ones may hold a thousand times as many.
constexpr std::size_t encodedAtOnce = 32ULL * 1024;

} // namespace

void CellCoding::decode(const DecoderStack& stack, std::string stored, const Take& take)
{
    const bool atOnce = stored.size() <= decodedAtOnce && !stack.isSlow();
    run(atOnce, [stack, bytes = std::move(stored)] { return decodedForEdit(stack, bytes); }, take);
}

void CellCoding::encode(const DecoderStack& stack, std::string content, std::string seen, const Take& take)
{
    const bool isShort = content.size() <= encodedAtOnce && seen.size() <= decodedAtOnce;
    const bool atOnce = stack.isEmpty() || (isShort && !stack.isSlow());
    run(
        atOnce,
        [stack, text = std::move(content), before = std::move(seen)] { return storedFromEdit(stack, text, before); },
        take);
}

void CellCoding::drop()
{
    ++m_generation;
    m_isBusy = false;
}

void CellCoding::run(bool atOnce, std::function<Result<std::string>()> work, const Take& take)
{
    drop();
    if (atOnce) {
        take(work());
        return;
    }
    m_isBusy = true;
    onPool<std::string>(
        this, std::move(work), [this, generation = m_generation, take](const Result<std::string>& bytes) {
            if (generation == m_generation) {
                m_isBusy = false;
                take(bytes);
            }
        });
}

} // namespace keyglass::ui
