#include "tests/unit/server/ingest/decoded.h"

#include <QRegularExpression>
#include <QTest>

using namespace cohort;
using namespace cohort::ingest;
using namespace cohort::ingest::test;

namespace {

QByteArray nested(int depth)
{
    // The object, the list of measures' place and what is inside it: `depth` levels in all.
    return "{\"x\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + "}";
}

} // namespace

class TestDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatIsNoMessageAndSaysWhere_data();
    void refusesWhatIsNoMessageAndSaysWhere();
    void namesOneBadMeasurementAndKeepsTheOthers_data();
    void namesOneBadMeasurementAndKeepsTheOthers();
    void readsAllOfAMessage();
    void takesShortNames();
    void readsAListOfMessages();
    void echoesTheSequenceNumberVerbatim_data();
    void echoesTheSequenceNumberVerbatim();
    void acceptsSixteenLevels();
    void findsWhoSpeaksWithoutAToken_data();
    void findsWhoSpeaksWithoutAToken();
    void decodesAgainWithTheSameBuffers();
    void finding_F1_namesMembersThatNobodyKnows_data();
    void finding_F1_namesMembersThatNobodyKnows();
    void finding_F1_refusesWhatSaysNothing_data();
    void finding_F1_refusesWhatSaysNothing();
    void finding_F1_aMeasureWithoutParamsIsNamed();
    void finding_F1_anAlertsParamsComeInAnyForm();
    void finding_S5_oneMessageHasOneProxy();
    void finding_F7_skipsAByteOrderMarkAndCountsItsBytes();
    void finding_F7_namesWideText_data();
    void finding_F7_namesWideText();
    void finding_F8_speaksVersions1And2_data();
    void finding_F8_speaksVersions1And2();
};

