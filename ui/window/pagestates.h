// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QString>

#include <optional>

namespace keyglass::ui {

/// What takes the place of a view that has nothing to show, and which of the buttons it offers.
struct PageState {
    enum class Offer { Cancel, Retry, Edit, Password, Connect, StartScan, ClearPattern, ClearFind, LoadMore, LoadAll };

    QString title;
    QString text;
    std::vector<Offer> offers;
    bool busy = false;
};

/// The text of the button for an offer.
[[nodiscard]] QString offerText(PageState::Offer offer);

/// In place of the whole page: while nothing was ever loaded and there is no connection.
[[nodiscard]] std::optional<PageState> connectionState(const Session& session);
/// In place of the tree: where it would be empty. `find` is what the find field says.
[[nodiscard]] std::optional<PageState> treeState(const Session& session, const QString& find);

/// The banner over a page whose connection is gone while its keys can still be read; empty while connected.
/// `lostFor`: since when.
[[nodiscard]] QString lostText(const Session& session, std::chrono::milliseconds lostFor);

} // namespace keyglass::ui
