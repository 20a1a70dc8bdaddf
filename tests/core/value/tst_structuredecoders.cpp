// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/datajson.h"
#include "tests/core/value/decoderstacks.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

std::string fromHex(const QByteArray& hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

QByteArray hexOf(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toHex();
}

DecoderStack stackOf(const QString& names)
{
    return keyglass::test::stackOf(names.toStdString());
}

QString explained(const Error& error)
{
    return error.subject + u": "_s + error.detail;
}

} // namespace

Q_DECLARE_METATYPE(std::string)

/// Formats that hold a structure: what their own tools wrote is shown as JSON, and goes back to the same bytes.
class TestStructureDecoders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatOthersWrote_data();
    void showsWhatOthersWrote();
    void isDetected_data();
    void isDetected();
    void damageIsNamed_data() { showsWhatOthersWrote_data(); }
    void damageIsNamed();
    void depthIsLimited_data();
    void depthIsLimited();
    void elementsAreLimited_data();
    void elementsAreLimited();
    void repeatedPartsOfAPickleAreLimited();
    void announcedLengthsAreNotBelieved_data();
    void announcedLengthsAreNotBelieved();
    void editsAreWritten_data();
    void editsAreWritten();
    void whatCantBeWrittenIsRefused_data();
    void whatCantBeWrittenIsRefused();
    void jsonKeepsEveryStructure();
    void jsonThatIsNoneIsRefused_data();
    void jsonThatIsNoneIsRefused();
    void timesAsText_data();
    void timesAsText();
};

