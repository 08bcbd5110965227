// Messages, questions and conversations as the nouns' structs, out of real rows; and what older versions stored.
#include "server/store/repositories/message_repository.h"
#include "server/store/sql_names.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testkit;

namespace {

struct Study
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    store::MessageRepository messages{*connection};
    ParticipantId person;

    Study()
    {
        database.run("INSERT INTO participant (deployment_id, code, status, language)"
                     " SELECT deployment_id, 'P1', 'active', 'de' FROM location;"
                     "INSERT INTO participant_identity (participant_id, name) SELECT id, 'Erna' FROM participant");
        person = ParticipantId{database.value("SELECT id FROM participant").toLongLong()};
    }
    MessageId record(const QString& text, std::optional<model::Question> question = {})
    {
        store::MessageRecord record;
        record.deployment = home.deployment;
        record.participant = person;
        record.text = text;
        record.author = QStringLiteral("operator:1");
        record.question = std::move(question);
        return messages.record(record).value_or(MessageId{});
    }
};

model::Question howDoYouSleep()
{
    return {
        .type = model::QuestionType::OneOf,
        .choices = {{QStringLiteral("w"), QStringLiteral("gut")}, {QStringLiteral("b"), QStringLiteral("schlecht")}}};
}

} // namespace

class TestMessageRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAMessage();
    void readsAQuestionWithItsAnswer_data();
    void readsAQuestionWithItsAnswer();
    void pagesOldestFirst();
    void showsConversationsWithNamesOnlyToThoseWhoMaySeeThem();
    void bringsOlderChoicesIntoTheOneShape_data();
    void bringsOlderChoicesIntoTheOneShape();
};

void TestMessageRepository::readsAMessage()
{
    Study study;
    const auto message = study.messages.find(study.record(QStringLiteral("Hello")));
    QVERIFY2(message, message ? "" : qPrintable(message.error().message()));
    QCOMPARE(message->text, QStringLiteral("Hello"));
    QCOMPARE(message->code, QStringLiteral("P1"));
    QCOMPARE(message->direction, model::MessageDirection::ToParticipant);
    QCOMPARE(message->kind, model::MessageKind::Message);
    QCOMPARE(message->life.state, model::MessageState::Sent);
    QVERIFY(!message->question && !message->answer && !message->replyTo && !message->life.readAt);
    QCOMPARE(study.messages.find(MessageId{99}).error().code, ErrorCode::NotFound);
}

void TestMessageRepository::readsAQuestionWithItsAnswer_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("stored"); // JSON
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, model::QuestionType type, const char* stored, const char* text) {
        QTest::newRow(name) << static_cast<int>(type) << QString::fromLatin1(stored) << QString::fromLatin1(text);
    };
    row("choice", model::QuestionType::OneOf, "\"b\"", "schlecht");
    row("yes", model::QuestionType::YesNo, "\"yes\"", "yes");
    row("number", model::QuestionType::Number, "2.5", "2.5");
    row("text", model::QuestionType::Text, "\"so \\\"so\\\"\"", "so \"so\"");
}

void TestMessageRepository::readsAQuestionWithItsAnswer()
{
    QFETCH(int, type);
    QFETCH(QString, stored);
    QFETCH(QString, text);
    Study study;
    model::Question question = howDoYouSleep();
    question.type = static_cast<model::QuestionType>(type);
    if (question.type != model::QuestionType::OneOf)
        question.choices.clear();
    const MessageId id = study.record(QStringLiteral("?"), question);
    QVERIFY(study.messages.answer(id, stored));
    const auto asked = study.messages.questions(study.home.deployment, {}, 10);
    QVERIFY2(asked, asked ? "" : qPrintable(asked.error().message()));
    QCOMPARE(asked->items.size(), 1);
    const auto& message = asked->items.first();
    QCOMPARE(message.kind, model::MessageKind::Question);
    QCOMPARE(message.life.state, model::MessageState::Answered);
    QCOMPARE(message.question->type, question.type);
    QCOMPARE(message.question->choices.size(), question.choices.size());
    QCOMPARE(message.answer->text, text);
    QCOMPARE(QJsonArray{message.answer->value},
             QJsonDocument::fromJson(QStringLiteral("[%1]").arg(stored).toUtf8()).array());
}

