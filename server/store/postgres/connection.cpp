#include "server/store/postgres/connection.h"

#include "server/store/postgres/conninfo.h"
#include "server/store/postgres/pg_error.h"
#include "server/store/postgres/pg_value.h"
#include "server/store/postgres/statement.h"
#include "server/store/postgres/watchdog.h"
#include "server/store/sql_names.h"
#include "shared/base/log.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlResult>
#include <QUuid>

#include <libpq-fe.h>

#include <algorithm>
#include <array>

namespace cohort::store {

namespace {

constexpr Milliseconds WatchdogMargin{5'000};
constexpr Milliseconds LongestCall{3'600'000}; // for connections without a statement timeout
using ColumnNames = std::shared_ptr<const std::vector<QByteArray>>;

// A statement as it was prepared on this connection.
struct Prepared
{
    QSqlQuery query;
    std::vector<QByteArray> names;
};

const char* nameOf(Sql statement)
{
    return sqlText(statement).name;
}

// The driver's own connection, or null.
PGconn* driverHandle(const QSqlDatabase& database)
{
    const QVariant handle = database.driver() ? database.driver()->handle() : QVariant();
    // Qt 6 names the type by its structure, earlier versions by its alias.
    if (qstrcmp(handle.typeName(), "pg_conn*") != 0 && qstrcmp(handle.typeName(), "PGconn*") != 0)
        return nullptr;
    return *static_cast<PGconn* const*>(handle.constData());
}

ColumnNames columnNames(const PGresult* result)
{
    auto names = std::make_shared<std::vector<QByteArray>>();
    for (int column = 0; column < PQnfields(result); ++column)
        names->emplace_back(PQfname(result, column));
    return names;
}

std::vector<QVariant> rowValues(const PGresult* result, int row)
{
    std::vector<QVariant> values;
    values.reserve(static_cast<std::size_t>(PQnfields(result)));
    for (int column = 0; column < PQnfields(result); ++column) {
        if (PQgetisnull(result, row, column)) {
            values.emplace_back();
            continue;
        }
        const std::string_view text(PQgetvalue(result, row, column),
                                    static_cast<std::size_t>(PQgetlength(result, row, column)));
        values.push_back(decodePgText(PQftype(result, column), text));
    }
    return values;
}

// libpq takes C strings: a NUL inside would cut the statement short.
bool holdsNul(const QVariant& value)
{
    return value.metaType() == QMetaType::fromType<QString>() && value.toString().contains(QChar::Null);
}

} // namespace

struct Connection::Private
{
    ConnectionSettings settings;
    QString name = QUuid::createUuid().toString();
    QSqlDatabase database;
    std::array<std::unique_ptr<Prepared>, static_cast<std::size_t>(Sql::Count_)> prepared;
    std::unique_ptr<Watchdog> watchdog;
    bool inTransaction = false;

