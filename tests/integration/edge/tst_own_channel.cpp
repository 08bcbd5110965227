// A device behind a gateway that has a token, and so a channel, of its own.
#include "tests/integration/edge/edge_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;

class TestOwnChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsCommandsComeOverIt()
    {
        RunningEdge running;
        running.giveToken(running.home.sensor, "token-s");
        const std::string own = "PPCAuthorization: esp token=token-s\r\n";
        const CommandId before = running.command();
        RawClient sensor = running.webSocket(own, "sensor-a");
        QVERIFY(has(sensor.readFrame().payload, idText(before)));
        RawClient gateway = running.webSocket();
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 2; }));
        const CommandId id = running.command();
        QVERIFY(has(sensor.readFrame().payload, idText(id)));
        sensor.send(clientFrame("{\"version\":2,\"responses\":[{\"commandId\":" + std::to_string(id.value) +
                                ",\"result\":1}]}"));
        QVERIFY(has(sensor.readFrame().payload, "\"status\":\"ACK\""));
        QVERIFY(running.becomes(id, "executed"));
        QVERIFY(gateway.isQuiet(100));
    }
};

QTEST_GUILESS_MAIN(TestOwnChannel)
#include "tst_own_channel.moc"
