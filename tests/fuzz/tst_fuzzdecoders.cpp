// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datajson.h"
#include "core/value/formatters/decoderstack.h"
#include "tests/fuzz/mutation.h"

#include <sys/resource.h>

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

namespace {

const std::string document =
    R"({"id":42,"name":"Zoë","list":[1,-2.5e3,null,true,"a\u00e9"],"map":{"$map":[[1,{"$base64":"/wA="}]]}})";
const std::vector<std::string> pieces{"\0"s, "\xff", "\xff\xff\xff\xff", "\x7f\xff\xff\xff", "\x80", "\x91",
    "\xdf\xff\xff\xff\xff", "\x9f", "\xbf", "\xd8", "a:1:{", "s:3:\"", "O:1:\"A\":", "}", "[", "{", "\"", "\\u",
    "\\ud83d", "{\"$map\":", "\x1f\x8b\x08", "\x28\xb5\x2f\xfd", "\x04\x22\x4d\x18", "1e999", "-",
    "99999999999999999999", "|", "\x0b", "\x0c", "=", "'"};

/// Values of every format, as mutations begin with them.
std::vector<std::string> starts()
{
    std::vector<std::string> all{document, R"(a:2:{s:1:"x";a:1:{i:0;d:1.5;}s:1:"y";O:1:"C":1:{s:1:"p";b:1;}})",
        R"(user|a:1:{s:2:"id";i:7;})",
        QByteArray::fromHex("8ba2696401a178ca3fa00000c402ff00d7ff1d6f34546553f100d505616292c0c3").toStdString(),
        QByteArray::fromHex("bf61610161629f0203ff61637f657374726561646d696e67fff93c00c11a514b67b0ff").toStdString(),
        QByteArray::fromHex("08ffffffffffffffffff0112045a6fc3ab1a100a03412d3110021900000000000023400b08010c550000803e")
            .toStdString()};
    for (const DecoderPtr& decoder : allDecoders()) {
        if (const auto packed = decoder->encode(document, {}, {})) {
            all.push_back(*packed);
        }
    }
    return all;
}

/// Most memory this process ever had, in bytes.
std::uint64_t peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

} // namespace

class TestFuzzDecoders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_mutator.emplace(fuzzSeed(), m_starts, pieces); }
    void anyBytesAreReadOrRefused();
    void guessesCanBeDecoded();
    void whatIsWrittenIsReadAlike();
    void anyTextIsAStructureOrNone();

private:
    const std::vector<std::string> m_starts = starts();
    std::optional<Mutator> m_mutator;
};

/// In little memory, whatever lengths the bytes announce.
void TestFuzzDecoders::anyBytesAreReadOrRefused()
{
    const DecodeLimits limits{ByteCount{1024ULL * 1024}, 50, 10'000};
    const std::uint64_t before = peakMemory();
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string bytes = m_mutator->next();
        for (const DecoderPtr& decoder : allDecoders()) {
            const auto value = decoder->decode(bytes, limits);
            if (!value) {
                const ErrorKind kind = value.error().kind;
                QVERIFY2(kind == ErrorKind::WrongType || kind == ErrorKind::Limit || kind == ErrorKind::Unsupported,
                    decoder->name().c_str());
                QVERIFY(!value.error().detail.isEmpty());
                continue;
            }
            QVERIFY(value->content.size() <= std::max<std::size_t>(limits.output.value, bytes.size()));
            QVERIFY(value->kind == DecodedValue::Kind::Bytes || isUtf8(value->content));
        }
    }
#ifndef __SANITIZE_ADDRESS__ // which keeps freed memory for a while
    QVERIFY2(peakMemory() - before < 256ULL * 1024 * 1024, std::to_string(peakMemory() - before).c_str());
#endif
}

void TestFuzzDecoders::guessesCanBeDecoded()
{
    for (int round = 0; round < fuzzRounds() / 4; ++round) {
        const std::string bytes = m_mutator->next();
        const DecoderStack stack = detectStack(bytes);
        const auto value = stack.decode(bytes);
        QVERIFY2(value || value.error().kind == ErrorKind::Limit, stack.names().c_str());
    }
}

/// A structure that was read comes back as the same JSON once it was written.
void TestFuzzDecoders::whatIsWrittenIsReadAlike()
{
    const DecodeLimits limits{ByteCount{1024ULL * 1024}, 50, 10'000};
    for (int round = 0; round < fuzzRounds() / 4; ++round) {
        const std::string bytes = m_mutator->next();
        for (const DecoderPtr& decoder : allDecoders()) {
            const auto value = decoder->isReversible() ? decoder->decode(bytes, limits) : Error{};
            if (!value) {
                continue;
            }
            const auto encoded = decoder->encode(value->content, bytes, limits);
            if (!encoded) { // only what the format says can't be written
                QVERIFY2(encoded.error().kind == ErrorKind::Unsupported || encoded.error().kind == ErrorKind::Input,
                    decoder->name().c_str());
                QVERIFY2(decoder->name().starts_with("php"), qPrintable(encoded.error().detail));
                continue;
            }
            const auto again = decoder->decode(*encoded, limits);
            QVERIFY2(again, decoder->name().c_str());
            QVERIFY2(again->content == value->content, (decoder->name() + ": " + value->content).c_str());
        }
    }
}

void TestFuzzDecoders::anyTextIsAStructureOrNone()
{
    const DecodeLimits limits{ByteCount{1024ULL * 1024}, 50, 10'000};
    for (int round = 0; round < fuzzRounds(); ++round) {
        const std::string text = m_mutator->changed(m_mutator->changed(document));
        const auto data = dataFromJson(text, limits);
        if (!data) {
            QCOMPARE(data.error().kind, ErrorKind::Input);
            continue;
        }
        const auto json = jsonFromData(*data, limits);
        QVERIFY(json);
        const auto again = dataFromJson(*json, limits);
        QVERIFY2(again, json->c_str());
        QVERIFY2(*again == *data, json->c_str());
    }
}

QTEST_APPLESS_MAIN(TestFuzzDecoders)
#include "tst_fuzzdecoders.moc"
