// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datajson.h"
#include "core/value/formatters/decoderstack.h"
#include "tests/fuzz/mutation.h"

#include <sys/resource.h>

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <algorithm>

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
    for (const char* hex : {// BSON, Java, pickles of protocols 0, 2 and 5
             "de000000106964002a000000026e616d6500050000005a6fc3ab0012626967000000000000010000016600000000000000f8"
             "3f086f6b00010a6e6f6e65000562696e000200000000ff00046c697374001b000000103000010000000331000c0000001061"
             "00020000000000076f696400507f1f77bcf86cd799439011096174002e8fa97c9b0100000b7265005e610069001174730006"
             "00000005000000057500100000000412345678123442348234123456789abc13646563009600000000000000000000000000"
             "3c30ff6d696e000d636f646500040000006628290000",
             "aced0005737200064a24436172740000000000000001020008490005636f756e745a00026f6b44000570726963654c000569"
             "74656d737400104c6a6176612f7574696c2f4c6973743b4c00046e616d657400124c6a6176612f6c616e672f537472696e67"
             "3b5b00037261777400025b424c000473656c667400084c4a24436172743b4c0004737569747400084c4a24537569743b7870"
             "00000003014023000000000000737200136a6176612e7574696c2e41727261794c6973747881d21d99c7619d030001490004"
             "73697a657870000000027704000000027400016174000162787400045a6fc3ab757200025b42acf317f8060854e002000078"
             "7000000002010271007e00067e7200064a245375697400000000000000001200007872000e6a6176612e6c616e672e456e75"
             "6d00000000000000001200007870740006484541525453",
             "aced0005737200116a6176612e7574696c2e486173684d61700507dac1c31660d103000246000a6c6f6164466163746f7249"
             "00097468726573686f6c6478703f4000000000000c770800000010000000027400056e616d6573757200135b4c6a6176612e"
             "6c616e672e537472696e673badd256e7e91d7b470200007870000000027400017871007e00057400026964737200116a6176"
             "612e6c616e672e496e746567657212e2a0a4f781873802000149000576616c7565787200106a6176612e6c616e672e4e756d"
             "62657286ac951d0b94e08b02000078700000002a78",
             "286470300a5669640a70310a4934320a73566e616d650a70320a565a6feb0a70330a73566269670a70340a4c313138303539"
             "313632303731373431313330333432344c0a73566e65670a70350a492d350a7356660a70360a46312e350a73566f6b0a7037"
             "0a4930310a73566e6f6e650a70380a4e735662696e0a70390a635f636f646563730a656e636f64650a7031300a2856ff5c75"
             "303030300a7031310a566c6174696e310a7031320a747031330a527031340a7356740a7031350a2849310a49320a49330a74"
             "7031360a73567365740a7031370a635f5f6275696c74696e5f5f0a7365740a7031380a28286c7031390a49310a6174703230"
             "0a527032310a7356610a7032320a286c7032330a56730a7032340a617356620a7032350a6732330a7356636172740a703236"
             "0a63636f70795f7265670a5f7265636f6e7374727563746f720a7032370a286373686f700a436172740a7032380a635f5f62"
             "75696c74696e5f5f0a6f626a6563740a7032390a4e747033300a527033310a28647033320a566974656d730a7033330a286c"
             "7033340a49310a6149320a617356746f74616c0a7033350a46332e350a73566d650a7033360a6733310a736273567768656e"
             "0a7033370a636461746574696d650a646174650a7033380a286731300a285607ea01020a7033390a6731320a747034300a52"
             "7034310a747034320a527034330a732e",
             "80027d7100285802000000696471014b2a58040000006e616d65710258040000005a6fc3ab7103580300000062696771048a"
             "0900000000000000004058030000006e656771054afbffffff5801000000667106473ff800000000000058020000006f6b71"
             "078858040000006e6f6e6571084e580300000062696e7109635f636f646563730a656e636f64650a710a5803000000c3bf00"
             "710b58060000006c6174696e31710c86710d52710e580100000074710f4b014b024b0387711058030000007365747111635f"
             "5f6275696c74696e5f5f0a7365740a71125d71134b016185711452711558010000006171165d711758010000007371186158"
             "010000006271196817580400000063617274711a6373686f700a436172740a711b2981711c7d711d2858050000006974656d"
             "73711e5d711f284b014b02655805000000746f74616c712047400c00000000000058020000006d657121681c756258040000"
             "007768656e7122636461746574696d650a646174650a7123680a580500000007c3aa01027124680c86712552712685712752"
             "7128752e",
             "800595f2000000000000007d94288c026964944b2a8c046e616d65948c045a6fc3ab948c03626967948a0900000000000000"
             "00408c036e6567944afbffffff8c016694473ff80000000000008c026f6b94888c046e6f6e65944e8c0362696e944302ff00"
             "948c0174944b014b024b0387948c03736574948f94284b01908c0161945d948c017394618c01629468108c0463617274948c"
             "0473686f70948c04436172749493942981947d94288c056974656d73945d94284b014b02658c05746f74616c9447400c0000"
             "000000008c026d6594681775628c047768656e948c086461746574696d65948c0464617465949394430407ea010294859452"
             "94752e"}) {
        all.push_back(QByteArray::fromHex(hex).toStdString());
    }
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
    void everyFormatIsAmongThem();
    void anyBytesAreReadOrRefused();
    void guessesCanBeDecoded();
    void whatIsWrittenIsReadAlike();
    void anyTextIsAStructureOrNone();

private:
    const std::vector<std::string> m_starts = starts();
    std::optional<Mutator> m_mutator;
};

/// What is fuzzed below; messages with a descriptor have a test of their own.
void TestFuzzDecoders::everyFormatIsAmongThem()
{
    std::vector<std::string> names;
    for (const DecoderPtr& decoder : allDecoders()) {
        names.push_back(decoder->name());
    }
    for (const char* wanted :
        {"json", "hex", "base64", "gzip", "zlib", "deflate", "zstd", "lz4", "lz4-block", "brotli", "snappy", "msgpack",
            "cbor", "bson", "protobuf", "php", "php-session", "pickle", "java", "unix-time", "uuid", "flags"}) {
        QVERIFY2(std::ranges::find(names, wanted) != names.end(), wanted);
    }
}

/// In little memory, whatever lengths the bytes announce.
void TestFuzzDecoders::anyBytesAreReadOrRefused()
{
    const DecodeLimits limits{ByteCount{1024ULL * 1024}, 50, 10'000};
    [[maybe_unused]] const std::uint64_t before = peakMemory();
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
#if !defined(__SANITIZE_ADDRESS__)                                                                                     \
    && !defined(__SANITIZE_THREAD__) // which need more, and keep freed memory for a while
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
