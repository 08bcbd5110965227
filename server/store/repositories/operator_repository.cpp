#include "server/store/repositories/operator_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>

namespace cohort::store {

namespace {

constexpr int FirstCodeS = 3'600; // for which the one-time code works

OperatorRow operatorOf(const Row& row)
{
    return {.id = row.id<OperatorId>("id"),
            .email = row.string("email"),
            .name = row.string("name"),
            .passwordHash = row.string("password_hash"),
            .maySeeNames = row.boolean("may_see_names"),
            .active = row.boolean("active")};
}

Result<std::optional<OperatorRow>> first(Result<Rows> rows)
{
    if (!rows)
        return fail(rows.error());
    if (rows->empty())
        return std::optional<OperatorRow>();
    return std::optional(operatorOf(rows->front()));
}

Result<void> ran(Result<qint64> rows)
{
    if (!rows)
        return fail(rows.error());
    return {};
}

} // namespace

Result<std::optional<OperatorRow>> OperatorRepository::byEmail(const QString& email)
{
    return first(m_connection.query(Sql::OperatorByEmail, {{"email", email}}));
}

Result<std::optional<OperatorRow>> OperatorRepository::byId(OperatorId id)
{
    return first(m_connection.query(Sql::OperatorById, {{"id", bound(id)}}));
}

Result<bool> OperatorRepository::adminExists()
{
    COHORT_TRY(rows, m_connection.query(Sql::OperatorExists));
    return rows.front().boolean("found");
}

Result<QList<model::OperatorGrant>> OperatorRepository::grantsOf(OperatorId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::OperatorRoleOfOperators, {{"operators", bound(QList<OperatorId>{id})}}));
    return rowsAs<model::OperatorGrant>(rows);
}

// One statement for the roles of all of them.
Result<QList<model::Operator>> OperatorRepository::view(const QVariant& id)
{
    COHORT_TRY(rows, m_connection.query(Sql::OperatorView, {{"id", id}, {"count", bound(ListLimitMost)}}));
    COHORT_TRY(operators, rowsAs<model::Operator>(rows));
    std::map<OperatorId, model::Operator*> byId;
    QList<OperatorId> ids;
    for (auto& one : operators) {
        byId.emplace(one.account.id, &one);
        ids.append(one.account.id);
    }
    COHORT_TRY(grants, m_connection.query(Sql::OperatorRoleOfOperators, {{"operators", bound(ids)}}));
    for (const Row& row : grants) {
        COHORT_TRY(grant, rowAs<model::OperatorGrant>(row));
        byId.at(row.id<OperatorId>("operator_id"))->roles.append(grant);
    }
    return operators;
}

Result<QList<model::Operator>> OperatorRepository::list()
{
    return view(bound(std::nullopt));
}

Result<model::Operator> OperatorRepository::find(OperatorId id)
{
    COHORT_TRY(found, view(bound(id)));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    return found.first();
}

Result<OperatorId> OperatorRepository::insert(const OperatorRow& row)
{
    COHORT_TRY(rows, m_connection.query(Sql::OperatorInsert, {{"email", row.email},
                                                              {"name", row.name},
                                                              {"hash", row.passwordHash},
                                                              {"may_see_names", row.maySeeNames}}));
    return rows.front().id<OperatorId>("id");
}

Result<void> OperatorRepository::update(OperatorId id, const OperatorChange& change)
{
    COHORT_TRY(count, m_connection.execute(Sql::OperatorUpdate, {{"id", bound(id)},
                                                                 {"name", bound(change.name)},
                                                                 {"hash", bound(change.passwordHash)},
                                                                 {"may_see_names", bound(change.maySeeNames)},
                                                                 {"active", bound(change.active)}}));
    if (count == 0)
        return fail(ErrorCode::NotFound);
    return {};
}

