// A migrated database of its own for each test, in a cluster that the test's executable starts once and removes.
// Thread: main. Owner: the test. Flow: first TestDatabase → cluster + template; each one → a copy of the template.
#pragma once

#include "server/store/postgres/connection.h"

#include <memory>

namespace cohort::testkit {

class TestDatabase
{
public:
    // Aborts the test with the reason when there can be no database: nothing works without.
    TestDatabase();
    ~TestDatabase(); // drops the database, whoever is still connected
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    const store::ConnectionSettings& settings() const { return m_settings; }
    // A new connection; aborts when there is none.
    std::unique_ptr<store::Connection> connect() const;
    // Runs SQL text that only a test needs; aborts with the error when it fails.
    void run(const QByteArray& sql) const;
    // The first value of the first row of `sql`, as text; empty for NULL and for no row.
    QString value(const QByteArray& sql) const;

    // The cluster's postmaster, for tests that kill it: the cluster starts again once the event loop runs.
    static std::int64_t postmasterPid();
    // A migrated one with a clock of its own, that stands still: all that asks the database for the time, `arrival` and
    // silences too, is told this moment.
    explicit TestDatabase(Timestamp now);
    // The statement that moves that clock.
    static QByteArray clockText(Timestamp now);
    // An empty database without the schema, for tests of the migrations themselves.
    struct Empty
    {
    };
    explicit TestDatabase(Empty);

private:
    void make(const QByteArray& templateName);

    QByteArray m_name;
    store::ConnectionSettings m_settings;
};

} // namespace cohort::testkit
