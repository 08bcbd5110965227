// The one-time code of the first admin: how long it is good, and what ends it; and nobody is locked out by guessing.
#include "server/api/dispatch/secrets.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

#include <future>

using namespace cohort;
using namespace cohort::testing;

namespace {

QJsonObject wanted(const QString& code, const QString& email = u"anna@example.org"_s)
{
    return {{u"code"_s, code}, {u"email"_s, email}, {u"name"_s, u"Anna"_s}, {u"password"_s, Password}};
}

QJsonObject credentials(const QString& email, const QString& password)
{
    return {{u"email"_s, email}, {u"password"_s, password}};
}

} // namespace

class TestFirstCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F28_theCodeEndsWithTheFirstAdmin_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("operator add on the command line") << u"command"_s;
        QTest::newRow("the code itself") << u"code"_s;
        QTest::newRow("an operator's roles changed by another admin's call") << u"roles"_s;
    }
    void finding_F28_theCodeEndsWithTheFirstAdmin()
    {
        QFETCH(QString, way);
        RunningApi api;
        const auto code = api::Bootstrap::oneTimeCode(*api.connection);
        QVERIFY(code && !code->isEmpty());
        if (way == u"command"_s) {
            QVERIFY(!api.admin().isEmpty());
        } else if (way == u"code"_s) {
            QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, wanted(*code))), u"ok"_s);
        } else {
            const QString token = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}});
            QVERIFY(!token.isEmpty());
            QCOMPARE(api.database.value("SELECT count(*) FROM sign_in_code"), u"1"_s); // no admin of everything yet
            store::OperatorRepository operators(*api.connection);
            const OperatorId id{api.database.value("SELECT id FROM operator").toLongLong()};
            QVERIFY(operators.setGrants(id, {{DeploymentId{}, Role::Admin}}));
        }
        QCOMPARE(api.database.value("SELECT count(*) FROM sign_in_code"), u"0"_s);
        const auto second = api.call({}, u"session.firstAdmin"_s, wanted(*code, u"eve@example.org"_s));
        QCOMPARE(codeOf(second), u"wrong-credentials"_s);
        QVERIFY(second.error().detail.contains(u"operator first-code"_s)); // what to do
        QCOMPARE(api.database.value("SELECT count(*) FROM operator WHERE email = 'eve@example.org'"), u"0"_s);
    }

    // Also a code that is still there, as an older version left it.
    void finding_F28_aCodeThatWasLeftOverIsRefusedWhereThereIsAnAdmin()
    {
        RunningApi api;
        api.admin();
        QVERIFY(store::OperatorRepository(*api.connection).replaceCode(api::sha256(u"ABCDEFGHJK"_s)));
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, wanted(u"ABCDE-FGHJK"_s))), u"wrong-credentials"_s);
    }

    void finding_F28_theCodeIsGoodForAnHour_data()
    {
        QTest::addColumn<QByteArray>("age");
        QTest::addColumn<QString>("answer");
        QTest::newRow("just before") << QByteArray("59 minutes") << u"ok"_s;
        QTest::newRow("just after") << QByteArray("60 minutes 1 second") << u"wrong-credentials"_s;
        QTest::newRow("long after") << QByteArray("3 days") << u"wrong-credentials"_s;
    }
    void finding_F28_theCodeIsGoodForAnHour()
    {
        QFETCH(QByteArray, age);
        QFETCH(QString, answer);
        RunningApi api;
        const auto code = api::Bootstrap::oneTimeCode(*api.connection);
        QVERIFY(code);
        api.database.run("UPDATE sign_in_code SET created_at = now() - interval '" + age + "'");
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, wanted(*code))), answer);
        const auto next = api::Bootstrap::oneTimeCode(*api.connection);
        QVERIFY(next);
        QCOMPARE(next->isEmpty(), answer == u"ok"_s); // a new one, as long as there is no admin
    }

    void finding_F28_aTryThatFailsDoesNotMakeTheCodeYounger()
    {
        RunningApi api;
        const auto code = api::Bootstrap::oneTimeCode(*api.connection);
        QVERIFY(code);
        QVERIFY(!api.operatorWith(u"taken@example.org"_s, {{api.a.deployment, Role::Analyst}}).isEmpty());
        api.database.run("UPDATE sign_in_code SET created_at = now() - interval '50 minutes'");
        const QByteArray old = "SELECT count(*) FROM sign_in_code WHERE created_at < now() - interval '49 minutes'";
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, wanted(*code, u"taken@example.org"_s))),
                 u"already-exists"_s);
        QCOMPARE(api.database.value(old), u"1"_s);
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, wanted(*code, u"not-an-email"_s))), u"wrong-value"_s);
        QCOMPARE(api.database.value(old), u"1"_s);
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, wanted(*code))), u"ok"_s);
    }

    void finding_S7_twelveWrongPasswordsLockTheOnlyAdminOutForAMoment()
    {
        RunningApi api;
        api.admin();
        const auto wrong = credentials(u"admin@example.org"_s, u"nope"_s);
        for (int i = 0; i < 12; ++i)
            QVERIFY(!api.call({}, u"session.signIn"_s, wrong));
        const auto right = api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, Password));
        QCOMPARE(codeOf(right), u"too-often"_s);
        QVERIFY(right.error().retryAfterMs > 0 && right.error().retryAfterMs <= 2'000);
        QTest::qWait(right.error().retryAfterMs + 200);
        QCOMPARE(codeOf(api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, Password))), u"ok"_s);
    }

    // Each is answered: signed in, or told to come later; and the server serves on.
    void finding_S7_manySignInsAtOnceAreAllAnswered()
    {
        constexpr int Many = 60;
        RunningApi api;
        api.admin();
        std::vector<std::future<int>> answers;
        answers.reserve(Many);
        for (int i = 0; i < Many; ++i)
            answers.push_back(std::async(std::launch::async, [&] {
                const std::string body = text(credentials(u"admin@example.org"_s, Password));
                testing::RawClient client(api.server.port());
                client.send("POST /api/v1/session.signIn HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            "Content-Length: " +
                            std::to_string(body.size()) + "\r\n\r\n" + body);
                int status = 0;
                for (int waits = 0; waits < 10 && status == 0;
                     ++waits) // passwords are slow to check, one after the other
                    status = client.readHttp().status;
                return status;
            }));
        int signedIn = 0;
        for (auto& answer : answers) {
            const int status = answer.get();
            QVERIFY2(status == 200 || status == 429 || status == 503, qPrintable(QString::number(status)));
            signedIn += status == 200 ? 1 : 0;
        }
        QVERIFY(signedIn > 0);
        QCOMPARE(api.http("GET", "/espapi/watch").status, 200);
    }
};

QTEST_GUILESS_MAIN(TestFirstCode)
#include "tst_first_code.moc"
