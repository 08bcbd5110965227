// What gathers is committed whole, in order, once; what one home cannot store costs the others nothing.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/commit/commit_queue.h"
#include "server/composer/feed/row_input.h"
#include "server/composer/instances/instance_table.h"
#include "server/store/log/log_reader.h"
#include "tests/unit/server/composer/deployed_world.h"
#endif

#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;
using engine::EffectKind;

namespace {

engine::Manifest talkative()
{
    engine::Manifest manifest = onPower();
    manifest.notifies = {"resident"};
    return manifest;
}

// A queue over a connection of its own, and what it told.
struct Queued
{
    explicit Queued(DeployedWorld& w)
        : world(w), connection(w.database.connect()), configuration(*connection, w.clock),
          table(*connection, configuration, 100), script(w.addScript(QStringLiteral("s"), talkative()))
    {
        world.deploy(script);
        if (!configuration.load(allShards()))
            qFatal("not loaded");
        CommitCallbacks callbacks;
        callbacks.written = [this](const Written& one) { written.push_back(one); };
        callbacks.done = [this](const Pending& one) { done += one.runs.size() + one.rows.size(); };
        callbacks.spoiled = [this](const InstanceEntryPtr& entry) { spoiled.push_back(entry); };
        callbacks.lost = [this](const Error&) { ++lost; };
        callbacks.positions = [this] {
            ++asked;
            return std::vector<store::ShardPosition>{{9, 1, asked}};
        };
        queue = std::make_unique<CommitQueue>(
            *connection, orAbort(store::ShardRepository(*connection).claimWriter(QStringLiteral("test"))),
            std::move(callbacks), world.clock);
    }
    InstanceEntryPtr entry(LocationId location, Mode mode = Mode::Live)
    {
        return orAbort(table.findOrLoad({script, location, mode}, {}));
    }
    FinishedRun run(const InstanceEntryPtr& of, std::vector<Decided> effects = {})
    {
        FinishedRun finished;
        finished.entry = of;
        finished.version = of->version;
        finished.run.number = 7;
        finished.run.now = at(5);
        finished.effects = std::move(effects);
        return finished;
    }
    store::LogRow signal(const InstanceEntryPtr& of, const QString& name)
    {
        return signalRow(*of, QJsonDocument(QJsonObject{{QStringLiteral("name"), name}}).toJson().toStdString(), at(1),
                         1);
    }

