// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datanode.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

template <typename T> std::string floatText(T value)
{
    if (std::isnan(value)) {
        return "nan";
    }
    if (std::isinf(value)) {
        return value < 0 ? "-inf" : "inf";
    }
    std::array<char, 64> buffer{};
    const auto [end, failed] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string text(buffer.data(), failed == std::errc() ? end : buffer.data());
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

template <typename T> Result<T> wholeNumber(const DataNode& node)
{
    T value = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [stoppedAt, failed] = std::from_chars(node.text.data(), end, value);
    if (node.kind != DataNode::Kind::Integer || failed != std::errc() || stoppedAt != end) {
        return Error{ErrorKind::Input, displayText(node.text.substr(0, 60)),
            tr("It has to be a whole number from %1 to %2")
                .arg(QString::number(std::numeric_limits<T>::min()), QString::number(std::numeric_limits<T>::max()))};
    }
    return value;
}

constexpr std::int64_t firstSecond = -62135596800; ///< 0001-01-01T00:00:00Z
constexpr std::int64_t lastSecond = 253402300799;  ///< 9999-12-31T23:59:59Z

} // namespace

DataNode DataNode::number(double value)
{
    return {Kind::Float, floatText(value), {}};
}

DataNode DataNode::number(float value)
{
    return {Kind::Float, floatText(value), {}};
}

DataNode DataNode::textOrBytes(std::string_view bytes)
{
    return {isUtf8(bytes) ? Kind::Text : Kind::Bytes, std::string(bytes), {}};
}

DataNode DataNode::tagged(std::string tag, DataNode child)
{
    DataNode node{Kind::Tagged, std::move(tag), {}};
    node.children.push_back(std::move(child));
    return node;
}

Result<std::int64_t> signedNumber(const DataNode& node)
{
    return wholeNumber<std::int64_t>(node);
}

Result<std::uint64_t> unsignedNumber(const DataNode& node)
{
    return wholeNumber<std::uint64_t>(node);
}

Result<double> floatingNumber(const DataNode& node)
{
    double value = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [stoppedAt, failed] = std::from_chars(node.text.data(), end, value);
    const bool isNumber = node.kind == DataNode::Kind::Float || node.kind == DataNode::Kind::Integer;
    if (!isNumber || failed != std::errc() || stoppedAt != end) {
        return Error{
            ErrorKind::Input, displayText(node.text.substr(0, 60)), tr("It has to be a number that fits into 64 bits")};
    }
    return value;
}

std::string timeText(std::int64_t seconds, std::uint32_t nanoseconds)
{
    if (seconds < firstSecond || seconds > lastSecond || nanoseconds > 999'999'999) {
        return {};
    }
    const QDateTime time = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    std::string text = time.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toStdString();
    if (nanoseconds > 0) {
        std::string fraction = std::to_string(1'000'000'000 + nanoseconds).substr(1);
        while (fraction.ends_with("000")) {
            fraction.resize(fraction.size() - 3);
        }
        text += '.' + fraction;
    }
    return text + 'Z';
}

std::optional<TimePoint> timeFromText(std::string_view text)
{
    const QDateTime time = QDateTime::fromString(
        QString::fromUtf8(text.substr(0, 19).data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 19)))
            + u'Z',
        Qt::ISODate);
    std::string fraction(text.size() > 19 ? text.substr(19) : std::string_view());
    if (!time.isValid() || !fraction.ends_with('Z')) {
        return std::nullopt;
    }
    fraction.pop_back();
    const bool hasDigits = fraction.size() >= 2 && fraction.size() <= 10 && fraction.front() == '.'
        && fraction.find_first_not_of("0123456789", 1) == std::string::npos;
    if (!fraction.empty() && !hasDigits) {
        return std::nullopt;
    }
    fraction.resize(10, '0');
    std::uint32_t nanoseconds = 0;
    std::from_chars(fraction.data() + 1, fraction.data() + 10, nanoseconds);
    return TimePoint{time.toSecsSinceEpoch(), nanoseconds};
}

