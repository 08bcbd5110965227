// Scripts are taken off homes, retired and rolled back: what that ends, who may, and that it is in the audit log.
#include "tests/integration/api/operations/busy_study.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestUndoScripts : public QObject, private BusyStudy
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void finding_G16_takenOffItEndsWhatItHadThere_data();
    void finding_G16_takenOffItEndsWhatItHadThere();
    void finding_G16_oneHomeIsLeftOutOfAll();
    void finding_G16_aRetiredScriptIsGoneAndItsNameIsFree();
    void finding_G16_whatIsNotDeployedCannotBeTakenOff();
    void finding_G16_analystsTakeOffShadowsOnly();
    void finding_G16_whatEndsIsToldBefore();
    void finding_G22_rollingBackNeedsSomethingThatRuns();
    void finding_G22_twoVersionsAreCompared();
    void deployingEndsAPauseByErrors();
};

void TestUndoScripts::finding_G16_takenOffItEndsWhatItHadThere_data()
{
    QTest::addColumn<bool>("oneHome");
    QTest::addColumn<int>("left"); // homes in which it still is
    QTest::newRow("off all homes") << false << 0;
    QTest::newRow("off one home") << true << 1;
}

void TestUndoScripts::finding_G16_takenOffItEndsWhatItHadThere()
{
    QFETCH(bool, oneHome);
    QFETCH(int, left);
    const qint64 id = busyScript();
    m_api->database.run(
        "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, "
        "requested_by, expires_at, state) SELECT d.deployment_id, l.id, d.id, d.id, '[]', s.by, now() + "
        "interval '7 days', s.state FROM device d JOIN location l ON l.deployment_id = d.deployment_id, "
        "(VALUES ('script:" +
        QByteArray::number(id) + "', 'queued'), ('operator:1', 'queued'), ('script:" + QByteArray::number(id) +
        "', 'received')) s(by, state) WHERE d.id = (SELECT min(id) FROM device)");
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
    QCOMPARE(count("command WHERE state = 'queued' AND requested_by LIKE 'script:%'"), left);
    QCOMPARE(count("command WHERE state = 'cancelled' AND finished_at IS NOT NULL"), 2 - left);
    QCOMPARE(count("command WHERE state IN ('queued', 'received')"),
             4 + left); // a person's, and what a device confirmed
    QCOMPARE(audited("script.undeploy"), u"script:%1"_s.arg(id));
    for (const auto& method : {u"script.undeploy"_s, u"script.pause"_s, u"script.resume"_s})
        QCOMPARE(codeOf(call(method, wanted)), u"conflict"_s); // there is nothing to take off or to pause
}

void TestUndoScripts::finding_G16_oneHomeIsLeftOutOfAll()
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
    for (const auto& method : {u"script.pause"_s, u"script.resume"_s})
        QCOMPARE(codeOf(call(method, {{u"id"_s, id}, {u"locations"_s, QJsonArray{m_second}}})), u"conflict"_s);
    QCOMPARE(placed(m_second), u"false"_s);
    const auto got = call(u"script.get"_s, {{u"id"_s, id}});
    bool told = false;
    for (const auto& one : got->value("deployments"_L1).toArray())
        told = told || (one["location"_L1].toInteger() == m_second && one["takenOff"_L1].toBool());
    QVERIFY(told);
    QVERIFY(call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"live"_s}})); // all is all
    QCOMPARE(placed(m_second), u"true"_s);
}

void TestUndoScripts::finding_G16_aRetiredScriptIsGoneAndItsNameIsFree()
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

void TestUndoScripts::finding_G16_whatIsNotDeployedCannotBeTakenOff()
{
    const qint64 id = idOf(
        call(u"script.create"_s,
             {{u"deployment"_s, qint64{m_api->a.deployment.value}}, {u"name"_s, u"Draft"_s}, {u"source"_s, u"a"_s}}));
    QCOMPARE(codeOf(call(u"script.undeploy"_s, {{u"id"_s, id}})), u"conflict"_s);
    QVERIFY(call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, u"shadow"_s}}));
    QCOMPARE(codeOf(call(u"script.undeploy"_s, {{u"id"_s, id}, {u"mode"_s, u"live"_s}})), u"conflict"_s);
    QCOMPARE(codeOf(call(u"script.undeploy"_s,
                         {{u"id"_s, id}, {u"locations"_s, QJsonArray{qint64{m_api->b.location.value}}}})),
             u"wrong-value"_s);
    QVERIFY(call(u"script.undeploy"_s, {{u"id"_s, id}, {u"mode"_s, u"shadow"_s}}));
}

void TestUndoScripts::finding_G16_analystsTakeOffShadowsOnly()
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

void TestUndoScripts::finding_G16_whatEndsIsToldBefore()
{
    const qint64 id = busyScript();
    const auto instances = call(u"script.get"_s, {{u"id"_s, id}})->value("instances"_L1).toArray();
    QCOMPARE(instances.size(), 2);
    for (const auto& one : instances)
        for (const auto& part : {"openAlerts"_L1, "openQuestions"_L1, "timers"_L1})
            QCOMPARE(one[part].toInt(), 1);
}

void TestUndoScripts::finding_G22_rollingBackNeedsSomethingThatRuns()
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

void TestUndoScripts::finding_G22_twoVersionsAreCompared()
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

// Rolled back to the version that it has nothing starts, so what told of the pause stays.
void TestUndoScripts::deployingEndsAPauseByErrors()
{
    const qint64 id = busyScript();
    m_api->database.run("UPDATE script_instance SET status = 'paused-by-errors';"
                        "UPDATE alert SET key = 'script-paused'");
    const auto deploy = [&](int version, const QJsonArray& homes) {
        QJsonObject wanted{{u"id"_s, id}, {u"mode"_s, u"live"_s}, {u"version"_s, version}};
        if (!homes.isEmpty())
            wanted.insert(u"locations"_s, homes);
        return call(u"script.deploy"_s, wanted).has_value();
    };
    QVERIFY(call(u"script.rollback"_s, {{u"id"_s, id}, {u"version"_s, 2}}));
    QCOMPARE(count("alert WHERE state = 'open'"), 2);
    QVERIFY(deploy(2, {m_second})); // the same one again
    QCOMPARE(count("script_instance WHERE status = 'paused-by-errors'"), 1);
    QCOMPARE(count("alert WHERE state = 'open'"), 1);
    QCOMPARE(count("alert WHERE state = 'resolved' AND state_by LIKE 'operator:%' AND location_id = " +
                   QByteArray::number(m_second)),
             1);
    QVERIFY(call(u"script.rollback"_s, {{u"id"_s, id}, {u"version"_s, 1}}));
    QCOMPARE(count("alert WHERE state = 'open'"), 0);
}

QTEST_GUILESS_MAIN(TestUndoScripts)
#include "tst_undo_scripts.moc"
