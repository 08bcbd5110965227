#include "server/store/repositories/silence_repository.h"

#include "server/store/sql_names.h"

#include <QJsonDocument>

namespace cohort::store {

Result<std::vector<SilenceChange>> SilenceRepository::changes(const std::vector<int>& shards)
{
    QStringList texts;
    for (const int shard : shards)
        texts.append(QString::number(shard));
    COHORT_TRY(rows,
               m_connection.query(Sql::DeviceSilenceChanges,
                                  {{"shards", QLatin1Char('{') + texts.join(QLatin1Char(',')) + QLatin1Char('}')}}));
    std::vector<SilenceChange> all;
    for (const Row& row : rows) {
        all.push_back({row.boolean("silent"), row.id<DeviceId>("cause"), row.id<LocationId>("location_id"),
                       row.string("devices").toUtf8(), row.time("since"), row.boolean("told")});
    }
    return all;
}

Result<void> SilenceRepository::keep(const SilenceChange& change)
{
    if (!change.silent) {
        COHORT_CHECK(m_connection.execute(Sql::DeviceSilenceRemove, {{"cause", bound(change.cause)}}));
        return {};
    }
    COHORT_CHECK(m_connection.execute(Sql::DeviceSilenceAdd, {{"cause", bound(change.cause)},
                                                              {"since", bound(change.since)},
                                                              {"devices", QString::fromUtf8(change.devices)}}));
    return {};
}

} // namespace cohort::store
