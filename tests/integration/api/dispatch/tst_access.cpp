// Who may call what: the whole table, every role; and nothing crosses a deployment's border.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;
using model::Field;
using model::Kind;
using model::Noun;
using protocol::Access;

namespace {

// One object of each noun in a deployment, by id.
using Objects = std::map<Noun, qint64>;

Objects objectsOf(RunningApi& api, const testkit::SampleHome& home, const QString& admin)
{
    const qint64 deployment = home.deployment.value, location = home.location.value, device = home.sensor.value;
    Objects objects{{Noun::Deployment, deployment}, {Noun::Location, location}, {Noun::Device, device}};
    const auto id = [&](const QString& method, const QJsonObject& params) {
        return idOf(api.call(admin, method, params));
    };
    const auto value = [&](const QByteArray& sql) { return api.database.value(sql).toLongLong(); };
    const auto number = [](qint64 n) { return QByteArray::number(n); };
    objects[Noun::Room] =
        id(u"room.create"_s, {{u"location"_s, location}, {u"kind"_s, u"kitchen"_s}, {u"name"_s, u"Kitchen"_s}});
    objects[Noun::Participant] =
        id(u"participant.create"_s,
           {{u"deployment"_s, deployment},
            {u"name"_s, u"Erna"_s},
            {u"roles"_s, QJsonArray{QJsonObject{{u"location"_s, location}, {u"role"_s, u"resident"_s}}}}});
    objects[Noun::Script] =
        id(u"script.create"_s, {{u"deployment"_s, deployment}, {u"name"_s, u"S"_s}, {u"source"_s, u"pass"_s}});
    objects[Noun::Version] =
        value("SELECT max(id) FROM script_version WHERE script_id = " + number(objects[Noun::Script]));
    objects[Noun::Message] =
        id(u"question.ask"_s,
           {{u"participant"_s, objects[Noun::Participant]}, {u"text"_s, u"Well?"_s}, {u"type"_s, u"yes-no"_s}});
    objects[Noun::Command] =
        id(u"device.command"_s,
           {{u"id"_s, device},
            {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 0}}}}});
    objects[Noun::Alert] =
        value("INSERT INTO alert (deployment_id, location_id, source, key, texts, at) VALUES (" + number(deployment) +
              "," + number(location) + ",'device','k','{\"en\":\"Hm\"}', now()) RETURNING id");
    objects[Noun::Stream] = value("INSERT INTO stream (location_id, device_id, name) VALUES (" + number(location) +
                                  "," + number(device) + ",'power') RETURNING id");
    objects[Noun::Run] =
        value("INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status) "
              "VALUES (" +
              number(objects[Noun::Script]) + "," + number(objects[Noun::Version]) + "," + number(location) +
              ", now(), 'h', '{}', 'ok') RETURNING id");
    objects[Noun::Operator] = value("SELECT min(id) FROM operator");
    return objects;
}

QJsonValue sample(const Field& parameter, const Objects& objects);

QJsonObject samples(const std::vector<Field>& parameters, const Objects& objects)
{
    QJsonObject values;
    for (const auto& parameter : parameters)
        if (!parameter.isOptional)
            values.insert(QString::fromLatin1(parameter.name), sample(parameter, objects));
    return values;
}

QJsonValue sample(const Field& parameter, const Objects& objects)
{
    switch (parameter.kind) {
    case Kind::Id:
        return objects.at(parameter.noun);
    case Kind::Text:
        return u"some text of a value"_s.left(parameter.rule.most > 0 ? static_cast<qsizetype>(parameter.rule.most)
                                                                      : 20);
    case Kind::Integer:
    case Kind::Number:
        return std::max(1.0, parameter.rule.least);
    case Kind::Boolean:
        return false;
    case Kind::Time:
        return u"2026-01-01T00:00:00Z"_s;
    case Kind::Choice:
        return QString::fromLatin1(parameter.choices.front());
    case Kind::List:
        return QJsonArray{sample(parameter.of.front(), objects)};
    case Kind::Struct:
        return samples(parameter.of, objects);
    case Kind::Object:
    case Kind::Map:
        return QJsonObject();
    case Kind::Value:
    case Kind::Any:
        return 1;
    }
    return {};
}

