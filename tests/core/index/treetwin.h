// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/indexbuilder.h"
#include "core/index/treerows.h"

#include <QString>
#include <QStringList>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace keyglass::test {

inline std::shared_ptr<const Snapshot> snapshotOf(const std::vector<std::string>& keys)
{
    KeyBatch batch;
    for (const std::string& key : keys) {
        batch.append(key);
    }
    IndexBuilder builder(keys.size());
    builder.add(SmallRun::sorted(std::move(batch)));
    return builder.publish();
}

/// One line a row, indented by level: "user (2)" for a folder, "▾" before an open one, the name in quotes for a key.
inline QStringList drawn(const std::vector<TreeRow>& rows)
{
    QStringList lines;
    for (const TreeRow& row : rows) {
        const std::string name(row.label());
        const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        lines.append(QString(row.depth, QLatin1Char(' '))
            + (row.isFolder ? QStringLiteral("%1%2 (%3)")
                                  .arg(row.isExpanded ? QStringLiteral("▾") : QString(), text)
                                  .arg(row.keyCount)
                            : QStringLiteral("'%1'").arg(text)));
    }
    return lines;
}

/// The tree as a slow, obvious program would make it: keys put into maps of maps, then walked.
class TreeTwin {
public:
    TreeTwin(const std::set<std::string>& keys, TreeOptions options, ExpandedFolders expanded)
        : m_options(std::move(options))
        , m_expanded(std::move(expanded))
    {
        for (const std::string& key : keys) {
            put(m_root, key, 0);
        }
        walk(m_root, {}, 0);
    }
    [[nodiscard]] const std::vector<TreeRow>& rows() const { return m_rows; }

private:
    struct Folder {
        std::map<std::string, Folder> folders; // by the segment with its separator
        std::set<std::string> keys;            // the rests
        std::uint64_t count = 0;
    };
    struct Entry {
        std::string label; // with the separator for folders
        const Folder* folder = nullptr;
    };

    void put(Folder& folder, const std::string& key, std::size_t from)
    {
        ++folder.count;
        if (m_options.hasRoots && from == 0) {
            const std::size_t end = key.find('\0') + 1;
            put(folder.folders[key.substr(0, end)], key, end);
            return;
        }
        const std::size_t at = m_options.separator.empty() ? std::string::npos : key.find(m_options.separator, from);
        if (at == std::string::npos) {
            folder.keys.insert(key.substr(from));
            return;
        }
        const std::size_t end = at + m_options.separator.size();
        put(folder.folders[key.substr(from, end - from)], key, end);
    }

    static std::string onlyKey(const Folder& folder)
    {
        return folder.folders.empty() ? *folder.keys.begin()
                                      : folder.folders.begin()->first + onlyKey(folder.folders.begin()->second);
    }

    /// Numbers by their value, all else by bytes; a slow comparison of its own.
    static int naturalOrder(const std::string& a, const std::string& b)
    {
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < a.size() && j < b.size()) {
            if (digit(a[i]) && digit(b[j])) {
                const auto number = [&digit](const std::string& text, std::size_t& at) {
                    std::string digits;
                    for (; at < text.size() && digit(text[at]); ++at) {
                        digits += text[at];
                    }
                    return digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
                };
                const std::string x = number(a, i);
                const std::string y = number(b, j);
                if (x.size() != y.size()) {
                    return x.size() < y.size() ? -1 : 1;
                }
                if (x != y) {
                    return x < y ? -1 : 1;
                }
            } else if (a[i] != b[j]) {
                return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]) ? -1 : 1;
            } else {
                ++i;
                ++j;
            }
        }
        return static_cast<int>(i < a.size()) - static_cast<int>(j < b.size());
    }

    std::vector<Entry> entries(const Folder& folder) const
    {
        std::vector<Entry> all;
        for (const std::string& key : folder.keys) {
            all.push_back({key, nullptr});
        }
        for (const auto& [segment, inner] : folder.folders) {
            const bool isRoot = m_options.hasRoots && &folder == &m_root;
            const bool folded = m_options.foldSingle && inner.count == 1 && !isRoot;
            all.push_back(folded ? Entry{segment + onlyKey(inner), nullptr} : Entry{segment, &inner});
        }
        const auto byBytes = [](const Entry& a, const Entry& b) { return a.label < b.label; };
        std::sort(all.begin(), all.end(), byBytes);
        if (m_options.naturalOrder || (m_options.hasRoots && &folder == &m_root)) {
            std::stable_sort(all.begin(), all.end(),
                [](const Entry& a, const Entry& b) { return naturalOrder(a.label, b.label) < 0; });
        }
        if (m_options.foldersFirst) {
            std::stable_partition(all.begin(), all.end(), [](const Entry& entry) { return entry.folder != nullptr; });
        }
        return all;
    }

    void walk(const Folder& folder, const std::string& prefix, int depth)
    {
        const auto all = entries(folder);
        for (std::size_t i = 0; i < all.size(); ++i) {
            TreeRow row;
            row.bytes = prefix + all[i].label;
            row.labelFrom = prefix.size();
            row.isFolder = all[i].folder != nullptr;
            const std::size_t ending = m_options.hasRoots && depth == 0 ? 1 : m_options.separator.size();
            row.labelLength = all[i].label.size() - (row.isFolder ? ending : 0);
            row.depth = depth;
            row.isExpanded = row.isFolder && m_expanded.contains(row.bytes);
            row.isLast = i + 1 == all.size();
            row.keyCount = row.isFolder ? all[i].folder->count : 1;
            m_rows.push_back(row);
            if (row.isExpanded) {
                walk(*all[i].folder, row.bytes, depth + 1);
            }
        }
    }

    TreeOptions m_options;
    ExpandedFolders m_expanded;
    Folder m_root;
    std::vector<TreeRow> m_rows;
};

} // namespace keyglass::test
