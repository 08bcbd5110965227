// Whether sessions still stand, many in one statement. Thread: the connection's. Owner: whoever needs it.
// Flow: live's look once a second → here → operator_session, operator_role, participant_session.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/operator.h"

#include <map>

namespace cohort::store {

// SHA-256 of a token → the operator's roles as rolesText() writes them; a participant's: in one text to
// compare what his or her page depends on.
using StandingSessions = std::map<QByteArray, QString>;

// Roles in one text to compare: deployment:role by deployment, 0 for all, with blanks between.
QString rolesText(QList<model::OperatorGrant> grants);

class SessionRepository
{
public:
    explicit SessionRepository(Connection& connection) : m_connection(connection) {}

    // Those of `tokens` (SHA-256 each) that are not over and whose operator is active, or participant still takes part.
    Result<StandingSessions> standing(const QList<QByteArray>& tokens);

private:
    Connection& m_connection;
};

} // namespace cohort::store
