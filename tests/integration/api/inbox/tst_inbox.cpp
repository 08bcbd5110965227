// The participants' page: codes, cookies, other people's things, alerts and questions.
#include "shared/base/limits.h"
#include "shared/model/inbox.h"
#include "tests/integration/api/inbox/inbox_people.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestInbox : public QObject
{
    Q_OBJECT

    std::unique_ptr<RunningApi> m_api; // of the data-driven tests, which change nothing
    Person m_person;

private Q_SLOTS:
    void initTestCase() { m_api = std::make_unique<RunningApi>(); }
    void cleanupTestCase() { m_api.reset(); }

    void theCookieIsForNoScriptAndNoOtherSite()
    {
        RunningApi api;
        const auto invited = invitation(api, api.admin(), api.a);
        const auto answer = api.post(
            "/inbox/enrol",
            {{u"code"_s, invited.value("enrolmentCode"_L1)}, {u"username"_s, u"erna"_s}, {u"password"_s, Password}});
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.head.find("HttpOnly; SameSite=Strict") != std::string::npos);
        QVERIFY(answer.head.find("Secure") == std::string::npos); // no TLS here
    }

    void codesAreGoodOnceAndEnd()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto invited = invitation(api, admin, api.a);
        const QJsonObject wanted{
            {u"code"_s, invited.value("enrolmentCode"_L1)}, {u"username"_s, u"erna"_s}, {u"password"_s, Password}};
        QCOMPARE(api.post("/inbox/enrol", wanted).status, 200);
        auto second = wanted;
        second.insert(u"username"_s, u"eve"_s);
        QCOMPARE(errorOf(api.post("/inbox/enrol", second)), u"wrong-credentials"_s); // replayed
        const auto other = invitation(api, admin, api.a);
        api.database.run("UPDATE enrolment_code SET expires_at = now() - interval '1 second'");
        second.insert(u"code"_s, other.value("enrolmentCode"_L1));
        QCOMPARE(errorOf(api.post("/inbox/enrol", second)), u"wrong-credentials"_s); // over
    }

    void aNewCodeEndsTheOldOne()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto invited = invitation(api, admin, api.a);
        QVERIFY(api.call(admin, u"participant.enrolmentCode"_s, {{u"id"_s, invited.value("id"_L1)}}));
        QCOMPARE(errorOf(api.post("/inbox/enrol", {{u"code"_s, invited.value("enrolmentCode"_L1)},
                                                   {u"username"_s, u"erna"_s},
                                                   {u"password"_s, Password}})),
                 u"wrong-credentials"_s);
    }

    void aTakenNameLeavesTheCodeGood()
    {
        RunningApi api;
        const QString admin = api.admin();
        enrolled(api, admin, api.a, u"erna"_s);
        const auto invited = invitation(api, admin, api.a);
        QJsonObject wanted{
            {u"code"_s, invited.value("enrolmentCode"_L1)}, {u"username"_s, u"Erna"_s}, {u"password"_s, Password}};
        QCOMPARE(errorOf(api.post("/inbox/enrol", wanted)), u"already-exists"_s);
        wanted.insert(u"username"_s, u"erna2"_s);
        QCOMPARE(api.post("/inbox/enrol", wanted).status, 200);
    }

    void hostileBodies_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const char* path, const char* body, const char* code) {
            QTest::newRow(name) << QByteArray(path) << QByteArray(body) << QString::fromLatin1(code);
        };
        row("no JSON", "/inbox/act", "{", "cannot-parse");
        row("list", "/inbox/act", "[]", "cannot-parse");
        row("nothing", "/inbox/act", "{}", "missing-value");
        row("text as id", "/inbox/act", R"({"alert":"1","action":1})", "wrong-value");
        row("negative", "/inbox/dismiss", R"({"alert":-1})", "wrong-value");
        row("nobody's alert", "/inbox/dismiss", R"({"alert":99999})", "not-found");
        row("nobody's message", "/inbox/read", R"({"messages":[99999]})", "not-found");
        row("no messages", "/inbox/read", R"({"messages":[]})", "wrong-value");
        row("for nobody", "/inbox/write", R"({"text":"x","participant":null})", "other-person");
        row("for a text", "/inbox/write", R"({"text":"x","participant":"1"})", "other-person");
        row("a language that is none", "/inbox/language", R"({"language":"xx"})", "wrong-value");
        row("no answer", "/inbox/answer", R"({"message":1})", "missing-value");
        row("empty text", "/inbox/write", R"({"text":""})", "wrong-value");
        row("object as text", "/inbox/write", R"({"text":{}})", "wrong-value");
        row("NUL", "/inbox/write", R"({"text":"a\u0000b"})", "wrong-value");
        row("unknown", "/inbox/nothing", "{}", "not-found");
        row("short password", "/inbox/enrol", R"({"code":"x","username":"erna9","password":"short"})", "wrong-value");
        row("blank in the name", "/inbox/enrol", R"({"code":"x","username":"er na","password":"long enough"})",
            "wrong-value");
    }

    void hostileBodies()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        if (m_person.id == 0)
            m_person = enrolled(*m_api, m_api->admin(), m_api->a, u"erna"_s);
        const auto answer = m_api->http("POST", path.toStdString(), body.toStdString(),
                                        "Content-Type: application/json\r\n" + m_person.cookie);
        QVERIFY2(errorOf(answer) == code, answer.body.c_str());
    }

    void textsOverTheLimitAreRefused()
    {
        RunningApi api;
        const auto person = enrolled(api, api.admin(), api.a, u"erna"_s);
        QCOMPARE(errorOf(api.post("/inbox/write", {{u"text"_s, u"x"_s.repeated(5'000)}}, person.cookie)),
                 u"wrong-value"_s);
    }

    void refusesOtherSitesAndForms()
    {
        RunningApi api;
        const auto person = enrolled(api, api.admin(), api.a, u"erna"_s);
        QCOMPARE(
            api.post("/inbox/write", {{u"text"_s, u"x"_s}}, person.cookie + "Origin: https://evil.example\r\n").status,
            403);
        QCOMPARE(
            api.post("/inbox/write", {{u"text"_s, u"x"_s}}, person.cookie + "Sec-Fetch-Site: cross-site\r\n").status,
            403);
        QCOMPARE(api.http("POST", "/inbox/write", "text=x",
                          person.cookie + "Content-Type: application/x-www-form-urlencoded\r\n")
                     .status,
                 400);
        QCOMPARE(Channel(api.server.port(), "/inbox/live", person.cookie + "Origin: https://evil.example\r\n").status,
                 403);
        QCOMPARE(Channel(api.server.port(), "/inbox/live", person.cookie).status,
                 401); // a browser always says its origin
        QCOMPARE(Channel(api.server.port(), "/inbox/live", person.cookie + "Origin: http://x\r\n").status, 101);
    }

    void nothingWithoutSignIn()
    {
        RunningApi api;
        QCOMPARE(api.http("GET", "/inbox/items").status, 401);
        QCOMPARE(api.post("/inbox/write", {{u"text"_s, u"x"_s}}).status, 401);
        QCOMPARE(api.http("GET", "/inbox/items", {}, "Cookie: cohort_session=made-up\r\n").status, 401);
        // An operator's token is no participant's.
        QCOMPARE(
            api.http("GET", "/inbox/items", {}, "Cookie: cohort_session=" + api.admin().toStdString() + "\r\n").status,
            401);
    }

    void signsInAndOut()
    {
        RunningApi api;
        enrolled(api, api.admin(), api.a, u"erna"_s);
        QCOMPARE(errorOf(api.post("/inbox/signIn", {{u"username"_s, u"erna"_s}, {u"password"_s, u"nope"_s}})),
                 u"wrong-credentials"_s);
        QCOMPARE(
            errorOf(api.post("/inbox/signIn", {{u"username"_s, u"admin@example.org"_s}, {u"password"_s, Password}})),
            u"wrong-credentials"_s);
        const auto answer = api.post("/inbox/signIn", {{u"username"_s, u"Erna"_s}, {u"password"_s, Password}});
        const std::string cookie = cookieOf(answer);
        QCOMPARE(api.http("GET", "/inbox/items", {}, cookie).status, 200);
        QCOMPARE(api.post("/inbox/signOut", {}, cookie).status, 200);
        QCOMPARE(api.http("GET", "/inbox/items", {}, cookie).status, 401);
    }

    void takesAnActionAndSeesItsCommand()
    {
        RunningApi api;
        const auto person = enrolled(api, api.admin(), api.a, u"erna"_s);
        const auto alert = raise(api, api.a, {person});
        const auto seen = items(api, person).value("alerts"_L1).toArray().first().toObject();
        QCOMPARE(seen.value("text"_L1).toString(), u"Stove on"_s);
        QVERIFY(seen.value("command"_L1).isNull());
        QVERIFY(!api.database.value("SELECT delivered_at FROM alert_recipient").isEmpty());
        const auto action = seen.value("actions"_L1).toArray().first().toObject().value("id"_L1);
        QCOMPARE(api.post("/inbox/act", {{u"alert"_s, alert}, {u"action"_s, action}}, person.cookie).status, 200);
        auto after = items(api, person).value("alerts"_L1).toArray().first().toObject();
        QCOMPARE(after.value("command"_L1).toObject().value("state"_L1).toString(), u"queued"_s);
        api.database.run("UPDATE command SET state = 'expired', sent_at = now(), finished_at = now()");
        after = items(api, person).value("alerts"_L1).toArray().first().toObject();
        const QJsonObject unconfirmed{{u"state"_s, u"expired"_s}, {u"sent"_s, true}};
        QCOMPARE(after.value("command"_L1).toObject(), unconfirmed);
    }

    void itemsAreWhatTheirStructSays()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s),
                   eve = enrolled(api, admin, api.a, u"eve"_s, "caregiver");
        const auto alert = raise(api, api.a, {erna, eve});
        const auto asked = api.call(admin, u"question.ask"_s,
                                    {{u"participant"_s, erna.id},
                                     {u"text"_s, u"Slept well?"_s},
                                     {u"type"_s, u"one-of"_s},
                                     {u"choices"_s, QJsonArray{u"well"_s, u"badly"_s}}});
        QCOMPARE(api.post("/inbox/takeCare", {{u"alert"_s, alert}}, eve.cookie).status, 200);
        QCOMPARE(
            api.post("/inbox/answer", {{u"message"_s, idOf(asked)}, {u"answer"_s, u"badly"_s}}, erna.cookie).status,
            200);
        const auto got = model::fromJson<model::InboxItems>(items(api, erna));
        QVERIFY2(got, got ? "" : qPrintable(got.error().message()));
        QCOMPARE(got->participant.locations, QStringList{u"home-a"_s});
        const QString zone = api.database.value("SELECT time_zone FROM location WHERE name = 'home-a'");
        QCOMPARE(got->participant.timeZone, zone); // finding F29
        QCOMPARE(got->alerts.first().timeZone, zone);
        QCOMPARE(got->alerts.size(), 1);
        const auto& shown = got->alerts.first();
        QCOMPARE(shown.state, model::AlertState::Acknowledged);
        QCOMPARE(shown.actions.first().text, u"Switch it off"_s);
        QCOMPARE(shown.answers.first().answer, model::AnswerKind::Acknowledge);
        QCOMPARE(shown.answers.first().who, model::InboxActor::Caregiver);
        QVERIFY(!shown.answers.first().own && !shown.command);
        const auto& message = got->messages.first();
        QCOMPARE(message.life.state, model::MessageState::Answered);
        QCOMPARE(message.question->choices.last().text, u"badly"_s);
        QCOMPARE(message.answer->text, u"badly"_s);
        const auto hers = model::fromJson<model::InboxItems>(items(api, eve));
        QVERIFY(hers && hers->alerts.first().answers.first().own);
        QVERIFY(hers->messages.isEmpty());
    }

    void whoAsksHasNotReadWhatWasWritten()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s);
        QCOMPARE(api.post("/inbox/write", {{u"text"_s, u"I fell."_s}}, erna.cookie).status, 200);
        const auto unread = [&] {
            return api.database.value(
                "SELECT count(*) FROM message WHERE direction = 'from-participant' AND read_at IS NULL");
        };
        const QJsonObject question{
            {u"participant"_s, erna.id}, {u"text"_s, u"Slept well?"_s}, {u"type"_s, u"yes-no"_s}};
        QVERIFY(api.call(admin, u"question.ask"_s, question));
        QCOMPARE(unread(), u"1"_s);
        QVERIFY(api.call(admin, u"message.send"_s, {{u"participant"_s, erna.id}, {u"text"_s, u"Help is coming."_s}}));
        QCOMPARE(unread(), u"0"_s);
    }

    void tellsThePageTheLimits()
    {
        RunningApi api;
        const auto answer = api.http("GET", "/page/limits.js");
        QVERIFY(answer.head.find("text/javascript") != std::string::npos);
        QVERIFY2(answer.body.starts_with("\"use strict\";\nconst LIMITS = {"), answer.body.c_str());
        for (const Limit& limit : limits())
            QVERIFY2(answer.body.find('"' + std::string(limit.name) + "\":" + std::to_string(limit.value)) !=
                         std::string::npos,
                     limit.name);
    }

    void anotherPersonsAlertIsNotThere()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s),
                   eve = enrolled(api, admin, api.a, u"eve"_s, "caregiver");
        const auto alert = raise(api, api.a, {erna});
        const auto action = items(api, erna)
                                .value("alerts"_L1)
                                .toArray()
                                .first()
                                .toObject()
                                .value("actions"_L1)
                                .toArray()
                                .first()
                                .toObject()
                                .value("id"_L1);
        QVERIFY(items(api, eve).value("alerts"_L1).toArray().isEmpty());
        QCOMPARE(errorOf(api.post("/inbox/act", {{u"alert"_s, alert}, {u"action"_s, action}}, eve.cookie)),
                 u"not-found"_s);
        QCOMPARE(errorOf(api.post("/inbox/dismiss", {{u"alert"_s, alert}}, eve.cookie)), u"not-found"_s);
        QCOMPARE(errorOf(api.post("/inbox/takeCare", {{u"alert"_s, alert}}, eve.cookie)), u"not-found"_s);
        QCOMPARE(api.post("/inbox/takeCare", {{u"alert"_s, alert}}, erna.cookie).status, 200);
        QCOMPARE(api.database.value("SELECT state FROM alert"), u"acknowledged"_s);
    }

    void answersAQuestionOnce()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s), eve = enrolled(api, admin, api.a, u"eve"_s);
        const auto asked =
            api.call(admin, u"question.ask"_s,
                     {{u"participant"_s, erna.id}, {u"text"_s, u"<b>Well?</b>"_s}, {u"type"_s, u"yes-no"_s}});
        const auto message = idOf(asked);
        const auto seen = items(api, erna).value("messages"_L1).toArray().first().toObject();
        QCOMPARE(seen.value("text"_L1).toString(), u"<b>Well?</b>"_s);
        QCOMPARE(errorOf(api.post("/inbox/answer", {{u"message"_s, message}, {u"answer"_s, u"yes"_s}}, eve.cookie)),
                 u"not-found"_s);
        QCOMPARE(
            errorOf(api.post("/inbox/answer", {{u"message"_s, message}, {u"answer"_s, u"perhaps"_s}}, erna.cookie)),
            u"wrong-value"_s);
        QCOMPARE(api.post("/inbox/answer", {{u"message"_s, message}, {u"answer"_s, u"yes"_s}}, erna.cookie).status,
                 200);
        QCOMPARE(errorOf(api.post("/inbox/answer", {{u"message"_s, message}, {u"answer"_s, u"no"_s}}, erna.cookie)),
                 u"conflict"_s);
        const auto answers =
            api.call(admin, u"question.answers"_s, {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)}});
        const QJsonObject yes{{u"value"_s, u"yes"_s}, {u"text"_s, u"yes"_s}};
        QCOMPARE(answers->value("items"_L1).toArray().first().toObject().value("answer"_L1).toObject(), yes);
    }

    void isToldLiveWhatChanged()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s);
        Channel live(api.server.port(), "/inbox/live", erna.cookie + "Origin: http://x\r\n");
        QCOMPARE(live.status, 101);
        const auto sent = api.call(admin, u"message.send"_s, {{u"participant"_s, erna.id}, {u"text"_s, u"Hello"_s}});
        QVERIFY(sent);
        QCOMPARE(live.read().value("changed"_L1).toArray().first().toString(), u"messages"_s);
        const auto alert = raise(api, api.a, {erna});
        api.bus.publish(bus::AlertChanged{AlertId{alert}, api.a.deployment, api.a.location});
        QCOMPARE(live.read().value("changed"_L1).toArray().first().toString(), u"alerts"_s);
    }

    void servesThePageWithStrictHeaders()
    {
        RunningApi api;
        for (const char* path : {"/", "/e/ABCDE-FGHJK", "/page/app.js", "/page/app.css", "/page/limits.js",
                                 "/page/texts.js", "/page/cards.js", "/page/connection.js", "/page/outbox.js",
                                 "/page/seen.js", "/page/entering.js", "/page/icon.svg"}) {
            const auto answer = api.http("GET", path);
            QVERIFY2(answer.status == 200 && !answer.body.empty(), path);
            QVERIFY(answer.head.find("Content-Security-Policy: default-src 'none'; script-src 'self'") !=
                    std::string::npos);
        }
        QCOMPARE(api.http("GET", "/page/../secret").status, 404);
        QCOMPARE(api.http("DELETE", "/").status, 400);
    }
};

QTEST_GUILESS_MAIN(TestInbox)
#include "tst_inbox.moc"
