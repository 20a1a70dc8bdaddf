// SPDX-License-Identifier: GPL-3.0-or-later
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/index/keyregex.h"

#include "core/base/bytes.h"
#include "core/base/clock.h"

#include <pcre2.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

// How a pattern that would take for ever is kept from it. A common key is matched with PCRE2's limit on steps: at most
// a million, some milliseconds. That limit does not count the bytes a step runs over, so for a long key it bounds
// nothing (`a.*b` over ten million a's is 10^14 bytes in 10^7 steps). Those keys are matched by a second form of the
// pattern that calls back before each of its items: there the clock and the stop are looked at. It is several times
// slower, and long keys are rare.

namespace keyglass {

namespace {

constexpr std::size_t longKey = 512;          // bytes
constexpr std::uint32_t mostSteps = 1000000;  // for a key up to that length
constexpr std::uint32_t mostHeap = 64 * 1024; // KiB; used where PCRE2 interprets because it can't compile
constexpr std::size_t firstJitStack = 32 * 1024;
constexpr std::size_t mostJitStack = 8 * 1024 * 1024;
constexpr Milliseconds longKeyTime{1000};
constexpr std::size_t shownOfKey = 80; // bytes of a long key in an error

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyRegex", text);
}

/// Frees what PCRE2 made; one deleter for all its types.
struct Free {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
    void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
};
template <typename T> using Owned = std::unique_ptr<T, Free>;

QString pcreMessage(int code)
{
    std::array<PCRE2_UCHAR, 256> text{};
    const int length = pcre2_get_error_message(code, text.data(), text.size());
    return QString::fromUtf8(reinterpret_cast<const char*>(text.data()), std::max(length, 0));
}

/// PCRE2 counts bytes; people count characters.
qsizetype characterAt(const std::string& pattern, std::size_t offset)
{
    return QString::fromUtf8(pattern.data(), static_cast<qsizetype>(std::min(offset, pattern.size()))).size();
}

std::uint32_t compileOptions(const std::string& pattern, bool caseSensitive)
{
    std::uint32_t options = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY;
    if (!caseSensitive) {
        options |= PCRE2_CASELESS;
    }
    if (isUtf8(pattern)) {
        options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    } else {
        options |= PCRE2_NEVER_UTF;
    }
    return options;
}

Result<Owned<pcre2_code>> compiled(const std::string& pattern, std::uint32_t options)
{
    int failure = 0;
    PCRE2_SIZE offset = 0;
    Owned<pcre2_code> code(pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options, &failure, &offset, nullptr));
    if (!code) {
        return Error{ErrorKind::Input, tr("The regular expression"),
            tr("%1 (at position %2)").arg(pcreMessage(failure)).arg(characterAt(pattern, offset))};
    }
    // Where the system forbids making code at run time this fails, and PCRE2 interprets the pattern: same answers,
    // slower.
    pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
    return code;
}

Error stepsExceeded(std::string_view key)
{
    const QString shown = displayText(key.substr(0, shownOfKey));
    return {ErrorKind::Limit, tr("The regular expression"),
        tr("It takes too many steps for the key %1.").arg(key.size() > shownOfKey ? shown + u'…' : shown)};
}

} // namespace

class KeyRegex::Program {
public:
    Owned<pcre2_code> quick;   // for common keys
    Owned<pcre2_code> watched; // for long ones: calls back before each item
};

KeyRegex::KeyRegex(std::shared_ptr<const Program> program)
    : m_program(std::move(program))
{
}

Result<KeyRegex> KeyRegex::compile(const std::string& pattern, bool caseSensitive)
{
    const std::uint32_t options = compileOptions(pattern, caseSensitive);
    auto quick = compiled(pattern, options);
    if (!quick) {
        return std::move(quick).error();
    }
    auto watched = compiled(pattern, options | PCRE2_AUTO_CALLOUT);
    if (!watched) {
        return std::move(watched).error();
    }
    auto program = std::make_shared<Program>();
    program->quick = std::move(quick).value();
    program->watched = std::move(watched).value();
    return KeyRegex(std::move(program));
}

