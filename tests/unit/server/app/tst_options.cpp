// Options come from people and files: every mistake is named with what to do, and nothing public goes without TLS.
#include "server/app/options.h"

#include <QTemporaryFile>
#include <QTest>

using namespace cohort;

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksWithoutAnyOption()
    {
        const auto options = app::parseOptions({});
        QVERIFY(options);
        QCOMPARE(options->api.port, std::uint16_t(8460));
        QCOMPARE(options->deviceIo.port, std::uint16_t(8461));
        QCOMPARE(options->deviceIoUrl, QStringLiteral("http://127.0.0.1:8461"));
        QVERIFY(options->hasRole(QStringLiteral("composer")));
        QVERIFY(!options->dataDirectory.isEmpty());
    }

    void refusesInWords_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* arguments, const char* says) {
            QTest::newRow(name) << QString::fromUtf8(arguments).split(QLatin1Char(' ')) << QString::fromUtf8(says);
        };
        row("unknown option", "--daat /x", "--daat");
        row("no value", "serve --data", "--data needs a value");
        row("bad port", "--api-listen 127.0.0.1:99999", "--api-listen");
        row("no address", "--api-listen :8460", "--api-listen");
        row("public without TLS", "--api-listen 0.0.0.0:8460", "--insecure-plaintext");
        row("half of TLS", "--tls-key k.pem", "go together");
        row("unknown role", "--roles deviceio,cook", "'cook'");
        row("unknown command", "dance", "'dance'");
        row("operator without password", "operator add --email a@b.c --role admin", "--password-stdin");
        row("threads", "--io-threads 0", "--io-threads");
        row("missing config", "--config /nowhere/x.conf", "/nowhere/x.conf");
    }

    void refusesInWords()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const auto options = app::parseOptions(arguments);
        QVERIFY(!options);
        QVERIFY2(options.error().detail.contains(says), qPrintable(options.error().detail));
    }

    void theCommandLineWinsOverTheConfigFile()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("# a comment\nnode = from-file\nio-threads = 3\n");
        file.flush();
        const auto options =
            app::parseOptions({QStringLiteral("--node=given"), QStringLiteral("--config"), file.fileName()});
        QVERIFY(options);
        QCOMPARE(options->node, QStringLiteral("given"));
        QCOMPARE(options->ioThreads, 3);
    }

    void aFaultInTheConfigFileIsNamedWithItsLine()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("node = x\n\nroles = cook\n");
        file.flush();
        const auto options = app::parseOptions({QStringLiteral("--config"), file.fileName()});
        QVERIFY(!options);
        QVERIFY2(options.error().detail.contains(QStringLiteral(":3:")), qPrintable(options.error().detail));
    }

    void everyOptionIsInTheHelp()
    {
        const QString help = app::helpText();
        for (const char* name : {"--data", "--database", "--deviceio-listen", "--deviceio-url", "--api-listen",
                                 "--roles", "--node", "--bus", "--tls-certificate", "--tls-key", "--io-threads",
                                 "--config", "--insecure-plaintext", "--may-see-names", "--password-stdin"})
            QVERIFY2(help.contains(QString::fromLatin1(name)), name);
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
