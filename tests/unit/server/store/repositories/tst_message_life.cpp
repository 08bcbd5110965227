// Messages on their way: to whom, for which home, when they are seen, answered once, and told to the log.
#include "server/store/repositories/inbox_repository.h"
#include "server/store/repositories/message_repository.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/base/limits.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/sql_number.h"

#include <QTest>

using namespace cohort;
using namespace cohort::store;
using testkit::number;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Study
{
    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    LocationId second{
        database
            .value("INSERT INTO location (deployment_id, name, time_zone) SELECT deployment_id, 'second', "
                   "'UTC' FROM location RETURNING id")
            .toLongLong()};
    std::unique_ptr<Connection> connection = database.connect();
    MessageRepository messages{*connection};

    ParticipantId addPerson(const QByteArray& code, const QByteArray& status = "active")
    {
        return ParticipantId{database
                                 .value("INSERT INTO participant (deployment_id, code, status, language) SELECT id, '" +
                                        code + "', '" + status + "', 'de' FROM deployment RETURNING id")
                                 .toLongLong()};
    }
    void addRole(ParticipantId person, LocationId location, const QByteArray& role, const QByteArray& until = "NULL")
    {
        database.run("INSERT INTO participant_role (participant_id, location_id, role, until) VALUES (" +
                     number(person.value) + "," + number(location.value) + ", '" + role + "', " + until + ")");
    }
    MessageRecord to(ParticipantId person, const QString& text = u"Hallo"_s)
    {
        MessageRecord record;
        record.deployment = home.deployment;
        record.participant = person;
        record.text = text;
        record.author = u"operator:1"_s;
        return record;
    }
    MessageId ask(ParticipantId person)
    {
        auto record = to(person, u"Gut geschlafen?"_s);
        record.key = "sleep";
        record.question = model::Question{.type = model::QuestionType::YesNo, .choices = {}};
        return messages.record(record).value_or(MessageId{});
    }
    LocationId homeOf(MessageId message)
    {
        return LocationId{
            database.value("SELECT location_id FROM message WHERE id = " + number(message.value)).toLongLong()};
    }
    model::MessageState stateOf(MessageId message) { return messages.find(message)->life.state; }
};

QString codesOf(Study& study, const Result<std::vector<MessageRecipient>>& found)
{
    QStringList codes;
    for (const auto& one : *found)
        codes.append(study.database.value("SELECT code FROM participant WHERE id = " + number(one.participant.value)));
    return codes.join(u' ');
}

} // namespace

class TestMessageLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRoleReachesThoseWhoHaveItNow();
    void peopleAreReachedWithinTheirDeployment();
    void aMessageBelongsToTheHomeThatOneLivesIn();
    void whoMovedOutWritesFromTheHomeOfToday();
    void aDelayedMessageWaits();
    void finding_S6_whoHasLeftIsNotSentWhatWaited_data();
    void finding_S6_whoHasLeftIsNotSentWhatWaited();
    void finding_S6_aQuestionOfAHomeIsOverForWhoHasLeftIt();
    void finding_G16_whatAScriptThatIsGoneHadWaitingIsNotSent();
    void theSameEffectWritesOnce();
    void isSeenOnceAndStaysRead();
    void othersReadNothing();
    void aQuestionIsAnsweredByItsRecipient();
    void whoHasLeftWritesNoMore();
    void aReplyNamesOnesOwnMessage();
    void countsWhatWasWrittenLately();
    void finding_F34_whatIsSentAgainUnderItsNameIsTheSameMessage();
    void theInboxHasTheNewestInTheirOrder();
    void whatWasWrittenIsToldToTheLogOnce();
};

void TestMessageLife::aRoleReachesThoseWhoHaveItNow()
{
    Study study;
    const auto in = study.addPerson("in"), invited = study.addPerson("invited", "invited");
    const auto paused = study.addPerson("paused", "paused"), gone = study.addPerson("gone");
    for (const auto person : {in, invited, paused})
        study.addRole(person, study.home.location, "resident");
    study.addRole(in, study.home.location, "caregiver");
    study.addRole(gone, study.home.location, "resident", "now() - interval '1 s'");
    const auto residents = study.messages.byRole(study.home.deployment, study.home.location, "resident");
    QCOMPARE(codesOf(study, residents), u"in invited"_s);
    QCOMPARE(residents->front().language, u"de"_s);
    QVERIFY(study.messages.byRole(study.home.deployment, study.second, "resident")->empty());
    QVERIFY(study.messages.byRole(study.home.deployment, study.home.location, "student")->empty());
    QVERIFY(study.messages.byRole(DeploymentId{99}, study.home.location, "resident")->empty());
}

