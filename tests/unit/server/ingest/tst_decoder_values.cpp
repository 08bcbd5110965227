// The values and times of a message: read right, or refused with what to send instead.
#include "tests/unit/server/ingest/decoded.h"

#include <QTest>

using namespace cohort;
using namespace cohort::ingest;
using namespace cohort::ingest::test;

class TestDecoderValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValues_data();
    void readsValues();
    void readsTimes_data();
    void readsTimes();
    void finding_F1_aDifferenceIsSaidWithTrueOrFalse_data();
    void finding_F1_aDifferenceIsSaidWithTrueOrFalse();
    void finding_F1_anotherWordForTheDeviceIsNotTheGateway_data();
    void finding_F1_anotherWordForTheDeviceIsNotTheGateway();
    void finding_F1_anAnswerThatNobodyKnowsIsNamed_data();
    void finding_F1_anAnswerThatNobodyKnowsIsNamed();
    void finding_F2_saysWhatToSendInsteadOfNaN_data();
    void finding_F2_saysWhatToSendInsteadOfNaN();
    void finding_F2_saysWhatToSendInsteadOfOtherNumbers();
    void finding_F2_aNumberBeyondAllLeavesItsNeighbours_data();
    void finding_F2_aNumberBeyondAllLeavesItsNeighbours();
    void finding_F3_nullIsNoValue();
    void finding_F4_refusesSecondsByName_data();
    void finding_F4_refusesSecondsByName();
    void finding_F4_anAlarmCountsWhateverItsTime_data();
    void finding_F4_anAlarmCountsWhateverItsTime();
    void finding_F1_aLongWordOfAnAlertIsCutNotLost();
    void takesNamesWithoutTheSpacesAroundThem();
};

void TestDecoderValues::readsValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("integer") << QByteArray("1200") << true << 1200.0 << QByteArray();
    QTest::newRow("real") << QByteArray("-0.25e2") << true << -25.0 << QByteArray();
    QTest::newRow("true") << QByteArray("true") << true << 1.0 << QByteArray();
    QTest::newRow("false") << QByteArray("false") << true << 0.0 << QByteArray();
    QTest::newRow("text") << QByteArray("\"1200\"") << false << 0.0 << QByteArray("1200");
    QTest::newRow("empty text") << QByteArray("\"\"") << false << 0.0 << QByteArray("");
    QTest::newRow("escapes") << QByteArray("\"a\\n\\u00e9\"") << false << 0.0 << QByteArray("a\n\xc3\xa9");
    QTest::newRow("longest text") << ("\"" + QByteArray(1'024, 'v') + "\"") << false << 0.0 << QByteArray(1'024, 'v');
    QTest::newRow("2^53") << QByteArray("9007199254740992") << true << 9007199254740992.0 << QByteArray();
    QTest::newRow("2^53+1") << QByteArray("9007199254740993") << true << 9007199254740992.0 << QByteArray();
    QTest::newRow("2^63-1") << QByteArray("9223372036854775807") << true << 9223372036854775808.0 << QByteArray();
    QTest::newRow("-2^63") << QByteArray("-9223372036854775808") << true << -9223372036854775808.0 << QByteArray();
    QTest::newRow("2^63") << QByteArray("9223372036854775808") << true << 9223372036854775808.0 << QByteArray();
    QTest::newRow("thirty digits") << QByteArray("100000000000000000000000000000") << true << 1e29 << QByteArray();
}

void TestDecoderValues::readsValues()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isNumber);
    QFETCH(double, number);
    QFETCH(QByteArray, text);
    const auto decoded = decode(measureWith("\"name\":\"a\",\"value\":" + json));
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->measurements.size(), 1U);
    const Value& value = decoded->measurements[0].value;
    QCOMPARE(value.number.has_value(), isNumber);
    QCOMPARE(value.number.value_or(0), number);
    QCOMPARE(QByteArray::fromStdString(value.text.value_or("")), text);
    QCOMPARE(value.text.has_value(), !text.isEmpty() || !isNumber);
    const bool isHeld = !isNumber || json.toLongLong() == 0 || Value::ofNumber(number) == value;
    QCOMPARE(QByteArray::number(qint64(value.integer.value_or(0))), isHeld ? QByteArray("0") : json);
}