void TestDecoder::refusesWhatIsNoMessageAndSaysWhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("byte"); // -1: any
    QTest::newRow("nothing") << QByteArray("") << 0;
    QTest::newRow("spaces") << QByteArray("   ") << 0;
    QTest::newRow("a number") << QByteArray("17") << 0;
    QTest::newRow("a text") << QByteArray("\"x\"") << 0;
    QTest::newRow("null") << QByteArray("null") << 0;
    QTest::newRow("a list of numbers") << QByteArray("[1]") << 1;
    QTest::newRow("a list in a list") << QByteArray("[[]]") << 1;
    QTest::newRow("an open object") << QByteArray("{\"a\":1") << -1;
    QTest::newRow("an open list") << QByteArray("[{}") << -1;
    QTest::newRow("closed by the wrong bracket") << QByteArray("{\"a\":[1}") << -1;
    QTest::newRow("list closed by brace") << QByteArray("[{}}") << -1;
    QTest::newRow("two messages") << QByteArray("{}{}") << 2;
    QTest::newRow("rubbish behind it") << QByteArray("{} x") << 3;
    QTest::newRow("a comma too many") << QByteArray("{\"a\":1,}") << -1;
    QTest::newRow("no colon") << QByteArray("{\"a\" 1}") << -1;
    QTest::newRow("no value") << QByteArray("{\"a\":}") << -1;
    QTest::newRow("a name without quotes") << QByteArray("{a:1}") << -1;
    QTest::newRow("an unknown word") << QByteArray("{\"a\":tru}") << -1;
    QTest::newRow("nul instead of null") << QByteArray("{\"a\":nul}") << -1;
    QTest::newRow("NaN") << QByteArray("{\"a\":NaN}") << -1;
    QTest::newRow("Infinity") << QByteArray("{\"a\":-Infinity}") << -1;
    QTest::newRow("beyond a double, and no JSON") << QByteArray("{\"a\":01e999}") << 5;
    QTest::newRow("a zero in front") << QByteArray("{\"a\":017}") << 5;
    QTest::newRow("two points") << QByteArray("{\"a\":1.2.3}") << 5;
    QTest::newRow("a plus") << QByteArray("{\"a\":+1}") << -1;
    QTest::newRow("hexadecimal") << QByteArray("{\"a\":0x1f}") << 5;
    QTest::newRow("an open string") << QByteArray("{\"a\":\"x}") << 5;
    QTest::newRow("a line feed in a string") << QByteArray("{\"a\":\"x\ny\"}") << 7;
    QTest::newRow("half a surrogate") << QByteArray("{\"a\":\"\\ud800\"}") << -1;
    QTest::newRow("an unknown escape") << QByteArray("{\"a\":\"\\x\"}") << -1;
    QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\"}") << 6;
    QTest::newRow("overlong UTF-8") << QByteArray("{\"a\":\"\xc0\xaf\"}") << 6;
    QTest::newRow("a surrogate in UTF-8") << QByteArray("{\"a\":\"\xed\xa0\x80\"}") << 6;
    QTest::newRow("a name twice") << QByteArray("{\"a\":1,\"a\":2}") << 11;
    QTest::newRow("a name twice, once escaped") << QByteArray("{\"a\":1,\"\\u0061\":2}") << 16;
    QTest::newRow("a name twice among many")
        << QByteArray(R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"c":2})") << 59;
    QTest::newRow("a name twice, deep inside") << QByteArray("{\"m\":[{\"a\":1,\"b\":0,\"a\":1}]}") << -1;
    QTest::newRow("NUL in a member's name") << QByteArray("{\"a\\u0000b\":1}") << -1;
    QTest::newRow("NUL in a parameter's name") << measureWith("\"name\":\"a\\u0000\",\"value\":1") << -1;
    QTest::newRow("NUL in an index") << measureWith("\"name\":\"a\",\"index\":\"\\u0000\",\"value\":1") << -1;
    QTest::newRow("NUL in a device id")
        << QByteArray("{\"measures\":[{\"deviceId\":\"D\\u0000\",\"params\":[{\"name\":\"a\",\"value\":1}]}]}") << -1;
    QTest::newRow("NUL in proxyId") << QByteArray("{\"proxyId\":\"\\u0000\"}") << -1;
    QTest::newRow("seventeen levels") << nested(17) << 5 + 15;
    QTest::newRow("ten thousand levels") << nested(10'000) << 5 + 15;
    QTest::newRow("measures are no list") << QByteArray("{\"measures\":{}}") << 12;
    QTest::newRow("addDevices are no list") << QByteArray("{\"addDevices\":7}") << 14;
    QTest::newRow("responses are no list") << QByteArray("{\"responses\":\"x\"}") << 13;
    QTest::newRow("alerts are no list") << QByteArray("{\"alerts\":true}") << 10;
    QTest::newRow("proxyId is a list") << QByteArray("{\"proxyId\":[]}") << 11;
    QTest::newRow("proxyId is empty") << QByteArray("{\"proxyId\":\"\"}") << -1;
    QTest::newRow("a version that is none") << QByteArray("{\"version\":{}}") << 11;
    QTest::newRow("a sequence number without end") << ("{\"seq\":\"" + QByteArray(300, 'x') + "\"}") << 7;
}

void TestDecoder::refusesWhatIsNoMessageAndSaysWhere()
{
    QFETCH(QByteArray, json);
    QFETCH(int, byte);
    const auto decoded = decode(json);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::CannotParse);
    const QString detail = decoded.error().detail;
    QVERIFY2(detail.contains(QStringLiteral("at byte ")), qPrintable(detail));
    if (byte >= 0)
        QVERIFY2(detail.contains(QRegularExpression(QStringLiteral("at byte %1\\b").arg(byte))), qPrintable(detail));
}

