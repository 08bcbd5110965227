// The directory's thread over a real database: heartbeats, the pool as it changes, presence that loses nothing.
#include "server/directory/directory_service.h"
#include "shared/base/system_clock.h"
#include "tests/kit/manual_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <mutex>

using namespace cohort;
using namespace cohort::directory;
using testkit::waitUntil;

namespace {

struct Pool
{
    Pool()
    {
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("a");
        committer = std::make_unique<store::Committer>(
            options, [](const store::LogBatchPtr&) {}, [](CommandId, LocationId) {});
        if (!committer->start())
            qFatal("no committer");
        heard = bus.subscribe(bus::topics<bus::PresenceChanged>(), [this](const bus::Notice& notice) {
            const std::lock_guard lock(mutex);
            const auto& changed = std::get<bus::PresenceChanged>(notice);
            told.append(QStringLiteral("%1%2")
                            .arg(changed.connected ? QLatin1Char('+') : QLatin1Char('-'))
                            .arg(changed.device.value));
        });
    }
    DirectoryServiceOptions options()
    {
        DirectoryServiceOptions made;
        made.database = database.settings();
        made.node.name = QStringLiteral("a");
        made.node.deviceioUrl = QStringLiteral("http://a:8461");
        made.node.roles = QStringLiteral("deviceio");
        made.node.capacity = 100;
        made.connections = [this] { return connections.load(); };
        made.cpu = [] { return 0.5; };
        made.onDraining = [this](bool draining) { (draining ? drained : released)++; };
        made.beatEvery = Milliseconds(20);
        made.pollEvery = Milliseconds(20);
        return made;
    }
    std::unique_ptr<DirectoryService> service()
    {
        return std::make_unique<DirectoryService>(options(), bus, *committer, metrics, clock);
    }
    // Another server of the pool, as if it had just beaten.
    void addNode(const QByteArray& name, const QByteArray& url) const
    {
        database.run("INSERT INTO node (name, deviceio_url, roles, capacity) VALUES ('" + name + "', '" + url +
                     "', 'deviceio', 100)");
    }
    PresenceChange change(bool connected, int second = 0) const
    {
        return {home.sensor, home.location, connected, false, fromMs(1'767'225'600'000 + second * 1'000)};
    }
    QString value(const QByteArray& sql) const { return database.value(sql); }
    QStringList heardSoFar()
    {
        const std::lock_guard lock(mutex);
        return told;
    }
    double total(metrics::Metric metric) const { return metrics.total(metric); }

    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    bus::Bus bus;
    metrics::Registry metrics;
    SystemClock clock;
    std::atomic<int> connections{3}, drained{0}, released{0};
    std::unique_ptr<store::Committer> committer;
    std::mutex mutex;
    QStringList told;
    std::unique_ptr<bus::Bus::Subscription> heard;
};

const QByteArray Row = "SELECT connected::text || ' ' || epoch || ' ' || node FROM device_presence";
const QByteArray Events = "SELECT coalesce(string_agg(kind, ' ' ORDER BY time), '') FROM event";

} // namespace

class TestDirectoryService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isInThePoolWhenItHasStarted();
    void leavesThePoolWhenItStops();
    void followsThePool();
    void tellsOnceThatItIsToDrain();
    void outlivesItsConnection();
    void withoutADatabaseItDoesNotStart();
    void endsWhatAnEarlierRunLeft();
    void presenceReachesRowLogAndBus();
    void finding_G3_whoWasHeardIsNoConnection();
    void finding_F24_countsWhatChanged();
    void whoCameAndWentIsOnlyInTheLog();
    void aNewerConnectionElsewhereIsLeftAlone();
    void moreThanFitIsCountedAndRefused();
    void whatCouldNotBeWrittenIsKeptAndLoggedOnce();
};

void TestDirectoryService::isInThePoolWhenItHasStarted()
{
    Pool pool;
    const auto service = pool.service();
    QVERIFY(service->start());
    QCOMPARE(service->directory().size(), std::size_t{1});
    QCOMPARE(service->directory().choose("D")->url, std::string("http://a:8461"));
    QCOMPARE(pool.value("SELECT connections || ' ' || cpu FROM node"), QStringLiteral("3 0.5"));
    pool.connections = 8;
    QVERIFY(waitUntil([&] { return pool.value("SELECT connections FROM node") == QStringLiteral("8"); }));
}

void TestDirectoryService::leavesThePoolWhenItStops()
{
    Pool pool;
    const auto service = pool.service();
    QVERIFY(service->start());
    service->stop();
    const auto alive = store::NodeRepository(*pool.database.connect()).alive();
    QVERIFY(alive && alive->empty());
    QCOMPARE(pool.value("SELECT connections FROM node"), QStringLiteral("0"));
    service->stop(); // twice is no trouble
}

void TestDirectoryService::followsThePool()
{
    Pool pool;
    const auto service = pool.service();
    QVERIFY(service->start());
    pool.addNode("b", "https://b");
    pool.addNode("c", "nonsense"); // an operator's mistake costs only that server
    QVERIFY(waitUntil([&] { return service->directory().size() == 2; }));
    pool.database.run("UPDATE node SET heartbeat = now() - interval '1 min' WHERE name = 'b'");
    QVERIFY(waitUntil([&] { return service->directory().size() == 1; }));
    QCOMPARE(service->directory().choose("D")->host, std::string("a"));
}

void TestDirectoryService::tellsOnceThatItIsToDrain()
{
    Pool pool;
    const auto service = pool.service();
    QVERIFY(service->start());
    QCOMPARE(pool.drained + pool.released, 0); // nothing new in not draining
    pool.database.run("UPDATE node SET draining = true");
    QVERIFY(waitUntil([&] { return pool.drained > 0 && service->directory().size() == 0; }));
    QCOMPARE(service->directory().choose("D").error().code, ErrorCode::Unavailable);
    const auto beats = [&] { return pool.value("SELECT heartbeat FROM node"); };
    const QString before = beats();
    QVERIFY(waitUntil([&] { return beats() != before; }));
    QCOMPARE(pool.drained.load(), 1);
    pool.database.run("UPDATE node SET draining = false");
    QVERIFY(waitUntil([&] { return service->directory().size() == 1; }));
    QVERIFY(waitUntil([&] { return pool.released > 0; }));
    QVERIFY(pool.drained == 1 && pool.released == 1);
}

void TestDirectoryService::outlivesItsConnection()
{
    Pool pool;
    const auto service = pool.service();
    QVERIFY(service->start());
    pool.database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
                      "pid <> pg_backend_pid()");
    QVERIFY(service->presence().report(pool.change(true)));
    QVERIFY(waitUntil([&] { return pool.value(Row) == QStringLiteral("true 1 a"); }));
    pool.connections = 9;
    QVERIFY(waitUntil([&] { return pool.value("SELECT connections FROM node") == QStringLiteral("9"); }));
}

