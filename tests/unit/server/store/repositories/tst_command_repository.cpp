// Commands as rows become commands as structs: states, what they set, pages newest first.
#include "server/store/repositories/command_repository.h"
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
    CommandRepository commands{*connection};

    CommandId add(const QByteArray& parameters = R"([{"name":"on","value":1}])")
    {
        const auto made = commands.record({.deployment = home.deployment,
                                           .location = home.location,
                                           .device = home.sensor,
                                           .type = 0,
                                           .parameters = QJsonDocument::fromJson(parameters).array(),
                                           .expires = Milliseconds(60'000),
                                           .requestedBy = u"operator:3"_s,
                                           .comment = {},
                                           .alert = {},
                                           .effect = {}});
        return made ? made->value_or(CommandId{}) : CommandId{};
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
    const QString asTheyWere = u"queued sent received executed"_s, ended = u"expired expired expired executed"_s;
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
        study.database.value("SELECT count(*) FROM command WHERE (state = 'expired') <> (finished_at IS NOT NULL)"),
        u"0"_s);
    const auto open = study.commands.open(Milliseconds(0));
    QCOMPARE(open->size(), std::size_t(goOut));
    const QString gateway = study.database.value("SELECT coalesce(gateway_id, id) FROM device WHERE key = 'sensor-a'");
    for (const OpenCommand& one : *open)
        QCOMPARE(QString::number(one.gateway.value), gateway);
}

QTEST_GUILESS_MAIN(TestCommandRepository)
#include "tst_command_repository.moc"
