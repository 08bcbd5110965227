// Sign in, sessions, the brake on guessing, the first admin.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

QJsonObject credentials(const QString& email, const QString& password)
{
    return {{u"email"_s, email}, {u"password"_s, password}};
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstAdminUsesTheCodeUp()
    {
        RunningApi api;
        const auto code = api::Bootstrap::oneTimeCode(*api.connection);
        QVERIFY(code && !code->isEmpty());
        QJsonObject params{{u"code"_s, u"WRONG-WRONG"_s},
                           {u"email"_s, u"anna@example.org"_s},
                           {u"name"_s, u"Anna"_s},
                           {u"password"_s, Password}};
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, params)), u"wrong-credentials"_s);
        params.insert(u"code"_s, code->toLower());
        params.insert(u"password"_s, u"short"_s);
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, params)), u"wrong-value"_s);
        params.insert(u"password"_s, Password);
        const auto session = api.call({}, u"session.firstAdmin"_s, params);
        QVERIFY2(session, qPrintable(codeOf(session)));
        QCOMPARE(codeOf(api.call(session->value("token"_L1).toString(), u"operator.list"_s)), u"ok"_s);
        params.insert(u"email"_s, u"eve@example.org"_s);
        QCOMPARE(codeOf(api.call({}, u"session.firstAdmin"_s, params)), u"wrong-credentials"_s); // replayed
        const auto later = api::Bootstrap::oneTimeCode(*api.connection);
        QVERIFY(later && later->isEmpty());
    }

    void onlyHashesAreKept()
    {
        RunningApi api;
        const QString token = api.admin();
        QVERIFY(!token.isEmpty());
        QCOMPARE(api.database.value("SELECT count(*) FROM operator WHERE password_hash NOT LIKE '$argon2id$%'"),
                 u"0"_s);
        QCOMPARE(api.database.value("SELECT count(*) FROM operator_session WHERE token_hash = sha256('" +
                                    token.toUtf8() + "')"),
                 u"1"_s);
    }

    void wrongAndUnknownGetTheSameAnswer()
    {
        RunningApi api;
        api.admin();
        const auto wrong = api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, u"nope"_s));
        const auto unknown = api.call({}, u"session.signIn"_s, credentials(u"nobody@example.org"_s, u"nope"_s));
        QVERIFY(!wrong && !unknown);
        QCOMPARE(wrong.error().message(), unknown.error().message());
        QCOMPARE(wrong.error().code, ErrorCode::WrongCredentials);
    }

    void fiveFailuresMakeItWaitEvenForTheRightPassword()
    {
        RunningApi api;
        api.admin();
        for (int i = 0; i < 5; ++i)
            QCOMPARE(codeOf(api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, u"nope"_s))),
                     u"wrong-credentials"_s);
        const auto now = api.call({}, u"session.signIn"_s, credentials(u"Admin@example.org"_s, Password));
        QCOMPARE(codeOf(now), u"too-often"_s);
        QVERIFY(now.error().retryAfterMs > 0);
        api.database.run("UPDATE login_failure SET locked_until = now() - interval '1 second'");
        QCOMPARE(codeOf(api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, Password))), u"ok"_s);
    }

    void theWaitDoubles()
    {
        RunningApi api;
        store::OperatorRepository operators(*api.connection);
        qint64 last = 0;
        for (int i = 0; i < 9; ++i)
            QVERIFY(operators.countFailure(u"x"_s, u"10.0.0.2"_s));
        for (int i = 0; i < 3; ++i) {
            const auto wait = operators.failureWait(u"x"_s, u"10.0.0.2"_s);
            QVERIFY(wait && *wait > last);
            last = *wait;
            QVERIFY(operators.countFailure(u"x"_s, u"10.0.0.2"_s));
        }
        QVERIFY(last > 15'000 && last <= 900'000);
        const auto elsewhere = operators.failureWait(u"x"_s, u"10.0.0.3"_s);
        QVERIFY(elsewhere && *elsewhere == 0);
    }

    void manyGoodSignInsFromOneAddressLockNobodyOut()
    {
        RunningApi api;
        api.admin();
        api.database.run("UPDATE login_failure SET failures = 49");
        for (int i = 0; i < 4; ++i)
            QCOMPARE(codeOf(api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, Password))), u"ok"_s);
    }

    void anAccountThatFailedLongAgoMayFailAgain()
    {
        RunningApi api;
        api.admin();
        const auto wrong = credentials(u"admin@example.org"_s, u"nope"_s);
        QCOMPARE(codeOf(api.call({}, u"session.signIn"_s, wrong)), u"wrong-credentials"_s);
        api.database.run("UPDATE login_failure SET failures = 9, locked_until = now() - interval '2 days'");
        QCOMPARE(codeOf(api.call({}, u"session.signIn"_s, wrong)), u"wrong-credentials"_s);
        QCOMPARE(api.database.value("SELECT max(failures) FROM login_failure"), u"1"_s); // forgiven meanwhile
    }

    void aSessionEnds()
    {
        RunningApi api;
        const QString token = api.admin();
        QCOMPARE(codeOf(api.call(token, u"deployment.list"_s)), u"ok"_s);
        api.database.run("UPDATE operator_session SET expires_at = now() - interval '1 second'");
        QCOMPARE(codeOf(api.call(token, u"deployment.list"_s)), u"not-signed-in"_s);
        QCOMPARE(codeOf(api.call({}, u"deployment.list"_s)), u"not-signed-in"_s);
        QCOMPARE(codeOf(api.call(u"made-up"_s, u"deployment.list"_s)), u"not-signed-in"_s);
    }

    void aSessionInUseLivesOn()
    {
        RunningApi api;
        const QString token = api.admin();
        api.database.run("UPDATE operator_session SET expires_at = now() + interval '1 hour'");
        QCOMPARE(codeOf(api.call(token, u"deployment.list"_s)), u"ok"_s);
        QCOMPARE(api.database.value("SELECT expires_at > now() + interval '11 hours' FROM operator_session"), u"t"_s);
    }

    void signOutEndsIt()
    {
        RunningApi api;
        const QString token = api.admin();
        QCOMPARE(codeOf(api.call(token, u"session.signOut"_s)), u"ok"_s);
        QCOMPARE(codeOf(api.call(token, u"deployment.list"_s)), u"not-signed-in"_s);
    }

    void aNewPasswordEndsTheOtherSessions()
    {
        RunningApi api;
        const QString first = api.admin();
        const auto second = api.call({}, u"session.signIn"_s, credentials(u"admin@example.org"_s, Password));
        QVERIFY(second);
        const QString token = second->value("token"_L1).toString();
        QCOMPARE(codeOf(api.call(token, u"session.changePassword"_s,
                                 {{u"old"_s, u"nope"_s}, {u"new"_s, u"another password"_s}})),
                 u"wrong-credentials"_s);
        QCOMPARE(codeOf(api.call(token, u"session.changePassword"_s,
                                 {{u"old"_s, Password}, {u"new"_s, u"another password"_s}})),
                 u"ok"_s);
        QCOMPARE(codeOf(api.call(first, u"deployment.list"_s)), u"not-signed-in"_s);
        QCOMPARE(codeOf(api.call(token, u"deployment.list"_s)), u"ok"_s);
    }

    void anInactiveOperatorIsOutAtOnce()
    {
        RunningApi api;
        const QString admin = api.admin();
        const QString token = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}});
        const auto id = api.database.value("SELECT id FROM operator WHERE email = 'c@a.org'").toLongLong();
        QCOMPARE(codeOf(api.call(admin, u"operator.update"_s, {{u"id"_s, id}, {u"active"_s, false}})), u"ok"_s);
        QCOMPARE(codeOf(api.call(token, u"deployment.list"_s)), u"not-signed-in"_s);
        const auto signIn = [&](const QString& password) {
            return codeOf(api.call({}, u"session.signIn"_s, credentials(u"c@a.org"_s, password)));
        };
        QCOMPARE(signIn(u"not the password"_s), u"wrong-credentials"_s);
        QCOMPARE(signIn(Password), u"account-locked"_s);
        QCOMPARE(
            api.database.value("SELECT count(*) FROM operator_session WHERE operator_id = " + QByteArray::number(id)),
            u"0"_s);
        QCOMPARE(codeOf(api.call(admin, u"operator.update"_s, {{u"id"_s, id}, {u"active"_s, true}})), u"ok"_s);
        QCOMPARE(signIn(Password), u"ok"_s);
    }

    void anAdminOfOneDeploymentMakesNoOperators()
    {
        RunningApi api;
        const QString token = api.operatorWith(u"a@a.org"_s, {{api.a.deployment, Role::Admin}});
        const QJsonObject params{
            {u"email"_s, u"x@x.org"_s},
            {u"name"_s, u"X"_s},
            {u"password"_s, Password},
            {u"roles"_s, QJsonArray{QJsonObject{{u"deployment"_s, QJsonValue()}, {u"role"_s, u"admin"_s}}}}};
        QCOMPARE(codeOf(api.call(token, u"operator.add"_s, params)), u"access-denied"_s);
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_sign_in.moc"
