// What was made is taken off, retired, changed and ended: what that ends, who may, and that it is in the audit log.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
        m_second = m_api->database
                       .value("INSERT INTO location (deployment_id, name, time_zone) VALUES (" + deployment() +
                              ", 'second', 'UTC') RETURNING id")
                       .toLongLong();
    }
    void cleanup() { m_api.reset(); }

    void finding_G16_takenOffItEndsWhatItHadThere_data();
    void finding_G16_takenOffItEndsWhatItHadThere();
    void finding_G16_oneHomeIsLeftOutOfAll();
    void finding_G16_aRetiredScriptIsGoneAndItsNameIsFree();
    void finding_G16_whatIsNotDeployedCannotBeTakenOff();
    void finding_G16_analystsTakeOffShadowsOnly();
    void finding_G16_whatEndsIsToldBefore();
    void finding_G22_rollingBackNeedsSomethingThatRuns();
    void finding_G22_twoVersionsAreCompared();
    void finding_G22_aPersonIsChanged();
    void finding_G22_namesAreChangedByThoseWhoMaySeeThem();
    void finding_G22_anEndedParticipationHasNothingLeft_data();
    void finding_G22_anEndedParticipationHasNothingLeft();
    void finding_G22_aRoomIsRemovedAndItsDevicesStay();
    void finding_G22_anEmptyHomeIsRetired();
    void finding_G19_factsOfAHomeAreNamedWithTheirScript();

private:
    QByteArray deployment() const { return QByteArray::number(qint64{m_api->a.deployment.value}); }
    QByteArray home() const { return QByteArray::number(qint64{m_api->a.location.value}); }
    Result<QJsonObject> call(const QString& method, const QJsonObject& params)
    {
        return m_api->call(m_admin, method, params);
    }
    qint64 count(const QByteArray& from) const
    {
        return m_api->database.value("SELECT count(*) FROM " + from).toLongLong();
    }
    // A script in two versions, live (or as `mode` says) everywhere, with an instance, a timer, an alert and a question in
    // each home, as Composer leaves them.
    qint64 busyScript(const QString& mode = u"live"_s)
    {
        const qint64 id = idOf(call(u"script.create"_s, {{u"deployment"_s, qint64{m_api->a.deployment.value}},
                                                         {u"name"_s, u"Stove"_s},
                                                         {u"source"_s, u"a\nb\n"_s}}));
        call(u"script.saveVersion"_s, {{u"id"_s, id}, {u"source"_s, u"a\nc\n"_s}});
        call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, mode}});
        const QByteArray script = QByteArray::number(id), how = mode.toLatin1();
        m_api->database.run(
            "INSERT INTO participant (deployment_id, code) VALUES (" + deployment() +
            ", 'P-1') ON CONFLICT DO NOTHING;"
            "INSERT INTO script_instance (script_id, location_id, mode, version_id, state) SELECT " +
            script + ", l.id, '" + how + "', (SELECT max(id) FROM script_version WHERE script_id = " + script +
            "), '{\"n\": 1}' FROM location l WHERE l.deployment_id = " + deployment() +
            ";"
            "INSERT INTO script_timer (script_id, location_id, mode, name, due) SELECT script_id, location_id, mode, "
            "'later', now() FROM script_instance;"
            "INSERT INTO alert (deployment_id, location_id, source, script_id, key, texts, at) SELECT " +
            deployment() + ", l.id, 'script', " + script +
            ", 'hot', '{\"en\": \"Hot\"}', now() FROM location l WHERE l.deployment_id = " + deployment() +
            ";"
            "INSERT INTO message (deployment_id, participant_id, location_id, direction, kind, text, author, question) "
            "SELECT " +
            deployment() + ", p.id, l.id, 'to-participant', 'question', 'Well?', 'script:" + script +
            "', '{\"type\": \"yes-no\", \"choices\": []}' FROM location l JOIN participant p ON p.deployment_id = "
            "l.deployment_id WHERE p.code = 'P-1'");
        return id;
    }
    qint64 person()
    {
        return idOf(
            call(u"participant.create"_s, {{u"deployment"_s, qint64{m_api->a.deployment.value}},
                                           {u"name"_s, u"Erna Muster"_s},
                                           {u"email"_s, u"erna@example.org"_s},
                                           {u"roles"_s, QJsonArray{role(m_api->a.location.value, u"resident"_s)}}}));
    }
    static QJsonObject role(qint64 home, const QString& name) { return {{u"location"_s, home}, {u"role"_s, name}}; }
    QString audited(const QByteArray& action)
    {
        return m_api->database.value("SELECT object FROM audit WHERE action = '" + action +
                                     "' ORDER BY id DESC LIMIT 1");
    }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
    qint64 m_second = 0; // another home of deployment a
};

