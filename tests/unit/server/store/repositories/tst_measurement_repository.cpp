// Stored data as structs: series as samples or buckets, facts, and the timeline of everything.
#include "server/store/repositories/measurement_repository.h"
#include "server/store/repositories/timeline_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

#include <QJsonDocument>

#include <cmath>
#include <limits>
#include <numeric>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Start = 1'767'225'600'000; // 2026-01-01

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    MeasurementRepository measurements{*connection};
    TimelineRepository timeline{*connection};
    StreamId stream;

    Study()
    {
        database.run("SELECT make_measurement_partition('2026-01-01')");
        stream = add("power", "device_id", "NULL");
    }
    StreamId add(const QByteArray& name, const QByteArray& device, const QByteArray& script)
    {
        database.run("INSERT INTO stream (location_id, device_id, name, unit, script_id) SELECT location_id, " +
                     (device == "NULL" ? device : QByteArray("id")) + ", '" + name + "', 'W', " + script +
                     " FROM device WHERE key = 'sensor-a'");
        return StreamId{database.value("SELECT max(id) FROM stream").toLongLong()};
    }
    void measure(StreamId where, const QByteArray& value, int seconds)
    {
        const bool isText = value.startsWith('\'');
        database.run("INSERT INTO measurement (stream_id, time, number, text, writer, batch, ordinal) VALUES (" +
                     QByteArray::number(static_cast<qint64>(where.value)) +
                     ", '2026-01-01Z'::timestamptz + interval '" + QByteArray::number(seconds) + " seconds', " +
                     (isText ? "NULL, " + value : value + ", NULL") + ", 1, 1, " + QByteArray::number(seconds) + ")");
    }
    StreamSpan span(int from, int to) const { return {stream, fromMs(Start + from * 1000), fromMs(Start + to * 1000)}; }
    HomeSpan all() const { return {home.location, fromMs(Start), fromMs(Start + 86'400'000)}; }
};

} // namespace

class TestMeasurementRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesSamplesAsTheyAre();
    void givesBucketsWhereSamplesAreTooMany();
    void anEmptyStretchIsEmpty();
    void aStreamThatIsNotThereIsNotFound();
    void factsHaveTheirScriptsNames();
    void theTimelinePutsEveryKindTogether();
    void finding_F21_everyDigitOfALargeInteger_data();
    void finding_F21_everyDigitOfALargeInteger();
    void finding_F21_everyDigitOfABucketsEnds();
    void finding_F22_theMeanOfHugeNumbers_data();
    void finding_F22_theMeanOfHugeNumbers();
    void finding_F23_textsInBuckets_data();
    void finding_F23_textsInBuckets();
    void finding_F23_textsAmongNumbersAreCounted();
    void finding_F3_noValueIsAGap();
    void finding_F3_bucketsOfAStreamThatChangedItsKind();
};

void TestMeasurementRepository::givesSamplesAsTheyAre()
{
    Study study;
    study.measure(study.stream, "1.5", 1);
    study.measure(study.stream, "2", 2);
    study.measure(study.stream, "'on'", 3);
    const auto series = study.measurements.series(study.span(2, 3), 2);
    QVERIFY2(series, qPrintable(series ? QString() : series.error().message()));
    QVERIFY(series->raw);
    QCOMPARE(series->stream, study.stream);
    QCOMPARE(series->unit, u"W"_s);
    QCOMPARE(series->times, (QList<qint64>{Start + 2000, Start + 3000}));
    QCOMPARE(series->values.at(0).number.value_or(0), 2.0);
    QCOMPARE(series->values.at(1).text.value_or(""), std::string("on"));
    QVERIFY(series->before);
    QCOMPARE(series->before->time, Start + 1000);
    QCOMPARE(series->before->value.number.value_or(0), 1.5);
    QVERIFY(series->min.isEmpty() && series->count.isEmpty());
}