void TestDecoder::namesOneBadMeasurementAndKeepsTheOthers_data()
{
    QTest::addColumn<QByteArray>("param");
    QTest::newRow("not an object") << QByteArray("17");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no name") << QByteArray(R"({"value":1})");
    QTest::newRow("no value") << QByteArray(R"({"name":"a"})");
    QTest::newRow("an empty name") << QByteArray(R"({"name":"","value":1})");
    QTest::newRow("a name of spaces") << QByteArray(R"({"name":"  ","value":1})");
    QTest::newRow("a name that is none") << QByteArray(R"({"name":{},"value":1})");
    QTest::newRow("a name that is a boolean") << QByteArray(R"({"name":true,"value":1})");
    QTest::newRow("a name without end") << QByteArray("{\"name\":\"" + QByteArray(129, 'n') + "\",\"value\":1}");
    QTest::newRow("a control character in the name") << QByteArray(R"({"name":"a\u0007","value":1})");
    QTest::newRow("a script's name") << QByteArray(R"({"name":"syn.sleep","value":1})");
    QTest::newRow("a script's name behind a space") << QByteArray(R"({"name":" syn.sleep","value":1})");
    QTest::newRow("value list") << QByteArray(R"({"name":"a","value":[1]})");
    QTest::newRow("value object") << QByteArray(R"({"name":"a","value":{}})");
    QTest::newRow("value too long") << QByteArray("{\"name\":\"a\",\"value\":\"" + QByteArray(1'025, 'v') + "\"}");
    QTest::newRow("NUL in the value") << QByteArray(R"({"name":"a","value":"x\u0000y"})");
    QTest::newRow("index object") << QByteArray(R"({"name":"a","index":{},"value":1})");
    QTest::newRow("index too long") << QByteArray("{\"name\":\"a\",\"index\":\"" + QByteArray(65, 'i') +
                                                  "\",\"value\":1}");
    QTest::newRow("unit too long") << QByteArray("{\"name\":\"a\",\"unit\":\"" + QByteArray(33, 'u') +
                                                 "\",\"value\":1}");
}

void TestDecoder::namesOneBadMeasurementAndKeepsTheOthers()
{
    QFETCH(QByteArray, param);
    const auto decoded = decode("{\"measures\":[{\"params\":[{\"name\":\"before\",\"value\":1}," + param +
                                ",{\"name\":\"after\",\"value\":2}]}]}");
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->measurements.size(), 2U);
    QCOMPARE(decoded->rejected.size(), 1U);
    QCOMPARE(decoded->rejected[0].code, ErrorCode::WrongMeasurement);
    QCOMPARE(decoded->rejected[0].place.param, 1);
    QVERIFY(!decoded->rejected[0].message.empty());
}

void TestDecoder::readsAllOfAMessage()
{
    const auto decoded = decode(R"({"version":2,"proxyId":"GW1","sequenceNumber":17,"new":{"x":[1]},
        "measures":[{"deviceId":"D1","timestamp":1465517031000,"durational":true,
                     "params":[{"name":"power","index":"0","value":1200,"unit":"W"},{"name":"on","index":1,"value":true}]},
                    {"params":[{"name":"own","value":1}]}],
        "addDevices":[{"deviceId":"D2","deviceType":10014},{"deviceId":3},{"deviceType":1},{"deviceId":"D4","deviceType":-1}],
        "responses":[{"commandId":463,"result":1},{"commandId":"464","result":"0"},{"commandId":0,"result":1},{}],
        "alerts":[{"deviceId":"D1","alertId":"a1","alertType":"error","paramsMap":{"error":"jammed","code":5}}, 7]})");
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->proxyIds, std::vector<std::string>{"GW1"});
    QCOMPARE(decoded->sequence, std::string("17"));
    QCOMPARE(decoded->measurements.size(), 3U);
    QCOMPARE(decoded->measurements[0].device, std::string("D1"));
    QCOMPARE(decoded->measurements[0].unit, std::string("W"));
    QVERIFY(decoded->measurements[0].durational);
    QCOMPARE(decoded->measurements[1].index, std::string("1"));
    QCOMPARE(decoded->measurements[2].device, std::string("GW1"));
    QCOMPARE(decoded->devices.size(), 2U);
    QCOMPARE(decoded->devices[0].type, 10014);
    QCOMPARE(decoded->devices[1].key, std::string("3"));
    QCOMPARE(decoded->responses.size(), 2U);
    QCOMPARE(decoded->responses[1].command, 464);
    QCOMPARE(decoded->alerts.size(), 1U);
    QCOMPARE(decoded->alerts[0].text, std::string("error: jammed, code: 5"));
    QCOMPARE(decoded->rejected.size(), 5U);
}

