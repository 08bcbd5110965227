// Which devices fell silent and which report again: once each, and one row a cause.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/home_state_repository.h"
#include "server/store/repositories/silence_repository.h"
#include "tests/kit/sample_data.h"
#endif

#include <QTest>

#include <numeric>

using namespace cohort;

namespace {

struct World
{
    World()
    {
        database.run(
            "INSERT INTO device (deployment_id, location_id, key, gateway_id, start_date) SELECT deployment_id, "
            "location_id, 'second', gateway_id, start_date FROM device WHERE key = 'sensor-a';"
            "INSERT INTO device (deployment_id, location_id, key, start_date) SELECT deployment_id, location_id, "
            "'alone', start_date FROM device WHERE key = 'sensor-a';"
            "INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'power' FROM device;"
            "SELECT make_measurement_partition((now() - interval '1 day' * n)::date) FROM generate_series(0, 1) n");
    }
    void said(const QByteArray& key, const QByteArray& ago)
    {
        database.run("DELETE FROM measurement WHERE stream_id IN (SELECT s.id FROM stream s JOIN device d ON d.id = "
                     "s.device_id WHERE d.key = '" +
                     key +
                     "'); INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal) SELECT s.id, now() "
                     "- interval '" +
                     ago + "', 1, 1, 1, 0 FROM stream s JOIN device d ON d.id = s.device_id WHERE d.key = '" + key +
                     "'");
    }
    // "silent gateway-a 2, reporting alone 1": cause and how many; kept as told.
    QString changes()
    {
        std::vector<int> shards(64);
        std::iota(shards.begin(), shards.end(), 0);
        database.run("INSERT INTO count_touched SELECT deployment_id, id FROM location");
        if (!states.settle(100))
            return QStringLiteral("not counted");
        const auto found = silences.changes(shards);
        if (!found)
            return found.error().message();
        QStringList all;
        for (const store::SilenceChange& one : *found) {
            const QString key =
                database.value("SELECT key FROM device WHERE id = " + QByteArray::number(qint64{one.cause.value}));
            all.append(QStringLiteral("%1 %2 %3%4")
                           .arg(one.silent ? QStringLiteral("silent") : QStringLiteral("reporting"), key)
                           .arg(one.devices.count(',') + 1)
                           .arg(one.told ? QStringLiteral(" told") : QString()));
            if (!silences.keep(one))
                return QStringLiteral("not kept");
        }
        return all.join(QStringLiteral(", "));
    }

    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    store::HomeStateRepository states{*connection};
    store::SilenceRepository silences{*connection};
};

} // namespace

class TestSilenceRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_G4_tellsEachChangeOnce()
    {
        World world;
        QCOMPARE(world.changes(), QString()); // nobody ever said anything
        world.said("alone", "1 minute");
        QCOMPARE(world.changes(), QString());
        world.said("alone", "2 hours");
        QCOMPARE(world.changes(), QStringLiteral("silent alone 1"));
        QCOMPARE(world.changes(), QString());
        world.said("alone", "1 second");
        QCOMPARE(world.changes(), QStringLiteral("reporting alone 1"));
        QCOMPARE(world.changes(), QString());
    }
    void finding_G4_oneCauseBehindAGateway()
    {
        World world;
        world.said("sensor-a", "2 hours");
        world.said("second", "3 hours");
        QCOMPARE(world.changes(), QStringLiteral("silent gateway-a 2"));
        world.said("second", "1 second");
        QCOMPARE(world.changes(), QStringLiteral("reporting gateway-a 1"));
        QCOMPARE(world.changes(), QStringLiteral("silent sensor-a 1")); // which is still silent, for itself
        world.said("sensor-a", "1 second");
        QCOMPARE(world.changes(), QStringLiteral("reporting sensor-a 1"));
    }
    void finding_F6_aDeviceThatMovedIsJudgedWhereItIs()
    {
        World world;
        world.said("alone", "2 hours");
        QCOMPARE(world.changes(), QStringLiteral("silent alone 1"));
        const auto other = testkit::makeHome(world.database, "b");
        const DeviceId moved{world.database.value("SELECT id FROM device WHERE key = 'alone'").toLongLong()};
        store::DeviceChange change;
        change.gateway = other.gateway;
        change.location = other.location;
        QVERIFY(store::DeviceRepository(*world.connection).update(moved, change));
        const auto life = [&](const QByteArray& column) {
            return world.database.value("SELECT " + column +
                                        " FROM device_life l JOIN device d ON d.id = l.device_id "
                                        "WHERE d.key = 'alone'");
        };
        QCOMPARE(life("reporting"), QStringLiteral("never")); // in this home
        QCOMPARE(world.changes(), QString());
        world.database.run("INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'power' FROM "
                           "device WHERE key = 'alone'; INSERT INTO measurement (stream_id, time, number, writer, "
                           "batch, ordinal) SELECT max(id), now(), 1, 1, 1, 0 FROM stream");
        QCOMPARE(life("reporting"), QStringLiteral("reporting")); // though the first home's stream has stopped
        QCOMPARE(life("newest > now() - interval '1 hour'"), QStringLiteral("t"));
        QCOMPARE(world.changes(), QString()); // nobody there was told that it was silent
        world.said("alone", "2 hours");
        QCOMPARE(world.changes(), QStringLiteral("silent alone 1"));
    }
    void finding_G4_nobodyIsSilentByTheDatasClock()
    {
        World world;
        world.database.run("UPDATE location SET clock = 'events'");
        world.said("alone", "2 hours");
        QCOMPARE(world.changes(), QString());
        world.database.run("UPDATE location SET clock = 'real'; UPDATE device SET retired_at = now()");
        QCOMPARE(world.changes(), QString());
    }
};

QTEST_GUILESS_MAIN(TestSilenceRepository)
#include "tst_silence_repository.moc"