class KeyRegex::Matcher::Private {
public:
    explicit Private(std::shared_ptr<const Program> regex);

    Result<bool> matches(const pcre2_code* code, pcre2_match_context* context, std::string_view key);

    std::shared_ptr<const Program> program;
    Owned<pcre2_match_context> quick;
    Owned<pcre2_match_context> watched;
    Owned<pcre2_match_data> data;
    Owned<pcre2_jit_stack> stack;
    // What a long key's match is watched by.
    std::stop_token stop;
    Deadline deadline{Milliseconds{0}};

private:
    static Owned<pcre2_match_context> makeContext(pcre2_jit_stack* stack);
    static int look(pcre2_callout_block* block, void* self);
    Error failure(int code, std::string_view key) const;
};

KeyRegex::Matcher::Private::Private(std::shared_ptr<const Program> regex)
    : program(std::move(regex))
    , data(pcre2_match_data_create(1, nullptr))
    , stack(pcre2_jit_stack_create(firstJitStack, mostJitStack, nullptr))
{
    if (!data || !stack) {
        throw std::bad_alloc();
    }
    quick = makeContext(stack.get());
    pcre2_set_match_limit(quick.get(), mostSteps);
    watched = makeContext(stack.get());
    pcre2_set_match_limit(watched.get(), std::numeric_limits<std::uint32_t>::max());
    pcre2_set_callout(watched.get(), &Private::look, this);
}

Owned<pcre2_match_context> KeyRegex::Matcher::Private::makeContext(pcre2_jit_stack* stack)
{
    Owned<pcre2_match_context> context(pcre2_match_context_create(nullptr));
    if (!context) {
        throw std::bad_alloc();
    }
    pcre2_set_heap_limit(context.get(), mostHeap);
    pcre2_jit_stack_assign(context.get(), nullptr, stack);
    return context;
}

int KeyRegex::Matcher::Private::look(pcre2_callout_block*, void* self)
{
    const auto* matcher = static_cast<const Private*>(self);
    if (matcher->stop.stop_requested()) {
        return PCRE2_ERROR_CALLOUT;
    }
    return matcher->deadline.hasPassed() ? PCRE2_ERROR_MATCHLIMIT : 0;
}

Result<bool> KeyRegex::Matcher::Private::matches(
    const pcre2_code* code, pcre2_match_context* context, std::string_view key)
{
    const int outcome =
        pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(key.data()), key.size(), 0, 0, data.get(), context);
    if (outcome >= 0) { // 0: more groups than `data` has room for, and a match
        return true;
    }
    if (outcome == PCRE2_ERROR_NOMATCH) {
        return false;
    }
    return failure(outcome, key);
}

Error KeyRegex::Matcher::Private::failure(int code, std::string_view key) const
{
    switch (code) {
    case PCRE2_ERROR_CALLOUT:
        return {ErrorKind::Cancelled, tr("The regular expression"), {}};
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
    case PCRE2_ERROR_NOMEMORY:
        return stepsExceeded(key);
    default: // such as a pattern that calls itself without end
        return {ErrorKind::Input, tr("The regular expression"), pcreMessage(code)};
    }
}

KeyRegex::Matcher::Matcher(const KeyRegex& regex)
    : m_d(std::make_unique<Private>(regex.m_program))
{
}

KeyRegex::Matcher::Matcher(Matcher&&) noexcept = default;
KeyRegex::Matcher& KeyRegex::Matcher::operator=(Matcher&&) noexcept = default;
KeyRegex::Matcher::~Matcher() = default;

Result<bool> KeyRegex::Matcher::matches(std::string_view key, const std::stop_token& stop)
{
    if (key.size() <= longKey) {
        return m_d->matches(m_d->program->quick.get(), m_d->quick.get(), key);
    }
    m_d->stop = stop;
    m_d->deadline = Deadline(longKeyTime);
    return m_d->matches(m_d->program->watched.get(), m_d->watched.get(), key);
}

} // namespace keyglass