void TestMeasurementRepository::givesBucketsWhereSamplesAreTooMany()
{
    Study study;
    for (int i = 0; i < 20; ++i)
        study.measure(study.stream, QByteArray::number(i), i);
    const auto series = study.measurements.series(study.span(0, 19), 5);
    QVERIFY(series && !series->raw && series->values.isEmpty() && !series->before);
    QVERIFY(series->times.size() <= 6);
    QCOMPARE(series->min.size(), series->times.size());
    QCOMPARE(series->max.size(), series->times.size());
    QCOMPARE(series->mean.size(), series->times.size());
    QCOMPARE(std::accumulate(series->count.begin(), series->count.end(), qint64{0}), 20);
    QCOMPARE(series->min.first(), Value::ofNumber(0));
    QCOMPARE(series->max.last(), Value::ofNumber(19));
    QVERIFY(std::is_sorted(series->times.begin(), series->times.end()));
    QCOMPARE(series->mean.first() * 2, series->min.first().number.value_or(0) + series->max.first().number.value_or(0));
}

void TestMeasurementRepository::anEmptyStretchIsEmpty()
{
    Study study;
    const auto series = study.measurements.series(study.span(0, 10), 100);
    QVERIFY(series && series->raw && series->times.isEmpty() && !series->before);
    QVERIFY(model::toJson(*series).value("before"_L1).isNull());
}

void TestMeasurementRepository::aStreamThatIsNotThereIsNotFound()
{
    Study study;
    study.stream = StreamId{999};
    QCOMPARE(study.measurements.series(study.span(0, 10), 100).error().code, ErrorCode::NotFound);
}

void TestMeasurementRepository::factsHaveTheirScriptsNames()
{
    Study study;
    study.database.run("INSERT INTO script (deployment_id, name) SELECT id, 'Stove' FROM deployment");
    const auto ofDevice = study.add("syn.cooking", "device_id", "(SELECT id FROM script)");
    const auto ofHome = study.add("syn.mood", "NULL", "NULL");
    study.measure(ofDevice, "1", 1);
    study.measure(ofHome, "'calm'", 2);
    study.measure(ofDevice, "0", 3);
    const auto page = study.timeline.facts(study.all(), {}, 2);
    QVERIFY2(page, qPrintable(page ? QString() : page.error().message()));
    QVERIFY(page->more);
    QCOMPARE(page->items.size(), 2);
    QCOMPARE(page->items.at(0).name, u"cooking"_s);
    QCOMPARE(page->items.at(0).deviceKey, u"sensor-a"_s);
    QCOMPARE(page->items.at(0).scriptName, u"Stove"_s);
    QCOMPARE(page->items.at(0).value.number.value_or(-1), 0.0);
    QCOMPARE(page->items.at(0).stream, ofDevice);
    QVERIFY(!page->items.at(1).device && !page->items.at(1).script);
    QCOMPARE(page->items.at(1).value.text.value_or(""), std::string("calm"));
    const auto named = study.timeline.facts(study.all(), u"cooking"_s, 10);
    QVERIFY(named && !named->more);
    QCOMPARE(named->items.size(), 2);
}

