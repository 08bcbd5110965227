// A server starts whole or not at all, plays the roles it was given, and leaves nothing behind when it stops.
#include "server/sim/typed_call.h"
#include "shared/protocol/operations/server.h"
#include "tests/integration/app/running_node.h"
#include "tests/kit/wait_until.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

bool isReady(std::uint16_t port)
{
    const HttpAnswer answer = RunningNode::get(port, "/espapi/watch");
    return answer.status == 200 && answer.body == "OK";
}

} // namespace

class TestNode : public QObject
{
    Q_OBJECT

private:
    static std::unique_ptr<sim::ApiClient> signedIn(const RunningNode& running)
    {
        auto api = std::make_unique<sim::ApiClient>(sim::ServerAddress{running.apiUrl(), {}});
        const auto result =
            api->signIn(QString::fromLatin1(RunningNode::Email), QString::fromLatin1(RunningNode::Password));
        if (!result)
            qFatal("%s", qPrintable(result.error().message()));
        return api;
    }

private Q_SLOTS:
    void bothPortsAreReadyOnceItHasStarted()
    {
        const RunningNode running;
        QVERIFY2(running.failure.isEmpty(), qPrintable(running.failure));
        QVERIFY(isReady(running.options.api.port));
        QVERIFY(isReady(running.options.deviceIo.port));
    }

    void aStoppedServerHasNoPortsAndStopsOnlyOnce()
    {
        const RunningNode running;
        RawClient open(running.options.deviceIo.port);
        QVERIFY(open.isOpen());
        running.node->stop();
        QVERIFY(open.ends());
        QVERIFY(!RawClient(running.options.api.port).isOpen());
        QVERIFY(!RawClient(running.options.deviceIo.port).isOpen());
        running.node->stop();
    }

    void everyConnectionToTheDatabaseEndsWithIt()
    {
        const RunningNode running;
        const QByteArray others =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        QVERIFY(running.database.value(others).toInt() > 0);
        running.node->stop();
        QVERIFY(testkit::waitUntil([&] { return running.database.value(others) == QStringLiteral("0"); }));
    }

    void aDatabaseThatIsNotThereIsToldInWords()
    {
        const auto options =
            app::parseOptions({QStringLiteral("--database"),
                               QStringLiteral("host=127.0.0.1 port=%1 dbname=x connect_timeout=2").arg(freePort())});
        QVERIFY(options);
        app::Node node(*options);
        const auto started = node.start();
        QVERIFY(!started);
        QVERIFY(!started.error().message().isEmpty());
        node.stop();
    }

    void onlyTheRolesThatWereGivenArePlayed()
    {
        const RunningNode devices("deviceio");
        QVERIFY2(devices.failure.isEmpty(), qPrintable(devices.failure));
        QVERIFY(isReady(devices.options.deviceIo.port));
        QVERIFY(!RawClient(devices.options.api.port).isOpen());
        const RunningNode api("api");
        QVERIFY(isReady(api.options.api.port));
        QVERIFY(!RawClient(api.options.deviceIo.port).isOpen());
    }

    void withoutTheDevicesRoleDevicesAreSentToTheUrlThatWasGiven()
    {
        const RunningNode running("api",
                                  {QStringLiteral("--deviceio-url"), QStringLiteral("https://devices.example:1")});
        const HttpAnswer answer =
            RunningNode::get(running.options.api.port, "/cloud/json/settingsServer?type=deviceio&deviceId=x&ssl=true");
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.body.find("https://devices.example:1") != std::string::npos, answer.body.c_str());
    }

    void sendsDevicesToItself()
    {
        const RunningNode running;
        const HttpAnswer answer =
            RunningNode::get(running.options.api.port, "/cloud/json/settingsServer?type=deviceio&deviceId=x&ssl=false");
        QCOMPARE(answer.status, 200);
        const std::string port = ":" + std::to_string(running.options.deviceIo.port);
        QVERIFY2(answer.body.find(port) != std::string::npos, answer.body.c_str());
    }

    void saysThatComposerIsOff()
    {
        const RunningNode running;
        const auto api = signedIn(running);
        const auto made = api->call(QStringLiteral("deployment.create"),
                                    {{QStringLiteral("name"), QStringLiteral("D")},
                                     {QStringLiteral("timeZone"), QStringLiteral("Europe/Berlin")}});
        QVERIFY2(made, made ? "" : qPrintable(made.error().message()));
        const auto overview = api->call(QStringLiteral("overview.get"), {{QStringLiteral("deployment"), 1}});
        QVERIFY2(overview, overview ? "" : qPrintable(overview.error().message()));
        QCOMPARE(overview->value(QStringLiteral("composer")).toString(), QStringLiteral("off"));
        QCOMPARE(overview->value(QStringLiteral("composerReason")).toString(),
                 QStringLiteral("this server does not play the composer role"));
    }

    void tellsItsOwnFigures()
    {
        const RunningNode running;
        const auto api = signedIn(running);
        const auto metrics = api->call(QStringLiteral("metrics.query"), {});
        QVERIFY2(metrics, metrics ? "" : qPrintable(metrics.error().message()));
        const QJsonArray samples = metrics->value(QStringLiteral("samples")).toArray();
        QVERIFY(!samples.isEmpty()); // one at the start
        const auto text = RunningNode::get(running.options.deviceIo.port, "/metrics");
        QCOMPARE(text.status, 200);
        QVERIFY(text.body.find("cohort_edge_connections") != std::string::npos);
        QVERIFY(text.body.find("cohort_committer_waiting") != std::string::npos);
    }

    void theNextServerOverTheSameDatabaseKnowsTheOperator()
    {
        RunningNode running;
        running.node->stop();
        running.node = std::make_unique<app::Node>(running.options);
        QVERIFY(running.node->start());
        signedIn(running);
        sim::ApiClient stranger({running.apiUrl(), {}});
        const auto refused =
            stranger.signIn(QString::fromLatin1(RunningNode::Email), QStringLiteral("another password"));
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::WrongCredentials);
    }

    void tellsTheNodeInTheListOfServers()
    {
        const RunningNode running;
        const auto api = signedIn(running);
        const auto servers = sim::ask(*api, protocol::ServerList{});
        QVERIFY2(servers, servers ? "" : qPrintable(servers.error().message()));
        QCOMPARE(servers->items.size(), 1);
        QCOMPARE(servers->items.first().name, QStringLiteral("node-1"));
    }
};

QTEST_GUILESS_MAIN(TestNode)
#include "tst_node.moc"