void TestStructureDecoders::showsWhatOthersWrote_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QByteArray>("json"); // compact
    QTest::addColumn<bool>("comesBack");  // to the same bytes, that is

    QTest::addRow("MessagePack of msgpack-python 1.0.3")
        << u"msgpack"_s
        << fromHex("8ba269642aa46e616d65a45a6fc3aba36e6567d1fed4a3626967cfffffffffffffffffa166cb3ff8000000000000a26f6bc"
                   "3a46e6f6e"
                   "65c0a362696ec402ff00a46c6973749201920280a474696d65d7ff1d6f34546553f100a3657874d5056162")
        << QByteArray(
               R"({"id":42,"name":"Zoë","neg":-300,"big":18446744073709551615,"f":1.5,"ok":true,"none":null,)"
               R"("bin":{"$base64":"/wA="},"list":[1,[2,{}]],"time":{"$timestamp":"2023-11-14T22:13:20.123456789Z"},)"
               R"("ext":{"$ext 5":{"$base64":"YWI="}}})")
        << true;
    QTest::addRow("MessagePack with names that are numbers")
        << u"msgpack"_s << fromHex("8201ca3fa00000a178ca7fc00000")
        << QByteArray(R"({"$map":[[1,{"$float32":1.25}],["x",{"$float32":{"$float":"nan"}}]]})") << true;
    QTest::addRow("MessagePack with a name that begins with a dollar sign")
        << u"msgpack"_s << fromHex("81a4247365740c") << QByteArray(R"({"$map":[["$set",12]]})") << true;
    QTest::addRow("MessagePack in longer forms than needed")
        << u"msgpack"_s << fromHex("dd00000002d0ffce00000001") << QByteArray("[-1,1]") << false;
    QTest::addRow("CBOR of cbor (Python) 1.0.0")
        << u"cbor"_s
        << fromHex("a9626964182a646e616d65645a6fc3ab636e656739012b63626967c248ffffffffffffffff6166fb3ff8000000000000626"
                   "f6bf5646e"
                   "6f6e65f66362696e42ff00646c69737482018202a0")
        << QByteArray(
               R"({"id":42,"name":"Zoë","neg":-300,"big":{"$tag 2":{"$base64":"//////////8="}},"f":1.5,"ok":true,)"
               R"("none":null,"bin":{"$base64":"/wA="},"list":[1,[2,{}]]})")
        << true;
    // From here on the bytes of RFC 8949, appendix A.
    QTest::addRow("a time in CBOR") << u"cbor"_s << fromHex("c11a514b67b0") << QByteArray(R"({"$tag 1":1363896240})")
                                    << true;
    QTest::addRow("the largest numbers of CBOR") << u"cbor"_s << fromHex("821bffffffffffffffff3bffffffffffffffff")
                                                 << QByteArray("[18446744073709551615,-18446744073709551616]") << true;
    QTest::addRow("floats of CBOR") << u"cbor"_s << fromHex("84f93c00fa47c35000fb3ff199999999999af97e00")
                                    << QByteArray(
                                           R"([{"$float16":1.0},{"$float32":1e+05},1.1,{"$float16":{"$float":"nan"}}])")
                                    << true;
    QTest::addRow("simple values of CBOR")
        << u"cbor"_s << fromHex("83f7f0f8ff") << QByteArray(R"([{"$undefined":null},{"$simple":16},{"$simple":255}])")
        << true;
    QTest::addRow("CBOR of unknown length")
        << u"cbor"_s << fromHex("bf61610161629f0203ff61637f657374726561646d696e67ffff")
        << QByteArray(R"({"a":1,"b":[2,3],"c":"streaming"})") << false;
    QTest::addRow("PHP 8.2.36")
        << u"php"_s
        << fromHex("613a31313a7b733a323a226964223b693a34323b733a343a226e616d65223b733a343a225a6fc3ab223b733a313a2266223"
                   "b643a313b"
                   "733a313a2267223b643a302e313b733a323a226f6b223b623a313b733a343a226e6f6e65223b4e3b733a343a226c6973742"
                   "23b613a32"
                   "3a7b693a303b733a313a2261223b693a313b733a313a2262223b7d693a353b733a343a2266697665223b733a333a2262696"
                   "e223b733a"
                   "323a22ff00223b733a343a2263617274223b4f3a343a2243617274223a333a7b733a353a226974656d73223b613a323a7b6"
                   "93a303b69"
                   "3a313b693a313b693a323b7d733a383a22002a00746f74616c223b643a332e353b733a31303a220043617274006e6f74652"
                   "23b4e3b7d"
                   "733a343a2273756974223b453a31313a22537569743a486561727473223b7d")
        << QByteArray(R"({"id":42,"name":"Zoë","f":1.0,"g":0.1,"ok":true,"none":null,"list":["a","b"],"5":"five",)"
                      R"("bin":{"$base64":"/wA="},"cart":{"$object Cart":{"items":[1,2],"\u0000*\u0000total":3.5,)"
                      R"("\u0000Cart\u0000note":null}},"suit":{"$enum":"Suit:Hearts"}})")
        << true;
    QTest::addRow("special floats of PHP 8.2.36")
        << u"php"_s << std::string("a:6:{i:0;d:INF;i:1;d:-INF;i:2;d:NAN;i:3;d:-0;i:4;d:1.0E+25;i:5;d:1.5E-7;}")
        << QByteArray(R"([{"$float":"inf"},{"$float":"-inf"},{"$float":"nan"},-0.0,1.0E+25,1.5E-7])") << true;
    QTest::addRow("a class with numbered properties in PHP 8.2.36")
        << u"php"_s << std::string(R"(O:11:"ArrayObject":4:{i:0;i:0;i:1;a:2:{i:0;i:1;i:1;i:2;}i:2;a:0:{}i:3;N;})")
        << QByteArray(R"({"$object ArrayObject":{"$map":[[0,0],[1,[1,2]],[2,[]],[3,null]]}})") << true;
    QTest::addRow("references in PHP 8.2.36") << u"php"_s << std::string(R"(a:2:{s:1:"x";a:1:{i:0;i:1;}s:1:"y";R:2;})")
                                              << QByteArray(R"({"x":[1],"y":{"$reference":2}})") << false;
    QTest::addRow("a session of PHP 8.2.36") << u"php-session"_s << std::string(R"(user|a:1:{s:2:"id";i:7;}n|i:1;)")
                                             << QByteArray(R"({"user":{"id":7},"n":1})") << true;
    QTest::addRow("protoc 3.21.12, without its descriptor") // the message of tst_protobuf.cpp
        << u"protobuf"_s
        << fromHex("08ffffffffffffffffff0112045a6fc3ab1a100a03412d3110021900000000000023401a0e0a014210fffffffffffffffff"
                   "f01220301"
                   "ac02280132050a016110053a02ff004005494d00000000000000550000803e5801620476697361")
        << QByteArray(
               R"({"1":18446744073709551615,"2":"Zoë","3":[{"1":"A-1","2":2,"3":{"$fixed64":4621537642612260864}},)"
               R"({"1":"B","2":18446744073709551615}],"4":{"$base64":"AawC"},"5":1,"6":{"1":"a","2":5},)"
               R"("7":{"$base64":"/wA="},"8":5,"9":{"$fixed64":77},"10":{"$fixed32":1048576000},"11":1,"12":"visa"})")
        << true;
    QTest::addRow("a group of protobuf") << u"protobuf"_s << fromHex("0b08010c1001")
                                         << QByteArray(R"({"1":{"$group":{"1":1}},"2":1})") << true;
    QTest::addRow("BSON of pymongo")
        << u"bson"_s
        << fromHex(
               "de000000106964002a000000026e616d6500050000005a6fc3ab0012626967000000000000010000016600000000000000f8"
               "3f086f6b00010a6e6f6e65000562696e000200000000ff00046c697374001b000000103000010000000331000c0000001061"
               "00020000000000076f696400507f1f77bcf86cd799439011096174002e8fa97c9b0100000b7265005e610069001174730006"
               "00000005000000057500100000000412345678123442348234123456789abc13646563009600000000000000000000000000"
               "3c30ff6d696e000d636f646500040000006628290000")
        << QByteArray(
               R"j({"id":42,"name":"Zoë","big":{"$int64":1099511627776},"f":1.5,"ok":true,"none":null,)j"
               R"j("bin":{"$base64":"/wA="},"list":[1,{"a":2}],"oid":{"$oid":"507f1f77bcf86cd799439011"},)j"
               R"j("at":{"$date":"2026-01-02T03:04:05.678Z"},"re":{"$regex":["^a","i"]},"ts":{"$timestamp":[5,6]},)j"
               R"j("u":{"$binary 4":{"$base64":"EjRWeBI0QjSCNBI0VniavA=="}},)j"
               R"j("dec":{"$decimal128":"96000000000000000000000000003c30"},"min":{"$minKey":null},"code":{"$code":"f()"}})j")
        << true;
    QTest::addRow("BSON with a name that is no UTF-8") << u"bson"_s << fromHex("0c00000010ff000100000000")
                                                       << QByteArray(R"({"$map":[[{"$base64":"/w=="},1]]})") << true;
    // From here on what can be read and not written.
    QTest::addRow("an object of Java 17")
        << u"java"_s
        << fromHex(
               "aced0005737200064a24436172740000000000000001020008490005636f756e745a00026f6b44000570726963654c000569"
               "74656d737400104c6a6176612f7574696c2f4c6973743b4c00046e616d657400124c6a6176612f6c616e672f537472696e67"
               "3b5b00037261777400025b424c000473656c667400084c4a24436172743b4c0004737569747400084c4a24537569743b7870"
               "00000003014023000000000000737200136a6176612e7574696c2e41727261794c6973747881d21d99c7619d030001490004"
               "73697a657870000000027704000000027400016174000162787400045a6fc3ab757200025b42acf317f8060854e002000078"
               "7000000002010271007e00067e7200064a245375697400000000000000001200007872000e6a6176612e6c616e672e456e75"
               "6d00000000000000001200007870740006484541525453")
        << QByteArray(
               R"j({"$object J$Cart":{"count":3,"ok":true,"price":9.5,"items":{"$object java.util.ArrayList":{"size":2,)j"
               R"j("(data of java.util.ArrayList)":[{"$base64":"AAAAAg=="},"a","b"]}},"name":"Zoë",)j"
               R"j("raw":{"$base64":"AQI="},"self":{"$reference":"J$Cart#6"},"suit":{"$enum J$Suit":"HEARTS"}}})j")
        << false;
    QTest::addRow("a map of Java 17")
        << u"java"_s
        << fromHex(
               "aced0005737200116a6176612e7574696c2e486173684d61700507dac1c31660d103000246000a6c6f6164466163746f7249"
               "00097468726573686f6c6478703f4000000000000c770800000010000000027400056e616d6573757200135b4c6a6176612e"
               "6c616e672e537472696e673badd256e7e91d7b470200007870000000027400017871007e00057400026964737200116a6176"
               "612e6c616e672e496e746567657212e2a0a4f781873802000149000576616c7565787200106a6176612e6c616e672e4e756d"
               "62657286ac951d0b94e08b02000078700000002a78")
        << QByteArray(
               R"j({"$object java.util.HashMap":{"loadFactor":0.75,"threshold":12,"(data of java.util.HashMap)":)j"
               R"j([{"$base64":"AAAAEAAAAAI="},"names",["x","x"],"id",{"$object java.lang.Integer":{"value":42}}]}})j")
        << false;
    QTest::addRow("a class of Java that says it is its own base") << u"java"_s
                                                                  << fromHex("aced000573720001410000000000000000020000"
                                                                             "7871007e0000")
                                                                  << QByteArray(R"({"$object A":{}})") << false;
    QTest::addRow("a text of Java 17") << u"java"_s << fromHex("aced000574000568656c6c6f") << QByteArray("\"hello\"")
                                       << false;
    QTest::addRow("protocol 0 of Python 3.11")
        << u"pickle"_s
        << fromHex(
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
               "7034310a747034320a527034330a732e")
        << QByteArray(
               R"({"id":42,"name":"Zoë","big":1180591620717411303424,"neg":-5,"f":1.5,"ok":true,"none":null,)"
               R"("bin":{"$object _codecs.encode":["ÿ\u0000","latin1"]},"t":{"$tuple":[1,2,3]},"set":{"$object __builtin__.set":[[1]]},"a":["s"],"b":["s"],"cart":{"$object shop.Cart":)"
               R"({"items":[1,2],"total":3.5,"me":{"$reference":"an outer value"}}},"when":{"$object datetime.date":[{"$object _codecs.encode":["\u0007ê\u0001\u0002","latin1"]}]}})")
        << false;
    QTest::addRow("protocol 1 of Python 3.11")
        << u"pickle"_s
        << fromHex(
               "7d7100285802000000696471014b2a58040000006e616d65710258040000005a6fc3ab7103580300000062696771044c3131"
               "38303539313632303731373431313330333432344c0a58030000006e656771054afbffffff5801000000667106473ff80000"
               "0000000058020000006f6b71074930310a58040000006e6f6e6571084e580300000062696e7109635f636f646563730a656e"
               "636f64650a710a285803000000c3bf00710b58060000006c6174696e31710c74710d52710e580100000074710f284b014b02"
               "4b0374711058030000007365747111635f5f6275696c74696e5f5f0a7365740a7112285d71134b0161747114527115580100"
               "00006171165d711758010000007371186158010000006271196817580400000063617274711a63636f70795f7265670a5f72"
               "65636f6e7374727563746f720a711b286373686f700a436172740a711c635f5f6275696c74696e5f5f0a6f626a6563740a71"
               "1d4e74711e52711f7d71202858050000006974656d7371215d7122284b014b02655805000000746f74616c712347400c0000"
               "0000000058020000006d657124681f756258040000007768656e7125636461746574696d650a646174650a712628680a2858"
               "0500000007c3aa01027127680c74712852712974712a52712b752e")
        << QByteArray(
               R"({"id":42,"name":"Zoë","big":1180591620717411303424,"neg":-5,"f":1.5,"ok":true,"none":null,)"
               R"("bin":{"$object _codecs.encode":["ÿ\u0000","latin1"]},"t":{"$tuple":[1,2,3]},"set":{"$object __builtin__.set":[[1]]},"a":["s"],"b":["s"],"cart":{"$object shop.Cart":)"
               R"({"items":[1,2],"total":3.5,"me":{"$reference":"an outer value"}}},"when":{"$object datetime.date":[{"$object _codecs.encode":["\u0007ê\u0001\u0002","latin1"]}]}})")
        << false;
    QTest::addRow("protocol 2 of Python 3.11")
        << u"pickle"_s
        << fromHex(
               "80027d7100285802000000696471014b2a58040000006e616d65710258040000005a6fc3ab7103580300000062696771048a"
               "0900000000000000004058030000006e656771054afbffffff5801000000667106473ff800000000000058020000006f6b71"
               "078858040000006e6f6e6571084e580300000062696e7109635f636f646563730a656e636f64650a710a5803000000c3bf00"
               "710b58060000006c6174696e31710c86710d52710e580100000074710f4b014b024b0387711058030000007365747111635f"
               "5f6275696c74696e5f5f0a7365740a71125d71134b016185711452711558010000006171165d711758010000007371186158"
               "010000006271196817580400000063617274711a6373686f700a436172740a711b2981711c7d711d2858050000006974656d"
               "73711e5d711f284b014b02655805000000746f74616c712047400c00000000000058020000006d657121681c756258040000"
               "007768656e7122636461746574696d650a646174650a7123680a580500000007c3aa01027124680c86712552712685712752"
               "7128752e")
        << QByteArray(
               R"({"id":42,"name":"Zoë","big":1180591620717411303424,"neg":-5,"f":1.5,"ok":true,"none":null,)"
               R"("bin":{"$object _codecs.encode":["ÿ\u0000","latin1"]},"t":{"$tuple":[1,2,3]},"set":{"$object __builtin__.set":[[1]]},"a":["s"],"b":["s"],"cart":{"$object shop.Cart":)"
               R"({"items":[1,2],"total":3.5,"me":{"$reference":"an outer value"}}},"when":{"$object datetime.date":[{"$object _codecs.encode":["\u0007ê\u0001\u0002","latin1"]}]}})")
        << false;
    QTest::addRow("protocol 3 of Python 3.11")
        << u"pickle"_s
        << fromHex(
               "80037d7100285802000000696471014b2a58040000006e616d65710258040000005a6fc3ab7103580300000062696771048a"
               "0900000000000000004058030000006e656771054afbffffff5801000000667106473ff800000000000058020000006f6b71"
               "078858040000006e6f6e6571084e580300000062696e71094302ff00710a580100000074710b4b014b024b0387710c580300"
               "0000736574710d636275696c74696e730a7365740a710e5d710f4b016185711052711158010000006171125d711358010000"
               "00737114615801000000627115681358040000006361727471166373686f700a436172740a7117298171187d711928580500"
               "00006974656d73711a5d711b284b014b02655805000000746f74616c711c47400c00000000000058020000006d65711d6818"
               "756258040000007768656e711e636461746574696d650a646174650a711f430407ea01027120857121527122752e")
        << QByteArray(
               R"({"id":42,"name":"Zoë","big":1180591620717411303424,"neg":-5,"f":1.5,"ok":true,"none":null,)"
               R"("bin":{"$base64":"/wA="},"t":{"$tuple":[1,2,3]},"set":{"$object builtins.set":[[1]]},"a":["s"],"b":["s"],"cart":{"$object shop.Cart":)"
               R"({"items":[1,2],"total":3.5,"me":{"$reference":"an outer value"}}},"when":{"$object datetime.date":[{"$base64":"B+oBAg=="}]}})")
        << false;
    QTest::addRow("protocol 5 of Python 3.11")
        << u"pickle"_s
        << fromHex(
               "800595f2000000000000007d94288c026964944b2a8c046e616d65948c045a6fc3ab948c03626967948a0900000000000000"
               "00408c036e6567944afbffffff8c016694473ff80000000000008c026f6b94888c046e6f6e65944e8c0362696e944302ff00"
               "948c0174944b014b024b0387948c03736574948f94284b01908c0161945d948c017394618c01629468108c0463617274948c"
               "0473686f70948c04436172749493942981947d94288c056974656d73945d94284b014b02658c05746f74616c9447400c0000"
               "000000008c026d6594681775628c047768656e948c086461746574696d65948c0464617465949394430407ea010294859452"
               "94752e")
        << QByteArray(
               R"({"id":42,"name":"Zoë","big":1180591620717411303424,"neg":-5,"f":1.5,"ok":true,"none":null,)"
               R"("bin":{"$base64":"/wA="},"t":{"$tuple":[1,2,3]},"set":{"$set":[1]},"a":["s"],"b":["s"],"cart":{"$object shop.Cart":)"
               R"({"items":[1,2],"total":3.5,"me":{"$reference":"an outer value"}}},"when":{"$object datetime.date":[{"$base64":"B+oBAg=="}]}})")
        << false;
    QTest::addRow("a tuple with names, protocol 0")
        << u"pickle"_s
        << fromHex(
               "63636f70795f7265670a5f7265636f6e7374727563746f720a70300a28635f5f6d61696e5f5f0a4e540a70310a635f5f6275"
               "696c74696e5f5f0a7475706c650a70320a2849310a49320a7470330a7470340a5270350a2e")
        << QByteArray(R"({"$object __main__.NT":[{"$tuple":[1,2]}]})") << false;
    QTest::addRow("a map of a class that takes arguments")
        << u"pickle"_s
        << fromHex(
               "800263636f6c6c656374696f6e730a64656661756c74646963740a7100635f5f6275696c74696e5f5f0a6c6f6e670a710185"
               "710252710358010000006171044b01732e")
        << QByteArray(
               R"({"$object collections.defaultdict":{"arguments":[{"$global":"__builtin__.long"}],"items":{"a":1}}})")
        << false;
    QTest::addRow("a list of a class that takes arguments")
        << u"pickle"_s << fromHex("800263636f6c6c656374696f6e730a64657175650a7100294b058671015271024b01612e")
        << QByteArray(R"({"$object collections.deque":{"arguments":[{"$tuple":[]},5],"items":[1]}})") << false;
    QTest::addRow("arguments by name") << u"pickle"_s
                                       << fromHex("80049522000000000000008c085f5f6d61696e5f5f948c024b779493944b0185947d"
                                                  "948c0161944b057392942e")
                                       << QByteArray(R"({"$object __main__.Kw":[1,{"$keywords":[{"a":5}]}]})") << false;
    QTest::addRow("half a pair of surrogates, protocol 0")
        << u"pickle"_s << fromHex("565c75643830300a70300a2e") << QByteArray(R"({"$text64":"7aCA"})") << false;
    QTest::addRow("a pair of surrogates, Python 2")
        << u"pickle"_s << std::string("V\\ud83d\\ude00\n.") << QByteArray("\"\xf0\x9f\x98\x80\"") << false;
    QTest::addRow("a class of PHP whose name is no UTF-8")
        << u"php"_s << std::string("O:2:\"F\xff\":0:{}") << QByteArray(R"({"$64 b2JqZWN0IEb/":{}})") << true;
    QTest::addRow("a pickle that would run a command")
        << u"pickle"_s
        << fromHex("800263706f7369780a73797374656d0a71005810000000746f756368202f746d702f70776e656471018571025271032e")
        << QByteArray(R"({"$object posix.system":["touch /tmp/pwned"]})") << false;
}