// One more of what the operation ends for good, so that the others still find theirs; 0: it ends nothing.
qint64 freshFor(RunningApi& api, const QString& admin, QLatin1StringView method, const QString& name)
{
    const QJsonObject role{{u"location"_s, qint64{api.a.location.value}}, {u"role"_s, u"resident"_s}};
    if (method == "script.retire"_L1)
        return idOf(
            api.call(admin, u"script.create"_s,
                     {{u"deployment"_s, qint64{api.a.deployment.value}}, {u"name"_s, name}, {u"source"_s, u"pass"_s}}));
    if (method == "room.remove"_L1)
        return idOf(
            api.call(admin, u"room.create"_s,
                     {{u"location"_s, qint64{api.a.location.value}}, {u"kind"_s, u"hall"_s}, {u"name"_s, name}}));
    if (method == "participant.end"_L1)
        return idOf(api.call(admin, u"participant.create"_s,
                             {{u"deployment"_s, qint64{api.a.deployment.value}}, {u"roles"_s, QJsonArray{role}}}));
    return 0;
}

bool takesIds(const Field& parameter)
{
    const auto& entry = parameter.kind == Kind::List ? parameter.of.front() : parameter;
    return entry.kind == Kind::Id && entry.noun != Noun::None;
}

bool refusedByAccess(const QString& code)
{
    return code == u"access-denied"_s || code == u"not-signed-in"_s;
}

bool looksAbsent(const QString& code)
{
    return code == u"not-found"_s || code == u"wrong-location"_s || code == u"no-such-device"_s;
}

} // namespace