void TestDecoderValues::readsTimes_data()
{
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<qint64>("ms"); // 0: no clock; -1: refused
    QTest::newRow("milliseconds") << QByteArray(R"("timestamp":1465517031000)") << qint64(1465517031000);
    QTest::newRow("milliseconds as a real") << QByteArray(R"("timestamp":1.465517031e12)") << qint64(1465517031000);
    QTest::newRow("ISO 8601") << QByteArray(R"("dateTime":"2016-06-10T00:03:51.000Z")") << qint64(1465517031000);
    QTest::newRow("ISO 8601 with an offset")
        << QByteArray(R"("dateTime":"2016-06-10T02:03:51+02:00")") << qint64(1465517031000);
    QTest::newRow("timestamp before dateTime")
        << QByteArray(R"("dateTime":"2020-01-01T00:00:00Z","timestamp":1465517031000)") << qint64(1465517031000);
    QTest::newRow("neither") << QByteArray(R"("x":0)") << qint64(0);
    QTest::newRow("null") << QByteArray(R"("timestamp":null)") << qint64(0);
    QTest::newRow("zero") << QByteArray(R"("timestamp":0)") << qint64(0);
    QTest::newRow("seconds") << QByteArray(R"("timestamp":1465517)") << qint64(0);
    QTest::newRow("the last moment of 1999") << QByteArray(R"("timestamp":946684799999)") << qint64(0);
    QTest::newRow("the first moment of 2000") << QByteArray(R"("timestamp":946684800000)") << qint64(946684800000);
    QTest::newRow("negative") << QByteArray(R"("timestamp":-9223372036854775808)") << qint64(0);
    QTest::newRow("dateTime of 1970") << QByteArray(R"("dateTime":"1970-01-01T00:00:00Z")") << qint64(0);
    QTest::newRow("dateTime without zone") << QByteArray(R"("dateTime":"2016-06-10T00:03:51")") << qint64(-1);
    QTest::newRow("dateTime that is none") << QByteArray(R"("dateTime":"yesterday")") << qint64(-1);
    QTest::newRow("dateTime of the 30th of February")
        << QByteArray(R"("dateTime":"2016-02-30T00:00:00Z")") << qint64(-1);
    QTest::newRow("dateTime that is a number") << QByteArray(R"("dateTime":17)") << qint64(-1);
    QTest::newRow("timestamp that is a text") << QByteArray(R"("timestamp":"1465517031000")") << qint64(-1);
    QTest::newRow("beyond the year 9999") << QByteArray(R"("timestamp":9223372036854775807)") << qint64(-1);
    QTest::newRow("microseconds") << QByteArray(R"("timestamp":1765517031000000)") << qint64(-1);
    QTest::newRow("nanoseconds") << QByteArray(R"("timestamp":1765517031000000000)") << qint64(-1);
    QTest::newRow("seconds in a text") << QByteArray(R"("timestamp":"1765517031")") << qint64(-1);
    QTest::newRow("ISO 8601 as a timestamp") << QByteArray(R"("timestamp":"2016-06-10T00:03:51Z")") << qint64(-1);
    QTest::newRow("a list") << QByteArray(R"("timestamp":[1465517031000])") << qint64(-1);
    QTest::newRow("true") << QByteArray(R"("timestamp":true)") << qint64(-1);
    QTest::newRow("empty") << QByteArray(R"("timestamp":"")") << qint64(-1);
    QTest::newRow("minus one") << QByteArray(R"("timestamp":-1)") << qint64(0);
    QTest::newRow("dateTime with a blank")
        << QByteArray(R"("dateTime":"2016-06-10 00:03:51Z")") << qint64(1465517031000);
    QTest::newRow("dateTime in microseconds, to the nearest")
        << QByteArray(R"("dateTime":"2016-06-10T00:03:51.000999Z")") << qint64(1465517031001);
    QTest::newRow("dateTime at 24 o'clock") << QByteArray(R"("dateTime":"2016-06-10T24:30:00Z")") << qint64(-1);
    QTest::newRow("beyond all") << QByteArray(R"("timestamp":1e300)") << qint64(-1);
}

