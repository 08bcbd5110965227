// People who use the console, their sessions, and the audit log. Thread: values. Owner: whoever holds them.
// Flow: operator, operator_role, audit ⇄ repositories ⇄ wire ⇄ console. Source: study.md, "Roles of
// operators".
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/model/fields.h"

#include <QJsonObject>
#include <QList>

namespace cohort::model {

enum class OperatorRole : std::uint8_t { Admin, Coordinator, Analyst };
constexpr auto enumNames(OperatorRole)
{
    return std::array{"admin", "coordinator", "analyst"};
}

struct OperatorGrant
{
    DeploymentId deployment; // none: all
    OperatorRole role = OperatorRole::Analyst;
    bool operator==(const OperatorGrant&) const = default;
};
template <typename V, Of<OperatorGrant> T>
void fields(V& visit, T& grant)
{
    visit("deployment", grant.deployment, "The deployment, or null for all.", orNone());
    visit("role", grant.role, "What the operator may do there.");
}

struct OperatorAccount
{
    OperatorId id;
    QString email;
    QString name;
    bool maySeeNames = false;
};
template <typename V, Of<OperatorAccount> T>
void fields(V& visit, T& account)
{
    visit("id", account.id, "The operator.");
    visit("email", account.email, "The address with which the operator signs in.");
    visit("name", account.name, "The operator's name.");
    visit("maySeeNames", account.maySeeNames, "Whether names and contacts of participants may be seen.");
}

struct Operator
{
    OperatorAccount account;
    bool active = true;
    QList<OperatorGrant> roles;
};
template <typename V, Of<Operator> T>
void fields(V& visit, T& person)
{
    visit.flat(person.account);
    visit("active", person.active, "Whether the operator may sign in.");
    visit("roles", person.roles, "What the operator may do where.");
}

struct OperatorSession
{
    QString token;
    Timestamp expires;
    OperatorAccount account;
    QList<OperatorGrant> roles;
};
template <typename V, Of<OperatorSession> T>
void fields(V& visit, T& session)
{
    visit("token", session.token, "The bearer token of the session.", secret());
    visit("expires", session.expires, "Until when it works unless it is used.");
    visit("operator", session.account, "Who is signed in.");
    visit("roles", session.roles, "What the operator may do where.");
}

struct AuditRow
{
    qint64 id = 0;
    Timestamp at;
    QString actor;
    QString actorName;
    QString action;
    DeploymentId deployment;
    QString object;
    QString address;
    QJsonObject detail; // the parameters that are not private, and what the handler added
};
template <typename V, Of<AuditRow> T>
void fields(V& visit, T& row)
{
    visit("id", row.id, "The row.");
    visit("at", row.at, "When.");
    visit("actor", row.actor, "Who: operator:3, participant:4, local.");
    visit("actorName", row.actorName, "An operator's address or a participant's code; empty for others.");
    visit("action", row.action, "What was done.");
    visit("deployment", row.deployment, "In which deployment, or null.", orNone());
    visit("object", row.object, "To what: device:12; empty where to nothing.");
    visit("address", row.address, "From where.");
    visit("detail", row.detail, "With which parameters.");
}

} // namespace cohort::model