void TestUndo::finding_G16_takenOffItEndsWhatItHadThere_data()
{
    QTest::addColumn<bool>("oneHome");
    QTest::addColumn<int>("left"); // homes in which it still is
    QTest::newRow("off all homes") << false << 0;
    QTest::newRow("off one home") << true << 1;
}

void TestUndo::finding_G16_takenOffItEndsWhatItHadThere()
{
    QFETCH(bool, oneHome);
    QFETCH(int, left);
    const qint64 id = busyScript();
    QJsonObject wanted{{u"id"_s, id}};
    if (oneHome)
        wanted.insert(u"locations"_s, QJsonArray{m_second});
    const auto off = call(u"script.undeploy"_s, wanted);
    QVERIFY2(off, qPrintable(codeOf(off)));
    QCOMPARE(off->value("status"_L1).toString(), left > 0 ? u"live"_s : u"draft"_s);
    QCOMPARE(count("script_instance"), left);
    QCOMPARE(count("script_timer"), left);
    QCOMPARE(count("alert WHERE state = 'open'"), left);
    QCOMPARE(count("alert WHERE state = 'resolved' AND state_by LIKE 'operator:%'"), 2 - left);
    QCOMPARE(count("message WHERE answered_at IS NULL"), left);
    QCOMPARE(count("message WHERE state = 'expired' AND answer IS NULL"), 2 - left);
    QCOMPARE(audited("script.undeploy"), u"script:%1"_s.arg(id));
    const auto again = call(u"script.undeploy"_s, wanted);
    QCOMPARE(codeOf(again), u"conflict"_s); // there is nothing to take off
}

void TestUndo::finding_G16_oneHomeIsLeftOutOfAll()
{
    const qint64 id = busyScript();
    QVERIFY(call(u"script.undeploy"_s, {{u"id"_s, id}, {u"locations"_s, QJsonArray{m_second}}}));
    const auto placed = [&](qint64 where) {
        return m_api->database.value("SELECT script_is_placed(" + QByteArray::number(id) + ", " +
                                     QByteArray::number(where) + ", 'live')::text");
    };
    QCOMPARE(placed(m_second), u"false"_s);
    QCOMPARE(placed(m_api->a.location.value), u"true"_s);
    QVERIFY(call(u"script.rollback"_s, {{u"id"_s, id}, {u"version"_s, 1}})); // does not bring it back there
    QCOMPARE(placed(m_second), u"false"_s);
    QVERIFY(call(u"script.pause"_s, {{u"id"_s, id}, {u"locations"_s, QJsonArray{m_second}}}));
    QVERIFY(call(u"script.resume"_s, {{u"id"_s, id}, {u"locations"_s, QJsonArray{m_second}}}));
    QCOMPARE(placed(m_second), u"false"_s);
    const auto got = call(u"script.get"_s, {{u"id"_s, id}});
    bool told = false;
    for (const auto& one : got->value("deployments"_L1).toArray())
        told = told || (one["location"_L1].toInteger() == m_second && one["takenOff"_L1].toBool());
    QVERIFY(told);
    QVERIFY(call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"live"_s}})); // all is all
    QCOMPARE(placed(m_second), u"true"_s);
}

void TestUndo::finding_G16_aRetiredScriptIsGoneAndItsNameIsFree()
{
    const qint64 id = busyScript();
    const auto retired = call(u"script.retire"_s, {{u"id"_s, id}});
    QVERIFY2(retired, qPrintable(codeOf(retired)));
    QCOMPARE(count("script_instance") + count("script_timer") + count("alert WHERE state = 'open'") +
                 count("message WHERE answered_at IS NULL") + count("script_deployment"),
             0);
    QCOMPARE(audited("script.retire"), u"script:%1"_s.arg(id));
    QCOMPARE(count("script_version WHERE script_id = " + QByteArray::number(id)), 2); // what was written stays
    for (const QString& method :
         {u"script.get"_s, u"script.retire"_s, u"script.undeploy"_s, u"script.pause"_s, u"script.versions"_s})
        QCOMPARE(codeOf(call(method, {{u"id"_s, id}})), u"not-found"_s);
    QCOMPARE(codeOf(call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"live"_s}})), u"not-found"_s);
    QCOMPARE(codeOf(call(u"script.saveVersion"_s, {{u"id"_s, id}, {u"source"_s, u"x"_s}})), u"not-found"_s);
    QVERIFY(call(u"script.list"_s, {{u"deployment"_s, qint64{m_api->a.deployment.value}}})
                ->value("items"_L1)
                .toArray()
                .isEmpty());
    QVERIFY(idOf(call(u"script.create"_s,
                      {{u"deployment"_s, qint64{m_api->a.deployment.value}}, {u"name"_s, u"Stove"_s}})) > id);
}