void TestDecoderValues::readsTimes()
{
    QFETCH(QByteArray, time);
    QFETCH(qint64, ms);
    const auto decoded = decode(measureWith(R"("name":"a","value":1)", time));
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    if (ms < 0) {
        QCOMPARE(decoded->rejected.size(), 1U);
        QCOMPARE(decoded->rejected[0].place.param, -1);
        return;
    }
    QCOMPARE(decoded->measurements.size(), 1U);
    const auto read = decoded->measurements[0].time;
    QCOMPARE(read.has_value(), ms != 0);
    QCOMPARE(read ? toMs(*read) : 0, ms);
}

void TestDecoderValues::finding_F1_aDifferenceIsSaidWithTrueOrFalse_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<int>("difference"); // -1: refused
    for (const char* yes : {"true", "1", "\"true\"", "\"Yes\""})
        QTest::newRow(yes) << QByteArray(yes) << 1;
    for (const char* no : {"false", "0", "\"false\"", "null"})
        QTest::newRow(no) << QByteArray(no) << 0;
    for (const char* neither : {"2", "0.5", "\"perhaps\"", "\"\"", "[true]", "{}"})
        QTest::newRow(neither) << QByteArray(neither) << -1;
}

// What is not understood is not taken for a value that is no difference.
void TestDecoderValues::finding_F1_aDifferenceIsSaidWithTrueOrFalse()
{
    QFETCH(QByteArray, said);
    QFETCH(int, difference);
    const QByteArray param = R"("name":"a","value":1)", flag = "\"durational\":" + said;
    for (const QByteArray& json : {measureWith(param, flag), measureWith(param + "," + flag)}) {
        const auto decoded = decode(json);
        QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
        QCOMPARE(decoded->rejected.size(), difference < 0 ? 1U : 0U);
        if (difference < 0)
            QVERIFY(decoded->rejected[0].message.find("durational") != std::string::npos);
        else
            QCOMPARE(decoded->measurements.at(0).durational, difference == 1);
    }
}

void TestDecoderValues::finding_F1_anotherWordForTheDeviceIsNotTheGateway_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<bool>("isTaken");
    for (const char* other : {"deviceID", "deviceid", "device_id", "DeviceId", "device-id", "device"})
        QTest::newRow(other) << QByteArray("\"") + other + "\":\"stove\"" << false;
    QTest::newRow("none") << QByteArray(R"("deviceID":null)") << true;
    QTest::newRow("beside the right one") << QByteArray(R"("deviceId":"D","id":7)") << true;
    QTest::newRow("a number of its own") << QByteArray(R"("id":7)") << true; // of the record, perhaps
}

void TestDecoderValues::finding_F1_anotherWordForTheDeviceIsNotTheGateway()
{
    QFETCH(QByteArray, member);
    QFETCH(bool, isTaken);
    const auto decoded = decode(R"({"proxyId":"GW1","measures":[{)" + member +
                                R"(,"params":[{"name":"power","value":1800}]},{"params":[{"name":"a","value":1}]}]})");
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->measurements.size(), isTaken ? 2U : 1U); // its neighbour always
    QCOMPARE(decoded->rejected.size(), isTaken ? 0U : 1U);
    if (!isTaken)
        QVERIFY(decoded->rejected[0].message.find("deviceId") != std::string::npos);
}

void TestDecoderValues::finding_F1_anAnswerThatNobodyKnowsIsNamed_data()
{
    QTest::addColumn<QByteArray>("result");
    QTest::addColumn<bool>("isKnown");
    for (const char* known : {"0", "1", "8", "\"7\""})
        QTest::newRow(known) << QByteArray(known) << true;
    for (const char* other : {"9", "42", "99", "-1", "\"9\"", "\"ok\"", "true", "null", "0.5"})
        QTest::newRow(other) << QByteArray(other) << false;
}

void TestDecoderValues::finding_F1_anAnswerThatNobodyKnowsIsNamed()
{
    QFETCH(QByteArray, result);
    QFETCH(bool, isKnown);
    const auto decoded = decode(R"({"responses":[{"commandId":5,"result":)" + result + "}]}");
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->responses.size(), isKnown ? 1U : 0U);
    QCOMPARE(decoded->rejected.size(), isKnown ? 0U : 1U);
    if (!isKnown)
        QVERIFY(decoded->rejected[0].message.find("result") != std::string::npos);
}

void TestDecoderValues::finding_F2_saysWhatToSendInsteadOfNaN_data()
{
    QTest::addColumn<QByteArray>("word");
    for (const char* word : {"NaN", "nan", "Infinity", "-Infinity", "+Infinity", "-inf", "+inf", "None", "True"})
        QTest::newRow(word) << QByteArray(word);
}

