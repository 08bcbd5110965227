// Options come from people and files: every mistake is named with what to do, and nothing public goes without TLS.
#include "server/app/options.h"

#include <QSysInfo>
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
        row("too many threads", "--io-threads 65", "no number from 1 to 64");
        row("threads that are no number", "--io-threads two", "'two' is no number");
        row("no role", "--roles ,", "names no role");
        row("no host", "--api-listen host:8460", "'host:8460'");
        row("no port", "--deviceio-listen 127.0.0.1", "--deviceio-listen");
        row("port that is none", "--api-listen 127.0.0.1:http", "write 127.0.0.1:8461");
        row("bus", "--bus nats://x", "one machine");
        row("certificate alone", "--tls-certificate c.pem", "go together");
        row("public devices' port", "--deviceio-listen [::]:8461", ":: is not loopback");
        row("operator without role", "operator add --email a@b.c --password-stdin", "--role");
        row("operator without address", "operator add --role admin --password-stdin", "--email");
        row("half a command", "operator", "'operator'");
        row("too many words", "serve now", "'serve now'");
        row("connections", "--connections-per-address 0", "--connections-per-address");
        row("messages", "--messages-per-second 0", "--messages-per-second");
        row("measurements", "--measurements-per-second lots", "'lots'");
        row("finding_F33 log level", "serve --log-level loud", "debug, info, warning and error");
        row("finding_F33 log level of a command", "operator add --log-level loud", "'loud' is no level");
        row("finding_F33 without effect", "operator add --io-threads 4 --email a@b.c", "no effect on operator add");
        row("finding_F33 without effect on serve", "--email a@b.c", "--email has no effect on serve");
        row("finding_F33 threads and a half", "--io-threads 2.5", "'2.5' is no whole number");
        row("finding_F33 no number of connections", "--connections-per-address nan", "--connections-per-address");
        row("a number's bounds as people write them", "--messages-per-second 0", "no number from 1 to 1000000000");
        row("finding_F33 no number of messages", "--messages-per-second nan", "'nan' is no number");
        row("finding_F33 endless measurements", "--measurements-per-second inf", "'inf' is no number");
        row("finding_F33 a library that is not there", "--library /nowhere/x", "'/nowhere/x' is no folder");
        row("rules that are not there", "--rules /nowhere/x", "'/nowhere/x' is no folder");
        row("a URL for devices that is none", "--deviceio-url devices.example", "http://");
        row("port zero", "--api-listen 127.0.0.1:0", "no address and port");
        row("one port for both", "--api-listen 127.0.0.1:8461", "a port of its own");
        row("finding_F33 an empty folder", "--data=", "--data needs a value");
        row("finding_F33 an empty database", "--database= --data /x", "--database needs a value");
        row("finding_F33 an empty name is not all of them",
            "operator add --email a@b.cc --role analyst --password-stdin --deployment=", "--deployment needs a value");
        row("finding_F33 a switch that is no switch", "--insecure-plaintext=maybe", "'maybe' is neither yes nor no");
        row("finding_F33 a switch that is off", "--insecure-plaintext=false --api-listen 0.0.0.0:1", "not loopback");
        row("finding_F18 import without a home", "import x.csv", "--location");
        row("finding_F18 import into no number", "import x.csv --location kitchen", "'kitchen'");
        row("finding_F18 import of nothing", "import --location 1", "one FILE");
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

    void theEndsOfARangeAreInIt()
    {
        const auto least =
            app::parseOptions({QStringLiteral("--io-threads=1"), QStringLiteral("--messages-per-second=1")});
        QVERIFY(least);
        QCOMPARE(least->ioThreads, 1);
        QCOMPARE(least->messagesPerSecond, 1.0);
        const auto most = app::parseOptions({QStringLiteral("--io-threads"), QStringLiteral("64"),
                                             QStringLiteral("--connections-per-address=1000000")});
        QVERIFY(most);
        QCOMPARE(most->ioThreads, 64);
        QCOMPARE(most->connectionsPerAddress, std::size_t(1'000'000));
    }

    // What a file says is switched off by the command line.
    void finding_F33_aSwitchIsOnOrOffAsItSays()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("insecure-plaintext = yes\napi-listen = 0.0.0.0:1\n");
        file.close();
        const QString config = QStringLiteral("--config=") + file.fileName();
        QVERIFY(app::parseOptions({config}));
        const auto off = app::parseOptions({config, QStringLiteral("--insecure-plaintext=no")});
        QVERIFY(!off && off.error().detail.contains(QStringLiteral("not loopback")));
        QVERIFY(file.open());
        file.write("data =\n");
        file.close();
        const auto empty = app::parseOptions({config});
        QVERIFY(!empty && empty.error().detail.contains(QStringLiteral(":1: --data needs a value")));
    }

    void theLastOfTwoWins()
    {
        const auto options = app::parseOptions({QStringLiteral("--node=a"), QStringLiteral("--node=b")});
        QVERIFY(options);
        QCOMPARE(options->node, QStringLiteral("b"));
    }

    void addressesMayBeOfBothFamilies()
    {
        const auto options = app::parseOptions({QStringLiteral("--api-listen"), QStringLiteral("[::1]:1"),
                                                QStringLiteral("--deviceio-listen"), QStringLiteral("127.0.0.2:2")});
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        QCOMPARE(options->api.address, QStringLiteral("::1"));
        QCOMPARE(options->apiUrl(), QStringLiteral("http://[::1]:1"));
        QVERIFY(options->api.isLoopback() && options->deviceIo.isLoopback());
        QVERIFY(!(app::ListenAddress{QStringLiteral("192.0.2.1"), 1}).isLoopback());
    }

    void withTlsItMayBePublicAndSaysHttps()
    {
        const auto options =
            app::parseOptions({QStringLiteral("--api-listen=0.0.0.0:1"), QStringLiteral("--deviceio-listen=0.0.0.0:2"),
                               QStringLiteral("--tls-certificate=c.pem"), QStringLiteral("--tls-key=k.pem")});
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        // Every address is none that a device or a participant could use.
        const QString machine = QSysInfo::machineHostName().toLower();
        QCOMPARE(options->deviceIoUrl, QStringLiteral("https://%1:2").arg(machine));
        QCOMPARE(options->apiUrl(), QStringLiteral("https://%1:1").arg(machine));
        const auto plain =
            app::parseOptions({QStringLiteral("--api-listen=0.0.0.0:1"), QStringLiteral("--insecure-plaintext")});
        QVERIFY(plain);
        QCOMPARE(plain->apiUrl(), QStringLiteral("http://127.0.0.1:1"));
        const auto named =
            app::parseOptions({QStringLiteral("--api-listen=[::]:1"), QStringLiteral("--insecure-plaintext"),
                               QStringLiteral("--deviceio-url=https://study.example")});
        QVERIFY(named);
        QCOMPARE(named->apiUrl(), QStringLiteral("http://study.example:1"));
    }

    void withoutTheRoleThereIsNoAddressOfTheApi()
    {
        const auto options = app::parseOptions({QStringLiteral("--roles=deviceio,composer")});
        QVERIFY(options);
        QVERIFY(!options->hasRole(QStringLiteral("api")));
        QCOMPARE(options->apiUrl(), QString());
    }

    void theUrlForDevicesMayBeAnotherThanTheAddress()
    {
        const auto options = app::parseOptions({QStringLiteral("--deviceio-url=https://devices.example")});
        QVERIFY(options);
        QCOMPARE(options->deviceIoUrl, QStringLiteral("https://devices.example"));
    }

    void anOperatorIsTakenWhole()
    {
        const auto options =
            app::parseOptions({QStringLiteral("operator"), QStringLiteral("add"), QStringLiteral("--email=a@b.c"),
                               QStringLiteral("--role=coordinator"), QStringLiteral("--deployment=Study"),
                               QStringLiteral("--may-see-names"), QStringLiteral("--password-stdin")});
        QVERIFY(options);
        QCOMPARE(options->command, app::Options::Command::OperatorAdd);
        QCOMPARE(options->email, QStringLiteral("a@b.c"));
        QCOMPARE(options->role, QStringLiteral("coordinator"));
        QCOMPARE(options->deployment, QStringLiteral("Study"));
        QVERIFY(options->maySeeNames && options->passwordFromStdin);
    }

    void helpAndVersionWinOverAnythingElse()
    {
        for (const char* first : {"serve", "--node=x", "--dance"}) {
            const auto help = app::parseOptions({QString::fromLatin1(first), QStringLiteral("-h")});
            QVERIFY(help);
            QCOMPARE(help->command, app::Options::Command::Help);
        }
        const auto none = app::parseOptions({QStringLiteral("dance"), QStringLiteral("--help")});
        QVERIFY(!none && none.error().detail.contains(QStringLiteral("'dance' is no command")));
        QCOMPARE(app::parseOptions({QStringLiteral("--version")})->command, app::Options::Command::Version);
    }

    void finding_F18_importTakesAFileAndItsLayout()
    {
        const auto options = app::parseOptions(
            QStringLiteral("import --location 7 data.csv --layout l.json --preview").split(QLatin1Char(' ')));
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        QCOMPARE(options->command, app::Options::Command::Import);
        QCOMPARE(options->importing.file, QStringLiteral("data.csv"));
        QCOMPARE(options->importing.location, qint64(7));
        QCOMPARE(options->importing.layoutFile, QStringLiteral("l.json"));
        QVERIFY(options->importing.preview);
    }

    void finding_F33_eachCommandHasItsOwnHelp_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("has");
        QTest::addColumn<QString>("hasNot");
        const auto row = [](const char* arguments, const char* has, const char* hasNot) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(has)
                                     << QString::fromLatin1(hasNot);
        };
        row("serve --help", "--io-threads", "--email");
        row("operator add --help", "--email", "--io-threads");
        row("operator add --email x -h", "--password-stdin", "--layout");
        row("import --help", "--layout", "--email");
        row("--help", "--email", "nothing");
    }
    void finding_F33_eachCommandHasItsOwnHelp()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, has);
        QFETCH(QString, hasNot);
        const auto options = app::parseOptions(arguments.split(QLatin1Char(' ')));
        QVERIFY(options);
        QCOMPARE(options->command, app::Options::Command::Help);
        const QString help = app::helpText(options->helpOf);
        QVERIFY2(help.contains(has) && !help.contains(hasNot), qPrintable(help));
    }

    void finding_F33_everyLevelThatThereIsIsTaken()
    {
        for (const char* level : {"debug", "info", "warning", "error"})
            QVERIFY2(app::parseOptions({QStringLiteral("--log-level"), QString::fromLatin1(level)}), level);
    }

    // A file may hold the options of several commands; each takes its own.
    void aConfigFileServesEveryCommand()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("data = /tmp/x\nio-threads = 3\n");
        file.flush();
        const auto options =
            app::parseOptions({QStringLiteral("import"), QStringLiteral("f.csv"), QStringLiteral("--location=1"),
                               QStringLiteral("--config"), file.fileName()});
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        QCOMPARE(options->dataDirectory, QStringLiteral("/tmp/x"));
    }

    void aSwitchInTheConfigFileNeedsNoValue()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("  insecure-plaintext\n\n# roles = cook\napi-listen = 0.0.0.0:1\r\n");
        file.flush();
        const auto options = app::parseOptions({QStringLiteral("--config"), file.fileName()});
        QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
        QVERIFY(options->insecurePlaintext);
        QCOMPARE(options->api.port, std::uint16_t(1));
    }

    void aConfigFileNamesNoOther()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("config = /etc/other\n");
        file.flush();
        const auto options = app::parseOptions({QStringLiteral("--config"), file.fileName()});
        QVERIFY(!options);
        QVERIFY2(options.error().detail.contains(QStringLiteral(":1:")), qPrintable(options.error().detail));
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
