// What reaches people and actuators: commands as the device's type allows, and no more of a script than its budgets.
#include "tests/unit/server/actions/reach_study.h"

#include "server/store/repositories/command_repository.h"
#include "shared/base/limits.h"

#include <QTest>

using namespace cohort;
using namespace cohort::actions;
using namespace cohort::actions::test;

class TestReach : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F9_aCommandIsCheckedByTheDevicesType_data();
    void finding_F9_aCommandIsCheckedByTheDevicesType();
    void finding_F9_anActionIsCheckedWhenItIsTaken();
    void finding_F9_anAlertCountsWithoutTheActionOfADeviceThatLeft();
    void finding_F9_asManyActionsAsAScriptMayOffer();
    void finding_C3_aPersonGetsTenMessagesAnHour_data();
    void finding_C3_aPersonGetsTenMessagesAnHour();
    void finding_C3_eachHomeHasItsOwnMessages();
    void finding_C3_allScriptsTogetherSendAPersonTwentyAnHour();
    void finding_C3_aHomeGetsThirtyAlertsAnHour();
    void finding_C3_theFirstUrgentAlertOfAKeyIsNeverHeldBack();
    void finding_C3_whatTheServerSaysOfAScriptIsNotTheScripts();
    void finding_C3_aHomeGets120CommandsAnHour();
    void finding_C3_peopleHaveNoBudget();
    void finding_C3_aDeploymentRaisesThem();
    void whatWentOutBeforeItsEndSaysSo();
};

void TestReach::finding_F9_aCommandIsCheckedByTheDevicesType_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("stored");
    QTest::newRow("off") << QJsonValue(0) << u"0"_s;
    QTest::newRow("a word") << QJsonValue(u"on"_s) << u"1"_s;
    QTest::newRow("banana") << QJsonValue(u"banana"_s) << QString();
    QTest::newRow("seven") << QJsonValue(7) << QString();
}

void TestReach::finding_F9_aCommandIsCheckedByTheDevicesType()
{
    QFETCH(QJsonValue, value);
    QFETCH(QString, stored);
    Study study;
    const auto made = recordCommand(*study.connection, study.wantedCommand(value));
    QCOMPARE(study.database.value("SELECT parameters->0->>'value' FROM command"), stored);
    QCOMPARE(made.has_value(), !stored.isEmpty());
    if (!made) {
        QCOMPARE(made.error().code, ErrorCode::WrongValue);
        QVERIFY2(made.error().detail.contains(u"on or off (1 or 0)"_s), qPrintable(made.error().detail));
    }
}

void TestReach::finding_F9_anActionIsCheckedWhenItIsTaken()
{
    Study study;
    const AlertId alert = study.escalating();
    const qint64 action = study.database.value("SELECT id FROM alert_action").toLongLong();
    study.database.run("UPDATE device SET type = 20011"); // another device stands there now
    QCOMPARE(study.answers.act(alert, action, {{}, study.resident}).error().code, ErrorCode::WrongValue);
    QCOMPARE(study.database.value("SELECT state FROM alert"), u"open"_s);
    QCOMPARE(study.database.value("SELECT count(*) FROM command"), u"0"_s);
}

void TestReach::finding_F9_anAlertCountsWithoutTheActionOfADeviceThatLeft()
{
    Study study;
    study.database.run("UPDATE device SET retired_at = now() WHERE key = 'sensor-a'"); // since the script ran
    const AlertId alert = study.escalating();
    QVERIFY(alert);
    QVERIFY(study.sees(study.resident));
    QCOMPARE(study.database.value("SELECT count(*) FROM alert_action"), u"0"_s);
}

void TestReach::finding_F9_asManyActionsAsAScriptMayOffer()
{
    Study study;
    NewAlert alert = study.wantedAlert(QByteArray("\xc3\xb6").repeated(100).toStdString(), Begin);
    alert.actions.assign(static_cast<std::size_t>(ActionsMost),
                         {"off", {{u"en"_s, u"Off"_s}}, study.home.sensor, study.wantedCommand().parameters});
    const auto made = recordAlert(*study.connection, alert);
    QVERIFY2(made, qPrintable(made ? QString() : made.error().detail));
    QCOMPARE(study.database.value("SELECT count(*) FROM alert_action"), u"10"_s);
    alert.actions.push_back(alert.actions.front());
    alert.key = "another";
    QCOMPARE(recordAlert(*study.connection, alert).error().code, ErrorCode::WrongValue);
}

void TestReach::finding_C3_aPersonGetsTenMessagesAnHour_data()
{
    QTest::addColumn<bool>("asks");
    QTest::newRow("messages") << false;
    QTest::newRow("questions") << true;
}

void TestReach::finding_C3_aPersonGetsTenMessagesAnHour()
{
    QFETCH(bool, asks);
    Study study;
    QCOMPARE(study.send(15, Begin, u"script:1"_s, asks), 10);
    QCOMPARE(study.heldBack, u"held back: over 10 messages or questions of this script to one person within an hour"_s);
    QCOMPARE(study.send(1, Begin + 59min, u"script:1"_s, asks), 0);
    QCOMPARE(study.send(12, Begin + 61min, u"script:1"_s, asks), 10); // the home's hour is over
    QCOMPARE(study.database.value("SELECT count(*) FROM message"), u"20"_s);
}

