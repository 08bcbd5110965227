// Commands as rows become commands as structs: states, what they set, pages newest first.
#include "server/store/repositories/command_repository.h"
#include "shared/base/limits.h"
#include "tests/kit/sample_data.h"

#include <QTest>

#include <thread>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    CommandRepository commands{*connection};

    CommandRecord wanted(const QByteArray& parameters = R"([{"name":"on","value":1}])") const
    {
        return {.deployment = home.deployment,
                .location = home.location,
                .device = home.sensor,
                .type = 0,
                .parameters = QJsonDocument::fromJson(parameters).array(),
                .expires = Milliseconds(60'000),
                .requestedBy = u"operator:3"_s,
                .comment = {},
                .alert = {},
                .effect = {}};
    }
    CommandId add(const QByteArray& parameters = R"([{"name":"on","value":1}])")
    {
        const auto made = commands.record(wanted(parameters));
        return made ? made->id.value_or(CommandId{}) : CommandId{};
    }
    // Open ones of the gateway, each of another parameter of the sensor.
    void fill(int count)
    {
        for (int i = 0; i < count; ++i)
            add(R"([{"name":"level","index":")" + QByteArray::number(i) + R"(","value":1}])");
    }
    int open() const
    {
        return database.value("SELECT count(*) FROM command WHERE state IN ('queued', 'sent', 'received')").toInt();
    }
};

} // namespace

class TestCommandRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasRecorded();
    void readsAnAnswerThatCameLate();
    void pagesComeNewestFirst();
    void oneThatIsNotThereIsNotFound();
    void finding_F6_openCommandsFollowTheirDevice_data();
    void finding_F6_openCommandsFollowTheirDevice();
    void atTheBoundTheOldestOfTheSameMakesRoom_data();
    void atTheBoundTheOldestOfTheSameMakesRoom();
    void whatHasEndedAndOthersGatewaysDoNotCount();
    void twoAtOnceKeepTheBound();
    void anEffectAtTheBoundReplacesNothingTwice();
    void oneIsTakenBackUntilItHasEnded();
};

