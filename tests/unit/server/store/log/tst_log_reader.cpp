// What the committer published is what a reader finds later, in the order of the log.
#include "server/store/log/committer.h"
#include "server/store/log/log_reader.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <atomic>
#include <mutex>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;
using testkit::waitUntil;

namespace {

constexpr std::int64_t T0 = 1'760'000'000'000;

QString describe(const LogRow& row)
{
    return QStringLiteral("%1 %2 l%3 d%4 s%5 %6 %7 %8 %9")
               .arg(row.ordinal)
               .arg(QLatin1String(rowKindName(row.kind)))
               .arg(row.location.value)
               .arg(row.device.value)
               .arg(row.stream.value)
               .arg(toMs(row.time))
               .arg(row.value.number.value_or(-1))
               .arg(QString::fromStdString(row.value.text.value_or("-")), QString::fromStdString(row.name)) +
           QStringLiteral(" %1 %2 %3 %4 %5")
               .arg(QString::fromStdString(row.index), QString::fromStdString(row.data))
               .arg(row.script.value)
               .arg(row.depth)
               .arg(row.flags);
}

QStringList describe(const std::vector<LogBatchPtr>& batches)
{
    QStringList lines;
    for (const auto& batch : batches) {
        lines << QStringLiteral("batch %1/%2 %3").arg(batch->writer).arg(batch->number).arg(toMs(batch->arrival));
        for (const LogRow& row : batch->rows)
            lines << describe(row);
    }
    return lines;
}

} // namespace

class TestLogReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_database = std::make_unique<TestDatabase>();
        m_home = testkit::makeHome(*m_database);
        m_connection = m_database->connect();
        m_published.clear();
    }
    void cleanup()
    {
        m_connection.reset();
        m_database.reset();
    }
    void readsWhatWasPublished()
    {
        fill(QStringLiteral("one"), 7, T0);
        LogReader reader(*m_connection);
        const auto batches = reader.read({});
        QVERIFY2(batches, qPrintable(batches ? QString() : batches.error().message()));
        QCOMPARE(describe(*batches), describe(m_published));
        const auto rest = reader.read({{m_published[2]->writer, m_published[2]->number}});
        QVERIFY(rest);
        QCOMPARE(describe(*rest), describe({m_published.begin() + 3, m_published.end()}));
        const auto newest = reader.newestNumbers();
        QVERIFY(newest);
        QCOMPARE(newest->at(m_published[0]->writer), m_published.back()->number);
        const auto none = reader.read(*newest);
        QVERIFY(none && none->empty());
    }
    void stopsAtTheRowLimitWithoutAGap()
    {
        fill(QStringLiteral("one"), 10, T0);
        fill(QStringLiteral("two"), 10, T0 + 1'000'000);
        LogReader reader(*m_connection);
        LogPosition position;
        std::vector<LogBatchPtr> all;
        for (int round = 0; round < 100; ++round) {
            const auto batches = reader.read(position, 7);
            QVERIFY(batches);
            if (batches->empty())
                break;
            for (const auto& batch : *batches) {
                QCOMPARE(batch->number, position[batch->writer] + 1);
                position[batch->writer] = batch->number;
                all.push_back(batch);
            }
        }
        QCOMPARE(describe(all), describe(m_published));
    }
    void readsAsManyBatchesAsJustFit_data()
    {
        QTest::addColumn<int>("rowLimit");
        QTest::addColumn<int>("batches");
        QTest::newRow("less than one: one all the same") << 1 << 1;
        QTest::newRow("one row too few for two") << 5 << 1;
        QTest::newRow("just two") << 6 << 2;
        QTest::newRow("one more row") << 7 << 2;
        QTest::newRow("all") << 9 << 3;
        QTest::newRow("more than there is") << 1'000 << 3;
    }
    void readsAsManyBatchesAsJustFit()
    {
        QFETCH(int, rowLimit);
        fill(QStringLiteral("one"), 3, T0); // of three rows each
        const auto batches = LogReader(*m_connection).read({}, rowLimit);
        QVERIFY(batches);
        QTEST(static_cast<int>(batches->size()), "batches");
        for (const auto& batch : *batches)
            QCOMPARE(batch->rows.size(), std::size_t{3});
    }
    void mergesWritersByArrivalButNeverBackWithinOne()
    {
        fill(QStringLiteral("one"), 3, T0);
        fill(QStringLiteral("two"), 2, T0 + 1'000'000);
        for (const auto& [batch, minute] : {std::pair{"1 AND number = 1", "60"}, // 60, 0, 120 and 30, 90
                                            {"1 AND number = 2", "0"},
                                            {"1 AND number = 3", "120"},
                                            {"2 AND number = 1", "30"},
                                            {"2 AND number = 2", "90"}})
            m_database->run(QByteArray("UPDATE batch SET arrival = '2026-01-01Z'::timestamptz + interval '1 min' * ") +
                            minute + " WHERE writer = " + batch);
        const auto batches = LogReader(*m_connection).read({});
        QVERIFY(batches);
        QStringList order;
        for (const auto& batch : *batches)
            order.append(QStringLiteral("%1/%2").arg(batch->writer).arg(batch->number));
        QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("2/1 1/1 1/2 2/2 1/3"));
    }
    void keepsAWritersOrderWhenTheClockWentBack()
    {
        fill(QStringLiteral("one"), 4, T0);
        m_database->run("UPDATE batch SET arrival = arrival - interval '1 h' WHERE number = 3");
        LogReader reader(*m_connection);
        const auto batches = reader.read({});
        QVERIFY(batches);
        for (std::size_t index = 0; index < batches->size(); ++index)
            QCOMPARE(batches->at(index)->number, static_cast<std::int64_t>(index + 1));
    }
    void knowsFactsByTheirScript()
    {
        fill(QStringLiteral("one"), 1, T0);
        m_database->run(
            "UPDATE stream SET script_id = 5, name = 'syn.asleep', device_id = NULL WHERE name = 'temperature'");
        LogReader reader(*m_connection);
        const auto batches = reader.read({});
        QVERIFY(batches);
        QCOMPARE(batches->at(0)->rows[0].kind, RowKind::Fact);
        QCOMPARE(batches->at(0)->rows[0].script, ScriptId{5});
        QCOMPARE(batches->at(0)->rows[0].device, DeviceId{});
    }
    void leavesOutEventsOfANewerProgram()
    {
        fill(QStringLiteral("one"), 1, T0);
        m_database->run("UPDATE event SET kind = 'something-new'");
        LogReader reader(*m_connection);
        const auto batches = reader.read({});
        QVERIFY(batches);
        QCOMPARE(batches->at(0)->rows.size(), std::size_t{2});
    }