void TestStructureDecoders::showsWhatOthersWrote()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, bytes);
    QFETCH(const QByteArray, json);
    QFETCH(const bool, comesBack);
    const DecoderStack stack = stackOf(decoder);
    const auto decoded = stack.decode(bytes);
    QVERIFY2(decoded, decoded ? "" : qPrintable(explained(decoded.error())));
    QCOMPARE(decoded->kind, DecodedValue::Kind::Json);
    QCOMPARE(QByteArray::fromStdString(compactJson(decoded->content)), json);
    if (comesBack) {
        const auto encoded = stack.encode(decoded->content, bytes);
        QVERIFY2(encoded, encoded ? "" : qPrintable(explained(encoded.error())));
        QCOMPARE(hexOf(*encoded), hexOf(bytes));
    }
}

void TestStructureDecoders::isDetected_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("names");
    QTest::addRow("MessagePack") << fromHex("82a26964cd012ca46e616d65a45a6fc3ab") << u"msgpack"_s;
    QTest::addRow("CBOR") << fromHex("a2626964182a646e616d65645a6fc3ab") << u"cbor"_s;
    QTest::addRow("CBOR that says so") << fromHex("d9d9f78102") << u"cbor"_s;
    QTest::addRow("PHP") << std::string(R"(a:1:{s:2:"id";i:7;})") << u"php"_s;
    QTest::addRow("a session of PHP") << std::string(R"(user|a:1:{s:2:"id";i:7;})") << u"php-session"_s;
    QTest::addRow("protobuf") << fromHex("082a12045a6fc3ab1a054b6579676c") << u"protobuf"_s;
    QTest::addRow("BSON") << fromHex("0d000000106964000100000000") << u"bson"_s;
    QTest::addRow("Java") << fromHex("aced000574000568656c6c6f") << u"java"_s;
    QTest::addRow("a pickle") << fromHex("80027d71005802000000696471014b2a732e") << u"pickle"_s;
    QTest::addRow("a text with a bar") << std::string("left|right") << QString();
    QTest::addRow("a text like PHP's") << std::string("a:1 is to b:2") << QString();
    QTest::addRow("one number") << fromHex("cd012c") << QString();
}

