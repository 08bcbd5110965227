// measurement.* and what runs where, at their limits: the last byte, one moment, what was paused.
#include "shared/base/csv.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

constexpr std::int64_t Start = 1'767'225'600'000; // 2026-01-01

} // namespace

class TestData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanupTestCase() { m_api.reset(); }

    void aLineIsTakenOrNamed_data();
    void aLineIsTakenOrNamed();
    void numbersAreNumbersAndTheRestIsText_data();
    void numbersAreNumbersAndTheRestIsText();
    void manyRefusedLinesAreNotAllListed();
    void spansAreThoseThatEndAfterTheyBegin_data();
    void spansAreThoseThatEndAfterTheyBegin();
    void aFileIsCalledAfterItsStream();
    void finding_F3_anImportDecidesAsAnUploadDoes_data();
    void finding_F3_anImportDecidesAsAnUploadDoes();
    void finding_F6_anOperatorMovesADevice();
    void finding_F6_whatWaitsEndsWhenItsDeviceLeaves();
    void finding_F6_aRetiredIdIsRegisteredAgain();
    void finding_F21_everyDigitThroughImportQueryAndExport();
    void finding_F21_textsThatAreDigitsComeBackAsTheyWere();
    void whatWasPausedStaysPausedAfterARollback();

private:
    Result<QJsonObject> call(const QString& method, const QJsonObject& params)
    {
        return m_api->call(m_admin, method, params);
    }
    Result<QJsonObject> import(const QString& lines)
    {
        return call(u"measurement.import"_s, {{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                                              {u"csv"_s, u"time,device_id,parameter,index,value,unit\n"_s + lines}});
    }
    static QString iso(std::int64_t ms) { return QString::fromStdString(toIso(fromMs(ms))); }
    // Values that were stored, and cells that say that there is none.
    static int taken(const QJsonObject& report)
    {
        return report.value("stored"_L1).toInt() + report.value("noValue"_L1).toInt();
    }
    static QString cell(const char* letter, qsizetype count) { return QString(count, QLatin1Char(*letter)); }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

void TestData::aLineIsTakenOrNamed_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("reason"); // empty: it is stored
    const QString good = u"2026-01-01T00:00:00Z,sensor-a,"_s;
    QTest::newRow("as it should be") << good + u"power,,5,W"_s << QString();
    QTest::newRow("a zone of its own") << u"2026-01-01T02:00:00+02:00,sensor-a,zone,,5,W"_s << QString();
    QTest::newRow("the longest parameter") << good + cell("p", 128) + u",,5,"_s << QString();
    QTest::newRow("a parameter too long") << good + cell("p", 129) + u",,5,"_s << u"parameter"_s;
    QTest::newRow("no parameter") << good + u",,5,"_s << u"parameter"_s;
    QTest::newRow("a fact") << good + u"syn.asleep,,1,"_s << u"parameter"_s;
    QTest::newRow("the longest value") << good + u"note,,"_s + cell("v", 1024) + u","_s << QString();
    QTest::newRow("a value too long") << good + u"note,,"_s + cell("v", 1025) + u","_s << u"value"_s;
    QTest::newRow("umlauts too long") << good + u"note,,"_s + QString(513, QChar(0xfc)) + u","_s << u"value"_s;
    QTest::newRow("no value") << good + u"note,,,"_s << QString();
    QTest::newRow("no such device") << u"2026-01-01T00:00:00Z,sensor-x,power,,5,W"_s << u"sensor-x"_s;
    QTest::newRow("another home's device") << u"2026-01-01T00:00:00Z,sensor-b,power,,5,W"_s << u"sensor-b"_s;
    QTest::newRow("no time") << u",sensor-a,power,,5,W"_s << u"time"_s;
    QTest::newRow("the future") << u"2190-01-01T00:00:00Z,sensor-a,power,,5,W"_s << u"future"_s;
    QTest::newRow("too few cells") << u"2026-01-01T00:00:00Z,sensor-a"_s << u"parameter"_s;
}

