// Participants' way in: the code of an invitation, a user name, sessions, and the homes that they may handle.
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/participant_repository.h"
#include "shared/base/limits.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

using model::HomeRole;

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    ParticipantRepository people{*connection};

    ParticipantId add(const QString& code)
    {
        return people.insert({.deployment = home.deployment, .code = code, .language = {}, .personal = {}})
            .value_or(ParticipantId{});
    }
    void be(const QByteArray& status) { database.run("UPDATE participant SET status = '" + status + "'"); }
    bool opens(const QByteArray& code)
    {
        const auto row = people.consumeCode(code);
        return row && row->has_value();
    }
    bool isSignedIn(const QByteArray& token)
    {
        const auto row = people.session(token);
        return row && row->has_value();
    }
    std::int64_t fromNow(Timestamp time)
    {
        return toMs(time) - database.value("SELECT (extract(epoch FROM now()) * 1000)::bigint").toLongLong();
    }
};

constexpr std::int64_t Day = 86'400'000, Slack = 60'000;

} // namespace

class TestParticipantSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCodeIsOnceInItsDeployment();
    void anInvitationWorksOnceAndForItsDays();
    void aNewInvitationEndsTheOlderOnes();
    void onlyThoseWhoMayTakePartAreLetIn();
    void enrollingMakesThemActive();
    void enrollingAgainEndsTheSessionsBefore();
    void aUserNameIsTakenHoweverItIsWritten();
    void aSessionLivesForItsDays();
    void whoHasLeftIsSignedInNoMore();
    void rolesThatEndedOpenNoHome();
    void finding_G18_aCaregiverHandlesNoDevices();
    void finding_G18_aStudentHandlesOwnDevicesAlone();
    void aSupporterHandlesNoDevices();
};

void TestParticipantSignIn::aCodeIsOnceInItsDeployment()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    QVERIFY(study.add(u"P1"_s));
    const auto again =
        study.people.insert({.deployment = study.home.deployment, .code = u"P1"_s, .language = {}, .personal = {}});
    QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
    QVERIFY(study.people.insert({.deployment = other.deployment, .code = u"P1"_s, .language = {}, .personal = {}}));
}

void TestParticipantSignIn::anInvitationWorksOnceAndForItsDays()
{
    Study study;
    const auto id = study.add(u"P1"_s);
    const auto expires = study.people.replaceCode(id, "code");
    QVERIFY(expires);
    QVERIFY(study.fromNow(*expires) <= EnrolmentDays * Day && study.fromNow(*expires) > EnrolmentDays * Day - Slack);
    QVERIFY(!study.opens("Code"));
    const auto row = study.people.consumeCode("code");
    QVERIFY(row && *row);
    QCOMPARE((*row)->id, id);
    QCOMPARE((*row)->deployment, study.home.deployment);
    QVERIFY(!study.opens("code"));
    QVERIFY(study.people.replaceCode(id, "late"));
    study.database.run("UPDATE enrolment_code SET expires_at = now() - interval '1 s'");
    QVERIFY(!study.opens("late"));
}

void TestParticipantSignIn::aNewInvitationEndsTheOlderOnes()
{
    Study study;
    const auto id = study.add(u"P1"_s), other = study.add(u"P2"_s);
    QVERIFY(study.people.replaceCode(other, "other"));
    QVERIFY(study.people.replaceCode(id, "first"));
    QVERIFY(study.people.replaceCode(id, "second"));
    QVERIFY(!study.opens("first"));
    QVERIFY(study.opens("second"));
    QVERIFY(study.opens("other"));
}

void TestParticipantSignIn::onlyThoseWhoMayTakePartAreLetIn()
{
    Study study;
    const auto id = study.add(u"P1"_s);
    for (const char* status : {"paused", "completed", "withdrawn", "invited", "active"}) {
        const bool mayTakePart = status[0] != 'c' && status[0] != 'w'; // who is paused may sign in, and stays paused
        QVERIFY(study.people.replaceCode(id, status));
        study.be(status);
        QCOMPARE(study.opens(status), mayTakePart);
        const auto left = study.database.value("SELECT uses_left FROM enrolment_code");
        QCOMPARE(left, mayTakePart ? u"0"_s : u"1"_s); // kept where it did not work
    }
}