void TestUndo::finding_G16_whatIsNotDeployedCannotBeTakenOff()
{
    const qint64 id = idOf(
        call(u"script.create"_s,
             {{u"deployment"_s, qint64{m_api->a.deployment.value}}, {u"name"_s, u"Draft"_s}, {u"source"_s, u"a"_s}}));
    QCOMPARE(codeOf(call(u"script.undeploy"_s, {{u"id"_s, id}})), u"conflict"_s);
    QVERIFY(call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"shadow"_s}}));
    QCOMPARE(codeOf(call(u"script.undeploy"_s, {{u"id"_s, id}, {u"mode"_s, u"live"_s}})), u"conflict"_s);
    QCOMPARE(codeOf(call(u"script.undeploy"_s,
                         {{u"id"_s, id}, {u"locations"_s, QJsonArray{qint64{m_api->b.location.value}}}})),
             u"wrong-location"_s);
    QVERIFY(call(u"script.undeploy"_s, {{u"id"_s, id}, {u"mode"_s, u"shadow"_s}}));
}

void TestUndo::finding_G16_analystsTakeOffShadowsOnly()
{
    const QString analyst = m_api->operatorWith(u"analyst@example.org"_s, {{m_api->a.deployment, Role::Analyst}});
    const qint64 id = busyScript();
    QCOMPARE(codeOf(m_api->call(analyst, u"script.undeploy"_s, {{u"id"_s, id}})), u"access-denied"_s);
    QCOMPARE(codeOf(m_api->call(analyst, u"script.retire"_s, {{u"id"_s, id}})), u"access-denied"_s);
    QCOMPARE(count("alert WHERE state = 'open'"), 2);
    QVERIFY(call(u"script.undeploy"_s, {{u"id"_s, id}}));
    QVERIFY(call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"shadow"_s}}));
    QCOMPARE(codeOf(m_api->call(analyst, u"script.undeploy"_s, {{u"id"_s, id}, {u"mode"_s, u"shadow"_s}})), u"ok"_s);
    QCOMPARE(codeOf(m_api->call(analyst, u"script.retire"_s, {{u"id"_s, id}})), u"ok"_s);
}

void TestUndo::finding_G16_whatEndsIsToldBefore()
{
    const qint64 id = busyScript();
    const auto instances = call(u"script.get"_s, {{u"id"_s, id}})->value("instances"_L1).toArray();
    QCOMPARE(instances.size(), 2);
    for (const auto& one : instances)
        for (const auto& part : {"openAlerts"_L1, "openQuestions"_L1, "timers"_L1})
            QCOMPARE(one[part].toInt(), 1);
}

void TestUndo::finding_G22_rollingBackNeedsSomethingThatRuns()
{
    const qint64 id = busyScript();
    const auto back = call(u"script.rollback"_s, {{u"id"_s, id}, {u"version"_s, 1}});
    QVERIFY2(back, qPrintable(codeOf(back)));
    QCOMPARE(back->value("version"_L1).toInt(), 2);
    QCOMPARE(back->value("liveVersion"_L1).toInt(), 1);
    QVERIFY(call(u"script.undeploy"_s, {{u"id"_s, id}}));
    QCOMPARE(codeOf(call(u"script.rollback"_s, {{u"id"_s, id}, {u"version"_s, 1}})), u"conflict"_s);
    QCOMPARE(codeOf(call(u"script.rollback"_s, {{u"id"_s, id}, {u"version"_s, 9}})), u"not-found"_s);
}

void TestUndo::finding_G22_twoVersionsAreCompared()
{
    const qint64 id = busyScript();
    const auto diff = call(u"script.diff"_s, {{u"id"_s, id}, {u"from"_s, 1}, {u"to"_s, 2}});
    QVERIFY2(diff, qPrintable(codeOf(diff)));
    QStringList lines;
    for (const auto& line : diff->value("lines"_L1).toArray())
        lines.append(line["kind"_L1].toString() + u' ' + line["text"_L1].toString());
    QCOMPARE(lines, (QStringList{u"same a"_s, u"removed b"_s, u"added c"_s}));
    QCOMPARE(codeOf(call(u"script.diff"_s, {{u"id"_s, id}, {u"from"_s, 1}, {u"to"_s, 3}})), u"not-found"_s);
}

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
    call(u"question.ask"_s, {{u"participant"_s, id}, {u"text"_s, u"Well?"_s}, {u"type"_s, u"yes-no"_s}});
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