void TestStructureDecoders::isDetected()
{
    QFETCH(const std::string, bytes);
    QFETCH(const QString, names);
    QCOMPARE(QString::fromStdString(detectStack(bytes).names()), names);
}

/// Every beginning of a value is none, or another value; a byte more is too many.
void TestStructureDecoders::damageIsNamed()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, bytes);
    const DecoderStack stack = stackOf(decoder);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        const auto decoded = stack.decode(bytes.substr(0, cut));
        const bool mayEndAnywhere = decoder == u"protobuf"_s || decoder == u"php-session"_s // a row of fields
            || (decoder == u"java"_s && cut == 4);
        QVERIFY2(!decoded || mayEndAnywhere, qPrintable(QString::number(cut)));
        if (!decoded) {
            QCOMPARE(decoded.error().kind, ErrorKind::WrongType);
            QVERIFY2(decoded.error().detail.contains(u"byte"_s), qPrintable(decoded.error().detail));
        }
    }
    QVERIFY(!stack.decode(bytes + '\0'));
}

void TestStructureDecoders::depthIsLimited_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<std::string>("bytes");
    std::string php;
    for (int level = 0; level < 100'000; ++level) {
        php += "a:1:{i:0;";
    }
    QTest::addRow("MessagePack") << u"msgpack"_s << std::string(1'000'000, '\x91');
    QTest::addRow("CBOR") << u"cbor"_s << std::string(1'000'000, '\x81');
    QTest::addRow("CBOR's tags") << u"cbor"_s << std::string(1'000'000, '\xc1');
    QTest::addRow("CBOR of unknown length") << u"cbor"_s << std::string(1'000'000, '\x9f');
    QTest::addRow("PHP") << u"php"_s << php;
    QTest::addRow("JSON") << u"json"_s << std::string(1'000'000, '[');
    QTest::addRow("a pickle") << u"pickle"_s << std::string(1'000, ']') + std::string(999, 'a') + '.';
    std::string java = fromHex("aced0005");
    for (int level = 0; level < 100'000; ++level) {
        java += fromHex("7572000278780000000000000000000000");
    }
    QTest::addRow("Java") << u"java"_s << java;
    QTest::addRow("groups of protobuf") << u"protobuf"_s << std::string(1'000'000, '\x0b');
}

