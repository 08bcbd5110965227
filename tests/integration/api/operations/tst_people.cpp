// operator.*, session.changePassword, participant.*: who may do what to whom, and what it ends.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

const QString NewPassword = QStringLiteral("another long password");

} // namespace

class TestPeople : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanup() { m_api.reset(); }

    void anOperatorIsAddedAsSaid();
    void whatIsNoOperatorIsRefused_data();
    void whatIsNoOperatorIsRefused();
    void nobodyTakesAwayTheOwnRoles();
    void anotherEndsAnOperatorAtOnce();
    void rolesAreReplacedAsAWhole();
    void anAnalystIsNeverGivenNames();
    void anotherPasswordEndsItsSessions();
    void theOwnPasswordKeepsTheOwnSession();
    void aChangeOfPasswordNeedsTheOldOneAndCountsFailures();
    void aParticipantIsKnownByPseudonymAndRoles();
    void namesAreForThoseWhoMaySeeThem();
    void blankContactsAreNone();
    void aNewCodeTakesTheOldOnesPlace();
    void theServerSaysWhatItIs();

private:
    QJsonObject added(const QString& email, const QJsonArray& roles = {})
    {
        const auto made =
            call(u"operator.add"_s,
                 {{u"email"_s, email}, {u"name"_s, u"N"_s}, {u"password"_s, Password}, {u"roles"_s, roles}});
        return made ? *made : QJsonObject{{u"error"_s, codeOf(made)}};
    }
    Result<QJsonObject> call(const QString& method, const QJsonObject& params)
    {
        return m_api->call(m_admin, method, params);
    }
    QString signedIn(const QString& email, const QString& password)
    {
        const auto session = m_api->call({}, u"session.signIn"_s, {{u"email"_s, email}, {u"password"_s, password}});
        return session ? session->value("token"_L1).toString() : codeOf(session);
    }
    bool isIn(const QString& token) { return codeOf(m_api->call(token, u"deployment.list"_s)) == u"ok"_s; }
    qint64 ownId()
    {
        return m_api->database.value("SELECT id FROM operator WHERE email = 'admin@example.org'").toLongLong();
    }
    QJsonArray grant(const QString& role) const
    {
        return {QJsonObject{{u"deployment"_s, static_cast<qint64>(m_api->a.deployment.value)}, {u"role"_s, role}}};
    }
    QJsonObject person(const QJsonObject& more = {})
    {
        QJsonObject wanted{
            {u"deployment"_s, static_cast<qint64>(m_api->a.deployment.value)},
            {u"roles"_s, QJsonArray{QJsonObject{{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                                                {u"role"_s, u"resident"_s}}}}};
        for (auto one = more.begin(); one != more.end(); ++one)
            wanted.insert(one.key(), one.value());
        const auto made = call(u"participant.create"_s, wanted);
        return made ? *made : QJsonObject{{u"error"_s, codeOf(made)}};
    }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

void TestPeople::anOperatorIsAddedAsSaid()
{
    const auto one = added(u"c@example.org"_s, grant(u"coordinator"_s));
    QCOMPARE(one.value("email"_L1).toString(), u"c@example.org"_s);
    QCOMPARE(one.value("active"_L1).toBool(), true);
    QCOMPARE(one.value("maySeeNames"_L1).toBool(true), false);
    QCOMPARE(one.value("roles"_L1).toArray().size(), 1);
    const QString token = signedIn(u"c@example.org"_s, Password);
    QVERIFY(isIn(token));
    const auto seen = m_api->call(token, u"deployment.list"_s);
    QCOMPARE(seen->value("items"_L1).toArray().size(), 1);
    const auto listed = call(u"operator.list"_s, {});
    QCOMPARE(listed->value("items"_L1).toArray().size(), 2);
    QCOMPARE(m_api->database.value("SELECT object FROM audit WHERE action = 'operator.add' AND actor <> 'system'"),
             u"operator:%1"_s.arg(one.value("id"_L1).toInteger()));
}

void TestPeople::whatIsNoOperatorIsRefused_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("code");
    QTest::newRow("no address") << u"nobody"_s << Password << u"wrong-value"_s;
    QTest::newRow("a short password") << u"c@example.org"_s << u"short"_s << u"wrong-value"_s;
    QTest::newRow("the address as password")
        << u"coordinator@example.org"_s << u"Coordinator@example.org"_s << u"wrong-value"_s;
    QTest::newRow("one who is there") << u"admin@example.org"_s << Password << u"already-exists"_s;
}