void TestData::aLineIsTakenOrNamed()
{
    QFETCH(QString, line);
    QFETCH(QString, reason);
    const auto report = import(line + u'\n');
    QVERIFY2(report, qPrintable(codeOf(report)));
    const auto refused = report->value("refused"_L1).toArray();
    QCOMPARE(taken(*report), reason.isEmpty() ? 1 : 0);
    QCOMPARE(refused.size(), reason.isEmpty() ? 0 : 1);
    if (reason.isEmpty())
        return;
    QCOMPARE(refused.first().toObject().value("line"_L1).toInt(), 2);
    const QString said = refused.first().toObject().value("reason"_L1).toString();
    QVERIFY2(said.contains(reason), qPrintable(said));
}

void TestData::numbersAreNumbersAndTheRestIsText_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("stored"); // number|text
    QTest::newRow("whole") << u"5"_s << u"5|"_s;
    QTest::newRow("negative") << u"-0.25"_s << u"-0.25|"_s;
    QTest::newRow("with an exponent") << u"1e3"_s << u"1000|"_s;
    QTest::newRow("a word") << u"open"_s << u"|open"_s;
    QTest::newRow("no value") << u"nan"_s << u"|"_s;
    QTest::newRow("endless") << u"inf"_s << u"|inf"_s;
    QTest::newRow("two numbers") << u"1 2"_s << u"|1 2"_s;
}

void TestData::numbersAreNumbersAndTheRestIsText()
{
    QFETCH(QString, value);
    const QString name = u"kind-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    const auto report = import(u"2026-01-01T00:00:00Z,sensor-a,%1,,%2,\n"_s.arg(name, value));
    QVERIFY2(report, qPrintable(codeOf(report)));
    QCOMPARE(taken(*report), 1);
    QTEST(m_api->database.value("SELECT coalesce(number::text, '') || '|' || coalesce(text, '') FROM measurement JOIN "
                                "stream ON stream.id = stream_id WHERE name = '" +
                                name.toUtf8() + "'"),
          "stored");
}

void TestData::finding_F3_anImportDecidesAsAnUploadDoes_data()
{
    QTest::addColumn<QString>("cells"); // parameter,index,value,unit
    QTest::addColumn<QString>("outcome");
    QTest::newRow("a number") << u"power,a,1.2e3,W"_s << u"1200"_s;
    QTest::newRow("another unit (finding_F5)") << u"power,b,1.2,kW"_s << u"1200"_s;
    QTest::newRow("a wrong unit (finding_F5)") << u"power,c,1.2,V"_s << u"unknown-unit"_s;
    QTest::newRow("a decimal comma") << u"power,d,\"21,5\",W"_s << u"not-a-number"_s;
    QTest::newRow("no value") << u"power,e,unavailable,W"_s << u"none"_s;
    QTest::newRow("on") << u"outletStatus,f,Open,"_s << u"1"_s;
    QTest::newRow("neither on nor off") << u"outletStatus,g,banana,"_s << u"not-on-or-off"_s;
}

void TestData::finding_F3_anImportDecidesAsAnUploadDoes()
{
    QFETCH(QString, cells);
    QFETCH(QString, outcome);
    m_api->database.run("INSERT INTO device (deployment_id, location_id, key, type) SELECT deployment_id, location_id, "
                        "'plug', 10014 FROM device WHERE key = 'sensor-a' ON CONFLICT DO NOTHING");
    const auto report = import(u"2026-01-01T00:00:00Z,plug,"_s + cells + u'\n');
    QVERIFY2(report, qPrintable(codeOf(report)));
    const QString index = cells.section(u',', 1, 1);
    if (taken(*report) == 1) {
        QCOMPARE(m_api->database.value("SELECT coalesce(number::text, text, 'none') FROM measurement JOIN stream ON "
                                       "stream.id = stream_id WHERE index_text = '" +
                                       index.toUtf8() + "'"),
                 outcome);
        if (cells.startsWith(u"power"_s) && outcome != u"none"_s) { // what is shown is what is stored
            const auto shown = report->value("first"_L1)[0];
            QCOMPARE(shown["value"_L1].toDouble(), outcome.toDouble());
            QCOMPARE(shown["unit"_L1].toString(), u"W"_s);
        }
        return;
    }
    const QString reason = report->value("refused"_L1)[0]["reason"_L1].toString();
    QVERIFY2(reason.contains(outcome), qPrintable(reason));
}

