// Deployments, homes and rooms on real rows, and the border between deployments.
#include "server/store/repositories/border_repository.h"
#include "server/store/repositories/place_repository.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/sql_number.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;
using testkit::number;
using namespace Qt::StringLiterals;

namespace {

struct Country
{
    testkit::TestDatabase database;
    testkit::SampleHome a = testkit::makeHome(database, "a");
    testkit::SampleHome b = testkit::makeHome(database, "b");
    std::unique_ptr<Connection> connection = database.connect();
    PlaceRepository places{*connection};
    BorderRepository border{*connection};

    LocationId addHome(const QString& name)
    {
        NewLocation wanted;
        wanted.deployment = a.deployment;
        wanted.name = name;
        return places.insert(wanted).value_or(LocationId{});
    }
    std::optional<DeploymentId> owner(model::Noun noun, qint64 id)
    {
        const auto found = border.deploymentOf(noun, id);
        return found ? *found : std::optional(DeploymentId{-1});
    }
    // Makes a row and tells its id.
    qint64 make(const QByteArray& sql) { return database.value(sql + " RETURNING id").toLongLong(); }
};

} // namespace

class TestPlaceRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deploymentsAreListedByNameWithinTheScope();
    void aDeploymentBeginsAsWanted();
    void aDeploymentChangesOnlyWhatIsGiven();
    void namesOfDeploymentsStandOnce();
    void aHomeHasItsDeploymentsZoneUnlessItsOwn();
    void aHomeOfNoDeploymentIsNotFound();
    void homesComeInPagesBehindTheLast();
    void aHomeIsCountedWithWhatItHas();
    void devicesReportUntilTheyAreSilent();
    void rulesAreThoseOfTheHomesDeployment();
    void roomsStandInTheirHomeOnce();
    void roomsChangeOnlyWhatIsGiven();
    void everyNounBelongsToItsDeployment();
    void whatBelongsToNobodyHasNoOwner();
};

void TestPlaceRepository::deploymentsAreListedByNameWithinTheScope()
{
    Country country;
    const auto all = country.places.deployments(std::nullopt);
    QVERIFY2(all, all ? "" : qPrintable(all.error().message()));
    QCOMPARE(all->size(), 2);
    QCOMPARE(all->first().name, u"study-a"_s);
    QCOMPARE(all->first().figures.devices, 2);
    const auto scoped = country.places.deployments(QList<DeploymentId>{country.b.deployment});
    QCOMPARE(scoped->size(), 1);
    QCOMPARE(scoped->first().id, country.b.deployment);
    QVERIFY(country.places.deployments(QList<DeploymentId>())->isEmpty());
    QCOMPARE(country.places.deployment(DeploymentId{99}).error().code, ErrorCode::NotFound);
    QCOMPARE(*country.places.deploymentNamed(u"study-b"_s), country.b.deployment);
    const auto unknown = country.places.deploymentNamed(u"study-z"_s);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    QVERIFY(unknown.error().detail.contains(u"'study-z'"_s));
}