std::string_view TreeReader::take(std::uint64_t count)
{
    if (failed()) {
        return {};
    }
    if (count > left()) {
        fail(tr("It breaks off: %1 bytes more are announced than there are").arg(count - left()));
        return {};
    }
    const std::string_view taken = m_bytes.substr(m_at, count);
    m_at += taken.size();
    return taken;
}

unsigned char TreeReader::takeByte()
{
    const std::string_view one = take(1);
    return one.empty() ? 0 : static_cast<unsigned char>(one.front());
}

unsigned char TreeReader::peek() const
{
    return failed() || atEnd() ? 0 : static_cast<unsigned char>(m_bytes[m_at]);
}

std::uint64_t TreeReader::takeBig(std::size_t bytes)
{
    std::uint64_t value = 0;
    for (const char byte : take(bytes)) {
        value = (value << 8U) | static_cast<unsigned char>(byte);
    }
    return value;
}

std::uint64_t TreeReader::takeLittle(std::size_t bytes)
{
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const char byte : take(bytes)) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
        shift += 8;
    }
    return value;
}

std::string_view TreeReader::takeUntil(char end)
{
    const std::size_t found = failed() ? m_at : m_bytes.find(end, m_at);
    if (failed() || found == std::string_view::npos) {
        fail(tr("It breaks off"));
        return {};
    }
    const std::string_view taken = take(found - m_at);
    ++m_at;
    return taken;
}

bool TreeReader::addNode()
{
    if (++m_nodes > m_limits.nodes) {
        fail(tooManyNodes(m_limits.nodes));
    }
    return !failed();
}

bool TreeReader::enter()
{
    if (++m_depth > m_limits.depth) {
        fail(tooDeep(m_limits.depth));
    }
    return !failed();
}

std::size_t TreeReader::roomFor(std::uint64_t announced) const
{
    const std::size_t nodesLeft = m_limits.nodes - std::min(m_nodes, m_limits.nodes);
    return std::min({static_cast<std::size_t>(std::min<std::uint64_t>(announced, left())), nodesLeft,
        static_cast<std::size_t>(64)});
}

DataNode TreeReader::fail(const QString& why)
{
    return failAt(m_at, why);
}

DataNode TreeReader::failAt(std::size_t at, const QString& why)
{
    return fail(Error{ErrorKind::WrongType, {}, tr("%1 (at byte %2)").arg(why).arg(at)});
}

DataNode TreeReader::fail(Error error)
{
    if (!m_error) {
        m_error = std::move(error);
    }
    return {};
}

Result<DataNode> TreeReader::finished(DataNode&& root)
{
    if (!m_error && !atEnd()) {
        fail(tr("It ends before the value does"));
    }
    if (m_error) {
        return *m_error;
    }
    return std::move(root);
}

Error tooDeep(std::size_t depth)
{
    return Error{ErrorKind::Limit, {}, tr("It is nested deeper than %1 levels").arg(depth)};
}

Error tooManyNodes(std::size_t nodes)
{
    return Error{ErrorKind::Limit, {}, tr("It has more than %1 elements").arg(nodes)};
}

Error tooLarge(ByteCount output)
{
    return Error{ErrorKind::Limit, {}, tr("Decoded it is larger than %1").arg(sizeText(output))};
}

Error notWritable(const DataNode& node, const QString& format)
{
    if (node.kind == DataNode::Kind::Tagged) {
        return Error{ErrorKind::Input, displayText("$" + node.text.substr(0, 60)),
            tr("%1 has no such thing; a name that begins with $ is written {\"$map\": [[name, value]]}").arg(format)};
    }
    return Error{ErrorKind::Input, displayText(node.text.substr(0, 60)), tr("%1 has no form for it").arg(format)};
}

} // namespace keyglass
