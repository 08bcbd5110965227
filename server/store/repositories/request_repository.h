// What callers ask for under names of their own, so that a repeat after a lost answer is not done twice.
// Thread: the connection's. Owner: whoever needs it. Flow: dispatch ⇄ here ⇄ request, inside the transaction of the change.
// Source: architecture.md, "Outward names" (requestId).
#pragma once

#include "server/store/postgres/connection.h"

#include <optional>

namespace cohort::store {

struct NamedRequest
{
    QString author;        // operator:3
    QString name;          // the caller's
    QString operation;     // message.send
    QByteArray parameters; // SHA-256 of them
};

class RequestRepository
{
public:
    explicit RequestRepository(Connection& connection) : m_connection(connection) {}

    // Nothing: it is new, and the caller finishes it in this transaction; else what was made by it within the last 24 h. Waits
    // for another transaction that has begun the same. Errors: Conflict (the name stands for something else).
    Result<std::optional<qint64>> begin(const NamedRequest& request);
    Result<void> finish(const NamedRequest& request, qint64 made);

private:
    Connection& m_connection;
};

} // namespace cohort::store
