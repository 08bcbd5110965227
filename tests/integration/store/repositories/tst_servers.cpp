// Rows of servers, figures and the audit log as their nouns, and the overview over all.
#include "server/store/pool/node_repository.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/overview_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace Qt::Literals::StringLiterals;

class TestServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsServersThatWereHeardOfLately()
    {
        testkit::TestDatabase database;
        const auto connection = database.connect();
        store::NodeRepository nodes(*connection);
        for (const auto& name : {u"a"_s, u"b"_s, u"c"_s})
            QVERIFY(nodes.beat({.name = name,
                                .deviceioUrl = u"http://a"_s,
                                .apiUrl = {},
                                .roles = u"deviceio,api"_s,
                                .connections = 3,
                                .capacity = 9,
                                .cpu = 0.25,
                                .version = u"1"_s}));
        database.run("UPDATE node SET heartbeat = now() - interval '30 seconds' WHERE name = 'b';"
                     "UPDATE node SET heartbeat = now() - interval '8 days' WHERE name = 'c'");
        const auto listed = nodes.list();
        QVERIFY2(listed, listed ? "" : qPrintable(listed.error().message()));
        QCOMPARE(listed->size(), 2);
        QCOMPARE(listed->first().roles, QStringList({u"deviceio"_s, u"api"_s}));
        QCOMPARE(listed->first().cpu, 0.25);
        QVERIFY(listed->first().alive && !listed->last().alive);
        QVERIFY(listed->first().apiUrl.isEmpty());
    }

    void theAuditLogNamesOperatorsAndComesInPages()
    {
        testkit::TestDatabase database;
        const auto home = testkit::makeHome(database);
        const auto connection = database.connect();
        database.run("INSERT INTO operator (email, name, password_hash) VALUES ('o@example.org', 'O', 'x')");
        const auto actor = u"operator:"_s + database.value("SELECT id FROM operator");
        const auto add = [&](const QString& who, DeploymentId deployment) {
            return store::writeAudit(*connection, {.actor = who,
                                                   .action = u"device.update"_s,
                                                   .deployment = deployment,
                                                   .object = u"device:1"_s,
                                                   .address = {},
                                                   .detail = {{u"use"_s, u"stove"_s}}});
        };
        QVERIFY(add(actor, home.deployment));
        QVERIFY(add(u"system"_s, {}));
        store::AuditRepository log(*connection);
        const auto newest = log.list(std::nullopt, std::nullopt, 1);
        QVERIFY2(newest, newest ? "" : qPrintable(newest.error().message()));
        QVERIFY(newest->more);
        QCOMPARE(newest->items.first().actor, u"system"_s);
        QVERIFY(!newest->items.first().deployment && newest->items.first().actorName.isEmpty());
        const auto rest = log.list(std::nullopt, newest->items.first().id, 1);
        QVERIFY(rest && !rest->more);
        QCOMPARE(rest->items.first().actorName, u"o@example.org"_s);
        QCOMPARE(rest->items.first().detail.value(u"use"_s).toString(), u"stove"_s);
        QCOMPARE(log.list(QList<DeploymentId>{home.deployment}, std::nullopt, 5)->items.size(), 1);
    }

    void theOverviewSaysWhatNeedsSomebody()
    {
        testkit::TestDatabase database;
        const auto a = testkit::makeHome(database, "a");
        const auto b = testkit::makeHome(database, "b");
        const auto connection = database.connect();
        database.run("INSERT INTO alert (deployment_id, location_id, key, severity, texts, source, at) SELECT "
                     "deployment_id, id, "
                     "'stove-on', 'urgent', '{\"en\":\"The stove is on.\"}', 'script', now() FROM location WHERE name "
                     "= 'home-a'");
        store::OverviewRepository overview(*connection);
        const auto all = overview.figures(std::nullopt);
        QVERIFY2(all, all ? "" : qPrintable(all.error().message()));
        QCOMPARE(all->deployments, 2);
        QCOMPARE(all->devices, 4);
        QCOMPARE(all->urgentAlerts, 1);
        QCOMPARE(overview.figures(QList<DeploymentId>{b.deployment})->openAlerts, 0);
        const auto attention = overview.attention(std::nullopt);
        QVERIFY2(attention, attention ? "" : qPrintable(attention.error().message()));
        QCOMPARE(attention->size(), 1);
        QCOMPARE(attention->first().kind, model::AttentionKind::Alert);
        QCOMPARE(attention->first().location, a.location);
        QCOMPARE(attention->first().text, u"The stove is on."_s);
        QVERIFY(overview.attention(QList<DeploymentId>{b.deployment})->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
