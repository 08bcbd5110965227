// Operations: operators, the pool, figures, the audit log. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/operator.h"
#include "shared/model/page.h"
#include "shared/model/server.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

struct OperatorList
{
    using Answer = model::Page<model::Operator>;
    static constexpr const char* Name = "operator.list";
};
template <typename V, Of<OperatorList> T>
void fields(V&, T&)
{
}

struct OperatorAdd
{
    using Answer = model::Operator;
    static constexpr const char* Name = "operator.add";

    QString email;
    QString name;
    QString password;
    QList<model::OperatorGrant> roles;
    std::optional<bool> maySeeNames;
};
template <typename V, Of<OperatorAdd> T>
void fields(V& visit, T& wanted)
{
    visit("email", wanted.email, "The address with which to sign in.", characters(3, EmailCharactersMost));
    visit("name", wanted.name, "The name.", characters(1, NameCharactersMost));
    visit("password", wanted.password, "The first password.", characters(1, PasswordMost).secret());
    visit("roles", wanted.roles, "What the operator may do where.", entries(0, 100));
    visit("maySeeNames", wanted.maySeeNames, "Whether names and contacts may be seen; no where it is left out.");
}

struct OperatorUpdate
{
    using Answer = model::Operator;
    static constexpr const char* Name = "operator.update";

    OperatorId id;
    std::optional<QString> name;
    std::optional<QString> password;
    std::optional<QList<model::OperatorGrant>> roles;
    std::optional<bool> maySeeNames;
    std::optional<bool> active;
};
template <typename V, Of<OperatorUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("name", wanted.name, "The name.", characters(1, NameCharactersMost));
    visit("password", wanted.password, "A new password.", characters(1, PasswordMost).secret());
    visit("roles", wanted.roles, "What the operator may do where.", entries(0, 100));
    visit("maySeeNames", wanted.maySeeNames, "Whether names and contacts may be seen.");
    visit("active", wanted.active, "Whether the operator may sign in.");
}

struct ServerList
{
    using Answer = model::Page<model::Server>;
    static constexpr const char* Name = "server.list";
};
template <typename V, Of<ServerList> T>
void fields(V&, T&)
{
}

struct MetricsQuery
{
    using Answer = model::MetricSamples;
    static constexpr const char* Name = "metrics.query";

    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    std::optional<QString> node;
};
template <typename V, Of<MetricsQuery> T>
void fields(V& visit, T& wanted)
{
    visit("from", wanted.from, "From when; the last hour where it is left out.");
    visit("to", wanted.to, "Until when; now where it is left out.");
    visit("node", wanted.node, "Of which server; of the one that answers where it is left out.", characters(0, 200));
}

struct AuditQuery
{
    using Answer = model::Page<model::AuditRow>;
    static constexpr const char* Name = "audit.query";

    std::optional<DeploymentId> deployment;
    std::optional<int> limit;
    std::optional<qint64> after;
};
template <typename V, Of<AuditQuery> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Only rows of this deployment.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: older ones.", between(0, 9e15));
}

struct OverviewGet
{
    using Answer = model::Overview;
    static constexpr const char* Name = "overview.get";

    std::optional<DeploymentId> deployment;
};
template <typename V, Of<OverviewGet> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Only of this deployment.");
}

} // namespace cohort::protocol
