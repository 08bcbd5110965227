// An alert's way on real rows: one a cause, who is told when, the hour's window, snoozes, reminders and answers.
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/inbox_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/sql_number.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace cohort::store;
using testkit::number;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using model::AlertState;

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    AlertRepository alerts{*connection};
    ScriptId script{
        database.value("INSERT INTO script (deployment_id, name) SELECT id, 's' FROM deployment RETURNING id")
            .toLongLong()};

    AlertRecord wanted(const std::string& key = "stove")
    {
        AlertRecord record;
        record.deployment = home.deployment;
        record.location = home.location;
        record.script = script;
        record.key = key;
        record.texts = {{u"en"_s, u"The stove is on."_s}};
        record.at = fromMs(1'760'000'000'000);
        return record;
    }
    AlertId raise(const std::string& key = "stove")
    {
        const auto made = alerts.record(wanted(key));
        return made && *made ? **made : AlertId{};
    }
    ParticipantId addPerson(const QByteArray& code, const QByteArray& role, int callingOrder = 1,
                            const QByteArray& status = "active")
    {
        const auto id = database
                            .value("INSERT INTO participant (deployment_id, code, status) SELECT id, '" + code +
                                   "', '" + status + "' FROM deployment RETURNING id")
                            .toLongLong();
        database.run("INSERT INTO participant_role (participant_id, location_id, role, calling_order) VALUES (" +
                     number(id) + "," + number(home.location.value) + ", '" + role + "', " + number(callingOrder) +
                     ")");
        return ParticipantId{id};
    }
    // Seconds until these people are told, as code:seconds; after the alert was told to a role.
    QString dueOf(AlertId alert)
    {
        return database.value(
            "SELECT string_agg(p.code || ':' || round(extract(epoch FROM r.due_at - r0.told)), ' ' ORDER "
            "BY r.due_at, p.code) FROM alert_recipient r JOIN participant p ON p.id = r.participant_id, "
            "(SELECT min(due_at) AS told FROM alert_recipient WHERE alert_id = " +
            number(alert.value) + ") r0 WHERE r.alert_id = " + number(alert.value));
    }
    AlertState stateOf(AlertId alert) { return alerts.find(alert)->life.state; }
    void age(const QByteArray& columns, int seconds)
    {
        for (const auto& column : columns.split(','))
            database.run("UPDATE alert SET " + column + " = " + column + " - interval '" + number(seconds) + " s'");
    }
};

} // namespace

class TestAlertLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_R4_aPageLooksAtWhatIsOpen();
    void oneOfACauseIsOpenAtATime();
    void causesAreToldApartByHomeSourceScriptAndDevice();
    void countsTheLastHourOfOneCause();
    void callersAreToldOneAfterTheOther();
    void whoIsNotThereIsNotTold();
    void whoIsToldTwiceIsToldTheSooner();
    void anActionNeedsADeviceOfTheHome();
    void anActionKnowsItsCommandUnderWay();
    void onlyItsRecipientsMayAnswerOnceItIsDue();
    void aSnoozeEndsByItself();
    void whatEndedIsNotReopened();
    void remindsOfWhatNobodyTookUp();
    void resolvingEndsTheOpenOnesOfThatCause();
    void freshIsWhatIsNewOrBecameDue();
    void answersAreToldToTheLogOnce();
};

void TestAlertLife::oneOfACauseIsOpenAtATime()
{
    Study study;
    const auto first = study.raise();
    QVERIFY(first);
    QVERIFY(!study.raise());
    QVERIFY(study.alerts.setState(first, AlertState::Acknowledged, u"operator:1"_s, {}));
    QVERIFY(!study.raise()); // somebody takes care of it
    QVERIFY(study.alerts.setState(first, AlertState::Dismissed, u"operator:1"_s, {}));
    const auto second = study.raise();
    QVERIFY(second && second != first);
    QVERIFY(study.alerts.setState(second, AlertState::Resolved, u"operator:1"_s, {}));
    QVERIFY(study.raise());
}

void TestAlertLife::causesAreToldApartByHomeSourceScriptAndDevice()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    QVERIFY(study.raise());
    QVERIFY(study.raise("door"));
    auto record = study.wanted();
    record.location = other.location;
    QVERIFY(*study.alerts.record(record));
    record = study.wanted();
    record.device = study.home.sensor;
    QVERIFY(*study.alerts.record(record));
    record.source = model::AlertSource::Device;
    record.script = {};
    QVERIFY(*study.alerts.record(record));
    QVERIFY(!*study.alerts.record(record)); // no script is one script
}