void TestStructureDecoders::depthIsLimited()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, bytes);
    const auto decoded = stackOf(decoder).decode(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Limit);
}

void TestStructureDecoders::elementsAreLimited_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<std::string>("bytes");
    QTest::addRow("MessagePack") << u"msgpack"_s << fromHex("dd00100000") + std::string(0x100000, '\xc0');
    QTest::addRow("CBOR") << u"cbor"_s << fromHex("9a00100000") + std::string(0x100000, '\xf6');
    std::string fields;
    for (int field = 0; field < 0x100000; ++field) {
        fields += "\x08\x01";
    }
    QTest::addRow("protobuf") << u"protobuf"_s << fields;
}

void TestStructureDecoders::elementsAreLimited()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, bytes);
    const DecoderStack stack = stackOf(decoder);
    const auto decoded = stack.decode(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Limit);
    QVERIFY(stack.decode(bytes, {ByteCount{1ULL << 30U}, 10, 2'000'000}));
    const auto small = stack.decode(bytes, {ByteCount{1000}, 10, 2'000'000}); // its JSON is too long then
    QVERIFY(!small);
    QCOMPARE(small.error().kind, ErrorKind::Limit);
}

/// A pickle may name the same list again and again: a few hundred bytes for more elements than there are atoms.
void TestStructureDecoders::repeatedPartsOfAPickleAreLimited()
{
    std::string bytes = fromHex("80025d7100");
    for (int level = 0; level < 100; ++level) {
        bytes += fromHex("5d28680068006500").substr(0, 7) + fromHex("7100"); // [it, it], remembered in its place
    }
    const auto decoded = stackOf(u"pickle"_s).decode(bytes + '.');
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Limit);
}

