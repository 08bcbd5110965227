// The console's WebSocket and POST /api/v1: hostile input first, then calls and live notifications.
#include "shared/protocol/notification.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

QString errorOf(const QJsonObject& answer)
{
    return answer.value("error"_L1).toObject().value("data"_L1).toObject().value("code"_L1).toString();
}

QJsonObject filter(const char* noun, std::int64_t id)
{
    return {{QString::fromLatin1(noun), static_cast<qint64>(id)}};
}

store::NewMeasurement reading(const testkit::SampleHome& home, double value, std::int64_t ms)
{
    store::NewMeasurement row;
    row.device = home.sensor;
    row.location = home.location;
    row.name = "power";
    row.time = fromMs(ms);
    row.value = Value::ofNumber(value);
    return row;
}

} // namespace

class TestConsoleChannel : public QObject
{
    Q_OBJECT

    std::unique_ptr<RunningApi> m_api; // of the data-driven tests, which change nothing

private Q_SLOTS:
    void initTestCase() { m_api = std::make_unique<RunningApi>(); }
    void cleanupTestCase() { m_api.reset(); }

    void answersNonsenseWithAnErrorAndGoesOn_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QString>("code");
        QTest::newRow("no JSON") << QByteArray("hello") << u"cannot-parse"_s;
        QTest::newRow("empty") << QByteArray("") << u"cannot-parse"_s;
        QTest::newRow("list") << QByteArray("[]") << u"cannot-parse"_s;
        QTest::newRow("no id") << QByteArray(R"({"method":"server.info"})") << u"cannot-parse"_s;
        QTest::newRow("object as id") << QByteArray(R"({"id":{},"method":"server.info"})") << u"cannot-parse"_s;
        QTest::newRow("no method") << QByteArray(R"({"id":1})") << u"cannot-parse"_s;
        QTest::newRow("number as method") << QByteArray(R"({"id":1,"method":5})") << u"cannot-parse"_s;
        QTest::newRow("list of params") << QByteArray(R"({"id":1,"method":"server.info","params":[1]})")
                                        << u"wrong-value"_s;
        QTest::newRow("unknown method") << QByteArray(R"({"id":1,"method":"nothing.here"})") << u"unknown-method"_s;
        QTest::newRow("unknown param") << QByteArray(R"({"id":1,"method":"server.info","params":{"x":1}})")
                                       << u"wrong-value"_s;
        QTest::newRow("not signed in") << QByteArray(R"({"id":1,"method":"deployment.list"})") << u"not-signed-in"_s;
        QTest::newRow("subscribe before sign in")
            << QByteArray(R"({"id":1,"method":"subscribe","params":{"topic":"alerts"}})") << u"not-signed-in"_s;
        QTest::newRow("deep") << QByteArray("[").repeated(5000) << u"cannot-parse"_s;
        QTest::newRow("made-up token") << QByteArray(R"({"id":1,"method":"session.resume","params":{"token":"x"}})")
                                       << u"not-signed-in"_s;
    }

    void answersNonsenseWithAnErrorAndGoesOn()
    {
        QFETCH(QByteArray, frame);
        QFETCH(QString, code);
        auto console = m_api->console();
        QCOMPARE(console.status, 101);
        console.send(frame.toStdString());
        QCOMPARE(errorOf(console.read()), code);
        QCOMPARE(console.call(u"server.info"_s).value("result"_L1).toObject().value("protocol"_L1).toInt(),
                 protocol::ProtocolVersion);
    }

    void refusesAFrameOverTheLimit()
    {
        RunningApi api;
        auto console = api.console();
        console.send(std::string(FrameBytesMost + 1, 'x'));
        auto frame = console.client().readFrame();
        QCOMPARE(frame.closeCode(), 1009);
    }

    void refusesAnotherSitesPage()
    {
        RunningApi api;
        QCOMPARE(Channel(api.server.port(), "/console", "Origin: https://evil.example\r\n").status, 403);
        QCOMPARE(Channel(api.server.port(), "/console", "Origin: http://x\r\n").status, 101); // Host: x
        QCOMPARE(Channel(api.server.port(), "/nowhere").status, 404);
        QCOMPARE(Channel(api.server.port(), "/inbox/live", "Origin: http://x\r\n").status, 401);
    }

    void signsInOverTheChannelAndResumes()
    {
        RunningApi api;
        api.admin();
        auto console = api.console();
        const auto session =
            console.call(u"session.signIn"_s, {{u"email"_s, u"admin@example.org"_s}, {u"password"_s, Password}})
                .value("result"_L1)
                .toObject();
        QCOMPARE(session.value("operator"_L1).toObject().value("email"_L1).toString(), u"admin@example.org"_s);
        QVERIFY(session.value("roles"_L1).toArray().first().toObject().value("deployment"_L1).isNull());
        QCOMPARE(console.call(u"deployment.list"_s).value("result"_L1).toObject().value("items"_L1).toArray().size(),
                 2);
        auto again = api.console();
        QVERIFY(again.call(u"session.resume"_s, {{u"token"_s, session.value("token"_L1)}}).contains("result"_L1));
        console.call(u"session.signOut"_s);
        QCOMPARE(errorOf(again.call(u"deployment.list"_s)), u"not-signed-in"_s);
    }

    void answersPipelinedCallsInOrder()
    {
        RunningApi api;
        auto console = api.console();
        for (int i = 1; i <= 40; ++i)
            console.send(R"({"id":)" + std::to_string(i) + R"(,"method":"server.info"})");
        for (int i = 1; i <= 40; ++i)
            QCOMPARE(console.read().value("id"_L1).toInt(), i);
    }

    void isBusyForAConsoleThatAsksTooMuchAtOnce()
    {
        RunningApi api;
        auto console = api.console();
        const std::string slow = R"({"id":1,"method":"session.signIn","params":{"email":"a@b","password":"x"}})";
        for (int i = 0; i < 100; ++i)
            console.send(slow);
        int busy = 0;
        for (int i = 0; i < 100; ++i)
            busy += errorOf(console.read()) == u"busy"_s;
        QVERIFY(busy > 0 && busy < 100);
    }

    void postsAreTheSameOperations()
    {
        RunningApi api;
        const std::string bearer = "Authorization: Bearer " + api.admin().toStdString() + "\r\n";
        QCOMPARE(api.http("GET", "/api/v1").status, 200);
        QCOMPARE(parsed(api.http("GET", "/api/v1").body).value("openapi"_L1).toString(), u"3.1.0"_s);
        const auto list = api.post("/api/v1/deployment.list", {}, bearer);
        QCOMPARE(list.status, 200);
        QCOMPARE(parsed(list.body).value("items"_L1).toArray().size(), 2);
        QCOMPARE(api.post("/api/v1/deployment.list", {}).status, 401);
        QCOMPARE(api.post("/api/v1/location.get", {{u"id"_s, 999'999}}, bearer).status, 404);
        QCOMPARE(api.post("/api/v1/no.such", {}, bearer).status, 404);
        QCOMPARE(api.post("/api/v1/subscribe", {}, bearer).status, 400);
        QCOMPARE(api.http("GET", "/api/v1/deployment.list").status, 400);
        QCOMPARE(api.http("POST", "/api/v1/deployment.list", "{nonsense", bearer).status, 400);
        QCOMPARE(api.http("POST", "/api/v1/deployment.list", "[1]", bearer).status, 400);
    }

    void tellsWhenItIsReadyAndItsMetrics()
    {
        RunningApi api;
        const auto watch = api.http("GET", "/espapi/watch");
        QCOMPARE(watch.status, 200);
        QCOMPARE(watch.body, std::string("OK"));
        QVERIFY(api.http("GET", "/metrics").body.find("cohort_api_requests_total") != std::string::npos);
    }

    void subscriptionsAreCheckedLikeCalls()
    {
        RunningApi api;
        const QString token = api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}});
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, token}});
        const auto subscribe = [&](const QString& topic, const QJsonObject& where) {
            const auto answer = console.call(u"subscribe"_s, {{u"topic"_s, topic}, {u"filter"_s, where}});
            return answer.contains("result"_L1) ? u"ok"_s : errorOf(answer);
        };
        QCOMPARE(subscribe(u"alerts"_s, filter("deployment", api.a.deployment.value)), u"ok"_s);
        QCOMPARE(subscribe(u"alerts"_s, filter("deployment", api.b.deployment.value)), u"not-found"_s);
        QCOMPARE(subscribe(u"measurements"_s, filter("location", api.b.location.value)), u"wrong-location"_s);
        QCOMPARE(subscribe(u"measurements"_s, {}), u"missing-value"_s);
        QCOMPARE(subscribe(u"measurements"_s, {{u"location"_s, u"x"_s}}), u"missing-value"_s);
        QCOMPARE(subscribe(u"secrets"_s, {}), u"wrong-value"_s);
        QCOMPARE(subscribe(u"metrics"_s, {}), u"access-denied"_s);
        QCOMPARE(errorOf(console.call(u"unsubscribe"_s, {{u"subscription"_s, 12345}})), u"not-found"_s);
        for (int i = 0; i < 63; ++i)
            QCOMPARE(subscribe(u"alerts"_s, filter("deployment", api.a.deployment.value)), u"ok"_s);
        QCOMPARE(subscribe(u"alerts"_s, filter("deployment", api.a.deployment.value)), u"too-large"_s);
    }

    void whoDoesNotSignInIsClosed()
    {
        RunningApi api;
        auto console = api.console();
        QCOMPARE(console.client().readFrame(15'000).closeCode(), 4401);
    }

    void changedRightsCloseTheChannel()
    {
        RunningApi api;
        const QString token = api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}});
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, token}});
        api.database.run("UPDATE operator_role SET role = 'analyst'");
        QCOMPARE(console.client().readFrame(15'000).closeCode(), 4401);
    }

    void aSecondSignInEndsWhatTheFirstFollowed()
    {
        RunningApi api;
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, api.admin()}});
        const auto subscription =
            console
                .call(u"subscribe"_s,
                      {{u"topic"_s, u"alerts"_s}, {u"filter"_s, filter("deployment", api.b.deployment.value)}})
                .value("result"_L1)
                .toObject()
                .value("subscription"_L1);
        console.call(u"session.resume"_s,
                     {{u"token"_s, api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}})}});
        QCOMPARE(errorOf(console.call(u"unsubscribe"_s, {{u"subscription"_s, subscription}})), u"not-found"_s);
    }

    void measurementsComeLiveInSequence()
    {
        RunningApi api;
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, api.admin()}});
        const auto subscription = console
                                      .call(u"subscribe"_s, {{u"topic"_s, u"measurements"_s},
                                                             {u"filter"_s, filter("location", api.a.location.value)}})
                                      .value("result"_L1)
                                      .toObject()
                                      .value("subscription"_L1)
                                      .toInteger();
        QVERIFY(subscription > 0);
        for (int i = 1; i <= 2; ++i) {
            store::Submission submission;
            submission.measurements = {reading(api.a, i, 1'767'225'600'000 + i),
                                       reading(api.b, i, 1'767'225'600'000 + i)};
            QVERIFY(api.committer.submit(std::move(submission), [](auto) {}));
            const auto notice = console.notice(u"measurements"_s);
            QCOMPARE(notice.value("subscription"_L1).toInteger(), subscription);
            QCOMPARE(notice.value("sequence"_L1).toInt(), i);
            const auto items = notice.value("items"_L1).toArray();
            QCOMPARE(items.size(), 1); // the other home's stays away
            QCOMPARE(items.first().toObject().value("value"_L1).toDouble(), double(i));
            QCOMPARE(items.first().toObject().value("name"_L1).toString(), u"power"_s);
        }
        QVERIFY(console.call(u"unsubscribe"_s, {{u"subscription"_s, subscription}}).contains("result"_L1));
    }

    void itemsAreWhatTheirTopicsSay()
    {
        RunningApi api;
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, api.admin()}});
        for (const auto& topic : {u"measurements"_s, u"timeline"_s})
            console.call(u"subscribe"_s,
                         {{u"topic"_s, topic}, {u"filter"_s, filter("location", api.a.location.value)}});
        console.call(u"subscribe"_s,
                     {{u"topic"_s, u"presence"_s}, {u"filter"_s, filter("deployment", api.a.deployment.value)}});
        const auto item = [&](const QString& topic) {
            return console.notice(topic).value("items"_L1).toArray().first().toObject();
        };
        store::Submission submission;
        submission.measurements = {reading(api.a, 2.5, 1'767'225'600'000)};
        submission.measurements.front().name = "motion";
        QVERIFY(api.committer.submit(std::move(submission), [](auto) {}));
        const auto sample = model::fromJson<protocol::SampleArrived>(item(u"measurements"_s));
        QVERIFY2(sample, qPrintable(sample ? QString() : sample.error().message()));
        QCOMPARE(sample->sample.device, api.a.sensor);
        QCOMPARE(sample->sample.time, qint64{1'767'225'600'000});
        QVERIFY(!sample->sample.isFact);
        const auto added = model::fromJson<protocol::TimelineAdded>(item(u"timeline"_s));
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message()));
        QCOMPARE(added->entry.kind, model::TimelineKind::Measurement);
        QCOMPARE(added->entry.text, u"motion = 2.5"_s);
        QCOMPARE(added->entry.object, u"device:%1"_s.arg(api.a.sensor.value));
        bus::PresenceChanged change;
        change.device = api.a.gateway;
        change.location = api.a.location;
        change.connected = true;
        api.bus.publish(change);
        const auto presence = model::fromJson<protocol::PresenceChanged>(item(u"presence"_s));
        QVERIFY2(presence, qPrintable(presence ? QString() : presence.error().message()));
        QVERIFY(presence->device == api.a.gateway && presence->connected);
    }

    void tooMuchAtOnceIsAResync()
    {
        RunningApi api;
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, api.admin()}});
        console.call(u"subscribe"_s,
                     {{u"topic"_s, u"measurements"_s}, {u"filter"_s, filter("location", api.a.location.value)}});
        store::Submission submission;
        for (int i = 0; i < 3'000; ++i)
            submission.measurements.push_back(reading(api.a, i, 1'767'225'600'000 + i));
        QVERIFY(api.committer.submit(std::move(submission), [](auto) {}));
        QVERIFY(console.notice(u"measurements"_s).value("resync"_L1).toBool());
    }

    void alertsCommandsAndMessagesComeLive()
    {
        RunningApi api;
        const QString token = api.admin();
        auto console = api.console();
        console.call(u"session.resume"_s, {{u"token"_s, token}});
        console.call(u"subscribe"_s,
                     {{u"topic"_s, u"alerts"_s}, {u"filter"_s, filter("deployment", api.a.deployment.value)}});
        console.call(u"subscribe"_s,
                     {{u"topic"_s, u"commands"_s}, {u"filter"_s, filter("location", api.a.location.value)}});
        console.call(u"subscribe"_s,
                     {{u"topic"_s, u"configuration"_s}, {u"filter"_s, filter("deployment", api.a.deployment.value)}});
        const auto alert =
            api.database
                .value("INSERT INTO alert (deployment_id, location_id, source, key, texts, at) VALUES (" +
                       QByteArray::number(qint64(api.a.deployment.value)) + "," +
                       QByteArray::number(qint64(api.a.location.value)) +
                       ",'device','k','{\"en\":\"Hm\"}', now()) RETURNING id")
                .toLongLong();
        api.bus.publish(bus::AlertChanged{AlertId{alert}, api.a.deployment, api.a.location});
        const auto seen =
            console.notice(u"alerts"_s).value("items"_L1).toArray().first().toObject().value("alert"_L1).toObject();
        QCOMPARE(seen.value("text"_L1).toString(), u"Hm"_s);
        const QJsonObject command{
            {u"id"_s, static_cast<qint64>(api.a.sensor.value)},
            {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 0}}}}};
        QVERIFY(console.call(u"device.command"_s, command).contains("result"_L1));
        const auto sent =
            console.notice(u"commands"_s).value("items"_L1).toArray().first().toObject().value("command"_L1).toObject();
        QCOMPARE(sent.value("state"_L1).toString(), u"queued"_s);
        QVERIFY(console
                    .call(u"room.create"_s, {{u"location"_s, static_cast<qint64>(api.a.location.value)},
                                             {u"kind"_s, u"kitchen"_s},
                                             {u"name"_s, u"K"_s}})
                    .contains("result"_L1));
        QCOMPARE(console.notice(u"configuration"_s)
                     .value("items"_L1)
                     .toArray()
                     .last()
                     .toObject()
                     .value("kind"_L1)
                     .toString(),
                 u"room"_s);
    }
};

QTEST_GUILESS_MAIN(TestConsoleChannel)
#include "tst_console_channel.moc"