void TestDecoder::takesShortNames()
{
    const auto decoded = decode(R"({"ver":"2","hubId":"GW1","seq":"s"})");
    QVERIFY(decoded);
    QCOMPARE(decoded->proxyIds, std::vector<std::string>{"GW1"});
    QCOMPARE(decoded->sequence, std::string("\"s\""));
}

void TestDecoder::readsAListOfMessages()
{
    const auto decoded = decode(R"([{"seq":1,"measures":[{"params":[{"name":"a","value":1}]}]},
                                    {"seq":2,"measures":[{"params":[{"name":"a","value":[]}]}]}])");
    QVERIFY(decoded);
    QVERIFY(decoded->isList);
    QCOMPARE(decoded->sequence, std::string("2"));
    QCOMPARE(decoded->rejected.size(), 1U);
    QCOMPARE(decoded->rejected[0].place.message, 1);
}

void TestDecoder::echoesTheSequenceNumberVerbatim_data()
{
    QTest::addColumn<QByteArray>("sequence");
    for (const char* sequence : {"1", "\"1\"", "1.50", "-0", "1e3", "null", "true", R"("\u0041 \" x")",
                                 "[1, {\"a\" : 2}]", "{\"a\":[ ]}", "123456789012345678901234567890"})
        QTest::newRow(sequence) << QByteArray(sequence);
}

void TestDecoder::echoesTheSequenceNumberVerbatim()
{
    QFETCH(QByteArray, sequence);
    const auto first = decode("{\"sequenceNumber\": " + sequence + "  ,\"x\":1}");
    const auto last = decode("{\"x\":1,\"sequenceNumber\":" + sequence + " \n}");
    QVERIFY(first && last);
    QCOMPARE(QByteArray::fromStdString(first->sequence), sequence);
    QCOMPARE(QByteArray::fromStdString(last->sequence), sequence);
}

void TestDecoder::acceptsSixteenLevels()
{
    QVERIFY(decode(nested(16)));
}

void TestDecoder::findsWhoSpeaksWithoutAToken_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("id"); // empty: an error
    QTest::newRow("proxyId") << QByteArray(R"({"proxyId":"A","measures":[{"deviceId":"B"}]})") << QStringLiteral("A");
    QTest::newRow("hubId") << QByteArray(R"({"hubId":"A"})") << QStringLiteral("A");
    QTest::newRow("number") << QByteArray(R"({"proxyId":17})") << QStringLiteral("17");
    QTest::newRow("deviceId") << QByteArray(R"({"measures":[{"deviceId":"B"}]})") << QStringLiteral("B");
    QTest::newRow("list") << QByteArray(R"([{"proxyId":"A"}])") << QStringLiteral("A");
    QTest::newRow("nobody") << QByteArray(R"({"measures":[{}]})") << QString();
    QTest::newRow("empty list") << QByteArray("[]") << QString();
    QTest::newRow("measures of the wrong kind") << QByteArray(R"({"measures":7})") << QString();
    QTest::newRow("rubbish") << QByteArray("x") << QString();
}

void TestDecoder::findsWhoSpeaksWithoutAToken()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, id);
    const auto found = Decoder().proxyIdOf(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
    QCOMPARE(found ? QString::fromStdString(*found) : QString(), id);
}

