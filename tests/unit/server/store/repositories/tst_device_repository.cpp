// Devices as rows become devices as structs: place, life, streams with their newest values, tokens.
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/place_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    DeviceRepository devices{*connection};

    // A stream of the sensor with one measurement; no moment: none.
    void measure(const QByteArray& name, const QByteArray& index, const QByteArray& number, const QByteArray& text,
                 const QByteArray& time)
    {
        database.run("INSERT INTO stream (location_id, device_id, name, index_text, unit) SELECT location_id, id, '" +
                     name + "', '" + index + "', 'W' FROM device WHERE key = 'sensor-a'");
        if (!time.isEmpty())
            database.run("SELECT make_measurement_partition((" + time +
                         ")::date);"
                         "INSERT INTO measurement (stream_id, time, number, text, writer, batch, ordinal)"
                         "SELECT max(id), " +
                         time + ", " + number + ", " + text + ", 1, 1, 1 FROM stream");
    }
    QStringList keys(const DeviceFilter& filter)
    {
        QStringList keys;
        const auto page = devices.list(filter, 10);
        for (const auto& device : page ? page->items : QList<model::Device>())
            keys.append(device.key);
        return keys;
    }
    QStringList keysIn(model::DeviceStateFilter state)
    {
        DeviceFilter filter;
        filter.state = state;
        return keys(filter);
    }
};

} // namespace

class TestDeviceRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsADeviceWithAllItsParts();
    void aDeviceWithoutRoomAndGatewayHasNone();
    void filtersByState();
    void anOldValueIsNoSilenceByTheDatasClock();
    void findsWordsAsTheyStand();
    void pagesGoOnAfterTheLast();
    void aRoomIsTakenAwayLeftOrSet();
    void olderTokensEndAndRevokedOnesDo();
    void looksOnlyAmongTheCallersOwn();
    void readsTheRulesOfAHome();
};

void TestDeviceRepository::readsADeviceWithAllItsParts()
{
    Study study;
    study.measure("power", "2", "5.5", "NULL", "'2026-01-01 00:00:01Z'::timestamptz");
    study.measure("power", "1", "NULL", "'on'", "'2026-01-01 00:00:02Z'::timestamptz");
    study.measure("energy", "", "NULL", "NULL", "");
    study.database.run(
        "INSERT INTO stream (location_id, device_id, name, script_id) SELECT location_id, id, 'syn.x', 5 "
        "FROM device WHERE key = 'sensor-a';"
        "INSERT INTO room (location_id, kind, name) SELECT id, 'kitchen', 'K' FROM location;"
        "UPDATE device SET room_id = (SELECT id FROM room), type = 10014, use = 'stove' WHERE key = 'sensor-a'");
    const auto device = study.devices.find(study.home.sensor);
    QVERIFY2(device, qPrintable(device ? QString() : device.error().message()));
    QCOMPARE(device->key, u"sensor-a"_s);
    QCOMPARE(device->typeName, u"Smart plug"_s);
    QCOMPARE(device->place.locationName, u"home-a"_s);
    QCOMPARE(device->place.room.value_or(model::Room()).name, u"K"_s);
    QCOMPARE(device->place.gateway, study.home.gateway);
    QCOMPARE(device->place.gatewayKey, u"gateway-a"_s);
    QCOMPARE(toIso(device->life.lastMeasurement.value_or(Timestamp{})), std::string("2026-01-01T00:00:02.000Z"));
    QCOMPARE(toIso(device->life.startDate.value_or(Timestamp{})), std::string("2000-01-01T00:00:00.000Z"));
    QCOMPARE(device->streams.size(), 3); // by name and index, no facts
    QCOMPARE(device->streams.at(0).name, u"energy"_s);
    QVERIFY(!device->streams.at(0).latest);
    QCOMPARE(device->streams.at(1).index, u"1"_s);
    QCOMPARE(device->streams.at(1).latest->value.text.value_or(""), std::string("on"));
    QCOMPARE(device->streams.at(2).latest->value.number.value_or(0), 5.5);
    QCOMPARE(device->streams.at(2).unit, u"W"_s);
    QCOMPARE(toIso(device->streams.at(2).latest->time), std::string("2026-01-01T00:00:01.000Z"));
}

void TestDeviceRepository::aDeviceWithoutRoomAndGatewayHasNone()
{
    Study study;
    const auto device = study.devices.find(study.home.gateway);
    QVERIFY(device);
    QVERIFY(!device->place.room && !device->place.gateway && !device->life.since);
    QCOMPARE(device->place.gatewayKey, QString());
    QCOMPARE(device->typeName, u"Other device"_s);
    QCOMPARE(device->life.reporting, model::Reporting::Never);
    QVERIFY(device->streams.isEmpty());
    QCOMPARE(study.devices.find(DeviceId{999}).error().code, ErrorCode::NotFound);
}

void TestDeviceRepository::filtersByState()
{
    using enum model::DeviceStateFilter;
    Study study;
    const QStringList both{u"gateway-a"_s, u"sensor-a"_s}, none;
    QCOMPARE(study.keysIn(Never), both);
    QCOMPARE(study.keysIn(Disconnected), both);
    study.database.run(
        "INSERT INTO node (name, roles, heartbeat) VALUES ('n', '{deviceio}', now());"
        "INSERT INTO device_presence SELECT id, 'n', 1, true, now() FROM device WHERE key = 'gateway-a'");
    QCOMPARE(study.keysIn(Connected), both); // what is behind a connected gateway is connected
    QCOMPARE(study.keysIn(Disconnected), none);
    study.measure("power", "", "1", "NULL", "now() - interval '59 minutes'");
    QCOMPARE(study.keysIn(Reporting), QStringList{u"sensor-a"_s});
    study.database.run("UPDATE measurement SET time = now() - interval '61 minutes'");
    QCOMPARE(study.keysIn(Silent), QStringList{u"sensor-a"_s});
    QVERIFY(study.devices.retire(study.home.sensor));
    QCOMPARE(study.keysIn(Retired), QStringList{u"sensor-a"_s});
    QCOMPARE(study.keys({}), QStringList{u"gateway-a"_s});
    QVERIFY(study.devices.find(study.home.sensor)->life.retired);
}

