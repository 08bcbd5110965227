#include "server/store/log/command_answers.h"

#include "server/store/postgres/connection.h"
#include "server/store/repositories/alert_repository.h"
#include "server/store/sql_names.h"

#include <map>
#include <set>

namespace cohort::store {

namespace {

LogRow finishedRow(const Row& command, int result, std::int32_t ordinal)
{
    LogRow row;
    row.kind = RowKind::CommandFinished;
    row.ordinal = ordinal;
    row.location = command.id<LocationId>("location_id");
    row.device = command.id<DeviceId>("device_id");
    row.time = command.time("event_time"); // by the home's clock
    row.script = command.id<ScriptId>("script_id");
    QJsonObject data{{QStringLiteral("command"), command.integer("id")},
                     {QStringLiteral("state"), command.string("state")},
                     {QStringLiteral("result"), result}};
    if (row.script)
        data.insert(QStringLiteral("script"), qint64{row.script.value});
    row.data = QJsonDocument(data).toJson(QJsonDocument::Compact).toStdString();
    return row;
}

// Takes the answers that come first for their command out of `waiting`.
std::vector<CommandAnswer> firstOfEach(std::vector<CommandAnswer>& waiting)
{
    std::set<CommandId> seen;
    std::vector<CommandAnswer> first, later;
    for (const CommandAnswer& answer : waiting)
        (seen.insert(answer.response->command).second ? first : later).push_back(answer);
    waiting = std::move(later);
    return first;
}

} // namespace

Result<AppliedAnswers> applyAnswers(Connection& connection, const std::vector<CommandAnswer>& answers)
{
    AppliedAnswers applied;
    std::map<std::int32_t, LogRow> finished;
    std::vector<CommandAnswer> waiting = answers;
    while (!waiting.empty()) {
        const std::vector<CommandAnswer> now = firstOfEach(waiting);
        std::vector<CommandId> commands;
        std::vector<DeviceId> gateways;
        std::vector<qint64> results;
        for (const CommandAnswer& answer : now) {
            commands.push_back(answer.response->command);
            gateways.push_back(answer.response->gateway);
            results.push_back(answer.response->result);
        }
        COHORT_TRY(rows, connection.query(Sql::CommandApplyResponse, {{"commands", bound(commands)},
                                                                      {"gateways", bound(gateways)},
                                                                      {"results", boundNumbers(results)}}));
        std::vector<bool> isKnown(now.size());
        for (const Row& row : rows) {
            const auto place = static_cast<std::size_t>(row.integer("place") - 1);
            isKnown.at(place) = true;
            if (!row.boolean("changed"))
                continue;
            const CommandAnswer& answer = now.at(place);
            applied.changed.emplace_back(answer.response->command, row.id<LocationId>("location_id"));
            if (row.boolean("finished"))
                finished.emplace(answer.ordinal, finishedRow(row, answer.response->result, answer.ordinal));
        }
        for (std::size_t place = 0; place < now.size(); ++place) {
            if (!isKnown[place])
                applied.unknown.push_back(now[place].ordinal);
        }
    }
    for (auto& [ordinal, row] : finished)
        applied.finished.push_back(std::move(row));
    return applied;
}

} // namespace cohort::store
