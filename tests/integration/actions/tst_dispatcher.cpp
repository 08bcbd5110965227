#include "server/actions/actions.h"
#include "server/actions/answers.h"
#include "server/actions/dispatcher.h"
#include "shared/base/system_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QJsonDocument>
#include <QTest>

#include <mutex>
#include <set>

using namespace cohort;
using namespace cohort::actions;
using namespace cohort::testkit;

namespace {

// The channel of gateways: open or not, and what went over it.
class Channel final : public CommandSink
{
public:
    bool deliver(const OutgoingCommand& command) override
    {
        const std::lock_guard lock(m_mutex);
        if (!m_open.contains(command.gateway))
            return false;
        m_sent.push_back(command);
        return true;
    }
    void open(DeviceId gateway)
    {
        const std::lock_guard lock(m_mutex);
        m_open.insert(gateway);
    }
    std::vector<OutgoingCommand> sent() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sent;
    }

private:
    mutable std::mutex m_mutex;
    std::set<DeviceId> m_open;
    std::vector<OutgoingCommand> m_sent;
};

struct Pool
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    bus::Bus bus;
    metrics::Registry metrics;
    SystemClock clock;
    Channel channel;
    store::Committer committer;
    std::unique_ptr<Dispatcher> dispatcher;

    Pool()
        : committer(
              committerOptions(), [](const auto&) {}, [](auto, auto) {})
    {
        if (!committer.start())
            qFatal("the committer does not start");
    }
    ~Pool()
    {
        dispatcher.reset();
        committer.stop();
    }
    store::CommitterOptions committerOptions() const
    {
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("test");
        return options;
    }
    void start(Milliseconds resendAfter = Milliseconds(10'000))
    {
        DispatcherOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("test");
        options.pollEvery = Milliseconds(50);
        options.resendAfter = resendAfter;
        dispatcher = std::make_unique<Dispatcher>(options, bus, committer, &channel, metrics, clock);
        if (!dispatcher->start())
            qFatal("the dispatcher does not start");
    }
    CommandId order(Milliseconds expires = Milliseconds(60'000))
    {
        NewCommand command;
        command.deployment = home.deployment;
        command.location = home.location;
        command.device = home.sensor;
        command.parameters = {QJsonObject{{QStringLiteral("name"), QStringLiteral("outletStatus")},
                                          {QStringLiteral("value"), QStringLiteral("0")}}};
        command.requestedBy = QStringLiteral("operator:1");
        command.expires = expires;
        return *recordCommand(*connection, command);
    }
    bool becomes(const QByteArray& query, const QString& value) const
    {
        return waitUntil([&] { return database.value(query) == value; });
    }
    QString events(const QByteArray& kind) const
    {
        return database.value("SELECT count(*) FROM event WHERE kind = '" + kind + "'");
    }
};

} // namespace

class TestDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsOverAnOpenChannelWithoutAHint();
    void sendsWhatIsQueuedWhenTheGatewayConnects();
    void sendsAgainUntilItIsReceived();
    void marksWhatAPollFetchedAsSent();
    void picksUpWhatWasOpenBeforeTheStart();
    void expiresByTheDatabasesClock();
    void sendsEachCommandInOrder();
    void logsAnswersOnceAlsoAfterACrash();
    void finding_G1_whatBecameOfItIsToldToTheScriptThatAsked();
    void reopensASnoozedAlert();
    void releasesDelayedMessages();
    void logsAtTheDatasTime();
};

void TestDispatcher::sendsOverAnOpenChannelWithoutAHint()
{
    Pool pool;
    pool.channel.open(pool.home.gateway);
    pool.start();
    const CommandId id = pool.order();
    QVERIFY(pool.becomes("SELECT state FROM command", QStringLiteral("sent")));
    const auto sent = pool.channel.sent();
    QCOMPARE(sent.size(), 1U);
    QCOMPARE(sent[0].id, id);
    QCOMPARE(sent[0].deviceKey, std::string("sensor-a"));
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(sent[0].toJson()));
    QCOMPARE(json[QStringLiteral("commandId")].toInteger(), id.value);
    QCOMPARE(json[QStringLiteral("deviceId")].toString(), QStringLiteral("sensor-a"));
    QCOMPARE(json[QStringLiteral("parameters")][0][QStringLiteral("name")].toString(), QStringLiteral("outletStatus"));
}

void TestDispatcher::sendsWhatIsQueuedWhenTheGatewayConnects()
{
    Pool pool;
    pool.start();
    pool.bus.publish(bus::CommandChanged{pool.order(), pool.home.deployment, pool.home.location});
    QTest::qWait(150);
    QCOMPARE(pool.database.value("SELECT state FROM command"), QStringLiteral("queued"));
    pool.channel.open(pool.home.gateway);
    pool.dispatcher->deviceConnected(pool.home.gateway);
    QVERIFY(pool.becomes("SELECT state FROM command", QStringLiteral("sent")));
}

