// A study of two homes in which scripts run and people take part, for tests of what ends there.
#pragma once

#include "tests/integration/api/api_fixture.h"

namespace cohort::testing {

class BusyStudy
{
protected:
    void begin()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
        m_second = m_api->database
                       .value("INSERT INTO location (deployment_id, name, time_zone) VALUES (" + deployment() +
                              ", 'second', 'UTC') RETURNING id")
                       .toLongLong();
    }
    void end() { m_api.reset(); }

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
        (void)call(u"script.saveVersion"_s, {{u"id"_s, id}, {u"source"_s, u"a\nc\n"_s}});
        (void)call(u"script.deploy"_s, {{u"id"_s, id}, {u"mode"_s, mode}});
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

} // namespace cohort::testing
