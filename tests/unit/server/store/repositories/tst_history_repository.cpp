// What scripts are answered from the database: samples, and stretches where there are too many.
#include "server/store/repositories/history_repository.h"
#include "server/store/repositories/timeline_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;

namespace {

constexpr qint64 Start = 1'767'225'600'000; // 2026-01-01

struct Asked
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    HistoryRepository history{*connection};
    HistoryQuery query;

    // One sample a second: its number, and its digits where a double has others.
    explicit Asked(const QString& numbers)
    {
        database.run("SELECT make_measurement_partition('2026-01-01')");
        database.run(
            "INSERT INTO stream (location_id, device_id, name, unit) SELECT location_id, id, 'count', '' FROM device "
            "WHERE key = 'sensor-a'");
        int ordinal = 0;
        for (const QString& text : numbers.split(QLatin1Char(' '))) {
            const Value value = numberIn(text.toStdString()).value();
            database.run(
                QStringLiteral("INSERT INTO measurement (stream_id, time, number, exact, writer, batch, ordinal) "
                               "SELECT max(id), '2026-01-01Z'::timestamptz + interval '%1 seconds', %2, %3, 1, 1, "
                               "%1 FROM stream")
                    .arg(ordinal)
                    .arg(QString::number(*value.number, 'g', 17),
                         value.integer ? QString::number(*value.integer) : QStringLiteral("NULL"))
                    .toUtf8());
            ++ordinal;
        }
        query = {home.location,
                 DeviceId{database.value("SELECT id FROM device WHERE key = 'sensor-a'").toLongLong()},
                 QStringLiteral("count"),
                 fromMs(Start),
                 fromMs(Start + 60'000),
                 {{1, 1, 1'000'000}}};
    }
};

QString told(const HistoryBucket& bucket)
{
    return QString::fromStdString(textOf(bucket.least) + ' ' + textOf(bucket.greatest) + ' ' + textOf(bucket.last) +
                                  ' ' + textOf(bucket.sum));
}

} // namespace

class TestHistoryRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F21_everyDigitOfALargeInteger_data();
    void finding_F21_everyDigitOfALargeInteger();
    void finding_F21_everyDigitInTheTimeline();
};

void TestHistoryRepository::finding_F21_everyDigitOfALargeInteger_data()
{
    QTest::addColumn<QString>("numbers");
    QTest::addColumn<QString>("bucket"); // least, greatest, last, sum
    QTest::newRow("neighbours of one double") << QStringLiteral("9007199254740993 9007199254740992 9007199254740993")
                                              << QStringLiteral("9007199254740992 9007199254740993 9007199254740993 "
                                                                "27021597764222978");
    QTest::newRow("the largest alone") << QStringLiteral("9223372036854775807")
                                       << QStringLiteral("9223372036854775807 9223372036854775807 9223372036854775807 "
                                                         "9223372036854775807");
    QTest::newRow("with ordinary ones") << QStringLiteral("0.5 -9223372036854775808 9007199254740993 1e20")
                                        << QStringLiteral("-9223372036854775808 1e+20 1e+20 9.078563516239997e+19");
    QTest::newRow("ordinary ones") << QStringLiteral("1 2.5 2") << QStringLiteral("1 2.5 2 5.5");
    QTest::newRow("whole ones") << QStringLiteral("-3 9007199254740992 4")
                                << QStringLiteral("-3 9007199254740992 4 "
                                                  "9007199254740993");
}

void TestHistoryRepository::finding_F21_everyDigitOfALargeInteger()
{
    QFETCH(QString, numbers);
    QFETCH(QString, bucket);
    Asked asked(numbers);
    const auto samples = asked.history.samples(asked.query, 100);
    QVERIFY2(samples, qPrintable(samples ? QString() : samples.error().message()));
    QStringList same;
    for (const HistorySample& sample : *samples)
        same.append(QString::fromStdString(textOf(sample.number)));
    QCOMPARE(same.join(QLatin1Char(' ')).replace(QLatin1String("1e+20"), QLatin1String("1e20")), numbers);
    const auto buckets = asked.history.buckets(asked.query, Milliseconds(60'000));
    QVERIFY2(buckets, qPrintable(buckets ? QString() : buckets.error().message()));
    QCOMPARE(buckets->size(), std::size_t{1});
    QCOMPARE(told(buckets->front()), bucket);
}

void TestHistoryRepository::finding_F21_everyDigitInTheTimeline()
{
    const QStringList numbers{QStringLiteral("9007199254740993"), QStringLiteral("9007199254740992"),
                              QStringLiteral("12345678901"), QStringLiteral("-1000000")};
    Asked asked(numbers.join(QLatin1Char(' ')));
    asked.database.run("INSERT INTO script (deployment_id, name) SELECT id, 's' FROM deployment;"
                       "UPDATE stream SET name = 'syn.count', script_id = (SELECT id FROM script)");
    const auto entries =
        TimelineRepository(*asked.connection).entries({asked.home.location, asked.query.since, asked.query.until}, 9);
    QVERIFY2(entries, qPrintable(entries ? QString() : entries.error().message()));
    QStringList told;
    for (const model::TimelineEntry& entry : entries->items)
        told.prepend(entry.text);
    QCOMPARE(told.join(QLatin1Char(' ')), QStringLiteral("count = ") + numbers.join(QStringLiteral(" count = ")));
}

QTEST_GUILESS_MAIN(TestHistoryRepository)
#include "tst_history_repository.moc"
