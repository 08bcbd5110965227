#include "server/api/operations/alert_view.h"

#include "server/api/operations/device_text.h"
#include "server/store/sql_names.h"

#include <map>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

Result<QJsonArray> commandsById(store::Connection& connection, const std::vector<qint64>& ids)
{
    COHORT_TRY(found, store::viewItems(connection, Sql::CommandView,
                                       {{"location", store::nothing()},
                                        {"ids", store::boundIds(ids)},
                                        {"after", store::nothing()},
                                        {"count", static_cast<int>(ids.size())}}));
    QJsonArray items;
    for (const auto& item : found)
        items.append(withStateText(item.toObject()));
    return items;
}

Result<QJsonArray> withCommands(store::Connection& connection, QJsonArray alerts)
{
    std::vector<qint64> ids;
    for (const auto& alert : alerts)
        for (const auto& id : alert.toObject().value("commandIds"_L1).toArray())
            ids.push_back(id.toInteger());
    QJsonArray commands;
    if (!ids.empty()) {
        COHORT_TRY(found, commandsById(connection, ids));
        commands = found;
    }
    std::map<qint64, QJsonArray> byAlert; // newest first, as the view gives them
    for (const auto& command : commands)
        byAlert[command.toObject().value("alert"_L1).toInteger()].append(command);
    QJsonArray complete;
    for (const auto& item : alerts) {
        QJsonObject alert = item.toObject();
        alert.remove("commandIds"_L1);
        alert.insert(u"commands"_s, byAlert[alert.value("id"_L1).toInteger()]);
        complete.append(alert);
    }
    return complete;
}

Result<QJsonArray> alertsById(store::Connection& connection, const std::vector<qint64>& ids)
{
    COHORT_TRY(found, store::viewItems(connection, Sql::AlertView,
                                       {{"scope", store::nothing()},
                                        {"location", store::nothing()},
                                        {"ids", store::boundIds(ids)},
                                        {"state", store::nothing()},
                                        {"after", store::nothing()},
                                        {"count", static_cast<int>(ids.size())}}));
    return withCommands(connection, found);
}

} // namespace cohort::api
