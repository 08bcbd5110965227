// Alerts with all their parts as the noun's struct, out of real rows.
#include "server/store/repositories/alert_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testkit;

namespace {

struct Study
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    store::AlertRepository alerts{*connection};

    Study()
    {
        database.run("UPDATE deployment SET language = 'de';"
                     "INSERT INTO participant (deployment_id, code, status, language)"
                     " SELECT deployment_id, 'P1', 'active', 'en' FROM location");
    }
    // One that a device raised, with an action, a recipient and that action's command.
    AlertId raise(const QByteArray& key)
    {
        const QByteArray sensor = QByteArray::number(static_cast<qint64>(home.sensor.value));
        const QByteArray id =
            database
                .value("INSERT INTO alert (deployment_id, location_id, source, device_id, key, severity, texts, at)"
                       " SELECT deployment_id, location_id, 'device', id, '" +
                       key + "', 'urgent', '{\"en\":\"Stove on\",\"de\":\"Herd an\"}', '2026-01-31T12:00:00Z'" +
                       " FROM device WHERE id = " + sensor + " RETURNING id")
                .toUtf8();
        database.run("INSERT INTO alert_action (alert_id, position, key, texts, device_id, parameters) VALUES (" + id +
                     ", 0, 'off', '{\"en\":\"Switch it off\"}', " + sensor +
                     ", '[{\"name\":\"outletStatus\",\"value\":0}]');"
                     "INSERT INTO alert_recipient (alert_id, participant_id, due_at) SELECT " +
                     id +
                     ", id, '2026-01-31T12:05:00Z' FROM participant;"
                     "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, type, parameters,"
                     " requested_by, expires_at, alert_id) SELECT deployment_id, location_id, id, gateway_id, 0,"
                     " '[{\"name\":\"outletStatus\",\"value\":0}]', 'operator:1', now() + interval '1 minute', " +
                     id + " FROM device WHERE id = " + sensor);
        return AlertId{id.toLongLong()};
    }
};

} // namespace

class TestAlertRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAlertWithItsParts();
    void readsEachAlertsOwnParts();
    void givesTheNewestAnswersOldestFirst();
    void filtersAndPages();
    void findsNothingThatIsNotThere();
    void refusesAWordThatNobodyKnows();
};

void TestAlertRepository::readsAnAlertWithItsParts()
{
    Study study;
    const AlertId id = study.raise("stove");
    const auto alert = study.alerts.find(id);
    QVERIFY2(alert, alert ? "" : qPrintable(alert.error().message()));
    QCOMPARE(alert->text, QStringLiteral("Herd an")); // the deployment's language
    QCOMPARE(alert->texts.value(QStringLiteral("en")), QStringLiteral("Stove on"));
    QCOMPARE(alert->severity, model::Severity::Urgent);
    QCOMPARE(alert->origin.source, model::AlertSource::Device);
    QCOMPARE(alert->origin.deviceKey, QStringLiteral("sensor-a"));
    QCOMPARE(alert->origin.locationName, QStringLiteral("home-a"));
    QVERIFY(!alert->origin.script && alert->origin.scriptName.isEmpty());
    QVERIFY(alert->isOpen() && !alert->life.stateAt);
    QCOMPARE(toIso(alert->life.at), std::string("2026-01-31T12:00:00.000Z"));
    QCOMPARE(alert->actions.size(), 1);
    QCOMPARE(alert->actions.first().text, QStringLiteral("Switch it off")); // no German: English
    QCOMPARE(alert->actions.first().parameters.first().name, QStringLiteral("outletStatus"));
    QCOMPARE(alert->recipients.first().code, QStringLiteral("P1"));
    QVERIFY(!alert->recipients.first().deliveredAt);
    QCOMPARE(alert->commands.size(), 1);
    QCOMPARE(alert->commands.first().life.state, model::CommandState::Queued);
    QCOMPARE(alert->commands.first().alert, id);
    const auto again = model::fromJson<model::Alert>(model::toJson(*alert));
    QVERIFY2(again, again ? "" : qPrintable(again.error().message()));
}

