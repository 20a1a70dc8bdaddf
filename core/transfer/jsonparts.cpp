// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/linesource.h"
#include "core/transfer/partreaders.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

/// Takes one line apart; the first thing that is not as it should be is `why`.
class LineParser {
public:
    [[nodiscard]] std::optional<KeyPart> parse(std::string_view line)
    {
        QJsonParseError problem;
        const QByteArray bytes = QByteArray::fromRawData(line.data(), static_cast<qsizetype>(line.size()));
        const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
        if (!document.isObject()) {
            m_why = document.isNull() ? problem.errorString() : TransferText::tr("It is no JSON object");
            return std::nullopt;
        }
        m_object = document.object();
        KeyPart part;
        part.key = take(m_object.value("key"_L1), "key");
        part.type = keyTypeFromName(m_object.value("type"_L1).toString().toStdString());
        part.isFirst = !m_object.value("continues"_L1).toBool();
        part.isLast = !m_object.value("more"_L1).toBool();
        if (const QJsonValue end = m_object.value("expire_at_ms"_L1); !end.isUndefined() && !end.isNull()) {
            part.expireAt = Milliseconds{number(end, "expire_at_ms")};
        }
        takeContent(part);
        m_key = m_why.isEmpty() || !part.key.empty() ? std::optional(part.key) : std::nullopt;
        return m_why.isEmpty() ? std::optional(std::move(part)) : std::nullopt;
    }
    [[nodiscard]] const QString& why() const { return m_why; }
    /// As far as it could be read.
    [[nodiscard]] const std::optional<std::string>& key() const { return m_key; }

private:
    void fail(const char* what)
    {
        if (m_why.isEmpty()) {
            m_why = TransferText::tr("“%1” is missing, or not as an export writes it").arg(QLatin1StringView(what));
        }
    }
    [[nodiscard]] std::string take(const QJsonValue& value, const char* what)
    {
        if (value.isString()) {
            return value.toString().toStdString();
        }
        const QJsonValue base64 = value.toObject().value("base64"_L1);
        const auto bytes =
            QByteArray::fromBase64Encoding(base64.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!base64.isString() || !bytes) {
            fail(what);
            return {};
        }
        return bytes.decoded.toStdString();
    }
    [[nodiscard]] std::int64_t number(const QJsonValue& value, const char* what)
    {
        constexpr std::int64_t none = -1;
        const std::int64_t count = value.toInteger(none);
        if (!value.isDouble() || count < 0) {
            fail(what);
        }
        return count;
    }
    [[nodiscard]] QJsonArray array(const QJsonValue& value, const char* what)
    {
        if (!value.isArray()) {
            fail(what);
        }
        return value.toArray();
    }

    void takeContent(KeyPart& part)
    {
        switch (part.type) {
        case KeyType::String:
            part.rows.push_back({take(m_object.value("value"_L1), "value")});
            return;
        case KeyType::Hash:
            takeFields(part);
            return;
        case KeyType::List:
            takeRows(part, "elements", 1);
            return;
        case KeyType::Set:
            takeRows(part, "members", 1);
            return;
        case KeyType::SortedSet:
            takeRows(part, "members", 2);
            return;
        case KeyType::Stream:
            takeEntries(part);
            takeStream(part);
            return;
        case KeyType::None:
        case KeyType::Json:
        case KeyType::Table:
        case KeyType::Other:
            break;
        }
        fail("type");
    }
    void takeRows(KeyPart& part, const char* what, int cells)
    {
        for (const auto& each : array(m_object.value(QLatin1StringView(what)), what)) {
            KeyPart::Row row;
            if (cells == 1) {
                row.push_back(take(each, what));
            } else {
                const QJsonArray pair = array(each, what);
                row = {take(pair.at(0), what), take(pair.at(1), what)};
            }
            part.rows.push_back(std::move(row));
        }
    }
    void takeFields(KeyPart& part)
    {
        for (const auto& each : array(m_object.value("fields"_L1), "fields")) {
            const QJsonArray field = array(each, "fields");
            part.rows.push_back({take(field.at(0), "fields"), take(field.at(1), "fields")});
            if (field.size() > 2) {
                part.fieldEnds.push_back({part.rows.back()[0], Milliseconds{number(field.at(2), "fields")}});
            }
        }
    }
    void takeEntries(KeyPart& part)
    {
        for (const auto& each : array(m_object.value("entries"_L1), "entries")) {
            const QJsonArray entry = array(each, "entries");
            const QJsonArray cells = array(entry.at(1), "entries");
            KeyPart::Row row{take(entry.at(0), "entries")};
            for (const auto& cell : cells) {
                row.push_back(take(cell, "entries"));
            }
            if (cells.isEmpty() || cells.size() % 2 != 0) {
                fail("entries");
            }
            part.rows.push_back(std::move(row));
        }
    }
    void takeStream(KeyPart& part)
    {
        if (!m_object.contains("last_id"_L1)) {
            return;
        }
        StreamPart stream;
        stream.lastId = take(m_object.value("last_id"_L1), "last_id");
        if (m_object.contains("entries_added"_L1)) {
            stream.entriesAdded =
                static_cast<std::uint64_t>(number(m_object.value("entries_added"_L1), "entries_added"));
        }
        if (m_object.contains("max_deleted_id"_L1)) {
            stream.maxDeletedId = take(m_object.value("max_deleted_id"_L1), "max_deleted_id");
        }
        for (const auto& each : m_object.value("groups"_L1).toArray()) {
            stream.groups.push_back(group(each.toObject()));
        }
        part.stream = std::move(stream);
    }
    [[nodiscard]] GroupPart group(const QJsonObject& object)
    {
        GroupPart group;
        group.name = take(object.value("name"_L1), "name");
        group.lastDelivered = take(object.value("last_delivered_id"_L1), "last_delivered_id");
        if (object.contains("entries_read"_L1)) {
            group.entriesRead = static_cast<std::uint64_t>(number(object.value("entries_read"_L1), "entries_read"));
        }
        for (const auto& each : object.value("consumers"_L1).toArray()) {
            group.consumers.push_back(take(each, "consumers"));
        }
        for (const auto& each : object.value("pending"_L1).toArray()) {
            const QJsonArray one = array(each, "pending");
            group.pending.push_back({take(one.at(0), "pending"), take(one.at(1), "pending"),
                Milliseconds{number(one.at(2), "pending")}, static_cast<std::uint64_t>(number(one.at(3), "pending"))});
        }
        return group;
    }

