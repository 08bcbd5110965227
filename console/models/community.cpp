#include "console/models/community.h"

namespace cohort::console {

QFuture<Result<Listing<model::Location>>> Community::homes(DeploymentId deployment)
{
    return call(m_client, protocol::LocationList{deployment, ListLimitMost, {}});
}

QFuture<Result<model::Home>> Community::home(LocationId id)
{
    return call(m_client, protocol::LocationGet{id});
}

QFuture<Result<model::Deployment>> Community::create(const protocol::DeploymentCreate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::Location>> Community::create(const protocol::LocationCreate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::EnrolledParticipant>> Community::create(const protocol::ParticipantCreate& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::RegisteredDevice>> Community::create(const protocol::DeviceRegister& wanted)
{
    return call(m_client, wanted);
}

QFuture<Result<model::EnrolmentCode>> Community::newEnrolmentCode(ParticipantId id)
{
    return call(m_client, protocol::ParticipantEnrolmentCode{id});
}

QFuture<Result<model::DeviceSecret>> Community::newToken(DeviceId id)
{
    return call(m_client, protocol::DeviceNewToken{id});
}

QFuture<Result<model::ExportedFile>> Community::exportSeries(StreamId stream, qint64 from, qint64 to)
{
    return call(m_client, protocol::MeasurementExport{stream, fromMs(from), fromMs(to)});
}

} // namespace cohort::console
