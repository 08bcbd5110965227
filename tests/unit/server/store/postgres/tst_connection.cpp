// Statements on a real database: values there and back exactly, errors by their code, transactions whole or not at all.
#include "server/store/log/log_row.h"
#include "server/store/postgres/connection.h"
#include "server/store/postgres/conninfo.h"
#include "server/store/postgres/migrations.h"
#include "server/store/postgres/pg_value.h"
#include "server/store/postgres/statement.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/metric_sample_repository.h"
#include "server/store/sql_names.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QJsonObject>
#include <QTest>

#include <atomic>
#include <csignal>
#include <thread>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_database = std::make_unique<TestDatabase>(); }
    void cleanupTestCase() { m_database.reset(); }

    void findsPlaceholders_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArrayList>("names");
        QTest::newRow("one") << QByteArray("SELECT :a") << QStringLiteral("SELECT ?") << QByteArrayList{"a"};
        QTest::newRow("twice") << QByteArray("SELECT :a + :b_2 - :a") << QStringLiteral("SELECT ? + ? - ?")
                               << QByteArrayList{"a", "b_2", "a"};
        QTest::newRow("cast") << QByteArray("SELECT :a::bigint[], b::text")
                              << QStringLiteral("SELECT ?::bigint[], b::text") << QByteArrayList{"a"};
        QTest::newRow("comment") << QByteArray("-- it's :not\nSELECT :a -- :b") << QStringLiteral("SELECT ?")
                                 << QByteArrayList{"a"};
        QTest::newRow("quoted") << QByteArray("SELECT ':a''--', \":b\", :c")
                                << QStringLiteral("SELECT ':a''--', \":b\", ?") << QByteArrayList{"c"};
        QTest::newRow("open quote") << QByteArray("SELECT ':a") << QStringLiteral("SELECT ':a") << QByteArrayList{};
        QTest::newRow("slice") << QByteArray("SELECT a[1:2]") << QStringLiteral("SELECT a[1:2]") << QByteArrayList{};
        QTest::newRow("empty") << QByteArray() << QString() << QByteArrayList{};
    }
    void findsPlaceholders()
    {
        QFETCH(const QByteArray, sql);
        QFETCH(const QString, text);
        QFETCH(const QByteArrayList, names);
        const PreparedText prepared =
            prepareText(std::string_view(sql.constData(), static_cast<std::size_t>(sql.size())));
        QCOMPARE(prepared.text, text);
        QCOMPARE(QByteArrayList(prepared.names.begin(), prepared.names.end()), names);
    }
    void readsTimes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("whole") << QByteArray("2025-10-09 08:53:20+00") << qint64(1'760'000'000'000);
        QTest::newRow("ms") << QByteArray("2025-10-09 08:53:20.007+00") << qint64(1'760'000'000'007);
        QTest::newRow("tenth") << QByteArray("2025-10-09 08:53:20.5+00") << qint64(1'760'000'000'500);
        QTest::newRow("us") << QByteArray("2025-10-09 08:53:20.007999+00") << qint64(1'760'000'000'007);
        QTest::newRow("before 1970") << QByteArray("1969-12-31 23:59:59.999+00") << qint64(-1);
        QTest::newRow("leap day") << QByteArray("2024-02-29 00:00:00+00") << qint64(1'709'164'800'000);
    }
    void readsTimes()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, ms);
        const auto time = parsePgTime(std::string_view(text.constData()));
        QVERIFY(time);
        QCOMPARE(qint64(toMs(*time)), ms);
    }
    void takesNothingElseForATime()
    {
        for (const char* text :
             {"", "infinity", "-infinity", "2025-10-09", "2025-10-09 08:53:20", "2025-10-09 08:53:20+02", "x"})
            QVERIFY2(!parsePgTime(text), text);
    }
    void bringsValuesThereAndBack()
    {
        const auto connection = m_database->connect();
        MetricSampleRepository samples(*connection);
        const QString node = QStringLiteral("it's \\ \"%1\" ? :name gr\u00fc\u00df \U0001F600");
        model::MetricSample sample;
        sample.at = 1'760'000'000'007;
        sample.connections = 5.5;
        QVERIFY(samples.add(node, sample));
        sample.connections = 6;
        QVERIFY(samples.add(node, sample)); // the first one stays
        QCOMPARE(m_database->value("SELECT (extract(epoch FROM at) * 1000)::bigint FROM metric_sample"),
                 QStringLiteral("1760000000007"));
        const auto kept = samples.between(node, fromMs(0), fromMs(sample.at));
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().message()));
        QCOMPARE(kept->size(), 1);
        QCOMPARE(kept->first().connections, 5.5);
        QVERIFY(!kept->first().ingestP50Ms);
        QVERIFY(samples.between(node, fromMs(0), fromMs(sample.at - 1))->isEmpty());
        QVERIFY(writeAudit(*connection, {.actor = node,
                                         .action = QStringLiteral("x"),
                                         .deployment = {},
                                         .object = {},
                                         .address = {},
                                         .detail = {{QStringLiteral("t"), node}}}));
        QCOMPARE(m_database->value("SELECT detail->>'t' FROM audit"), node);
        m_database->run("INSERT INTO metric_sample VALUES ('new', now(), '{}')");
        QVERIFY(samples.prune());
        QCOMPARE(m_database->value("SELECT string_agg(node, ',') FROM metric_sample"), QStringLiteral("new"));
    }
    void refusesTextWithNul()
    {
        const auto connection = m_database->connect();
        const auto refused =
            MetricSampleRepository(*connection).add(QStringLiteral("a") + QChar(u'\0') + QStringLiteral("b"), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongValue);
        QVERIFY(connection->query(Sql::SchemaVersionNewest));
    }
    void saysWhichValueIsMissing()
    {
        const auto connection = m_database->connect();
        const auto refused = connection->execute(Sql::SchemaVersionInsert,
                                                 {{"nmae", QStringLiteral("x")}, {"version", bound(qint64{1})}});
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.contains(QStringLiteral(":name")));
    }
    void mapsErrorsToCodes()
    {
        const auto connection = m_database->connect();
        const auto code = [&](const char* sql) {
            const auto result = connection->runScript(sql);
            return result ? ErrorCode::Internal : result.error().code;
        };
        QVERIFY(connection->runScript("CREATE TEMP TABLE one (a int UNIQUE); INSERT INTO one VALUES (1)"));
        QCOMPARE(code("INSERT INTO one VALUES (1)"), ErrorCode::AlreadyExists);
        QCOMPARE(code("SELECT 1 / 0"), ErrorCode::DatabaseError);
        QCOMPARE(code("SET statement_timeout = 20; SELECT pg_sleep(10)"), ErrorCode::Timeout);
        QCOMPARE(code("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"), ErrorCode::Conflict);
        QCOMPARE(code("DO $$ BEGIN RAISE SQLSTATE '53100'; END $$"), ErrorCode::Unavailable);
        QVERIFY(connection->isOpen());
        QCOMPARE(code("SELECT pg_terminate_backend(pg_backend_pid())"), ErrorCode::DatabaseLost);
        QVERIFY(!connection->isOpen());
        QCOMPARE(connection->query(Sql::SchemaVersionNewest).error().code, ErrorCode::DatabaseLost);
        QVERIFY(connection->reopen());
        QVERIFY(connection->query(Sql::SchemaVersionNewest));
    }
    void commitsWholeOrNotAtAll()
    {
        const auto connection = m_database->connect();
        const auto write = [&] { return MetricSampleRepository(*connection).add(QStringLiteral("t"), {}); };
        const auto failed = connection->transaction([&]() -> Result<void> {
            COHORT_CHECK(write());
            return fail(ErrorCode::Cancelled);
        });
        QCOMPARE(failed.error().code, ErrorCode::Cancelled);
        QCOMPARE(m_database->value("SELECT count(*) FROM metric_sample WHERE node = 't'"), QStringLiteral("0"));
        // A statement's error that nobody looked at is not committed either.
        const auto ignored = connection->transaction([&]() -> Result<void> {
            COHORT_CHECK(write());
            (void)connection->runScript("SELECT 1 / 0");
            return {};
        });
        QVERIFY(!ignored);
        QCOMPARE(m_database->value("SELECT count(*) FROM metric_sample WHERE node = 't'"), QStringLiteral("0"));
        const auto nested =
            connection->transaction([&] { return connection->transaction([] { return Result<void>(); }); });
        QVERIFY(!nested);
        QVERIFY(connection->transaction([&]() -> Result<void> {
            COHORT_CHECK(write());
            return {};
        }));
        QCOMPARE(m_database->value("SELECT count(*) FROM metric_sample WHERE node = 't'"), QStringLiteral("1"));
    }
    void shutsAConnectionThatDoesNotAnswer()
    {
        ConnectionSettings settings = m_database->settings();
        settings.statementTimeout = Milliseconds(1);
        const auto connection = Connection::open(settings);
        QVERIFY(connection);
        const auto rows = (*connection)->query(Sql::SchemaVersionNewest);
        Q_UNUSED(rows);
        const int backend =
            m_database
                ->value(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .toInt();
        QVERIFY(backend > 0);
        ::kill(backend, SIGSTOP);
        const auto lost = (*connection)->runScript("SELECT 1");
        ::kill(backend, SIGCONT);
        QVERIFY(!lost);
        QCOMPARE(lost.error().code, ErrorCode::DatabaseLost);
        QVERIFY(!(*connection)->isOpen());
    }
    void understandsAddresses()
    {
        const auto url = parseConninfo(QStringLiteral("postgresql://u:p%27%3B@h:5433/d?sslmode=require"));
        QVERIFY(url);
        QCOMPARE(url->value(QStringLiteral("password")), QStringLiteral("p';"));
        QCOMPARE(url->value(QStringLiteral("port")), QStringLiteral("5433"));
        QCOMPARE(url->value(QStringLiteral("tcp_user_timeout")), QStringLiteral("10000"));
        const auto again = parseConninfo(joinConninfo(*url));
        QVERIFY(again);
        QCOMPARE(*again, *url);
        QCOMPARE(parseConninfo(QStringLiteral("nonsense=1")).error().code, ErrorCode::WrongValue);
        const auto none = Connection::open({QStringLiteral("host=/nowhere user=x dbname=y")});
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::DatabaseLost);
    }
    void migratesAgainWithoutChange()
    {
        const auto version = migrate(m_database->settings());
        QVERIFY(version);
        QCOMPARE(*version, newestMigration());
        QCOMPARE(m_database->value("SELECT count(*) FROM schema_version"), QString::number(newestMigration()));
    }
    void migratesOnceWhenSeveralServersStart()
    {
        const TestDatabase empty{TestDatabase::Empty()};
        std::vector<std::thread> servers;
        servers.reserve(4);
        std::atomic<int> fine = 0;
        for (int number = 0; number < 4; ++number)
            servers.emplace_back([&] { fine += migrate(empty.settings()) == newestMigration(); });
        for (std::thread& server : servers)
            server.join();
        QCOMPARE(fine.load(), 4);
        QCOMPARE(empty.value("SELECT count(*) FROM schema_version"), QString::number(newestMigration()));
    }
    void refusesADatabaseOfANewerProgram()
    {
        const TestDatabase database;
        database.run("INSERT INTO schema_version (version, name) VALUES (9999, '9999_future')");
        const auto refused = migrate(database.settings());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY(refused.error().detail.contains(QStringLiteral("9999")));
    }
    void namesEveryKindOfRow()
    {
        for (int kind = 0; kind <= int(RowKind::Configuration); ++kind)
            QCOMPARE(rowKindFromName(rowKindName(static_cast<RowKind>(kind))), static_cast<RowKind>(kind));
        QVERIFY(!rowKindFromName("nonsense"));
    }

private:
    std::unique_ptr<TestDatabase> m_database;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