// One script in the homes of one nurse.
void TestReach::finding_C3_eachHomeHasItsOwnMessages()
{
    Study study;
    QCOMPARE(study.send(12, Begin), 10);
    const LocationId first = study.home.location;
    study.home.location = LocationId{
        study.database
            .value("INSERT INTO location (deployment_id, name, time_zone) SELECT deployment_id, 'second', 'UTC' FROM "
                   "location RETURNING id")
            .toLongLong()};
    study.database.run("INSERT INTO participant_role (participant_id, location_id, role) SELECT p.id, " +
                       QByteArray::number(static_cast<qint64>(study.home.location.value)) +
                       ", 'resident' FROM participant p");
    QCOMPARE(study.send(12, Begin + 1min), 10); // and no more than twenty in all
    study.home.location = first;
    QCOMPARE(study.send(1, Begin + 2min), 0);
}

void TestReach::finding_C3_allScriptsTogetherSendAPersonTwentyAnHour()
{
    Study study;
    QCOMPARE(study.send(9, Begin, u"script:1"_s), 9);
    QCOMPARE(study.send(9, Begin + 1min, u"script:2"_s), 9);
    QCOMPARE(study.send(9, Begin + 2min, u"script:3"_s), 2);
    QVERIFY2(study.heldBack.contains(u"over 20 messages"_s), qPrintable(study.heldBack));
}

void TestReach::finding_C3_aHomeGetsThirtyAlertsAnHour()
{
    Study study;
    QCOMPARE(study.raise(100, Begin, "a"), 30);
    QCOMPARE(study.heldBack, u"held back: over 30 alerts of this script in this home within an hour"_s);
    QCOMPARE(study.raise(5, Begin + 61min, "b"), 5);
}

void TestReach::finding_C3_theFirstUrgentAlertOfAKeyIsNeverHeldBack()
{
    Study study;
    QCOMPARE(study.raise(31, Begin, "a"), 30);
    QCOMPARE(study.raise(1, Begin, "fire", model::Severity::Urgent), 1);
    QVERIFY(resolveAlert(*study.connection, study.home.location, ScriptId{1}, "fire0", u"script:1"_s));
    QCOMPARE(study.raise(1, Begin + 1min, "fire", model::Severity::Urgent), 0); // its second is
}

void TestReach::finding_C3_whatTheServerSaysOfAScriptIsNotTheScripts()
{
    Study study;
    NewAlert said = study.wantedAlert("script-paused", Begin);
    said.ownWordsPerHour = 1;
    QVERIFY(recordAlert(*study.connection, said)->has_value());
    QCOMPARE(study.raise(31, Begin, "a"), 30);
    said.key = "held-back";
    QVERIFY(recordAlert(*study.connection, said)->has_value());
    study.database.run("UPDATE deployment SET alerts_per_hour = 32");
    QCOMPARE(study.raise(5, Begin, "b"), 2);
}

void TestReach::finding_C3_aHomeGets120CommandsAnHour()
{
    Study study;
    QCOMPARE(study.command(125, Begin), 120);
    QCOMPARE(study.heldBack, u"held back: over 120 commands of this script in this home within an hour"_s);
    QCOMPARE(study.command(1, Begin + 1min, u"script:2"_s), 1);
    QCOMPARE(study.command(1, Begin + 61min), 1);
}

void TestReach::finding_C3_peopleHaveNoBudget()
{
    Study study;
    NewCommand byHand = study.wantedCommand();
    byHand.requestedBy = u"operator:1"_s;
    NewMessage message;
    message.deployment = study.home.deployment;
    message.participants = {study.resident};
    message.texts = {{u"en"_s, u"Hello"_s}};
    message.author = u"operator:1"_s;
    for (int i = 0; i < 25; ++i)
        QCOMPARE(recordMessage(*study.connection, message)->size(), 1U);
    QCOMPARE(study.send(10, Begin), 10); // and theirs do not count
    QVERIFY(recordCommand(*study.connection, byHand));
}

void TestReach::finding_C3_aDeploymentRaisesThem()
{
    Study study;
    study.database.run("UPDATE deployment SET messages_per_hour = 12, alerts_per_hour = 33, commands_per_hour = 3");
    QCOMPARE(study.send(15, Begin), 12);
    QCOMPARE(study.raise(40, Begin, "a"), 33);
    QCOMPARE(study.command(5, Begin), 3);
}

void TestReach::whatWentOutBeforeItsEndSaysSo()
{
    Study study;
    store::CommandRepository commands(*study.connection);
    const CommandId id = *recordCommand(*study.connection, study.wantedCommand());
    study.database.run("UPDATE command SET expires_at = now()");
    QCOMPARE(commands.expire()->size(), 1U);
    QVERIFY(!commands.find(id)->life.sentAt);
    QCOMPARE(commands.markSent({id})->size(), 1U); // it was written in its last millisecond
    QCOMPARE(commands.find(id)->life.state, model::CommandState::Expired);
    QVERIFY(commands.find(id)->life.sentAt);
}

QTEST_GUILESS_MAIN(TestReach)
#include "tst_reach.moc"