void TestMessageLife::peopleAreReachedWithinTheirDeployment()
{
    Study study;
    const auto other = testkit::makeHome(study.database, "b");
    const auto paused = study.addPerson("paused", "paused"), left = study.addPerson("left", "withdrawn");
    const auto done = study.addPerson("done", "completed");
    const auto found = study.messages.byId(study.home.deployment, {paused, left, done, ParticipantId{4'711}});
    QCOMPARE(found->size(), std::size_t{1});
    QCOMPARE(found->front().participant, paused); // a message to one person may come in a pause
    QVERIFY(study.messages.byId(other.deployment, {paused})->empty());
    QVERIFY(study.messages.byId(study.home.deployment, {})->empty());
}

void TestMessageLife::aMessageBelongsToTheHomeThatOneLivesIn()
{
    Study study;
    const auto person = study.addPerson("P1");
    QVERIFY(!study.homeOf(*study.messages.record(study.to(person)))); // no home at all
    study.addRole(person, study.home.location, "caregiver");
    QCOMPARE(study.homeOf(*study.messages.record(study.to(person))), study.home.location);
    study.addRole(person, study.second, "resident");
    QCOMPARE(study.homeOf(*study.messages.record(study.to(person))), study.second);
    auto said = study.to(person);
    said.location = study.home.location;
    QCOMPARE(study.homeOf(*study.messages.record(said)), study.home.location);
    QCOMPARE(study.homeOf((*study.messages.write(person, u"Ja"_s, {}))->id), study.second);
}

void TestMessageLife::whoMovedOutWritesFromTheHomeOfToday()
{
    Study study;
    const auto person = study.addPerson("P1");
    study.addRole(person, study.home.location, "resident", "now() - interval '1 s'");
    study.addRole(person, study.second, "caregiver", "now() + interval '1 h'");
    QCOMPARE(study.homeOf((*study.messages.write(person, u"Ja"_s, {}))->id), study.second);
    QCOMPARE(study.homeOf(*study.messages.record(study.to(person))), study.second);
}

void TestMessageLife::aDelayedMessageWaits()
{
    Study study;
    const auto person = study.addPerson("P1");
    auto later = study.to(person);
    later.after = 600'000ms;
    const auto id = *study.messages.record(later);
    QCOMPARE(study.stateOf(id), model::MessageState::Queued);
    QVERIFY(InboxRepository(*study.connection, person).messages()->isEmpty());
    QVERIFY(InboxRepository(*study.connection, person).markDelivered()->isEmpty());
    QVERIFY(!*study.messages.read({id}, person) && !*study.messages.lock(id, person));
    QVERIFY(study.messages.release()->empty());
    study.database.run("UPDATE message SET due_at = now() - interval '1 ms'");
    const auto released = study.messages.release();
    QCOMPARE(released->size(), std::size_t{1});
    QCOMPARE(released->front().id, id);
    QCOMPARE(released->front().participant, person);
    QCOMPARE(study.stateOf(id), model::MessageState::Sent);
    QVERIFY(study.messages.release()->empty());
    QCOMPARE(InboxRepository(*study.connection, person).messages()->size(), 1);
}

void TestMessageLife::finding_S6_whoHasLeftIsNotSentWhatWaited_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("is there") << QByteArray("UPDATE participant SET status = 'active'") << true;
    QTest::newRow("has moved out") << QByteArray("UPDATE participant_role SET until = now() - interval '1 s'") << false;
    QTest::newRow("rests") << QByteArray("UPDATE participant SET status = 'paused'") << false;
    QTest::newRow("has withdrawn") << QByteArray("UPDATE participant SET status = 'withdrawn'") << false;
}

void TestMessageLife::finding_S6_whoHasLeftIsNotSentWhatWaited()
{
    QFETCH(QByteArray, change);
    QFETCH(bool, isSent);
    Study study;
    const auto person = study.addPerson("P1");
    study.addRole(person, study.home.location, "caregiver");
    auto later = study.to(person), question = later;
    later.after = question.after = 600'000ms;
    question.question = model::Question{.type = model::QuestionType::YesNo, .choices = {}};
    const auto told = *study.messages.record(later), asked = *study.messages.record(question);
    study.database.run(change + "; UPDATE message SET due_at = now() - interval '1 ms'");
    QCOMPARE(study.messages.release()->size(), std::size_t{2}); // the conversation shows what became of them
    for (const auto id : {told, asked})
        QCOMPARE(study.stateOf(id), isSent ? model::MessageState::Sent : model::MessageState::Expired);
    InboxRepository page(*study.connection, person);
    QCOMPARE(page.messages()->size(), isSent ? 2 : 0);
    QCOMPARE(page.markDelivered()->size(), isSent ? std::size_t{2} : std::size_t{0});
    QCOMPARE(page.messages()->size(), isSent ? 2 : 0);
    QCOMPARE(study.database.value("SELECT count(*) FROM message WHERE answered_at IS NOT NULL"),
             isSent ? u"0"_s : u"1"_s); // the question does not wait for an answer
}

void TestMessageLife::finding_S6_aQuestionOfAHomeIsOverForWhoHasLeftIt()
{
    Study study;
    const auto person = study.addPerson("P1");
    study.addRole(person, study.home.location, "resident");
    const auto scripts = study.ask(person), coordinators = study.ask(person);
    study.database.run("UPDATE message SET author = 'script:1' WHERE id = " + number(scripts.value));
    const auto states = [&] {
        QList<model::MessageState> found;
        const auto shown = InboxRepository(*study.connection, person).messages();
        for (const auto& message : *shown)
            found.append(message.life.state);
        return found;
    };
    using enum model::MessageState;
    QCOMPARE(states(), (QList{Sent, Sent}));
    QVERIFY(!(*study.messages.lock(scripts, person))->answered);
    study.database.run("UPDATE participant_role SET until = now() - interval '1 s'");
    QCOMPARE(states(), (QList{Expired, Sent}));
    QVERIFY((*study.messages.lock(scripts, person))->answered);
    QVERIFY(!(*study.messages.lock(coordinators, person))->answered); // of the programme, not of a home
}

void TestMessageLife::finding_G16_whatAScriptThatIsGoneHadWaitingIsNotSent()
{
    Study study;
    const auto person = study.addPerson("P1");
    study.addRole(person, study.home.location, "resident");
    const auto script = study.database
                            .value("INSERT INTO script (deployment_id, name) SELECT id, 's' FROM deployment "
                                   "RETURNING id")
                            .toLongLong();
    auto later = study.to(person);
    later.author = u"script:%1"_s.arg(script);
    later.after = 600'000ms;
    const auto id = *study.messages.record(later), sent = *study.messages.record(study.to(person));
    QVERIFY(ScriptDeploymentRepository(*study.connection).endUnplaced(ScriptId{script}, {}, u"operator:1"_s));
    QCOMPARE(study.stateOf(id), model::MessageState::Expired);
    QCOMPARE(study.stateOf(sent), model::MessageState::Sent);
    QVERIFY(study.messages.release()->empty());
    QCOMPARE(InboxRepository(*study.connection, person).messages()->size(), 1);
}

void TestMessageLife::theSameEffectWritesOnce()
{
    Study study;
    const auto one = study.addPerson("P1"), two = study.addPerson("P2");
    auto record = study.to(one);
    record.effect = EffectId{7};
    const auto first = study.messages.record(record);
    record.text = u"anders"_s;
    const auto again = study.messages.record(record);
    QVERIFY(first && again);
    QCOMPARE(*again, *first);
    QCOMPARE(study.messages.find(*first)->text, u"Hallo"_s);
    record.participant = two;
    QVERIFY(*study.messages.record(record) != *first); // of each its own
    QVERIFY(*study.messages.record(study.to(one)) != *study.messages.record(study.to(one)));
}

void TestMessageLife::isSeenOnceAndStaysRead()
{
    Study study;
    const auto person = study.addPerson("P1");
    const auto id = *study.messages.record(study.to(person));
    InboxRepository inbox(*study.connection, person);
    QCOMPARE(*inbox.markDelivered(), QList<MessageId>{id});
    QCOMPARE(study.stateOf(id), model::MessageState::Delivered);
    QVERIFY(inbox.markDelivered()->isEmpty());
    QVERIFY(*study.messages.read({id}, person));
    const auto read = *study.messages.find(id);
    QCOMPARE(read.life.state, model::MessageState::Read);
    QVERIFY(*study.messages.read({id}, person));
    QCOMPARE(study.messages.find(id)->life.readAt, read.life.readAt); // the first time counts
    const auto straight = *study.messages.record(study.to(person));
    QVERIFY(*study.messages.read({straight}, person));
    QVERIFY(study.messages.find(straight)->life.deliveredAt); // who reads has it
}

void TestMessageLife::othersReadNothing()
{
    Study study;
    const auto person = study.addPerson("P1"), other = study.addPerson("P2");
    const auto id = *study.messages.record(study.to(person));
    QVERIFY(!*study.messages.read({id}, other));
    QVERIFY(!*study.messages.lock(id, other));
    const auto own = (*study.messages.write(person, u"Ja"_s, {}))->id;
    QVERIFY(!*study.messages.read({own}, person)); // was not written to this one
    QVERIFY(!*study.messages.lock(own, person));
    QVERIFY(!*study.messages.read({MessageId{99}}, person));
    QVERIFY(InboxRepository(*study.connection, other).messages()->isEmpty());
}

void TestMessageLife::aQuestionIsAnsweredByItsRecipient()
{
    Study study;
    const auto person = study.addPerson("P1");
    const auto id = study.ask(person), plain = *study.messages.record(study.to(person));
    QVERIFY(!(*study.messages.lock(plain, person))->question);
    const auto locked = *study.messages.lock(id, person);
    QVERIFY(locked && !locked->answered && locked->question);
    QCOMPARE(locked->question->type, model::QuestionType::YesNo);
    QVERIFY(study.messages.answer(id, u"true"_s));
    QVERIFY((*study.messages.lock(id, person))->answered);
    QVERIFY(*study.messages.read({id}, person));
    const auto message = *study.messages.find(id);
    QCOMPARE(message.life.state, model::MessageState::Answered); // reading takes nothing back
    QVERIFY(message.life.answeredAt && message.life.readAt && message.life.deliveredAt);
    QVERIFY(!study.messages.answer(id, u"no JSON"_s));
}

void TestMessageLife::whoHasLeftWritesNoMore()
{
    Study study;
    for (const char* status : {"withdrawn", "completed"})
        QVERIFY(!*study.messages.write(study.addPerson(status, status), u"x"_s, {}));
    QVERIFY(*study.messages.write(study.addPerson("paused", "paused"), u"x"_s, {}));
    QVERIFY(!*study.messages.write(ParticipantId{99}, u"x"_s, {}));
}

void TestMessageLife::aReplyNamesOnesOwnMessage()
{
    Study study;
    const auto person = study.addPerson("P1"), other = study.addPerson("P2");
    const auto mine = *study.messages.record(study.to(person)), others = *study.messages.record(study.to(other));
    const auto reply = (*study.messages.write(person, u"Ja"_s, mine))->id;
    QCOMPARE(study.messages.find(reply)->replyTo, mine);
    QCOMPARE(study.messages.find(reply)->by.author, u"participant:%1"_s.arg(person.value));
    const auto stray = (*study.messages.write(person, u"Ja"_s, others))->id;
    QVERIFY(!study.messages.find(stray)->replyTo);
}

void TestMessageLife::countsWhatWasWrittenLately()
{
    Study study;
    const auto person = study.addPerson("P1"), other = study.addPerson("P2");
    QCOMPARE(*study.messages.writtenLately(person), 0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(study.messages.write(person, u"x"_s, {}));
    QVERIFY(study.messages.record(study.to(person)));
    QCOMPARE(*study.messages.writtenLately(person), 3);
    QCOMPARE(*study.messages.writtenLately(other), 0);
    study.database.run("UPDATE message SET created_at = created_at - interval '" + number(WrittenWithinS - 60) + " s'");
    QCOMPARE(*study.messages.writtenLately(person), 3);
    study.database.run("UPDATE message SET created_at = created_at - interval '61 s'");
    QCOMPARE(*study.messages.writtenLately(person), 0);
}

// A phone sends it again while the answer to the first is lost; the same words under another name are said twice.
void TestMessageLife::finding_F34_whatIsSentAgainUnderItsNameIsTheSameMessage()
{
    Study study;
    const auto person = study.addPerson("P1"), other = study.addPerson("P2");
    const auto first = (*study.messages.write(person, u"Ja"_s, {}, u"a"_s))->id;
    QCOMPARE((*study.messages.write(person, u"Ja"_s, {}, u"a"_s))->id, first);
    QCOMPARE((*study.messages.write(person, u"Nein"_s, {}, u"a"_s))->id, first);
    QVERIFY((*study.messages.write(person, u"Ja"_s, {}, u"b"_s))->id != first);
    QVERIFY((*study.messages.write(other, u"Ja"_s, {}, u"a"_s))->id != first);
    QVERIFY((*study.messages.write(person, u"Ja"_s, {}))->id != (*study.messages.write(person, u"Ja"_s, {}))->id);
    QCOMPARE(study.messages.find(first)->text, u"Ja"_s);
    QCOMPARE(*study.messages.writtenLately(person), 4);
    QCOMPARE(*study.messages.writtenLately(person, u"a"_s), 3); // the limit does not hold back what is there already
    QStringList shown;
    const auto inbox = *InboxRepository(*study.connection, person).messages();
    for (const auto& message : inbox)
        shown.append(message.once.value_or(u"-"_s));
    QCOMPARE(shown, QStringList({u"a"_s, u"b"_s, u"-"_s, u"-"_s}));
    const auto conversations = *study.messages.conversations(study.home.deployment, false);
    QCOMPARE(conversations.first().unread + conversations.last().unread, 5);
}

void TestMessageLife::theInboxHasTheNewestInTheirOrder()
{
    Study study;
    const auto person = study.addPerson("P1");
    study.database.run(
        "INSERT INTO message (deployment_id, participant_id, direction, text, author) SELECT p.deployment_id, "
        "p.id, 'to-participant', n::text, 'operator:1' FROM participant p, generate_series(0, " +
        number(InboxMessagesMost) + ") AS s(n) ORDER BY s.n");
    const auto shown = InboxRepository(*study.connection, person).messages();
    QCOMPARE(shown->size(), InboxMessagesMost);
    QCOMPARE(shown->first().text, u"1"_s);
    QCOMPARE(shown->last().text, QString::number(InboxMessagesMost));
}

void TestMessageLife::whatWasWrittenIsToldToTheLogOnce()
{
    Study study;
    const auto person = study.addPerson("P1");
    study.addRole(person, study.home.location, "resident");
    const auto question = study.ask(person);
    QVERIFY(study.messages.record(study.to(person)));
    QVERIFY(study.messages.unlogged()->empty()); // what is sent is no event
    QVERIFY(study.messages.answer(question, u"\"yes\""_s));
    const auto written = (*study.messages.write(person, u"Ja"_s, {}))->id;
    const auto both = *study.messages.unlogged();
    QCOMPARE(both.size(), std::size_t{2});
    QVERIFY(both.front().isAnswer && !both.back().isAnswer);
    QCOMPARE(both.front().key, std::string("sleep"));
    QCOMPARE(both.front().answer, QByteArray("\"yes\""));
    QCOMPARE(both.front().time, *study.messages.find(question)->life.answeredAt);
    QCOMPARE(both.back().location, study.home.location);
    study.database.run("INSERT INTO event (writer, batch, ordinal, location_id, kind, time, data) VALUES (1, 1, 0, " +
                       number(study.home.location.value) +
                       ", 'participant-message', now(), '{\"message\": " + number(written.value) + "}')");
    QVERIFY(!study.messages.unlogged()->front().already && study.messages.unlogged()->back().already);
    QVERIFY(study.messages.markLogged({static_cast<qint64>(question.value)}));
    QCOMPARE(study.messages.unlogged()->size(), std::size_t{1});
    QVERIFY(study.messages.markLogged({static_cast<qint64>(written.value)}));
    QVERIFY(study.messages.unlogged()->empty());
}

QTEST_GUILESS_MAIN(TestMessageLife)
#include "tst_message_life.moc"
