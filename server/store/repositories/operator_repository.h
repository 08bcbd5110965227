// Operators, their roles and sessions, and the brake on guessing passwords.
// Thread: the connection's. Owner: whoever needs it. Flow: api, `cohort-server operator add` ⇄ here ⇄ operator….
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/operator.h"

#include <optional>

namespace cohort::store {

struct OperatorRow
{
    OperatorId id;
    QString email;
    QString name;
    QString passwordHash;
    bool maySeeNames = false;
    bool active = false;
};

struct OperatorSessionRow
{
    OperatorRow who;
    Timestamp expires;
    bool ageing = false; // worth extending
    QList<model::OperatorGrant> grants;
};

// What operator.update changes; nothing given: stays.
struct OperatorChange
{
    std::optional<QString> name;
    std::optional<QString> passwordHash;
    std::optional<bool> maySeeNames;
    std::optional<bool> active;
};

class OperatorRepository
{
public:
    explicit OperatorRepository(Connection& connection) : m_connection(connection) {}

    // Nothing when nobody has this address.
    Result<std::optional<OperatorRow>> byEmail(const QString& email);
    Result<std::optional<OperatorRow>> byId(OperatorId id);
    // Whether an active admin of everything exists.
    Result<bool> adminExists();
    // By address, at most 1,000.
    Result<QList<model::Operator>> list();
    // Errors: NotFound.
    Result<model::Operator> find(OperatorId id);
    // Errors: AlreadyExists.
    Result<OperatorId> insert(const OperatorRow& row);
    Result<void> update(OperatorId id, const OperatorChange& change);
    // Ends the one-time code when it makes an admin of everything.
    Result<void> setGrants(OperatorId id, const QList<model::OperatorGrant>& grants);

    // Sessions; `token` is the SHA-256 of the token.
    Result<Timestamp> addSession(const QByteArray& token, OperatorId id);
    Result<std::optional<OperatorSessionRow>> session(const QByteArray& token);
    Result<void> extendSession(const QByteArray& token);
    Result<void> endSession(const QByteArray& token);
    Result<void> endOtherSessions(OperatorId id, const QByteArray& keep);

    // The one-time code of the first admin, as SHA-256: good for an hour, until an admin of everything is made in any way.
    Result<void> replaceCode(const QByteArray& code);
    Result<bool> consumeCode(const QByteArray& code);

    // How long (ms) this account must wait before the next try from this address.
    Result<qint64> failureWait(const QString& account, const QString& address);
    Result<void> countFailure(const QString& account, const QString& address);
    Result<void> clearFailures(const QString& account, const QString& address);

private:
    Result<QList<model::Operator>> view(const QVariant& id);
    Result<QList<model::OperatorGrant>> grantsOf(OperatorId id);

    Connection& m_connection;
};

} // namespace cohort::store