void TestDispatcher::sendsAgainUntilItIsReceived()
{
    Pool pool;
    pool.channel.open(pool.home.gateway);
    pool.start(Milliseconds(100));
    const CommandId id = pool.order();
    QVERIFY(waitUntil([&] { return pool.channel.sent().size() >= 3; }));
    pool.database.run("UPDATE command SET state = 'received', received_at = now()");
    pool.bus.publish(bus::CommandChanged{id, pool.home.deployment, pool.home.location});
    QTest::qWait(200); // what was under way is through
    const auto before = pool.channel.sent().size();
    QTest::qWait(400);
    QCOMPARE(pool.channel.sent().size(), before);
    for (const OutgoingCommand& command : pool.channel.sent())
        QCOMPARE(command.id, id);
    QVERIFY(pool.database.value("SELECT sent_count FROM command").toInt() >= 2);
}

void TestDispatcher::marksWhatAPollFetchedAsSent()
{
    Pool pool;
    pool.start();
    pool.dispatcher->commandDelivered(pool.order());
    QVERIFY(pool.becomes("SELECT state FROM command", QStringLiteral("sent")));
}

void TestDispatcher::picksUpWhatWasOpenBeforeTheStart()
{
    Pool pool;
    pool.order();
    pool.database.run("UPDATE command SET created_at = now() - interval '1 hour'");
    pool.channel.open(pool.home.gateway);
    pool.start();
    QVERIFY(pool.becomes("SELECT state FROM command", QStringLiteral("sent")));
}

void TestDispatcher::expiresByTheDatabasesClock()
{
    Pool pool;
    pool.start();
    std::atomic<int> told{0};
    const auto subscription =
        pool.bus.subscribe(bus::topics<bus::CommandChanged>(), [&told](const bus::Notice&) { ++told; });
    pool.order(Milliseconds(1));
    QVERIFY(pool.becomes("SELECT state FROM command", QStringLiteral("expired")));
    QVERIFY(waitUntil([&] { return told.load() > 0; }));
    QVERIFY(pool.becomes("SELECT count(*) FROM command WHERE logged", QStringLiteral("1")));
    QCOMPARE(pool.events("command-finished"), QStringLiteral("1"));
    QCOMPARE(pool.database.value("SELECT data->>'state' FROM event"), QStringLiteral("expired"));
}

void TestDispatcher::sendsEachCommandInOrder()
{
    Pool pool;
    for (int i = 0; i < 20; ++i)
        pool.order();
    pool.channel.open(pool.home.gateway);
    pool.start();
    QVERIFY(waitUntil([&] { return pool.channel.sent().size() == 20; }));
    const auto sent = pool.channel.sent();
    QVERIFY(std::is_sorted(sent.begin(), sent.end(), [](const auto& a, const auto& b) { return a.id < b.id; }));
}

void TestDispatcher::logsAnswersOnceAlsoAfterACrash()
{
    Pool pool;
    pool.database.run("INSERT INTO alert (deployment_id, location_id, source, key, texts, at) SELECT deployment_id, "
                      "id, 'device', 'silent', "
                      "'{\"en\":\"x\"}', now() FROM location");
    const AlertId alert{pool.database.value("SELECT id FROM alert").toLongLong()};
    Answers answers(*pool.connection, pool.bus);
    QVERIFY(answers.comment(alert, Actor{OperatorId{1}, {}}, QStringLiteral("looking")));
    QVERIFY(answers.dismiss(alert, Actor{OperatorId{1}, {}}));
    QCOMPARE(pool.events("alert-answered"), QStringLiteral("0")); // as if the server had died here
    pool.start();
    QVERIFY(pool.becomes("SELECT count(*) FROM alert_answer WHERE NOT logged", QStringLiteral("0")));
    QCOMPARE(pool.events("alert-answered"), QStringLiteral("1"));
    QCOMPARE(pool.database.value("SELECT name FROM event"), QStringLiteral("silent"));
    QCOMPARE(pool.database.value("SELECT data->>'answer' FROM event"), QStringLiteral("dismiss"));
    // The row is there, its mark was lost.
    pool.database.run("UPDATE alert_answer SET logged = false");
    QVERIFY(
        pool.becomes("SELECT count(*) FROM alert_answer WHERE NOT logged AND answer = 'dismiss'", QStringLiteral("0")));
    QCOMPARE(pool.database.value("SELECT count(*) FROM event WHERE data->>'answer' = 'dismiss'"), QStringLiteral("1"));
}