    DeployedWorld& world;
    std::unique_ptr<store::Connection> connection;
    Configuration configuration;
    InstanceTable table;
    ScriptId script;
    std::vector<Written> written;
    std::size_t done = 0;
    std::vector<InstanceEntryPtr> spoiled;
    int lost = 0;
    std::int64_t asked = 0;
    std::unique_ptr<CommitQueue> queue;
};

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
    void whatActionsRefuseIsTold();
    void finding_C3_whatIsOverABudgetIsHeldBackWithItsReason_data();
    void finding_C3_whatIsOverABudgetIsHeldBackWithItsReason();
    void finding_G13_theCoordinatorsAreToldOnce_data();
    void finding_G13_theCoordinatorsAreToldOnce();
    void finding_G11_coordinatorsAreReached_data();
    void finding_G11_coordinatorsAreReached();
    void finding_G1_choicesAreTextsInThePersonsLanguage_data();
    void finding_G1_choicesAreTextsInThePersonsLanguage();
    void aShadowsEffectsAreOnlyShown();
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

void TestCommitQueue::whatActionsRefuseIsTold()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    const auto payload = QJsonDocument::fromJson(R"({"to":[{"role":"resident"}],"text":{"en":"x"}})").object();
    const auto alert = QJsonDocument::fromJson(R"({"key":"k","text":{"en":"x"}})").object();
    queued.queue->addRun(queued.run(entry, {{EffectKind::Notify, payload, {}},
                                            {EffectKind::Emit, {}, QStringLiteral("not granted")},
                                            {EffectKind::Alert, alert, {}}}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(refused, '|' ORDER BY id) FROM effect"),
             QStringLiteral("nobody in this home has such a role|not granted|"));
    QCOMPARE(world.value("SELECT key FROM alert"), QStringLiteral("k"));
    QCOMPARE(world.value("SELECT effect_count FROM script_run"), QStringLiteral("3"));
    const auto& notices = queued.written.front().notices;
    QCOMPARE(std::count_if(notices.begin(), notices.end(),
                           [](const bus::Notice& one) { return std::holds_alternative<bus::AlertChanged>(one); }),
             std::ptrdiff_t{1});
}

namespace {

void addResident(const DeployedWorld& world)
{
    world.database.run("INSERT INTO participant (deployment_id, code, status, language) SELECT deployment_id, 'r', "
                       "'active', 'de' FROM location; INSERT INTO participant_role (participant_id, location_id, role) "
                       "SELECT p.id, l.id, 'resident' FROM participant p, location l");
}

Decided effectOf(EffectKind kind, const char* json, int number)
{
    return {kind, QJsonDocument::fromJson(QByteArray(json).replace("%1", QByteArray::number(number))).object(), {}};
}

} // namespace

void TestCommitQueue::finding_C3_whatIsOverABudgetIsHeldBackWithItsReason_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("most");
    const auto row = [](const char* tag, EffectKind kind, const char* payload, const char* table, int most) {
        QTest::newRow(tag) << int(kind) << QByteArray(payload) << QByteArray(table) << most;
    };
    row("messages", EffectKind::Notify, R"({"to":[{"role":"resident"}],"text":{"en":"m%1"}})", "message", 10);
    row("questions", EffectKind::Ask, R"({"to":[{"role":"resident"}],"key":"q%1","text":{"en":"m"}})", "message", 10);
    row("alerts", EffectKind::Alert, R"({"key":"k%1","text":{"en":"x"}})", "alert", 30);
    row("commands", EffectKind::Command,
        R"({"device":"sensor-a","parameters":[{"name":"level","index":"","value":%1}]})", "command", 120);
}

void TestCommitQueue::finding_C3_whatIsOverABudgetIsHeldBackWithItsReason()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, table);
    QFETCH(int, most);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    for (int run = 0; run < 2; ++run) { // as two measurements start them
        std::vector<Decided> effects;
        for (int i = 0; i < 100; ++i)
            effects.push_back(effectOf(static_cast<EffectKind>(kind), payload.constData(), run * 100 + i));
        queued.queue->addRun(queued.run(entry, std::move(effects)));
        QVERIFY(queued.queue->flush());
    }
    const QByteArray ours = table == "alert" ? " WHERE key <> 'held-back'" : "";
    QCOMPARE(world.value("SELECT count(*) FROM " + table + ours).toInt(), most);
    QCOMPARE(world
                 .value("SELECT count(*) FROM effect WHERE refused LIKE 'held back: over " + QByteArray::number(most) +
                        " %'")
                 .toInt(),
             200 - most);
}

void TestCommitQueue::finding_G13_theCoordinatorsAreToldOnce_data()
{
    finding_C3_whatIsOverABudgetIsHeldBackWithItsReason_data();
}

void TestCommitQueue::finding_G13_theCoordinatorsAreToldOnce()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QFETCH(int, most);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    const auto told = [&] { return world.value("SELECT count(*) FROM alert WHERE key = 'held-back'"); };
    const auto send = [&](int count) {
        std::vector<Decided> effects;
        for (int i = 0; i < count; ++i)
            effects.push_back(effectOf(static_cast<EffectKind>(kind), payload.constData(), most * 2 + i));
        queued.queue->addRun(queued.run(entry, std::move(effects)));
        return queued.queue->flush().has_value();
    };
    QVERIFY(send(most));
    QCOMPARE(told(), QStringLiteral("0"));
    if (static_cast<EffectKind>(kind) == EffectKind::Alert) // one that is open is not raised again
        world.database.run("UPDATE alert SET state = 'resolved'");
    QVERIFY(send(3));
    QCOMPARE(told(), QStringLiteral("1"));
    QVERIFY(world.value("SELECT texts->>'en' FROM alert WHERE key = 'held-back'")
                .contains(QStringLiteral("held back: over %1 ").arg(most)));
    QCOMPARE(world.value("SELECT count(*) FROM alert_recipient"), QStringLiteral("0")); // nobody in the home
    world.database.run("UPDATE alert SET state = 'dismissed'");
    QVERIFY(send(3));
    QCOMPARE(told(), QStringLiteral("1")); // not again within the hour
}

