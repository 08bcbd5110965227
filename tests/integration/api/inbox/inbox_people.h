// People of the participants' page for tests: invited, enrolled, told of an alert.
// Thread: the test's. Owner: a test. Flow: RunningApi → here → cookies and rows.
#pragma once

#include "tests/integration/api/api_fixture.h"

namespace cohort::testing {

inline QString errorOf(const HttpAnswer& answer)
{
    return parsed(answer.body).value("error"_L1).toObject().value("data"_L1).toObject().value("code"_L1).toString();
}

inline std::string cookieOf(const HttpAnswer& answer)
{
    const auto at = answer.head.find("cohort_session=");
    return at == std::string::npos ? std::string()
                                   : "Cookie: " + answer.head.substr(at, answer.head.find(';', at) - at) + "\r\n";
}

struct Person
{
    qint64 id = 0;
    std::string cookie;
};

inline QJsonObject invitation(RunningApi& api, const QString& admin, const testkit::SampleHome& home,
                              const char* role = "resident")
{
    const auto made =
        api.call(admin, u"participant.create"_s,
                 {{u"deployment"_s, static_cast<qint64>(home.deployment.value)},
                  {u"roles"_s, QJsonArray{QJsonObject{{u"location"_s, static_cast<qint64>(home.location.value)},
                                                      {u"role"_s, QString::fromLatin1(role)}}}}});
    return made ? *made : QJsonObject();
}

inline Person enrolled(RunningApi& api, const QString& admin, const testkit::SampleHome& home, const QString& name,
                       const char* role = "resident")
{
    const auto invited = invitation(api, admin, home, role);
    const auto answer =
        api.post("/inbox/enrol",
                 {{u"code"_s, invited.value("enrolmentCode"_L1)}, {u"username"_s, name}, {u"password"_s, Password}});
    if (answer.status != 200)
        qWarning() << answer.body.c_str();
    return {invited.value("id"_L1).toInteger(), cookieOf(answer)};
}

inline QJsonObject items(RunningApi& api, const Person& person)
{
    return parsed(api.http("GET", "/inbox/items", {}, person.cookie).body);
}

// An alert with one action for these people.
inline qint64 raise(RunningApi& api, const testkit::SampleHome& home, const std::vector<Person>& people)
{
    const auto number = [](std::int64_t n) { return QByteArray::number(static_cast<qint64>(n)); };
    const auto alert =
        api.database
            .value(
                "INSERT INTO alert (deployment_id, location_id, source, device_id, key, severity, texts, at) VALUES (" +
                number(home.deployment.value) + "," + number(home.location.value) + ",'device'," +
                number(home.sensor.value) +
                ",'stove','urgent','{\"en\":\"Stove on\",\"de\":\"Herd an\"}', now()) RETURNING id")
            .toLongLong();
    api.database.run("INSERT INTO alert_action (alert_id, position, key, texts, device_id, parameters) VALUES (" +
                     number(alert) + ",0,'off','{\"en\":\"Switch it off\"}'," + number(home.sensor.value) +
                     ",'[{\"name\":\"outletStatus\",\"index\":\"\",\"value\":0}]')");
    for (const auto& person : people)
        api.database.run("INSERT INTO alert_recipient (alert_id, participant_id, due_at) VALUES (" + number(alert) +
                         "," + number(person.id) + ", now())");
    return alert;
}

} // namespace cohort::testing