void TestMessageRepository::pagesOldestFirst()
{
    Study study;
    const MessageId first = study.record(QStringLiteral("1")), second = study.record(QStringLiteral("2"));
    const auto page = study.messages.list(study.person, {}, 1);
    QVERIFY(page && page->more);
    QCOMPARE(page->items.first().id, first);
    const auto rest = study.messages.list(study.person, first, 1);
    QVERIFY(rest && !rest->more);
    QCOMPARE(rest->items.first().id, second);
    const auto both = study.messages.byIds({second, first});
    QVERIFY(both);
    QCOMPARE(both->first().id, first);
}

void TestMessageRepository::showsConversationsWithNamesOnlyToThoseWhoMaySeeThem()
{
    Study study;
    study.record(QStringLiteral("?"), howDoYouSleep());
    QVERIFY(study.messages.write(study.person, QStringLiteral("I am fine"), {}));
    const auto named = study.messages.conversations(study.home.deployment, true);
    QVERIFY2(named, named ? "" : qPrintable(named.error().message()));
    QCOMPARE(named->size(), 1);
    QCOMPARE(named->first().label(), QStringLiteral("Erna"));
    QCOMPARE(named->first().status, model::ParticipantStatus::Active);
    QCOMPARE(named->first().lastText, QStringLiteral("I am fine"));
    QCOMPARE(named->first().unread, 1);
    QCOMPARE(named->first().openQuestions, 1);
    QCOMPARE(named->first().timeZone, QStringLiteral("Europe/Vienna")); // the study's: the person has no home
    study.database.run(
        "UPDATE location SET time_zone = 'Asia/Tokyo'; INSERT INTO participant_role (participant_id, location_id, "
        "role) SELECT p.id, l.id, 'resident' FROM participant p, location l");
    const auto coded = study.messages.conversations(study.home.deployment, false);
    QVERIFY(coded);
    QCOMPARE(coded->first().timeZone, QStringLiteral("Asia/Tokyo"));
    QVERIFY(!coded->first().name);
    QCOMPARE(coded->first().label(), QStringLiteral("P1"));
}

void TestMessageRepository::bringsOlderChoicesIntoTheOneShape_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("a text") << QByteArray(R"(["gut"])") << QStringLiteral("gut") << QStringLiteral("gut");
    QTest::newRow("the person's language") << QByteArray(R"([{"key":"w","text":{"en":"well","de":"gut"}}])")
                                           << QStringLiteral("w") << QStringLiteral("gut");
    QTest::newRow("English") << QByteArray(R"([{"key":"w","text":{"en":"well","fr":"bien"}}])") << QStringLiteral("w")
                             << QStringLiteral("well");
    QTest::newRow("any") << QByteArray(R"([{"key":"w","text":{"fr":"bien"}}])") << QStringLiteral("w")
                         << QStringLiteral("bien");
    QTest::newRow("as it is") << QByteArray(R"([{"key":"w","text":"gut"}])") << QStringLiteral("w")
                              << QStringLiteral("gut");
    QTest::newRow("none") << QByteArray("null") << QString() << QString();
}

void TestMessageRepository::bringsOlderChoicesIntoTheOneShape()
{
    QFETCH(QByteArray, stored);
    QFETCH(QString, key);
    QFETCH(QString, text);
    Study study;
    const MessageId id = study.record(QStringLiteral("?"), howDoYouSleep());
    study.database.run("UPDATE message SET question = '{\"type\":\"one-of\",\"choices\":" + stored + "}'");
    for (const store::SqlText& migration : store::migrationTexts())
        if (QByteArray(migration.name) == "0003_questions")
            QVERIFY(study.connection->runScript(migration.text));
    const auto message = study.messages.find(id);
    QVERIFY2(message, message ? "" : qPrintable(message.error().message()));
    QCOMPARE(message->question->choices.size(), key.isEmpty() ? 0 : 1);
    if (!key.isEmpty()) {
        QCOMPARE(message->question->choices.first().key, key);
        QCOMPARE(message->question->choices.first().text, text);
    }
}

QTEST_GUILESS_MAIN(TestMessageRepository)
#include "tst_message_repository.moc"
