#include "server/store/repositories/request_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 KeptS = 24 * 60 * 60;

} // namespace

Result<std::optional<qint64>> RequestRepository::begin(const NamedRequest& request)
{
    COHORT_TRY(begun, m_connection.query(Sql::RequestBegin, {{"author", request.author},
                                                             {"name", request.name},
                                                             {"operation", request.operation},
                                                             {"parameters", bound(request.parameters)},
                                                             {"kept_s", bound(KeptS)}}));
    if (!begun.empty())
        return std::nullopt;
    COHORT_TRY(rows, m_connection.query(Sql::RequestFind, {{"author", request.author},
                                                           {"name", request.name},
                                                           {"operation", request.operation},
                                                           {"parameters", bound(request.parameters)}}));
    if (rows.empty() || !rows.front().boolean("same"))
        return fail(ErrorCode::Conflict, u"'requestId' stands for something else that was asked for; take another"_s);
    return rows.front().isNull("object") ? std::nullopt : std::optional(rows.front().integer("object"));
}

Result<void> RequestRepository::finish(const NamedRequest& request, qint64 made)
{
    COHORT_CHECK(m_connection.execute(Sql::RequestFinish,
                                      {{"author", request.author}, {"name", request.name}, {"object", bound(made)}}));
    return {};
}

} // namespace cohort::store