void TestStructureDecoders::announcedLengthsAreNotBelieved_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<std::string>("bytes");
    QTest::addRow("a list of MessagePack") << u"msgpack"_s << fromHex("ddffffffff01");
    QTest::addRow("a map of MessagePack") << u"msgpack"_s << fromHex("dfffffffff01");
    QTest::addRow("a text of MessagePack") << u"msgpack"_s << fromHex("dbffffffff01");
    QTest::addRow("a list of CBOR") << u"cbor"_s << fromHex("9bffffffffffffffff01");
    QTest::addRow("a map of CBOR") << u"cbor"_s << fromHex("bbffffffffffffffff01");
    QTest::addRow("bytes of CBOR") << u"cbor"_s << fromHex("5bffffffffffffffff01");
    QTest::addRow("an array of PHP") << u"php"_s << std::string("a:18446744073709551615:{i:0;i:1;}");
    QTest::addRow("a string of PHP") << u"php"_s << std::string(R"(s:18446744073709551615:"x";)");
    QTest::addRow("a number too long for PHP") << u"php"_s << std::string("a:99999999999999999999:{}");
    QTest::addRow("a document of BSON") << u"bson"_s
                                        << fromHex("ffffff7f1069640001000000"
                                                   "00");
    QTest::addRow("a text of BSON") << u"bson"_s << fromHex("0e000000026900ffffff7f0000");
    QTest::addRow("a text of a pickle") << u"pickle"_s << fromHex("8dffffffffffffffff612e");
    QTest::addRow("a text of Java") << u"java"_s << fromHex("aced00057cffffffffffffffff61");
    QTest::addRow("an array of Java") << u"java"_s
                                      << fromHex("aced0005757200025b42"
                                                 "acf317f8060854e00200007870"
                                                 "ffffffff01");
    QTest::addRow("bytes of protobuf") << u"protobuf"_s << fromHex("0affffffffffffffffff0141");
    QTest::addRow("a number too long for protobuf") << u"protobuf"_s << fromHex("08ffffffffffffffffffff01");
}

