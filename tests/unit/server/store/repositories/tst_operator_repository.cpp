// Operators on real rows: who signs in, how long a session lives, and how failed tries make the next one wait.
#include "server/store/repositories/operator_repository.h"
#include "shared/base/limits.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

using model::OperatorRole;

struct Office
{
    testkit::TestDatabase database;
    std::unique_ptr<Connection> connection = database.connect();
    OperatorRepository operators{*connection};

    OperatorId add(const QString& email, const QString& hash = u"hash"_s)
    {
        OperatorRow row;
        row.email = email;
        row.name = u"N"_s;
        row.passwordHash = hash;
        return operators.insert(row).value_or(OperatorId{});
    }
    bool isSignedIn(const QByteArray& token)
    {
        const auto found = operators.session(token);
        return found && found->has_value();
    }
    // Moves a session's end so that `left` of it are left.
    void leave(const QByteArray& token, int leftS)
    {
        database.run("UPDATE operator_session SET expires_at = now() + interval '" + QByteArray::number(leftS) +
                     " s' WHERE token_hash = '" + token + "'");
    }
    void failTimes(int count, const QString& account = u"a@x.org"_s, const QString& address = u"10.0.0.1"_s)
    {
        for (int i = 0; i < count; ++i)
            if (!operators.countFailure(account, address))
                qFatal("a failure is not counted");
    }
    qint64 wait(const QString& account = u"a@x.org"_s, const QString& address = u"10.0.0.1"_s)
    {
        return operators.failureWait(account, address).value_or(-1);
    }
    // What is asked after it is asked at the same moment: in one transaction the database's clock stands still.
    void atOneMoment(const std::function<void()>& work)
    {
        const auto done = connection->transaction([&] {
            work();
            return Result<void>();
        });
        if (!done)
            qFatal("%s", qPrintable(done.error().message()));
    }
    // How long that account must wait after so many more failures.
    qint64 waitAfter(int count, const QString& failing = u"a@x.org"_s, const QString& asked = u"a@x.org"_s)
    {
        qint64 found = -1;
        atOneMoment([&] {
            failTimes(count, failing);
            found = wait(asked);
        });
        return found;
    }
    // As if all that was counted had happened so much earlier.
    void age(int seconds)
    {
        database.run("UPDATE login_failure SET locked_until = locked_until - interval '" + QByteArray::number(seconds) +
                     " s'");
    }
    int failures(const QByteArray& account)
    {
        return database.value("SELECT failures FROM login_failure WHERE account = '" + account + "'").toInt();
    }
};

constexpr int Slack = 60'000; // ms: a slow machine's

} // namespace

class TestOperatorRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddressIsOneHoweverItIsWritten();
    void changesOnlyWhatIsGiven();
    void nobodyIsNotFound();
    void onlyAnActiveAdminOfEverythingWithAPasswordCounts();
    void rolesAreSetAsAWhole();
    void listsEachWithTheirOwnRoles();
    void aSessionLivesForItsTime();
    void aSessionInUseAgesAfterItsStep();
    void aSessionEndsWithItsOperator();
    void aNewPasswordEndsTheOtherSessions();
    void thereIsOneFirstCodeAndItWorksOnce();
    void theFreeFailuresAreFree();
    void theWaitDoublesUpToItsMost();
    void anAddressAsAWholeMustWait();
    void timeForgives();
    void successForgivesTheAccountButNotTheAddress();
    void oldFailuresGoWithTheNext();
    void anAccountNamedLikeTheAddressesRowIsCountedOnce();
};

void TestOperatorRepository::anAddressIsOneHoweverItIsWritten()
{
    Office office;
    const auto id = office.add(u"Ann@Example.ORG"_s);
    const auto found = office.operators.byEmail(u"aNN@example.org"_s);
    QVERIFY(found && *found);
    QCOMPARE((*found)->id, id);
    QCOMPARE((*found)->email, u"ann@example.org"_s);
    QVERIFY((*found)->active && !(*found)->maySeeNames);
    OperatorRow again;
    again.email = u"ANN@example.org"_s;
    again.name = again.passwordHash = u"x"_s;
    QCOMPARE(office.operators.insert(again).error().code, ErrorCode::AlreadyExists);
    const auto nobody = office.operators.byEmail(u"ann@example.or"_s);
    QVERIFY(nobody && !*nobody);
}

