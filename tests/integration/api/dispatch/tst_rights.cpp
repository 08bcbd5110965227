// The rights table of study.md, row by row, against the table of operations; what an analyst sees; rights that end.
#include "shared/protocol/notification.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

#include <set>

using namespace cohort;
using namespace cohort::testing;
using protocol::Access;
using protocol::Roles;

namespace {

// What people wrote and what homes are called here; no analyst may ever see one of these.
constexpr const char* Marks[] = {"Lindenweg", "Grandma", "SAID", "TOLD", "NOTED", "ERNA"};

struct RightsRow
{
    Access access;
    Roles roles;
    const char* names; // of operations, and of topics as "subscribe TOPIC"
};

constexpr RightsRow RightsTable[] = {
    {Access::Public, 0, "session.signIn session.firstAdmin session.resume server.info"},
    {Access::SignedIn, 0, "session.signOut session.changePassword subscribe unsubscribe device.types"},
    {Access::Everywhere, protocol::AdminOnly,
     "server.list metrics.query operator.list operator.add operator.update deployment.create subscribe:metrics"},
    {Access::ByRole, protocol::AdminOnly, "deployment.update"},
    {Access::ByRole, protocol::AdminCoordinator,
     "location.create location.update location.retire room.create room.update room.remove message.read "
     "participant.create participant.update participant.end "
     "participant.enrolmentCode device.register device.update device.newToken device.revokeTokens device.retire "
     "device.command command.cancel measurement.import stream.update message.list message.conversations message.send "
     "question.ask "
     "question.answers alert.acknowledge alert.resolve alert.dismiss alert.comment alert.act script.resume "
     "script.rollback "
     "script.setParameters audit.query subscribe:messages"},
    {Access::ByRole, protocol::Everybody,
     "deployment.list location.list location.get participant.list participant.get device.list device.get command.list "
     "command.get measurement.query measurement.export fact.query timeline.query library.list library.install "
     "script.create script.list script.get script.versions script.version script.check script.saveVersion "
     "script.deploy "
     "script.undeploy script.retire script.diff script.pause script.runs alert.list alert.get overview.get "
     "subscribe:measurements subscribe:alerts "
     "subscribe:commands subscribe:scripts subscribe:runs subscribe:presence subscribe:timeline "
     "subscribe:configuration"},
};

const RightsRow* rowOf(const QString& name)
{
    for (const auto& row : RightsTable)
        if (QString::fromLatin1(row.names).split(u' ').contains(name))
            return &row;
    return nullptr;
}

QByteArray number(std::int64_t id)
{
    return QByteArray::number(static_cast<qint64>(id));
}

// A study in which people have written, been told and been called something in every place that there is.
struct Written
{
    RunningApi& api;
    QByteArray deployment = number(api.a.deployment.value), location = number(api.a.location.value);
    QByteArray device = number(api.a.sensor.value);
    qint64 participant = 0, script = 0, alert = 0;