void TestStructureDecoders::announcedLengthsAreNotBelieved()
{
    QFETCH(const QString, decoder);
    QFETCH(const std::string, bytes);
    const auto decoded = stackOf(decoder).decode(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::WrongType);
}

void TestStructureDecoders::editsAreWritten_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<std::string>("bytes");
    QTest::addRow("MessagePack numbers") << u"msgpack"_s
                                         << QByteArray("[0,127,128,256,65536,4294967296,-1,-32,-33,-129,-32769]")
                                         << fromHex(
                                                "9b007fcc80cd0100ce00010000cf0000000100000000ffe0d0dfd1ff7fd2ffff7fff");
    QTest::addRow("MessagePack times") << u"msgpack"_s
                                       << QByteArray(R"([{"$timestamp":"1970-01-01T00:00:01Z"},)"
                                                     R"({"$timestamp":"1969-12-31T23:59:59Z"}])")
                                       << fromHex("92d6ff00000001c70cff00000000ffffffffffffffff");
    QTest::addRow("CBOR numbers") << u"cbor"_s << QByteArray("[23,24,-24,-25,-0]") << fromHex("8517181837381800");
    QTest::addRow("PHP") << u"php"_s << QByteArray(R"({"a":"é","7":2.50,"-0":null})")
                         << std::string("a:3:{s:1:\"a\";s:2:\"é\";i:7;d:2.50;s:2:\"-0\";N;}");
    QTest::addRow("BSON") << u"bson"_s << QByteArray(R"({"a":2147483648,"b":[null]})")
                          << fromHex("1b00000012610000000080000000000462000800"
                                     "00000a30000000");
    QTest::addRow("protobuf") << u"protobuf"_s << QByteArray(R"({"1":-1,"2":["a","b"],"3":{}})")
                              << fromHex("08ffffffffffffffffff011201611201621a00");
}

void TestStructureDecoders::editsAreWritten()
{
    QFETCH(const QString, decoder);
    QFETCH(const QByteArray, json);
    QFETCH(const std::string, bytes);
    const auto encoded = stackOf(decoder).encode(json.toStdString(), {});
    QVERIFY2(encoded, encoded ? "" : qPrintable(explained(encoded.error())));
    QCOMPARE(hexOf(*encoded), hexOf(bytes));
}

void TestStructureDecoders::whatCantBeWrittenIsRefused_data()
{
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    QTest::addRow("no JSON") << u"msgpack"_s << QByteArray("{") << u"byte 1"_s;
    QTest::addRow("too large a number") << u"msgpack"_s << QByteArray("[18446744073709551616]")
                                        << u"18446744073709551616"_s;
    QTest::addRow("too low a number") << u"msgpack"_s << QByteArray("[-9223372036854775809]")
                                      << u"-9223372036854775809"_s;
    QTest::addRow("too large a number for PHP")
        << u"php"_s << QByteArray("9223372036854775808") << u"9223372036854775808"_s;
    QTest::addRow("an unknown tag") << u"msgpack"_s << QByteArray(R"({"$set":1})") << u"$set"_s;
    QTest::addRow("an unknown tag of CBOR") << u"cbor"_s << QByteArray(R"({"$ext 1":1})") << u"$ext 1"_s;
    QTest::addRow("a name in raw protobuf") << u"protobuf"_s << QByteArray(R"({"name":1})") << u"name"_s;
    QTest::addRow("a float in raw protobuf") << u"protobuf"_s << QByteArray(R"({"1":1.5})") << u"1.5"_s;
    QTest::addRow("a reference of PHP") << u"php"_s << QByteArray(R"([{"$reference":1}])") << u"PHP"_s;
    QTest::addRow("a list as BSON") << u"bson"_s << QByteArray("[1]") << u"object"_s;
    QTest::addRow("a wrong ID of BSON") << u"bson"_s << QByteArray(R"({"a":{"$oid":"12"}})") << u"$oid"_s;
    QTest::addRow("a pickle") << u"pickle"_s << QByteArray("{}") << u"not written"_s;
    QTest::addRow("Java") << u"java"_s << QByteArray("{}") << u"not written"_s;
    QTest::addRow("a float that is no number") << u"cbor"_s << QByteArray("[1e999]") << u"1e999"_s;
}

