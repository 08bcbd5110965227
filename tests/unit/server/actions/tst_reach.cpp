// What reaches people and actuators: commands as the device's type allows, no more of a script than its budgets, and nobody
// else once somebody takes care.
#include "server/actions/actions.h"
#include "server/actions/answers.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/inbox_repository.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/base/limits.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::actions;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr Timestamp Begin = fromMs(1'767'225'600'000); // by the homes' clock; the machine's does not matter

class Study
{
public:
    Study()
    {
        database.run("INSERT INTO script (deployment_id, name) SELECT deployment_id, n FROM location, "
                     "unnest('{stove,door,bed}'::text[]) n");
        database.run("UPDATE device SET type = 10014 WHERE key = 'sensor-a'");
        resident = person("resident", 1);
    }
    ParticipantId person(const QByteArray& role, int order)
    {
        const QByteArray code = role + QByteArray::number(order);
        database.run("INSERT INTO participant (deployment_id, code, status) SELECT deployment_id, '" + code +
                     "', 'active' FROM location; INSERT INTO participant_role (participant_id, location_id, role, "
                     "calling_order) SELECT p.id, l.id, '" +
                     role + "', " + QByteArray::number(order) + " FROM participant p, location l WHERE p.code = '" +
                     code + "'");
        return ParticipantId{database.value("SELECT id FROM participant WHERE code = '" + code + "'").toLongLong()};
    }
    EffectId effect(Timestamp at)
    {
        database.run("INSERT INTO effect (run_id, script_id, location_id, kind, at, payload) SELECT 1, 1, id, 'x', "
                     "to_timestamp(" +
                     QByteArray::number(toMs(at)) + " / 1000.0), '{}' FROM location");
        return EffectId{database.value("SELECT max(id) FROM effect").toLongLong()};
    }
    // How many of `count` messages reached the resident.
    int send(int count, Timestamp at, const QString& author = u"script:1"_s, bool asks = false)
    {
        int reached = 0;
        for (int i = 0; i < count; ++i) {
            NewMessage message;
            message.deployment = home.deployment;
            message.location = home.location;
            message.recipients = {{"resident", 0ms}};
            message.texts = {{u"en"_s, u"Hello"_s}};
            message.author = author;
            message.key = "q" + std::to_string(i);
            if (asks)
                message.question = NewQuestion{};
            message.effect = effect(at);
            const auto sent = recordMessage(*connection, message);
            if (!sent)
                return -1;
            reached += static_cast<int>(sent->size());
            heldBack = sent->heldBack;
        }
        return reached;
    }
    NewCommand wantedCommand(const QJsonValue& value = 0) const
    {
        NewCommand command;
        command.deployment = home.deployment;
        command.location = home.location;
        command.device = home.sensor;
        command.parameters = {QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, value}}};
        command.requestedBy = u"script:1"_s;
        return command;
    }
    int command(int count, Timestamp at, const QString& by = u"script:1"_s)
    {
        int made = 0;
        for (int i = 0; i < count; ++i) {
            NewCommand wanted = wantedCommand();
            wanted.requestedBy = by;
            wanted.effect = effect(at);
            const auto sent = recordCommand(*connection, wanted);
            made += sent ? 1 : 0;
            heldBack = sent ? QString() : sent.error().detail;
        }
        return made;
    }
    NewAlert wantedAlert(const std::string& key, Timestamp at) const
    {
        NewAlert alert;
        alert.deployment = home.deployment;
        alert.location = home.location;
        alert.script = ScriptId{1};
        alert.key = key;
        alert.texts = {{u"en"_s, u"Look."_s}};
        alert.at = at;
        return alert;
    }
    int raise(int count, Timestamp at, const std::string& prefix, model::Severity severity = model::Severity::Normal)
    {
        int made = 0;
        for (int i = 0; i < count; ++i) {
            NewAlert alert = wantedAlert(prefix + std::to_string(i), at);
            alert.severity = severity;
            alert.effect = effect(at);
            const auto raised = recordAlert(*connection, alert);
            if (!raised)
                return -1;
            made += raised->has_value() ? 1 : 0;
            heldBack = raised->heldBack;
        }
        return made;
    }
    // An alert for the resident now and two caregivers later.
    AlertId escalating()
    {
        NewAlert alert = wantedAlert("stove-on", Begin);
        alert.recipients = {{"resident", 0ms}, {"caregiver", 300'000ms}};
        alert.actions = {{"off", {{u"en"_s, u"Off"_s}}, home.sensor, wantedCommand().parameters}};
        return **recordAlert(*connection, alert);
    }
    // Time passes for all that waits.
    void pass(int seconds)
    {
        const QByteArray by = " - interval '" + QByteArray::number(seconds) + " seconds'";
        database.run("UPDATE alert_recipient SET due_at = due_at" + by +
                     "; UPDATE alert SET snoozed_until = snoozed_until" + by + ", waits_until = waits_until" + by);
    }
    bool sees(ParticipantId who)
    {
        const auto alerts = store::InboxRepository(*connection, who).alerts();
        return alerts && !alerts->isEmpty();
    }

    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    bus::Bus bus;
    Answers answers{*connection, bus};
    ParticipantId resident;
    QString heldBack; // of the last
};

} // namespace

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
    void finding_C3_allScriptsTogetherSendAPersonTwentyAnHour();
    void finding_C3_aHomeGetsThirtyAlertsAnHour();
    void finding_C3_theFirstUrgentAlertOfAKeyIsNeverHeldBack();
    void finding_C3_whatTheServerSaysOfAScriptIsNotTheScripts();
    void finding_C3_aHomeGets120CommandsAnHour();
    void finding_C3_peopleHaveNoBudget();
    void finding_C3_aDeploymentRaisesThem();
    void finding_G23_tellingStopsWhenSomebodyTakesCare_data();
    void finding_G23_tellingStopsWhenSomebodyTakesCare();
    void finding_S6_whoHasLeftTheHomeIsToldNoMore_data();
    void finding_S6_whoHasLeftTheHomeIsToldNoMore();
    void finding_G12_whoRestsIsToldOfNoAlert();
    void finding_G23_tellingGoesOnAfterASnooze();
    void finding_G23_tellingGoesOnWhenTheActionCameToNothing_data();
    void finding_G23_tellingGoesOnWhenTheActionCameToNothing();
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

