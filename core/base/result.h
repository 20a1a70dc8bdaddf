// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QtGlobal>

#include <type_traits>
#include <utility>
#include <variant>

namespace keyglass {

/// A value or the Error that came instead of it, with the names of C++23's std::expected<T, Error>.
///
/// Taking the value of a failed Result (or the error of a good one) is our own mistake and asserts.
template <typename T> class [[nodiscard]] Result {
public:
    using value_type = T;
    using error_type = Error;

    Result()
        requires std::is_default_constructible_v<T>
        : m_content(std::in_place_index<0>)
    {
    }
    Result(T value) // NOLINT(google-explicit-constructor): `return page;` is the point
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor): `return error;` is the point
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool has_value() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] T& value() &
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] const T& value() const&
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T&& value() &&
    {
        Q_ASSERT(has_value());
        return std::move(*std::get_if<0>(&m_content));
    }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const&
    {
        Q_ASSERT(!has_value());
        return *std::get_if<1>(&m_content);
    }
    [[nodiscard]] Error&& error() &&
    {
        Q_ASSERT(!has_value());
        return std::move(*std::get_if<1>(&m_content));
    }

    template <typename U> [[nodiscard]] T value_or(U&& fallback) const&
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

private:
    std::variant<T, Error> m_content;
};

/// The outcome of something that gives nothing back.
using Status = Result<std::monostate>;

/// A good Status, to read well in a return.
inline Status ok()
{
    return Status(std::monostate{});
}

} // namespace keyglass