// Keys are a script's own: another with the same word hears nothing of it.
void TestDispatcher::finding_G1_whatBecameOfItIsToldToTheScriptThatAsked()
{
    Pool pool;
    pool.database.run("INSERT INTO script (deployment_id, name) SELECT deployment_id, 's' FROM location;"
                      "INSERT INTO participant (deployment_id, code) SELECT deployment_id, 'r' FROM location;"
                      "INSERT INTO alert (deployment_id, location_id, source, script_id, key, texts, at) SELECT "
                      "l.deployment_id, l.id, 'script', s.id, 'k', '{\"en\":\"x\"}', now() FROM location l, script s");
    const auto ask = [&](const QString& author) {
        NewMessage message;
        message.deployment = pool.home.deployment;
        message.location = pool.home.location;
        message.participants = {ParticipantId{pool.database.value("SELECT id FROM participant").toLongLong()}};
        message.texts = {{QStringLiteral("en"), QStringLiteral("Well?")}};
        message.author = author;
        message.key = "k";
        message.question = NewQuestion{};
        return recordMessage(*pool.connection, message).has_value();
    };
    const auto order = [&](const QString& by, AlertId alert) {
        NewCommand command;
        command.deployment = pool.home.deployment;
        command.location = pool.home.location;
        command.device = pool.home.sensor;
        command.parameters = {
            QJsonObject{{QStringLiteral("name"), QStringLiteral("level")}, {QStringLiteral("value"), 1}}};
        command.requestedBy = by;
        command.alert = alert;
        command.expires = Milliseconds(1);
        return recordCommand(*pool.connection, command).has_value();
    };
    const QString script = QStringLiteral("script:%1").arg(pool.database.value("SELECT id FROM script"));
    const AlertId alert{pool.database.value("SELECT id FROM alert").toLongLong()};
    QVERIFY(ask(script) && ask(QStringLiteral("operator:1")));
    pool.database.run("UPDATE message SET answer = '\"yes\"', answered_at = now(), state = 'answered'");
    QVERIFY(Answers(*pool.connection, pool.bus).dismiss(alert, Actor{OperatorId{1}, {}}));
    QVERIFY(order(script, {}) && order(QStringLiteral("participant:1"), alert) &&
            order(QStringLiteral("operator:1"), {}));
    pool.start();
    QVERIFY(pool.becomes("SELECT count(*) FROM event", QStringLiteral("6")));
    QCOMPARE(pool.database.value("SELECT string_agg(e.kind || ' ' || n, ', ' ORDER BY e.kind) FROM (SELECT kind, "
                                 "count(*) AS n FROM event WHERE (data->>'script')::bigint = (SELECT id FROM script) "
                                 "GROUP BY kind) e"),
             QStringLiteral("alert-answered 1, command-finished 2, question-answered 1"));
}

void TestDispatcher::reopensASnoozedAlert()
{
    Pool pool;
    pool.database.run(
        "INSERT INTO alert (deployment_id, location_id, source, key, texts, at, state, snoozed_until) SELECT "
        "deployment_id, id, "
        "'device', 'silent', '{\"en\":\"x\"}', now(), 'acknowledged', now() - interval '1 second' FROM location");
    pool.start();
    QVERIFY(pool.becomes("SELECT state FROM alert", QStringLiteral("open")));
}

void TestDispatcher::releasesDelayedMessages()
{
    Pool pool;
    pool.database.run("INSERT INTO participant (deployment_id, code) SELECT id, 'r' FROM deployment");
    NewMessage message;
    message.deployment = pool.home.deployment;
    message.location = pool.home.location;
    pool.database.run("INSERT INTO participant_role (participant_id, location_id, role) SELECT p.id, l.id, 'resident' "
                      "FROM participant p, location l");
    message.recipients = {{"resident", Milliseconds(400)}};
    message.texts = {{QStringLiteral("en"), QStringLiteral("Hello")}};
    message.author = QStringLiteral("script:1");
    QVERIFY(recordMessage(*pool.connection, message));
    QCOMPARE(pool.database.value("SELECT state FROM message"), QStringLiteral("queued"));
    pool.start();
    QVERIFY(pool.becomes("SELECT state FROM message", QStringLiteral("sent")));
}

void TestDispatcher::logsAtTheDatasTime()
{
    Pool pool;
    pool.database.run("UPDATE location SET clock = 'events'");
    std::atomic<bool> stored{false};
    store::Submission submission;
    submission.measurements.push_back(
        {pool.home.sensor, pool.home.location, "power", "", "W", fromMs(1'300'000'000'000), Value::ofNumber(1)});
    QVERIFY(pool.committer.submit(std::move(submission), [&stored](const auto& done) { stored = done.has_value(); }));
    QVERIFY(waitUntil([&] { return stored.load(); }));
    pool.order(Milliseconds(1));
    pool.start();
    QVERIFY(pool.becomes("SELECT count(*) FROM command WHERE logged", QStringLiteral("1")));
    QCOMPARE(pool.database.value("SELECT (extract(epoch FROM time) * 1000)::bigint FROM event"),
             QStringLiteral("1300000000000"));
}

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"