void TestPeople::whatIsNoOperatorIsRefused()
{
    QFETCH(QString, email);
    QFETCH(QString, password);
    QTEST(
        codeOf(call(u"operator.add"_s,
                    {{u"email"_s, email}, {u"name"_s, u"N"_s}, {u"password"_s, password}, {u"roles"_s, QJsonArray()}})),
        "code");
    QCOMPARE(m_api->database.value("SELECT count(*) FROM operator"), u"1"_s);
}

void TestPeople::nobodyTakesAwayTheOwnRoles()
{
    const qint64 own = ownId();
    QCOMPARE(codeOf(call(u"operator.update"_s, {{u"id"_s, own}, {u"active"_s, false}})), u"access-denied"_s);
    QCOMPARE(codeOf(call(u"operator.update"_s, {{u"id"_s, own}, {u"roles"_s, QJsonArray()}})), u"access-denied"_s);
    const auto renamed = call(u"operator.update"_s, {{u"id"_s, own}, {u"name"_s, u"Ada"_s}, {u"active"_s, true}});
    QVERIFY2(renamed, qPrintable(codeOf(renamed)));
    QCOMPARE(renamed->value("name"_L1).toString(), u"Ada"_s);
    QVERIFY(isIn(m_admin));
}

void TestPeople::anotherEndsAnOperatorAtOnce()
{
    const auto id = added(u"c@example.org"_s, grant(u"coordinator"_s)).value("id"_L1);
    const QString token = signedIn(u"c@example.org"_s, Password);
    QVERIFY(call(u"operator.update"_s, {{u"id"_s, id}, {u"name"_s, u"Still here"_s}}));
    QVERIFY(isIn(token));
    const auto ended = call(u"operator.update"_s, {{u"id"_s, id}, {u"active"_s, false}});
    QVERIFY(ended);
    QCOMPARE(ended->value("active"_L1).toBool(true), false);
    QVERIFY(!isIn(token));
    QCOMPARE(m_api->database.value("SELECT count(*) FROM operator_session"), u"1"_s); // the admin's
    QCOMPARE(signedIn(u"c@example.org"_s, Password), u"account-locked"_s);
    QVERIFY(call(u"operator.update"_s, {{u"id"_s, id}, {u"active"_s, true}}));
    QVERIFY(isIn(signedIn(u"c@example.org"_s, Password)));
}

void TestPeople::rolesAreReplacedAsAWhole()
{
    const auto id = added(u"c@example.org"_s, grant(u"coordinator"_s)).value("id"_L1);
    const auto changed = call(u"operator.update"_s, {{u"id"_s, id}, {u"roles"_s, grant(u"analyst"_s)}});
    QVERIFY2(changed, qPrintable(codeOf(changed)));
    QCOMPARE(changed->value("roles"_L1).toArray().size(), 1);
    QCOMPARE(changed->value("roles"_L1).toArray().first().toObject().value("role"_L1).toString(), u"analyst"_s);
    const auto none = call(u"operator.update"_s, {{u"id"_s, id}, {u"roles"_s, QJsonArray()}});
    QCOMPARE(none->value("roles"_L1).toArray().size(), 0);
    const auto named = call(u"operator.update"_s, {{u"id"_s, id}, {u"maySeeNames"_s, true}});
    QCOMPARE(named->value("maySeeNames"_L1).toBool(), true);
}

