// Sign in of operators, the first admin, and adding operators from the command line.
// Thread: the connection's. Owner: nobody. Flow: session.*, /cloud/json/login, app → here → operator, operator_session.
#pragma once

#include "server/store/repositories/operator_repository.h"

namespace cohort::api {

struct SignedIn
{
    QString token;
    Timestamp expires;
    OperatorId id;
};

// Errors: WrongCredentials (the same, and as slow, for an unknown name), TooOften with when to try again.
Result<SignedIn> signInOperator(store::Connection& connection, const QString& email, const QString& password,
                                const QString& address);

struct NewOperator
{
    QString email;
    QString name;
    QString password;
    QList<model::OperatorGrant> grants;
    bool maySeeNames = false;
};

// Names are never an analyst's: the right to see them is refused where it would have no effect. Errors: WrongValue.
Result<void> checkSeesNames(bool maySeeNames, const QList<model::OperatorGrant>& grants);

// For the command line and the first admin; one transaction with its audit row. Errors: WrongValue, AlreadyExists.
Result<OperatorId> addOperator(store::Connection& connection, const NewOperator& wanted, const QString& actor);

class Bootstrap
{
public:
    // When no admin can sign in yet: makes a new one-time code (older ones end), good for an hour, and returns it for
    // the terminal; else an empty text. Errors: those of Connection.
    static Result<QString> oneTimeCode(store::Connection& connection);
    // Uses the code up and makes the first admin; on an error the code stays as it was. Errors: WrongCredentials (also
    // where there is an admin by now), TooOften, WrongValue, AlreadyExists.
    static Result<SignedIn> firstAdmin(store::Connection& connection, const QString& code, const NewOperator& wanted,
                                       const QString& address);
};

} // namespace cohort::api
