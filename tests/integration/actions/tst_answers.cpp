#include "server/actions/actions.h"
#include "server/actions/answers.h"
#include "server/store/log/command_answers.h"
#include "server/store/repositories/command_repository.h"
#include "shared/base/system_clock.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace cohort::actions;
using namespace cohort::testkit;

namespace {

struct Study
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    bus::Bus bus;
    Answers answers{*connection, bus};
    ScriptId script{0};
    ParticipantId resident;
    ParticipantId stranger;

    Study()
    {
        resident = addParticipant("resident-1", "resident");
        stranger = addParticipant("stranger-1", {});
        database.run("INSERT INTO script (deployment_id, name) SELECT deployment_id, 'stove' FROM location");
        script = ScriptId{database.value("SELECT id FROM script").toLongLong()};
    }
    ParticipantId addParticipant(const QByteArray& code, const QByteArray& role)
    {
        database.run("INSERT INTO participant (deployment_id, code, status, language) SELECT deployment_id, '" + code +
                     "', 'active', 'de' FROM location");
        const auto id = database.value("SELECT id FROM participant WHERE code = '" + code + "'");
        if (!role.isEmpty())
            database.run("INSERT INTO participant_role (participant_id, location_id, role) SELECT " + id.toUtf8() +
                         ", id, '" + role + "' FROM location");
        return ParticipantId{id.toLongLong()};
    }
    NewAlert alert(const std::string& key = "stove-on") const
    {
        NewAlert alert;
        alert.deployment = home.deployment;
        alert.location = home.location;
        alert.script = script;
        alert.key = key;
        alert.severity = model::Severity::Urgent;
        alert.texts = {{QStringLiteral("en"), QStringLiteral("The stove is on.")}};
        alert.at = SystemClock().now();
        alert.recipients = {{"resident", Milliseconds(0)}};
        alert.actions = {
            {"off",
             {{QStringLiteral("en"), QStringLiteral("Switch it off")}},
             home.sensor,
             {QJsonObject{{QStringLiteral("name"), QStringLiteral("outletStatus")}, {QStringLiteral("value"), 0}}}}};
        return alert;
    }
    Result<RecordedAlert> raise(const NewAlert& alert)
    {
        Result<RecordedAlert> recorded;
        const auto done = connection->transaction([&]() -> Result<void> {
            recorded = recordAlert(*connection, alert);
            return recorded ? Result<void>() : fail(recorded.error());
        });
        return done ? recorded : fail(done.error());
    }
    qint64 firstAction() const { return database.value("SELECT min(id) FROM alert_action").toLongLong(); }
    QString state() const { return database.value("SELECT state FROM alert ORDER BY id DESC LIMIT 1"); }
    Actor person() const { return {{}, resident}; }
};

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raisesOneAlertForOneCause();
    void raisesItAgainAfterItWasResolved();
    void holdsBackMoreThanTwentyAnHour();
    void anActionOnAnotherHomesDeviceIsLeftOut();
    void recordsAnEffectOnce();
    void makesTheCommandOfAnActionOnce();
    void marksWhatIsNotBeingAnswered();
    void refusesAStrangersAnswer();
    void refusesAnAnswerToAClosedAlert();
    void showsACaregiversAlertOnlyWhenItIsDue();
    void snoozesWithinBounds();
    void addressesCommandsToTheGateway();
    void refusesWrongCommands_data();
    void refusesWrongCommands();
    void writesToEachInTheOwnLanguage();
    void takesAnAnswerThatFitsItsQuestion();
    void takesMessagesOfParticipantsWithinBounds();
    void movesACommandOneWayOnly_data();
    void movesACommandOneWayOnly();
    void appliesManyAnswersInTheirOrder();
};

void TestAnswers::raisesOneAlertForOneCause()
{
    Study study;
    const auto first = study.raise(study.alert());
    QVERIFY2(first, first ? "" : qPrintable(first.error().message()));
    QVERIFY(first->has_value());
    const auto second = study.raise(study.alert());
    QVERIFY(second && !second->has_value() && second->heldBack.isEmpty());
    QVERIFY(study.raise(study.alert("other"))->has_value());
    QCOMPARE(study.database.value("SELECT count(*) FROM alert_recipient"), QStringLiteral("2"));
}

