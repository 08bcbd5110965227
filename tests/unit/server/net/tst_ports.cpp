#include "tests/unit/server/net/server_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;

class TestPorts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Else each of two servers gets half of the devices, and neither says so.
    void finding_F33_aPortIsNotSharedWithAnotherServer()
    {
        RunningServer running;
        QVERIFY(running.started);
        const std::uint16_t port = running.server.port();
        for (const char* address : {"127.0.0.1", "0.0.0.0"}) {
            net::Server second(running.threads, {address, port, {}, {}, {}}, running.handler);
            const auto started = second.start();
            QVERIFY(!started);
            QCOMPARE(started.error().code, ErrorCode::Unavailable);
            QVERIFY2(started.error().detail.contains(QStringLiteral("another program listens there")),
                     qPrintable(started.error().detail));
        }
        running.server.stop();
        net::Server after(running.threads, {"127.0.0.1", port, {}, {}, {}}, running.handler);
        QVERIFY(after.start()); // also while the one before is ending
        QCOMPARE(after.port(), port);
        after.stop();
    }
};

QTEST_GUILESS_MAIN(TestPorts)
#include "tst_ports.moc"
