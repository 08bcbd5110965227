// What runs want of people, devices and coordinators: within its bounds, in their language, and what is refused is told.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/actions/answers.h"
#include "server/store/repositories/alert_repository.h"
#include "tests/unit/server/composer/commit/queued.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;
using engine::EffectKind;

namespace {

void addResident(const DeployedWorld& world)
{
    world.database.run("INSERT INTO participant (deployment_id, code, status, language) SELECT deployment_id, 'r', "
                       "'active', 'de' FROM location; INSERT INTO participant_role (participant_id, location_id, role) "
                       "SELECT p.id, l.id, 'resident' FROM participant p, location l");
}

Decided effectOf(EffectKind kind, const char* json, int number)
{
    return {kind, QJsonDocument::fromJson(QByteArray(json).replace("%1", QByteArray::number(number))).object(), {}};
}

} // namespace

class TestCommittedEffects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatActionsRefuseIsTold();
    void finding_C5_whatTheCheckLetsThroughIsRaised_data();
    void finding_C5_whatTheCheckLetsThroughIsRaised();
    void finding_M4_anActionNeedsNoDevice();
    void finding_S2_anActionInWordsMakesItsCommandOnce();
    void finding_C3_whatIsOverABudgetIsHeldBackWithItsReason_data();
    void finding_C3_whatIsOverABudgetIsHeldBackWithItsReason();
    void atAFullGatewayACommandIsHeldBackOrTakesAnOldersPlace();
    void finding_G13_theCoordinatorsAreToldOnce_data();
    void finding_G13_theCoordinatorsAreToldOnce();
    void finding_G11_coordinatorsAreReached_data();
    void finding_G11_coordinatorsAreReached();
    void finding_G1_choicesAreTextsInThePersonsLanguage_data();
    void finding_G1_choicesAreTextsInThePersonsLanguage();
    void aShadowsEffectsAreOnlyShown();
};

