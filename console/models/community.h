// What pages ask about homes, people and devices besides what their own models keep: lists to choose from, and making things.
// Thread: GUI. Owner: Workspace. Flow: pages, dialogs → here → operations → answers by their structs.
#pragma once

#include "console/net/typed_call.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/measurement.h"
#include "shared/protocol/operations/participant.h"
#include "shared/protocol/operations/place.h"

namespace cohort::console {

// Errors of all: those of RpcClient::call, CannotParse, and what the server answers.
class Community
{
public:
    explicit Community(RpcClient& client) : m_client(client) {}

    // The first thousand, by id.
    QFuture<Result<Listing<model::Location>>> homes(DeploymentId deployment);
    // One home with its devices and people, by name where they may be seen (which is recorded).
    QFuture<Result<model::Home>> home(LocationId id);
    QFuture<Result<model::Deployment>> create(const protocol::DeploymentCreate& wanted);
    QFuture<Result<model::Location>> create(const protocol::LocationCreate& wanted);
    QFuture<Result<model::EnrolledParticipant>> create(const protocol::ParticipantCreate& wanted);
    QFuture<Result<model::RegisteredDevice>> create(const protocol::DeviceRegister& wanted);
    // The old code or token ends with it.
    QFuture<Result<model::EnrolmentCode>> newEnrolmentCode(ParticipantId id);
    QFuture<Result<model::DeviceSecret>> newToken(DeviceId id);
    // A stream's samples in [from, to] (ms since 1970) as CSV.
    QFuture<Result<model::ExportedFile>> exportSeries(StreamId stream, qint64 from, qint64 to);

private:
    RpcClient& m_client;
};

} // namespace cohort::console
