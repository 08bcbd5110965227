// Who is told of an alert, and who is not: nobody else once somebody takes care, nobody who has left, all when it came to nothing.
#include "tests/unit/server/actions/reach_study.h"

#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/script_deployment_repository.h"

#include <QTest>

using namespace cohort;
using namespace cohort::actions;
using namespace cohort::actions::test;

class TestTelling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_G23_tellingStopsWhenSomebodyTakesCare_data();
    void finding_G23_tellingStopsWhenSomebodyTakesCare();
    void finding_S6_whoHasLeftTheHomeIsToldNoMore_data();
    void finding_S6_whoHasLeftTheHomeIsToldNoMore();
    void finding_G12_whoRestsIsToldOfNoAlert();
    void finding_G23_tellingGoesOnAfterASnooze();
    void finding_G23_tellingGoesOnWhenTheActionCameToNothing_data();
    void finding_G23_tellingGoesOnWhenTheActionCameToNothing();
    void finding_G23_oneActionDoneHidesNoOtherThatCameToNothing_data();
    void finding_G23_oneActionDoneHidesNoOtherThatCameToNothing();
};

void TestTelling::finding_G23_tellingStopsWhenSomebodyTakesCare_data()
{
    QTest::addColumn<QString>("how");
    for (const char* how :
         {"acknowledge", "acknowledge twice", "dismiss", "resolve", "the script resolves", "the script goes"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestTelling::finding_G23_tellingStopsWhenSomebodyTakesCare()
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

void TestTelling::finding_S6_whoHasLeftTheHomeIsToldNoMore_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("nothing changes") << QByteArray("until = NULL") << true;
    QTest::newRow("the role ends later") << QByteArray("until = now() + interval '1 hour'") << true;
    QTest::newRow("the role has ended") << QByteArray("until = now() - interval '1 s'") << false;
    QTest::newRow("another role") << QByteArray("role = 'supporter'") << true;
}

void TestTelling::finding_S6_whoHasLeftTheHomeIsToldNoMore()
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

void TestTelling::finding_G12_whoRestsIsToldOfNoAlert()
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

void TestTelling::finding_G23_tellingGoesOnAfterASnooze()
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

void TestTelling::finding_G23_tellingGoesOnWhenTheActionCameToNothing_data()
{
    QTest::addColumn<QByteArray>("became");
    QTest::addColumn<QString>("state");
    QTest::newRow("carried out") << QByteArray("executed") << u"acknowledged"_s;
    QTest::newRow("failed") << QByteArray("failed") << u"open"_s;
    QTest::newRow("not reached") << QByteArray("expired") << u"open"_s;
}

void TestTelling::finding_G23_tellingGoesOnWhenTheActionCameToNothing()
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

void TestTelling::finding_G23_oneActionDoneHidesNoOtherThatCameToNothing_data()
{
    QTest::addColumn<QByteArrayList>("became"); // of the sensor's, the gateway's, and the sensor's second
    QTest::addColumn<QString>("state");
    QTest::newRow("both done") << QByteArrayList{"executed", "executed"} << u"acknowledged"_s;
    QTest::newRow("the first failed") << QByteArrayList{"failed", "executed"} << u"open"_s;
    QTest::newRow("the second failed") << QByteArrayList{"executed", "expired"} << u"open"_s;
    QTest::newRow("done at the second try") << QByteArrayList{"failed", "executed", "executed"} << u"acknowledged"_s;
}

void TestTelling::finding_G23_oneActionDoneHidesNoOtherThatCameToNothing()
{
    QFETCH(QByteArrayList, became);
    QFETCH(QString, state);
    Study study;
    study.database.run("UPDATE device SET type = 10014");
    NewAlert wanted = study.wantedAlert("stoves-on", Begin);
    wanted.recipients = {{"resident", 0ms}};
    for (const DeviceId device : {study.home.sensor, study.home.gateway})
        wanted.actions.push_back({"off", {{u"en"_s, u"Off"_s}}, device, study.wantedCommand().parameters});
    const AlertId alert = **recordAlert(*study.connection, wanted);
    const qint64 first = study.database.value("SELECT min(id) FROM alert_action").toLongLong();
    for (qsizetype i = 0; i < became.size(); ++i) {
        QVERIFY(study.answers.act(alert, first + i % 2, {{}, study.resident}));
        study.database.run("UPDATE command SET state = '" + became[i] +
                           "', finished_at = now() WHERE id = (SELECT max(id) FROM command)");
    }
    study.pass(90);
    QVERIFY(store::AlertRepository(*study.connection).reopenUndone());
    QCOMPARE(study.database.value("SELECT state FROM alert"), state);
}

QTEST_GUILESS_MAIN(TestTelling)
#include "tst_telling.moc"