void TestDeviceRepository::anOldValueIsNoSilenceByTheDatasClock()
{
    Study study;
    study.measure("power", "", "1", "NULL", "'2026-01-01Z'::timestamptz");
    QCOMPARE(study.devices.find(study.home.sensor)->life.reporting, model::Reporting::Silent);
    study.database.run("UPDATE location SET clock = 'events'");
    QCOMPARE(study.devices.find(study.home.sensor)->life.reporting, model::Reporting::Reporting);
}

void TestDeviceRepository::findsWordsAsTheyStand()
{
    Study study;
    study.database.run("UPDATE device SET description = 'Old 50% Heater' WHERE key = 'sensor-a'");
    DeviceFilter filter;
    filter.search = u"50% heat"_s;
    QCOMPARE(study.keys(filter), QStringList{u"sensor-a"_s});
    filter.search = u"5_"_s;
    QCOMPARE(study.keys(filter), QStringList());
}

void TestDeviceRepository::pagesGoOnAfterTheLast()
{
    Study study;
    const auto first = study.devices.list({}, 1);
    QVERIFY(first && first->more);
    QCOMPARE(first->items.size(), 1);
    DeviceFilter filter;
    filter.after = first->items.first().id;
    const auto rest = study.devices.list(filter, 1);
    QVERIFY(rest && !rest->more);
    QCOMPARE(rest->items.first().id, study.home.sensor);
    filter.scope = QList<DeploymentId>{};
    QCOMPARE(study.keys(filter), QStringList());
}

void TestDeviceRepository::aRoomIsTakenAwayLeftOrSet()
{
    Study study;
    const auto room = PlaceRepository(*study.connection).insertRoom(study.home.location, u"bath"_s, u"Bath"_s);
    QVERIFY(room);
    DeviceChange change;
    change.room = *room;
    QVERIFY(study.devices.update(study.home.sensor, change));
    change = {};
    change.use = u"bed"_s;
    QVERIFY(study.devices.update(study.home.sensor, change));
    const auto moved = study.devices.find(study.home.sensor);
    QCOMPARE(moved->place.room.value_or(model::Room()).id, *room);
    QCOMPARE(moved->use, u"bed"_s);
    change = {};
    change.room = RoomId{};
    QVERIFY(study.devices.update(study.home.sensor, change));
    QVERIFY(!study.devices.find(study.home.sensor)->place.room);
}

void TestDeviceRepository::olderTokensEndAndRevokedOnesDo()
{
    Study study;
    QVERIFY(study.devices.addToken(study.home.sensor, "first"));
    QVERIFY(study.devices.addToken(study.home.sensor, "second"));
    QCOMPARE(study.database.value("SELECT string_agg(convert_from(token_hash, 'UTF8'), ',') FROM device_token "
                                  "WHERE expires_at < now() + interval '25 hours'"),
             u"first"_s);
    QVERIFY(study.devices.revokeTokens(study.home.sensor));
    QCOMPARE(study.database.value("SELECT count(*) FROM device_token WHERE revoked_at IS NULL"), u"0"_s);
}

void TestDeviceRepository::looksOnlyAmongTheCallersOwn()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    study.database.run("UPDATE device SET key = 'same' WHERE key LIKE 'sensor-%'");
    DeviceSearch wanted{.key = u"same"_s, .location = {}, .scope = {}, .participant = {}};
    QCOMPARE(study.devices.search(wanted)->size(), 2);
    wanted.scope = QList<DeploymentId>{other.deployment};
    QCOMPARE(study.devices.search(wanted)->first().id, other.sensor);
    wanted.location = study.home.location;
    QVERIFY(study.devices.search(wanted)->isEmpty());
    const auto known = study.devices.byKey(study.home.deployment, u"same"_s);
    QVERIFY(known && *known);
    QCOMPARE((*known)->id, study.home.sensor);
    QCOMPARE((*known)->gateway, study.home.gateway);
    QVERIFY(!(*known)->isRetired && !(*known)->isTokenless && !(*known)->isConnected);
    QVERIFY(*study.devices.isKeyTaken(u"same"_s) && !*study.devices.isKeyTaken(u"another"_s));
    QCOMPARE(study.devices.keys(study.home.location)->at(u"same"_s).id, study.home.sensor);
}

void TestDeviceRepository::readsTheRulesOfAHome()
{
    Study study;
    PlaceRepository places(*study.connection);
    const auto rules = places.rules(study.home.location);
    QVERIFY(rules && *rules);
    QCOMPARE((*rules)->deployment, study.home.deployment);
    QVERIFY((*rules)->clock == model::LocationClock::Real && !(*rules)->allowsTokenless);
    study.database.run("UPDATE location SET clock = 'events'; UPDATE deployment SET allow_tokenless_devices = true");
    const auto changed = places.rules(study.home.location);
    QVERIFY((*changed)->clock == model::LocationClock::Events && (*changed)->allowsTokenless);
    const auto nowhere = places.rules(LocationId{999});
    QVERIFY(nowhere && !*nowhere);
}

QTEST_GUILESS_MAIN(TestDeviceRepository)
#include "tst_device_repository.moc"