void TestCommandRepository::readsWhatWasRecorded()
{
    Study study;
    const auto id =
        study.add(R"([{"name":"a","value":1.5},{"name":"b","index":"2","value":"x"},{"name":"c","value":true}])");
    const auto command = study.commands.find(id);
    QVERIFY2(command, qPrintable(command ? QString() : command.error().message()));
    QCOMPARE(command->device, study.home.sensor);
    QCOMPARE(command->deviceKey, u"sensor-a"_s);
    QCOMPARE(command->location, study.home.location);
    QCOMPARE(command->requestedBy, u"operator:3"_s);
    QVERIFY(!command->alert && !command->isFinished());
    QCOMPARE(command->life.state, model::CommandState::Queued);
    QCOMPARE(command->life.expiresAt - command->life.createdAt, Milliseconds(60'000));
    QVERIFY(!command->life.sentAt && !command->life.result);
    QCOMPARE(command->parameters.size(), 3);
    QCOMPARE(command->parameters.at(0).value.toDouble(), 1.5);
    QVERIFY(!command->parameters.at(0).index);
    QCOMPARE(command->parameters.at(1).index.value_or(QString()), u"2"_s);
    QCOMPARE(command->parameters.at(1).value.toString(), u"x"_s);
    QVERIFY(command->parameters.at(2).value.isBool());
}

void TestCommandRepository::readsAnAnswerThatCameLate()
{
    Study study;
    const auto id = study.add();
    study.database.run("UPDATE command SET state = 'expired', sent_at = now(), finished_at = now(), late_result = 1");
    const auto command = study.commands.find(id);
    QVERIFY(command && command->isFinished());
    QCOMPARE(command->life.lateResult.value_or(-1), 1);
    QCOMPARE(command->life.state, model::CommandState::Expired);
    QVERIFY(command->life.sentAt && !command->life.result); // went out, was not confirmed
}

void TestCommandRepository::pagesComeNewestFirst()
{
    Study study;
    const auto first = study.add(), second = study.add(), third = study.add();
    const auto page = study.commands.list(study.home.location, {}, 2);
    QVERIFY(page && page->more);
    QCOMPARE(page->items.size(), 2);
    QCOMPARE(page->items.at(0).id, third);
    QCOMPARE(page->items.at(1).id, second);
    const auto rest = study.commands.list(study.home.location, second, 2);
    QVERIFY(rest && !rest->more);
    QCOMPARE(rest->items.size(), 1);
    QCOMPARE(rest->items.at(0).id, first);
    const auto some = study.commands.find(QList<CommandId>{first, third});
    QVERIFY(some && some->size() == 2);
    QCOMPARE(some->at(0).id, third);
    QVERIFY(study.commands.list(testkit::makeHome(study.database, "b").location, {}, 2)->items.isEmpty());
}

void TestCommandRepository::oneThatIsNotThereIsNotFound()
{
    Study study;
    QCOMPARE(study.commands.find(CommandId{999}).error().code, ErrorCode::NotFound);
}

void TestCommandRepository::finding_F6_openCommandsFollowTheirDevice_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("states"); // of those that were queued, sent, received, executed
    QTest::addColumn<int>("goOut");
    const QString asTheyWere = u"queued sent received executed"_s, ended = u"cancelled cancelled cancelled executed"_s;
    QTest::newRow("another gateway") << QByteArray("gateway_id = (SELECT id FROM device WHERE key = 'gateway-2')")
                                     << asTheyWere << 2;
    QTest::newRow("a connection of its own") << QByteArray("gateway_id = NULL") << asTheyWere << 2;
    QTest::newRow("another home") << QByteArray("gateway_id = (SELECT id FROM device WHERE key = 'gateway-b'), "
                                                "location_id = (SELECT id FROM location WHERE name = 'home-b')")
                                  << ended << 0;
    QTest::newRow("out of use") << QByteArray("retired_at = now()") << ended << 0;
}

void TestCommandRepository::finding_F6_openCommandsFollowTheirDevice()
{
    QFETCH(QByteArray, change);
    QFETCH(QString, states);
    QFETCH(int, goOut);
    Study study;
    testkit::makeHome(study.database, "b");
    study.database.run("INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, location_id, "
                       "'gateway-2' FROM device WHERE key = 'gateway-a'");
    for (const char* state : {"queued", "sent", "received", "executed"})
        study.database.run(QByteArray("UPDATE command SET state = '") + state +
                           "', sent_at = now() WHERE id = " + QByteArray::number(qint64{study.add().value}));
    study.database.run("UPDATE device SET " + change + " WHERE key = 'sensor-a'");
    const auto before = study.commands.open(Milliseconds(0)); // also where nobody was told yet
    QCOMPARE(before->size(), std::size_t(goOut));
    const auto told = study.commands.followDevices({study.home.sensor});
    QVERIFY2(told, qPrintable(told ? QString() : told.error().message()));
    QCOMPARE(told->size(), 3U);
    QCOMPARE(study.database.value("SELECT string_agg(state, ' ' ORDER BY id) FROM command"), states);
    QCOMPARE(
        study.database.value("SELECT count(*) FROM command WHERE (state = 'cancelled') <> (finished_at IS NOT NULL)"),
        u"0"_s);
    const auto open = study.commands.open(Milliseconds(0));
    QCOMPARE(open->size(), std::size_t(goOut));
    const QString gateway = study.database.value("SELECT coalesce(gateway_id, id) FROM device WHERE key = 'sensor-a'");
    for (const OpenCommand& one : *open)
        QCOMPARE(QString::number(one.gateway.value), gateway);
}

void TestCommandRepository::atTheBoundTheOldestOfTheSameMakesRoom_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("replaced"); // which of the commands; empty: the new one is refused
    QTest::newRow("the same") << QByteArray(R"([{"name":"level","index":"7","value":0}])") << 0 << u"level 7"_s;
    QTest::newRow("all that it sets and more")
        << QByteArray(R"([{"name":"on","index":"","value":0},{"name":"off","value":1},{"name":"x","value":1}])") << 0
        << u"on "_s;
    QTest::newRow("a part of what it sets") << QByteArray(R"([{"name":"on","value":0}])") << 0 << QString();
    QTest::newRow("another index") << QByteArray(R"([{"name":"level","index":"700","value":0}])") << 0 << QString();
    QTest::newRow("another parameter") << QByteArray(R"([{"name":"state","value":0}])") << 0 << QString();
    QTest::newRow("another type") << QByteArray(R"([{"name":"level","index":"7","value":0}])") << 1 << QString();
    QTest::newRow("nothing") << QByteArray("[]") << 4 << QString();
}