void TestCommittedEffects::whatActionsRefuseIsTold()
{
    DeployedWorld world;
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    const auto payload = QJsonDocument::fromJson(R"({"to":[{"role":"resident"}],"text":{"en":"x"}})").object();
    const auto alert = QJsonDocument::fromJson(R"({"key":"k","text":{"en":"x"}})").object();
    queued.queue->addRun(queued.run(entry, {{EffectKind::Notify, payload, {}},
                                            {EffectKind::Emit, {}, QStringLiteral("not granted")},
                                            {EffectKind::Alert, alert, {}}}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(refused, '|' ORDER BY id) FROM effect"),
             QStringLiteral("nobody in this home has such a role|not granted|"));
    QCOMPARE(world.value("SELECT key FROM alert"), QStringLiteral("k"));
    QCOMPARE(world.value("SELECT effect_count FROM script_run"), QStringLiteral("3"));
    const auto& notices = queued.written.front().notices;
    QCOMPARE(std::count_if(notices.begin(), notices.end(),
                           [](const bus::Notice& one) { return std::holds_alternative<bus::AlertChanged>(one); }),
             std::ptrdiff_t{1});
}

void TestCommittedEffects::finding_C5_whatTheCheckLetsThroughIsRaised_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("actions");
    QTest::newRow("ten actions") << QByteArray("k") << QByteArray("x") << 10;
    QTest::newRow("a key of a hundred umlauts") << QByteArray("\xc3\xbc").repeated(100) << QByteArray("x") << 0;
    QTest::newRow("a key of a hundred pictures")
        << QByteArray("\xf0\x9f\x94\xa5").repeated(100) << QByteArray("x") << 6;
    QTest::newRow("the longest text") << QByteArray("k") << QByteArray("\xf0\x9f\x94\xa5").repeated(2'000) << 1;
}

void TestCommittedEffects::finding_C5_whatTheCheckLetsThroughIsRaised()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    QFETCH(int, actions);
    DeployedWorld world;
    Queued queued(world);
    QByteArrayList offered;
    for (int i = 0; i < actions; ++i)
        offered.append(
            R"({"key":"a","text":{"en":"Off"},"device":"sensor-a","parameters":[{"name":"level","index":"","value":1}]})");
    const QByteArray alert =
        R"({"key":")" + key + R"(","text":{"en":")" + text + R"("},"actions":[)" + offered.join(',') + "]}";
    queued.queue->addRun(
        queued.run(queued.entry(world.home.location), {effectOf(EffectKind::Alert, alert.constData(), 0)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT refused FROM effect"), QString());
    QCOMPARE(world.value("SELECT key FROM alert"), QString::fromUtf8(key));
    QCOMPARE(world.value("SELECT count(*) FROM alert_action").toInt(), actions);
}

void TestCommittedEffects::finding_M4_anActionNeedsNoDevice()
{
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const QByteArray alert =
        R"({"key":"fall","severity":"urgent","text":{"en":"Are you well?"},"to":[{"role":"resident"}],)"
        R"("actions":[{"key":"fine","text":{"en":"I am fine"},"device":"","parameters":[]}]})";
    queued.queue->addRun(queued.run(queued.entry(world.home.location), {effectOf(EffectKind::Alert, alert, 0)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT refused FROM effect"), QString());
    bus::Bus bus;
    actions::Answers answers(*world.connection, bus);
    const AlertId raised{world.value("SELECT id FROM alert").toLongLong()};
    const qint64 action = world.value("SELECT id FROM alert_action WHERE key = 'fine'").toLongLong();
    const actions::Actor resident{{}, ParticipantId{world.value("SELECT id FROM participant").toLongLong()}};
    const auto first = answers.act(raised, action, resident), again = answers.act(raised, action, resident);
    QVERIFY2(first && again && !*first && !*again, first ? "" : qPrintable(first.error().message()));
    QCOMPARE(world.value("SELECT count(*) FROM command"), QStringLiteral("0"));
    QCOMPARE(world.value("SELECT string_agg(answer, ' ') FROM alert_answer"), QStringLiteral("act"));
    QCOMPARE(world.value("SELECT state || (waits_until IS NULL) FROM alert"), QStringLiteral("acknowledgedtrue"));
    const auto shown = store::AlertRepository(*world.connection).find(raised); // as the console gets it
    QVERIFY2(shown, shown ? "" : qPrintable(shown.error().message()));
    QCOMPARE(shown->actions.size(), 1);
    QVERIFY(!shown->actions.first().device && shown->actions.first().deviceKey.isEmpty());
}

void TestCommittedEffects::finding_S2_anActionInWordsMakesItsCommandOnce()
{
    DeployedWorld world;
    addResident(world);
    world.database.run("UPDATE device SET type = 10014 WHERE key = 'sensor-a'");
    Queued queued(world);
    const QByteArray alert =
        R"({"key":"k","text":{"en":"x"},"to":[{"role":"resident"}],"actions":[{"key":"off","text":)"
        R"({"en":"Off"},"device":"sensor-a","parameters":[{"name":"outletStatus","index":"",)"
        R"("value":"Off"}]}]})";
    queued.queue->addRun(queued.run(queued.entry(world.home.location), {effectOf(EffectKind::Alert, alert, 0)}));
    QVERIFY(queued.queue->flush());
    bus::Bus bus;
    actions::Answers answers(*world.connection, bus);
    const AlertId raised{world.value("SELECT id FROM alert").toLongLong()};
    const qint64 action = world.value("SELECT id FROM alert_action").toLongLong();
    const actions::Actor resident{{}, ParticipantId{world.value("SELECT id FROM participant").toLongLong()}};
    const auto first = answers.act(raised, action, resident), again = answers.act(raised, action, resident);
    QVERIFY(first && again);
    QCOMPARE(*again, *first);
    QCOMPARE(world.value("SELECT count(*) FROM command WHERE parameters->0->>'value' = '0'"), QStringLiteral("1"));
}

void TestCommittedEffects::finding_C3_whatIsOverABudgetIsHeldBackWithItsReason_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("most");
    const auto row = [](const char* tag, EffectKind kind, const char* payload, const char* table, int most) {
        QTest::newRow(tag) << int(kind) << QByteArray(payload) << QByteArray(table) << most;
    };
    row("messages", EffectKind::Notify, R"({"to":[{"role":"resident"}],"text":{"en":"m%1"}})", "message", 10);
    row("questions", EffectKind::Ask, R"({"to":[{"role":"resident"}],"key":"q%1","text":{"en":"m"}})", "message", 10);
    row("alerts", EffectKind::Alert, R"({"key":"k%1","text":{"en":"x"}})", "alert", 30);
    row("commands", EffectKind::Command,
        R"({"device":"sensor-a","parameters":[{"name":"level","index":"","value":%1}]})", "command", 120);
}

void TestCommittedEffects::finding_C3_whatIsOverABudgetIsHeldBackWithItsReason()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, table);
    QFETCH(int, most);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    for (int run = 0; run < 2; ++run) { // as two measurements start them
        std::vector<Decided> effects;
        effects.reserve(100);
        for (int i = 0; i < 100; ++i)
            effects.push_back(effectOf(static_cast<EffectKind>(kind), payload.constData(), run * 100 + i));
        queued.queue->count(entry->key.script, {}, effects.size());
        queued.queue->addRun(queued.run(entry, std::move(effects)));
        QVERIFY(queued.queue->flush());
    }
    const QByteArray ours = table == "alert" ? " WHERE key <> 'held-back'" : "";
    QCOMPARE(world.value("SELECT count(*) FROM " + table + ours).toInt(), most);
    QCOMPARE(world
                 .value("SELECT count(*) FROM effect WHERE refused LIKE 'held back: over " + QByteArray::number(most) +
                        " %'")
                 .toInt(),
             200 - most);
    QCOMPARE(world.value("SELECT sum(effects) FROM script_usage").toInt(), most); // what the figures count
}

void TestCommittedEffects::atAFullGatewayACommandIsHeldBackOrTakesAnOldersPlace()
{
    DeployedWorld world;
    world.database.run("INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, "
                       "requested_by, expires_at) SELECT deployment_id, location_id, id, gateway_id, "
                       "jsonb_build_array(jsonb_build_object('name', 'level', 'index', n::text, 'value', 1)), "
                       "'operator:1', now() + interval '1 hour' FROM device, generate_series(1, 100) n "
                       "WHERE key = 'sensor-a' ORDER BY n");
    Queued queued(world);
    const char* payload = R"({"device":"sensor-a","parameters":[{"name":"level","index":"%1","value":0}]})";
    queued.queue->addRun(queued.run(queued.entry(world.home.location), {effectOf(EffectKind::Command, payload, 7),
                                                                        effectOf(EffectKind::Command, payload, 700)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(parameters->0->>'index', ' ') FROM command WHERE state = 'superseded'"),
             QStringLiteral("7"));
    QCOMPARE(world.value("SELECT string_agg(parameters->0->>'index', ' ') FROM command WHERE requested_by <> "
                         "'operator:1'"),
             QStringLiteral("7"));
    QCOMPARE(world.value("SELECT count(*) FROM effect WHERE refused LIKE 'the gateway has its 100 open commands %'"),
             QStringLiteral("1"));
    QCOMPARE(world.value("SELECT count(*) FROM alert WHERE key = 'held-back'"), QStringLiteral("1"));
    const auto& notices = queued.written.front().notices;
    QCOMPARE(std::count_if(notices.begin(), notices.end(),
                           [](const bus::Notice& one) { return std::holds_alternative<bus::CommandChanged>(one); }),
             std::ptrdiff_t{2}); // the new one, and the one that nobody is to send any more
}

void TestCommittedEffects::finding_G13_theCoordinatorsAreToldOnce_data()
{
    finding_C3_whatIsOverABudgetIsHeldBackWithItsReason_data();
}

void TestCommittedEffects::finding_G13_theCoordinatorsAreToldOnce()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QFETCH(int, most);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const InstanceEntryPtr entry = queued.entry(world.home.location);
    const auto told = [&] { return world.value("SELECT count(*) FROM alert WHERE key = 'held-back'"); };
    const auto send = [&](int count) {
        std::vector<Decided> effects;
        effects.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i)
            effects.push_back(effectOf(static_cast<EffectKind>(kind), payload.constData(), most * 2 + i));
        queued.queue->addRun(queued.run(entry, std::move(effects)));
        return queued.queue->flush().has_value();
    };
    QVERIFY(send(most));
    QCOMPARE(told(), QStringLiteral("0"));
    if (static_cast<EffectKind>(kind) == EffectKind::Alert) // one that is open is not raised again
        world.database.run("UPDATE alert SET state = 'resolved'");
    QVERIFY(send(3));
    QCOMPARE(told(), QStringLiteral("1"));
    QVERIFY(world.value("SELECT texts->>'en' FROM alert WHERE key = 'held-back'")
                .contains(QStringLiteral("; the first: over %1 ").arg(most)));
    QCOMPARE(world.value("SELECT count(*) FROM alert_recipient"), QStringLiteral("0")); // nobody in the home
    world.database.run("UPDATE alert SET state = 'dismissed'");
    QVERIFY(send(3));
    QCOMPARE(told(), QStringLiteral("1")); // not again within the hour
}

void TestCommittedEffects::finding_G11_coordinatorsAreReached_data()
{
    QTest::addColumn<QByteArray>("roles");
    QTest::addColumn<QString>("messages");
    QTest::newRow("they alone") << QByteArray(R"([{"role":"coordinator"}])") << QStringLiteral("0");
    QTest::newRow("with the resident") << QByteArray(R"([{"role":"resident"},{"role":"coordinator"}])")
                                       << QStringLiteral("2");
}

void TestCommittedEffects::finding_G11_coordinatorsAreReached()
{
    QFETCH(QByteArray, roles);
    QFETCH(QString, messages);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const QByteArray notify = R"({"to":)" + roles + R"(,"text":{"en":"Battery %1 is low."}})";
    const QByteArray ask = R"({"to":)" + roles + R"(,"key":"q","text":{"en":"?"}})";
    queued.queue->addRun(queued.run(queued.entry(world.home.location),
                                    {effectOf(EffectKind::Notify, notify, 1), effectOf(EffectKind::Notify, notify, 2),
                                     effectOf(EffectKind::Ask, ask, 3)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(texts->>'en', '|' ORDER BY id) FROM alert"),
             QStringLiteral("Battery 1 is low.|Battery 2 is low."));
    QCOMPARE(world.value("SELECT count(*) FROM message"), messages);
    QCOMPARE(world.value("SELECT string_agg(refused, '|' ORDER BY id) FROM effect"),
             QStringLiteral("||coordinators cannot be asked; tell them with notify() or alert()"));
}

void TestCommittedEffects::finding_G1_choicesAreTextsInThePersonsLanguage_data()
{
    QTest::addColumn<QByteArray>("choices");
    QTest::addColumn<QString>("question");
    QTest::newRow("words") << QByteArray(R"([{"key":"x","text":{"en":"x"}},{"key":"y","text":{"en":"y"}}])")
                           << QStringLiteral(R"(one-of x=x y=y)");
    QTest::newRow("keys of texts") << QByteArray(R"([{"key":"w","text":{"en":"well","de":"gut"}},)"
                                                 R"({"key":"b","text":{"en":"badly"}}])")
                                   << QStringLiteral(R"(one-of w=gut b=badly)");
    QTest::newRow("yes and no are the page's words")
        << QByteArray(R"([{"key":"yes","text":{"en":"yes"}},{"key":"no","text":{"en":"no"}}])")
        << QStringLiteral("yes-no ");
}

void TestCommittedEffects::finding_G1_choicesAreTextsInThePersonsLanguage()
{
    QFETCH(QByteArray, choices);
    QFETCH(QString, question);
    DeployedWorld world;
    addResident(world);
    Queued queued(world);
    const QByteArray payload = R"({"to":[{"role":"resident"}],"key":"q","text":{"en":"m"},"choices":)" + choices + "}";
    queued.queue->addRun(queued.run(queued.entry(world.home.location), {effectOf(EffectKind::Ask, payload, 0)}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT concat(question->>'type', ' ', (SELECT string_agg(concat(c->>'key', '=', c->>'text'), "
                         "' ') FROM jsonb_array_elements(question->'choices') c)) FROM message"),
             question);
}

void TestCommittedEffects::aShadowsEffectsAreOnlyShown()
{
    DeployedWorld world;
    Queued queued(world);
    world.deploy(queued.script, {}, Mode::Shadow);
    (void)changedBy(queued.configuration);
    const auto alert = QJsonDocument::fromJson(R"({"key":"k","text":{"en":"x"}})").object();
    queued.queue->addRun(
        queued.run(queued.entry(world.home.location, Mode::Shadow),
                   {{EffectKind::Alert, alert, {}}, {EffectKind::Command, {}, QStringLiteral("no device")}}));
    QVERIFY(queued.queue->flush());
    QCOMPARE(world.value("SELECT string_agg(refused, '|' ORDER BY id) FROM effect"),
             QStringLiteral("shadow|no device"));
    QCOMPARE(world.value("SELECT count(*) FROM alert"), QStringLiteral("0"));
}

QTEST_GUILESS_MAIN(TestCommittedEffects)
#include "tst_committed_effects.moc"
