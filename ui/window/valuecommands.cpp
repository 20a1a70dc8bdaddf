// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/valuecommands.h"

#include "core/base/errortext.h"
#include "ui/value/valuecopying.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessionpage.h"
#include "ui/window/wholevalue.h"

#include <array>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::array copyActions{
    std::pair(ActionId::CopyValueText, CopyForm::Text),
    std::pair(ActionId::CopyValueHex, CopyForm::Hex),
    std::pair(ActionId::CopyValueEscaped, CopyForm::Escaped),
    std::pair(ActionId::CopyValueCommand, CopyForm::Command),
    std::pair(ActionId::CopyValueJson, CopyForm::Json),
    std::pair(ActionId::CopyValueCsv, CopyForm::Csv),
};

} // namespace

ValueCommands::ValueCommands(MainWindow& window, WindowActions& actions)
    : QObject(&window)
    , m_window(window)
{
    for (const auto& [id, form] : copyActions) {
        actions.on(id, [this, form = form] {
            if (SessionPage* page = m_window.currentPage()) {
                copy(*page, form);
            }
        });
    }
    actions.on(ActionId::LoadValue, [this] {
        if (SessionPage* page = m_window.currentPage()) {
            page->loadValue();
        }
    });
}

/// The key is read anew as a whole, whether or not it is open.
void ValueCommands::copy(SessionPage& page, CopyForm form)
{
    const auto key = page.currentKey();
    if (!key) {
        return;
    }
    const auto failed = [&page](const Error& error) { Q_EMIT page.said(LogLevel::Warning, errorText(error)); };
    WholeValue::read(page.session(), *key, &page, [&page, form, failed](const Result<WholeValue::Whole>& value) {
        if (value) {
            copyToClipboard(&page, [value = *value, form] { return copyText(*value, form); }, form, failed);
        } else {
            failed(value.error());
        }
    });
}

} // namespace keyglass::ui
