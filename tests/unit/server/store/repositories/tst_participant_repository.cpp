// People as rows become people as structs: their roles, what is open with them, and names only where they may be seen.
#include "server/store/repositories/participant_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Resident = model::HomeRole::Resident, Caregiver = model::HomeRole::Caregiver;

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<Connection> connection = database.connect();
    ParticipantRepository people{*connection};

    ParticipantId add(const QString& code, const model::PersonalData& personal = {})
    {
        const auto made =
            people.insert({.deployment = home.deployment, .code = code, .language = {}, .personal = personal});
        return made ? *made : ParticipantId{};
    }
    ParticipantFilter all() { return {.deployment = home.deployment, .location = {}, .after = {}}; }
};

} // namespace

class TestParticipantRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreReadOnlyWhereTheyAreShown();
    void rolesOfAPageGoToTheirPeople();
    void listsThoseOfAHome();
    void countsWhatIsOpen();
    void somebodyWhoIsNotThereIsNotFound();
};

void TestParticipantRepository::namesAreReadOnlyWhereTheyAreShown()
{
    Study study;
    const auto anna = study.add(u"A1"_s, {.name = u"Anna"_s, .email = {}, .phone = u"+43 1"_s});
    const auto nameless = study.add(u"B2"_s);
    const auto hidden = study.people.find(anna, Names::Hidden);
    QVERIFY(hidden && !hidden->personal);
    QCOMPARE(hidden->label(), u"A1"_s);
    QVERIFY(!model::toJson(*hidden).contains("name"_L1));
    const auto shown = study.people.find(anna, Names::Shown);
    QVERIFY(shown && shown->personal);
    QCOMPARE(shown->label(), u"Anna"_s);
    QCOMPARE(shown->personal->phone.value_or(QString()), u"+43 1"_s);
    QVERIFY(!shown->personal->email);
    const auto json = model::toJson(*study.people.find(nameless, Names::Shown));
    QVERIFY(json.contains("name"_L1) && json.value("name"_L1).isNull()); // may be seen, is not known
}

void TestParticipantRepository::rolesOfAPageGoToTheirPeople()
{
    Study study;
    const auto first = study.add(u"A1"_s), second = study.add(u"B2"_s), third = study.add(u"C3"_s);
    QVERIFY(study.people.addRole(second, study.home.location, Resident, 1));
    QVERIFY(study.people.addRole(first, study.home.location, Resident, 1));
    QVERIFY(study.people.addRole(first, study.home.location, Caregiver, 2));
    auto filter = study.all();
    const auto page = study.people.list(filter, 2, Names::Hidden);
    QVERIFY(page && page->more);
    QCOMPARE(page->items.size(), 2);
    QCOMPARE(page->items.at(0).id, first);
    QCOMPARE(page->items.at(0).roles.size(), 2);
    QCOMPARE(page->items.at(0).roles.at(0).role, Caregiver);
    QCOMPARE(page->items.at(0).roles.at(0).callingOrder, 2);
    QCOMPARE(page->items.at(0).roles.at(0).locationName, u"home-a"_s);
    QCOMPARE(page->items.at(1).roles.size(), 1);
    QCOMPARE(page->items.at(1).status, model::ParticipantStatus::Invited);
    filter.after = second;
    const auto rest = study.people.list(filter, 2, Names::Hidden);
    QVERIFY(rest && !rest->more);
    QCOMPARE(rest->items.size(), 1);
    QCOMPARE(rest->items.at(0).id, third);
    QVERIFY(rest->items.at(0).roles.isEmpty());
}

void TestParticipantRepository::listsThoseOfAHome()
{
    Study study;
    study.add(u"A1"_s);
    const auto there = study.add(u"B2"_s);
    QVERIFY(study.people.addRole(there, study.home.location, Caregiver, 1));
    auto filter = study.all();
    filter.location = study.home.location;
    const auto page = study.people.list(filter, 10, Names::Hidden);
    QVERIFY(page);
    QCOMPARE(page->items.size(), 1);
    QCOMPARE(page->items.at(0).id, there);
}

void TestParticipantRepository::countsWhatIsOpen()
{
    Study study;
    const auto id = study.add(u"A1"_s);
    const auto silent = study.people.find(id, Names::Hidden);
    QVERIFY(silent && silent->openQuestions == 0 && !silent->lastMessage);
    study.database.run(
        "INSERT INTO message (deployment_id, participant_id, direction, kind, text, author, created_at, answered_at)"
        "SELECT deployment_id, id, d, k, 'x', 'operator:1', t::timestamptz, a::timestamptz FROM participant,"
        "(VALUES ('to-participant', 'question', '2026-01-01Z', NULL),"
        "('to-participant', 'question', '2026-01-02Z', '2026-01-03Z'),"
        "('from-participant', 'message', '2026-01-04Z', NULL)) AS m(d, k, t, a)");
    const auto asked = study.people.find(id, Names::Hidden);
    QVERIFY(asked);
    QCOMPARE(asked->openQuestions, 1);
    QCOMPARE(toIso(asked->lastMessage.value_or(Timestamp{})), std::string("2026-01-04T00:00:00.000Z"));
}

void TestParticipantRepository::somebodyWhoIsNotThereIsNotFound()
{
    Study study;
    const auto found = study.people.find(ParticipantId{999}, Names::Shown);
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestParticipantRepository)
#include "tst_participant_repository.moc"