class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOperationHasAHandler()
    {
        for (const auto& row : protocol::operations())
            if (!QLatin1StringView(row.name).endsWith("subscribe"_L1))
                QVERIFY2(api::findHandler(QString::fromLatin1(row.name)) != nullptr, row.name);
    }

    void everyRoleMayCallExactlyWhatTheTableSays()
    {
        RunningApi api;
        QVERIFY(api.started);
        const QString admin = api.admin();
        const auto objects = objectsOf(api, api.a, admin);
        for (const model::OperatorRole role :
             {model::OperatorRole::Admin, model::OperatorRole::Coordinator, model::OperatorRole::Analyst}) {
            const QString name = model::textOf(role);
            const QString token = api.operatorWith(name + u"@a.org"_s, {{api.a.deployment, role}});
            for (const auto& row : protocol::operations()) {
                const QLatin1StringView method(row.name);
                if (row.access == Access::Public || method.endsWith("subscribe"_L1) || method == "session.signOut"_L1)
                    continue;
                const bool may = row.access == Access::SignedIn ||
                                 (row.access == Access::ByRole && (row.roles & protocol::roleBit(role)) != 0);
                auto params = samples(row.parameters, objects);
                if (method == "script.deploy"_L1 || method == "script.undeploy"_L1)
                    params.insert(u"mode"_s, u"shadow"_s);
                if (const auto ends = freshFor(api, admin, method, name); ends > 0)
                    params.insert(u"id"_s, ends);
                const auto code = codeOf(api.call(token, method.toString(), params));
                QVERIFY2(refusedByAccess(code) != may, qPrintable(name + u' ' + method + u": "_s + code));
                QVERIFY2(code != u"database-error"_s && code != u"internal"_s, qPrintable(method + u": "_s + code));
            }
        }
    }

    void analystsDoNotChangeWhatRunsLive()
    {
        RunningApi api;
        const auto objects = objectsOf(api, api.a, api.admin());
        const QString token = api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}});
        const QJsonObject live{{u"id"_s, objects.at(Noun::Script)}, {u"mode"_s, u"live"_s}};
        QCOMPARE(codeOf(api.call(token, u"script.deploy"_s, live)), u"access-denied"_s);
        QCOMPARE(codeOf(api.call(
                     token, u"library.install"_s,
                     {{u"deployment"_s, objects.at(Noun::Deployment)}, {u"name"_s, u"stove"_s}, {u"deploy"_s, true}})),
                 u"access-denied"_s);
    }

    void nothingCrossesTheBorderOfADeployment()
    {
        RunningApi api;
        const auto theirs = objectsOf(api, api.b, api.admin());
        const QString token = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Admin}}, true);
        for (const auto& row : protocol::operations()) {
            const bool takesId = std::any_of(row.parameters.begin(), row.parameters.end(), [](const auto& parameter) {
                return takesIds(parameter) && parameter.noun != Noun::Operator;
            });
            if (!takesId || row.access != Access::ByRole)
                continue;
            auto params = samples(row.parameters, theirs);
            for (const auto& parameter : row.parameters) // optional ids, too
                if (takesIds(parameter))
                    params.insert(QString::fromLatin1(parameter.name), sample(parameter, theirs));
            const auto real = codeOf(api.call(token, QString::fromLatin1(row.name), params));
            QVERIFY2(looksAbsent(real), qPrintable(QString::fromLatin1(row.name) + u": "_s + real));
        }
    }

    void anOptionalIdOfOthersIsNoWayAcrossEither()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto own = objectsOf(api, api.a, admin), theirs = objectsOf(api, api.b, admin);
        const QString token = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Admin}}, true);
        for (const auto& row : protocol::operations()) {
            if (row.access != Access::ByRole)
                continue;
            for (const auto& parameter : row.parameters) {
                if (!parameter.isOptional || !takesIds(parameter))
                    continue;
                auto params = samples(row.parameters, own);
                params.insert(QString::fromLatin1(parameter.name), sample(parameter, theirs));
                const auto code = codeOf(api.call(token, QString::fromLatin1(row.name), params));
                QVERIFY2(looksAbsent(code), qPrintable(QString::fromLatin1(row.name) + u' ' +
                                                       QLatin1StringView(parameter.name) + u": "_s + code));
            }
        }
    }

    void idsOfTwoOwnDeploymentsDoNotMix()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto theirs = objectsOf(api, api.b, admin);
        const auto mixed = api.call(admin, u"device.register"_s,
                                    {{u"location"_s, static_cast<qint64>(api.a.location.value)},
                                     {u"key"_s, u"x"_s},
                                     {u"room"_s, theirs.at(Noun::Room)}});
        QCOMPARE(codeOf(mixed), u"wrong-value"_s);
    }

    void listsShowOnlyOwnDeployments()
    {
        RunningApi api;
        const QString token = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}});
        const auto deployments = api.call(token, u"deployment.list"_s);
        QVERIFY(deployments);
        QCOMPARE(deployments->value("items"_L1).toArray().size(), 1);
        const auto devices = api.call(token, u"device.list"_s);
        QVERIFY(devices);
        QCOMPARE(devices->value("items"_L1).toArray().size(), 2);
        for (const auto& device : devices->value("items"_L1).toArray())
            QCOMPARE(device.toObject().value("deployment"_L1).toInteger(), qint64(api.a.deployment.value));
    }

    void namesAreShownOnlyWithTheRightAndViewsAreRecorded()
    {
        RunningApi api;
        const auto objects = objectsOf(api, api.a, api.admin());
        const QJsonObject params{{u"id"_s, objects.at(Noun::Participant)}};
        const auto named = [&](const QString& token) {
            const auto got = api.call(token, u"participant.get"_s, params);
            return got ? got->value("name"_L1).toString() : codeOf(got);
        };
        const auto views = [&] {
            return api.database.value("SELECT count(*) FROM audit WHERE action = 'participant.get'").toInt();
        };
        QCOMPARE(named(api.operatorWith(u"c1@a.org"_s, {{api.a.deployment, Role::Coordinator}})), QString());
        QCOMPARE(named(api.operatorWith(u"n1@a.org"_s, {{api.a.deployment, Role::Analyst}})), QString());
        QCOMPARE(views(), 0);
        QCOMPARE(named(api.operatorWith(u"c2@a.org"_s, {{api.a.deployment, Role::Coordinator}}, true)), u"Erna"_s);
        QCOMPARE(views(), 1);
        QCOMPARE(api.database.value("SELECT count(*) FROM audit WHERE detail::text LIKE '%Erna%'"), u"0"_s);
    }

    void everyChangeIsInTheAuditLog()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto made =
            api.call(admin, u"deployment.create"_s, {{u"name"_s, u"New"_s}, {u"timeZone"_s, u"Europe/Vienna"_s}});
        QVERIFY(made);
        QCOMPARE(api.database.value("SELECT action || ' ' || object FROM audit ORDER BY id DESC LIMIT 1"),
                 u"deployment.create deployment:%1"_s.arg(idOf(made)));
        // What was refused is not a change.
        const auto before = api.database.value("SELECT count(*) FROM audit");
        QCOMPARE(codeOf(api.call(admin, u"deployment.create"_s,
                                 {{u"name"_s, u"New"_s}, {u"timeZone"_s, u"Europe/Vienna"_s}})),
                 u"already-exists"_s);
        QCOMPARE(api.database.value("SELECT count(*) FROM audit"), before);
    }
};

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