void TestData::finding_F6_anOperatorMovesADevice()
{
    m_api->database.run(
        "INSERT INTO location (deployment_id, name, time_zone, clock) SELECT id, unnest(ARRAY['second', 'replayed']), "
        "'UTC', "
        "unnest(ARRAY['real', 'events']) FROM deployment WHERE name = 'study-a';"
        "INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, id, 'gateway-' || name FROM "
        "location "
        "WHERE name IN ('second', 'replayed');"
        "INSERT INTO device (deployment_id, location_id, key, start_date) SELECT deployment_id, location_id, 'moving', "
        "'2000-01-01Z' FROM device WHERE key = 'sensor-a'");
    const auto isNew = [&] {
        return m_api->database.value("SELECT start_date > now() - interval '1 hour' FROM device WHERE key = 'moving'");
    };
    const qint64 id = m_api->database.value("SELECT id FROM device WHERE key = 'moving'").toLongLong();
    const auto move = [&](const QString& gateway) {
        return call(u"device.update"_s, {{u"id"_s, id}, {u"gateway"_s, gateway}});
    };
    const auto within = move(u"gateway-a"_s);
    QVERIFY2(within, qPrintable(codeOf(within)));
    QCOMPARE(within->value("gatewayKey"_L1).toString(), u"gateway-a"_s);
    QCOMPARE(isNew(), u"f"_s);
    QVERIFY(move(u"gateway-replayed"_s)); // the data's first moment is its start
    QCOMPARE(isNew(), u"f"_s);
    const auto beyond = move(u"gateway-second"_s);
    QVERIFY2(beyond, qPrintable(codeOf(beyond)));
    QCOMPARE(beyond->value("locationName"_L1).toString(), u"second"_s);
    QCOMPARE(isNew(), u"t"_s); // what it measured in the first home stays there
    const auto alone = move(QString());
    QVERIFY2(alone, qPrintable(codeOf(alone)));
    QVERIFY(alone->value("gateway"_L1).isNull());
    QCOMPARE(codeOf(move(u"nobody"_s)), u"no-such-gateway"_s);
    QCOMPARE(codeOf(move(u"sensor-a"_s)), u"no-such-gateway"_s); // it is behind one itself
    QCOMPARE(codeOf(move(u"moving"_s)), u"wrong-value"_s);
    const qint64 gateway = m_api->database.value("SELECT id FROM device WHERE key = 'gateway-a'").toLongLong();
    QCOMPARE(codeOf(call(u"device.update"_s, {{u"id"_s, gateway}, {u"gateway"_s, u"gateway-second"_s}})),
             u"wrong-value"_s);
}

// A command asked for in one home is never carried out in another, nor by the next device of a retired one's id.
void TestData::finding_F6_whatWaitsEndsWhenItsDeviceLeaves()
{
    m_api->database.run(
        "INSERT INTO location (deployment_id, name, time_zone) SELECT id, 'beyond', 'UTC' FROM deployment WHERE name = "
        "'study-a';"
        "INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, id, 'gateway-beyond' FROM location "
        "WHERE name = 'beyond'");
    const auto make = [&](const QString& key) {
        const auto made = call(u"device.register"_s, {{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                                                      {u"key"_s, key},
                                                      {u"gateway"_s, u"gateway-a"_s},
                                                      {u"type"_s, 10014}});
        return made ? made->value("id"_L1) : QJsonValue();
    };
    const auto order = [&](const QJsonValue& device) {
        const auto sent =
            call(u"device.command"_s,
                 {{u"id"_s, device},
                  {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 1}}}}});
        return sent ? sent->value("id"_L1) : QJsonValue();
    };
    const auto stateOf = [&](const QJsonValue& command) {
        const auto found = call(u"command.get"_s, {{u"id"_s, command}});
        return found ? found->value("state"_L1).toString() : codeOf(found);
    };
    const QJsonValue leaving = make(u"leaving"_s), retiring = make(u"retiring"_s);
    const QJsonValue first = order(leaving), second = order(retiring);
    QCOMPARE(stateOf(first), u"queued"_s);
    QVERIFY(call(u"device.update"_s, {{u"id"_s, leaving}, {u"gateway"_s, QString()}}));
    QCOMPARE(stateOf(first), u"queued"_s); // still in the home
    QVERIFY(call(u"device.update"_s, {{u"id"_s, leaving}, {u"gateway"_s, u"gateway-beyond"_s}}));
    QCOMPARE(stateOf(first), u"cancelled"_s);
    QVERIFY(call(u"device.retire"_s, {{u"id"_s, retiring}}));
    QCOMPARE(stateOf(second), u"cancelled"_s);
}