void TestCommandRepository::atTheBoundTheOldestOfTheSameMakesRoom()
{
    QFETCH(QByteArray, parameters);
    QFETCH(int, type);
    QFETCH(QString, replaced);
    Study study;
    study.add(R"([{"name":"on","value":1},{"name":"off","value":0}])");
    study.fill(OpenCommandsMost - 1);
    QCOMPARE(study.open(), OpenCommandsMost);
    CommandRecord wanted = study.wanted(parameters);
    wanted.type = type;
    const auto made = study.commands.record(wanted);
    QVERIFY2(made, qPrintable(made ? QString() : made.error().message()));
    QCOMPARE(made->id.has_value(), !replaced.isEmpty());
    QCOMPARE(made->isFull, replaced.isEmpty());
    QCOMPARE(made->superseded.has_value(), !replaced.isEmpty());
    QCOMPARE(study.open(), OpenCommandsMost);
    QCOMPARE(study.database.value("SELECT (parameters->0->>'name') || ' ' || coalesce(parameters->0->>'index', '') "
                                  "FROM command WHERE state = 'superseded' AND finished_at IS NOT NULL"),
             replaced);
    if (!made->superseded)
        return;
    const auto gone = study.commands.find(*made->superseded);
    QVERIFY(gone);
    QCOMPARE(gone->life.state, model::CommandState::Superseded);
    QVERIFY(study.commands.open(Milliseconds(0), {*made->superseded})->empty()); // nobody sends it any more
}

void TestCommandRepository::whatHasEndedAndOthersGatewaysDoNotCount()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    study.fill(OpenCommandsMost);
    QVERIFY(study.commands.record(study.wanted())->isFull);
    CommandRecord elsewhere = study.wanted();
    elsewhere.deployment = other.deployment;
    elsewhere.location = other.location;
    elsewhere.device = other.sensor;
    QVERIFY(study.commands.record(elsewhere)->id);
    CommandRecord sibling = study.wanted(); // its own count with those of the devices behind it
    sibling.device = study.home.gateway;
    QVERIFY(study.commands.record(sibling)->isFull);
    study.database.run(
        "UPDATE command SET expires_at = now() WHERE id = (SELECT min(id) FROM command)"); // not yet swept
    QVERIFY(study.commands.record(study.wanted())->id);
    QVERIFY(study.commands.record(study.wanted(R"([{"name":"state","value":1}])"))->isFull);
}

// Both count before either commits.
void TestCommandRepository::twoAtOnceKeepTheBound()
{
    Study study;
    study.fill(OpenCommandsMost - 1);
    const auto second = study.database.connect();
    std::optional<CommandMade> other;
    std::thread thread;
    const auto first = study.connection->transaction([&]() -> Result<void> {
        COHORT_CHECK(study.commands.record(study.wanted(R"([{"name":"one","value":1}])")));
        thread = std::thread([&] {
            const auto made = CommandRepository(*second).record(study.wanted(R"([{"name":"two","value":1}])"));
            if (made)
                other = *made;
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(200)); // long enough for it to ask
        return {};
    });
    if (thread.joinable())
        thread.join();
    QVERIFY(first && other);
    QVERIFY(other->isFull);
    QCOMPARE(study.open(), OpenCommandsMost);
}

void TestCommandRepository::anEffectAtTheBoundReplacesNothingTwice()
{
    Study study;
    study.fill(OpenCommandsMost);
    study.database.run("INSERT INTO script (deployment_id, name) SELECT deployment_id, 's' FROM location");
    const EffectId effect{study.database
                              .value("INSERT INTO effect (script_id, location_id, run_id, kind, at, payload) SELECT "
                                     "s.id, l.id, 1, 'command', now(), '{}' FROM script s, location l RETURNING id")
                              .toLongLong()};
    QVERIFY(effect);
    CommandRecord wanted = study.wanted(R"([{"name":"level","index":"3","value":0}])");
    wanted.effect = effect;
    const auto made = study.commands.record(wanted), again = study.commands.record(wanted);
    QVERIFY(made && made->id && made->superseded);
    QVERIFY(again && !again->id && !again->superseded && !again->isFull);
    QCOMPARE(study.database.value("SELECT count(*) FROM command WHERE state = 'superseded'"), u"1"_s);
}

void TestCommandRepository::oneIsTakenBackUntilItHasEnded()
{
    Study study;
    const auto id = study.add();
    const auto place = study.commands.cancel(id);
    QVERIFY(place && *place);
    QCOMPARE((*place)->location, study.home.location);
    const auto command = study.commands.find(id);
    QCOMPARE(command->life.state, model::CommandState::Cancelled);
    QVERIFY(command->isFinished() && !command->life.sentAt);
    QVERIFY(study.commands.open(Milliseconds(0), {id})->empty());
    QVERIFY(!study.commands.cancel(id)->has_value());
    QVERIFY(!study.commands.cancel(CommandId{999})->has_value());
    QCOMPARE(study.commands.markSent({id})->size(), 1U); // it had been written to a channel just before
    QVERIFY(study.commands.find(id)->life.sentAt);
}

QTEST_GUILESS_MAIN(TestCommandRepository)
#include "tst_command_repository.moc"