void TestAnswers::raisesItAgainAfterItWasResolved()
{
    Study study;
    QVERIFY(study.raise(study.alert())->has_value());
    const auto ended =
        resolveAlert(*study.connection, study.home.location, study.script, "stove-on", QStringLiteral("script:1"));
    QVERIFY(ended);
    QCOMPARE(ended->size(), 1U);
    QVERIFY(resolveAlert(*study.connection, study.home.location, study.script, "stove-on", QStringLiteral("script:1"))
                ->empty());
    QVERIFY(study.raise(study.alert())->has_value());
}

void TestAnswers::holdsBackMoreThanTwentyAnHour()
{
    Study study;
    for (int i = 0; i < 20; ++i) {
        QVERIFY(study.raise(study.alert())->has_value());
        QVERIFY(
            resolveAlert(*study.connection, study.home.location, study.script, "stove-on", QStringLiteral("script:1")));
    }
    const auto over = study.raise(study.alert());
    QVERIFY(over && !over->has_value() && !over->heldBack.isEmpty());
    QVERIFY(study.raise(study.alert("other"))->has_value());
}

void TestAnswers::anActionOnAnotherHomesDeviceIsLeftOut()
{
    Study study;
    const SampleHome other = makeHome(study.database, "b");
    NewAlert alert = study.alert();
    alert.actions[0].device = other.sensor;
    QVERIFY(study.raise(alert)->has_value()); // the alert counts
    QCOMPARE(study.database.value("SELECT count(*) FROM alert"), QStringLiteral("1"));
    QCOMPARE(study.database.value("SELECT count(*) FROM alert_action WHERE device_id = " +
                                  QByteArray::number(qint64{other.sensor.value})),
             QStringLiteral("0"));
}

void TestAnswers::recordsAnEffectOnce()
{
    Study study;
    study.database.run("INSERT INTO effect (run_id, script_id, location_id, kind, at, payload) "
                       "SELECT 1, 1, id, 'alert', now(), '{}' FROM location");
    NewAlert alert = study.alert();
    alert.effect = EffectId{study.database.value("SELECT id FROM effect").toLongLong()};
    const auto first = study.raise(alert);
    const auto again = study.raise(alert);
    QVERIFY(first && again);
    QCOMPARE(**again, **first);

    NewMessage message;
    message.deployment = study.home.deployment;
    message.participants = {study.resident};
    message.texts = {{QStringLiteral("en"), QStringLiteral("Hello")}};
    message.author = QStringLiteral("script:1");
    message.effect = alert.effect;
    const auto sent = recordMessage(*study.connection, message);
    const auto resent = recordMessage(*study.connection, message);
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message()));
    QVERIFY(resent);
    QCOMPARE(*resent, *sent);

    NewCommand command;
    command.deployment = study.home.deployment;
    command.location = study.home.location;
    command.device = study.home.sensor;
    command.parameters = {
        QJsonObject{{QStringLiteral("name"), QStringLiteral("outletStatus")}, {QStringLiteral("value"), 0}}};
    command.expires = Milliseconds(60'000);
    command.requestedBy = QStringLiteral("script:1");
    command.effect = alert.effect;
    const auto made = recordCommand(*study.connection, command);
    const auto remade = recordCommand(*study.connection, command);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message()));
    QVERIFY(remade);
    QCOMPARE(*remade, *made);
}

