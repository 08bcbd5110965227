// What a home's chart shows: streams of devices, and facts marked as computed with the script that made them.
#include "console/models/home_lanes.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/place.h"
#include "tests/console/signed_in.h"

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

model::Home homeWithFacts()
{
    model::Device stove;
    stove.id = DeviceId{11};
    stove.place.deployment = DeploymentId{1};
    stove.key = u"stove-plug"_s;
    stove.description = u"Stove"_s;
    stove.place.location = LocationId{1};
    stove.streams = {{StreamId{1}, u"power"_s, u"0"_s, u"W"_s, {}}, {StreamId{2}, u"power"_s, u"2"_s, u"W"_s, {}}};
    model::Home home;
    home.location.id = LocationId{1};
    home.location.deployment = DeploymentId{1};
    home.location.timeZone = u"UTC"_s;
    home.devices = {stove};
    home.facts = {{{StreamId{7}, u"hot"_s, {}, {}, {}}, DeviceId{11}, ScriptId{3}, u"Stove left on"_s},
                  {{StreamId{8}, u"visits"_s, {}, {}, {}}, DeviceId{}, ScriptId{}, {}},
                  {{StreamId{9}, u"cold"_s, {}, {}, {}}, DeviceId{99}, ScriptId{3}, u"<b>"_s}};
    return home;
}

} // namespace

class TestHomeLanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_G19_factsAreLanesLikeAnyStream()
    {
        SignedIn at(u"full"_s);
        QVERIFY(at.isIn);
        answer<protocol::LocationGet>(at.peer, [](const auto&) { return homeWithFacts(); });
        HomeModel home(at.workspace, nullptr);
        home.show(LocationId{1});
        QVERIFY(SignedIn::until([&] { return home.isLoaded(); }));
        QStringList seen;
        for (const HomeLane& lane : lanesOf(home))
            seen.append(lane.title + u" | "_s + lane.place);
        QCOMPARE(seen, (QStringList{u"Stove · power | –"_s, u"Stove · power 2 | –"_s,
                                    u"Stove · hot | computed by “Stove left on”"_s, u"visits | computed by a script"_s,
                                    u"cold | computed by “<b>”"_s})); // about a device that is retired
        QVERIFY(lanesOf(home).last().onChange);
    }

    // A device that was moved took its history out of sight.
    void finding_whatADeviceMeasuredBeforeItMovedIsALane()
    {
        SignedIn at(u"full"_s);
        QVERIFY(at.isIn);
        model::Home whole = homeWithFacts();
        whole.facts.clear();
        whole.left = {{{StreamId{20}, u"temperature"_s, {}, u"°C"_s, {}}, DeviceId{12}, u"thermo-1"_s, 0, {}}};
        answer<protocol::LocationGet>(at.peer, [whole](const auto&) { return whole; });
        HomeModel home(at.workspace, nullptr);
        home.show(LocationId{1});
        QVERIFY(SignedIn::until([&] { return home.isLoaded(); }));
        const QList<HomeLane> lanes = lanesOf(home);
        QCOMPARE(lanes.size(), 3);
        QCOMPARE(lanes.last().title, u"thermo-1 · temperature"_s);
        QCOMPARE(lanes.last().place, u"no longer here"_s);
        QCOMPARE(lanes.last().stream, StreamId{20});
    }

    void finding_G19_aFactThatIsNewIsLoaded_data()
    {
        QTest::addColumn<qint64>("stream");
        QTest::addColumn<bool>("loads");
        QTest::newRow("known") << qint64{7} << false;
        QTest::newRow("about the home") << qint64{8} << false;
        QTest::newRow("new") << qint64{70} << true;
    }

    void finding_G19_aFactThatIsNewIsLoaded()
    {
        QFETCH(qint64, stream);
        QFETCH(bool, loads);
        SignedIn at(u"full"_s);
        QVERIFY(at.isIn);
        answer<protocol::LocationGet>(at.peer, [](const auto&) { return homeWithFacts(); });
        HomeModel home(at.workspace, nullptr);
        home.show(LocationId{1});
        QVERIFY(SignedIn::until([&] {
            return home.isLoaded() && at.peer.isSubscribed(u"measurements"_s) && at.peer.count(u"location.get"_s) == 2;
        })); // loaded again when it hears what is new
        const int before = at.peer.count(u"location.get"_s);
        notify<protocol::SampleArrived>(
            at.peer, {protocol::SampleArrived{
                         {StreamId{stream}, DeviceId{}, u"visits"_s, {}, 1'000, Value::ofNumber(2), true}}});
        QSignalSpy sampled(&home, &HomeModel::sampled);
        if (loads) {
            QVERIFY(SignedIn::until([&] { return at.peer.count(u"location.get"_s) > before; }));
            return;
        }
        QVERIFY(SignedIn::until([&] { return sampled.count() == 1; }));
        const auto& facts = home.home().facts;
        const auto& latest = (stream == 7 ? facts.at(0) : facts.at(1)).stream.latest;
        QVERIFY(latest);
        QCOMPARE(latest->value, Value::ofNumber(2));
    }
};

QTEST_MAIN(TestHomeLanes)
#include "tst_home_lanes.moc"