void TestDirectoryService::withoutADatabaseItDoesNotStart()
{
    Pool pool;
    DirectoryServiceOptions options = pool.options();
    options.database.conninfo = QStringLiteral("host=/nowhere dbname=none");
    DirectoryService service(options, pool.bus, *pool.committer, pool.metrics, pool.clock);
    const auto started = service.start();
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::DatabaseLost);
    service.stop();
    QVERIFY(!service.directory().choose("D"));
}

void TestDirectoryService::endsWhatAnEarlierRunLeft()
{
    Pool pool;
    pool.database.run("INSERT INTO device_presence (device_id, node, epoch, connected, since) SELECT id, CASE WHEN key "
                      "= 'sensor-a' THEN 'a' ELSE 'b' END, 4, true, now() FROM device");
    const auto service = pool.service();
    QVERIFY(service->start());
    QCOMPARE(pool.value("SELECT string_agg(node, ' ') FROM device_presence WHERE connected"), QStringLiteral("b"));
    QVERIFY(waitUntil([&] { return pool.value(Events) == QStringLiteral("device-disconnected"); }));
    QCOMPARE(pool.value("SELECT device_id FROM event"), QString::number(pool.home.sensor.value));
    service->stop();
    pool.database.run("DELETE FROM event; UPDATE location SET clock = 'events'; UPDATE device_presence SET connected = "
                      "true, node = 'a'");
    const auto again = pool.service();
    QVERIFY(again->start());
    pool.committer->stop(); // all that waits is committed
    QCOMPARE(pool.value("SELECT count(*) FROM device_presence WHERE connected"), QStringLiteral("0"));
    QCOMPARE(pool.value(Events), QString()); // who lives by its data's time is not told of ours
}