void TestOperatorRepository::changesOnlyWhatIsGiven()
{
    Office office;
    const auto id = office.add(u"a@x.org"_s), other = office.add(u"b@x.org"_s);
    OperatorChange change;
    change.maySeeNames = true;
    QVERIFY(office.operators.update(id, change));
    auto row = **office.operators.byId(id);
    QVERIFY(row.maySeeNames && row.active);
    QCOMPARE(row.name, u"N"_s);
    QCOMPARE(row.passwordHash, u"hash"_s);
    QVERIFY(office.operators.update(id, {.name = u""_s, .passwordHash = u"new"_s, .maySeeNames = {}, .active = false}));
    row = **office.operators.byId(id);
    QVERIFY(row.maySeeNames && !row.active && row.name.isEmpty());
    QCOMPARE(row.passwordHash, u"new"_s);
    QVERIFY((*office.operators.byId(other))->active);
}

void TestOperatorRepository::nobodyIsNotFound()
{
    Office office;
    QCOMPARE(office.operators.find(OperatorId{99}).error().code, ErrorCode::NotFound);
    QCOMPARE(office.operators.update(OperatorId{99}, {}).error().code, ErrorCode::NotFound);
    QVERIFY(!*office.operators.byId(OperatorId{99}));
    QVERIFY(!office.isSignedIn("nobody"));
}

void TestOperatorRepository::onlyAnActiveAdminOfEverythingWithAPasswordCounts()
{
    Office office;
    const auto home = testkit::makeHome(office.database);
    const auto id = office.add(u"a@x.org"_s, u""_s);
    const auto exists = [&] { return office.operators.adminExists().value_or(true); };
    QVERIFY(office.operators.setGrants(id, {{{}, OperatorRole::Admin}}));
    QVERIFY(!exists()); // nobody can sign in as that one
    QVERIFY(office.operators.update(id, {.name = {}, .passwordHash = u"h"_s, .maySeeNames = {}, .active = {}}));
    QVERIFY(exists());
    QVERIFY(office.operators.setGrants(id, {{{}, OperatorRole::Coordinator}}));
    QVERIFY(!exists());
    QVERIFY(office.operators.setGrants(id, {{home.deployment, OperatorRole::Admin}}));
    QVERIFY(!exists());
    QVERIFY(office.operators.setGrants(id, {{{}, OperatorRole::Admin}}));
    QVERIFY(office.operators.update(id, {.name = {}, .passwordHash = {}, .maySeeNames = {}, .active = false}));
    QVERIFY(!exists());
}

void TestOperatorRepository::rolesAreSetAsAWhole()
{
    Office office;
    const auto home = testkit::makeHome(office.database);
    const auto id = office.add(u"a@x.org"_s), other = office.add(u"b@x.org"_s);
    QVERIFY(office.operators.setGrants(other, {{{}, OperatorRole::Analyst}}));
    QVERIFY(office.operators.setGrants(id, {{{}, OperatorRole::Analyst}, {home.deployment, OperatorRole::Admin}}));
    QCOMPARE(office.operators.find(id)->roles.size(), 2);
    const QList<model::OperatorGrant> last{{home.deployment, OperatorRole::Coordinator}};
    QVERIFY(office.operators.setGrants(id, last));
    QCOMPARE(office.operators.find(id)->roles, last);
    QVERIFY(office.operators.setGrants(id, {}));
    QVERIFY(office.operators.find(id)->roles.isEmpty());
    QCOMPARE(office.operators.find(other)->roles.size(), 1);
    const auto twice = office.operators.setGrants(id, {{{}, OperatorRole::Analyst}, {{}, OperatorRole::Admin}});
    QCOMPARE(twice.error().code, ErrorCode::AlreadyExists); // one role a deployment
}

void TestOperatorRepository::listsEachWithTheirOwnRoles()
{
    Office office;
    QVERIFY(office.operators.list()->isEmpty());
    const auto second = office.add(u"b@x.org"_s), first = office.add(u"a@x.org"_s);
    QVERIFY(office.operators.setGrants(second, {{{}, OperatorRole::Admin}}));
    QVERIFY(office.operators.update(first, {.name = {}, .passwordHash = {}, .maySeeNames = {}, .active = false}));
    const auto all = office.operators.list();
    QVERIFY2(all, all ? "" : qPrintable(all.error().message()));
    QCOMPARE(all->size(), 2);
    QCOMPARE(all->first().account.id, first); // by address
    QVERIFY(all->first().roles.isEmpty() && !all->first().active);
    QCOMPARE(all->last().roles.size(), 1);
    QCOMPARE(all->last().roles.first().role, OperatorRole::Admin);
    QVERIFY(!all->last().roles.first().deployment);
}

