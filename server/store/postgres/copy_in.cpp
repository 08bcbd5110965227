#include "server/store/postgres/copy_in.h"

#include "server/store/postgres/pg_error.h"
#include "server/store/sql_names.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>

namespace cohort::store {

namespace {

constexpr int ChunkBytes = 256 * 1024;
using ResultPtr = std::unique_ptr<PGresult, decltype(&PQclear)>;

// libpq in non-blocking mode for one COPY; the driver's own calls expect the other.
class NonBlocking
{
public:
    explicit NonBlocking(PGconn* connection) : m_connection(connection) { PQsetnonblocking(connection, 1); }
    ~NonBlocking() { PQsetnonblocking(m_connection, 0); }
    NonBlocking(const NonBlocking&) = delete;
    NonBlocking& operator=(const NonBlocking&) = delete;

private:
    PGconn* m_connection;
};

Error tooLate(PGconn* connection)
{
    ::shutdown(PQsocket(connection), SHUT_RDWR);
    PQconsumeInput(connection); // notices that it is closed
    return Error{ErrorCode::DatabaseLost, QStringLiteral("no answer to COPY in time; the connection was shut"), 1'000};
}

Result<void> waitFor(PGconn* connection, short events, Deadline deadline)
{
    const Milliseconds left = deadline.left();
    pollfd socket{PQsocket(connection), events, 0};
    if (left.count() <= 0 || ::poll(&socket, 1, static_cast<int>(left.count())) == 0)
        return fail(tooLate(connection));
    if ((socket.revents & POLLIN) != 0 && PQconsumeInput(connection) == 0)
        return fail(pgError(connection, nullptr, "copy"));
    return {};
}

Result<void> flush(PGconn* connection, Deadline deadline)
{
    for (int left = PQflush(connection); left != 0; left = PQflush(connection)) {
        if (left < 0)
            return fail(pgError(connection, nullptr, "copy"));
        COHORT_CHECK(waitFor(connection, POLLIN | POLLOUT, deadline));
    }
    return {};
}

Result<ResultPtr> nextResult(PGconn* connection, Deadline deadline)
{
    while (PQisBusy(connection) != 0)
        COHORT_CHECK(waitFor(connection, POLLIN, deadline));
    return ResultPtr(PQgetResult(connection), &PQclear);
}

// To the end of what the server has to say; its first error is ours.
Result<qint64> finish(PGconn* connection, Sql statement, Deadline deadline)
{
    qint64 rows = 0;
    std::optional<Error> error;
    while (true) {
        COHORT_TRY(result, nextResult(connection, deadline));
        if (!result)
            break;
        if (PQresultStatus(result.get()) == PGRES_COMMAND_OK)
            rows = QByteArray(PQcmdTuples(result.get())).toLongLong();
        else if (!error)
            error = pgError(connection, result.get(), sqlText(statement).name);
        if (PQstatus(connection) != CONNECTION_OK)
            break;
    }
    if (error)
        return fail(std::move(*error));
    return rows;
}

Result<void> sendAll(PGconn* connection, const std::string& bytes, Deadline deadline)
{
    for (std::size_t at = 0; at < bytes.size(); at += ChunkBytes) {
        const int size = static_cast<int>(std::min<std::size_t>(ChunkBytes, bytes.size() - at));
        int queued = 0;
        while ((queued = PQputCopyData(connection, bytes.data() + at, size)) == 0)
            COHORT_CHECK(waitFor(connection, POLLIN | POLLOUT, deadline));
        if (queued < 0)
            return fail(pgError(connection, nullptr, "copy"));
        COHORT_CHECK(flush(connection, deadline));
    }
    if (PQputCopyEnd(connection, nullptr) < 0)
        return fail(pgError(connection, nullptr, "copy"));
    return flush(connection, deadline);
}

} // namespace

Result<qint64> copyIn(Connection& connection, Sql copyStatement, CopyBuffer& buffer, Deadline deadline)
{
    PGconn* handle = connection.handle();
    if (!connection.isOpen())
        return fail(ErrorCode::DatabaseLost, {}, 1'000);
    const NonBlocking mode(handle);
    if (PQsendQuery(handle, sqlText(copyStatement).text) == 0)
        return fail(pgError(handle, nullptr, sqlText(copyStatement).name));
    COHORT_CHECK(flush(handle, deadline));
    COHORT_TRY(begun, nextResult(handle, deadline));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
        Error error = pgError(handle, begun.get(), sqlText(copyStatement).name);
        (void)finish(handle, copyStatement, deadline);
        return fail(std::move(error));
    }
    COHORT_CHECK(sendAll(handle, buffer.finish(), deadline));
    return finish(handle, copyStatement, deadline);
}

} // namespace cohort::store