    explicit Written(RunningApi& running) : api(running)
    {
        const auto& database = api.database;
        database.run("UPDATE location SET name = 'Lindenweg 5' WHERE id = " + location);
        database.run("INSERT INTO room (location_id, kind, name) VALUES (" + location +
                     ", 'bedroom', 'Grandma''s room')");
        database.run("UPDATE device SET description = 'Grandma''s lamp', room_id = (SELECT id FROM room) WHERE id = " +
                     device);
        participant =
            database
                .value("INSERT INTO participant (deployment_id, code) VALUES (" + deployment + ", 'P-1') RETURNING id")
                .toLongLong();
        database.run("INSERT INTO participant_identity VALUES (" + number(participant) + ", 'ERNA', NULL, NULL)");
        database.run("INSERT INTO participant_role (participant_id, location_id, role) VALUES (" + number(participant) +
                     ", " + location + ", 'resident')");
        addAlert();
        addMessages();
        addScript();
    }
    void addAlert()
    {
        alert =
            api.database
                .value("INSERT INTO alert (deployment_id, location_id, source, device_id, key, texts, at) VALUES (" +
                       deployment + ", " + location + ", 'device', " + device +
                       ", 'fall', '{\"en\": \"TOLD: fell\"}', now()) RETURNING id")
                .toLongLong();
        api.database.run("INSERT INTO alert_action (alert_id, position, key, texts, device_id, parameters) VALUES (" +
                         number(alert) + ", 0, 'off', '{\"en\": \"TOLD: off\"}', " + device + ", '[]')");
        api.database.run("INSERT INTO alert_answer (alert_id, actor, answer, comment) VALUES (" + number(alert) +
                         ", 'participant:" + number(participant) + "', 'comment', 'NOTED: I am fine')");
    }
    void addMessages()
    {
        for (const char* direction : {"to-participant", "from-participant"})
            api.database.run(
                "INSERT INTO message (deployment_id, participant_id, location_id, direction, text, author) "
                "VALUES (" +
                deployment + ", " + number(participant) + ", " + location + ", '" + direction +
                "', 'SAID: hello', 'x')");
        api.database.run(
            "INSERT INTO message (deployment_id, participant_id, location_id, direction, kind, text, author, "
            "created_at, question) VALUES (" +
            deployment + ", " + number(participant) + ", " + location +
            ", 'to-participant', 'question', 'TOLD: well?', 'x', now() - interval '2 days', "
            "'{\"type\": \"text\", \"choices\": []}')");
        api.database.run("INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, comment, "
                         "requested_by, expires_at) VALUES (" +
                         deployment + ", " + location + ", " + device + ", " + device +
                         ", '[]', 'NOTED: please', 'operator:1', now() + interval '1 hour')");
    }
    void addScript()
    {
        script =
            api.database.value("INSERT INTO script (deployment_id, name) VALUES (" + deployment + ", 'S') RETURNING id")
                .toLongLong();
        const QByteArray version =
            api.database
                .value("INSERT INTO script_version (script_id, number, source, hash, author) VALUES (" +
                       number(script) + ", 1, 'pass', '', 'operator:1') RETURNING id")
                .toLatin1();
        api.database.run("INSERT INTO script_deployment (script_id, version_id, location_id) VALUES (" +
                         number(script) + ", " + version + ", " + location + ")");
        api.database.run(
            "INSERT INTO script_instance (script_id, location_id, version_id, status, status_detail) VALUES (" +
            number(script) + ", " + location + ", " + version +
            ", 'paused-by-errors', '20 errors in a row; the first one: line 8: ValueError: SAID help')");
        api.database.run(
            "INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status, error) "
            "VALUES (" +
            number(script) + ", " + version + ", " + location +
            ", now(), 'later', '{\"kind\": \"timer\", \"name\": \"t\", \"data\": [\"SAID once\", {\"answer\": "
            "\"SAID more\"}]}', 'error', 'line 3: ValueError: SAID more')");
        const QByteArray run =
            api.database
                .value("INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status, "
                       "because, "
                       "error, log, effect_count) VALUES (" +
                       number(script) + ", " + version + ", " + location +
                       ", now(), 'heard', '{\"kind\": \"participant_message\", \"data\": {\"text\": \"SAID help\"}}', "
                       "'ok', "
                       "'heard SAID help', 'no SAID help', '[\"SAID help!\", \"at Lindenweg 5, LINDENWEG street\", "
                       "\"it SAID, "
                       "in capitals: said HELP\"]', 1) "
                       "RETURNING id")
                .toLatin1();
        api.database.run("INSERT INTO effect (run_id, script_id, location_id, kind, at, payload) VALUES (" + run +
                         ", " + number(script) + ", " + location +
                         ", 'notify', now(), "
                         "'{\"text\": {\"en\": \"TOLD: calm\"}, \"to\": []}')");
    }
    // What is to be given for each id that an operation asks for.
    QJsonObject parametersOf(const protocol::Operation& operation) const
    {
        QJsonObject values;
        for (const auto& field : operation.parameters) {
            const QString name = QString::fromLatin1(field.name);
            if (field.kind == model::Kind::Id && field.noun != model::Noun::None)
                values.insert(name, idOfNoun(field.noun));
            else if (!field.isOptional && field.kind == model::Kind::Time)
                values.insert(name, name == u"to"_s ? u"2100-01-01T00:00:00Z"_s : u"2000-01-01T00:00:00Z"_s);
            else if (!field.isOptional)
                values.insert(name, u"pass"_s);
        }
        values.remove(u"after"_s);
        values.remove(u"before"_s);
        return values;
    }
    qint64 idOfNoun(model::Noun noun) const
    {
        switch (noun) {
        case model::Noun::Deployment:
            return deployment.toLongLong();
        case model::Noun::Location:
            return location.toLongLong();
        case model::Noun::Device:
            return device.toLongLong();
        case model::Noun::Participant:
            return participant;
        case model::Noun::Script:
            return script;
        case model::Noun::Alert:
            return alert;
        case model::Noun::Version:
            return api.database.value("SELECT max(id) FROM script_version").toLongLong();
        case model::Noun::Command:
            return api.database.value("SELECT max(id) FROM command").toLongLong();
        case model::Noun::Message:
            return api.database.value("SELECT max(id) FROM message").toLongLong();
        default:
            return 1;
        }
    }
};

QString markIn(const QJsonObject& answer)
{
    const std::string json = text(answer);
    for (const char* mark : Marks)
        if (json.find(mark) != std::string::npos)
            return QString::fromLatin1(mark) + u" in "_s + QString::fromStdString(json);
    return {};
}

} // namespace

