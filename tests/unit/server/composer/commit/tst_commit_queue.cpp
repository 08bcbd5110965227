// What gathers is committed whole, in order, once; what one home cannot store costs the others nothing.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/store/log/log_reader.h"
#include "tests/unit/server/composer/commit/queued.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;

namespace {

// Something that no database takes: a text with a NUL.
store::LogRow poison(LocationId location)
{
    store::LogRow row;
    row.kind = store::RowKind::Signal;
    row.location = location;
    row.time = at(0);
    row.name = std::string("a\0b", 3);
    return row;
}

} // namespace

class TestCommitQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsGoOutTogetherInTheirOrder();
    void aRunAloneMayWaitButIsNotForgotten();
    void theSameFactTwiceIsOneRow();
    void positionsAreAskedOnceASecond();
    void onlyWhatChangedIsStored();
    void whatWasRemovedStaysGone();
    void oneHomeThatCannotBeStoredIsPausedAndTheOthersGoOn();
    void aScriptThatIsStoppedRaisesOneAlert();
    void aLostConnectionIsToldAndNothingIsDropped();
};

void TestCommitQueue::rowsGoOutTogetherInTheirOrder()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    for (const char* name : {"a", "b", "c"})
        queued.queue->addRow(queued.signal(entry, QString::fromLatin1(name)));
    QCOMPARE(queued.queue->size(), std::size_t{3});
    QVERIFY(queued.written.empty());
    QVERIFY(testkit::waitUntil([&] { return !queued.written.empty(); }));
    QCOMPARE(queued.written.size(), std::size_t{1});
    const store::LogBatchPtr batch = queued.written.front().batch;
    QCOMPARE(batch->arrival, world.clock.now());
    QCOMPARE(batch->rows.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(batch->rows[i].ordinal, static_cast<std::int32_t>(i));
    QCOMPARE(batch->rows[2].name, std::string("c"));
    QCOMPARE(queued.done, std::size_t{3});
    QVERIFY(queued.queue->isEmpty());
    const auto read = orAbort(store::LogReader(*world.connection).read({}));
    QCOMPARE(read.size(), std::size_t{1});
    QCOMPARE(read.front()->number, batch->number);
    QCOMPARE(read.front()->rows.size(), std::size_t{3});
    queued.queue->addRow(queued.signal(entry, QStringLiteral("d")));
    QVERIFY(queued.queue->flush());
    QCOMPARE(queued.written.back().batch->number, batch->number + 1);
}

void TestCommitQueue::aRunAloneMayWaitButIsNotForgotten()
{
    DeployedWorld world;
    Queued queued(world);
    queued.queue->addRun(queued.run(queued.entry(world.home.location)));
    QVERIFY(!testkit::waitUntil([&] { return !queued.written.empty(); }, Milliseconds(200)));
    QVERIFY(testkit::waitUntil([&] { return !queued.written.empty(); }));
    QVERIFY(!queued.written.front().batch); // a trace is no row of the log
    QCOMPARE(world.value("SELECT handler || ' ' || status FROM script_run"), QStringLiteral("look ok"));
    QCOMPARE(queued.written.front().notices.size(), std::size_t{1});
    QVERIFY(std::holds_alternative<bus::RunRecorded>(queued.written.front().notices.front()));
}

void TestCommitQueue::theSameFactTwiceIsOneRow()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    const auto fact = [&](const char* name, double value, int second) {
        return *factRow(*entry, {{QStringLiteral("name"), QString::fromLatin1(name)}, {QStringLiteral("value"), value}},
                        at(second), 1);
    };
    queued.queue->addRow(fact("asleep", 1, 1));
    queued.queue->addRow(fact("asleep", 1, 1));
    queued.queue->addRow(fact("awake", 0, 1));
    QVERIFY(queued.queue->flush());
    QCOMPARE(queued.written.front().batch->rows.size(), std::size_t{2});
    QCOMPARE(queued.written.front().batch->rows.back().ordinal, 2);
    queued.queue->addRow(fact("asleep", 0, 2));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT count(*) FROM stream WHERE name LIKE 'syn.%'"), QStringLiteral("2"));
    QCOMPARE(world.value("SELECT count(*) FROM measurement"), QStringLiteral("3"));
}

void TestCommitQueue::positionsAreAskedOnceASecond()
{
    DeployedWorld world;
    Queued queued(world);
    queued.queue->tick();
    QCOMPARE(queued.asked, 1);
    QCOMPARE(world.value("SELECT number FROM shard_position WHERE shard = 9"), QStringLiteral("1"));
    world.clock.advance(Milliseconds(999));
    queued.queue->tick();
    QCOMPARE(queued.asked, 1);
    world.clock.advance(Milliseconds(1));
    queued.queue->tick();
    QCOMPARE(queued.asked, 2);
    QCOMPARE(world.value("SELECT number FROM shard_position WHERE shard = 9"), QStringLiteral("2"));
}