    Result<void> connect();
    void disconnect();
    Result<void> prepareSession();
    Result<Prepared*> prepare(Sql statement);
    Result<QSqlQuery*> run(Sql statement, const Binds& binds);
    Error errorOf(const QSqlError& error, const char* what) const;
    PGconn* handle() const { return driverHandle(database); }
    bool isOpen() const { return watchdog && handle() && PQstatus(handle()) == CONNECTION_OK && !watchdog->hasFired(); }
    Milliseconds callLimit() const
    {
        return settings.statementTimeout.count() > 0 ? settings.statementTimeout + WatchdogMargin : LongestCall;
    }
};

Result<void> Connection::Private::connect()
{
    COHORT_TRY(keywords, parseConninfo(settings.conninfo));
    database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name);
    // The driver puts these four in quotes itself; the rest it takes as one text in which a ';' means a blank.
    database.setHostName(keywords.take(QStringLiteral("host")));
    database.setUserName(keywords.take(QStringLiteral("user")));
    database.setPassword(keywords.take(QStringLiteral("password")));
    database.setDatabaseName(keywords.take(QStringLiteral("dbname")));
    const QString rest = joinConninfo(keywords);
    if (rest.contains(QLatin1Char(';')))
        return fail(ErrorCode::WrongValue, QStringLiteral("the database's address may hold ';' only in its password"));
    database.setConnectOptions(rest);
    if (!database.open())
        return fail(ErrorCode::DatabaseLost,
                    database.lastError().databaseText().trimmed().replace(QLatin1Char('\n'), QLatin1Char(' ')), 1'000);
    watchdog = std::make_unique<Watchdog>(PQsocket(handle()));
    return prepareSession();
}

void Connection::Private::disconnect()
{
    watchdog.reset();
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
    // After the driver: they then do not ask a server, which may be gone, to forget each statement.
    for (auto& one : prepared)
        one.reset();
}

Result<void> Connection::Private::prepareSession()
{
    PQsetNoticeProcessor(
        handle(), [](void*, const char*) {}, nullptr);
    const QByteArray text = "SET synchronous_commit = on; SET TimeZone = 'UTC'; SET standard_conforming_strings = on; "
                            "SET client_min_messages = warning; SET statement_timeout = " +
                            QByteArray::number(static_cast<qlonglong>(settings.statementTimeout.count()));
    const WatchdogScope scope(watchdog.get(), callLimit());
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(handle(), text.constData()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        return fail(pgError(handle(), result.get(), "session"));
    return {};
}

Error Connection::Private::errorOf(const QSqlError& error, const char* what) const
{
    const bool lost = !watchdog || !handle() || PQstatus(handle()) != CONNECTION_OK || watchdog->hasFired();
    const ErrorCode code = lost ? ErrorCode::DatabaseLost : errorCodeOf(error.nativeErrorCode().toStdString());
    return store::errorOf(code, error.databaseText().section(QLatin1Char('\n'), 0, 0), what);
}

Result<Prepared*> Connection::Private::prepare(Sql statement)
{
    auto& slot = prepared.at(static_cast<std::size_t>(statement));
    if (slot)
        return slot.get();
    PreparedText text = prepareText(sqlText(statement).text);
    auto fresh = std::make_unique<Prepared>(Prepared{QSqlQuery(database), std::move(text.names)});
    if (!fresh->query.prepare(text.text))
        return fail(errorOf(fresh->query.lastError(), nameOf(statement)));
    slot = std::move(fresh);
    return slot.get();
}

Result<QSqlQuery*> Connection::Private::run(Sql statement, const Binds& binds)
{
    if (!isOpen())
        return fail(ErrorCode::DatabaseLost, {}, 1'000);
    const WatchdogScope scope(watchdog.get(), callLimit());
    COHORT_TRY(one, prepare(statement));
    for (std::size_t index = 0; index < one->names.size(); ++index) {
        const QByteArray& wanted = one->names[index];
        const auto found =
            std::find_if(binds.begin(), binds.end(), [&](const auto& bind) { return wanted == bind.first; });
        if (found == binds.end())
            return fail(ErrorCode::Internal, QStringLiteral("%1: no value for :%2")
                                                 .arg(QString::fromUtf8(nameOf(statement)), QString::fromUtf8(wanted)));
        if (holdsNul(found->second))
            return fail(ErrorCode::WrongValue,
                        QStringLiteral("%1 holds the character U+0000; leave it out").arg(QString::fromUtf8(wanted)));
        one->query.bindValue(static_cast<int>(index), found->second);
    }
    if (!one->query.exec())
        return fail(errorOf(one->query.lastError(), nameOf(statement)));
    return &one->query;
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionSettings& settings)
{
    auto d = std::make_unique<Private>();
    d->settings = settings;
    std::unique_ptr<Connection> connection(new Connection(std::move(d)));
    COHORT_CHECK(connection->d->connect());
    return connection;
}

Connection::Connection(std::unique_ptr<Private> p) : d(std::move(p)) {}

Connection::~Connection()
{
    d->disconnect();
}

Result<Rows> Connection::query(Sql statement, const Binds& binds)
{
    COHORT_TRY(query, d->run(statement, binds));
    Rows rows;
    const QVariant handle = query->result()->handle();
    if (const auto* result = handle.isValid() ? *static_cast<PGresult* const*>(handle.constData()) : nullptr) {
        const ColumnNames names = columnNames(result);
        rows.resize(static_cast<std::size_t>(PQntuples(result)));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            rows[row].m_columns = names;
            rows[row].m_values = rowValues(result, static_cast<int>(row));
        }
    }
    query->finish();
    return rows;
}

Result<qint64> Connection::execute(Sql statement, const Binds& binds)
{
    COHORT_TRY(query, d->run(statement, binds));
    const qint64 touched = query->isSelect() ? query->size() : query->numRowsAffected();
    query->finish();
    return touched;
}

Result<void> Connection::transaction(const std::function<Result<void>()>& work)
{
    if (d->inTransaction)
        return fail(ErrorCode::Internal, QStringLiteral("transactions do not nest"));
    if (!isOpen())
        return fail(ErrorCode::DatabaseLost, {}, 1'000);
    COHORT_CHECK(runScript("BEGIN"));
    d->inTransaction = true;
    Result<void> done = work();
    d->inTransaction = false;
    // COMMIT of a transaction in which a statement failed is a ROLLBACK without an error.
    if (done && d->isOpen() && PQtransactionStatus(handle()) == PQTRANS_INERROR)
        done = fail(ErrorCode::DatabaseError);
    if (done)
        return runScript("COMMIT");
    if (d->isOpen())
        (void)runScript("ROLLBACK");
    return done;
}

Result<void> Connection::runScript(const QByteArray& text)
{
    if (!d->isOpen())
        return fail(ErrorCode::DatabaseLost, {}, 1'000);
    const WatchdogScope scope(d->watchdog.get(), d->callLimit());
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(handle(), text.constData()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return fail(pgError(
            handle(), result.get(),
            std::string_view(text.constData(), static_cast<std::size_t>(std::min<qsizetype>(text.size(), 60)))));
    return {};
}

bool Connection::isOpen() const
{
    return d->isOpen();
}

Result<void> Connection::reopen()
{
    d->disconnect();
    d->inTransaction = false;
    return d->connect();
}

pg_conn* Connection::handle() const
{
    return d->handle();
}

} // namespace cohort::store