void TestStructureDecoders::whatCantBeWrittenIsRefused()
{
    QFETCH(const QString, decoder);
    QFETCH(const QByteArray, json);
    QFETCH(const QString, named);
    const auto encoded = stackOf(decoder).encode(json.toStdString(), {});
    QVERIFY(!encoded);
    QVERIFY(encoded.error().kind == ErrorKind::Input || encoded.error().kind == ErrorKind::Unsupported);
    QVERIFY2(explained(encoded.error()).contains(named), qPrintable(explained(encoded.error())));
}

void TestStructureDecoders::jsonKeepsEveryStructure()
{
    using Kind = DataNode::Kind;
    const std::string notUtf8 = "\xff\x00z";
    DataNode map{Kind::Map, {},
        {DataNode::string("a"), DataNode::integer(std::int64_t{-1}), DataNode::string("a"), DataNode::null()}};
    DataNode odd{Kind::Map, {}, {DataNode::bytes(notUtf8), map, DataNode::string("$x"), DataNode::boolean(false)}};
    DataNode root{Kind::List, {},
        {odd, DataNode::tagged("tag 1", DataNode{Kind::Text, notUtf8, {}}), DataNode::number(0.1),
            DataNode::number(0.1F), DataNode::number(-0.0), DataNode::string("\"\\\n\x01 \u2028 Zoë"),
            DataNode{Kind::List, {}, {}}, DataNode{Kind::Map, {}, {}},
            DataNode::number(std::numeric_limits<double>::infinity())}};
    const auto json = jsonFromData(root, {});
    QVERIFY(json);
    QVERIFY(isUtf8(*json));
    QJsonParseError error;
    QVERIFY(QJsonDocument::fromJson(QByteArray::fromStdString(*json), &error).isArray());
    const auto back = dataFromJson(*json, {});
    QVERIFY2(back, back ? "" : qPrintable(explained(back.error())));
    QVERIFY(*back == root);
    const auto compact = dataFromJson(compactJson(*json), {});
    QVERIFY(compact);
    QVERIFY(*compact == root);
}

void TestStructureDecoders::jsonThatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* json : {"", " ", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]",
             "tru", "nulL", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\u12\"", "\"\n\"", "1 2", "[1}", "\"\xff\"",
             "[{\"$base64\":\"*\"}]", "{\"$map\":[1]}", "{\"$float\":\"x\"}", "--1", "-"}) {
        QTest::addRow("%s", json) << QByteArray(json);
    }
}

void TestStructureDecoders::jsonThatIsNoneIsRefused()
{
    QFETCH(const QByteArray, json);
    const auto data = dataFromJson(json.toStdString(), {});
    QVERIFY(!data);
    QCOMPARE(data.error().kind, ErrorKind::Input);
}

void TestStructureDecoders::timesAsText_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<uint>("nanoseconds");
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("the epoch") << qint64{0} << 0U << QByteArray("1970-01-01T00:00:00Z");
    QTest::addRow("before it") << qint64{-1} << 500'000'000U << QByteArray("1969-12-31T23:59:59.500Z");
    QTest::addRow("a nanosecond") << qint64{1'700'000'000} << 1U << QByteArray("2023-11-14T22:13:20.000000001Z");
    QTest::addRow("the last second") << qint64{253402300799} << 0U << QByteArray("9999-12-31T23:59:59Z");
    QTest::addRow("after it") << qint64{253402300800} << 0U << QByteArray();
    QTest::addRow("far away") << std::numeric_limits<qint64>::min() << 0U << QByteArray();
}

void TestStructureDecoders::timesAsText()
{
    QFETCH(const qint64, seconds);
    QFETCH(const uint, nanoseconds);
    QFETCH(const QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(timeText(seconds, nanoseconds)), text);
    const auto back = timeFromText(text.toStdString());
    QCOMPARE(back.has_value(), !text.isEmpty());
    if (back) {
        QCOMPARE(back->seconds, seconds);
        QCOMPARE(back->nanoseconds, nanoseconds);
    }
}

QTEST_APPLESS_MAIN(TestStructureDecoders)
#include "tst_structuredecoders.moc"