    QJsonObject m_object;
    QString m_why;
    std::optional<std::string> m_key;
};

/// A key a line, or several lines that say so.
class JsonParts final : public PartReader {
public:
    explicit JsonParts(const QString& path)
        : m_lines(path)
    {
    }
    [[nodiscard]] Status begin() { return m_lines.open(); }

    [[nodiscard]] Result<std::optional<KeyPart>> next() override
    {
        if (auto kept = std::exchange(m_kept, std::nullopt)) {
            m_open = kept->isLast ? std::nullopt : std::optional(kept->key);
            return kept;
        }
        for (;;) {
            auto line = m_lines.next();
            if (!line) {
                return std::move(line).error();
            }
            if (!*line) {
                return end();
            }
            if ((*line)->empty()) {
                continue;
            }
            LineParser parser;
            auto part = parser.parse(**line);
            if (!part) {
                return damaged(parser.key() ? parser.key() : m_open, parser.why());
            }
            if (!part->isFirst && m_damaged == part->key) {
                continue; // the rest of it
            }
            if (!part->isFirst && m_open != part->key) {
                return damaged(part->key, TransferText::tr("It goes on with a key that has not begun before it"));
            }
            if (part->isFirst && m_open) {
                m_kept = std::move(part);
                return damaged(m_open, TransferText::tr("The key before it was not written to its end"));
            }
            m_open = part->isLast ? std::nullopt : std::optional(part->key);
            return part;
        }
    }
    [[nodiscard]] std::uint64_t line() const override { return m_lines.number(); }
    [[nodiscard]] std::optional<std::string> damagedKey() const override { return m_damaged; }

private:
    [[nodiscard]] Error damaged(std::optional<std::string> key, const QString& why)
    {
        m_damaged = std::move(key);
        m_open.reset();
        return {ErrorKind::Input, lineSubject(m_lines.path(), m_lines.number()), why};
    }
    [[nodiscard]] Result<std::optional<KeyPart>> end()
    {
        if (m_open) {
            return damaged(m_open, TransferText::tr("The file ends in the middle of a key"));
        }
        return std::optional<KeyPart>();
    }

    LineSource m_lines;
    std::optional<std::string> m_open;    ///< Goes on in the next line.
    std::optional<std::string> m_damaged; ///< The rest of it is left out.
    std::optional<KeyPart> m_kept;
};

} // namespace

Result<std::unique_ptr<PartReader>> openJsonParts(const QString& path)
{
    auto parts = std::make_unique<JsonParts>(path);
    if (Status opened = parts->begin(); !opened) {
        return std::move(opened).error();
    }
    return std::unique_ptr<PartReader>(std::move(parts));
}

} // namespace keyglass