void TestAlertRepository::readsEachAlertsOwnParts()
{
    Study study;
    const AlertId first = study.raise("first"), second = study.raise("second");
    QVERIFY(study.alerts.recordAnswer(first, QStringLiteral("operator:1"), model::AnswerKind::Comment, 0,
                                      QStringLiteral("noted")));
    const auto both = study.alerts.byIds({first, second});
    QVERIFY(both);
    QCOMPARE(both->size(), 2);
    QCOMPARE(both->first().id, second); // newest first
    QCOMPARE(both->first().answers.size(), 0);
    QCOMPARE(both->first().commands.first().alert, second);
    QCOMPARE(both->last().answers.first().comment, QStringLiteral("noted"));
    QCOMPARE(both->last().answers.first().answer, model::AnswerKind::Comment);
    QVERIFY(!both->last().answers.first().action);
    QCOMPARE(both->last().commands.first().alert, first);
    QVERIFY(both->first().actions.first().id != both->last().actions.first().id);
}

void TestAlertRepository::givesTheNewestAnswersOldestFirst()
{
    Study study;
    const AlertId id = study.raise("stove");
    study.database.run("INSERT INTO alert_answer (alert_id, actor, answer, comment) SELECT " +
                       QByteArray::number(static_cast<qint64>(id.value)) +
                       ", 'operator:1', 'comment', n::text FROM generate_series(1, 101) AS s(n) ORDER BY s.n");
    const auto alert = study.alerts.find(id);
    QVERIFY(alert);
    QCOMPARE(alert->answers.size(), 100);
    QCOMPARE(alert->answers.first().comment, QStringLiteral("2"));
    QCOMPARE(alert->answers.last().comment, QStringLiteral("101"));
}

void TestAlertRepository::filtersAndPages()
{
    Study study;
    const AlertId first = study.raise("first"), second = study.raise("second");
    QVERIFY(study.alerts.setState(second, model::AlertState::Resolved, QStringLiteral("operator:1"), {}));
    const auto open = study.alerts.list({.states = QList{model::AlertState::Open, model::AlertState::Acknowledged}}, 9);
    QVERIFY(open);
    QCOMPARE(open->items.size(), 1);
    QCOMPARE(open->items.first().id, first);
    const auto all = study.alerts.list({.scope = QList{study.home.deployment}}, 1);
    QVERIFY(all && all->more);
    QCOMPARE(all->items.size(), 1);
    QCOMPARE(all->items.first().id, second);
    QCOMPARE(all->items.first().life.stateBy, QStringLiteral("operator:1"));
    const auto next = study.alerts.list({.location = study.home.location, .after = second}, 1);
    QVERIFY(next && !next->more);
    QCOMPARE(next->items.first().id, first);
    const auto others = study.alerts.list({.scope = QList<DeploymentId>()}, 9);
    QVERIFY(others && others->items.isEmpty());
}

void TestAlertRepository::findsNothingThatIsNotThere()
{
    Study study;
    const auto nothing = study.alerts.find(AlertId{99});
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().code, ErrorCode::NotFound);
}

void TestAlertRepository::refusesAWordThatNobodyKnows()
{
    Study study;
    const AlertId id = study.raise("stove");
    study.database.run("ALTER TABLE alert DROP CONSTRAINT alert_severity_check; UPDATE alert SET severity = 'odd'");
    const auto odd = study.alerts.find(id);
    QVERIFY(!odd);
    QCOMPARE(odd.error().code, ErrorCode::DatabaseError);
    QVERIFY2(odd.error().detail.contains(QStringLiteral("severity")), qPrintable(odd.error().detail));
}

QTEST_GUILESS_MAIN(TestAlertRepository)
#include "tst_alert_repository.moc"