void TestMeasurementRepository::theTimelinePutsEveryKindTogether()
{
    Study study;
    study.measure(study.stream, "5", 1); // periodic: not shown
    study.measure(study.add("motion", "device_id", "NULL"), "1", 2);
    study.measure(study.add("syn.mood", "NULL", "NULL"), "0.5", 3);
    study.database.run(
        "INSERT INTO script (deployment_id, name) SELECT id, 'Stove' FROM deployment;"
        "INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status, because)"
        "SELECT 1, 1, id, '2026-01-01 00:00:04Z', 'on_power', '{}', 'ok', 'it is hot' FROM location;"
        "INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status)" // did nothing
        "SELECT 1, 1, id, '2026-01-01 00:00:04Z', 'on_power', '{}', 'ok' FROM location;"
        "INSERT INTO event (writer, batch, ordinal, location_id, kind, time, device_id) SELECT 1, 1, 1, location_id, "
        "'device-connected', '2026-01-01 00:00:05Z', id FROM device WHERE key = 'sensor-a';"
        "INSERT INTO event (writer, batch, ordinal, location_id, kind, time) SELECT 1, 1, 2, id, 'installed', "
        "'2026-01-01 00:00:06Z' FROM location;"
        "INSERT INTO alert (deployment_id, location_id, source, key, texts, at) SELECT deployment_id, id, 'device', "
        "'k', "
        "'{\"en\":\"Hot\",\"de\":\"Heiß\"}', '2026-01-01 00:00:07Z' FROM location;"
        "INSERT INTO alert_answer (alert_id, at, actor, answer, comment) SELECT id, '2026-01-01 00:00:08Z', "
        "'operator:1', "
        "'comment', 'seen' FROM alert;"
        "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, requested_by, created_at, "
        "expires_at) SELECT deployment_id, location_id, id, id, '[{\"name\":\"on\",\"value\":0}]', 'operator:1', "
        "'2026-01-01 00:00:09Z', now() FROM device WHERE key = 'sensor-a';"
        "INSERT INTO participant (deployment_id, code) SELECT id, 'A1' FROM deployment;"
        "INSERT INTO message (deployment_id, participant_id, location_id, direction, text, author, created_at) SELECT "
        "p.deployment_id, p.id, l.id, 'from-participant', 'hello', 'participant:1', '2026-01-01 00:00:10Z' "
        "FROM participant p, location l");
    const auto page = study.timeline.entries(study.all(), 20);
    QVERIFY2(page, qPrintable(page ? QString() : page.error().message()));
    QStringList shown;
    for (const auto& entry : page->items)
        shown.append(model::textOf(entry.kind) + u" | "_s + entry.text + u" | "_s + entry.object.section(u':', 0, 0));
    QCOMPARE(shown, QStringList({u"message | hello | message"_s, u"command | sensor-a on=0 | command"_s,
                                 u"alert-answer | comment: seen | alert"_s, u"alert | Hot | alert"_s,
                                 u"script | installed | "_s, u"event | device-connected: sensor-a | device"_s,
                                 u"run | Stove: it is hot | run"_s, u"fact | mood = 0.5 | stream"_s,
                                 u"measurement | sensor-a motion = 1 W | stream"_s}));
    QVERIFY(!page->more);
    const auto newest = study.timeline.entries(study.all(), 2);
    QVERIFY(newest && newest->more);
    QCOMPARE(newest->items.size(), 2);
    QCOMPARE(newest->items.at(1).kind, model::TimelineKind::Command);
}

void TestMeasurementRepository::finding_F21_everyDigitOfALargeInteger_data()
{
    QTest::addColumn<qint64>("integer");
    QTest::newRow("2^53+1") << qint64{9007199254740993};
    QTest::newRow("2^63-1") << std::numeric_limits<qint64>::max();
    QTest::newRow("below zero") << -qint64{9007199254740993};
}

void TestMeasurementRepository::finding_F21_everyDigitOfALargeInteger()
{
    QFETCH(qint64, integer);
    Study study;
    study.measure(study.stream, QByteArray::number(integer), 1);
    study.database.run("UPDATE measurement SET exact = " + QByteArray::number(integer));
    study.measure(study.stream, QByteArray::number(integer), 1); // the double alone is another measurement
    const auto series = study.measurements.series(study.span(0, 3), 10);
    QVERIFY(series);
    QCOMPARE(series->values.size(), 2);
    QVERIFY(series->values.contains(Value::ofInteger(integer)));
    const QByteArray json = QJsonDocument(model::toJson(*series)).toJson(QJsonDocument::Compact);
    QVERIFY2(json.contains(QByteArray::number(integer)), json.constData());
    const auto before = study.measurements.series(study.span(2, 3), 10);
    QVERIFY(before && before->before && before->values.isEmpty());
}

