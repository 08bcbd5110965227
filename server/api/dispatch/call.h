// One call of an operation as its handler sees it: who, what, on which connection; and what handlers leave behind.
// Thread: an executor thread. Owner: dispatch. Flow: dispatch → handler → dispatch (audit, commit, notices).
#pragma once

#include "server/api/dispatch/analyst_view.h"
#include "server/api/dispatch/identity.h"
#include "server/api/dispatch/services.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/participant_repository.h"
#include "shared/base/limits.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace cohort::api {

struct Call
{
    store::Connection& connection;
    const Services& services;
    const ApiSettings& settings;
    const protocol::Operation& operation;
    const QJsonObject& params; // checked against the table
    QString address;           // the client's
    QString token;             // as it was given; empty before sign in
    Identity identity;         // nobody before sign in
    DeploymentId deployment;   // to which the ids of the call belong; none: no id was given

    // Left behind by the handler.
    std::vector<bus::Notice> notices; // told after the commit
    QString object;                   // for the audit row: device:12
    QJsonObject auditDetail;          // beside the parameters that are not private
    bool mustAudit = false;           // a read that is recorded: names, exports

    // The deployments that a list may show: the one that was named, or all in which the caller may call this
    // (nothing: all that there are).
    std::optional<QList<DeploymentId>> scope() const;
    bool showsNames() const { return deployment && identity.maySeeNames(deployment); }
    store::Names names() const { return showsNames() ? store::Names::Shown : store::Names::Hidden; }
};

// The console and the devices are told of these commands after the commit.
void noteCommands(Call& call, const std::vector<store::CommandPlace>& commands);

using HandlerFunction = Result<QJsonObject> (*)(Call&);

struct HandlerRow
{
    const char* name;
    HandlerFunction handle;
    bool ownTransaction = false; // it commits itself (actions::Answers), or waits for something
};
using HandlerRows = std::vector<HandlerRow>;

// What a handler is written as: the operation's struct in, its answer out.
template <typename Wanted>
using Handler = Result<typename Wanted::Answer> (*)(Call&, const Wanted&);

template <typename Wanted, Handler<Wanted> handle>
Result<QJsonObject> runHandler(Call& call)
{
    COHORT_TRY(wanted, model::fromJson<Wanted>(call.params, model::Form::Parameters));
    COHORT_TRY(answer, handle(call, wanted));
    if (call.operation.access == protocol::Access::ByRole && !call.identity.maySeeTexts(call.deployment))
        hideFromAnalyst(answer, [&](DeploymentId study) { return call.identity.maySeeTexts(study); });
    return model::toJson(answer);
}

constexpr bool OwnTransaction = true;

template <typename Wanted, Handler<Wanted> handle>
HandlerRow handler(bool ownTransaction = false)
{
    return {Wanted::Name, &runHandler<Wanted, handle>, ownTransaction};
}

// How many rows a list may have.
template <typename Wanted>
int limitOf(const Wanted& wanted)
{
    return wanted.limit.value_or(ListLimit);
}

} // namespace cohort::api