void TestDecoderValues::finding_F2_saysWhatToSendInsteadOfNaN()
{
    QFETCH(QByteArray, word);
    const QByteArray before = R"({"measures":[{"params":[{"name":"a","value":1},{"name":"b","value":)";
    const auto decoded = decode(before + word + "}]}]}");
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::CannotParse);
    const QString detail = decoded.error().detail;
    QVERIFY2(detail.startsWith(QString::fromLatin1(word)), qPrintable(detail));
    QVERIFY2(detail.contains(QStringLiteral("null")), qPrintable(detail));
    QVERIFY2(detail.endsWith(QStringLiteral("at byte %1").arg(before.size())), qPrintable(detail));
}

// As some C libraries print what is not finite, and numbers that JSON does not have.
void TestDecoderValues::finding_F2_saysWhatToSendInsteadOfOtherNumbers()
{
    const QByteArray before = R"({"measures":[{"params":[{"name":"a","value":1},{"name":"b","value":)";
    for (const char* number : {"1.#QNAN", "-1.#IND", "1.#INF", "0x10", "5.", ".5", "+5", "+.5", "05"}) {
        const auto decoded = decode(before + number + "}]}]}");
        QVERIFY2(!decoded, number);
        const QString detail = decoded.error().detail;
        QVERIFY2(detail.contains(QStringLiteral("send null")), qPrintable(detail));
        QVERIFY2(detail.endsWith(QStringLiteral("at byte %1").arg(before.size())), qPrintable(detail));
    }
    const auto comma = decode(before + "21,5}]}]}");
    QVERIFY(!comma);
    QVERIFY2(comma.error().detail.contains(QStringLiteral("the decimal sign is a point")),
             qPrintable(comma.error().detail));
    QVERIFY2(comma.error().detail.endsWith(QStringLiteral("at byte %1").arg(before.size() + 3)),
             qPrintable(comma.error().detail));
}

void TestDecoderValues::finding_F2_aNumberBeyondAllLeavesItsNeighbours_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<bool>("isJson");
    for (const char* beyond : {"1e400", "-1e400", "1.5E+999 ", "123456789e99999"})
        QTest::newRow(beyond) << QByteArray(beyond) << true;
    for (const char* broken : {"1e", "01e400", "1e400x", "1.e400", "-", "0x10", "1_000", "+1", ".5", "1,200.5.5"})
        QTest::newRow(broken) << QByteArray(broken) << false;
}

void TestDecoderValues::finding_F2_aNumberBeyondAllLeavesItsNeighbours()
{
    QFETCH(QByteArray, number);
    QFETCH(bool, isJson);
    const auto decoded = decode(R"({"measures":[{"params":[{"name":"a","value":1},{"name":"b","value":)" + number +
                                R"(},{"value":)" + number + R"(,"name":"c"},{"name":"d","value":2}]},
                                {"timestamp":)" +
                                number + R"(,"params":[]},{"params":[{"name":"e","value":-0}]}]})");
    QCOMPARE(decoded.has_value(), isJson);
    if (!isJson) {
        QCOMPARE(decoded.error().code, ErrorCode::CannotParse);
        return;
    }
    QCOMPARE(decoded->measurements.size(), 3U);
    QCOMPARE(decoded->measurements[1].name, std::string("d"));
    QCOMPARE(decoded->measurements[2].value, Value::ofNumber(0));
    QCOMPARE(decoded->rejected[0].place.param, 1);
    QCOMPARE(decoded->rejected[1].place.param, 2);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(QByteArray(errorInfo(decoded->rejected[std::size_t(i)].code).name), QByteArray("not-a-number"));
}

void TestDecoderValues::finding_F3_nullIsNoValue()
{
    const auto decoded = decode(measureWith(R"("name":"a","value":null},{"name":"b","value":true)"));
    QVERIFY(decoded && decoded->rejected.empty());
    QCOMPARE(decoded->measurements.size(), 2U);
    QVERIFY(decoded->measurements[0].value.isNone() && !decoded->measurements[0].isBoolean);
    QVERIFY(decoded->measurements[1].isBoolean);
}