void TestPeople::anAnalystIsNeverGivenNames()
{
    const QJsonObject wanted{{u"email"_s, u"a@example.org"_s},
                             {u"name"_s, u"Ana"_s},
                             {u"password"_s, Password},
                             {u"maySeeNames"_s, true},
                             {u"roles"_s, grant(u"analyst"_s)}};
    QCOMPARE(codeOf(call(u"operator.add"_s, wanted)), u"wrong-value"_s);
    const auto id = added(u"c@example.org"_s, grant(u"coordinator"_s)).value("id"_L1);
    QVERIFY(call(u"operator.update"_s, {{u"id"_s, id}, {u"maySeeNames"_s, true}}));
    QCOMPARE(codeOf(call(u"operator.update"_s, {{u"id"_s, id}, {u"roles"_s, grant(u"analyst"_s)}})), u"wrong-value"_s);
    const QJsonObject both{{u"id"_s, id}, {u"roles"_s, grant(u"analyst"_s)}, {u"maySeeNames"_s, false}};
    QVERIFY(call(u"operator.update"_s, both));
    QCOMPARE(codeOf(call(u"operator.update"_s, {{u"id"_s, id}, {u"maySeeNames"_s, true}})), u"wrong-value"_s);
}

void TestPeople::anotherPasswordEndsItsSessions()
{
    const auto id = added(u"c@example.org"_s, grant(u"coordinator"_s)).value("id"_L1);
    const QString token = signedIn(u"c@example.org"_s, Password);
    QCOMPARE(codeOf(call(u"operator.update"_s, {{u"id"_s, id}, {u"password"_s, u"short"_s}})), u"wrong-value"_s);
    QVERIFY(isIn(token));
    QVERIFY(call(u"operator.update"_s, {{u"id"_s, id}, {u"password"_s, NewPassword}}));
    QVERIFY(!isIn(token));
    QVERIFY(isIn(m_admin));
    QCOMPARE(signedIn(u"c@example.org"_s, Password), u"wrong-credentials"_s);
    QVERIFY(isIn(signedIn(u"c@example.org"_s, NewPassword)));
}

void TestPeople::theOwnPasswordKeepsTheOwnSession()
{
    const QString other = signedIn(u"admin@example.org"_s, Password);
    QVERIFY(call(u"operator.update"_s, {{u"id"_s, ownId()}, {u"password"_s, NewPassword}}));
    QVERIFY(isIn(m_admin));
    QVERIFY(!isIn(other));
    const QString third = signedIn(u"admin@example.org"_s, NewPassword);
    QVERIFY(isIn(third));
    const auto back = m_api->call(third, u"session.changePassword"_s, {{u"old"_s, NewPassword}, {u"new"_s, Password}});
    QVERIFY2(back, qPrintable(codeOf(back)));
    QVERIFY(isIn(third));
    QVERIFY(!isIn(m_admin));
    QVERIFY(isIn(signedIn(u"admin@example.org"_s, Password)));
}

void TestPeople::aChangeOfPasswordNeedsTheOldOneAndCountsFailures()
{
    const auto change = [&](const QString& old, const QString& fresh) {
        return codeOf(call(u"session.changePassword"_s, {{u"old"_s, old}, {u"new"_s, fresh}}));
    };
    QCOMPARE(change(Password, u"short"_s), u"wrong-value"_s);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(change(u"not the password"_s, NewPassword), u"wrong-credentials"_s);
    QCOMPARE(change(Password, NewPassword), u"too-often"_s); // even the right one waits now
    m_api->database.run("DELETE FROM login_failure");
    QCOMPARE(change(Password, NewPassword), u"ok"_s);
    QCOMPARE(m_api->database.value("SELECT count(*) FROM audit WHERE action = 'session.changePassword'"), u"1"_s);
    QCOMPARE(m_api->database.value("SELECT count(*) FROM audit WHERE detail::text LIKE '%password%'"), u"0"_s);
}