void TestCommitQueue::onlyWhatChangedIsStored()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    const QByteArray updated = "SELECT xmin::text FROM script_instance";
    queued.queue->touch(entry);
    QVERIFY(queued.queue->flush()); // as the engine writes it
    const QString before = world.value(updated);
    queued.queue->touch(entry);
    QVERIFY(entry->work.touched);
    QVERIFY(queued.queue->flush());
    QVERIFY(!entry->work.touched);
    QCOMPARE(world.value(updated), before);
    entry->trouble.errorsInRow = 3;
    queued.queue->touch(entry);
    queued.queue->touch(entry);
    QVERIFY(queued.queue->flush());
    QVERIFY(world.value(updated) != before);
    QCOMPARE(world.value("SELECT errors_in_row FROM script_instance"), QStringLiteral("3"));
    const QString after = world.value(updated);
    queued.queue->addRun(queued.run(entry)); // with a run its position is stored too, when it was touched
    queued.queue->touch(entry);
    QVERIFY(queued.queue->flush());
    QVERIFY(world.value(updated) != after);
}

void TestCommitQueue::whatWasRemovedStaysGone()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    entry->trouble.errorsInRow = 3;
    queued.queue->touch(entry);
    queued.table.remove(entry->key);
    world.database.run("DELETE FROM script_instance");
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT count(*) FROM script_instance"), QStringLiteral("0"));
    QVERIFY(queued.queue->isEmpty());
}

void TestCommitQueue::oneHomeThatCannotBeStoredIsPausedAndTheOthersGoOn()
{
    DeployedWorld world;
    const LocationId second = world.addHome("second");
    Queued queued(world);
    const InstanceEntryPtr bad = queued.entry(world.home.location);
    const InstanceEntryPtr good = queued.entry(second);
    for (const InstanceEntryPtr& entry : {bad, good}) {
        entry->trouble.errorsInRow = 1;
        queued.queue->touch(entry);
    }
    queued.queue->addRow(poison(world.home.location));
    queued.queue->addRow(queued.signal(good, QStringLiteral("s")));
    queued.queue->addRun(queued.run(good));
    for (int failure = 0; failure < 3; ++failure) {
        QVERIFY(!queued.queue->flush());
        QCOMPARE(world.value("SELECT count(*) FROM event"), QStringLiteral("0")); // all or nothing
        QVERIFY(queued.spoiled.empty() && queued.written.empty());
    }
    QVERIFY(queued.queue->flush());
    QVERIFY(queued.queue->isEmpty());
    QVERIFY(queued.spoiled == std::vector<InstanceEntryPtr>{bad});
    QVERIFY(!bad->trouble.runs() && good->trouble.runs());
    const QByteArray ofBad =
        " FROM script_instance WHERE location_id = " + QByteArray::number(qint64{bad->key.location.value});
    QCOMPARE(world.value("SELECT status" + ofBad), QStringLiteral("paused-by-errors"));
    QVERIFY(world.value("SELECT status_detail" + ofBad).startsWith(QStringLiteral("what it gave could not be stored")));
    QCOMPARE(world.value("SELECT location_id || name FROM event"), QString::number(second.value) + QLatin1Char('s'));
    QCOMPARE(world.value("SELECT location_id FROM script_run"), QString::number(second.value));
    QCOMPARE(queued.written.size(), std::size_t{1});
    QCOMPARE(queued.done, std::size_t{2});
    queued.queue->addRow(queued.signal(good, QStringLiteral("again")));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT count(*) FROM event"), QStringLiteral("2"));
}

void TestCommitQueue::aScriptThatIsStoppedRaisesOneAlert()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    entry->trouble.status = model::InstanceStatus::PausedByErrors;
    entry->trouble.detail = QStringLiteral("20 errors in a row");
    queued.queue->addStopped(entry);
    QVERIFY(testkit::waitUntil([&] { return !queued.written.empty(); }));
    QCOMPARE(world.value("SELECT status FROM script_instance"), QStringLiteral("paused-by-errors"));
    QVERIFY(world.value("SELECT texts->>'en' FROM alert").endsWith(QStringLiteral(": 20 errors in a row")));
    QCOMPARE(queued.written.front().notices.size(), std::size_t{2}); // the alert, and the script
    queued.queue->addStopped(entry);
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT count(*) FROM alert"), QStringLiteral("1"));
    QCOMPARE(queued.written.back().notices.size(), std::size_t{1});
}

void TestCommitQueue::aLostConnectionIsToldAndNothingIsDropped()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    world.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
                       "pid <> pg_backend_pid()");
    queued.queue->addRow(queued.signal(entry, QStringLiteral("s")));
    QVERIFY(testkit::waitUntil([&] { return queued.lost > 0; }));
    QCOMPARE(queued.lost, 1);
    QCOMPARE(queued.queue->size(), std::size_t{1});
    QVERIFY(queued.written.empty());
    QVERIFY(queued.connection->reopen());
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT count(*) FROM event"), QStringLiteral("1"));
}

QTEST_GUILESS_MAIN(TestCommitQueue)
#include "tst_commit_queue.moc"
