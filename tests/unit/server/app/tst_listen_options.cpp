// From what a person wrote to what a port is opened with.
#include "server/app/device_role.h"

#include <QTest>

using namespace cohort;

class TestListenOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void portsAreOpenedAsSaid_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<qulonglong>("connectionsPerAddress");
        const auto standard = static_cast<qulonglong>(net::Limits().connectionsPerAddress);
        QTest::newRow("as it is") << QString() << QStringLiteral("127.0.0.1") << 8461 << QString() << standard;
        QTest::newRow("another address") << QStringLiteral("--deviceio-listen [::1]:90") << QStringLiteral("::1") << 90
                                         << QString() << standard;
        QTest::newRow("TLS") << QStringLiteral("--tls-certificate c.pem --tls-key k.pem") << QStringLiteral("127.0.0.1")
                             << 8461 << QStringLiteral("c.pem") << standard;
        QTest::newRow("one connection") << QStringLiteral("--connections-per-address 1") << QStringLiteral("127.0.0.1")
                                        << 8461 << QString() << 1ULL;
        QTest::newRow("many") << QStringLiteral("--connections-per-address 90000") << QStringLiteral("127.0.0.1")
                              << 8461 << QString() << 90'000ULL;
    }
    void portsAreOpenedAsSaid()
    {
        QFETCH(QString, arguments);
        const auto options = app::parseOptions(arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        const auto listen = app::listenOptions(*options, options->deviceIo);
        QTEST(QString::fromStdString(listen.address), "address");
        QTEST(int(listen.port), "port");
        QTEST(QString::fromStdString(listen.certificateFile), "certificate");
        QCOMPARE(listen.keyFile.empty(), listen.certificateFile.empty());
        QTEST(qulonglong(listen.limits.connectionsPerAddress), "connectionsPerAddress");
        QCOMPARE(app::listenOptions(*options, options->api).port, std::uint16_t(8460));
    }
};

QTEST_GUILESS_MAIN(TestListenOptions)
#include "tst_listen_options.moc"