void TestDecoder::decodesAgainWithTheSameBuffers()
{
    Decoder decoder;
    QVERIFY(!decoder.decode("{\"a\":1,\"a\":2}"));
    QVERIFY(!decoder.decode(""));
    const std::string large = "{\"x\":\"" + std::string(200'000, 'x') + "\"}";
    QVERIFY(decoder.decode(large));
    const auto decoded = decoder.decode(R"({"seq":1})");
    QVERIFY(decoded);
    QCOMPARE(decoded->sequence, std::string("1"));
}

void TestDecoder::finding_F1_namesMembersThatNobodyKnows_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("ignored");
    QTest::addColumn<bool>("hasEntries");
    QTest::newRow("a value") << QByteArray(R"({"power":42})") << QByteArray("power") << false;
    QTest::newRow("another list") << QByteArray(R"({"version":2,"measurements":[{"deviceId":"D"}]})")
                                  << QByteArray("measurements") << false;
    QTest::newRow("a measure without its frame")
        << QByteArray(R"({"deviceId":"u1","temperature":21.5})") << QByteArray("deviceId,temperature") << false;
    QTest::newRow("a heartbeat") << QByteArray(R"({"version":2,"proxyId":"GW1","sequenceNumber":1})") << QByteArray()
                                 << false;
    QTest::newRow("beside what is known")
        << QByteArray(R"({"firmware":"1","measures":[{"time":1,"params":[{"name":"a","value":1,"unitt":"W"}]}]})")
        << QByteArray("firmware,measures.time,params.unitt") << true;
    QTest::newRow("each once") << QByteArray(R"([{"x":1,"responses":[{"commandId":1,"result":1}]},{"x":2}])")
                               << QByteArray("x") << true;
    QTest::newRow("an empty list is nothing")
        << QByteArray(R"({"measures":[],"power":1})") << QByteArray("power") << false;
    QTest::newRow("in the other lists")
        << QByteArray(R"({"addDevices":[{"deviceId":"D","room":"x"}],"alerts":[{"deviceId":"D","text":"x"}]})")
        << QByteArray("addDevices.room,alerts.text") << true;
}

void TestDecoder::finding_F1_namesMembersThatNobodyKnows()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, ignored);
    QFETCH(bool, hasEntries);
    const auto decoded = decode(json);
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QByteArrayList names;
    for (const std::string& name : decoded->ignored)
        names.append(QByteArray::fromStdString(name));
    QCOMPARE(names.join(','), ignored);
    QCOMPARE(decoded->hasEntries, hasEntries);
}

void TestDecoder::finding_F1_refusesWhatSaysNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("saysSomething");
    for (const char* nothing :
         {"{}", "[]", "[{}]", " [ ] ", "\xef\xbb\xbf{}", R"({"measures":[]})", R"({"measures":null})",
          R"({"measures":[],"addDevices":[],"responses":[],"alerts":[]})", R"({"proxyId":null})", R"({"hubId":null})",
          R"([{"version":2},{}])", R"([{},{"measures":[{"params":[{"name":"a","value":1}]}]}])"})
        QTest::newRow(nothing) << QByteArray(nothing) << false;
    for (const char* something :
         {R"({"version":2})", R"({"ver":1})", R"({"proxyId":"GW1"})", R"({"hubId":7})", R"({"sequenceNumber":null})",
          R"({"seq":0})", R"([{"version":2}])", R"({"version":2,"measures":[]})", R"({"measures":[{}]})",
          R"({"proxyId":null,"hubId":"GW1"})"})
        QTest::newRow(something) << QByteArray(something) << true;
}

void TestDecoder::finding_F1_refusesWhatSaysNothing()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, saysSomething);
    const auto decoded = decode(json);
    QCOMPARE(decoded.has_value(), saysSomething);
    if (saysSomething)
        return;
    QCOMPARE(decoded.error().code, ErrorCode::CannotParse);
    for (const char* member : {"version", "proxyId", "sequenceNumber", "measures", "addDevices", "responses", "alerts"})
        QVERIFY2(decoded.error().detail.contains(QLatin1String(member)), qPrintable(decoded.error().detail));
}

void TestDecoder::finding_F1_aMeasureWithoutParamsIsNamed()
{
    const auto decoded = decode(R"({"measures":[{"deviceId":"D","params":[]},{"deviceId":"D"}]})");
    QVERIFY(decoded);
    QCOMPARE(decoded->rejected.size(), std::size_t(2));
}

