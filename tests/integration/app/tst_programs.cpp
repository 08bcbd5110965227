// cohort-server as its users call it: exit codes, sentences, an operator added beside a running server and without one.
#include "server/app/database.h"
#include "server/store/postgres/cluster_files.h"
#include "tests/integration/app/running_node.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace cohort;
using namespace cohort::testing;

namespace {

struct Ended
{
    int code = -1;
    QString out, trouble;
};

Ended run(QProcess& process, const char* program, const QStringList& arguments, const QByteArray& input = {})
{
    process.start(QStringLiteral(COHORT_BIN_DIR "/") + QString::fromLatin1(program), arguments);
    process.write(input);
    process.closeWriteChannel();
    Ended ended;
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return ended;
    }
    ended.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ended.out = QString::fromUtf8(process.readAllStandardOutput());
    ended.trouble = QString::fromUtf8(process.readAllStandardError());
    return ended;
}

Ended cohortServer(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    return run(process, "cohort-server", arguments, input);
}

// operator add with this as the last options.
QStringList adding(const QString& where, const QString& value, const char* email, const QStringList& more = {})
{
    return QStringList{QStringLiteral("operator"),
                       QStringLiteral("add"),
                       where,
                       value,
                       QStringLiteral("--email"),
                       QString::fromLatin1(email),
                       QStringLiteral("--role"),
                       QStringLiteral("coordinator"),
                       QStringLiteral("--password-stdin")} +
           more;
}

} // namespace

class TestPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysItsVersionAndItsOptions()
    {
        const Ended version = cohortServer({QStringLiteral("--version")});
        QCOMPARE(version.code, 0);
        QCOMPARE(version.out, QStringLiteral("cohort-server " COHORT_VERSION "\n"));
        const Ended help = cohortServer({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains(QStringLiteral("--deviceio-listen A:P")));
    }

    void wrongUsageIsTwoAndNamesTheOption()
    {
        const Ended ended = cohortServer({QStringLiteral("serve"), QStringLiteral("--daat")});
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.trouble.startsWith(QStringLiteral("cohort-server: ")), qPrintable(ended.trouble));
        QVERIFY(ended.trouble.contains(QStringLiteral("--daat")));
        QVERIFY(ended.out.isEmpty());
    }

    void finding_F33_saysOnlyWhatHelps_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("says");
        QTest::newRow("a level") << QStringLiteral("serve --log-level loud") << QStringLiteral("--log-level: 'loud'");
        QTest::newRow("an address") << QStringLiteral("serve --api-listen x") << QStringLiteral("--api-listen: 'x'");
        QTest::newRow("a home") << QStringLiteral("import f.csv --location x") << QStringLiteral("--location: 'x'");
    }
    void finding_F33_saysOnlyWhatHelps()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, says);
        const Ended ended = cohortServer(arguments.split(QLatin1Char(' ')));
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.trouble.startsWith(QStringLiteral("cohort-server: ") + says), qPrintable(ended.trouble));
        QVERIFY(!ended.trouble.contains(QStringLiteral("the detail says")));
    }

    void finding_F33_theConsoleSaysWhatIsWrongWithoutADisplay_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("help") << QStringLiteral("--help") << 0 << QStringLiteral("--password-file FILE");
        QTest::newRow("an option") << QStringLiteral("--sever x") << 2 << QStringLiteral("'--sever'");
        QTest::newRow("a page") << QStringLiteral("--page=loud") << 2 << QStringLiteral("overview, deployments");
        QTest::newRow("a file") << QStringLiteral("--password-file /nowhere/x") << 2 << QStringLiteral("/nowhere/x: ");
    }
    void finding_F33_theConsoleSaysWhatIsWrongWithoutADisplay()
    {
        QFETCH(QString, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        environment.remove(QStringLiteral("DISPLAY"));
        process.setProcessEnvironment(environment);
        const Ended ended = run(process, "cohort-console", arguments.split(QLatin1Char(' ')));
        QVERIFY2(ended.code == code, qPrintable(ended.trouble));
        QVERIFY2((code == 0 ? ended.out : ended.trouble).contains(says), qPrintable(ended.trouble));
    }

    // Beside a running server, of any size, and once.
    void finding_F18_importsAFileByACommand()
    {
        const RunningNode running;
        const testkit::SampleHome home = testkit::makeHome(running.database, "file");
        const QTemporaryDir folder;
        const auto write = [&](const char* name, const QByteArray& text) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
        };
        const QString data = write("history.csv", "Datum;Uhrzeit;Ger\xc3\xa4t;Parameter;Wert\n"
                                                  "20.11.2026;10:00;sensor-file;power;1.234,5\n"
                                                  "20.11.2026;10:01;nobody;power;1\n"
                                                  "25.10.2026;02:30;sensor-file;power;1\n");
        const QString layout = write("layout.json", R"({"timeZone":"Europe/Vienna"})");
        const QStringList command{QStringLiteral("import"),     data,
                                  QStringLiteral("--layout"),   layout,
                                  QStringLiteral("--location"), QString::number(home.location.value),
                                  QStringLiteral("--database"), running.database.settings().conninfo};
        const auto rows = [&] { return running.database.value("SELECT count(*) FROM measurement"); };
        const Ended tried = cohortServer(command + QStringList{QStringLiteral("--preview")});
        QVERIFY2(tried.out.contains(QStringLiteral("\"semicolon\"")), qPrintable(tried.out + tried.trouble));
        QCOMPARE(rows(), QStringLiteral("0"));
        const Ended done = cohortServer(command);
        QCOMPARE(done.code, 1); // two lines were refused
        QVERIFY2(done.out.contains(QStringLiteral("\"stored\":1")), qPrintable(done.out + done.trouble));
        QVERIFY2(done.trouble.contains(data + QStringLiteral(":3: no device 'nobody'")), qPrintable(done.trouble));
        QVERIFY2(done.trouble.contains(data + QStringLiteral(":4: time: ")), qPrintable(done.trouble));
        QCOMPARE(running.database.value("SELECT number || ' ' || time AT TIME ZONE 'UTC' FROM measurement"),
                 QStringLiteral("1234.5 2026-11-20 09:00:00"));
        QVERIFY(cohortServer(command).out.contains(QStringLiteral("\"already\":1")));
        QCOMPARE(running.database.value("SELECT actor || ' ' || (detail->>'stored') FROM audit WHERE action = "
                                        "'measurement.import' ORDER BY id"),
                 QStringLiteral("local 1"));
    }

    void aServerThatCannotStartIsOne()
    {
        const Ended ended =
            cohortServer({QStringLiteral("serve"), QStringLiteral("--database"),
                          QStringLiteral("host=127.0.0.1 port=%1 dbname=x connect_timeout=2").arg(freePort())});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.trouble.contains(QStringLiteral("cohort-server: ")), qPrintable(ended.trouble));
    }

    void anOperatorSignsInWithThePasswordsFirstLine()
    {
        const RunningNode running;
        const QString url = running.database.settings().conninfo;
        const Ended added = cohortServer(adding(QStringLiteral("--database"), url, "new@cohort.example"),
                                         "a-quite-long-password\r\nnot this\n");
        QVERIFY2(added.code == 0, qPrintable(added.trouble));
        QVERIFY2(added.out.contains(QStringLiteral("new@cohort.example")), qPrintable(added.out));
        const auto connection = running.database.connect();
        const auto signedIn = api::signInOperator(*connection, QStringLiteral("new@cohort.example"),
                                                  QStringLiteral("a-quite-long-password"), QStringLiteral("127.0.0.1"));
        QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message()));
        QCOMPARE(running.database.value("SELECT may_see_names FROM operator WHERE email = 'new@cohort.example'"),
                 QStringLiteral("f"));
        QCOMPARE(running.database.value("SELECT name FROM operator WHERE email = 'new@cohort.example'"),
                 QStringLiteral("new"));
    }

    void refusesOperatorsInWords_data()
    {
        QTest::addColumn<QString>("email");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QString>("says");
        QTest::newRow("no password") << QStringLiteral("a@b.example") << QStringList() << QByteArray()
                                     << QStringLiteral("password");
        QTest::newRow("short password") << QStringLiteral("a@b.example") << QStringList() << QByteArray("short\n")
                                        << QStringLiteral("password");
        QTest::newRow("no address") << QStringLiteral("nobody") << QStringList()
                                    << QByteArray("a-quite-long-password\n") << QStringLiteral("e-mail address");
        QTest::newRow("there already") << QString::fromLatin1(RunningNode::Email) << QStringList()
                                       << QByteArray("a-quite-long-password\n") << QStringLiteral("already");
        QTest::newRow("no such deployment")
            << QStringLiteral("a@b.example") << QStringList{QStringLiteral("--deployment"), QStringLiteral("Nowhere")}
            << QByteArray("a-quite-long-password\n") << QStringLiteral("there is no deployment 'Nowhere'");
    }

    void refusesOperatorsInWords()
    {
        QFETCH(QString, email);
        QFETCH(QStringList, more);
        QFETCH(QByteArray, password);
        QFETCH(QString, says);
        const RunningNode running;
        const QString url = running.database.settings().conninfo;
        const Ended ended =
            cohortServer(adding(QStringLiteral("--database"), url, email.toLatin1().constData(), more), password);
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.trouble.contains(says), qPrintable(ended.trouble));
        QVERIFY(!ended.trouble.contains(QStringLiteral("for you"))); // finding F33: what the API says to its callers
        QCOMPARE(running.database.value("SELECT count(*) FROM operator"), QStringLiteral("1"));
    }

    void anOperatorOfOneDeploymentHasARoleThereOnly()
    {
        const RunningNode running;
        running.database.run("INSERT INTO deployment (name, time_zone) VALUES ('Study', 'Europe/Berlin')");
        const Ended added = cohortServer(
            adding(QStringLiteral("--database"), running.database.settings().conninfo, "c@cohort.example",
                   {QStringLiteral("--deployment"), QStringLiteral("Study"), QStringLiteral("--may-see-names")}),
            "a-quite-long-password\n");
        QVERIFY2(added.code == 0, qPrintable(added.trouble));
        QCOMPARE(
            running.database.value("SELECT d.name FROM operator_role g JOIN deployment d ON d.id = g.deployment_id "
                                   "JOIN operator o ON o.id = g.operator_id WHERE o.email = 'c@cohort.example'"),
            QStringLiteral("Study"));
        QCOMPARE(running.database.value("SELECT may_see_names FROM operator WHERE email = 'c@cohort.example'"),
                 QStringLiteral("t"));
    }

    // One private cluster for all of it, since making one takes its time.
    void aCommandUsesTheRunningClusterOrOneForItsOwnTime()
    {
        const QTemporaryDir folder(QStringLiteral("/tmp/cohort-test-XXXXXX"));
        QFile::setPermissions(folder.path(), QFile::Permissions(0x7755)); // PostgreSQL may run as another user
        const QString data = folder.filePath(QStringLiteral("data"));
        app::Options options;
        options.dataDirectory = data;
        app::Database database(options);
        QVERIFY(database.open());
        database.close();
        const Ended alone =
            cohortServer(adding(QStringLiteral("--data"), data, "alone@cohort.example"), "a-quite-long-password\n");
        QVERIFY2(alone.code == 0, qPrintable(alone.trouble));
        QVERIFY(!store::findPostmaster(data + QStringLiteral("/postgresql"))); // and it took its cluster along

        QVERIFY(database.open());
        QVERIFY(database.postmaster() > 0);
        app::Database beside(options);
        QVERIFY(beside.openBeside());
        QCOMPARE(beside.postmaster(), std::int64_t(0)); // it is not its own
        auto connection = store::Connection::open(beside.settings());
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message()));
        const Ended second =
            cohortServer(adding(QStringLiteral("--data"), data, "second@cohort.example"), "a-quite-long-password\n");
        QVERIFY2(second.code == 0, qPrintable(second.trouble));
        beside.close();
        QVERIFY(store::findPostmaster(data + QStringLiteral("/postgresql")));
        database.close();
        QVERIFY(!store::findPostmaster(data + QStringLiteral("/postgresql")));
        QCOMPARE(database.postmaster(), std::int64_t(0));
    }

    void aCommandMakesNoDatabase_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<bool>("isFolderThere");
        const QStringList add{QStringLiteral("operator"),        QStringLiteral("add"),    QStringLiteral("--email"),
                              QStringLiteral("a@b.example"),     QStringLiteral("--role"), QStringLiteral("admin"),
                              QStringLiteral("--password-stdin")};
        const QStringList code{QStringLiteral("operator"), QStringLiteral("first-code")};
        const QStringList import{QStringLiteral("import"), QStringLiteral("/dev/null"), QStringLiteral("--location"),
                                 QStringLiteral("1")};
        QTest::newRow("operator add, mistyped") << add << false;
        QTest::newRow("operator add, another folder") << add << true;
        QTest::newRow("operator first-code") << code << false;
        QTest::newRow("import") << import << true;
    }

    void aCommandMakesNoDatabase()
    {
        QFETCH(QStringList, command);
        QFETCH(bool, isFolderThere);
        const QTemporaryDir folder;
        const QString data = isFolderThere ? folder.path() : folder.filePath(QStringLiteral("dtaa"));
        const Ended ended =
            cohortServer(command + QStringList{QStringLiteral("--data"), data}, "a-quite-long-password\n");
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.trouble.contains(QStringLiteral("--data: there is no database in ") + data) &&
                     ended.trouble.contains(QStringLiteral("'cohort-server serve'")),
                 qPrintable(ended.trouble));
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void aSignalEndsItInOrder()
    {
        const testkit::TestDatabase database;
        const std::uint16_t port = freePort();
        QProcess process;
        process.start(QStringLiteral(COHORT_BIN_DIR "/cohort-server"),
                      {QStringLiteral("serve"), QStringLiteral("--database"), database.settings().conninfo,
                       QStringLiteral("--roles"), QStringLiteral("api"), QStringLiteral("--api-listen"),
                       QStringLiteral("127.0.0.1:%1").arg(port)});
        QVERIFY(testkit::waitUntil([&] { return RunningNode::get(port, "/espapi/watch").body == "OK"; }));
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(40'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        const QByteArray log = process.readAllStandardError();
        QVERIFY2(log.contains("first-admin"), log.constData()); // nobody can sign in yet
        QVERIFY2(log.indexOf(" ready") < log.indexOf("stopping") && log.trimmed().endsWith("stopped"), log.constData());
    }
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
