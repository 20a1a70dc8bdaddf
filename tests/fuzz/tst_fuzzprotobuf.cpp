// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of protobuf with a descriptor set, both of which anybody may have made.
#include "core/base/bytes.h"
#include "core/value/formatters/decoderstack.h"
#include "core/value/formatters/protobufschema.h"
#include "tests/core/value/protobuforder.h"
#include "tests/fuzz/mutation.h"

#include <sys/resource.h>

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

const std::vector<std::string> messages{"", order.toStdString(), "\x08\x01", "\x1a\x10\x0a\x03\x41\x2d\x31"};
const std::vector<std::string> descriptors{descriptor.toStdString()};
const std::vector<std::string> pieces{"\0"s, "\xff", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x80", "\x7f", "\x0a",
    "\x1a\x00"s, "\x22\x03\x01\xac\x02", "\x32\x05\x0a\x01\x61\x10\x05", "\x0b", "\x0c", "\x07",
    "\x12\xff\xff\xff\x7f"};
const DecodeLimits limits{ByteCount{1024ULL * 1024}, 50, 10'000};

/// Most memory this process ever had, in bytes.
std::uint64_t peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

} // namespace

class TestFuzzProtobuf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyMessageIsReadOrRefused();
    void anyDescriptorIsReadOrRefused();
    void anyEditIsWrittenOrRefused();

private:
    /// The decoder by a file that holds `bytes`; nothing where they are no descriptor set with that message.
    [[nodiscard]] Result<DecoderStack> decoderBy(const std::string& bytes) const
    {
        QFile file(m_path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(bytes)) < 0) {
            return Error{ErrorKind::File, m_path, file.errorString()};
        }
        file.close();
        return DecoderStack::fromNames(("protobuf:shop.Order@"_L1 + m_path).toStdString());
    }
    static void isReadOrRefused(const DecoderStack& stack, const std::string& bytes)
    {
        const auto value = stack.decode(bytes, limits);
        if (!value) {
            const ErrorKind kind = value.error().kind;
            QVERIFY(kind == ErrorKind::WrongType || kind == ErrorKind::Limit || kind == ErrorKind::Unsupported);
            QVERIFY(!value.error().detail.isEmpty());
            return;
        }
        QVERIFY(value->content.size() <= std::max<std::size_t>(limits.output.value, bytes.size()));
        QVERIFY(isUtf8(value->content));
    }

    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(u"orders.desc"_s);
};

/// In little memory, whatever lengths the bytes announce.
void TestFuzzProtobuf::anyMessageIsReadOrRefused()
{
    const auto stack = decoderBy(descriptors.front());
    QVERIFY(stack);
    Mutator mutator(fuzzSeed(), messages, pieces);
    [[maybe_unused]] const std::uint64_t before = peakMemory();
    for (int round = 0; round < fuzzRounds(); ++round) {
        isReadOrRefused(*stack, mutator.next());
        if (QTest::currentTestFailed()) {
            return;
        }
    }
#if !defined(__SANITIZE_ADDRESS__)                                                                                     \
    && !defined(__SANITIZE_THREAD__) // which need more, and keep freed memory for a while
    QVERIFY2(peakMemory() - before < 256ULL * 1024 * 1024, std::to_string(peakMemory() - before).c_str());
#endif
}

/// Those that are still one read messages with whatever it says of them.
void TestFuzzProtobuf::anyDescriptorIsReadOrRefused()
{
    Mutator mutator(fuzzSeed(), descriptors, pieces);
    Mutator inputs(fuzzSeed(), messages, pieces);
    [[maybe_unused]] const std::uint64_t before = peakMemory();
    int used = 0;
    for (int round = 0; round < fuzzRounds() / 10; ++round) {
        const std::string bytes = mutator.next();
        const auto schema = ProtobufSchema::fromDescriptorSet(bytes);
        if (!schema) {
            QCOMPARE(schema.error().kind, ErrorKind::Input);
            continue;
        }
        const auto stack = decoderBy(bytes);
        if (!stack) {
            QCOMPARE(stack.error().kind, ErrorKind::Input);
            continue;
        }
        ++used;
        isReadOrRefused(*stack, order.toStdString());
        isReadOrRefused(*stack, inputs.next());
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    QVERIFY(used > 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(peakMemory() - before < 256ULL * 1024 * 1024, std::to_string(peakMemory() - before).c_str());
#endif
}

void TestFuzzProtobuf::anyEditIsWrittenOrRefused()
{
    const auto stack = decoderBy(descriptors.front());
    QVERIFY(stack);
    const auto value = stack->decode(order.toStdString(), limits);
    QVERIFY(value);
    const std::vector<std::string> texts{value->content, "{}", R"({"lines":[{"sku":"A"}]})"};
    const std::vector<std::string> parts{"\"", "{", "}", "[", "]", ",", ":", "\"id\":", "null", "-1", "1e999",
        "99999999999999999999", "{\"$base64\":\"/w==\"}", "\"NEW\"", "\"stock\":{\"b\":1}", "\\u0000"};
    Mutator mutator(fuzzSeed(), texts, parts);
    for (int round = 0; round < fuzzRounds() / 4; ++round) {
        const auto encoded = stack->encode(mutator.next(), order.toStdString(), limits);
        if (!encoded) {
            const ErrorKind kind = encoded.error().kind;
            QVERIFY2(kind == ErrorKind::Input || kind == ErrorKind::Limit || kind == ErrorKind::Unsupported,
                qPrintable(encoded.error().detail));
            continue;
        }
        isReadOrRefused(*stack, *encoded);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
}

QTEST_APPLESS_MAIN(TestFuzzProtobuf)
#include "tst_fuzzprotobuf.moc"