void TestParticipantSignIn::enrollingMakesThemActive()
{
    Study study;
    const auto id = study.add(u"P1"_s), other = study.add(u"P2"_s);
    QVERIFY(study.people.enrol(id, u"Erna"_s, u"hash"_s, u"de"_s));
    const auto person = study.people.find(id, Names::Hidden);
    QCOMPARE(person->status, model::ParticipantStatus::Active);
    QCOMPARE(person->language, model::Language::German);
    QCOMPARE(study.people.find(other, Names::Hidden)->status, model::ParticipantStatus::Invited);
    const auto row = study.people.byUsername(u"ERNA"_s);
    QVERIFY(row && *row && (*row)->active);
    QCOMPARE((*row)->id, id);
    QCOMPARE((*row)->passwordHash, u"hash"_s);
    QVERIFY(!*study.people.byUsername(u"ern"_s));
    QVERIFY(study.people.enrol(id, u"erna"_s, u"other"_s, {})); // no language said: stays
    QCOMPARE(study.people.find(id, Names::Hidden)->language, model::Language::German);
    QCOMPARE((*study.people.byUsername(u"erna"_s))->passwordHash, u"other"_s);
}

void TestParticipantSignIn::enrollingAgainEndsTheSessionsBefore()
{
    Study study;
    const auto id = study.add(u"P1"_s), other = study.add(u"P2"_s);
    QVERIFY(study.people.addSession("before", id));
    QVERIFY(study.people.addSession("others", other));
    QVERIFY(study.people.enrol(id, u"erna"_s, u"hash"_s, {}));
    QVERIFY(!study.isSignedIn("before") && study.isSignedIn("others"));
}

void TestParticipantSignIn::aUserNameIsTakenHoweverItIsWritten()
{
    Study study;
    const auto id = study.add(u"P1"_s), other = study.add(u"P2"_s);
    QVERIFY(study.people.enrol(id, u"erna"_s, u"hash"_s, {}));
    const auto taken = study.people.enrol(other, u"ERNA"_s, u"hash"_s, {});
    QCOMPARE(taken.error().code, ErrorCode::AlreadyExists);
    QCOMPARE((*study.people.byUsername(u"erna"_s))->id, id);
}

void TestParticipantSignIn::aSessionLivesForItsDays()
{
    Study study;
    const auto id = study.add(u"P1"_s);
    const auto expires = study.people.addSession("t", id);
    QVERIFY(expires);
    const auto lives = study.fromNow(*expires);
    QVERIFY(lives <= ParticipantSessionDays * Day && lives > ParticipantSessionDays * Day - Slack);
    const auto row = study.people.session("t");
    QVERIFY(row && *row);
    QCOMPARE((*row)->code, u"P1"_s);
    QCOMPARE((*row)->language, u"en"_s);
    study.database.run("UPDATE participant_session SET expires_at = now() - interval '1 s'");
    QVERIFY(!study.isSignedIn("t"));
    QVERIFY(study.people.addSession("u", id));
    QCOMPARE(study.database.value("SELECT count(*) FROM participant_session"), u"1"_s);
    QVERIFY(study.people.endSession("u"));
    QVERIFY(!study.isSignedIn("u"));
}

void TestParticipantSignIn::whoHasLeftIsSignedInNoMore()
{
    Study study;
    const auto id = study.add(u"P1"_s);
    QVERIFY(study.people.enrol(id, u"erna"_s, u"hash"_s, {}));
    QVERIFY(study.people.addSession("t", id));
    study.be("paused"); // may still read and write
    QVERIFY(study.isSignedIn("t") && (*study.people.byUsername(u"erna"_s))->active);
    for (const char* status : {"completed", "withdrawn"}) {
        study.be(status);
        QVERIFY(!study.isSignedIn("t"));
        QVERIFY(!(*study.people.byUsername(u"erna"_s))->active);
    }
}

