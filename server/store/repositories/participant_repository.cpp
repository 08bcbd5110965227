#include "server/store/repositories/participant_repository.h"

#include "server/store/postgres/json_view.h"
#include "server/store/sql_names.h"

namespace cohort::store {

Result<ParticipantId> ParticipantRepository::insert(const NewParticipant& participant)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantInsert, {{"deployment", bound(participant.deployment)},
                                                                 {"code", participant.code},
                                                                 {"language", participant.language}}));
    const auto id = rows.front().id<ParticipantId>("id");
    if (participant.name || participant.email || participant.phone)
        COHORT_CHECK(m_connection.execute(Sql::ParticipantIdentitySet, {{"participant", bound(id)},
                                                                        {"name", boundText(participant.name)},
                                                                        {"email", boundText(participant.email)},
                                                                        {"phone", boundText(participant.phone)}}));
    return id;
}

Result<void> ParticipantRepository::addRole(ParticipantId id, const ParticipantRole& role)
{
    COHORT_CHECK(m_connection.execute(Sql::ParticipantRoleInsert, {{"participant", bound(id)},
                                                                   {"location", bound(role.location)},
                                                                   {"role", role.role},
                                                                   {"calling_order", role.callingOrder}}));
    return {};
}

Result<Timestamp> ParticipantRepository::replaceCode(ParticipantId id, const QByteArray& code)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::EnrolmentCodeReplace, {{"participant", bound(id)}, {"code", bound(code)}}));
    return rows.front().time("expires_at");
}

Result<std::optional<ParticipantRow>> ParticipantRepository::consumeCode(const QByteArray& code)
{
    COHORT_TRY(rows, m_connection.query(Sql::EnrolmentCodeConsume, {{"code", bound(code)}}));
    if (rows.empty())
        return std::optional<ParticipantRow>();
    ParticipantRow row;
    row.id = rows.front().id<ParticipantId>("id");
    row.deployment = rows.front().id<DeploymentId>("deployment_id");
    row.active = true;
    return std::optional(std::move(row));
}

Result<void> ParticipantRepository::enrol(ParticipantId id, const QString& username, const QString& hash,
                                          const std::optional<QString>& language)
{
    COHORT_CHECK(m_connection.execute(Sql::ParticipantLoginInsert,
                                      {{"participant", bound(id)}, {"username", username}, {"hash", hash}}));
    COHORT_CHECK(m_connection.execute(Sql::ParticipantSessionDeleteAll, {{"participant", bound(id)}}));
    COHORT_CHECK(m_connection.execute(Sql::ParticipantActivate,
                                      {{"participant", bound(id)}, {"language", boundText(language)}}));
    return {};
}

Result<std::optional<ParticipantRow>> ParticipantRepository::byUsername(const QString& username)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantByUsername, {{"username", username}}));
    if (rows.empty())
        return std::optional<ParticipantRow>();
    ParticipantRow row;
    row.id = rows.front().id<ParticipantId>("id");
    row.deployment = rows.front().id<DeploymentId>("deployment_id");
    row.passwordHash = rows.front().string("password_hash");
    row.active = rows.front().boolean("active");
    return std::optional(std::move(row));
}

Result<Timestamp> ParticipantRepository::addSession(const QByteArray& token, ParticipantId id, int days)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantSessionInsert,
                                        {{"token", bound(token)}, {"participant", bound(id)}, {"days", days}}));
    return rows.front().time("expires_at");
}

Result<std::optional<ParticipantRow>> ParticipantRepository::session(const QByteArray& token)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantSessionFind, {{"token", bound(token)}}));
    if (rows.empty())
        return std::optional<ParticipantRow>();
    ParticipantRow row;
    row.id = rows.front().id<ParticipantId>("id");
    row.deployment = rows.front().id<DeploymentId>("deployment_id");
    row.code = rows.front().string("code");
    row.language = rows.front().string("language");
    row.active = true;
    return std::optional(std::move(row));
}

Result<void> ParticipantRepository::endSession(const QByteArray& token)
{
    COHORT_CHECK(m_connection.execute(Sql::ParticipantSessionDelete, {{"token", bound(token)}}));
    return {};
}

Result<std::vector<PlaceRow>> ParticipantRepository::places(ParticipantId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::InboxLocations, {{"participant", bound(id)}}));
    std::vector<PlaceRow> places;
    for (const Row& row : rows)
        places.push_back({row.id<LocationId>("id"), row.string("name"), row.string("time_zone")});
    return places;
}

Result<bool> ParticipantRepository::mayHandleDevices(ParticipantId id, LocationId location)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantAtLocation,
                                        {{"participant", bound(id)}, {"location", bound(location)}}));
    return rows.front().boolean("allowed");
}

} // namespace cohort::store
