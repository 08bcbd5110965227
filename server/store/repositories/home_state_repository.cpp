#include "server/store/repositories/home_state_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"
#include "shared/model/device_types.h"

#include <QJsonArray>
#include <QJsonObject>

#include <libpq-fe.h>
#include <map>
#include <set>

namespace cohort::store {

namespace {

constexpr int AnyType = -1;

QJsonObject rowOf(int type, const QString& name, int intervalS)
{
    return {{QStringLiteral("type"), type}, {QStringLiteral("name"), name}, {QStringLiteral("interval_s"), intervalS}};
}

// By type and name; of a type that is not in the table by the name alone: what reports changes in one type may do so
// there, and else the longest interval holds.
QJsonArray expectedReports()
{
    QJsonArray rows{rowOf(AnyType, QLatin1String(""), SilentAfterS)};
    std::map<QString, int> byName;
    for (const model::DeviceType& type : model::deviceTypes()) {
        if (type.parameters.empty() && type.number != 0) // a gateway: judged by its connection
            rows.append(rowOf(type.number, QLatin1String(""), 0));
        for (const model::TypeParameter& parameter : type.parameters) {
            const QString name = QString::fromUtf8(parameter.name);
            const int seconds = parameter.periodic ? parameter.intervalMs / 1'000 : 0;
            rows.append(rowOf(type.number, name, seconds));
            const auto known = byName.emplace(name, seconds).first;
            known->second = known->second == 0 || seconds == 0 ? 0 : std::max(known->second, seconds);
        }
    }
    for (const auto& [name, seconds] : byName)
        rows.append(rowOf(AnyType, name, seconds));
    return rows;
}

} // namespace

Result<void> HomeStateRepository::writeExpectedReports()
{
    COHORT_CHECK(m_connection.execute(Sql::ExpectedReportReplace, {{"rows", bound(QJsonDocument(expectedReports()))}}));
    return {};
}

Result<bool> HomeStateRepository::settle(int most)
{
    if (m_connection.isOpen() && PQtransactionStatus(m_connection.handle()) != PQTRANS_IDLE)
        return count(most);
    bool more = false;
    COHORT_CHECK(m_connection.transaction([&]() -> Result<void> {
        COHORT_TRY(left, count(most));
        more = left;
        return {};
    }));
    return more;
}

Result<bool> HomeStateRepository::count(int most)
{
    COHORT_TRY(lock, m_connection.query(Sql::HomeStateLock));
    if (!lock.front().boolean("taken"))
        return false;
    COHORT_TRY(rows, m_connection.query(Sql::HomeStateTake, {{"most", bound(most)}, {"alive_s", bound(NodeAliveS)}}));
    std::set<DeploymentId> deployments;
    std::set<LocationId> homes;
    for (const Row& row : rows) {
        deployments.insert(row.id<DeploymentId>("deployment_id"));
        if (const auto home = row.id<LocationId>("location_id"))
            homes.insert(home);
    }
    if (!homes.empty())
        COHORT_CHECK(
            m_connection.execute(Sql::HomeStateRefresh, {{"locations", bound(std::vector(homes.begin(), homes.end()))},
                                                         {"lost_after_s", bound(LostAfterS)},
                                                         {"forgotten_after_days", bound(ForgottenAfterDays)}}));
    if (!deployments.empty())
        COHORT_CHECK(m_connection.execute(
            Sql::HomeStateSum, {{"deployments", bound(std::vector(deployments.begin(), deployments.end()))}}));
    return !rows.empty() && rows.front().integer("taken") >= most;
}

} // namespace cohort::store