void TestParticipantSignIn::rolesThatEndedOpenNoHome()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    const auto id = study.add(u"P1"_s);
    QVERIFY(study.people.addRole(id, study.home.location, HomeRole::Resident, 1));
    QVERIFY(study.people.addRole(id, study.home.location, HomeRole::Caregiver, 1));
    QVERIFY(study.people.addRole(id, other.location, HomeRole::Student, 1));
    const auto places = study.people.places(id);
    QVERIFY(places);
    QCOMPARE(places->size(), std::size_t{2}); // once, whatever the roles
    QCOMPARE(places->front().name, u"home-a"_s);
    QCOMPARE(places->front().timeZone, u"Europe/Vienna"_s);
    QVERIFY(*study.people.mayRegisterDevices(id, other.location));
    study.database.run("UPDATE participant_role SET until = now() + interval '1 h'");
    QCOMPARE(study.people.places(id)->size(), std::size_t{2});
    study.database.run("UPDATE participant_role SET until = now() - interval '1 s' WHERE location_id <> " +
                       QByteArray::number(static_cast<qint64>(study.home.location.value)));
    QCOMPARE(study.people.places(id)->size(), std::size_t{1});
    QVERIFY(!*study.people.mayRegisterDevices(id, other.location));
    QVERIFY(*study.people.mayRegisterDevices(id, study.home.location));
}

// Commands only by an alert's action, no raw data, no registering: study.md, "Roles of participants".
void TestParticipantSignIn::finding_G18_aCaregiverHandlesNoDevices()
{
    Study study;
    const auto id = study.add(u"P1"_s);
    QVERIFY(study.people.addRole(id, study.home.location, HomeRole::Caregiver, 1));
    QVERIFY(!*study.people.mayRegisterDevices(id, study.home.location));
    DeviceRepository devices(*study.connection);
    DeviceSearch wanted{.key = u"sensor-a"_s, .location = {}, .scope = {}, .participant = id};
    QVERIFY(devices.search(wanted)->isEmpty());
    QVERIFY(study.people.addRole(id, study.home.location, HomeRole::Resident, 1));
    QVERIFY(*study.people.mayRegisterDevices(id, study.home.location));
    QCOMPARE(devices.search(wanted)->size(), 1);
}

void TestParticipantSignIn::finding_G18_aStudentHandlesOwnDevicesAlone()
{
    Study study;
    const auto id = study.add(u"P1"_s), other = study.add(u"P2"_s);
    for (const auto& one : {id, other})
        QVERIFY(study.people.addRole(one, study.home.location, HomeRole::Student, 1));
    DeviceRepository devices(*study.connection);
    DeviceRegistration mine;
    mine.location = study.home.location;
    mine.key = u"mine"_s;
    mine.owner = id;
    QVERIFY(devices.insert(mine));
    study.database.run("INSERT INTO device (deployment_id, location_id, key, gateway_id) "
                       "SELECT deployment_id, location_id, 'behind', id FROM device WHERE key = 'mine'");
    const auto finds = [&](const QString& key, ParticipantId who) {
        return devices.search({.key = key, .location = {}, .scope = {}, .participant = who})->size() == 1;
    };
    QVERIFY(!finds(u"sensor-a"_s, id));
    QVERIFY(finds(u"mine"_s, id) && finds(u"behind"_s, id));
    QVERIFY(!finds(u"mine"_s, other) && !finds(u"behind"_s, other));
    QVERIFY(study.people.addRole(other, study.home.location, HomeRole::Resident, 1));
    QVERIFY(finds(u"mine"_s, other) && finds(u"sensor-a"_s, other));
}

void TestParticipantSignIn::aSupporterHandlesNoDevices()
{
    Study study;
    const auto id = study.add(u"P1"_s);
    QVERIFY(!*study.people.mayRegisterDevices(id, study.home.location));
    QVERIFY(study.people.addRole(id, study.home.location, HomeRole::Supporter, 1));
    QVERIFY(!*study.people.mayRegisterDevices(id, study.home.location));
    QCOMPARE(study.people.places(id)->size(), std::size_t{1});
    const auto twice = study.people.addRole(id, study.home.location, HomeRole::Supporter, 2);
    QCOMPARE(twice.error().code, ErrorCode::AlreadyExists);
    QVERIFY(study.people.addRole(id, study.home.location, HomeRole::Student, 1));
    QVERIFY(*study.people.mayRegisterDevices(id, study.home.location));
}

QTEST_GUILESS_MAIN(TestParticipantSignIn)
#include "tst_participant_sign_in.moc"
