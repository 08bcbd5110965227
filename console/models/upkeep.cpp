#include "console/models/upkeep.h"

namespace cohort::console {

QFuture<Result<model::Deployment>> Upkeep::change(const protocol::DeploymentUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Location>> Upkeep::change(const protocol::LocationUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Room>> Upkeep::change(const protocol::RoomUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Participant>> Upkeep::change(const protocol::ParticipantUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Device>> Upkeep::change(const protocol::DeviceUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Stream>> Upkeep::change(const protocol::StreamUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Operator>> Upkeep::change(const protocol::OperatorUpdate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Room>> Upkeep::add(const protocol::RoomCreate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Nothing>> Upkeep::changePassword(const protocol::SessionChangePassword& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Home>> Upkeep::home(LocationId id)
{
    return call(m_client, protocol::LocationGet{id});
}

QFuture<Result<model::Participant>> Upkeep::person(ParticipantId id)
{
    return call(m_client, protocol::ParticipantGet{id});
}

QFuture<Result<model::Device>> Upkeep::device(DeviceId id)
{
    return call(m_client, protocol::DeviceGet{id});
}

QFuture<Result<model::Nothing>> Upkeep::remove(RoomId id)
{
    return call(m_client, protocol::RoomRemove{id});
}

QFuture<Result<model::Nothing>> Upkeep::retire(LocationId id)
{
    return call(m_client, protocol::LocationRetire{id});
}

QFuture<Result<model::Device>> Upkeep::retire(DeviceId id)
{
    return call(m_client, protocol::DeviceRetire{id});
}

QFuture<Result<model::Nothing>> Upkeep::revokeTokens(DeviceId id)
{
    return call(m_client, protocol::DeviceRevokeTokens{id});
}

QFuture<Result<model::Participant>> Upkeep::end(ParticipantId id, model::ParticipationEnd how)
{
    return call(m_client, protocol::ParticipantEnd{id, how});
}

QFuture<Result<model::ImportReport>> Upkeep::import(LocationId home, const QString& csv)
{
    protocol::MeasurementImport wanted;
    wanted.location = home;
    wanted.csv = csv;
    return call(m_client, wanted);
}

} // namespace cohort::console
