// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/formatdecoder.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>

namespace keyglass {

namespace {

using Kind = DataNode::Kind;
using Place = std::uint32_t; ///< Of an item among all that were made.

constexpr std::size_t longestNumber = 400; ///< Bytes of a whole number that is written in digits.

QString tr(const char* text)
{
    return QCoreApplication::translate("decoders", text);
}

/// What a step of a pickle makes. Items know each other by their places, for they may go round in circles.
struct PickleItem {
    DataNode leaf; ///< Its kind says which: List and Map have children, all else stands for itself.
    std::vector<Place> children;
    std::string name; ///< "tuple", "set", "object shop.Cart"; empty for a plain list or map.
    std::vector<Place> state;
    std::vector<Place> items; ///< Of an object that is a list or a map of its own class, beside its arguments.
    bool isMap = false;       ///< Names and values in turn are `items`.
};

/// Digits of a number of `bytes`, little endian, in two's complement.
std::string decimal(std::string_view bytes)
{
    const bool isNegative = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0;
    std::vector<std::uint32_t> digits{0}; // nine decimal ones each, lowest first
    for (std::size_t at = bytes.size(); at-- > 0;) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        std::uint64_t carry = isNegative ? 0xFFU - byte : byte;
        for (std::uint32_t& digit : digits) {
            const std::uint64_t value = std::uint64_t{digit} * 256 + carry;
            digit = static_cast<std::uint32_t>(value % 1'000'000'000);
            carry = value / 1'000'000'000;
        }
        if (carry > 0) {
            digits.push_back(static_cast<std::uint32_t>(carry));
        }
    }
    if (isNegative) { // one more than the inverted bits
        for (std::size_t at = 0; at < digits.size() && ++digits[at] == 1'000'000'000; ++at) {
            digits[at] = 0;
            if (at + 1 == digits.size()) {
                digits.push_back(0);
            }
        }
    }
    std::string text = (isNegative ? "-" : "") + std::to_string(digits.back());
    for (std::size_t at = digits.size() - 1; at-- > 0;) {
        text += std::to_string(1'000'000'000 + digits[at]).substr(1);
    }
    return text;
}

/// Runs the steps of a pickle on a stack, as Python's does, but for one thing: what it would call is only named. No
/// module is imported, nothing executed. https://github.com/python/cpython/blob/main/Lib/pickletools.py
class PickleMachine {
public:
    PickleMachine(std::string_view bytes, const DecodeLimits& limits)
        : m_in(bytes, limits)
    {
    }

    Result<DataNode> run()
    {
        bool stopped = false;
        while (!m_in.failed() && !stopped) {
            const std::size_t at = m_in.at();
            const unsigned char step = m_in.takeByte();
            stopped = step == '.' && !m_in.failed();
            if (!stopped && !m_in.failed() && !(takeSimple(step) || takeStacked(step) || takeNamed(step))) {
                m_in.failAt(at, tr("A pickle has no such step"));
            }
        }
        const Place root = pop();
        DataNode node;
        if (!m_in.failed()) {
            node = nodeOf(root, 0);
        }
        return m_in.finished(std::move(node));
    }

private:
    Place add(PickleItem item)
    {
        if (!m_in.addNode()) {
            return 0;
        }
        m_items.push_back(std::move(item));
        return static_cast<Place>(m_items.size() - 1);
    }

    bool push(Place place)
    {
        m_stack.push_back(place);
        return true;
    }
    bool push(DataNode leaf) { return push(add({std::move(leaf), {}, {}, {}, {}, false})); }

    Place pop()
    {
        const std::size_t floor = m_marks.empty() ? 0 : m_marks.back();
        if (m_stack.size() <= floor || m_items.empty()) {
            m_in.fail(tr("A step of the pickle takes what is not there"));
            return 0;
        }
        const Place top = m_stack.back();
        m_stack.pop_back();
        return top;
    }

    std::vector<Place> popToMark()
    {
        if (m_marks.empty() || m_marks.back() > m_stack.size()) {
            m_in.fail(tr("A step of the pickle takes what is not there"));
            return {};
        }
        const auto from = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        std::vector<Place> items(from, m_stack.end());
        m_stack.erase(from, m_stack.end());
        m_marks.pop_back();
        return items;
    }

    PickleItem* top()
    {
        const Place place = pop();
        if (m_in.failed()) {
            return nullptr;
        }
        push(place);
        return &m_items[place];
    }

    bool pushContainer(Kind kind, std::string name, std::vector<Place> children)
    {
        PickleItem item;
        item.leaf.kind = kind;
        item.children = std::move(children);
        item.name = std::move(name);
        return push(add(std::move(item)));
    }

    /// Steps that put one value on the stack.
    bool takeSimple(unsigned char step)
    {
        switch (step) {
        case 'N':
            return push(DataNode());
        case 0x88:
        case 0x89:
            return push(DataNode::boolean(step == 0x88));
        case 'I':
            return pushDigits(m_in.takeUntil('\n'), true);
        case 'L':
            return pushDigits(m_in.takeUntil('\n'), false);
        case 'J':
            return push(DataNode::integer(std::int64_t{static_cast<std::int32_t>(m_in.takeLittle(4))}));
        case 'K':
        case 'M':
            return push(DataNode::integer(m_in.takeLittle(step == 'K' ? 1 : 2)));
        case 0x8A:
        case 0x8B:
            return pushLong(m_in.take(m_in.takeLittle(step == 0x8A ? 1 : 4)));
        case 'F':
            return pushFloat(m_in.takeUntil('\n'));
        case 'G':
            return push(DataNode::number(std::bit_cast<double>(m_in.takeBig(8))));
        case 'S':
            return pushQuoted(m_in.takeUntil('\n'));
        case 'V':
            return push(DataNode::string(unescaped(m_in.takeUntil('\n'), true)));
        case 'T':
        case 'U':
            return push(DataNode::textOrBytes(m_in.take(m_in.takeLittle(step == 'T' ? 4 : 1))));
        case 'X':
            return push(DataNode::string(m_in.take(m_in.takeLittle(4))));
        case 0x8C:
        case 0x8D:
            return push(DataNode::string(m_in.take(m_in.takeLittle(step == 0x8C ? 1 : 8))));
        case 'B':
        case 'C':
            return push(DataNode::bytes(m_in.take(m_in.takeLittle(step == 'B' ? 4 : 1))));
        case 0x8E:
            return push(DataNode::bytes(m_in.take(m_in.takeLittle(8))));
        case 0x96:
            return push(DataNode::tagged("bytearray", DataNode::bytes(m_in.take(m_in.takeLittle(8)))));
        case 0x80: // PROTO
            m_in.take(1);
            return true;
        case 0x95: // FRAME
            m_in.take(8);
            return true;
        default:
            return false;
        }
    }

    bool pushDigits(std::string_view line, bool mayBeBool)
    {
        if (mayBeBool && (line == "00" || line == "01")) {
            return push(DataNode::boolean(line == "01"));
        }
        std::string digits(line.substr(0, line.size() - (line.ends_with('L') ? 1 : 0)));
        const std::size_t first = digits.starts_with('-') ? 1 : 0;
        const bool isNumber = digits.size() > first && digits.size() < longestNumber * 3
            && digits.find_first_not_of("0123456789", first) == std::string::npos
            && (digits[first] != '0' || digits.size() == first + 1);
        if (!isNumber) {
            m_in.fail(tr("That is no whole number"));
        }
        return push(DataNode{Kind::Integer, std::move(digits), {}});
    }

    bool pushLong(std::string_view bytes)
    {
        return push(bytes.size() > longestNumber ? DataNode::tagged("long", DataNode::bytes(bytes))
                                                 : DataNode{Kind::Integer, decimal(bytes), {}});
    }

    bool pushFloat(std::string_view line)
    {
        double value = 0;
        const auto [end, failed] = std::from_chars(line.data(), line.data() + line.size(), value);
        if (failed != std::errc() || end != line.data() + line.size()) {
            m_in.fail(tr("That is no number"));
        }
        return push(DataNode::number(value));
    }

    bool pushQuoted(std::string_view line)
    {
        const bool isQuoted = line.size() >= 2 && line.front() == line.back() && (line[0] == '\'' || line[0] == '"');
        if (!isQuoted) {
            m_in.fail(tr("A text in a pickle is not quoted"));
            return true;
        }
        return push(DataNode::textOrBytes(unescaped(line.substr(1, line.size() - 2), false)));
    }

    /// As UTF-8. Two surrogates, as Python 2 writes what is above U+FFFF, are one character; one alone stays a
    /// surrogate, by which the text is none of UTF-8.
    static void appendCharacter(std::string& out, char32_t code)
    {
        const bool isLow = code >= 0xDC00 && code <= 0xDFFF;
        const std::size_t before = out.size() - std::min<std::size_t>(out.size(), 3);
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(out[before + at]); };
        if (isLow && out.size() >= 3 && byte(0) == 0xED && (byte(1) & 0xF0U) == 0xA0) { // behind a high one
            const char32_t high = 0xD000 | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
            code = 0x10000 + ((high - 0xD800) << 10U) + (code - 0xDC00);
            out.resize(before);
        }
        if (code > 0x10FFFF) {
            code = QChar::ReplacementCharacter;
        }
        if (code >= 0xD800 && code <= 0xDFFF) {
            out += {static_cast<char>(0xED), static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
                static_cast<char>(0x80U | (code & 0x3FU))};
        } else {
            out += QString::fromUcs4(&code, 1).toStdString();
        }
    }

    /// Of a text that is Latin-1 with \uXXXX and \UXXXXXXXX for the rest, or of bytes with \xHH and the like.
    static std::string unescaped(std::string_view line, bool isUnicode)
    {
        std::string out;
        const auto append = [&](std::uint32_t code) {
            if (isUnicode) {
                appendCharacter(out, code);
            } else {
                out += static_cast<char>(code);
            }
        };
        for (std::size_t at = 0; at < line.size(); ++at) {
            const bool isEscape = line[at] == '\\' && at + 1 < line.size();
            const char kind = isEscape ? line[at + 1] : '\0';
            const std::size_t digits = isUnicode ? (kind == 'u' ? 4 : kind == 'U' ? 8 : 0) : (kind == 'x' ? 2 : 0);
            std::uint32_t code = 0;
            const std::string_view hex = line.substr(std::min(at + 2, line.size())).substr(0, digits);
            const auto [end, failed] = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
            if (digits > 0 && hex.size() == digits && failed == std::errc() && end == hex.data() + hex.size()) {
                append(code);
                at += digits + 1;
            } else if (isEscape && !isUnicode) {
                static constexpr std::string_view letters = "nrt";
                const std::size_t known = letters.find(kind);
                append(static_cast<unsigned char>(known == std::string_view::npos ? kind : "\n\r\t"[known]));
                ++at;
            } else {
                append(static_cast<unsigned char>(line[at]));
            }
        }
        return out;
    }

    /// Steps that work on what is on the stack.
    bool takeStacked(unsigned char step)
    {
        switch (step) {
        case '(':
            m_marks.push_back(m_stack.size());
            return true;
        case '0':
            pop();
            return true;
        case '1':
            popToMark();
            return true;
        case '2': {
            const Place place = pop();
            push(place);
            return push(place);
        }
        case ']':
        case ')':
        case 0x8F:
            return pushContainer(Kind::List, step == ')' ? "tuple" : step == 0x8F ? "set" : "", {});
        case '}':
            return pushContainer(Kind::Map, {}, {});
        case 'l':
        case 't':
        case 0x91:
            return pushContainer(Kind::List, step == 't' ? "tuple" : step == 0x91 ? "frozenset" : "", popToMark());
        case 'd':
            return pushContainer(Kind::Map, {}, popToMark());
        case 0x85:
        case 0x86:
        case 0x87:
            return pushTuple(step - 0x84U);
        case 'a':
            return extend({pop()}, false);
        case 'e':
        case 'u':
        case 0x90:
            return extend(popToMark(), step == 'u');
        case 's': {
            const Place value = pop();
            const Place key = pop();
            return extend({key, value}, true);
        }
        case 0x94:
            return remember(m_memo.size());
        case 'p':
            return remember(number(m_in.takeUntil('\n')));
        case 'q':
        case 'r':
            return remember(m_in.takeLittle(step == 'q' ? 1 : 4));
        case 'g':
            return recall(number(m_in.takeUntil('\n')));
        case 'h':
        case 'j':
            return recall(m_in.takeLittle(step == 'h' ? 1 : 4));
        default:
            return false;
        }
    }

    bool pushTuple(std::size_t count)
    {
        std::vector<Place> children(count);
        for (std::size_t at = count; at-- > 0;) {
            children[at] = pop();
        }
        return pushContainer(Kind::List, "tuple", std::move(children));
    }

    bool extend(const std::vector<Place>& more, bool byName)
    {
        if (PickleItem* item = top()) {
            const bool isObject = item->leaf.kind == Kind::Tagged;
            item->isMap = item->isMap || (isObject && byName);
            std::vector<Place>& all = isObject ? item->items : item->children;
            all.insert(all.end(), more.begin(), more.end());
        }
        return true;
    }

    std::uint64_t number(std::string_view digits)
    {
        std::uint64_t value = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (failed != std::errc() || end != digits.data() + digits.size()) {
            m_in.fail(tr("That is no whole number"));
        }
        return value;
    }

    bool remember(std::uint64_t as)
    {
        const Place place = pop();
        m_memo[as] = place;
        return push(place);
    }

    bool recall(std::uint64_t what)
    {
        const auto found = m_memo.find(what);
        if (found == m_memo.end()) {
            m_in.fail(tr("A step of the pickle takes what is not there"));
            return true;
        }
        return push(found->second);
    }

    /// Steps that name something in a Python program. What it would do is not done.
    bool takeNamed(unsigned char step)
    {
        switch (step) {
        case 'c': {
            const std::string module(m_in.takeUntil('\n'));
            return pushGlobal(module, std::string(m_in.takeUntil('\n')));
        }
        case 0x93: {
            const std::string name = textAt(pop());
            return pushGlobal(textAt(pop()), name);
        }
        case 'i': {
            const std::string module(m_in.takeUntil('\n'));
            const std::string name = module + '.' + std::string(m_in.takeUntil('\n'));
            return pushContainer(Kind::Tagged, "object " + name, popToMark());
        }
        case 'o': {
            std::vector<Place> all = popToMark();
            const std::string name = all.empty() ? std::string() : textAt(all.front());
            all.erase(all.begin(), all.begin() + (all.empty() ? 0 : 1));
            return pushContainer(Kind::Tagged, "object " + name, std::move(all));
        }
        case 'R':
        case 0x81:
            return pushCall(pop());
        case 0x92: {
            const Place named = pop();
            const Place given = pop();
            return pushCall(given, named);
        }
        case 'b': {
            const Place state = pop();
            if (PickleItem* item = top()) {
                item->state.push_back(state);
            }
            return true;
        }
        case 'P':
            return push(DataNode::tagged("persistent", DataNode::textOrBytes(m_in.takeUntil('\n'))));
        case 'Q':
            return pushContainer(Kind::Tagged, "persistent", {pop()});
        case 0x82:
        case 0x83:
        case 0x84:
            return push(DataNode::tagged("extension", DataNode::integer(m_in.takeLittle(1U << (step - 0x82U)))));
        case 0x97:
            return push(DataNode::tagged("buffer", {}));
        case 0x98:
            return true;
        default:
            return false;
        }
    }

    bool pushGlobal(const std::string& module, const std::string& name)
    {
        PickleItem item;
        item.leaf = DataNode::tagged("global", DataNode::textOrBytes(module + '.' + name));
        item.name = module + '.' + name;
        return push(add(std::move(item)));
    }

    std::string textAt(Place place) const
    {
        if (m_in.failed() || place >= m_items.size()) {
            return {};
        }
        const PickleItem& item = m_items[place];
        return item.name.empty() ? item.leaf.text : item.name;
    }

    /// A class or function with its arguments: {"$object shop.Cart": …}; those `byName` come last.
    bool pushCall(Place arguments, std::optional<Place> byName = {})
    {
        const Place called = pop();
        if (m_in.failed()) {
            return true;
        }
        std::string name = textAt(called);
        std::vector<Place> given = m_items[arguments].children;
        if (name.ends_with("._reconstructor") && !given.empty()) { // how older protocols say "an object of this class"
            name = textAt(given.front());
            given.erase(given.begin(), given.begin() + std::min<std::ptrdiff_t>(std::ssize(given), 2)); // and its base
            std::erase_if(given, [this](Place place) { return m_items[place].leaf.kind == Kind::Null; });
        }
        if (byName && !m_items[*byName].children.empty()) {
            pushContainer(Kind::Tagged, "keywords", {*byName});
            given.push_back(pop());
        }
        return pushContainer(Kind::Tagged, "object " + name, std::move(given));
    }

    DataNode nodeOf(Place place, std::size_t depth)
    {
        const PickleItem& item = m_items[place];
        m_copied += item.leaf.text.size() + item.name.size();
        if (m_copied > m_in.limits().output.value) {
            return m_in.fail(tooLarge(m_in.limits().output));
        }
        if (!m_in.addNode()) {
            return {};
        }
        const bool isGlobal = item.leaf.kind == Kind::Tagged && !item.leaf.children.empty();
        if (isGlobal
            || (item.leaf.kind != Kind::List && item.leaf.kind != Kind::Map && item.leaf.kind != Kind::Tagged)) {
            return item.leaf;
        }
        if (depth >= m_in.limits().depth) {
            return m_in.fail(tooDeep(m_in.limits().depth));
        }
        if (std::find(m_path.begin(), m_path.end(), place) != m_path.end()) {
            return DataNode::tagged("reference", DataNode::string("an outer value"));
        }
        m_path.push_back(place);
        DataNode node = containerOf(item, depth);
        m_path.pop_back();
        return node;
    }

    DataNode listOf(const std::vector<Place>& places, std::size_t depth, Kind kind)
    {
        DataNode node{kind, {}, {}};
        for (const Place place : places) {
            if (m_in.failed()) {
                break;
            }
            node.children.push_back(nodeOf(place, depth + 1));
        }
        if (kind == Kind::Map && node.children.size() % 2 != 0) {
            m_in.fail(tr("A map in the pickle has a name without a value"));
        }
        return node;
    }

    DataNode containerOf(const PickleItem& item, std::size_t depth)
    {
        if (item.leaf.kind != Kind::Tagged) {
            DataNode node = listOf(item.children, depth, item.leaf.kind);
            return item.name.empty() ? std::move(node) : DataNode::tagged(item.name, std::move(node));
        }
        if (item.children.empty() && item.items.empty() && item.state.size() == 1) {
            return DataNode::tagged(item.name, nodeOf(item.state.front(), depth + 1));
        }
        if (item.items.empty() && item.state.empty()) {
            return DataNode::tagged(item.name, listOf(item.children, depth, Kind::List));
        }
        const Kind kindOfItems = item.isMap ? Kind::Map : Kind::List;
        if (item.children.empty() && item.state.empty()) {
            return DataNode::tagged(item.name, listOf(item.items, depth, kindOfItems));
        }
        DataNode all{Kind::Map, {}, {}};
        const auto addPart = [&](const char* name, const std::vector<Place>& places, Kind kind) {
            all.children.push_back(DataNode::string(name));
            all.children.push_back(listOf(places, depth, kind));
        };
        addPart("arguments", item.children, Kind::List);
        if (!item.items.empty()) {
            addPart("items", item.items, kindOfItems);
        }
        if (!item.state.empty()) {
            addPart("state", item.state, Kind::List);
        }
        return DataNode::tagged(item.name, std::move(all));
    }

    TreeReader m_in;
    std::vector<PickleItem> m_items;
    std::vector<Place> m_stack;
    std::vector<std::size_t> m_marks;
    std::map<std::uint64_t, Place> m_memo;
    std::vector<Place> m_path; ///< Containers around the one that nodeOf() is at.
    std::size_t m_copied = 0;  ///< Bytes of text in the nodes: the same text may come many times.
};

Result<DataNode> readPickle(std::string_view bytes, const DecodeLimits& limits)
{
    return PickleMachine(bytes, limits).run();
}

/// From protocol 2 on a pickle names its protocol; all end with a full stop.
Confidence detectPickle(std::string_view bytes, TextEnd end)
{
    const bool begins = bytes.size() > 3 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
    if (!begins || end == TextEnd::MoreFollows || !bytes.ends_with('.')) {
        return Confidence::No;
    }
    return readPickle(bytes, detectLimits()) ? Confidence::Certain : Confidence::No;
}

} // namespace

DecoderPtr pickleDecoder()
{
    return makeDecoder(TreeFormat{"pickle", "Python pickle", detectPickle, readPickle, nullptr});
}

} // namespace keyglass