class TestRights : public QObject
{
    Q_OBJECT

    // Signed in over a channel, following these topics of home and deployment a.
    static std::vector<qint64> follow(Channel& console, RunningApi& api, const QString& token,
                                      const QStringList& topics)
    {
        console.call(u"session.resume"_s, {{u"token"_s, token}});
        std::vector<qint64> numbers;
        for (const QString& topic : topics) {
            const bool ofHome = topic == u"measurements"_s || topic == u"timeline"_s || topic == u"commands"_s;
            const QJsonObject filter =
                ofHome ? QJsonObject{{u"location"_s, static_cast<qint64>(api.a.location.value)}}
                       : QJsonObject{{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)}};
            const auto answer = console.call(u"subscribe"_s, {{u"topic"_s, topic}, {u"filter"_s, filter}});
            numbers.push_back(answer.value("result"_L1).toObject().value("subscription"_L1).toInteger());
        }
        return numbers;
    }

private Q_SLOTS:
    void finding_S4_everyOperationAndTopicStandsInTheRightsTable()
    {
        int known = 0;
        for (const auto& operation : protocol::operations()) {
            const auto* row = rowOf(QString::fromLatin1(operation.name));
            QVERIFY2(row != nullptr, operation.name);
            QVERIFY2(operation.access == row->access && operation.roles == row->roles, operation.name);
            ++known;
        }
        for (const auto& topic : protocol::topics()) {
            const auto* row = rowOf(u"subscribe:"_s + QLatin1StringView(topic.name));
            QVERIFY2(row != nullptr, topic.name);
            QVERIFY2(topic.access == row->access && topic.roles == row->roles, topic.name);
            ++known;
        }
        for (const auto& row : RightsTable)
            known -= static_cast<int>(QString::fromLatin1(row.names).split(u' ').size());
        QCOMPARE(known, 0); // the rights table names nothing that is not there
    }

    void finding_S4_serversAreTheAdminsWhoIsOneForAll_data()
    {
        QTest::addColumn<bool>("everywhere");
        QTest::addColumn<int>("role");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char* name, bool everywhere, Role role, const QString& answer) {
            QTest::newRow(name) << everywhere << static_cast<int>(role) << answer;
        };
        row("a coordinator of one study", false, Role::Coordinator, u"access-denied"_s);
        row("a coordinator of all", true, Role::Coordinator, u"access-denied"_s);
        row("an admin of one study", false, Role::Admin, u"access-denied"_s);
        row("an analyst of all", true, Role::Analyst, u"access-denied"_s);
        row("an admin of all", true, Role::Admin, u"ok"_s);
    }
    void finding_S4_serversAreTheAdminsWhoIsOneForAll()
    {
        QFETCH(bool, everywhere);
        QFETCH(int, role);
        QFETCH(QString, answer);
        RunningApi api;
        const QString token =
            api.operatorWith(u"o@a.org"_s, {{everywhere ? DeploymentId{} : api.a.deployment, static_cast<Role>(role)}});
        for (const auto& method : {u"server.list"_s, u"metrics.query"_s})
            QCOMPARE(codeOf(api.call(token, method)), answer);
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, token}});
        QCOMPARE(console.call(u"subscribe"_s, {{u"topic"_s, u"metrics"_s}}).contains("result"_L1), answer == u"ok"_s);
        const auto overview = api.call(token, u"overview.get"_s); // whether the service is well, everybody may see
        QVERIFY2(overview && overview->contains("composer"_L1), qPrintable(codeOf(overview)));
    }

    void finding_G18_anAnalystSeesNoTextsAndNoNamesOfHomes()
    {
        RunningApi api;
        const Written written(api);
        const QString analyst = api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}});
        const QString coordinator = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}}, true);
        int answered = 0, marked = 0;
        for (const auto& operation : protocol::operations()) {
            if (operation.changes || operation.access != Access::ByRole)
                continue;
            const QString method = QString::fromLatin1(operation.name);
            const auto params = written.parametersOf(operation);
            const auto seen = api.call(analyst, method, params), whole = api.call(coordinator, method, params);
            if (whole)
                marked += markIn(*whole).isEmpty() ? 0 : 1;
            if (!seen)
                continue;
            ++answered;
            QVERIFY2(markIn(*seen).isEmpty(), qPrintable(method + u": "_s + markIn(*seen)));
            QVERIFY2(!operation.checkResult || operation.checkResult(*seen), qPrintable(method)); // it is still whole
        }
        QVERIFY2(answered > 15, qPrintable(QString::number(answered)));
        QVERIFY2(marked > 8, qPrintable(QString::number(marked))); // and a coordinator does see them
    }

    void finding_G18_whatAnAnalystMayReadIsThere()
    {
        RunningApi api;
        const Written written(api);
        const QString analyst = api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}});
        const auto alert = api.call(analyst, u"alert.get"_s, {{u"id"_s, written.alert}});
        QVERIFY(alert);
        QCOMPARE(alert->value("key"_L1).toString(), u"fall"_s);
        QCOMPARE(alert->value("state"_L1).toString(), u"open"_s);
        QCOMPARE(alert->value("locationName"_L1).toString(), u"H-%1"_s.arg(api.a.location.value));
        const auto home = api.call(analyst, u"location.get"_s, {{u"id"_s, written.location.toLongLong()}});
        QVERIFY(home);
        const auto place = home->value("location"_L1).toObject();
        QCOMPARE(place.value("name"_L1).toString(), u"H-%1"_s.arg(api.a.location.value));
        QCOMPARE(place.value("rooms"_L1).toArray().first().toObject().value("name"_L1).toString(), u"bedroom"_s);
        const auto runs = api.call(analyst, u"script.runs"_s, {{u"id"_s, written.script}});
        QVERIFY(runs);
        const auto run = runs->value("items"_L1).toArray().first().toObject();
        QCOMPARE(run.value("log"_L1).toArray().first().toString(), u"«text»!"_s);
        QCOMPARE(run.value("log"_L1).toArray().at(1).toString(), u"at H-%1, «text» street"_s.arg(api.a.location.value));
        QCOMPARE(run.value("log"_L1).toArray().last().toString(), u"it «text», in capitals: «text»"_s);
        const auto script = api.call(analyst, u"script.get"_s, {{u"id"_s, written.script}});
        QVERIFY(script);
        QVERIFY2(text(*script).find("the first one: line 8: ValueError: «text»") != std::string::npos,
                 text(*script).c_str());
        const auto scripts = api.call(analyst, u"script.list"_s, {{u"deployment"_s, written.deployment.toLongLong()}});
        QVERIFY(scripts);
        QCOMPARE(scripts->value("items"_L1).toArray().first().toObject().value("lastError"_L1).toString(),
                 u"line 3: ValueError: «text»"_s);
        const auto payload = run.value("effects"_L1).toArray().first().toObject().value("payload"_L1).toObject();
        QCOMPARE(payload.value("text"_L1).toObject().value("en"_L1).toString(), u"«text»"_s); // its key stays
        QVERIFY(api.call(analyst, u"overview.get"_s)->value("openAlerts"_L1).toInt() == 1);
    }

    void finding_G18_conversationsAreForWhoCoordinates_data()
    {
        QTest::addColumn<QString>("method");
        for (const auto& method : {u"message.list"_s, u"question.answers"_s, u"message.conversations"_s})
            QTest::newRow(qPrintable(method)) << method;
    }
    void finding_G18_conversationsAreForWhoCoordinates()
    {
        QFETCH(QString, method);
        RunningApi api;
        const Written written(api);
        const auto params = written.parametersOf(*protocol::findOperation(method.toStdString()));
        const auto analyst = api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}});
        QCOMPARE(codeOf(api.call(analyst, method, params)), u"access-denied"_s);
        const auto coordinator = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}});
        QCOMPARE(codeOf(api.call(coordinator, method, params)), u"ok"_s);
    }

    void finding_G18_anAnalystIsToldNoTextsLiveEither()
    {
        RunningApi api;
        const Written written(api);
        const QString one = api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}});
        const QString other = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}});
        auto analyst = api.console(), coordinator = api.console(); // which is to sign in within the second
        follow(analyst, api, one, {u"alerts"_s, u"timeline"_s});
        follow(coordinator, api, other, {u"alerts"_s, u"timeline"_s});
        const auto messages = analyst.call(
            u"subscribe"_s, {{u"topic"_s, u"messages"_s},
                             {u"filter"_s, QJsonObject{{u"deployment"_s, qint64(api.a.deployment.value)}}}});
        QVERIFY(messages.contains("error"_L1));
        api.bus.publish(bus::AlertChanged{AlertId{written.alert}, api.a.deployment, api.a.location});
        for (const auto& topic : {u"alerts"_s, u"timeline"_s}) {
            const auto seen = analyst.notice(topic), whole = coordinator.notice(topic);
            QVERIFY(!seen.value("items"_L1).toArray().isEmpty());
            QVERIFY2(markIn(seen).isEmpty(), qPrintable(markIn(seen)));
            QVERIFY2(!markIn(whole).isEmpty(), qPrintable(topic + u": "_s + QString::fromStdString(text(whole))));
        }
    }

    void finding_S6_rightsThatEndEndWhatIsFollowed_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("the role is taken away") << QByteArray("DELETE FROM operator_role");
        QTest::newRow("the role is another") << QByteArray("UPDATE operator_role SET role = 'analyst'");
        QTest::newRow("the role is one for another study")
            << QByteArray("UPDATE operator_role SET deployment_id = (SELECT max(id) FROM deployment)");
        QTest::newRow("the operator is deactivated") << QByteArray("UPDATE operator SET active = false");
        QTest::newRow("the session is over")
            << QByteArray("UPDATE operator_session SET expires_at = now() - interval '1 s'");
    }
    void finding_S6_rightsThatEndEndWhatIsFollowed()
    {
        QFETCH(QByteArray, change);
        RunningApi api;
        auto console = api.console();
        const auto numbers =
            follow(console, api, api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}}),
                   {u"measurements"_s, u"messages"_s});
        QTest::qWait(1'500); // looked at once while the rights stand: nothing ends
        api.database.run(change);
        std::set<qint64> ended;
        for (int i = 0; i < 2; ++i) {
            const auto notice = console.read().value("params"_L1).toObject();
            QVERIFY(notice.value("ended"_L1).toBool());
            ended.insert(notice.value("subscription"_L1).toInteger());
        }
        QCOMPARE(ended, std::set<qint64>(numbers.begin(), numbers.end()));
        QCOMPARE(console.client().readFrame(5'000).closeCode(), 4401);
    }

    void finding_S6_aPagesChannelEndsWithItsSession()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto invited = api.call(
            admin, u"participant.create"_s,
            {{u"deployment"_s, qint64(api.a.deployment.value)},
             {u"roles"_s,
              QJsonArray{QJsonObject{{u"location"_s, qint64(api.a.location.value)}, {u"role"_s, u"resident"_s}}}}});
        const auto answer = api.post(
            "/inbox/enrol",
            {{u"code"_s, invited->value("enrolmentCode"_L1)}, {u"username"_s, u"erna"_s}, {u"password"_s, Password}});
        const auto at = answer.head.find("cohort_session=");
        QVERIFY(at != std::string::npos);
        Channel page(api.server.port(), "/inbox/live",
                     "Origin: http://x\r\nCookie: " + answer.head.substr(at, answer.head.find(';', at) - at) + "\r\n");
        QCOMPARE(page.status, 101);
        QCOMPARE(codeOf(api.call(admin, u"participant.end"_s,
                                 {{u"id"_s, invited->value("id"_L1)}, {u"how"_s, u"withdrawn"_s}})),
                 u"ok"_s);
        QCOMPARE(page.client().readFrame(5'000).closeCode(), 4401);
    }
};

QTEST_GUILESS_MAIN(TestRights)
#include "tst_rights.moc"
