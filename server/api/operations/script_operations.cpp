// script.*: writing, versions, checking, traces
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_json.h"
#include "server/api/operations/script_work.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

ScriptId scriptOf(const Call& call)
{
    return ScriptId{call.integer("id")};
}

Result<QJsonObject> create(Call& call)
{
    store::ScriptRepository scripts(call.connection);
    COHORT_TRY(id, scripts.create(call.deployment, call.text("name"), {}));
    if (!call.text("source").isEmpty())
        COHORT_CHECK(saveVersion(
            call,
            {.script = id, .base = 0, .source = call.text("source"), .helpers = {}, .comment = call.text("comment")}));
    noteScript(call, id);
    return scriptAnswer(call, id);
}

Result<QJsonObject> list(Call& call)
{
    COHORT_TRY(rows, store::ScriptRepository(call.connection).list(call.deployment));
    QJsonArray items;
    for (const auto& row : rows)
        items.append(scriptJson(row));
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

template <typename R, typename F>
QJsonArray each(const std::vector<R>& rows, F json)
{
    QJsonArray items;
    for (const auto& row : rows)
        items.append(json(row));
    return items;
}

Result<void> addNewestVersion(Call& call, QJsonObject& answer)
{
    const auto newest = store::ScriptRepository(call.connection).version(scriptOf(call), 0);
    if (!newest && newest.error().code != ErrorCode::NotFound)
        return fail(newest.error());
    answer.insert(u"source"_s, newest ? newest->source : QString());
    answer.insert(u"helpers"_s, newest ? newest->helpers : QJsonObject());
    answer.insert(u"faults"_s, newest ? newest->faults : QJsonArray());
    answer.insert(u"manifest"_s, newest && newest->manifest ? QJsonValue(newest->manifest->object()) : QJsonValue());
    return {};
}

Result<QJsonObject> get(Call& call)
{
    COHORT_TRY(answer, scriptAnswer(call, scriptOf(call)));
    COHORT_CHECK(addNewestVersion(call, answer));
    store::ScriptDeploymentRepository deployments(call.connection);
    COHORT_TRY(places, deployments.list(scriptOf(call)));
    COHORT_TRY(instances, store::ScriptRunRepository(call.connection).instances(scriptOf(call)));
    COHORT_TRY(parameters, deployments.parameters(scriptOf(call)));
    QJsonObject all, homes;
    for (const auto& row : parameters) {
        if (row.location)
            homes.insert(QString::number(row.location.value), row.values);
        else
            all = row.values;
    }
    answer.insert(u"deployments"_s, each(places, &deploymentJson));
    answer.insert(u"instances"_s, each(instances, &instanceJson));
    answer.insert(u"parameters"_s, QJsonObject{{u"all"_s, all}, {u"homes"_s, homes}});
    return answer;
}

Result<QJsonObject> versions(Call& call)
{
    COHORT_TRY(rows, store::ScriptRepository(call.connection).versions(scriptOf(call)));
    return QJsonObject{{u"items"_s, each(rows, &versionJson)}, {u"more"_s, false}};
}

Result<QJsonObject> version(Call& call)
{
    COHORT_TRY(row, store::ScriptRepository(call.connection).version(VersionId{call.integer("id")}));
    QJsonObject answer = versionJson(row);
    answer.insert(u"source"_s, row.source);
    answer.insert(u"helpers"_s, row.helpers);
    answer.insert(u"faults"_s, row.faults);
    answer.insert(u"manifest"_s, row.manifest ? QJsonValue(row.manifest->object()) : QJsonValue());
    return answer;
}

Result<QJsonObject> check(Call& call)
{
    COHORT_TRY(checked, checkSource(call, call.text("source"), call.value("helpers").toObject()));
    return QJsonObject{{u"accepted"_s, checked.faults.isEmpty()},
                       {u"faults"_s, checked.faults},
                       {u"manifest"_s, checked.manifest ? QJsonValue(checked.manifest->object()) : QJsonValue()}};
}

// The check runs before the transaction: a slow check must not hold rows locked.
Result<QJsonObject> save(Call& call)
{
    const NewVersion wanted{.script = scriptOf(call),
                            .base = static_cast<int>(call.integer("baseVersion")),
                            .source = call.text("source"),
                            .helpers = call.value("helpers").toObject(),
                            .comment = call.text("comment")};
    COHORT_TRY(checked, checkSource(call, wanted.source, wanted.helpers));
    QJsonObject answer;
    const auto done = call.connection.transaction([&]() -> Result<void> {
        COHORT_TRY(saved, saveChecked(call, wanted, checked));
        answer = std::move(saved);
        return {};
    });
    if (!done)
        return fail(done.error());
    noteScript(call, scriptOf(call));
    return answer;
}

Result<QJsonObject> runs(Call& call)
{
    store::ScriptRunRepository traces(call.connection);
    COHORT_TRY(rows, traces.list(scriptOf(call), LocationId{call.integer("location")}, RunId{call.integer("before")},
                                 call.limit()));
    return QJsonObject{{u"items"_s, each(rows, &runJson)},
                       {u"more"_s, rows.size() >= static_cast<std::size_t>(call.limit())}};
}

} // namespace

HandlerRows scriptHandlers()
{
    return {{"script.create", &create},          {"script.list", &list},       {"script.get", &get},
            {"script.versions", &versions},      {"script.version", &version}, {"script.check", &check},
            {"script.saveVersion", &save, true}, {"script.runs", &runs}};
}

} // namespace cohort::api