void TestReach::finding_G23_tellingStopsWhenSomebodyTakesCare_data()
{
    QTest::addColumn<QString>("how");
    for (const char* how :
         {"acknowledge", "acknowledge twice", "dismiss", "resolve", "the script resolves", "the script goes"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestReach::finding_G23_tellingStopsWhenSomebodyTakesCare()
{
    QFETCH(QString, how);
    Study study;
    const ParticipantId first = study.person("caregiver", 1), second = study.person("caregiver", 2);
    const AlertId alert = study.escalating();
    const Actor resident{{}, study.resident};
    study.pass(301);
    QVERIFY(study.sees(study.resident) && study.sees(first) && !study.sees(second));
    if (how == u"dismiss")
        QVERIFY(study.answers.dismiss(alert, resident));
    else if (how == u"resolve")
        QVERIFY(study.answers.resolve(alert, {OperatorId{1}, {}}));
    else if (how == u"the script resolves")
        QVERIFY(resolveAlert(*study.connection, study.home.location, ScriptId{1}, "stove-on", u"script:1"_s));
    else if (how == u"the script goes")
        QVERIFY(store::ScriptDeploymentRepository(*study.connection).endUnplaced(ScriptId{1}, {}, u"operator:1"_s));
    else
        QVERIFY(study.answers.acknowledge(alert, resident));
    study.pass(3'600);
    if (how == u"acknowledge twice")
        QVERIFY(study.answers.acknowledge(alert, {{}, first}));
    study.pass(3'600);
    QVERIFY(study.sees(first));
    QVERIFY(!study.sees(second));
    QCOMPARE(study.answers.acknowledge(alert, {{}, second}).error().code, ErrorCode::NotFound);
    QCOMPARE(store::AlertRepository(*study.connection).find(alert)->recipients.size(), 2);
}

void TestReach::finding_S6_whoHasLeftTheHomeIsToldNoMore_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("nothing changes") << QByteArray("until = NULL") << true;
    QTest::newRow("the role ends later") << QByteArray("until = now() + interval '1 hour'") << true;
    QTest::newRow("the role has ended") << QByteArray("until = now() - interval '1 s'") << false;
    QTest::newRow("another role") << QByteArray("role = 'supporter'") << true;
}

// Roles end while an alert is open, or before its turn comes.
void TestReach::finding_S6_whoHasLeftTheHomeIsToldNoMore()
{
    QFETCH(QByteArray, change);
    QFETCH(bool, isThere);
    Study study;
    const ParticipantId caregiver = study.person("caregiver", 1);
    const AlertId alert = study.escalating();
    study.database.run("UPDATE participant_role SET " + change +
                       " WHERE participant_id = " + QByteArray::number(static_cast<qint64>(caregiver.value)));
    study.pass(301);
    QCOMPARE(study.sees(caregiver), isThere);
    QVERIFY(store::InboxRepository(*study.connection, caregiver).markDelivered());
    QCOMPARE(study.database.value("SELECT count(*) FROM alert_recipient WHERE delivered_at IS NOT NULL"),
             isThere ? u"1"_s : u"0"_s);
    const qint64 action = study.database.value("SELECT id FROM alert_action").toLongLong();
    const auto done = study.answers.act(alert, action, {{}, caregiver});
    QCOMPARE(done.has_value(), isThere);
    QCOMPARE(study.database.value("SELECT count(*) FROM command"), isThere ? u"1"_s : u"0"_s);
    if (!isThere)
        QCOMPARE(done.error().code, ErrorCode::NotFound);
    QVERIFY(study.sees(study.resident));
}

void TestReach::finding_G12_whoRestsIsToldOfNoAlert()
{
    Study study;
    const ParticipantId caregiver = study.person("caregiver", 1);
    study.escalating();
    const QByteArray who = " WHERE id = " + QByteArray::number(static_cast<qint64>(caregiver.value));
    study.database.run("UPDATE participant SET status = 'paused'" + who); // before the caregiver's turn
    study.pass(301);
    QVERIFY(!study.sees(caregiver) && study.sees(study.resident));
    QVERIFY(store::InboxRepository(*study.connection, caregiver).markDelivered());
    QCOMPARE(study.database.value("SELECT count(*) FROM alert_recipient WHERE delivered_at IS NOT NULL"), u"0"_s);
    study.database.run("UPDATE participant SET status = 'active'" + who);
    QVERIFY(study.sees(caregiver));
}

void TestReach::finding_G23_tellingGoesOnAfterASnooze()
{
    Study study;
    const ParticipantId caregiver = study.person("caregiver", 1);
    const AlertId alert = study.escalating();
    store::AlertRepository alerts(*study.connection);
    study.pass(200);
    QVERIFY(study.answers.acknowledge(alert, {{}, study.resident}, 600'000ms));
    study.pass(601);
    QVERIFY(!study.sees(caregiver));
    QCOMPARE(alerts.reopenSnoozed()->size(), 1U);
    QVERIFY(!study.sees(caregiver)); // a hundred seconds are left
    study.pass(90);
    QVERIFY(!study.sees(caregiver));
    study.pass(11);
    QVERIFY(study.sees(caregiver));
}

void TestReach::finding_G23_tellingGoesOnWhenTheActionCameToNothing_data()
{
    QTest::addColumn<QByteArray>("became");
    QTest::addColumn<QString>("state");
    QTest::newRow("carried out") << QByteArray("executed") << u"acknowledged"_s;
    QTest::newRow("failed") << QByteArray("failed") << u"open"_s;
    QTest::newRow("not reached") << QByteArray("expired") << u"open"_s;
}

void TestReach::finding_G23_tellingGoesOnWhenTheActionCameToNothing()
{
    QFETCH(QByteArray, became);
    QFETCH(QString, state);
    Study study;
    const ParticipantId caregiver = study.person("caregiver", 1);
    const AlertId alert = study.escalating();
    store::AlertRepository alerts(*study.connection);
    const qint64 action = study.database.value("SELECT id FROM alert_action").toLongLong();
    QVERIFY(study.answers.act(alert, action, {{}, study.resident}));
    study.database.run("UPDATE command SET state = '" + became + "', finished_at = now()");
    study.pass(30);
    QVERIFY(alerts.reopenUndone()->empty());
    study.pass(60);
    QCOMPARE(alerts.reopenUndone()->size(), state == u"open" ? 1U : 0U);
    QCOMPARE(study.database.value("SELECT state FROM alert"), state);
    study.pass(3'600);
    QCOMPARE(study.sees(caregiver), state == u"open");
    QVERIFY(alerts.reopenUndone()->empty());
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
