// People, rooms and homes are changed, ended and removed: what that ends, who may, and that it is in the audit log.
#include "tests/integration/api/operations/busy_study.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestUndo : public QObject, private BusyStudy
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void finding_G22_aPersonIsChanged();
    void finding_G22_namesAreChangedByThoseWhoMaySeeThem();
    void finding_G22_anEndedParticipationHasNothingLeft_data();
    void finding_G22_anEndedParticipationHasNothingLeft();
    void finding_G22_aRoomIsRemovedAndItsDevicesStay();
    void finding_G22_anEmptyHomeIsRetired();
    void finding_G19_factsOfAHomeAreNamedWithTheirScript();
};

void TestUndo::finding_G22_aPersonIsChanged()
{
    const qint64 id = person();
    const auto changed = call(u"participant.update"_s, {{u"id"_s, id},
                                                        {u"language"_s, u"de"_s},
                                                        {u"name"_s, u"Erna M."_s},
                                                        {u"email"_s, u""_s},
                                                        {u"roles"_s, QJsonArray{role(m_second, u"caregiver"_s)}}});
    QVERIFY2(changed, qPrintable(codeOf(changed)));
    QCOMPARE(changed->value("language"_L1).toString(), u"de"_s);
    QCOMPARE(changed->value("name"_L1).toString(), u"Erna M."_s);
    QVERIFY(changed->value("email"_L1).isNull());
    QCOMPARE(changed->value("roles"_L1).toArray().size(), 1);
    QCOMPARE(changed->value("roles"_L1).toArray().first()["location"_L1].toInteger(), m_second);
    const auto left = call(u"location.get"_s, {{u"id"_s, qint64{m_api->a.location.value}}});
    QVERIFY(left->value("participants"_L1).toArray().isEmpty()); // taken off that home
    const auto back = call(u"participant.update"_s,
                           {{u"id"_s, id}, {u"roles"_s, QJsonArray{role(m_api->a.location.value, u"resident"_s)}}});
    QVERIFY2(back, qPrintable(codeOf(back)));
    QCOMPARE(back->value("name"_L1).toString(), u"Erna M."_s); // what is not given stays
    QCOMPARE(audited("participant.update"), u"participant:%1"_s.arg(id));
    QCOMPARE(count("audit WHERE detail::text LIKE '%Erna%'"), 0);
}

void TestUndo::finding_G22_namesAreChangedByThoseWhoMaySeeThem()
{
    const qint64 id = person();
    const QString blind = m_api->operatorWith(u"c@example.org"_s, {{m_api->a.deployment, Role::Coordinator}});
    QCOMPARE(codeOf(m_api->call(blind, u"participant.update"_s, {{u"id"_s, id}, {u"name"_s, u"X"_s}})),
             u"access-denied"_s);
    QCOMPARE(codeOf(m_api->call(blind, u"participant.update"_s, {{u"id"_s, id}, {u"language"_s, u"de"_s}})), u"ok"_s);
    QCOMPARE(m_api->database.value("SELECT name FROM participant_identity"), u"Erna Muster"_s);
}

void TestUndo::finding_G22_anEndedParticipationHasNothingLeft_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("completed") << u"completed"_s;
    QTest::newRow("withdrawn") << u"withdrawn"_s;
}

void TestUndo::finding_G22_anEndedParticipationHasNothingLeft()
{
    QFETCH(QString, how);
    const qint64 id = person();
    const QByteArray number = QByteArray::number(id);
    m_api->database.run("INSERT INTO participant_session (token_hash, participant_id, expires_at) VALUES ('x', " +
                        number +
                        ", now() + interval '1 day');"
                        "INSERT INTO participant_login (participant_id, username, password_hash) VALUES (" +
                        number + ", 'erna', 'x')");
    (void)call(u"question.ask"_s, {{u"participant"_s, id}, {u"text"_s, u"Well?"_s}, {u"type"_s, u"yes-no"_s}});
    const auto ended = call(u"participant.end"_s, {{u"id"_s, id}, {u"how"_s, how}});
    QVERIFY2(ended, qPrintable(codeOf(ended)));
    QCOMPARE(ended->value("status"_L1).toString(), how);
    QVERIFY(ended->value("roles"_L1).toArray().isEmpty());
    QCOMPARE(ended->value("openQuestions"_L1).toInt(), 0);
    QCOMPARE(count("participant_session") + count("participant_login") + count("enrolment_code"), 0);
    QCOMPARE(count("message WHERE state = 'expired'"), 1);
    QCOMPARE(codeOf(call(u"participant.end"_s, {{u"id"_s, id}, {u"how"_s, how}})), u"conflict"_s);
    QCOMPARE(codeOf(call(u"participant.enrolmentCode"_s, {{u"id"_s, id}})), u"conflict"_s);
    QCOMPARE(
        codeOf(call(u"participant.update"_s, {{u"id"_s, id}, {u"roles"_s, QJsonArray{role(m_second, u"resident"_s)}}})),
        u"conflict"_s);
    QCOMPARE(audited("participant.end"), u"participant:%1"_s.arg(id));
}

