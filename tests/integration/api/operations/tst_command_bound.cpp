// A gateway has at most 100 open commands, whichever way they come; one that has not ended can be taken back.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

QJsonArray level(const QString& index)
{
    return {QJsonObject{{u"name"_s, u"level"_s}, {u"index"_s, index}, {u"value"_s, 0}}};
}

} // namespace

class TestCommandBound : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
        m_api->database.run("INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, "
                            "requested_by, expires_at) SELECT deployment_id, location_id, id, gateway_id, "
                            "jsonb_build_array(jsonb_build_object('name', 'level', 'index', n::text, 'value', 1)), "
                            "'operator:1', now() + interval '1 hour' FROM device, generate_series(1, 100) n "
                            "WHERE key = 'sensor-a' ORDER BY n");
    }
    void cleanup() { m_api.reset(); }

    void anOperatorsCommand()
    {
        const auto send = [this](const QString& index) {
            return m_api->call(
                m_admin, u"device.command"_s,
                {{u"id"_s, static_cast<qint64>(m_api->a.sensor.value)}, {u"parameters"_s, level(index)}});
        };
        QCOMPARE(codeOf(send(u"700"_s)), u"too-many-commands"_s);
        QCOMPARE(count("true"), 100);
        const auto made = send(u"7"_s);
        QVERIFY2(made, qPrintable(codeOf(made)));
        QCOMPARE(made->value("state"_L1).toString(), u"queued"_s);
        QCOMPARE(count("state = 'superseded' AND parameters->0->>'index' = '7'"), 1);
        QCOMPARE(count("state = 'queued'"), 100);
    }

    void aCommandOfTheDevicesApi()
    {
        const std::string header = "API_KEY: " + m_admin.toStdString() + "\r\n";
        const auto send = [&](const std::string& index) {
            return m_api->http("PUT", "/cloud/json/devices/sensor-a/parameters",
                               R"({"params":[{"name":"level","index":")" + index + R"(","value":0}]})", header);
        };
        const auto refused = send("700");
        QCOMPARE(refused.status, 429);
        QCOMPARE(parsed(refused.body).value("resultCode"_L1).toInt(), 44);
        QVERIFY(parsed(refused.body).value("resultCodeMessage"_L1).toString().contains(u"100 open commands"_s));
        QCOMPARE(parsed(send("7").body).value("resultCode"_L1).toInt(), 21); // taken; the device is offline
        QCOMPARE(count("state = 'superseded' AND parameters->0->>'index' = '7'"), 1);
        QCOMPARE(count("state = 'queued'"), 100);
    }

    void anAlertsAction()
    {
        const qint64 alert = m_api->database
                                 .value("INSERT INTO alert (deployment_id, location_id, source, device_id, key, texts, "
                                        "at) SELECT deployment_id, location_id, 'device', id, 'k', '{\"en\": \"x\"}', "
                                        "now() FROM device WHERE key = 'sensor-a' RETURNING id")
                                 .toLongLong();
        m_api->database.run("INSERT INTO alert_action (alert_id, position, key, texts, device_id, parameters) SELECT " +
                            QByteArray::number(alert) +
                            ", n, 'off', '{\"en\": \"Off\"}', id, jsonb_build_array(jsonb_build_object('name', "
                            "'level', 'index', n::text, 'value', 0)) FROM device, (VALUES (7), (700)) w(n) WHERE key = "
                            "'sensor-a'");
        const auto act = [&](const char* position) {
            const qint64 action =
                m_api->database.value(QByteArray("SELECT id FROM alert_action WHERE position = ") + position)
                    .toLongLong();
            return m_api->call(m_admin, u"alert.act"_s, {{u"id"_s, alert}, {u"action"_s, action}});
        };
        QCOMPARE(codeOf(act("700")), u"too-many-commands"_s);
        QCOMPARE(m_api->database.value("SELECT state FROM alert"), u"open"_s); // nobody has done anything
        const auto acted = act("7");
        QVERIFY2(acted, qPrintable(codeOf(acted)));
        QCOMPARE(count("state = 'superseded' AND parameters->0->>'index' = '7'"), 1);
        QCOMPARE(count("state = 'queued'"), 100);
    }

    void oneIsTakenBack()
    {
        const qint64 id = m_api->database.value("SELECT min(id) FROM command").toLongLong();
        const QJsonObject wanted{{u"id"_s, id}};
        const auto analyst = m_api->operatorWith(u"n@a.org"_s, {{m_api->a.deployment, Role::Analyst}});
        QCOMPARE(codeOf(m_api->call(analyst, u"command.cancel"_s, wanted)), u"access-denied"_s);
        const auto stranger = m_api->operatorWith(u"c@b.org"_s, {{m_api->b.deployment, Role::Coordinator}});
        QCOMPARE(codeOf(m_api->call(stranger, u"command.cancel"_s, wanted)), u"not-found"_s);
        const auto gone = m_api->call(m_admin, u"command.cancel"_s, wanted);
        QVERIFY2(gone, qPrintable(codeOf(gone)));
        QCOMPARE(gone->value("state"_L1).toString(), u"cancelled"_s);
        QVERIFY(!gone->value("finishedAt"_L1).isNull());
        QCOMPARE(m_api->database.value("SELECT object FROM audit WHERE action = 'command.cancel'"),
                 u"command:%1"_s.arg(id));
        QCOMPARE(codeOf(m_api->call(m_admin, u"command.cancel"_s, wanted)), u"conflict"_s);
        // There is room for another.
        QVERIFY(
            m_api->call(m_admin, u"device.command"_s,
                        {{u"id"_s, static_cast<qint64>(m_api->a.sensor.value)}, {u"parameters"_s, level(u"700"_s)}}));
    }

private:
    int count(const char* condition) const
    {
        return m_api->database.value(QByteArray("SELECT count(*) FROM command WHERE ") + condition).toInt();
    }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

QTEST_GUILESS_MAIN(TestCommandBound)
#include "tst_command_bound.moc"
