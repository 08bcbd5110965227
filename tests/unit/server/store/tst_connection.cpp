// Statements on a real database: values there and back exactly, errors by their code, transactions whole or not at all.
#include "server/store/connection.h"
#include "server/store/migrations.h"
#include "server/store/pg_value.h"
#include "server/store/statement.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/test_database.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <csignal>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_database = std::make_unique<TestDatabase>(); }
    void cleanupTestCase() { m_database.reset(); }
    void migratesAgainWithoutChange()
    {
        const auto version = migrate(m_database->settings());
        QVERIFY(version);
        QCOMPARE(*version, newestMigration());
        QCOMPARE(m_database->value("SELECT count(*) FROM schema_version"), QString::number(newestMigration()));
    }
    void readsTheServersTime()
    {
        const auto connection = m_database->connect();
        const auto rows = connection->query(Sql::ClockNow);
        QVERIFY2(rows, qPrintable(rows ? QString() : rows.error().message()));
        const auto now = SystemClock().now();
        QVERIFY(rows->at(0).time("now") < now + Milliseconds(5'000));
        QVERIFY(rows->at(0).time("now") > now - Milliseconds(5'000));
    }

private:
    std::unique_ptr<TestDatabase> m_database;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