void TestMeasurementRepository::finding_F21_everyDigitOfABucketsEnds()
{
    Study study;
    const auto put = [&](qint64 integer, int second) {
        study.measure(study.stream, QByteArray::number(integer), second);
        if (const auto exact = Value::ofInteger(integer).integer)
            study.database.run("UPDATE measurement SET exact = " + QByteArray::number(*exact) +
                               " WHERE exact IS NULL AND time = (SELECT max(time) FROM measurement)");
    };
    put(9007199254740993, 1); // of one double with the next
    put(9007199254740992, 2);
    const auto two = study.measurements.series(study.span(0, 3600), 1);
    QVERIFY2(two, qPrintable(two ? QString() : two.error().message()));
    QVERIFY(!two->raw);
    QCOMPARE(two->min, QList<Value>{Value::ofInteger(9007199254740992)});
    QCOMPARE(two->max, QList<Value>{Value::ofInteger(9007199254740993)});
    put(9007199254740995, 3);
    put(-9007199254740993, 4);
    const auto all = study.measurements.series(study.span(0, 3600), 1);
    QVERIFY(all);
    QCOMPARE(all->min, QList<Value>{Value::ofInteger(-9007199254740993)});
    QCOMPARE(all->max, QList<Value>{Value::ofInteger(9007199254740995)});
    const QByteArray json = QJsonDocument(model::toJson(*all)).toJson(QJsonDocument::Compact);
    QVERIFY2(json.contains("\"max\":[9007199254740995]"), json.constData());
}

void TestMeasurementRepository::finding_F22_theMeanOfHugeNumbers_data()
{
    QTest::addColumn<QByteArrayList>("values");
    QTest::addColumn<double>("mean");
    const QByteArray huge = "1.7e308", least = "-1.7e308", tiny = "1e-320";
    QTest::newRow("two huge ones") << QByteArrayList{huge, huge} << 1.7e308;
    QTest::newRow("many huge ones") << QByteArrayList{huge, huge, huge, huge, huge, huge, huge} << 1.7e308;
    QTest::newRow("below zero") << QByteArrayList{least, least} << -1.7e308;
    QTest::newRow("both ways") << QByteArrayList{huge, least} << 0.0;
    QTest::newRow("beside a tiny one") << QByteArrayList{huge, tiny} << 0.85e308;
    QTest::newRow("tiny ones") << QByteArrayList{"5e-324", "5e-324"} << 5e-324;
    QTest::newRow("ordinary ones") << QByteArrayList{"1", "2", "6"} << 3.0;
}

void TestMeasurementRepository::finding_F22_theMeanOfHugeNumbers()
{
    QFETCH(QByteArrayList, values);
    QFETCH(double, mean);
    Study study;
    for (qsizetype i = 0; i < values.size(); ++i)
        study.measure(study.stream, values.at(i), static_cast<int>(i));
    const auto series = study.measurements.series(study.span(0, 3600), 1);
    QVERIFY2(series, qPrintable(series ? QString() : series.error().message()));
    QCOMPARE(series->mean.size(), 1);
    QCOMPARE(series->count.first(), values.size());
    const double size = std::max(1.0, std::abs(mean));
    QVERIFY2(std::abs(series->mean.first() / size - mean / size) < 1e-12,
             qPrintable(QString::number(series->mean.first())));
}

void TestMeasurementRepository::finding_F23_textsInBuckets_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("a device's") << QByteArray("NULL");
    QTest::newRow("a script's") << QByteArray("1");
}

void TestMeasurementRepository::finding_F23_textsInBuckets()
{
    QFETCH(QByteArray, script);
    Study study;
    study.stream = study.add("mode", "device_id", script);
    if (script == "NULL")
        study.database.run("UPDATE stream SET kind = 'text' WHERE name = 'mode'");
    for (int i = 0; i < 20; ++i)
        study.measure(study.stream, "'text " + QByteArray::number(i) + "'", i);
    const auto series = study.measurements.series(study.span(0, 19), 5);
    QVERIFY(series && !series->raw);
    QVERIFY(series->times.size() >= 4 && series->times.size() <= 6);
    QCOMPARE(series->values.size(), series->times.size());
    QCOMPARE(series->values.first(), Value::ofText("text 0"));
    QCOMPARE(std::accumulate(series->count.begin(), series->count.end(), qint64{0}), 20);
    QVERIFY(series->mean.isEmpty() && series->min.isEmpty() && series->max.isEmpty());
}