void TestUndo::finding_G22_aRoomIsRemovedAndItsDevicesStay()
{
    const qint64 room = idOf(
        call(u"room.create"_s,
             {{u"location"_s, qint64{m_api->a.location.value}}, {u"kind"_s, u"kitchen"_s}, {u"name"_s, u"Kitchen"_s}}));
    const QJsonObject device{{u"id"_s, qint64{m_api->a.sensor.value}}, {u"room"_s, room}};
    QVERIFY(call(u"device.update"_s, device));
    QCOMPARE(codeOf(call(u"room.remove"_s, {{u"id"_s, room}})), u"ok"_s);
    QCOMPARE(count("room"), 0);
    QVERIFY(call(u"device.get"_s, {{u"id"_s, qint64{m_api->a.sensor.value}}})->value("room"_L1).isNull());
    QCOMPARE(codeOf(call(u"room.remove"_s, {{u"id"_s, room}})), u"not-found"_s);
    QCOMPARE(audited("room.remove"), u"room:%1"_s.arg(room));
}

void TestUndo::finding_G22_anEmptyHomeIsRetired()
{
    const QJsonObject full{{u"id"_s, qint64{m_api->a.location.value}}};
    const auto refused = call(u"location.retire"_s, full);
    QCOMPARE(codeOf(refused), u"conflict"_s);
    QVERIFY(refused.error().detail.contains(u"devices (2)"_s));
    busyScript();
    QCOMPARE(codeOf(call(u"location.retire"_s, {{u"id"_s, m_second}})), u"ok"_s);
    QCOMPARE(count("script_instance"), 1);
    QCOMPARE(count("alert WHERE state = 'open'"), 1);
    QCOMPARE(codeOf(call(u"location.get"_s, {{u"id"_s, m_second}})), u"wrong-location"_s);
    const auto list = call(u"location.list"_s, {{u"deployment"_s, qint64{m_api->a.deployment.value}}});
    QCOMPARE(list->value("items"_L1).toArray().size(), 1);
    QVERIFY(idOf(call(u"location.create"_s,
                      {{u"deployment"_s, qint64{m_api->a.deployment.value}}, {u"name"_s, u"second"_s}})) > m_second);
    QCOMPARE(audited("location.retire"), u"location:%1"_s.arg(m_second));
}

void TestUndo::finding_G19_factsOfAHomeAreNamedWithTheirScript()
{
    const qint64 id = busyScript();
    m_api->database.run("INSERT INTO stream (location_id, name, script_id) VALUES (" + home() + ", 'syn.visits', " +
                        QByteArray::number(id) +
                        ");"
                        "INSERT INTO stream (location_id, device_id, name, script_id) VALUES (" +
                        home() + ", " + QByteArray::number(qint64{m_api->a.sensor.value}) + ", 'syn.hot', " +
                        QByteArray::number(id) +
                        ");"
                        "INSERT INTO stream (location_id, device_id, name) VALUES (" +
                        home() + ", " + QByteArray::number(qint64{m_api->a.sensor.value}) + ", 'power')");
    const auto got = call(u"location.get"_s, {{u"id"_s, qint64{m_api->a.location.value}}});
    const QJsonArray facts = got->value("facts"_L1).toArray();
    QCOMPARE(facts.size(), 2);
    QCOMPARE(facts.at(0)["name"_L1].toString(), u"hot"_s);
    QCOMPARE(facts.at(0)["device"_L1].toInteger(), qint64{m_api->a.sensor.value});
    QCOMPARE(facts.at(1)["name"_L1].toString(), u"visits"_s);
    QVERIFY(facts.at(1)["device"_L1].isNull());
    QVERIFY(facts.at(1)["latest"_L1].isNull());
    QCOMPARE(facts.at(1)["scriptName"_L1].toString(), u"Stove"_s);
}

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