void TestAlertLife::countsTheLastHourOfOneCause()
{
    Study study;
    const auto count = [&] { return study.alerts.lately(study.wanted()).value_or(store::AlertsLately{-1}).ofKey; };
    QCOMPARE(count(), 0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(study.alerts.setState(study.raise(), AlertState::Resolved, u"x"_s, {}));
    study.raise("door");
    auto byDevice = study.wanted();
    byDevice.source = model::AlertSource::Device;
    byDevice.script = {};
    byDevice.device = study.home.sensor;
    QVERIFY(*study.alerts.record(byDevice));
    QCOMPARE(count(), 3); // also those that ended
    QCOMPARE(study.alerts.lately(byDevice)->ofKey, 1);
    QCOMPARE(study.alerts.lately(study.wanted())->ofScript, 4); // and the door
    study.age("at", AlertWindowS - 60);                         // the home's clock counts
    QCOMPARE(count(), 3);
    study.age("at", 61);
    QCOMPARE(count(), 0);
    QVERIFY(study.raise());
    QCOMPARE(count(), 1);
}

void TestAlertLife::callersAreToldOneAfterTheOther()
{
    Study study;
    study.addPerson("first", "caregiver", 1);
    study.addPerson("third", "caregiver", 3);
    study.addPerson("zero", "caregiver", 0); // no earlier than the first
    study.addPerson("second", "caregiver", 2);
    study.addPerson("resident", "resident", 1);
    const auto alert = study.raise();
    QVERIFY(study.alerts.recordRecipients(alert, study.home.location, "caregiver", 0ms));
    QCOMPARE(study.dueOf(alert), u"first:0 zero:0 second:%1 third:%2"_s.arg(CallingGapS).arg(2 * CallingGapS));
    QCOMPARE(study.alerts.find(alert)->recipients.last().code, u"third"_s);
    const auto later = study.raise("door");
    QVERIFY(study.alerts.recordRecipients(later, study.home.location, "resident", 90'000ms));
    const auto due =
        study.database.value("SELECT due_at > now() + interval '30 s' AND due_at <= now() + interval '90 s' "
                             "FROM alert_recipient WHERE alert_id = " +
                             number(later.value));
    QCOMPARE(due, u"t"_s);
}

void TestAlertLife::whoIsNotThereIsNotTold()
{
    Study study;
    for (const char* status : {"paused", "completed", "withdrawn"})
        study.addPerson(status, "resident", 1, status);
    study.addPerson("invited", "resident", 1, "invited");
    const auto moved = study.addPerson("moved", "resident");
    study.database.run("UPDATE participant_role SET until = now() - interval '1 s' WHERE participant_id = " +
                       number(moved.value));
    const auto leaving = study.addPerson("leaving", "resident");
    study.database.run("UPDATE participant_role SET until = now() + interval '1 h' WHERE participant_id = " +
                       number(leaving.value));
    const auto alert = study.raise();
    QVERIFY(study.alerts.recordRecipients(alert, study.home.location, "resident", 0ms));
    QCOMPARE(study.dueOf(alert), u"invited:0 leaving:0"_s);
    QVERIFY(study.alerts.recordRecipients(study.raise("none"), study.home.location, "supporter", 0ms));
}

void TestAlertLife::whoIsToldTwiceIsToldTheSooner()
{
    Study study;
    const auto person = study.addPerson("both", "resident");
    study.addPerson("anchor", "student");
    study.database.run("INSERT INTO participant_role (participant_id, location_id, role, calling_order) VALUES (" +
                       number(person.value) + "," + number(study.home.location.value) + ", 'caregiver', 2)");
    const auto told = [&](const std::vector<std::string>& roles, const std::string& key) {
        const auto alert = study.raise(key);
        (void)study.connection->transaction([&]() -> Result<void> {
            COHORT_CHECK(study.alerts.recordRecipients(alert, study.home.location, "student", 0ms));
            for (const auto& role : roles)
                COHORT_CHECK(study.alerts.recordRecipients(alert, study.home.location, role, 10'000ms));
            return {};
        });
        return study.dueOf(alert);
    };
    QCOMPARE(told({"caregiver"}, "one"), u"anchor:0 both:%1"_s.arg(CallingGapS + 10));
    QCOMPARE(told({"caregiver", "resident"}, "two"), u"anchor:0 both:10"_s);
    QCOMPARE(told({"resident", "caregiver"}, "three"), u"anchor:0 both:10"_s);
}

void TestAlertLife::anActionNeedsADeviceOfTheHome()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    AlertActionRecord action;
    action.alert = study.raise();
    action.location = study.home.location;
    action.key = "off";
    action.device = other.sensor;
    QVERIFY(!*study.alerts.recordAction(action));
    action.device = study.home.sensor;
    QVERIFY(*study.alerts.recordAction(action));
    QCOMPARE(study.alerts.recordAction(action).error().code, ErrorCode::AlreadyExists); // a position is taken once
    study.database.run("UPDATE device SET retired_at = now() WHERE key = 'sensor-a'");
    action.position = 1;
    QVERIFY(!*study.alerts.recordAction(action));
    QCOMPARE(study.alerts.find(action.alert)->actions.size(), 1);
}

void TestAlertLife::anActionKnowsItsCommandUnderWay()
{
    Study study;
    AlertActionRecord wanted;
    wanted.alert = study.raise();
    wanted.location = study.home.location;
    wanted.key = "off";
    wanted.device = study.home.sensor;
    wanted.parameters = {QJsonObject{{u"name"_s, u"power"_s}, {u"value"_s, 0}}};
    QVERIFY(*study.alerts.recordAction(wanted));
    const auto id = study.alerts.find(wanted.alert)->actions.first().id;
    const auto other = study.raise("door");
    QVERIFY(!*study.alerts.action(other, id)); // another alert's
    const auto found = study.alerts.action(wanted.alert, id);
    QVERIFY(found && *found);
    QCOMPARE((*found)->device, study.home.sensor);
    QCOMPARE((*found)->parameters, wanted.parameters);
    QVERIFY(!(*found)->openCommand);
    CommandRepository commands(*study.connection);
    CommandRecord command;
    command.deployment = study.home.deployment;
    command.location = study.home.location;
    command.device = study.home.sensor;
    command.parameters = wanted.parameters;
    command.requestedBy = u"operator:1"_s;
    command.alert = wanted.alert;
    const auto made = commands.record(command);
    QVERIFY(made && made->id);
    QCOMPARE((*study.alerts.action(wanted.alert, id))->openCommand, *made->id);
    study.database.run("UPDATE command SET state = 'received'");
    QCOMPARE((*study.alerts.action(wanted.alert, id))->openCommand, *made->id);
    study.database.run("UPDATE command SET state = 'executed'");
    QVERIFY(!(*study.alerts.action(wanted.alert, id))->openCommand);
}

void TestAlertLife::onlyItsRecipientsMayAnswerOnceItIsDue()
{
    Study study;
    const auto person = study.addPerson("P1", "resident"), stranger = study.addPerson("P2", "student");
    const auto alert = study.raise();
    QVERIFY(study.alerts.recordRecipients(alert, study.home.location, "resident", 0ms));
    const auto mayAnswer = [&](ParticipantId who) { return study.alerts.lock(alert, who)->has_value(); };
    QVERIFY(mayAnswer(person) && !mayAnswer(stranger));
    const auto locked = *study.alerts.lock(alert, {}); // an operator
    QVERIFY(locked);
    QCOMPARE(locked->location, study.home.location);
    QCOMPARE(locked->state, AlertState::Open);
    study.database.run("UPDATE alert_recipient SET due_at = now() + interval '1 min'");
    QVERIFY(!mayAnswer(person));
    study.database.run("UPDATE alert_recipient SET due_at = now() - interval '1 s'");
    study.database.run("UPDATE participant SET status = 'withdrawn'");
    QVERIFY(!mayAnswer(person));
    QVERIFY(!study.alerts.lock(AlertId{99}, {})->has_value());
}

void TestAlertLife::aSnoozeEndsByItself()
{
    Study study;
    const auto alert = study.raise(), kept = study.raise("door");
    QVERIFY(study.alerts.setState(alert, AlertState::Acknowledged, u"participant:1"_s, 600'000ms));
    QVERIFY(study.alerts.setState(kept, AlertState::Acknowledged, u"participant:1"_s, {}));
    QVERIFY(study.alerts.reopenSnoozed()->empty());
    QVERIFY(study.alerts.find(alert)->life.snoozedUntil && !study.alerts.find(kept)->life.snoozedUntil);
    study.age("snoozed_until", 601);
    const auto reopened = study.alerts.reopenSnoozed();
    QVERIFY(reopened);
    QCOMPARE(reopened->size(), std::size_t{1});
    QCOMPARE(reopened->front().id, alert);
    QCOMPARE(reopened->front().deployment, study.home.deployment);
    const auto life = study.alerts.find(alert)->life;
    QVERIFY(life.state == AlertState::Open && !life.snoozedUntil && life.stateBy.isEmpty());
    QCOMPARE(study.stateOf(kept), AlertState::Acknowledged); // until somebody ends it
    QVERIFY(study.alerts.reopenSnoozed()->empty());
}

void TestAlertLife::whatEndedIsNotReopened()
{
    Study study;
    const auto alert = study.raise();
    QVERIFY(study.alerts.setState(alert, AlertState::Acknowledged, u"participant:1"_s, 1ms));
    QVERIFY(study.alerts.setState(alert, AlertState::Resolved, u"operator:1"_s, {}));
    study.age("created_at", 60);
    QVERIFY(study.alerts.reopenSnoozed()->empty());
    QCOMPARE(study.stateOf(alert), AlertState::Resolved);
    QVERIFY(!study.alerts.find(alert)->life.snoozedUntil);
}

void TestAlertLife::remindsOfWhatNobodyTookUp()
{
    Study study;
    const auto person = study.addPerson("P1", "resident");
    auto record = study.wanted();
    record.repeat = 600'000ms;
    const auto alert = **study.alerts.record(record);
    const auto once = study.raise("once");
    for (const auto one : {alert, once})
        QVERIFY(study.alerts.recordRecipients(one, study.home.location, "resident", 0ms));
    QVERIFY(study.alerts.remind()->empty()); // has not even been seen
    QVERIFY(InboxRepository(*study.connection, person).markDelivered());
    study.database.run("UPDATE alert_recipient SET delivered_at = now() - interval '590 s'");
    QVERIFY(study.alerts.remind()->empty());
    study.database.run("UPDATE alert_recipient SET delivered_at = now() - interval '601 s'");
    const auto due = study.alerts.remind();
    QCOMPARE(due->size(), std::size_t{1});
    QCOMPARE(due->front().id, alert);
    QVERIFY(!study.alerts.find(alert)->recipients.first().deliveredAt);
    QVERIFY(study.alerts.find(once)->recipients.first().deliveredAt);
    QVERIFY(study.alerts.remind()->empty());
    QVERIFY(study.alerts.setState(alert, AlertState::Acknowledged, u"participant:1"_s, {}));
    study.database.run("UPDATE alert_recipient SET delivered_at = now() - interval '601 s'");
    QVERIFY(study.alerts.remind()->empty()); // somebody takes care of it
}

void TestAlertLife::resolvingEndsTheOpenOnesOfThatCause()
{
    Study study;
    const auto open = study.raise(), other = study.raise("door");
    QVERIFY(study.alerts.setState(open, AlertState::Acknowledged, u"operator:1"_s, 600'000ms));
    const auto ended = study.alerts.resolveCause(study.home.location, study.script, "stove", u"script:1"_s);
    QVERIFY(ended);
    QCOMPARE(*ended, std::vector<AlertId>{open});
    const auto life = study.alerts.find(open)->life;
    QVERIFY(life.state == AlertState::Resolved && !life.snoozedUntil);
    QCOMPARE(life.stateBy, u"script:1"_s);
    QCOMPARE(study.stateOf(other), AlertState::Open);
    QVERIFY(study.alerts.resolveCause(study.home.location, study.script, "stove", u"x"_s)->empty());
    QVERIFY(study.alerts.resolveCause(study.home.location, ScriptId{99}, "door", u"x"_s)->empty());
    QVERIFY(study.alerts.resolveCause(LocationId{99}, study.script, "door", u"x"_s)->empty());
}

void TestAlertLife::freshIsWhatIsNewOrBecameDue()
{
    Study study;
    study.addPerson("P1", "resident");
    const auto alert = study.raise();
    QVERIFY(study.alerts.recordRecipients(alert, study.home.location, "resident", 0ms));
    const auto created = study.alerts.find(alert)->life.createdAt;
    const auto isFreshSince = [&](Timestamp since) { return study.alerts.freshSince(since)->size() == 1; };
    QVERIFY(isFreshSince(created - 1ms));
    QVERIFY(!isFreshSince(created + 60s));
    study.age("created_at", 3'600);
    study.database.run("UPDATE alert_recipient SET due_at = now() - interval '10 s'");
    QVERIFY(isFreshSince(created - 60s)); // became due
    study.database.run("UPDATE alert_recipient SET due_at = now() + interval '10 min'");
    QVERIFY(!isFreshSince(created - 60s)); // has not yet
    QVERIFY(study.alerts.setState(alert, AlertState::Dismissed, u"operator:1"_s, {}));
    QVERIFY(!isFreshSince(created - 7'200s));
}

void TestAlertLife::answersAreToldToTheLogOnce()
{
    Study study;
    const auto alert = study.raise();
    using model::AnswerKind;
    QVERIFY(study.alerts.recordAnswer(alert, u"operator:1"_s, AnswerKind::Comment, 0, u"seen"_s));
    QVERIFY(study.alerts.recordAnswer(alert, u"participant:1"_s, AnswerKind::Acknowledge, 0, u""_s));
    QVERIFY(study.alerts.recordAnswer(alert, u"operator:1"_s, AnswerKind::Resolve, 0, u""_s));
    const auto answers = study.alerts.unlogged();
    QVERIFY(answers);
    QCOMPARE(answers->size(), std::size_t{2}); // a comment is for people only
    QCOMPARE(answers->front().answer, AnswerKind::Acknowledge);
    QCOMPARE(answers->front().actor, u"participant:1"_s);
    QCOMPARE(answers->front().key, std::string("stove"));
    QVERIFY(answers->front().action.isEmpty() && !answers->front().already);
    QVERIFY(study.alerts.markLogged({answers->front().id}));
    QCOMPARE(study.alerts.unlogged()->front().answer, AnswerKind::Resolve);
    study.database.run("INSERT INTO event (writer, batch, ordinal, location_id, kind, time, data) VALUES (1, 1, 0, " +
                       number(study.home.location.value) +
                       ", 'alert-answered', now(), '{\"answerId\": " + number(answers->back().id) + "}')");
    QVERIFY(study.alerts.unlogged()->front().already); // only its mark was lost
    QVERIFY(study.alerts.markLogged({answers->back().id}));
    QVERIFY(study.alerts.unlogged()->empty());
    QVERIFY(study.alerts.markLogged({}));
}

// However many alerts a home had: those that ended long ago are not looked at.
void TestAlertLife::finding_R4_aPageLooksAtWhatIsOpen()
{
    const auto touched = [](int alerts) {
        Study study;
        const ParticipantId person = study.addPerson("P1", "resident");
        study.database.run("INSERT INTO alert (deployment_id, location_id, source, key, texts, state, at, state_at) "
                           "SELECT deployment_id, id, 'script', i::text, '{}', CASE WHEN i <= 3 THEN 'open' ELSE "
                           "'resolved' END, t, t FROM location, generate_series(1, " +
                           number(alerts) +
                           ") i, (SELECT now() - interval '9 days' AS t) x;"
                           "INSERT INTO alert_recipient (alert_id, participant_id, due_at, delivered_at) SELECT id, " +
                           number(person.value) + ", at, at FROM alert");
        study.database.run("VACUUM ANALYZE");
        if (InboxRepository(*study.connection, person).alerts()->size() != 3)
            return qint64{-1};
        QByteArray text = sqlText(Sql::InboxAlerts).text;
        text.replace(":participant", number(person.value)).replace(":ended_within_s", "3600").replace(":count", "50");
        const auto plan =
            QJsonDocument::fromJson(study.database.value("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + text).toUtf8());
        const auto top = plan.array().first().toObject().value("Plan"_L1).toObject();
        return top.value("Shared Hit Blocks"_L1).toInteger(-1) + top.value("Shared Read Blocks"_L1).toInteger();
    };
    const qint64 few = touched(100), many = touched(10'000);
    QVERIFY2(few > 0 && many > 0 && many <= few + 20, qPrintable(u"%1 → %2"_s.arg(few).arg(many)));
}

QTEST_GUILESS_MAIN(TestAlertLife)
#include "tst_alert_life.moc"