private:
    // `count` batches of two measurements and an event each.
    void fill(const QString& node, int count, std::int64_t start)
    {
        CommitterOptions options;
        options.database = m_database->settings();
        options.node = node;
        std::mutex mutex;
        std::size_t wanted = m_published.size();
        Committer committer(options,
                            [&](const LogBatchPtr& batch) {
                                const std::lock_guard lock(mutex);
                                m_published.push_back(batch);
                            },
                            {});
        QVERIFY(committer.start());
        for (int number = 0; number < count; ++number) {
            Submission submission;
            submission.measurements = {{m_home.sensor, m_home.location, "temperature", "1", "C", fromMs(start + number),
                                        Value::ofNumber(number), 1},
                                       {m_home.sensor, m_home.location, "state", "", "",
                                        fromMs(start - number * 3'000'000'000LL), Value::ofText("on"), 0}};
            LogRow row;
            row.kind = RowKind::Timer;
            row.location = m_home.location;
            row.time = fromMs(start);
            row.name = "wake";
            row.data = "{\"script\": 12}";
            row.script = ScriptId{12};
            row.depth = 2;
            submission.events = {row};
            QVERIFY(committer.submit(std::move(submission), {}));
            ++wanted;
            QVERIFY(waitUntil([&] {
                const std::lock_guard lock(mutex);
                return m_published.size() == wanted;
            }));
        }
    }

    std::unique_ptr<TestDatabase> m_database;
    testkit::SampleHome m_home;
    std::unique_ptr<Connection> m_connection;
    std::vector<LogBatchPtr> m_published;
};

QTEST_GUILESS_MAIN(TestLogReader)
#include "tst_log_reader.moc"
