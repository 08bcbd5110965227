// Changing, ending and taking out of use what was made: homes, rooms, people, devices, operators; the own password.
// Thread: GUI. Owner: a page or dialog. Flow: dialogs, menus → here → operations → answers by their structs.
#pragma once

#include "console/models/workspace.h"
#include "shared/protocol/operations/server.h"
#include "shared/protocol/operations/session.h"

namespace cohort::console {

// Errors of all: those of RpcClient::call, CannotParse, and what the server answers.
class Upkeep
{
public:
    explicit Upkeep(Workspace& workspace) : m_client(workspace.client()) {}

    // What is not given stays.
    QFuture<Result<model::Deployment>> change(const protocol::DeploymentUpdate& wanted);
    QFuture<Result<model::Location>> change(const protocol::LocationUpdate& wanted);
    QFuture<Result<model::Room>> change(const protocol::RoomUpdate& wanted);
    QFuture<Result<model::Participant>> change(const protocol::ParticipantUpdate& wanted);
    QFuture<Result<model::Device>> change(const protocol::DeviceUpdate& wanted);
    QFuture<Result<model::Stream>> change(const protocol::StreamUpdate& wanted);
    QFuture<Result<model::Operator>> change(const protocol::OperatorUpdate& wanted);
    QFuture<Result<model::Room>> add(const protocol::RoomCreate& wanted);
    // Other sessions of the same operator end.
    QFuture<Result<model::Nothing>> changePassword(const protocol::SessionChangePassword& wanted);

    // As they are now: what somebody else changed meanwhile is not overwritten by what a list still shows.
    QFuture<Result<model::Home>> home(LocationId id);
    QFuture<Result<model::Participant>> person(ParticipantId id);
    QFuture<Result<model::Device>> device(DeviceId id);

    QFuture<Result<model::Nothing>> remove(RoomId id);
    QFuture<Result<model::Nothing>> retire(LocationId id);
    QFuture<Result<model::Device>> retire(DeviceId id);
    QFuture<Result<model::Nothing>> revokeTokens(DeviceId id);
    QFuture<Result<model::Participant>> end(ParticipantId id, model::ParticipationEnd how);
    // The text of a CSV file into a home.
    QFuture<Result<model::ImportReport>> import(LocationId home, const QString& csv);

private:
    RpcClient& m_client;
};

} // namespace cohort::console