void TestOperatorRepository::aSessionLivesForItsTime()
{
    Office office;
    const auto id = office.add(u"a@x.org"_s);
    QVERIFY(office.operators.setGrants(id, {{{}, OperatorRole::Coordinator}}));
    const auto expires = office.operators.addSession("t", id);
    QVERIFY(expires);
    const auto lives =
        toMs(*expires) - office.database.value("SELECT (extract(epoch FROM now()) * 1000)::bigint").toLongLong();
    QVERIFY(lives <= OperatorSessionS * 1'000LL && lives > OperatorSessionS * 1'000LL - Slack);
    const auto session = office.operators.session("t");
    QVERIFY(session && *session);
    QCOMPARE((*session)->who.id, id);
    QCOMPARE((*session)->expires, *expires);
    QCOMPARE((*session)->grants.size(), 1);
    QVERIFY((*session)->who.passwordHash.isEmpty()); // is not carried about
    QVERIFY(!office.isSignedIn("T"));
    office.leave("t", -1);
    QVERIFY(!office.isSignedIn("t"));
    QVERIFY(office.operators.addSession("u", id)); // clears away what is over
    QCOMPARE(office.database.value("SELECT count(*) FROM operator_session"), u"1"_s);
    QVERIFY(office.operators.endSession("u"));
    QVERIFY(!office.isSignedIn("u"));
}