void TestAnswers::makesTheCommandOfAnActionOnce()
{
    Study study;
    const AlertId alert = **study.raise(study.alert());
    int told = 0;
    const auto subscription = study.bus.subscribe(bus::allTopics(), [&told](const bus::Notice&) { ++told; });
    const auto command = study.answers.act(alert, study.firstAction(), study.person());
    QVERIFY2(command, command ? "" : qPrintable(command.error().message()));
    QCOMPARE(told, 2);
    QCOMPARE(study.state(), QStringLiteral("acknowledged"));
    const auto again = study.answers.act(alert, study.firstAction(), study.person());
    QVERIFY(again);
    QCOMPARE(*again, *command);
    QCOMPARE(study.database.value("SELECT count(*) FROM command"), QStringLiteral("1"));
    QCOMPARE(study.database.value("SELECT requested_by FROM command"), study.person().text());
    QCOMPARE(study.answers.act(alert, 999'999, study.person()).error().code, ErrorCode::NotFound);
}

void TestAnswers::marksWhatIsNotBeingAnswered()
{
    Study study;
    for (int n = 0; n < 2; ++n)
        study.database.run("INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, "
                           "requested_by, expires_at) "
                           "SELECT deployment_id, location_id, id, id, '[]', 'operator:1', now() + interval '1 hour' "
                           "FROM device LIMIT 1");
    const qint64 last = study.database.value("SELECT max(id) FROM command").toLongLong();
    const auto committer = store::Connection::open(study.database.settings());
    QVERIFY(committer);
    const store::NewCommandResponse answer{
        DeviceId{study.database.value("SELECT gateway_id FROM command LIMIT 1").toLongLong()}, CommandId{last}, 0};
    Result<std::vector<store::CommandPlace>> marked;
    const auto answered = (*committer)->transaction([&]() -> Result<void> {
        COHORT_CHECK(store::applyAnswers(**committer, {{&answer, 1}})); // has the row now
        marked = store::CommandRepository(*study.connection).markSent({CommandId{last}, CommandId{last - 1}});
        return {};
    });
    QVERIFY(answered);
    QVERIFY2(marked, marked ? "" : qPrintable(marked.error().message())); // without waiting for the other transaction
    QCOMPARE(marked->size(), 1U);
    QCOMPARE(marked->front().id, CommandId{last - 1});
    QCOMPARE(study.database.value("SELECT string_agg(state || (sent_at IS NOT NULL), ' ' ORDER BY id) FROM command"),
             QStringLiteral("senttrue receivedtrue"));
}

void TestAnswers::refusesAStrangersAnswer()
{
    Study study;
    const AlertId alert = **study.raise(study.alert());
    const Actor stranger{{}, study.stranger};
    QCOMPARE(study.answers.act(alert, study.firstAction(), stranger).error().code, ErrorCode::NotFound);
    QCOMPARE(study.answers.dismiss(alert, stranger).error().code, ErrorCode::NotFound);
    QCOMPARE(study.answers.comment(alert, stranger, QStringLiteral("x")).error().code, ErrorCode::NotFound);
    QVERIFY(study.answers.dismiss(alert, Actor{OperatorId{3}, {}}));
}

void TestAnswers::refusesAnAnswerToAClosedAlert()
{
    Study study;
    const AlertId alert = **study.raise(study.alert());
    QVERIFY(study.answers.dismiss(alert, study.person(), QStringLiteral("I am cooking")));
    QCOMPARE(study.answers.act(alert, study.firstAction(), study.person()).error().code, ErrorCode::Conflict);
    QCOMPARE(study.answers.resolve(alert, study.person()).error().code, ErrorCode::Conflict);
    QVERIFY(study.answers.comment(alert, study.person(), QStringLiteral("all is well")));
    QCOMPARE(study.answers.dismiss(AlertId{999}, study.person()).error().code, ErrorCode::NotFound);
}

void TestAnswers::showsACaregiversAlertOnlyWhenItIsDue()
{
    Study study;
    const Actor caregiver{{}, study.addParticipant("caregiver-1", "caregiver")};
    NewAlert alert = study.alert();
    alert.recipients.push_back({"caregiver", Milliseconds(300'000)});
    const AlertId id = **study.raise(alert);
    QCOMPARE(study.answers.acknowledge(id, caregiver).error().code, ErrorCode::NotFound);
    study.database.run("UPDATE alert_recipient SET due_at = now()");
    QVERIFY(study.answers.acknowledge(id, caregiver));
    QCOMPARE(study.state(), QStringLiteral("acknowledged"));
}

void TestAnswers::snoozesWithinBounds()
{
    Study study;
    const AlertId alert = **study.raise(study.alert());
    QCOMPARE(study.answers.acknowledge(alert, study.person(), Milliseconds(1)).error().code, ErrorCode::WrongValue);
    QVERIFY(study.answers.acknowledge(alert, study.person(), Milliseconds(600'000)));
    QVERIFY(!study.database.value("SELECT snoozed_until FROM alert WHERE snoozed_until > now()").isEmpty());
}

void TestAnswers::addressesCommandsToTheGateway()
{
    Study study;
    NewCommand command;
    command.deployment = study.home.deployment;
    command.location = study.home.location;
    command.device = study.home.sensor;
    command.parameters = study.alert().actions[0].parameters;
    command.requestedBy = QStringLiteral("operator:1");
    const auto made = recordCommand(*study.connection, command);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message()));
    QCOMPARE(study.database.value("SELECT gateway_id FROM command").toLongLong(), study.home.gateway.value);
    command.device = study.home.gateway;
    QVERIFY(recordCommand(*study.connection, command));
    QCOMPARE(study.database.value("SELECT gateway_id FROM command ORDER BY id DESC LIMIT 1").toLongLong(),
             study.home.gateway.value);
    study.database.run("UPDATE device SET retired_at = now()");
    QCOMPARE(recordCommand(*study.connection, command).error().code, ErrorCode::NoSuchDevice);
}

void TestAnswers::refusesWrongCommands_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<qint64>("expiresMs");
    QTest::newRow("nothing to set") << QByteArray("[]") << qint64(60'000);
    QTest::newRow("no name") << QByteArray(R"([{"value":1}])") << qint64(60'000);
    QTest::newRow("no value") << QByteArray(R"([{"name":"a"}])") << qint64(60'000);
    QTest::newRow("a list") << QByteArray(R"([{"name":"a","value":[]}])") << qint64(60'000);
    QTest::newRow("no object") << QByteArray("[17]") << qint64(60'000);
    QTest::newRow("too long") << QByteArray("[{\"name\":\"a\",\"value\":\"" + QByteArray(9'000, 'x') + "\"}]")
                              << qint64(60'000);
    QTest::newRow("expired at once") << QByteArray(R"([{"name":"a","value":1}])") << qint64(0);
    QTest::newRow("in eight days") << QByteArray(R"([{"name":"a","value":1}])") << qint64(8LL * 86'400'000);
}

void TestAnswers::refusesWrongCommands()
{
    static Study study; // refusals change nothing
    QFETCH(QByteArray, parameters);
    QFETCH(qint64, expiresMs);
    NewCommand command;
    command.deployment = study.home.deployment;
    command.location = study.home.location;
    command.device = study.home.sensor;
    command.parameters = QJsonDocument::fromJson(parameters).array();
    command.expires = Milliseconds(expiresMs);
    command.requestedBy = QStringLiteral("operator:1");
    const auto refused = recordCommand(*study.connection, command);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::WrongValue);
}

void TestAnswers::writesToEachInTheOwnLanguage()
{
    Study study;
    NewMessage message;
    message.deployment = study.home.deployment;
    message.location = study.home.location;
    message.recipients = {{"resident", Milliseconds(0)}, {"caregiver", Milliseconds(0)}};
    message.texts = {{QStringLiteral("en"), QStringLiteral("Hello")}, {QStringLiteral("de"), QStringLiteral("Hallo")}};
    message.author = QStringLiteral("script:1");
    const auto sent = recordMessage(*study.connection, message);
    QVERIFY(sent);
    QCOMPARE(sent->size(), 1U);
    QCOMPARE(study.database.value("SELECT text FROM message"), QStringLiteral("Hallo"));
    const auto words = [](const char* de, const char* en) {
        return QJsonObject{{QStringLiteral("de"), QLatin1StringView(de)},
                           {QStringLiteral("en"), QLatin1StringView(en)}};
    };
    message.question = NewQuestion{model::QuestionType::OneOf,
                                   {{QStringLiteral("w"), words("gut", "well")}, {QStringLiteral("b"), {}}}};
    QCOMPARE(recordMessage(*study.connection, message).error().code, ErrorCode::WrongValue); // a choice without words
    message.question->choices.back().texts = words("schlecht", "badly");
    QVERIFY(recordMessage(*study.connection, message));
    QCOMPARE(study.database.value("SELECT question->'choices'->1->>'text' FROM message ORDER BY id DESC LIMIT 1"),
             QStringLiteral("schlecht"));
    message.question->type = model::QuestionType::YesNo;
    QCOMPARE(recordMessage(*study.connection, message).error().code, ErrorCode::WrongValue); // it has no choices
    message.question.reset();
    message.texts.remove(QStringLiteral("de"));
    QVERIFY(recordMessage(*study.connection, message));
    QCOMPARE(study.database.value("SELECT text FROM message ORDER BY id DESC LIMIT 1"), QStringLiteral("Hello"));
    message.texts = {};
    QCOMPARE(recordMessage(*study.connection, message).error().code, ErrorCode::WrongValue);
}

void TestAnswers::takesAnAnswerThatFitsItsQuestion()
{
    Study study;
    NewMessage message;
    message.deployment = study.home.deployment;
    message.participants = {study.resident};
    message.texts = {{QStringLiteral("en"), QStringLiteral("Did you sleep well?")}};
    message.author = QStringLiteral("operator:1");
    message.question = NewQuestion{};
    const MessageId id = recordMessage(*study.connection, message)->front();
    QCOMPARE(study.answers.answer(id, study.stranger, QStringLiteral("yes")).error().code, ErrorCode::NotFound);
    QCOMPARE(study.answers.answer(id, study.resident, QStringLiteral("maybe")).error().code, ErrorCode::WrongValue);
    QVERIFY(study.answers.read({id}, study.resident));
    const auto answered = study.answers.answer(id, study.resident, QStringLiteral("yes"));
    QVERIFY2(answered, answered ? "" : qPrintable(answered.error().message()));
    QCOMPARE(study.database.value("SELECT answer::text FROM message"), QStringLiteral("\"yes\""));
    QCOMPARE(study.database.value("SELECT state FROM message"), QStringLiteral("answered"));
    QCOMPARE(study.answers.answer(id, study.resident, QStringLiteral("no")).error().code, ErrorCode::Conflict);
    QVERIFY(study.answers.read({id}, study.resident));
    QCOMPARE(study.database.value("SELECT state FROM message"), QStringLiteral("answered"));
}

void TestAnswers::takesMessagesOfParticipantsWithinBounds()
{
    Study study;
    QCOMPARE(study.answers.write(study.resident, QStringLiteral("  ")).error().code, ErrorCode::WrongValue);
    QCOMPARE(study.answers.write(study.resident, QString(4'001, QLatin1Char('x'))).error().code, ErrorCode::WrongValue);
    for (int i = 0; i < 30; ++i)
        QVERIFY(study.answers.write(study.resident, QStringLiteral("I am fine")));
    QCOMPARE(study.answers.write(study.resident, QStringLiteral("again")).error().code, ErrorCode::TooOften);
    QCOMPARE(study.database.value("SELECT DISTINCT location_id FROM message").toLongLong(), study.home.location.value);
}

void TestAnswers::movesACommandOneWayOnly_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<qint64>("result");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("changed");
    QTest::addColumn<QString>("late");
    const auto row = [](const char* before, qint64 result, const char* after, bool changed, const char* late = "") {
        QTest::newRow(qPrintable(QStringLiteral("%1 and %2").arg(QString::fromLatin1(before)).arg(result)))
            << QString::fromLatin1(before) << result << QString::fromLatin1(after)
            << (changed ? QStringLiteral("true") : QStringLiteral("false")) << QString::fromLatin1(late);
    };
    row("queued", 0, "received", true);
    row("queued", 1, "executed", true);
    row("sent", 0, "received", true);
    row("sent", 1, "executed", true);
    row("sent", 7, "failed", true);
    row("received", 0, "received", false);
    row("received", 1, "executed", true);
    row("executed", 0, "executed", false);
    row("executed", 7, "executed", false);
    row("failed", 1, "failed", false);
    row("expired", 1, "expired", true, "1");
    row("cancelled", 1, "cancelled", true, "1");
    row("superseded", 7, "superseded", true, "7");
}

void TestAnswers::movesACommandOneWayOnly()
{
    static Study study;
    QFETCH(QString, before);
    QFETCH(qint64, result);
    QFETCH(QString, after);
    QFETCH(QString, changed);
    QFETCH(QString, late);
    study.database.run(
        "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, state, requested_by, "
        "expires_at) SELECT deployment_id, location_id, id, gateway_id, '[]', '" +
        before.toUtf8() + "', 'operator:1', now() + interval '1 hour' FROM device WHERE gateway_id IS NOT NULL");
    const CommandId command{study.database.value("SELECT max(id) FROM command").toLongLong()};
    const store::NewCommandResponse own{study.home.gateway, command, static_cast<int>(result)};
    const auto applied = store::applyAnswers(*study.connection, {{&own, 1}});
    QVERIFY2(applied, applied ? "" : qPrintable(applied.error().message()));
    QCOMPARE(study.database.value("SELECT state FROM command ORDER BY id DESC LIMIT 1"), after);
    QCOMPARE(applied->changed.size(), changed == QStringLiteral("true") ? 1U : 0U);
    QCOMPARE(study.database.value("SELECT late_result FROM command ORDER BY id DESC LIMIT 1"), late);
    const store::NewCommandResponse other{DeviceId{4711}, command, static_cast<int>(result)};
    const auto foreign = store::applyAnswers(*study.connection, {{&other, 1}});
    QVERIFY(foreign && foreign->changed.empty() && foreign->finished.empty());
}

void TestAnswers::appliesManyAnswersInTheirOrder()
{
    Study study;
    study.database.run(
        "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, requested_by, expires_at) "
        "SELECT deployment_id, location_id, id, gateway_id, '[]', 'operator:1', now() + interval '1 hour' FROM device, "
        "generate_series(1, 3) WHERE gateway_id = " +
        QByteArray::number(static_cast<qint64>(study.home.gateway.value)) + " LIMIT 3");
    const qint64 last = study.database.value("SELECT max(id) FROM command").toLongLong();
    const auto answer = [&](qint64 back, int result) {
        return store::NewCommandResponse{study.home.gateway, CommandId{last - back}, result};
    };
    // The oldest command is received, executed and then said to have failed; the others end at once; one does not exist.
    const std::vector<store::NewCommandResponse> said{answer(2, 0), answer(1, 1), answer(2, 1),
                                                      answer(0, 5), answer(2, 4), answer(-9, 1)};
    std::vector<store::CommandAnswer> answers;
    for (std::size_t n = 0; n < said.size(); ++n)
        answers.push_back({&said[n], static_cast<std::int32_t>(10 + n)});
    const auto applied = store::applyAnswers(*study.connection, answers);
    QVERIFY2(applied, applied ? "" : qPrintable(applied.error().message()));
    QCOMPARE(study.database.value(
                 "SELECT string_agg(state || coalesce(result::text, ''), ' ' ORDER BY id) FROM command WHERE id > " +
                 QByteArray::number(last - 3)),
             QStringLiteral("executed1 executed1 failed5"));
    QCOMPARE(applied->changed.size(), 4U);
    QList<int> ordinals;
    for (const store::LogRow& row : applied->finished)
        ordinals.append(row.ordinal);
    QCOMPARE(ordinals, (QList<int>{11, 12, 13}));
}

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