void TestPlaceRepository::aDeploymentBeginsAsWanted()
{
    Country country;
    const auto id = country.places.insert(NewDeployment{.name = u"new"_s,
                                                        .timeZone = u"Asia/Kolkata"_s,
                                                        .language = model::Language::German,
                                                        .allowTokenlessDevices = true});
    QVERIFY(id);
    const auto deployment = country.places.deployment(*id);
    QCOMPARE(deployment->timeZone, u"Asia/Kolkata"_s);
    QCOMPARE(deployment->language, model::Language::German);
    QVERIFY(deployment->allowTokenlessDevices);
    QCOMPARE(deployment->serverTtlS, 86'400);
    QCOMPARE(deployment->figures.locations + deployment->figures.participants + deployment->figures.devices, 0);
}

void TestPlaceRepository::aDeploymentChangesOnlyWhatIsGiven()
{
    Country country;
    DeploymentChange change;
    change.serverTtlS = 60;
    change.allowTokenlessDevices = true;
    QVERIFY(country.places.update(country.a.deployment, change));
    change = {};
    change.allowTokenlessDevices = false;
    change.timeZone = u"Europe/Lisbon"_s;
    QVERIFY(country.places.update(country.a.deployment, change));
    const auto changed = country.places.deployment(country.a.deployment);
    QCOMPARE(changed->serverTtlS, 60);
    QCOMPARE(changed->timeZone, u"Europe/Lisbon"_s);
    QCOMPARE(changed->name, u"study-a"_s);
    QVERIFY(!changed->allowTokenlessDevices);
    QCOMPARE(country.places.deployment(country.b.deployment)->serverTtlS, 86'400);
    QCOMPARE(country.places.location(country.a.location)->timeZone, u"Europe/Vienna"_s); // only new homes get it
    QCOMPARE(country.places.update(DeploymentId{99}, change).error().code, ErrorCode::NotFound);
}

void TestPlaceRepository::namesOfDeploymentsStandOnce()
{
    Country country;
    const auto twice = country.places.insert(NewDeployment{.name = u"study-a"_s, .timeZone = u"UTC"_s});
    QCOMPARE(twice.error().code, ErrorCode::AlreadyExists);
    DeploymentChange change;
    change.name = u"study-a"_s;
    QCOMPARE(country.places.update(country.b.deployment, change).error().code, ErrorCode::AlreadyExists);
    QVERIFY(country.places.update(country.a.deployment, change)); // its own
}

void TestPlaceRepository::aHomeHasItsDeploymentsZoneUnlessItsOwn()
{
    Country country;
    const auto first = country.addHome(u"first"_s);
    QCOMPARE(country.places.location(first)->timeZone, u"Europe/Vienna"_s);
    QCOMPARE(country.places.location(first)->clock, model::LocationClock::Real);
    const auto second = country.places.insert(NewLocation{.deployment = country.a.deployment,
                                                          .name = u"second"_s,
                                                          .timeZone = u"America/New_York"_s,
                                                          .clock = model::LocationClock::Events});
    QCOMPARE(country.places.location(*second)->timeZone, u"America/New_York"_s);
    QCOMPARE(country.places.location(*second)->clock, model::LocationClock::Events);
    const auto again =
        country.places.insert(NewLocation{.deployment = country.a.deployment, .name = u"first"_s, .timeZone = {}});
    QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
    QVERIFY(country.places.insert(NewLocation{.deployment = country.b.deployment, .name = u"first"_s, .timeZone = {}}));
}

void TestPlaceRepository::aHomeOfNoDeploymentIsNotFound()
{
    Country country;
    const auto nowhere =
        country.places.insert(NewLocation{.deployment = DeploymentId{99}, .name = u"x"_s, .timeZone = {}});
    QCOMPARE(nowhere.error().code, ErrorCode::NotFound);
    QCOMPARE(country.places.location(LocationId{99}).error().code, ErrorCode::NotFound);
    QCOMPARE(country.places.update(LocationId{99}, u"x"_s, {}).error().code, ErrorCode::NotFound);
    QVERIFY(!*country.places.rules(LocationId{99}));
}

void TestPlaceRepository::homesComeInPagesBehindTheLast()
{
    Country country;
    const auto second = country.addHome(u"z"_s), third = country.addHome(u"y"_s);
    QVERIFY(country.places.insertRoom(third, u"kitchen"_s, u"Kitchen"_s));
    const auto page = country.places.locations(country.a.deployment, {}, 2);
    QVERIFY(page && page->more);
    QCOMPARE(page->items.first().id, country.a.location);
    QCOMPARE(page->items.last().id, second); // by id, not by name
    const auto rest = country.places.locations(country.a.deployment, second, 1);
    QVERIFY(rest && !rest->more); // as many as there are
    QCOMPARE(rest->items.first().id, third);
    QCOMPARE(rest->items.first().rooms.size(), 1);
    QVERIFY(page->items.last().rooms.isEmpty());
    QVERIFY(country.places.locations(country.a.deployment, third, 1)->items.isEmpty());
    const auto homes = country.places.homes(QList<DeploymentId>{country.a.deployment});
    QCOMPARE(homes->size(), std::size_t{3});
    QCOMPARE(country.places.homes(std::nullopt)->size(), std::size_t{4});
    QVERIFY(country.places.homes(QList<DeploymentId>())->empty());
}

void TestPlaceRepository::aHomeIsCountedWithWhatItHas()
{
    Country country;
    country.database.run(
        "INSERT INTO participant (deployment_id, code) SELECT deployment_id, 'P1' FROM location;"
        "INSERT INTO participant_role (participant_id, location_id, role) SELECT p.id, l.id, r FROM participant p JOIN "
        "location l USING (deployment_id), (VALUES ('resident'), ('student')) AS v(r);"
        "INSERT INTO alert (deployment_id, location_id, source, key, texts, at, state) SELECT deployment_id, id, "
        "'script', s, '{}', now(), s FROM location, (VALUES ('open'), ('acknowledged'), ('resolved'), ('dismissed')) "
        "AS v(s);"
        "INSERT INTO node (name, roles) VALUES ('n', 'deviceio');"
        "INSERT INTO device_presence SELECT id, 'n', 1, true, now() FROM device WHERE key = 'gateway-a'");
    auto figures = country.places.location(country.a.location)->figures;
    QCOMPARE(figures.participants, 1); // once, whatever the roles
    QCOMPARE(figures.openAlerts, 2);
    QCOMPARE(figures.devices, 2);
    QCOMPARE(figures.devicesConnected, 2); // the sensor by its gateway
    QCOMPARE(country.places.location(country.b.location)->figures.devicesConnected, 0);
    country.database.run("UPDATE device SET retired_at = now() WHERE key = 'sensor-a'");
    figures = country.places.location(country.a.location)->figures;
    QCOMPARE(figures.devices, 1);
    QCOMPARE(figures.devicesConnected, 1);
    country.database.run("UPDATE node SET heartbeat = now() - interval '21 s'");
    QCOMPARE(country.places.location(country.a.location)->figures.devicesConnected, 0);
    QCOMPARE(country.places.deployment(country.a.deployment)->figures.devicesConnected, 0);
    QCOMPARE(country.places.deployment(country.a.deployment)->figures.openAlerts, 2);
}

void TestPlaceRepository::devicesReportUntilTheyAreSilent()
{
    Country country;
    const auto measured = [&](const QByteArray& ago) {
        country.database.run(
            "SELECT make_measurement_partition((now() - interval '" + ago +
            "')::date);"
            "INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'power' FROM device WHERE key = "
            "'sensor-a' ON CONFLICT DO NOTHING;"
            "DELETE FROM measurement;"
            "INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal) SELECT id, now() - interval '" +
            ago + "', 1, 1, 1, 1 FROM stream; INSERT INTO count_touched SELECT deployment_id, id FROM location");
        return country.places.location(country.a.location)->figures;
    };
    QVERIFY(!country.places.location(country.a.location)->figures.lastMeasurement);
    QCOMPARE(measured("59 min").devicesReporting, 1);
    QCOMPARE(measured("61 min").devicesReporting, 0);
    QVERIFY(measured("61 min").lastMeasurement);
    country.database.run("UPDATE location SET clock = 'events'"); // its present is that of its data
    QCOMPARE(measured("400 days").devicesReporting, 1);
}

void TestPlaceRepository::rulesAreThoseOfTheHomesDeployment()
{
    Country country;
    country.database.run("UPDATE deployment SET allow_tokenless_devices = name = 'study-b';"
                         "UPDATE location SET clock = 'events' WHERE name = 'home-b'");
    const auto a = country.places.rules(country.a.location), b = country.places.rules(country.b.location);
    QVERIFY(a && *a && b && *b);
    QCOMPARE((*a)->deployment, country.a.deployment);
    QVERIFY(!(*a)->allowsTokenless && (*b)->allowsTokenless);
    QCOMPARE((*a)->clock, model::LocationClock::Real);
    QCOMPARE((*b)->clock, model::LocationClock::Events);
}

void TestPlaceRepository::roomsStandInTheirHomeOnce()
{
    Country country;
    const auto id = country.places.insertRoom(country.a.location, u"kitchen"_s, u"Küche"_s);
    QVERIFY(id);
    const auto twice = country.places.insertRoom(country.a.location, u"hall"_s, u"Küche"_s);
    QCOMPARE(twice.error().code, ErrorCode::AlreadyExists);
    QCOMPARE(*country.places.findOrMakeRoom(country.a.location, u"hall"_s, u"Küche"_s), *id);
    QCOMPARE(country.places.room(*id)->room.kind, u"kitchen"_s); // found as it is
    const auto elsewhere = country.places.findOrMakeRoom(country.b.location, u"hall"_s, u"Küche"_s);
    QVERIFY(elsewhere && *elsewhere != *id);
    QCOMPARE(country.places.room(*elsewhere)->location, country.b.location);
    QVERIFY(!country.places.insertRoom(LocationId{99}, u"hall"_s, u"x"_s));
}

void TestPlaceRepository::roomsChangeOnlyWhatIsGiven()
{
    Country country;
    const auto id = *country.places.insertRoom(country.a.location, u"kitchen"_s, u"K"_s);
    QVERIFY(country.places.updateRoom(id, std::nullopt, u"Küche"_s));
    QCOMPARE(country.places.room(id)->room.kind, u"kitchen"_s);
    QVERIFY(country.places.updateRoom(id, u"dining"_s, std::nullopt));
    QCOMPARE(country.places.room(id)->room.name, u"Küche"_s);
    QCOMPARE(country.places.room(id)->room.kind, u"dining"_s);
    QCOMPARE(country.places.room(RoomId{99}).error().code, ErrorCode::NotFound);
    QCOMPARE(country.places.updateRoom(RoomId{99}, u"hall"_s, {}).error().code, ErrorCode::NotFound);
}

void TestPlaceRepository::everyNounBelongsToItsDeployment()
{
    using model::Noun;
    Country country;
    const auto mine = country.b.deployment;
    const QByteArray deployment = number(mine.value), home = number(country.b.location.value);
    const QByteArray device = number(country.b.sensor.value);
    QCOMPARE(country.owner(Noun::Deployment, mine.value), mine);
    QCOMPARE(country.owner(Noun::Location, country.b.location.value), mine);
    QCOMPARE(country.owner(Noun::Device, country.b.sensor.value), mine);
    QCOMPARE(country.owner(Noun::Room, country.places.insertRoom(country.b.location, u"hall"_s, u"x"_s)->value), mine);
    const auto person = country.make("INSERT INTO participant (deployment_id, code) VALUES (" + deployment + ", 'P')");
    QCOMPARE(country.owner(Noun::Participant, person), mine);
    QCOMPARE(
        country.owner(Noun::Stream, country.make("INSERT INTO stream (location_id, name) VALUES (" + home + ", 's')")),
        mine);
    QCOMPARE(country.owner(Noun::Command,
                           country.make("INSERT INTO command (deployment_id, location_id, device_id, gateway_id, "
                                        "parameters, requested_by, expires_at) VALUES (" +
                                        deployment + "," + home + "," + device + "," + device + ", '[]', 'x', now())")),
             mine);
    QCOMPARE(
        country.owner(Noun::Alert,
                      country.make("INSERT INTO alert (deployment_id, location_id, source, key, texts, at) VALUES (" +
                                   deployment + "," + home + ", 'script', 'k', '{}', now())")),
        mine);
    QCOMPARE(country.owner(Noun::Message,
                           country.make("INSERT INTO message (deployment_id, participant_id, direction, text, author) "
                                        "VALUES (" +
                                        deployment + "," + number(person) + ", 'to-participant', 't', 'x')")),
             mine);
    const auto script = country.make("INSERT INTO script (deployment_id, name) VALUES (" + deployment + ", 's')");
    QCOMPARE(country.owner(Noun::Script, script), mine);
    const auto version = country.make("INSERT INTO script_version (script_id, number, source, hash, author) VALUES (" +
                                      number(script) + ", 1, '', '', 'x')");
    QCOMPARE(country.owner(Noun::Version, version), mine);
    QCOMPARE(
        country.owner(Noun::Run,
                      country.make("INSERT INTO script_run (script_id, version_id, location_id, at, handler, "
                                   "trigger, status) VALUES (" +
                                   number(script) + "," + number(version) + "," + home + ", now(), 'h', '{}', 'ok')")),
        mine);
}

void TestPlaceRepository::whatBelongsToNobodyHasNoOwner()
{
    using model::Noun;
    Country country;
    for (const auto noun : {Noun::Deployment, Noun::Location, Noun::Room, Noun::Participant, Noun::Device, Noun::Stream,
                            Noun::Command, Noun::Alert, Noun::Message, Noun::Script, Noun::Version, Noun::Run}) {
        QCOMPARE(country.owner(noun, 4'711), std::nullopt);
        QCOMPARE(country.owner(noun, std::numeric_limits<qint64>::max()), std::nullopt);
    }
    QCOMPARE(country.owner(Noun::Operator, 1), std::nullopt); // stands above deployments
    QCOMPARE(country.owner(Noun::None, country.a.location.value), std::nullopt);
    QCOMPARE(country.owner(Noun::Device, -1), std::nullopt);
}

QTEST_GUILESS_MAIN(TestPlaceRepository)
#include "tst_place_repository.moc"
