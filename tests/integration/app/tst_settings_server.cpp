// Which device server a device is sent to by a whole node: its pool's, as it changes, and what it hears when there is none.
#include "tests/integration/app/running_node.h"
#include "tests/kit/wait_until.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace cohort::testing;
using testkit::waitUntil;

namespace {

const std::string Plain = "/cloud/json/settingsServer?type=deviceio&deviceId=D1";
const std::string Json = "/cloud/json/settingsServer/deviceio?deviceId=D1";

QJsonObject parsed(const HttpAnswer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

} // namespace

class TestSettingsServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothFormsNameTheSameServer()
    {
        const RunningNode running("deviceio,api",
                                  {QStringLiteral("--deviceio-url"), QStringLiteral("https://io.example")});
        QVERIFY2(running.failure.isEmpty(), qPrintable(running.failure));
        const auto plain = RunningNode::get(running.options.api.port, Plain);
        QCOMPARE(plain.status, 200);
        QCOMPARE(plain.body, std::string("https://io.example:443"));
        const auto server =
            parsed(RunningNode::get(running.options.api.port, Json)).value(QLatin1String("server")).toObject();
        QCOMPARE(server.value(QLatin1String("host")).toString(), QStringLiteral("io.example"));
        QCOMPARE(server.value(QLatin1String("port")).toInt(), 443);
        QVERIFY(server.value(QLatin1String("ssl")).toBool());
    }

    void onlyDeviceServersAreAsked()
    {
        const RunningNode running;
        for (const char* path :
             {"/cloud/json/settingsServer", "/cloud/json/settingsServer?type=", "/cloud/json/settingsServer/",
              "/cloud/json/settingsServer/streaming", "/cloud/json/settingsServer/deviceio/more"}) {
            const auto answer = RunningNode::get(running.options.api.port, path);
            QVERIFY2(answer.status == 400, path);
            QCOMPARE(parsed(answer).value(QLatin1String("resultCode")).toInt(), 8);
        }
        QCOMPARE(RunningNode::get(running.options.api.port, "/cloud/json/settingsServers?type=deviceio").status, 404);
    }

    void aServerThatDrainsIsNamedNoMore()
    {
        const RunningNode running;
        const std::uint16_t port = running.options.api.port;
        running.database.run("UPDATE node SET draining = true");
        QVERIFY(waitUntil([&] { return RunningNode::get(port, Plain).status == 503; }));
        const auto answer = RunningNode::get(port, Json);
        QCOMPARE(answer.status, 503);
        QCOMPARE(parsed(answer).value(QLatin1String("resultCode")).toInt(), 27);
        QVERIFY(answer.head.find("Retry-After: 5\r\n") != std::string::npos);
        running.database.run("INSERT INTO node (name, deviceio_url, roles, capacity) VALUES ('other', "
                             "'http://other:8461', 'deviceio', 10)");
        QVERIFY(waitUntil([&] { return RunningNode::get(port, Plain).body == "http://other:8461"; }));
    }

    void aServerOnlyOfTheApiNamesTheOneItWasTold()
    {
        const RunningNode running("api", {QStringLiteral("--deviceio-url"), QStringLiteral("http://io.example:99")});
        QVERIFY2(running.failure.isEmpty(), qPrintable(running.failure));
        QCOMPARE(RunningNode::get(running.options.api.port, Plain).body, std::string("http://io.example:99"));
    }
};

QTEST_GUILESS_MAIN(TestSettingsServer)
#include "tst_settings_server.moc"