Result<void> OperatorRepository::setGrants(OperatorId id, const QList<model::OperatorGrant>& grants)
{
    COHORT_CHECK(m_connection.execute(Sql::OperatorRoleClear, {{"operator", bound(id)}}));
    for (const auto& grant : grants)
        COHORT_CHECK(m_connection.execute(
            Sql::OperatorRoleInsert,
            {{"operator", bound(id)}, {"deployment", bound(grant.deployment)}, {"role", bound(grant.role)}}));
    return ran(m_connection.execute(Sql::SignInCodeEnd, {}));
}

Result<Timestamp> OperatorRepository::addSession(const QByteArray& token, OperatorId id)
{
    COHORT_TRY(rows, m_connection.query(
                         Sql::OperatorSessionInsert,
                         {{"token", bound(token)}, {"operator", bound(id)}, {"session_s", bound(OperatorSessionS)}}));
    return rows.front().time("expires_at");
}

Result<std::optional<OperatorSessionRow>> OperatorRepository::session(const QByteArray& token)
{
    COHORT_TRY(rows, m_connection.query(Sql::OperatorSessionFind, {{"token", bound(token)},
                                                                   {"session_s", bound(OperatorSessionS)},
                                                                   {"step_s", bound(OperatorSessionStepS)}}));
    if (rows.empty())
        return std::optional<OperatorSessionRow>();
    const Row& row = rows.front();
    OperatorSessionRow session;
    session.who = {.id = row.id<OperatorId>("id"),
                   .email = row.string("email"),
                   .name = row.string("name"),
                   .passwordHash = {},
                   .maySeeNames = row.boolean("may_see_names"),
                   .active = true};
    session.expires = row.time("expires_at");
    session.ageing = row.boolean("ageing");
    COHORT_TRY(grants, grantsOf(session.who.id));
    session.grants = std::move(grants);
    return std::optional(std::move(session));
}

Result<void> OperatorRepository::extendSession(const QByteArray& token)
{
    return ran(m_connection.execute(Sql::OperatorSessionExtend,
                                    {{"token", bound(token)}, {"session_s", bound(OperatorSessionS)}}));
}

Result<void> OperatorRepository::endSession(const QByteArray& token)
{
    return ran(m_connection.execute(Sql::OperatorSessionDelete, {{"token", bound(token)}}));
}

Result<void> OperatorRepository::endOtherSessions(OperatorId id, const QByteArray& keep)
{
    return ran(
        m_connection.execute(Sql::OperatorSessionDeleteOthers, {{"operator", bound(id)}, {"keep", bound(keep)}}));
}

Result<void> OperatorRepository::replaceCode(const QByteArray& code)
{
    return ran(m_connection.execute(Sql::SignInCodeReplace, {{"code", bound(code)}}));
}

Result<bool> OperatorRepository::consumeCode(const QByteArray& code)
{
    COHORT_TRY(count,
               m_connection.execute(Sql::SignInCodeConsume, {{"code", bound(code)}, {"valid_s", bound(FirstCodeS)}}));
    return count > 0;
}

Result<qint64> OperatorRepository::failureWait(const QString& account, const QString& address)
{
    COHORT_TRY(rows, m_connection.query(Sql::LoginFailureFind, {{"account", account}, {"address", address}}));
    return rows.front().integer("wait_ms");
}

Result<void> OperatorRepository::countFailure(const QString& account, const QString& address)
{
    return ran(m_connection.execute(Sql::LoginFailureCount, {{"account", account},
                                                             {"address", address},
                                                             {"free", bound(FailuresFree)},
                                                             {"free_of_address", bound(FailuresFreeOfAddress)},
                                                             {"wait_most_s", bound(FailureWaitMostS)},
                                                             {"forgiven_s", bound(FailuresForgivenAfterS)},
                                                             {"kept_s", bound(FailuresKeptS)}}));
}

Result<void> OperatorRepository::clearFailures(const QString& account, const QString& address)
{
    return ran(m_connection.execute(Sql::LoginFailureClear, {{"account", account}, {"address", address}}));
}

} // namespace cohort::store