void TestDirectoryService::presenceReachesRowLogAndBus()
{
    Pool pool;
    const auto connection = pool.database.connect();
    Presence presence(QStringLiteral("a"), pool.bus, *pool.committer, pool.metrics, pool.clock);
    QVERIFY(presence.isEmpty());
    QVERIFY(presence.report(pool.change(true, 1)));
    QVERIFY(!presence.isEmpty());
    presence.gather(Milliseconds(0));
    QVERIFY(pool.heardSoFar().isEmpty());
    QVERIFY(presence.flush(*connection));
    QVERIFY(presence.isEmpty());
    QCOMPARE(pool.value(Row), QStringLiteral("true 1 a"));
    QVERIFY(presence.report(pool.change(false, 2)) && presence.report(pool.change(true, 3)));
    presence.gather(Milliseconds(0));
    QVERIFY(presence.flush(*connection));
    QCOMPARE(pool.value(Row), QStringLiteral("true 2 a"));
    QVERIFY(presence.report(pool.change(false, 4)));
    presence.gather(Milliseconds(0));
    QVERIFY(presence.flush(*connection));
    QCOMPARE(pool.value(Row), QStringLiteral("false 2 a"));
    const QString id = QString::number(pool.home.sensor.value);
    QCOMPARE(pool.heardSoFar(), QStringList({u'+' + id, u'-' + id, u'+' + id, u'-' + id}));
    pool.committer->stop();
    QCOMPARE(pool.value(Events), QStringLiteral("device-connected device-disconnected device-connected "
                                                "device-disconnected"));
    QCOMPARE(pool.total(metrics::Metric::PresenceConnects), 2.0);
    QCOMPARE(pool.total(metrics::Metric::PresenceDisconnects), 2.0);
}

void TestDirectoryService::finding_G3_whoWasHeardIsNoConnection()
{
    Pool pool;
    const auto connection = pool.database.connect();
    Presence presence(QStringLiteral("a"), pool.bus, *pool.committer, pool.metrics, pool.clock);
    for (const int second : {5, 9, 7}) {
        PresenceChange heard = pool.change(false, second);
        heard.heardOnly = true;
        QVERIFY(presence.report(heard));
    }
    presence.gather(Milliseconds(0));
    QVERIFY(presence.flush(*connection));
    QCOMPARE(pool.value("SELECT device_id || ' ' || extract(epoch FROM at)::bigint FROM device_heard"),
             QStringLiteral("%1 1767225609").arg(pool.home.sensor.value));
    QCOMPARE(pool.value("SELECT count(*) FROM device_presence"), QStringLiteral("0"));
    QVERIFY(pool.heardSoFar().isEmpty());
    QCOMPARE(pool.total(metrics::Metric::PresenceDisconnects), 0.0);
    pool.committer->stop();
    QCOMPARE(pool.value(Events), QString());
}

void TestDirectoryService::finding_F24_countsWhatChanged()
{
    Pool pool;
    const auto service = pool.service();
    QVERIFY(service->start());
    const QByteArray counted = "SELECT connected || ' of ' || devices FROM deployment_state";
    QVERIFY(waitUntil([&] { return pool.value(counted) == QStringLiteral("0 of 2"); }));
    QVERIFY(service->presence().report(pool.change(true, 1)));
    QVERIFY(waitUntil([&] { return pool.value(counted) == QStringLiteral("1 of 2"); }));
    QVERIFY(service->presence().report(pool.change(false, 2)));
    QVERIFY(waitUntil([&] { return pool.value(counted) == QStringLiteral("0 of 2"); }));
    QVERIFY(waitUntil([&] { return pool.value("SELECT lost FROM home_state") == QStringLiteral("1"); }));
}

