// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/jobscopes.h"

#include "core/base/bytes.h"
#include "ui/keytable/keytablepanel.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/keyscopebox.h"
#include "ui/window/pagetable.h"
#include "ui/window/sessionpage.h"
#include "ui/window/wording.h"

namespace keyglass::ui {

namespace {

constexpr int longestName = 40;

/// A folder as people know it; the whole of one among several databases by its number.
QString nameText(const Session& session, const std::string& folder)
{
    const KeyName name = session.nameOf(folder);
    if (session.hasSeveralDatabases() && name.key.empty()) {
        return databasesText({name.database});
    }
    const QString text = keyText(session, folder);
    return text.size() > longestName ? text.left(longestName) + u'…' : text;
}

/// The folder that is meant: the only thing selected, or the current row where nothing is.
std::optional<std::string> folderOf(SessionPage& page)
{
    const KeyTreeView& tree = page.keys().tree();
    const KeySelection& selected = tree.selectedKeys();
    const std::vector<std::string> rules = selected.rules();
    if (selected.partCount() == 1 && rules.size() == 1 && selected.exceptionsOf(rules.front()).empty()
        && !rules.front().empty()) {
        return rules.front();
    }
    const auto& row = tree.currentRow();
    if (selected.isEmpty() && row && row->isFolder && page.keys().showsTree()) {
        return row->bytes;
    }
    return std::nullopt;
}

KeyChoice withPrefix(const KeyChoice& keys, const std::string& prefix)
{
    KeyChoice some{keys.keys};
    some.selected.emplace();
    some.selected->addRule(prefix);
    return some;
}

/// Whether the list is of all keys below this folder, but for their types, or only of some of them.
bool listsWhole(const Session& session, const std::string& folder)
{
    const ScanRequest& scanned = session.scanRequest();
    if (session.openedResult() || !scanned.predicate.isEmpty()) {
        return false;
    }
    const KeyPattern& pattern = scanned.pattern;
    return pattern.kind() == KeyPattern::Kind::All
        || (pattern.kind() == KeyPattern::Kind::Prefix && session.nameOf(folder).key.starts_with(pattern.bytes()));
}

bool hasScannedAll(const Session& session)
{
    return session.scanState() == ScanState::Ended && session.scanReport() && session.scanReport()->isComplete();
}

/// What the list has of the folder, as it is now; and why that is not all of it.
void renewRule(JobScope& rule, const Session& session)
{
    rule.shown = withPrefix(KeyChoice{session.shownKeys()}, rule.keys.bytes);
    rule.gap.clear();
    if (!listsWhole(session, rule.keys.bytes)) {
        rule.gap = SessionPage::tr("The list shows only some of the keys, so there can be more.");
    } else if (!hasScannedAll(session)) {
        rule.gap = SessionPage::tr("The scan has not come to its end, so there can be more.");
    }
}

JobScope ruleFor(const Session& session, const std::string& folder)
{
    JobScope rule;
    rule.keys.kind = KeyQuery::Kind::Prefix;
    rule.keys.bytes = folder;
    rule.keys.type = listsWhole(session, folder) ? session.scanRequest().type : std::string();
    const QString name = nameText(session, folder);
    const QString type = QString::fromStdString(rule.keys.type);
    if (session.nameOf(folder).key.empty()) {
        rule.text = type.isEmpty()
            ? SessionPage::tr("All keys of %1, also those that come meanwhile").arg(name)
            : SessionPage::tr("All keys of %1 of type %2, also those that come meanwhile").arg(name, type);
    } else {
        rule.text = type.isEmpty()
            ? SessionPage::tr("All keys that begin with %1, also those that come meanwhile").arg(name)
            : SessionPage::tr("All keys of type %2 that begin with %1, also those that come meanwhile").arg(name, type);
    }
    rule.renew = [&session](JobScope& own) { renewRule(own, session); };
    renewRule(rule, session);
    return rule;
}

void addFolder(std::vector<JobScope>& scopes, const Session& session, const KeyScopes& found, const std::string& folder)
{
    KeyChoice shown = withPrefix(found.hits.value_or(found.all), folder);
    const QString name = nameText(session, folder);
    const QString keys = keysText(shown.count());
    scopes.push_back(
        chosenKeys(found.hits ? SessionPage::tr("The %1 that were found below %2").arg(keys, name)
                              : SessionPage::tr("The %1 below %2 that are in the list now").arg(keys, name),
            std::move(shown)));
    if (!found.hits) {
        scopes.insert(listsWhole(session, folder) ? std::prev(scopes.end()) : scopes.end(), ruleFor(session, folder));
    }
}

/// What is found stands for the list as soon as something is looked for: it is what the user sees.
KeyScopes scopesOf(SessionPage& page)
{
    const Session& session = page.session();
    const KeySelection& selected = page.keys().tree().selectedKeys();
    KeyScopes found = keyScopesOf(session, selected);
    if (session.filter().isEmpty() || found.hits) {
        return found;
    }
    const auto hits = session.filteredSnapshot();
    found.hits = KeyChoice{hits ? hits : emptySnapshot()};
    found.find = displayText(session.filter().needle);
    KeyChoice chosen{found.hits->keys, selected};
    found.selection = chosen.count() > 0 ? std::optional(std::move(chosen)) : std::nullopt;
    return found;
}

} // namespace

JobScope chosenKeys(const QString& text, KeyChoice keys)
{
    JobScope scope;
    scope.text = text;
    scope.choice = keys;
    scope.shown = std::move(keys);
    return scope;
}

bool meansSeveralKeys(SessionPage& page)
{
    if (const KeyTablePanel* table = page.table().inUse()) {
        return table->selectedCount() > 1;
    }
    const KeyScopes found = scopesOf(page);
    return (found.selection && found.selection->count() > 1) || folderOf(page);
}

std::vector<JobScope> jobScopesOf(SessionPage& page)
{
    const KeyScopes found = scopesOf(page);
    std::vector<JobScope> scopes;
    const auto folder = folderOf(page);
    if (folder) {
        addFolder(scopes, page.session(), found, *folder);
    } else if (found.selection) {
        const QString keys = keysText(found.selection->count());
        scopes.push_back(chosenKeys(SessionPage::tr("Selected: %1").arg(keys), *found.selection));
    }
    if (found.hits) {
        const QString keys = keysText(found.hits->count());
        scopes.push_back(chosenKeys(SessionPage::tr("Found by “%1”: %2").arg(found.find, keys), *found.hits));
    }
    scopes.push_back(chosenKeys(SessionPage::tr("All of the list: %1").arg(keysText(found.all.count())), found.all));
    return scopes;
}

} // namespace keyglass::ui