void TestDecoderValues::finding_F4_refusesSecondsByName_data()
{
    QTest::addColumn<QByteArray>("timestamp");
    QTest::addColumn<bool>("isSeconds");
    QTest::newRow("of 2025") << QByteArray("1765517031") << true;
    QTest::newRow("with a fraction") << QByteArray("1765517031.25") << true;
    QTest::newRow("the first of 2001") << QByteArray("978307200") << true;
    QTest::newRow("the last before 2100") << QByteArray("4102444799") << true;
    QTest::newRow("before 2001") << QByteArray("978307199") << false;
    QTest::newRow("2100") << QByteArray("4102444800") << false;
    QTest::newRow("milliseconds") << QByteArray("1765517031000") << false;
    QTest::newRow("milliseconds since the start") << QByteArray("86400000") << false;
}

void TestDecoderValues::finding_F4_refusesSecondsByName()
{
    QFETCH(QByteArray, timestamp);
    QFETCH(bool, isSeconds);
    const auto decoded = decode(R"({"measures":[{"timestamp":)" + timestamp +
                                R"(,"params":[{"name":"a","value":1},{"name":"b","value":2}]},
                                {"timestamp":1765517031000,"params":[{"name":"a","value":3}]}]})");
    QVERIFY(decoded);
    QCOMPARE(decoded->measurements.size(), isSeconds ? 1U : 3U);
    QCOMPARE(decoded->rejected.size(), isSeconds ? 1U : 0U);
    if (isSeconds)
        QCOMPARE(QByteArray(errorInfo(decoded->rejected[0].code).name), QByteArray("timestamp-in-seconds"));
}

void TestDecoderValues::finding_F4_anAlarmCountsWhateverItsTime_data()
{
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("seconds") << QByteArray(R"("timestamp":1765517031)") << QByteArray("timestamp-in-seconds");
    QTest::newRow("microseconds") << QByteArray(R"("timestamp":1765517031000000)") << QByteArray("time-in-future");
    QTest::newRow("a text") << QByteArray(R"("timestamp":"now")") << QByteArray("wrong-measurement");
    QTest::newRow("without a zone") << QByteArray(R"("dateTime":"2026-01-01T10:00:00")")
                                    << QByteArray("wrong-measurement");
}

void TestDecoderValues::finding_F4_anAlarmCountsWhateverItsTime()
{
    QFETCH(QByteArray, time);
    QFETCH(QByteArray, code);
    const auto decoded = decode(R"({"alerts":[{"alertType":"smoke",)" + time + "}]}");
    QVERIFY(decoded);
    QCOMPARE(decoded->alerts.size(), 1U);
    QVERIFY(!decoded->alerts[0].time); // at its receipt
    QCOMPARE(decoded->rejected.size(), 1U);
    QCOMPARE(QByteArray(errorInfo(decoded->rejected[0].code).name), code);
    QVERIFY(decoded->rejected[0].message.find("the alert itself is taken") != std::string::npos);
}

void TestDecoderValues::finding_F1_aLongWordOfAnAlertIsCutNotLost()
{
    const QByteArray umlauts = QByteArray("\xc3\xa4").repeated(400);
    const auto decoded = decode(R"({"alerts":[{"alertType":"smoke","paramsMap":{"where":")" + umlauts + R"("}},
        {"alertType":"fire","paramsMap":{"a":")" +
                                QByteArray(490, 'a') + R"(","where":"kitchen","more":"x"}}]})");
    QVERIFY(decoded);
    const std::string& first = decoded->alerts.at(0).text;
    QVERIFY(first.starts_with("where: \xc3\xa4"));
    QVERIFY(first.size() <= 500 && first.size() >= 499);
    QVERIFY(QString::fromStdString(first).endsWith(QChar(0xe4))); // a whole one
    QCOMPARE(decoded->alerts.at(1).text.size(), 500U);
}

void TestDecoderValues::takesNamesWithoutTheSpacesAroundThem()
{
    const auto decoded = decode(R"({"measures":[{"params":[{"name":" room power  ","index":" 1","value":1}]}]})");
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().detail));
    QCOMPARE(decoded->measurements[0].name, std::string("room power"));
    QCOMPARE(decoded->measurements[0].index, std::string("1"));
}

QTEST_GUILESS_MAIN(TestDecoderValues)
#include "tst_decoder_values.moc"
