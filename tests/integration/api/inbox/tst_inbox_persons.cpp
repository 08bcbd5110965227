// The participants' page: for whom a request is meant, whose participation rests, what was read, in which language.
#include "shared/base/limits.h"
#include "tests/integration/api/inbox/inbox_people.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

// Whether a page's channel is told that this changed, after other hints or none.
bool hears(Channel& live, const QString& what)
{
    for (int i = 0; i < 10; ++i) {
        const auto changed = live.read().value("changed"_L1).toArray();
        if (!changed.isEmpty() && changed.first().toString() == what)
            return true;
    }
    return false;
}

} // namespace

class TestInboxPersons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsMeantForAnotherPersonIsRefused()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s), eve = enrolled(api, admin, api.a, u"eve"_s);
        const auto alert = raise(api, api.a, {erna, eve});
        const auto seen = items(api, erna).value("participant"_L1).toObject();
        QCOMPARE(seen.value("id"_L1).toInteger(), erna.id);
        const QJsonObject forErna{{u"participant"_s, erna.id}};
        const auto with = [&](QJsonObject body) {
            body.insert(u"participant"_s, erna.id);
            return body;
        };
        const auto refused =
            api.post("/inbox/write", with({{u"text"_s, u"Erna's words"_s}}), eve.cookie); // eve's session now
        QCOMPARE(refused.status, 409);
        QCOMPARE(errorOf(refused), u"other-person"_s);
        QCOMPARE(errorOf(api.post("/inbox/takeCare", with({{u"alert"_s, alert}}), eve.cookie)), u"other-person"_s);
        QCOMPARE(errorOf(api.post("/inbox/signOut", forErna, eve.cookie)), u"other-person"_s);
        QCOMPARE(api.database.value("SELECT count(*) FROM message"), u"0"_s);
        QCOMPARE(api.database.value("SELECT state FROM alert"), u"open"_s);
        QCOMPARE(api.post("/inbox/write", with({{u"text"_s, u"Erna's words"_s}}), erna.cookie).status, 200);
        QCOMPARE(api.post("/inbox/signOut", forErna, erna.cookie).status, 200);
    }

    void whoRestsIsToldSo()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s);
        const auto alert = raise(api, api.a, {erna});
        const auto asked = api.call(admin, u"question.ask"_s,
                                    {{u"participant"_s, erna.id}, {u"text"_s, u"Well?"_s}, {u"type"_s, u"yes-no"_s}});
        Channel live(api.server.port(), "/inbox/live", erna.cookie + "Origin: http://x\r\n");
        QVERIFY(api.call(admin, u"participant.update"_s, {{u"id"_s, erna.id}, {u"paused"_s, true}}));
        QVERIFY(hears(live, u"person"_s));
        const auto shown = items(api, erna);
        QVERIFY(shown.value("participant"_L1).toObject().value("rests"_L1).toBool());
        QVERIFY(shown.value("alerts"_L1).toArray().isEmpty());
        for (const char* path : {"/inbox/dismiss", "/inbox/takeCare"})
            QCOMPARE(errorOf(api.post(path, {{u"alert"_s, alert}}, erna.cookie)), u"participation-rests"_s);
        QCOMPARE(
            errorOf(api.post("/inbox/answer", {{u"message"_s, idOf(asked)}, {u"answer"_s, u"yes"_s}}, erna.cookie)),
            u"participation-rests"_s);
        QCOMPARE(api.post("/inbox/write", {{u"text"_s, u"When does it go on?"_s}}, erna.cookie).status, 200);
        QVERIFY(api.call(admin, u"participant.update"_s, {{u"id"_s, erna.id}, {u"paused"_s, false}}));
        QVERIFY(hears(live, u"person"_s));
        QCOMPARE(items(api, erna).value("alerts"_L1).toArray().size(), 1);
    }

    void readsManyAtOnce()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s), eve = enrolled(api, admin, api.a, u"eve"_s);
        QJsonArray sent;
        for (const auto& person : {erna, erna, eve})
            sent.append(
                idOf(api.call(admin, u"message.send"_s, {{u"participant"_s, person.id}, {u"text"_s, u"Hello"_s}})));
        for (int i = 0; i < 2; ++i)
            QCOMPARE(api.post("/inbox/read", {{u"messages"_s, sent}}, erna.cookie).status, 200);
        QCOMPARE(api.database.value("SELECT string_agg(state, ' ' ORDER BY id) FROM message"), u"read read sent"_s);
    }

    void aQuestionThatWaitsIsNotLostBehindNewerMessages()
    {
        RunningApi api;
        const QString admin = api.admin();
        const auto erna = enrolled(api, admin, api.a, u"erna"_s);
        const auto asked = api.call(admin, u"question.ask"_s,
                                    {{u"participant"_s, erna.id}, {u"text"_s, u"Well?"_s}, {u"type"_s, u"yes-no"_s}});
        api.database.run("INSERT INTO message (deployment_id, participant_id, direction, text, author, state) "
                         "SELECT deployment_id, participant_id, direction, 'm' || n, author, 'sent' FROM message, "
                         "generate_series(1, 150) n");
        auto shown = items(api, erna).value("messages"_L1).toArray();
        QCOMPARE(shown.size(), InboxMessagesMost + 1);
        QCOMPARE(shown.first().toObject().value("id"_L1).toInteger(), idOf(asked));
        QCOMPARE(api.post("/inbox/answer", {{u"message"_s, idOf(asked)}, {u"answer"_s, u"yes"_s}}, erna.cookie).status,
                 200);
        shown = items(api, erna).value("messages"_L1).toArray();
        QCOMPARE(shown.size(), InboxMessagesMost);
    }

    void theLanguageIsThePersons()
    {
        RunningApi api;
        const auto erna = enrolled(api, api.admin(), api.a, u"erna"_s);
        raise(api, api.a, {erna});
        const auto text = [&] {
            return items(api, erna).value("alerts"_L1).toArray().first().toObject().value("text"_L1).toString();
        };
        QCOMPARE(text(), u"Stove on"_s);
        QCOMPARE(api.post("/inbox/language", {{u"language"_s, u"de"_s}}, erna.cookie).status, 200);
        QCOMPARE(text(), u"Herd an"_s);
        QCOMPARE(api.database.value("SELECT language FROM participant"), u"de"_s);
    }

    void finding_M4_anActionThatIsAnAnswerAlone()
    {
        RunningApi api;
        const auto erna = enrolled(api, api.admin(), api.a, u"erna"_s);
        const auto alert = raise(api, api.a, {erna});
        api.database.run(
            "UPDATE alert_action SET device_id = NULL, parameters = '[]', texts = '{\"en\":\"I am fine\"}'");
        const auto shown = [&] { return items(api, erna).value("alerts"_L1).toArray().first().toObject(); };
        const auto action = shown().value("actions"_L1).toArray().first().toObject();
        QVERIFY(action.contains("isCommand"_L1) && !action.value("isCommand"_L1).toBool());
        for (int i = 0; i < 2; ++i) {
            const auto done =
                api.post("/inbox/act", {{u"alert"_s, alert}, {u"action"_s, action.value("id"_L1)}}, erna.cookie);
            QVERIFY2(done.status == 200 && parsed(done.body).value("command"_L1).isNull(), done.body.c_str());
        }
        QCOMPARE(shown().value("state"_L1).toString(), u"acknowledged"_s);
        QCOMPARE(shown().value("answers"_L1).toArray().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestInboxPersons)
#include "tst_inbox_persons.moc"