void TestOperatorRepository::aSessionInUseAgesAfterItsStep()
{
    Office office;
    QVERIFY(office.operators.addSession("t", office.add(u"a@x.org"_s)));
    const auto isAgeing = [&] { return (*office.operators.session("t"))->ageing; };
    QVERIFY(!isAgeing());
    office.leave("t", OperatorSessionS - OperatorSessionStepS + Slack / 1'000);
    QVERIFY(!isAgeing());
    office.leave("t", OperatorSessionS - OperatorSessionStepS - 1);
    QVERIFY(isAgeing());
    const auto before = (*office.operators.session("t"))->expires;
    QVERIFY(office.operators.extendSession("t"));
    QVERIFY(!isAgeing());
    QVERIFY((*office.operators.session("t"))->expires - before >= std::chrono::seconds(OperatorSessionStepS));
}

void TestOperatorRepository::aSessionEndsWithItsOperator()
{
    Office office;
    const auto id = office.add(u"a@x.org"_s);
    QVERIFY(office.operators.addSession("t", id));
    QVERIFY(office.isSignedIn("t"));
    QVERIFY(office.operators.update(id, {.name = {}, .passwordHash = {}, .maySeeNames = {}, .active = false}));
    QVERIFY(!office.isSignedIn("t"));
}

void TestOperatorRepository::aNewPasswordEndsTheOtherSessions()
{
    Office office;
    const auto id = office.add(u"a@x.org"_s);
    for (const char* token : {"one", "two"})
        QVERIFY(office.operators.addSession(token, id));
    QVERIFY(office.operators.addSession("other", office.add(u"b@x.org"_s)));
    QVERIFY(office.operators.endOtherSessions(id, "two"));
    QVERIFY(!office.isSignedIn("one") && office.isSignedIn("two") && office.isSignedIn("other"));
    QVERIFY(office.operators.endOtherSessions(id, ""));
    QVERIFY(!office.isSignedIn("two") && office.isSignedIn("other"));
}

void TestOperatorRepository::thereIsOneFirstCodeAndItWorksOnce()
{
    Office office;
    QVERIFY(office.operators.replaceCode("first"));
    QVERIFY(office.operators.replaceCode("second"));
    QVERIFY(!*office.operators.consumeCode("first"));
    QVERIFY(*office.operators.consumeCode("second"));
    QVERIFY(!*office.operators.consumeCode("second"));
}

void TestOperatorRepository::theFreeFailuresAreFree()
{
    Office office;
    QCOMPARE(office.wait(), 0);
    QCOMPARE(office.waitAfter(FailuresFree - 1), 0);
    QCOMPARE(office.waitAfter(1), 1'000);
    office.failTimes(3);
    QCOMPARE(office.wait(u"b@x.org"_s), 0);                // another account from there
    QCOMPARE(office.wait(u"a@x.org"_s, u"10.0.0.2"_s), 0); // this one from elsewhere
    QVERIFY(office.wait() > 0);
}

void TestOperatorRepository::theWaitDoublesUpToItsMost()
{
    Office office;
    QCOMPARE(office.waitAfter(FailuresFree), 1'000);
    QCOMPARE(office.waitAfter(1), 2'000);
    QCOMPARE(office.waitAfter(6), 128'000);
    QCOMPARE(office.waitAfter(2), 512'000);
    QCOMPARE(office.waitAfter(1), FailureWaitMostS * 1'000);
    QCOMPARE(office.waitAfter(30), FailureWaitMostS * 1'000); // 2^40 s would be an age
}

void TestOperatorRepository::anAddressAsAWholeMustWait()
{
    Office office;
    for (int i = 0; i < FailuresFreeOfAddress - 1; ++i)
        office.failTimes(1, u"guess-%1"_s.arg(i));
    QCOMPARE(office.wait(u"new@x.org"_s), 0);
    QCOMPARE(office.waitAfter(1, u"guess-last"_s, u"new@x.org"_s), 1'000);
    QCOMPARE(office.waitAfter(1, u"guess-last"_s, u"new@x.org"_s), 2'000);
    QCOMPARE(office.wait(u"new@x.org"_s, u"10.0.0.2"_s), 0);
}

void TestOperatorRepository::timeForgives()
{
    Office office;
    office.failTimes(FailuresFree - 1);
    office.age(FailuresForgivenAfterS - Slack / 1'000);
    QCOMPARE(office.waitAfter(1), 1'000); // not yet
    QCOMPARE(office.failures("a@x.org"), FailuresFree);
    office.age(FailuresForgivenAfterS + 2);
    QCOMPARE(office.wait(), 0);
    office.failTimes(1);
    QCOMPARE(office.wait(), 0);
    QCOMPARE(office.failures("a@x.org"), 1);
    QCOMPARE(office.failures("*"), 1);
}

void TestOperatorRepository::successForgivesTheAccountButNotTheAddress()
{
    Office office;
    office.failTimes(FailuresFree);
    office.failTimes(2, u"b@x.org"_s);
    QVERIFY(office.operators.clearFailures(u"a@x.org"_s, u"10.0.0.1"_s));
    QCOMPARE(office.wait(), 0);
    QCOMPARE(office.failures("b@x.org"), 2);
    QCOMPARE(office.failures("*"), FailuresFree + 1); // its own last try is no failure
    QVERIFY(office.operators.clearFailures(u"c@x.org"_s, u"10.0.0.2"_s));
    QCOMPARE(office.failures("*"), FailuresFree + 1); // nor another address's
    office.database.run("UPDATE login_failure SET failures = 0");
    QVERIFY(office.operators.clearFailures(u"a@x.org"_s, u"10.0.0.1"_s));
    QCOMPARE(office.failures("*"), 0); // never below
}

void TestOperatorRepository::oldFailuresGoWithTheNext()
{
    Office office;
    office.failTimes(1, u"old@x.org"_s, u"10.0.0.9"_s);
    office.age(FailuresKeptS - Slack / 1'000);
    office.failTimes(1);
    QCOMPARE(office.failures("old@x.org"), 1);
    office.age(Slack / 1'000 + 2);
    office.failTimes(1);
    QCOMPARE(office.failures("old@x.org"), 0);
    QCOMPARE(office.database.value("SELECT count(*) FROM login_failure WHERE address = '10.0.0.9'"), u"0"_s);
    QCOMPARE(office.failures("a@x.org"), 2);
}

void TestOperatorRepository::anAccountNamedLikeTheAddressesRowIsCountedOnce()
{
    Office office;
    const auto counted = office.operators.countFailure(u"*"_s, u"10.0.0.1"_s);
    QVERIFY2(counted, counted ? "" : qPrintable(counted.error().message()));
    QVERIFY(office.operators.countFailure(u"*"_s, u"10.0.0.1"_s));
    QCOMPARE(office.failures("*"), 2);
}

QTEST_GUILESS_MAIN(TestOperatorRepository)
#include "tst_operator_repository.moc"