void TestPeople::aParticipantIsKnownByPseudonymAndRoles()
{
    const auto one = person({{u"language"_s, u"de"_s}});
    QCOMPARE(one.value("error"_L1).toString(), QString());
    QVERIFY(one.value("code"_L1).toString().size() >= 5);
    QCOMPARE(one.value("language"_L1).toString(), u"de"_s);
    const QString code = one.value("enrolmentCode"_L1).toString();
    QVERIFY(one.value("enrolmentUrl"_L1).toString().endsWith(u"/e/"_s + code));
    const auto roles = one.value("roles"_L1).toArray();
    QCOMPARE(roles.size(), 1);
    QCOMPARE(roles.first().toObject().value("role"_L1).toString(), u"resident"_s);
    const auto two = person();
    QVERIFY(two.value("code"_L1).toString() != one.value("code"_L1).toString());
    QCOMPARE(two.value("language"_L1).toString(), u"en"_s);
    const auto got = call(u"participant.get"_s, {{u"id"_s, one.value("id"_L1)}});
    QVERIFY2(got, qPrintable(codeOf(got)));
    QVERIFY(!got->contains("enrolmentCode"_L1));
    const auto deployment = QJsonValue(static_cast<qint64>(m_api->a.deployment.value));
    const auto all = call(u"participant.list"_s, {{u"deployment"_s, deployment}, {u"limit"_s, 1}});
    QCOMPARE(all->value("items"_L1).toArray().size(), 1);
    QVERIFY(all->value("more"_L1).toBool());
}

void TestPeople::namesAreForThoseWhoMaySeeThem()
{
    const auto one = person({{u"name"_s, u"Ada Example"_s}, {u"email"_s, u"ada@example.org"_s}});
    QVERIFY(text(one).find("Ada Example") != std::string::npos);
    const QString blind =
        m_api->operatorWith(u"blind@example.org"_s, {{m_api->a.deployment, Role::Coordinator}}, false);
    const auto got = m_api->call(blind, u"participant.get"_s, {{u"id"_s, one.value("id"_L1)}});
    QVERIFY2(got, qPrintable(codeOf(got)));
    QVERIFY(text(*got).find("Ada") == std::string::npos);
    QVERIFY(text(*got).find("ada@") == std::string::npos);
    const QByteArray views = "SELECT count(*) FROM audit WHERE action = 'participant.get'";
    QCOMPARE(m_api->database.value(views), u"0"_s);
    QVERIFY(call(u"participant.get"_s, {{u"id"_s, one.value("id"_L1)}}));
    QCOMPARE(m_api->database.value(views), u"1"_s);
}

void TestPeople::blankContactsAreNone()
{
    QCOMPARE(person({{u"name"_s, u"  "_s}, {u"email"_s, u" "_s}, {u"phone"_s, u" "_s}}).value("error"_L1).toString(),
             QString());
    QCOMPARE(
        m_api->database.value("SELECT count(*) FROM participant_identity WHERE trim(name) = '' OR trim(email) = '' "
                              "OR trim(phone) = ''"),
        u"0"_s);
}

void TestPeople::aNewCodeTakesTheOldOnesPlace()
{
    const auto one = person();
    const QString first = one.value("enrolmentCode"_L1).toString();
    const auto again = call(u"participant.enrolmentCode"_s, {{u"id"_s, one.value("id"_L1)}});
    QVERIFY2(again, qPrintable(codeOf(again)));
    const QString second = again->value("enrolmentCode"_L1).toString();
    QVERIFY(!second.isEmpty() && second != first);
    QCOMPARE(m_api->database.value("SELECT count(*) FROM enrolment_code"), u"1"_s);
    QVERIFY(QDateTime::fromString(again->value("expires"_L1).toString(), Qt::ISODateWithMs) >
            QDateTime::currentDateTimeUtc());
}

void TestPeople::theServerSaysWhatItIs()
{
    const auto info = m_api->call({}, u"server.info"_s);
    QVERIFY2(info, qPrintable(codeOf(info)));
    QCOMPARE(info->value("name"_L1).toString(), u"Cohort"_s);
    QCOMPARE(info->value("version"_L1).toString(), QStringLiteral(COHORT_VERSION));
    QCOMPARE(info->value("deviceioUrl"_L1).toString(), u"http://127.0.0.1:8461"_s);
    QVERIFY(info->value("protocol"_L1).toInt() >= 1);
}

QTEST_GUILESS_MAIN(TestPeople)
#include "tst_people.moc"