void TestCommitQueue::finding_G11_coordinatorsAreReached_data()
{
    QTest::addColumn<QByteArray>("roles");
    QTest::addColumn<QString>("messages");
    QTest::newRow("they alone") << QByteArray(R"([{"role":"coordinator"}])") << QStringLiteral("0");
    QTest::newRow("with the resident") << QByteArray(R"([{"role":"resident"},{"role":"coordinator"}])")
                                       << QStringLiteral("2");
}

void TestCommitQueue::finding_G11_coordinatorsAreReached()
{
    QFETCH(QByteArray, roles);
    QFETCH(QString, messages);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const QByteArray notify = R"({"to":)" + roles + R"(,"text":{"en":"Battery %1 is low."}})";
    const QByteArray ask = R"({"to":)" + roles + R"(,"key":"q","text":{"en":"?"}})";
    queued.queue->addRun(queued.run(queued.entry(world.home.location),
                                    {effectOf(EffectKind::Notify, notify, 1), effectOf(EffectKind::Notify, notify, 2),
                                     effectOf(EffectKind::Ask, ask, 3)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(texts->>'en', '|' ORDER BY id) FROM alert"),
             QStringLiteral("Battery 1 is low.|Battery 2 is low."));
    QCOMPARE(world.value("SELECT count(*) FROM message"), messages);
    QCOMPARE(world.value("SELECT string_agg(refused, '|' ORDER BY id) FROM effect"),
             QStringLiteral("||coordinators cannot be asked; tell them with notify() or alert()"));
}

void TestCommitQueue::finding_G1_choicesAreTextsInThePersonsLanguage_data()
{
    QTest::addColumn<QByteArray>("choices");
    QTest::addColumn<QString>("question");
    QTest::newRow("words") << QByteArray(R"([{"key":"x","text":{"en":"x"}},{"key":"y","text":{"en":"y"}}])")
                           << QStringLiteral(R"(one-of x=x y=y)");
    QTest::newRow("keys of texts") << QByteArray(R"([{"key":"w","text":{"en":"well","de":"gut"}},)"
                                                 R"({"key":"b","text":{"en":"badly"}}])")
                                   << QStringLiteral(R"(one-of w=gut b=badly)");
    QTest::newRow("yes and no are the page's words")
        << QByteArray(R"([{"key":"yes","text":{"en":"yes"}},{"key":"no","text":{"en":"no"}}])")
        << QStringLiteral("yes-no ");
}

void TestCommitQueue::finding_G1_choicesAreTextsInThePersonsLanguage()
{
    QFETCH(QByteArray, choices);
    QFETCH(QString, question);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const QByteArray payload = R"({"to":[{"role":"resident"}],"key":"q","text":{"en":"m"},"choices":)" + choices + "}";
    queued.queue->addRun(queued.run(queued.entry(world.home.location), {effectOf(EffectKind::Ask, payload, 0)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT concat(question->>'type', ' ', (SELECT string_agg(concat(c->>'key', '=', c->>'text'), "
                         "' ') FROM jsonb_array_elements(question->'choices') c)) FROM message"),
             question);
}

void TestCommitQueue::aShadowsEffectsAreOnlyShown()
{
    DeployedWorld world;
    Queued queued(world);
    world.deploy(queued.script, {}, Mode::Shadow);
    (void)changedBy(queued.configuration);
    const auto alert = QJsonDocument::fromJson(R"({"key":"k","text":{"en":"x"}})").object();
    queued.queue->addRun(
        queued.run(queued.entry(world.home.location, Mode::Shadow),
                   {{EffectKind::Alert, alert, {}}, {EffectKind::Command, {}, QStringLiteral("no device")}}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(refused, '|' ORDER BY id) FROM effect"),
             QStringLiteral("shadow|no device"));
    QCOMPARE(world.value("SELECT count(*) FROM alert"), QStringLiteral("0"));
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