void TestData::finding_F6_aRetiredIdIsRegisteredAgain()
{
    const QJsonObject wanted{{u"location"_s, static_cast<qint64>(m_api->a.location.value)}, {u"key"_s, u"again"_s}};
    const auto first = call(u"device.register"_s, wanted);
    QVERIFY2(first, qPrintable(codeOf(first)));
    QCOMPARE(codeOf(call(u"device.register"_s, wanted)), u"already-exists"_s);
    QVERIFY(call(u"device.retire"_s, {{u"id"_s, first->value("id"_L1)}}));
    const auto second = call(u"device.register"_s, wanted);
    QVERIFY2(second, qPrintable(codeOf(second)));
    QVERIFY(second->value("id"_L1).toInteger() != first->value("id"_L1).toInteger());
    QVERIFY(call(u"device.retire"_s, {{u"id"_s, second->value("id"_L1)}}));
    QVERIFY(call(u"device.register"_s, wanted)); // and once more
}

void TestData::finding_F21_everyDigitThroughImportQueryAndExport()
{
    const QStringList integers{u"9007199254740993"_s, u"9223372036854775807"_s, u"-9007199254740993"_s};
    QString lines;
    for (qsizetype i = 0; i < integers.size(); ++i)
        lines += u"%1,sensor-a,big,,%2,\n"_s.arg(iso(Start + i), integers.at(i));
    QVERIFY(import(lines));
    const qint64 stream = m_api->database.value("SELECT id FROM stream WHERE name = 'big'").toLongLong();
    const QJsonObject span{{u"stream"_s, stream}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start + 10)}};
    const auto queried = call(u"measurement.query"_s, span);
    QVERIFY2(queried, qPrintable(codeOf(queried)));
    const QByteArray json = QJsonDocument(*queried).toJson(QJsonDocument::Compact);
    const auto exported = call(u"measurement.export"_s, span);
    QVERIFY2(exported, qPrintable(codeOf(exported)));
    for (const QString& integer : integers) {
        QVERIFY2(json.contains(integer.toUtf8()), json.constData());
        QVERIFY(exported->value("csv"_L1).toString().contains(u',' + integer + u','));
    }
    const auto again = import(lines);
    QCOMPARE(again->value("already"_L1).toInt(), integers.size());
}

void TestData::finding_F21_textsThatAreDigitsComeBackAsTheyWere()
{
    const auto line = [](int second, const QString& cell) {
        return u"2026-01-02T00:00:0%1Z,sensor-a,code,,%2,\n"_s.arg(second).arg(cell);
    };
    const QStringList texts{u"A7"_s, u"007"_s, u"1234567.0"_s, u"1e3"_s, u"00:10"_s, u"=1"_s, u"-5"_s, u"'+49"_s};
    QString lines;
    for (qsizetype i = 0; i < texts.size(); ++i)
        lines += line(static_cast<int>(i), csvText(texts.at(i)));
    QVERIFY(import(lines));
    const qint64 stream = m_api->database.value("SELECT id FROM stream WHERE name = 'code'").toLongLong();
    const auto exported =
        call(u"measurement.export"_s,
             {{u"stream"_s, stream}, {u"from"_s, u"2026-01-02T00:00:00Z"_s}, {u"to"_s, u"2026-01-03T00:00:00Z"_s}});
    QVERIFY2(exported, qPrintable(codeOf(exported)));
    const QString csv = exported->value("csv"_L1).toString();
    for (const QString& text : texts)
        QVERIFY2(csv.contains(u",code,,"_s + csvText(text) + u','), qPrintable(csv));
    const auto again =
        call(u"measurement.import"_s, {{u"location"_s, static_cast<qint64>(m_api->a.location.value)}, {u"csv"_s, csv}});
    QVERIFY2(again, qPrintable(codeOf(again)));
    QCOMPARE(again->value("already"_L1).toInt(), texts.size());
    QCOMPARE(m_api->database.value("SELECT string_agg(text, '|' ORDER BY time) FROM measurement WHERE stream_id = " +
                                   QByteArray::number(stream)),
             texts.join(u'|'));
}