void TestDirectoryService::whoCameAndWentIsOnlyInTheLog()
{
    Pool pool;
    const auto connection = pool.database.connect();
    Presence presence(QStringLiteral("a"), pool.bus, *pool.committer, pool.metrics, pool.clock);
    QVERIFY(presence.report(pool.change(true, 1)) && presence.report(pool.change(false, 2)));
    PresenceChange stranger = pool.change(true, 3);
    stranger.device = DeviceId{999'999};
    stranger.eventsClock = true;
    QVERIFY(presence.report(stranger));
    presence.gather(Milliseconds(0));
    QVERIFY(presence.flush(*connection));
    QCOMPARE(pool.value("SELECT count(*) FROM device_presence"), QStringLiteral("0"));
    QCOMPARE(pool.heardSoFar().size(), 3);
    pool.committer->stop();
    QCOMPARE(pool.value(Events), QStringLiteral("device-connected device-disconnected"));
}

void TestDirectoryService::aNewerConnectionElsewhereIsLeftAlone()
{
    Pool pool;
    const auto connection = pool.database.connect();
    Presence here(QStringLiteral("a"), pool.bus, *pool.committer, pool.metrics, pool.clock);
    Presence there(QStringLiteral("b"), pool.bus, *pool.committer, pool.metrics, pool.clock);
    const auto tell = [&](Presence& presence, bool connected) {
        if (!presence.report(pool.change(connected)))
            qFatal("not taken");
        presence.gather(Milliseconds(0));
        if (!presence.flush(*connection))
            qFatal("not written");
    };
    tell(here, true);
    tell(there, true);
    tell(here, false); // the old channel's end comes late
    QCOMPARE(pool.value(Row), QStringLiteral("true 2 b"));
    tell(there, false);
    QCOMPARE(pool.value(Row), QStringLiteral("false 2 b"));
}

void TestDirectoryService::moreThanFitIsCountedAndRefused()
{
    Pool pool;
    Presence presence(QStringLiteral("a"), pool.bus, *pool.committer, pool.metrics, pool.clock, 2);
    QVERIFY(presence.report(pool.change(true)) && presence.report(pool.change(false)));
    QVERIFY(!presence.report(pool.change(true)));
    QCOMPARE(pool.total(metrics::Metric::PresenceDropped), 1.0);
    QCOMPARE(pool.total(metrics::Metric::PresenceConnects), 2.0); // it did connect
    presence.gather(Milliseconds(0));
    QVERIFY(presence.report(pool.change(true)));
    presence.close();
    QVERIFY(!presence.report(pool.change(true)));
}

void TestDirectoryService::whatCouldNotBeWrittenIsKeptAndLoggedOnce()
{
    Pool pool;
    const auto connection = pool.database.connect();
    Presence presence(QStringLiteral("a"), pool.bus, *pool.committer, pool.metrics, pool.clock);
    QVERIFY(presence.report(pool.change(true)));
    presence.gather(Milliseconds(0));
    pool.database.run("ALTER TABLE device_presence RENAME TO away");
    QVERIFY(!presence.flush(*connection) && !presence.flush(*connection));
    QVERIFY(!presence.isEmpty());
    QVERIFY(pool.heardSoFar().isEmpty());
    pool.database.run("ALTER TABLE away RENAME TO device_presence");
    QVERIFY(presence.flush(*connection));
    QCOMPARE(pool.value(Row), QStringLiteral("true 1 a"));
    QCOMPARE(pool.heardSoFar().size(), 1);
    pool.committer->stop();
    QCOMPARE(pool.value(Events), QStringLiteral("device-connected"));
}

QTEST_GUILESS_MAIN(TestDirectoryService)
#include "tst_directory_service.moc"