void TestDecoder::finding_F1_anAlertsParamsComeInAnyForm()
{
    const auto decoded = decode(R"({"alerts":[{"paramsMap":"jammed"},{"params":["jammed",5]},{"paramsMap":null}]})");
    QVERIFY(decoded);
    QCOMPARE(decoded->alerts.size(), 3U);
    QCOMPARE(decoded->alerts[0].text, std::string("paramsMap: jammed"));
    QCOMPARE(decoded->alerts[1].text, std::string("params: jammed, params: 5"));
    QCOMPARE(decoded->alerts[2].text, std::string());
}

void TestDecoder::finding_S5_oneMessageHasOneProxy()
{
    QVERIFY(decode(R"({"proxyId":"GW1","hubId":"GW1"})"));
    const auto decoded = decode(R"({"proxyId":"GW1","hubId":"GW2"})");
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::CannotParse);
    QVERIFY2(decoded.error().detail.contains(QStringLiteral("two devices")), qPrintable(decoded.error().detail));
}

void TestDecoder::finding_F7_skipsAByteOrderMarkAndCountsItsBytes()
{
    const auto decoded = decode("\xef\xbb\xbf" + measureWith(R"("name":"a","value":1)"));
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->measurements.size(), 1U);
    QVERIFY(Decoder().proxyIdOf("\xef\xbb\xbf{\"proxyId\":\"A\"}"));
    QVERIFY(!decode("\xef\xbb\xbf"));
    QVERIFY(!decode("\xef\xbb\xbf\xef\xbb\xbf{\"version\":2}"));
    for (const char* json : {R"({"version":3})", R"({"version":2,})", R"({"version":NaN})", "{\"proxyId\":\"\xff\"}"}) {
        const auto byteOf = [](const QByteArray& wrong) {
            const auto told = decode(wrong);
            return told ? -1 : told.error().detail.section(QStringLiteral("at byte "), -1).toInt();
        };
        QVERIFY2(byteOf(json) > 0, json);
        QCOMPARE(byteOf(QByteArray("\xef\xbb\xbf") + json), byteOf(json) + 3);
    }
}

void TestDecoder::finding_F7_namesWideText_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("little end first, marked") << QByteArray("\xff\xfe{\0}\0", 6);
    QTest::newRow("big end first, marked") << QByteArray("\xfe\xff\0{\0}", 6);
    QTest::newRow("little end first") << QByteArray("{\0}\0", 4);
    QTest::newRow("big end first") << QByteArray("\0{\0}", 4);
    QTest::newRow("32 bits") << QByteArray("\0\0\0{\0\0\0}", 8);
}

void TestDecoder::finding_F7_namesWideText()
{
    QFETCH(QByteArray, json);
    const auto decoded = decode(json);
    QVERIFY(!decoded);
    QVERIFY2(decoded.error().detail.contains(QStringLiteral("send UTF-8")), qPrintable(decoded.error().detail));
}

void TestDecoder::finding_F8_speaksVersions1And2_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isSpoken");
    for (const char* spoken : {"1", "2", "\"1\"", "\"2\"", "2.0"})
        QTest::newRow(spoken) << QByteArray(spoken) << true;
    for (const char* other : {"3", "0", "-1", "\"3\"", "1.5", "\"1.5\"", "\"\"", "\"two\"", "null", "true", "20", "[]",
                              "[2]", R"({"major":2})", "1e999"})
        QTest::newRow(other) << QByteArray(other) << false;
}

void TestDecoder::finding_F8_speaksVersions1And2()
{
    QFETCH(QByteArray, version);
    QFETCH(bool, isSpoken);
    for (const char* name : {"version", "ver"}) {
        const auto decoded = decode("{\"" + QByteArray(name) + "\":" + version + "}");
        QCOMPARE(decoded.has_value(), isSpoken);
        if (!isSpoken)
            QVERIFY2(decoded.error().detail.contains(QStringLiteral("1 and 2")), qPrintable(decoded.error().detail));
    }
    QCOMPARE(decode("{\"version\":2,\"ver\":" + version + "}").has_value(), isSpoken); // neither is passed over
}

QTEST_GUILESS_MAIN(TestDecoder)
#include "tst_decoder.moc"