void TestMeasurementRepository::finding_F23_textsAmongNumbersAreCounted()
{
    Study study;
    study.stream = study.add("mood", "device_id", "1"); // a script's: it may set what it likes
    for (int i = 0; i < 20; ++i)
        study.measure(study.stream, i % 4 == 3 ? QByteArray("'unknown'") : QByteArray::number(i), i);
    const auto buckets = study.measurements.series(study.span(0, 19), 5);
    QVERIFY(buckets && !buckets->raw && !buckets->mean.isEmpty());
    QCOMPARE(std::accumulate(buckets->count.begin(), buckets->count.end(), qint64{0}), 15);
    QCOMPARE(buckets->texts, 5);
    const auto samples = study.measurements.series(study.span(0, 19), 50);
    QVERIFY(samples && samples->raw && samples->values.size() == 20);
    QCOMPARE(samples->texts, 0);
}

void TestMeasurementRepository::finding_F3_noValueIsAGap()
{
    Study study;
    study.measure(study.stream, "1", 1);
    study.measure(study.stream, "NULL", 2);
    study.measure(study.stream, "3", 3);
    const auto series = study.measurements.series(study.span(0, 3), 10);
    QVERIFY(series && series->values.size() == 3);
    QVERIFY(series->values.at(1).isNone());
    QVERIFY(model::toJson(*series).value("values"_L1).toArray().at(1).isNull());
    const auto buckets = study.measurements.series(study.span(0, 3600), 1);
    QVERIFY(buckets && buckets->count == QList<qint64>{2});
    const auto timeline = study.timeline.entries(study.all(), 10);
    QVERIFY2(timeline, qPrintable(timeline ? QString() : timeline.error().message()));
}

void TestMeasurementRepository::finding_F3_bucketsOfAStreamThatChangedItsKind()
{
    Study study;
    for (int i = 0; i < 10; ++i)
        study.measure(study.stream, QByteArray::number(i), i);
    for (int i = 10; i < 20; ++i)
        study.measure(study.stream, "'text'", i);
    const auto sum = [](const model::Series& series) {
        return std::accumulate(series.count.begin(), series.count.end(), qint64{0});
    };
    QVERIFY(study.measurements.changeKind(study.stream, model::StreamKind::Text));
    const auto stream = study.measurements.stream(study.stream);
    QVERIFY(stream && stream->kind == model::StreamKind::Text && stream->latest->value == Value::ofText("text"));
    const auto numbers = study.measurements.series(study.span(0, 9), 4); // from before: as it was
    QVERIFY(numbers && !numbers->raw && numbers->values.isEmpty() && sum(*numbers) == 10);
    QCOMPARE(numbers->max.last(), Value::ofNumber(9));
    const auto both = study.measurements.series(study.span(0, 19), 4);
    QVERIFY(both && both->mean.isEmpty() && sum(*both) == 20);
    QCOMPARE(both->values.first(), Value::ofText("0"));
    QCOMPARE(both->values.last(), Value::ofText("text"));
    QVERIFY(study.measurements.changeKind(study.stream, model::StreamKind::Number));
    const auto onlyNumbers = study.measurements.series(study.span(0, 19), 4);
    QVERIFY(onlyNumbers && onlyNumbers->values.isEmpty() && sum(*onlyNumbers) == 10);
    const auto texts = study.measurements.series(study.span(10, 19), 4);
    QVERIFY(texts && texts->mean.isEmpty() && sum(*texts) == 10);
    QCOMPARE(study.database.value("SELECT string_agg(kind, ' ') FROM change WHERE object_id = " +
                                  QByteArray::number(qint64{study.stream.value}) + " AND kind = 'stream'"),
             u"stream stream"_s);
}

QTEST_GUILESS_MAIN(TestMeasurementRepository)
#include "tst_measurement_repository.moc"
