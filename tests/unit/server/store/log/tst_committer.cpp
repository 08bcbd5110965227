// The committer on a real database: what is acknowledged is stored, once; what is published is what was stored.
#include "server/store/log/committer.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/test_database.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <atomic>
#include <limits>
#include <mutex>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;
using testkit::waitUntil;

namespace {

constexpr std::int64_t T0 = 1'760'000'000'000; // in October 2025

// A running committer, what it answered and what it published.
class Bench
{
public:
    explicit Bench(CommitterOptions options = {})
    {
        home = testkit::makeHome(database);
        options.database = database.settings();
        if (options.node.isEmpty())
            options.node = QStringLiteral("node");
        committer = std::make_unique<Committer>(
            options,
            [this](const LogBatchPtr& batch) {
                const std::lock_guard lock(mutex);
                batches.push_back(batch);
            },
            [this](CommandId command, LocationId) {
                const std::lock_guard lock(mutex);
                commands.push_back(command);
            });
        const auto started = committer->start();
        if (!started)
            qFatal("%s", qPrintable(started.error().message()));
    }
    ~Bench() { committer.reset(); }

    NewMeasurement measurement(std::int64_t time, double value, std::string name = "temperature") const
    {
        return {home.sensor, home.location, std::move(name), "", "C", fromMs(time), Value::ofNumber(value), 0};
    }
    // Submits and waits for what became of it.
    Result<Committed> commit(Submission submission)
    {
        std::optional<Result<Committed>> answer;
        std::atomic<bool> answered = false;
        const bool taken = committer->submit(std::move(submission), [&](const auto& result) {
            answer = result;
            answered = true;
        });
        if (!taken || !waitUntil([&] { return answered.load(); }))
            return fail(ErrorCode::Timeout);
        return std::move(*answer);
    }
    Result<Committed> commit(std::vector<NewMeasurement> measurements)
    {
        Submission submission;
        submission.measurements = std::move(measurements);
        return commit(std::move(submission));
    }
    int stored() const { return database.value("SELECT count(*) FROM measurement").toInt(); }
    LogBatchPtr lastBatch()
    {
        waitUntil([this] {
            const std::lock_guard lock(mutex);
            return !batches.empty();
        });
        const std::lock_guard lock(mutex);
        return batches.back();
    }

    TestDatabase database;
    testkit::SampleHome home;
    std::mutex mutex;
    std::vector<LogBatchPtr> batches;
    std::vector<CommandId> commands;
    std::unique_ptr<Committer> committer;
};

} // namespace

class TestCommitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesAMeasurementExactly()
    {
        Bench bench;
        Submission submission;
        submission.measurements = {bench.measurement(T0 + 123, 21.5)};
        submission.measurements[0].flags = 2;
        submission.measurements[0].index = "3";
        const auto done = bench.commit(std::move(submission));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().message()));
        QCOMPARE(done->inserted, 1);
        QCOMPARE(done->batch, 1);
        QCOMPARE(bench.database.value(
                     "SELECT concat_ws(',', name, index_text, unit, (extract(epoch FROM time) * 1000)::bigint, "
                     "number, text, writer, batch, ordinal, flags) FROM measurement JOIN stream ON "
                     "stream.id = stream_id"),
                 QStringLiteral("temperature,3,C,%1,21.5,1,1,0,2").arg(T0 + 123));
        QCOMPARE(bench.database.value("SELECT concat_ws(',', writer, number, incarnation, row_count, "
                                      "least_time = greatest_time) FROM batch"),
                 QStringLiteral("1,1,1,1,t"));
    }
    void publishesWhatItStored()
    {
        Bench bench;
        QVERIFY(bench.commit({bench.measurement(T0, 1), bench.measurement(T0 + 1, 2)}));
        const LogBatchPtr batch = bench.lastBatch();
        QCOMPARE(batch->number, 1);
        QCOMPARE(batch->rows.size(), std::size_t{2});
        QCOMPARE(batch->rows[1].ordinal, 1);
        QCOMPARE(toMs(batch->rows[1].time), T0 + 1);
        QCOMPARE(batch->rows[1].device, bench.home.sensor);
        QCOMPARE(*batch->rows[1].value.number, 2.0);
        QVERIFY(batch->arrival > fromMs(T0));
    }
    void storesAResendOnlyOnce()
    {
        Bench bench;
        QVERIFY(bench.commit({bench.measurement(T0, 1), bench.measurement(T0 + 1, 2)}));
        const auto again =
            bench.commit({bench.measurement(T0, 1), bench.measurement(T0 + 1, 2), bench.measurement(T0 + 2, 3)});
        QVERIFY(again);
        QCOMPARE(again->inserted, 1);
        QCOMPARE(bench.stored(), 3);
        QVERIFY(waitUntil([&] {
            const std::lock_guard lock(bench.mutex);
            return bench.batches.size() == 2;
        }));
        QCOMPARE(bench.lastBatch()->rows.size(), std::size_t{1});
    }
    void storesDuplicatesWithinABatchOnce()
    {
        Bench bench;
        const auto done = bench.commit({bench.measurement(T0, 1), bench.measurement(T0, 1), bench.measurement(T0, -0.0),
                                        bench.measurement(T0, 0.0)});
        QVERIFY(done);
        QCOMPARE(done->inserted, 2);
        QCOMPARE(bench.stored(), 2);
    }
    void keepsTwoValuesOfOneMoment()
    {
        Bench bench;
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
        const auto second = bench.commit({bench.measurement(T0, 2)});
        QVERIFY(second);
        QCOMPARE(second->inserted, 1);
        QCOMPARE(
            bench.database.value("SELECT number FROM measurement ORDER BY time DESC, batch DESC, ordinal DESC LIMIT 1"),
            QStringLiteral("2"));
    }
    void keepsTextsAndLargeIntegers()
    {
        Bench bench;
        auto text = bench.measurement(T0, 0, "state");
        text.value = Value::ofText("gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80");
        auto integer = bench.measurement(T0, 0, "count");
        integer.value = Value::ofInteger(9007199254740993);
        const auto done = bench.commit({text, integer});
        QVERIFY(done);
        QCOMPARE(done->inserted, 2);
        QCOMPARE(bench.database.value("SELECT text FROM measurement WHERE number IS NULL").toUtf8(),
                 QByteArray("gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80"));
        QCOMPARE(bench.database.value("SELECT exact FROM measurement WHERE number IS NOT NULL"),
                 QStringLiteral("9007199254740993"));
    }
    void rerunsByStagingWhenAnotherWroteTheSame()
    {
        Bench bench;
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
        // Behind the committer's back: its cache says that the stream ends at T0.
        bench.database.run(
            "INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal) SELECT stream_id, time + "
            "interval '1 ms', 7, 1, 0, 0 FROM measurement");
        const auto done = bench.commit({bench.measurement(T0 + 1, 7), bench.measurement(T0 + 2, 8)});
        QVERIFY2(done, qPrintable(done ? QString() : done.error().message()));
        QCOMPARE(done->inserted, 1);
        QCOMPARE(bench.stored(), 3);
    }
    void makesPartitionsOfDistantYears()
    {
        Bench bench;
        const auto done =
            bench.commit({bench.measurement(1'300'000'000'000, 1), bench.measurement(1'900'000'000'000, 2),
                          bench.measurement(1'300'000'000'000 - 1, 3)});
        QVERIFY(done);
        QCOMPARE(done->inserted, 3);
        QCOMPARE(bench.database.value("SELECT string_agg(relid::text, ',' ORDER BY relid::text) FROM "
                                      "pg_partition_tree('measurement') WHERE isleaf"),
                 QStringLiteral("measurement_y2011m03,measurement_y2030m03"));
    }
    void puzzlesNotOverTheLastMillisecondOfAMonth()
    {
        Bench bench;
        const std::int64_t november = 1'761'955'200'000; // 2025-11-01 UTC
        QVERIFY(bench.commit({bench.measurement(november - 1, 1), bench.measurement(november, 2)}));
        QCOMPARE(bench.database.value("SELECT count(*) FROM measurement_y2025m10"), QStringLiteral("1"));
        QCOMPARE(bench.database.value("SELECT count(*) FROM measurement_y2025m11"), QStringLiteral("1"));
    }
    void refusesRubbish_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("time");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("not a number") << QByteArray("a") << nan << QByteArray() << qint64(T0);
        QTest::newRow("infinite") << QByteArray("a") << std::numeric_limits<double>::infinity() << QByteArray()
                                  << qint64(T0);
        QTest::newRow("NUL in a name") << QByteArray("a\0b", 3) << 1.0 << QByteArray() << qint64(T0);
        QTest::newRow("NUL in a text") << QByteArray("a") << 1.0 << QByteArray("x\0y", 3) << qint64(T0);
        QTest::newRow("broken UTF-8") << QByteArray("a") << 1.0 << QByteArray("\xc3\x28") << qint64(T0);
        QTest::newRow("half a letter") << QByteArray("a") << 1.0 << QByteArray("\xc3") << qint64(T0);
        QTest::newRow("surrogate") << QByteArray("a") << 1.0 << QByteArray("\xed\xa0\x80") << qint64(T0);
        QTest::newRow("long text") << QByteArray("a") << 1.0 << QByteArray(1'025, 'x') << qint64(T0);
        QTest::newRow("no name") << QByteArray("") << 1.0 << QByteArray() << qint64(T0);
        QTest::newRow("long name") << QByteArray(257, 'x') << 1.0 << QByteArray() << qint64(T0);
        QTest::newRow("before 1970") << QByteArray("a") << 1.0 << QByteArray() << qint64(-1);
        QTest::newRow("end of time") << QByteArray("a") << 1.0 << QByteArray() << std::numeric_limits<qint64>::max();
    }
    void refusesRubbish()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const double, number);
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, time);
        Bench bench;
        auto bad = bench.measurement(time, number, name.toStdString());
        if (!text.isEmpty())
            bad.value = Value::ofText(text.toStdString());
        const auto done = bench.commit({bad});
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::WrongMeasurement);
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
        QCOMPARE(bench.stored(), 1);
    }
    void refusesOnlyTheOneThatTheDatabaseRefuses()
    {
        Bench bench;
        std::atomic<int> stored = 0;
        std::atomic<int> refused = 0;
        for (int number = 0; number < 50; ++number) {
            Submission submission;
            submission.measurements = {bench.measurement(T0 + number, number)};
            if (number == 17) // no such home: a foreign key
                submission.measurements[0].location = LocationId{4711};
            if (number == 31) { // jsonb has no U+0000
                LogRow row;
                row.kind = RowKind::ParticipantMessage;
                row.location = bench.home.location;
                row.time = fromMs(T0);
                row.data = "{\"text\":\"\\u0000\"}";
                submission.events = {row};
            }
            QVERIFY(bench.committer->submit(std::move(submission),
                                            [&](const auto& result) { ++(result ? stored : refused); }));
        }
        QVERIFY(waitUntil([&] { return stored + refused == 50; }));
        QCOMPARE(refused.load(), 2);
        QCOMPARE(bench.stored(), 48);
    }
    void bindsTheStreamsOfADevice()
    {
        CommitterOptions options;
        options.streamsPerDevice = 3;
        Bench bench(options);
        std::vector<NewMeasurement> measurements(5, bench.measurement(T0, 1));
        for (std::size_t number = 0; number < measurements.size(); ++number)
            measurements[number] = bench.measurement(T0, static_cast<double>(number), "p" + std::to_string(number));
        const auto done = bench.commit(measurements);
        QVERIFY(done);
        QCOMPARE(done->inserted, 3);
        QVERIFY(done->refused.size() == 2 && done->refused[0].index == 3 && done->refused[1].index == 4);
        const auto again = bench.commit(measurements);
        QVERIFY(again);
        QCOMPARE(again->inserted, 0);
        QVERIFY(again->refused.size() == 2 && again->refused[0].index == 3 && again->refused[1].index == 4);
        QCOMPARE(bench.database.value("SELECT count(*) FROM stream"), QStringLiteral("3"));
    }
    void storesEventsInTheirOrder()
    {
        Bench bench;
        Submission submission;
        submission.measurements = {bench.measurement(T0, 1)};
        LogRow row;
        row.kind = RowKind::DeviceConnected;
        row.location = bench.home.location;
        row.device = bench.home.gateway;
        row.time = fromMs(T0);
        submission.events = {row};
        row.kind = RowKind::Signal;
        row.device = {};
        row.name = "evening";
        row.data = "{\"a\": [1, 2]}";
        row.depth = 3;
        submission.events.push_back(row);
        QVERIFY(bench.commit(std::move(submission)));
        QCOMPARE(bench.database.value(
                     "SELECT string_agg(concat_ws(',', ordinal, kind, device_id, name, depth, data), ';' ORDER BY "
                     "ordinal) FROM event"),
                 QStringLiteral("1,device-connected,%1,,0,{};2,signal,evening,3,{\"a\": [1, 2]}")
                     .arg(bench.home.gateway.value));
        QCOMPARE(bench.lastBatch()->rows.size(), std::size_t{3});
    }
    void refusesMeasurementsDisguisedAsEvents()
    {
        Bench bench;
        Submission submission;
        LogRow row;
        row.location = bench.home.location;
        row.time = fromMs(T0);
        submission.events = {row};
        QVERIFY(!bench.commit(std::move(submission)));
    }
    void appliesACommandsAnswerOnlyFromItsGatewayAndItself()
    {
        Bench bench;
        bench.database.run(
            "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, requested_by, "
            "expires_at) SELECT deployment_id, location_id, id, gateway_id, '[]', 'operator:1', now() + interval "
            "'1 h' FROM device WHERE key = 'sensor-a'");
        const auto answer = [&](DeviceId gateway, int result) {
            Submission submission;
            submission.responses = {{gateway, CommandId{1}, result}};
            return bench.commit(std::move(submission));
        };
        QVERIFY(answer(DeviceId{4711}, 1));
        QCOMPARE(bench.database.value("SELECT state FROM command"), QStringLiteral("queued"));
        QVERIFY(answer(bench.home.gateway, 0));
        QCOMPARE(bench.database.value("SELECT state FROM command"), QStringLiteral("received"));
        QVERIFY(answer(bench.home.sensor, 1)); // over a channel of its own
        QVERIFY(answer(bench.home.gateway, 1));
        QVERIFY(answer(bench.home.gateway, 0));
        QCOMPARE(bench.database.value("SELECT state FROM command"), QStringLiteral("executed"));
        QCOMPARE(bench.database.value("SELECT string_agg(kind || data, ';') FROM event"),
                 QStringLiteral("command-finished{\"state\": \"executed\", \"result\": 1, \"command\": 1}"));
        QVERIFY(waitUntil([&] {
            const std::lock_guard lock(bench.mutex);
            return bench.commands.size() == 2;
        }));
    }
    void addsDevicesBehindAGateway()
    {
        Bench bench;
        const auto other = testkit::makeHome(bench.database, "b");
        bench.database.run("UPDATE device SET deployment_id = " +
                           QByteArray::number(qint64(bench.home.deployment.value)) + " WHERE key = 'sensor-b'");
        Submission submission;
        for (const char* key : {"lamp", "sensor-b", "sensor-a"})
            submission.devices.push_back({bench.home.deployment, bench.home.location, bench.home.gateway, key, 5});
        const auto done = bench.commit(std::move(submission));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().message()));
        QCOMPARE(done->otherLocation, (std::vector<std::size_t>{1}));
        QCOMPARE(bench.database.value(
                     "SELECT concat_ws(',', type, gateway_id, location_id, start_date) FROM device WHERE key = 'lamp'"),
                 QStringLiteral("5,%1,%2,2000-01-01 00:00:00+00")
                     .arg(bench.home.gateway.value)
                     .arg(bench.home.location.value));
        Q_UNUSED(other);
    }
    void refusesADeviceBehindNoGateway()
    {
        Bench bench;
        Submission submission;
        submission.devices = {{bench.home.deployment, bench.home.location, DeviceId{4711}, "lamp", 5}};
        const auto done = bench.commit(std::move(submission));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::DatabaseError);
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
    }
    void saysNoWhenTheQueueIsFull()
    {
        CommitterOptions options;
        options.queueCapacity = 3;
        Bench bench(options);
        // A lock that the committer has to wait for.
        const auto blocker = bench.database.connect();
        QVERIFY(blocker->runScript("BEGIN; LOCK TABLE batch IN EXCLUSIVE MODE"));
        std::atomic<int> answers = 0;
        int taken = 0;
        for (int number = 0; number < 10; ++number) {
            Submission submission;
            submission.measurements = {bench.measurement(T0 + number, 1)};
            taken += bench.committer->submit(std::move(submission), [&](const auto&) { ++answers; }) ? 1 : 0;
            // What is in the batch under way counts, too, not only what waits behind it.
            if (number == 0)
                QVERIFY(waitUntil([&] {
                    return bench.database.value("SELECT count(*) FROM pg_locks WHERE NOT granted") ==
                           QStringLiteral("1");
                }));
        }
        QCOMPARE(taken, 3);
        QCOMPARE(answers.load(), 0);
        QVERIFY(blocker->runScript("COMMIT"));
        QVERIFY(waitUntil([&] { return answers == 3; }));
        QVERIFY(waitUntil([&] { return bench.committer->waiting() == 0; }));
        QCOMPARE(bench.stored(), 3);
    }
    void aRefusedOneMakesRoom()
    {
        CommitterOptions options;
        options.queueCapacity = 2;
        Bench bench(options);
        for (int number = 0; number < 5; ++number) {
            auto bad = bench.measurement(T0, 1);
            bad.name.clear();
            QVERIFY(!bench.commit({bad}));
            QVERIFY(waitUntil([&] { return bench.committer->waiting() == 0; }));
        }
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
    }
    void takesAsManyRowsAsTwentyBatchesHold()
    {
        CommitterOptions options;
        options.rowsPerBatch = 2;
        Bench bench(options);
        const auto blocker = bench.database.connect();
        QVERIFY(blocker->runScript("BEGIN; LOCK TABLE batch IN EXCLUSIVE MODE"));
        int taken = 0;
        std::atomic<int> answers = 0;
        for (int number = 0; number < 30; ++number) { // of two rows each: itself and its measurement
            Submission submission;
            submission.measurements = {bench.measurement(T0 + number, 1)};
            taken += bench.committer->submit(std::move(submission), [&](const auto&) { ++answers; }) ? 1 : 0;
        }
        QCOMPARE(taken, 20);
        QVERIFY(blocker->runScript("COMMIT"));
        QVERIFY(waitUntil([&] { return answers == 20; }));
        QCOMPARE(bench.stored(), 20);
        QCOMPARE(bench.database.value("SELECT max(row_count) FROM batch"), QStringLiteral("1"));
    }
    void commitsWhatWaitsBeforeItStops()
    {
        Bench bench;
        std::atomic<int> stored = 0;
        for (int number = 0; number < 200; ++number) {
            Submission submission;
            submission.measurements = {bench.measurement(T0 + number, 1)};
            QVERIFY(
                bench.committer->submit(std::move(submission), [&](const auto& result) { stored += result ? 1 : 0; }));
        }
        bench.committer->stop();
        QCOMPARE(stored.load(), 200);
        QVERIFY(!bench.committer->submit({}, {}));
        QCOMPARE(bench.stored(), 200);
    }
    void continuesItsNumbersAtTheNextStart()
    {
        Bench bench;
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
        bench.committer->stop();
        CommitterOptions options;
        options.database = bench.database.settings();
        options.node = QStringLiteral("node");
        bench.committer = std::make_unique<Committer>(options, OnBatch(), OnCommand());
        QVERIFY(bench.committer->start());
        const auto done = bench.commit({bench.measurement(T0, 1), bench.measurement(T0 + 1, 1)});
        QVERIFY(done);
        QCOMPARE(done->batch, 2);
        QCOMPARE(done->inserted, 1);
        QCOMPARE(bench.database.value(
                     "SELECT string_agg(concat_ws(',', number, incarnation), ';' ORDER BY number) FROM batch"),
                 QStringLiteral("1,1;2,2"));
    }
    void survivesLosingItsConnection()
    {
        Bench bench;
        QVERIFY(bench.commit({bench.measurement(T0, 1)}));
        bench.database.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            "pg_backend_pid()");
        const auto done = bench.commit({bench.measurement(T0 + 1, 2)});
        QVERIFY2(done, qPrintable(done ? QString() : done.error().message()));
        QCOMPARE(bench.stored(), 2);
    }
};

QTEST_GUILESS_MAIN(TestCommitter)
#include "tst_committer.moc"