void TestData::manyRefusedLinesAreNotAllListed()
{
    QString lines;
    for (int i = 0; i < 1'005; ++i)
        lines += u"2026-01-01T00:00:00Z,nobody,power,,5,W\n"_s;
    const auto report = import(lines);
    QVERIFY2(report, qPrintable(codeOf(report)));
    QCOMPARE(report->value("refused"_L1).toArray().size(), 1'000);
    QCOMPARE(report->value("stored"_L1).toInt(), 0);
    QCOMPARE(report->value("already"_L1).toInt(), 0);
}

void TestData::spansAreThoseThatEndAfterTheyBegin_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("code");
    QTest::newRow("a minute") << 60'000 << u"ok"_s;
    QTest::newRow("a moment") << 0 << u"ok"_s;
    QTest::newRow("backwards") << -1 << u"wrong-value"_s;
}

void TestData::spansAreThoseThatEndAfterTheyBegin()
{
    QFETCH(int, length);
    QVERIFY(import(u"2026-01-01T00:00:00Z,sensor-a,span,,7,\n"_s));
    const auto stream = m_api->database.value("SELECT id FROM stream WHERE name = 'span'").toLongLong();
    const QJsonObject params{{u"stream"_s, stream}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start + length)}};
    const auto queried = call(u"measurement.query"_s, params);
    QTEST(codeOf(queried), "code");
    QTEST(codeOf(call(u"measurement.export"_s, params)), "code");
    if (queried)
        QCOMPARE(queried->value("times"_L1).toArray().size(), 1); // both ends are in it
}

void TestData::aFileIsCalledAfterItsStream()
{
    QVERIFY(import(u"2026-01-01T00:00:00Z,sensor-a,../a b,,7,\n"_s));
    const auto stream = m_api->database.value("SELECT id FROM stream WHERE name = '../a b'").toLongLong();
    const auto file =
        call(u"measurement.export"_s, {{u"stream"_s, stream}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start)}});
    QVERIFY2(file, qPrintable(codeOf(file)));
    QCOMPARE(file->value("fileName"_L1).toString(), u"sensor-a-.._a_b.csv"_s);
}

void TestData::whatWasPausedStaysPausedAfterARollback()
{
    const auto made = call(u"script.create"_s, {{u"deployment"_s, static_cast<qint64>(m_api->a.deployment.value)},
                                                {u"name"_s, u"Rolled back"_s},
                                                {u"source"_s, u"pass"_s}});
    const qint64 id = idOf(made);
    const auto change = [&](const QString& method, QJsonObject params) {
        params.insert(u"id"_s, id);
        const auto answer = call(method, params);
        return answer ? answer->value("status"_L1).toString() : codeOf(answer);
    };
    QVERIFY(call(u"script.saveVersion"_s, {{u"id"_s, id}, {u"source"_s, u"pass # 2"_s}, {u"baseVersion"_s, 1}}));
    QCOMPARE(change(u"script.deploy"_s, {{u"version"_s, 2}, {u"mode"_s, u"live"_s}}), u"live"_s);
    QCOMPARE(change(u"script.pause"_s, {}), u"paused"_s);
    QCOMPARE(change(u"script.rollback"_s, {{u"version"_s, 1}}), u"paused"_s);
    const auto got = call(u"script.get"_s, {{u"id"_s, id}});
    QCOMPARE(got->value("deployments"_L1).toArray().size(), 1);
    QCOMPARE(change(u"script.resume"_s, {}), u"live"_s);
    QCOMPARE(change(u"script.rollback"_s, {{u"version"_s, 2}}), u"live"_s);
    QCOMPARE(change(u"script.rollback"_s, {{u"version"_s, 9}}), u"not-found"_s);
}

QTEST_GUILESS_MAIN(TestData)
#include "tst_data.moc"
