// Commands come from people: every mistake is named with what to do, and nothing is taken for a number that is none.
#include "server/sim/command_line.h"

#include <QTemporaryFile>
#include <QTest>

using namespace cohort;
using namespace cohort::sim;

namespace {

Result<Command> parsed(const char* arguments)
{
    return parseCommand(QString::fromUtf8(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordTakesAllThatMakesARecording()
    {
        const auto command = parsed("record --homes 3 --days 30 --seed 18446744073709551615 --start 2026-03-02 "
                                    "--timezone Europe/Madrid --output out");
        QVERIFY2(command, command ? "" : qPrintable(command.error().message()));
        QCOMPARE(command->what, Command::What::Record);
        QCOMPARE(command->record.homes, 3);
        QCOMPARE(command->record.days, 30);
        QCOMPARE(command->record.seed, ~std::uint64_t(0));
        QCOMPARE(command->record.start, QDate(2026, 3, 2));
        QCOMPARE(command->record.timeZone, QStringLiteral("Europe/Madrid"));
        QCOMPARE(command->record.folder, QStringLiteral("out"));
    }

    void recordTakesWhatGoesWrong()
    {
        const auto calm = parsed("record --start 2026-03-02 --output out");
        QVERIFY(calm);
        QVERIFY(!calm->record.troubles.away && !calm->record.troubles.unavailable);
        const auto command = parsed("record --start 2026-03-02 --output out --away 10m-90m --unavailable");
        QVERIFY2(command, command ? "" : qPrintable(command.error().message()));
        QCOMPARE(command->record.troubles.away->least, 10);
        QCOMPARE(command->record.troubles.away->most, 90);
        QVERIFY(command->record.troubles.unavailable);
    }

    void homesAreFiveOrdinaryOnesWithoutAnyOption()
    {
        const auto command = parsed("homes");
        QVERIFY(command);
        QCOMPARE(command->what, Command::What::Homes);
        QCOMPARE(command->homes.homes, 5);
        QCOMPARE(command->homes.deployment, QStringLiteral("Demo"));
        QCOMPARE(command->homes.speed, 1.0);
        QCOMPARE(command->homes.duration.count(), 0);
        QVERIFY(command->homes.scenario == Scenario::Day);
        QCOMPARE(command->server.url, QStringLiteral("http://127.0.0.1:8460"));
    }

    void homesTakesWhatItIsTold()
    {
        const auto command = parsed("homes --homes 2 --scenario stove-offline --speed 60 --seconds 5 --days-back 3 "
                                    "--deployment Study --server http://host:1// --user a@b.c --ca-file ca.pem");
        QVERIFY(command);
        QVERIFY(command->homes.scenario == Scenario::StoveOffline);
        QCOMPARE(command->homes.speed, 60.0);
        QCOMPARE(command->homes.duration.count(), 5);
        QCOMPARE(command->homes.daysBack, 3);
        QCOMPARE(command->homes.deployment, QStringLiteral("Study"));
        QCOMPARE(command->homes.caFile, std::string("ca.pem"));
        QCOMPARE(command->server.url, QStringLiteral("http://host:1"));
        QCOMPARE(command->server.caFile, QStringLiteral("ca.pem"));
        QCOMPARE(command->user, QStringLiteral("a@b.c"));
        QVERIFY(parsed("homes --scenario stove-left-on")->homes.scenario == Scenario::StoveLeftOn);
    }

    void replayTakesWhatItIsTold()
    {
        const auto command =
            parsed("replay --location Home --deployment Study --devices d.csv --data m.csv --id-prefix p- "
                   "--progress-file at --measures 500 --in-flight 64 --speed 2.5");
        QVERIFY(command);
        QCOMPARE(command->what, Command::What::Replay);
        QCOMPARE(command->replay.location.name, QStringLiteral("Home"));
        QCOMPARE(command->replay.location.deployment, QStringLiteral("Study"));
        QCOMPARE(command->replay.location.clock, QStringLiteral("events"));
        QCOMPARE(command->replay.devicesFile, QStringLiteral("d.csv"));
        QCOMPARE(command->replay.dataFile, QStringLiteral("m.csv"));
        QCOMPARE(command->replay.idPrefix, QStringLiteral("p-"));
        QCOMPARE(command->replay.progressFile, QStringLiteral("at"));
        QCOMPARE(command->replay.measuresPerPost, 500);
        QCOMPARE(command->replay.postsInFlight, 64);
        QCOMPARE(command->replay.speed, 2.5);
        QCOMPARE(parsed("replay --location 1 --devices d --data m")->replay.speed, 0.0);
    }

    void loadTakesWhatItIsTold()
    {
        const auto command = parsed("load --devices ids --device-server https://host:99 --rate 0.5 --seconds 0");
        QVERIFY(command);
        QCOMPARE(command->what, Command::What::Load);
        QCOMPARE(command->load.devicesFile, QStringLiteral("ids"));
        QCOMPARE(command->load.options.server.host, std::string("host"));
        QCOMPARE(command->load.options.server.port, std::string("99"));
        QVERIFY(command->load.options.server.tls);
        QCOMPARE(command->load.options.postsPerSecond, 0.5);
        QCOMPARE(command->load.options.duration.count(), 1);
    }

    void helpAndVersionWinOverAnythingElse()
    {
        QCOMPARE(parsed("--help")->what, Command::What::Help);
        QCOMPARE(parsed("dance --help")->what, Command::What::Help);
        QCOMPARE(parsed("record --version")->what, Command::What::Version);
    }

    void refusesInWords_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* arguments, const char* says) {
            QTest::newRow(arguments) << QString::fromUtf8(arguments) << QString::fromUtf8(says);
        };
        row("", "homes, record, replay or load");
        row("dance", "homes, record, replay or load");
        row("homes record", "homes, record, replay or load");
        row("homes --hoems 3", "hoems");
        row("homes --homes", "homes");
        row("homes --homes 0", "--homes is a number from 1 to 1000, not '0'");
        row("homes --homes 1001", "not '1001'");
        row("homes --homes many", "not 'many'");
        row("homes --speed 0", "--speed");
        row("homes --speed -1", "--speed is a number of at least 0");
        row("homes --speed inf", "--speed");
        row("homes --seconds -1", "--seconds");
        row("homes --days-back -1", "--days-back");
        row("homes --scenario flood", "not 'flood'");
        row("record --output o", "--start is the first day, such as 2026-03-02, not ''");
        row("record --output o --start 2026-02-30", "not '2026-02-30'");
        row("record --output o --start yesterday", "not 'yesterday'");
        row("record --output o --start 2026-03-02 --days 0", "--days is a number from 1 to 3660, not '0'");
        row("record --output o --start 2026-03-02 --days 1e3", "not '1e3'");
        row("record --output o --start 2026-03-02 --homes 1001", "--homes is a number from 1 to 1000");
        row("record --output o --start 2026-03-02 --seed -1", "--seed is a whole number from 0, not '-1'");
        row("record --output o --start 2026-03-02 --seed 18446744073709551616", "--seed");
        row("record --output o --start 2026-03-02 --away 90", "such as 10m-90m, not '90'");
        row("record --output o --start 2026-03-02 --away 10m-", "not '10m-'");
        row("record --output o --start 2026-03-02 --away 10h-90h", "not '10h-90h'");
        row("homes --away 10m-90m", "--away has no effect on homes");
        row("replay --location 1 --devices d --data m --unavailable", "--unavailable has no effect on replay");
        row("replay --devices d --data m", "--location");
        row("replay --location 1 --data m", "--devices");
        row("replay --location 1 --devices d", "--data");
        row("replay --location 1 --devices d --data m --measures 501", "--measures is a number from 1 to 500");
        row("replay --location 1 --devices d --data m --in-flight 0", "--in-flight is a number from 1 to 64");
        row("homes --timezone CEST", "--timezone: 'CEST' is no time zone");
        row("homes --timezone UTC+02:00", "IANA");
        row("record --output o --start 2026-03-02 --timezone Europe/Berln", "Europe/Berlin");
        row("replay --location 1 --devices d --data m --timezone GMT+1", "IANA");
        row("load --devices d --scenario day", "--scenario has no effect on load");
        row("record --output o --start 2026-03-02 --speed 2", "--speed has no effect on record");
        row("load", "--devices");
        row("load --devices d --device-server nothing", "'nothing'");
        row("load --devices d --rate fast", "not 'fast'");
        row("load --devices d --seconds 3601", "--seconds is a number from 0 to 3600");
    }

    void refusesInWords()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, says);
        const auto command = parsed(arguments.toUtf8().constData());
        QVERIFY(!command);
        QVERIFY2(command.error().message().contains(says), qPrintable(command.error().message()));
    }

    void finding_F33_eachCommandHasItsOwnHelp()
    {
        for (const char* name : {"homes", "record", "replay", "load"}) {
            const auto command = parsed((QByteArray(name) + " --help").constData());
            QVERIFY(command);
            const QString help = helpText(command->helpOf);
            QCOMPARE(help.contains(QStringLiteral("--scenario")), qstrcmp(name, "homes") == 0);
            QCOMPARE(help.contains(QStringLiteral("--rate")), qstrcmp(name, "load") == 0);
            QCOMPARE(help.contains(QStringLiteral("--seed")), qstrcmp(name, "record") == 0);
            QVERIFY2(help.contains(QString::fromLatin1(name)), name);
        }
    }

    void everyOptionIsInTheHelp()
    {
        const QString help = helpText();
        for (const char* name :
             {"--server",    "--user",          "--password-file", "--ca-file",   "--deployment", "--timezone",
              "--homes",     "--days-back",     "--speed",         "--scenario",  "--seconds",    "--days",
              "--seed",      "--start",         "--output",        "--location",  "--devices",    "--data",
              "--id-prefix", "--progress-file", "--measures",      "--in-flight", "--rate",       "--device-server",
              "--away",      "--unavailable"})
            QVERIFY2(help.contains(QString::fromLatin1(name)), name);
    }

    void thePasswordIsTheFilesFirstLine()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("correct horse\r\nnot this\n");
        file.flush();
        const auto password = readPassword(file.fileName());
        QVERIFY(password);
        QCOMPARE(*password, QStringLiteral("correct horse"));
        const auto missing = readPassword(QStringLiteral("/nowhere/password"));
        QVERIFY(!missing);
        QVERIFY(missing.error().detail.startsWith(QStringLiteral("/nowhere/password: ")));
    }

    void withoutAFileThePasswordIsInTheEnvironment()
    {
        qunsetenv("COHORT_PASSWORD");
        const auto none = readPassword({});
        QVERIFY(!none);
        QVERIFY(none.error().detail.contains(QStringLiteral("COHORT_PASSWORD")));
        qputenv("COHORT_PASSWORD", "from outside");
        const auto password = readPassword({});
        qunsetenv("COHORT_PASSWORD");
        QVERIFY(password);
        QCOMPARE(*password, QStringLiteral("from outside"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
