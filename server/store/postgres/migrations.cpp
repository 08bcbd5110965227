#include "server/store/postgres/migrations.h"

#include "server/store/repositories/home_state_repository.h"
#include "server/store/sql_names.h"

#include "shared/base/log.h"

#include <cstdlib>

namespace cohort::store {

namespace {

// "0001_first" → 1.
int numberOf(const SqlText& migration)
{
    return std::atoi(migration.name);
}

Result<int> currentVersion(Connection& connection)
{
    COHORT_CHECK(connection.execute(Sql::SchemaVersionLock));
    COHORT_CHECK(connection.runScript(sqlText(Sql::SchemaVersionCreate).text)); // no utility can be prepared
    COHORT_TRY(rows, connection.query(Sql::SchemaVersionNewest));
    return static_cast<int>(rows.at(0).integer("version"));
}

// One step, or nothing when another server has done it meanwhile. `version` is then the database's.
Result<void> step(Connection& connection, const SqlText& migration, int& version)
{
    COHORT_TRY(current, currentVersion(connection));
    version = current;
    if (current >= numberOf(migration))
        return {};
    COHORT_CHECK(connection.runScript(migration.text));
    COHORT_CHECK(connection.execute(Sql::SchemaVersionInsert, {{"version", bound(numberOf(migration))},
                                                               {"name", QString::fromUtf8(migration.name)}}));
    version = numberOf(migration);
    log(LogLevel::Info, "database-migrated", {{"version", version}, {"name", migration.name}});
    return {};
}

} // namespace

int newestMigration()
{
    return migrationTexts().empty() ? 0 : numberOf(migrationTexts().back());
}

Result<int> migrate(Connection& connection)
{
    int version = 0;
    for (const SqlText& migration : migrationTexts())
        COHORT_CHECK(connection.transaction([&] { return step(connection, migration, version); }));
    if (version > newestMigration())
        return fail(ErrorCode::Conflict,
                    QStringLiteral("the database has schema %1, this program knows %2; run a newer cohort-server")
                        .arg(version)
                        .arg(newestMigration()));
    COHORT_CHECK(HomeStateRepository(connection).writeExpectedReports());
    return version;
}

Result<int> migrate(ConnectionSettings settings)
{
    settings.statementTimeout = std::chrono::minutes(30);
    COHORT_TRY(connection, Connection::open(settings));
    return migrate(*connection);
}

} // namespace cohort::store
