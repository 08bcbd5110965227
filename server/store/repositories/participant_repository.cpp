#include "server/store/repositories/participant_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>

namespace cohort::store {

namespace {

Binds bindsOf(const ParticipantFilter& filter, ParticipantId id, int count)
{
    return {{"deployment", bound(filter.deployment)},
            {"id", bound(id)},
            {"location", bound(filter.location)},
            {"after", bound(filter.after)},
            {"count", count}};
}

} // namespace

// One statement for the roles of all of them, and one for their names.
Result<void> ParticipantRepository::complete(QList<model::Participant>& participants, Names names)
{
    std::map<ParticipantId, model::Participant*> byId;
    QList<ParticipantId> ids;
    for (auto& participant : participants) {
        byId.emplace(participant.id, &participant);
        ids.append(participant.id);
        if (names == Names::Shown)
            participant.personal.emplace();
    }
    const Binds binds{{"participants", bound(ids)}};
    COHORT_TRY(roles, m_connection.query(Sql::ParticipantRoleOfParticipants, binds));
    for (const Row& row : roles) {
        COHORT_TRY(role, rowAs<model::ParticipantRole>(row));
        byId.at(row.id<ParticipantId>("participant_id"))->roles.append(role);
    }
    if (names == Names::Hidden)
        return {};
    COHORT_TRY(people, m_connection.query(Sql::ParticipantIdentityOfParticipants, binds));
    for (const Row& row : people) {
        COHORT_TRY(personal, rowAs<model::PersonalData>(row));
        byId.at(row.id<ParticipantId>("participant_id"))->personal = personal;
    }
    return {};
}

Result<model::Page<model::Participant>> ParticipantRepository::list(const ParticipantFilter& filter, int limit,
                                                                    Names names)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantView, bindsOf(filter, {}, limit + 1)));
    COHORT_TRY(page, pageOf<model::Participant>(std::move(rows), limit));
    COHORT_CHECK(complete(page.items, names));
    return page;
}

Result<model::Participant> ParticipantRepository::find(ParticipantId id, Names names)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantView, bindsOf({}, id, 1)));
    COHORT_TRY(found, rowsAs<model::Participant>(rows));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    COHORT_CHECK(complete(found, names));
    return found.first();
}

Result<ParticipantId> ParticipantRepository::insert(const NewParticipant& participant)
{
    COHORT_TRY(rows, m_connection.query(
                         Sql::ParticipantInsert,
                         {{"deployment", bound(participant.deployment)},
                          {"code", participant.code},
                          {"language", bound(participant.language ? std::optional(model::textOf(*participant.language))
                                                                  : std::nullopt)}}));
    const auto id = rows.front().id<ParticipantId>("id");
    const auto& personal = participant.personal;
    if (personal.name || personal.email || personal.phone)
        COHORT_CHECK(setPersonal(id, personal));
    return id;
}

Result<void> ParticipantRepository::setPersonal(ParticipantId id, const model::PersonalData& personal)
{
    COHORT_CHECK(m_connection.execute(Sql::ParticipantIdentitySet, {{"participant", bound(id)},
                                                                    {"name", bound(personal.name)},
                                                                    {"email", bound(personal.email)},
                                                                    {"phone", bound(personal.phone)}}));
    return {};
}

Result<void> ParticipantRepository::update(ParticipantId id, const ParticipantChange& change)
{
    const QVariant language = bound(change.language ? std::optional(model::textOf(*change.language)) : std::nullopt);
    COHORT_CHECK(m_connection.execute(Sql::ParticipantUpdate, {{"participant", bound(id)}, {"language", language}}));
    const auto& wanted = change.personal;
    if (!wanted.name && !wanted.email && !wanted.phone)
        return {};
    COHORT_TRY(known, find(id, Names::Shown));
    const model::PersonalData before = known.personal.value_or(model::PersonalData());
    const auto changed = [](const std::optional<QString>& now, const std::optional<QString>& then) {
        return !now ? then : now->trimmed().isEmpty() ? std::nullopt : std::optional(now->trimmed());
    };
    return setPersonal(id, {.name = changed(wanted.name, before.name),
                            .email = changed(wanted.email, before.email),
                            .phone = changed(wanted.phone, before.phone)});
}

Result<void> ParticipantRepository::endRoles(ParticipantId id)
{
    COHORT_CHECK(m_connection.execute(Sql::ParticipantRoleEnd, {{"participant", bound(id)}}));
    return {};
}

Result<void> ParticipantRepository::end(ParticipantId id, model::ParticipationEnd how)
{
    COHORT_TRY(ended, m_connection.query(Sql::ParticipantEnd, {{"participant", bound(id)}, {"status", bound(how)}}));
    if (ended.empty())
        return fail(ErrorCode::Conflict, QStringLiteral("this participation has ended before"));
    COHORT_CHECK(m_connection.execute(Sql::ParticipantSessionDeleteAll, {{"participant", bound(id)}}));
    return endRoles(id);
}

Result<void> ParticipantRepository::addRole(ParticipantId id, LocationId location, model::HomeRole role,
                                            int callingOrder, const std::optional<Timestamp>& until)
{
    COHORT_TRY(made, m_connection.execute(Sql::ParticipantRoleInsert, {{"participant", bound(id)},
                                                                       {"location", bound(location)},
                                                                       {"role", bound(role)},
                                                                       {"calling_order", callingOrder},
                                                                       {"until", bound(until)}}));
    return made > 0 ? Result<void>()
                    : fail(ErrorCode::AlreadyExists, QStringLiteral("the person has this role there already"));
}

Result<void> ParticipantRepository::pause(ParticipantId id, bool rests)
{
    COHORT_TRY(changed,
               m_connection.execute(Sql::ParticipantPause, {{"participant", bound(id)}, {"rests", bound(rests)}}));
    return changed > 0 ? Result<void>()
                       : fail(ErrorCode::Conflict,
                              QStringLiteral("nobody has enrolled with this code yet, or the participation has ended"));
}

Result<Timestamp> ParticipantRepository::replaceCode(ParticipantId id, const QByteArray& code)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::EnrolmentCodeReplace,
                                  {{"participant", bound(id)}, {"code", bound(code)}, {"days", bound(EnrolmentDays)}}));
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
    COHORT_CHECK(
        m_connection.execute(Sql::ParticipantActivate, {{"participant", bound(id)}, {"language", bound(language)}}));
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

Result<Timestamp> ParticipantRepository::addSession(const QByteArray& token, ParticipantId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantSessionInsert, {{"token", bound(token)},
                                                                        {"participant", bound(id)},
                                                                        {"days", bound(ParticipantSessionDays)}}));
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
    row.rests = rows.front().string("status") == QLatin1String("paused");
    row.active = true;
    return std::optional(std::move(row));
}

Result<void> ParticipantRepository::endSession(const QByteArray& token)
{
    COHORT_CHECK(m_connection.execute(Sql::ParticipantSessionDelete, {{"token", bound(token)}}));
    return {};
}

Result<std::optional<QString>> ParticipantRepository::name(ParticipantId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantIdentityName, {{"participant", bound(id)}}));
    return rows.empty() ? std::nullopt : std::optional(rows.front().string("name"));
}

Result<std::vector<PlaceRow>> ParticipantRepository::places(ParticipantId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::InboxLocations, {{"participant", bound(id)}}));
    std::vector<PlaceRow> places;
    for (const Row& row : rows)
        places.push_back({row.id<LocationId>("id"), row.string("name"), row.string("time_zone")});
    return places;
}

Result<bool> ParticipantRepository::mayRegisterDevices(ParticipantId id, LocationId location)
{
    COHORT_TRY(rows, m_connection.query(Sql::ParticipantAtLocation,
                                        {{"participant", bound(id)}, {"location", bound(location)}}));
    return rows.front().boolean("allowed");
}

} // namespace cohort::store
