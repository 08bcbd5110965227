// script.*: writing, versions, checking, traces
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/scripts/text_diff.h"
#include "server/store/repositories/run_repository.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/protocol/operations/script.h"

namespace cohort::api {

using store::ScriptDeploymentRepository;
using store::ScriptRepository;

namespace {

Result<model::CreatedScript> createScript(Call& call, const protocol::ScriptCreate& wanted)
{
    COHORT_TRY(id, ScriptRepository(call.connection).create(wanted.deployment, wanted.name, {}));
    const NewVersion first{.script = id,
                           .base = 0,
                           .source = wanted.source.value_or(QString()),
                           .helpers = {},
                           .comment = wanted.comment.value_or(QString())};
    model::CreatedScript created;
    if (!first.source.isEmpty()) {
        COHORT_TRY(checked, checkSource(call, first.source, first.helpers));
        COHORT_TRY(saved, saveChecked(call, first, checked));
        created.faults = std::move(saved.faults);
    }
    COHORT_TRY(script, changedScript(call, id));
    created.script = std::move(script);
    return created;
}

Result<model::Page<model::Script>> listScripts(Call& call, const protocol::ScriptList& wanted)
{
    return ScriptRepository(call.connection)
        .list(wanted.deployment, wanted.after.value_or(ScriptId{}), limitOf(wanted));
}

// Of the newest version; nothing where there is none yet.
Result<model::ScriptSource> newestText(Call& call, ScriptId script)
{
    const auto newest = ScriptRepository(call.connection).version(script, 0);
    if (newest)
        return newest->text;
    return newest.error().code == ErrorCode::NotFound ? Result<model::ScriptSource>(model::ScriptSource())
                                                      : fail(newest.error());
}

Result<model::ScriptDetail> getScript(Call& call, const protocol::ScriptGet& wanted)
{
    model::ScriptDetail detail;
    ScriptRepository scripts(call.connection);
    COHORT_TRY(script, scripts.find(wanted.id));
    detail.script = std::move(script);
    COHORT_TRY(text, newestText(call, wanted.id));
    detail.text = std::move(text);
    ScriptDeploymentRepository deployments(call.connection);
    COHORT_TRY(placed, deployments.list(wanted.id));
    for (const auto& one : placed)
        detail.deployments.append(one.place);
    COHORT_TRY(instances, scripts.instances(wanted.id));
    detail.instances = std::move(instances);
    COHORT_TRY(parameters, deployments.parameters(wanted.id));
    for (const auto& row : parameters)
        (row.location ? detail.values.homes[QString::number(row.location.value)] : detail.values.all) = row.values;
    return detail;
}

Result<model::Page<model::ScriptVersion>> listVersions(Call& call, const protocol::ScriptVersions& wanted)
{
    return ScriptRepository(call.connection).versions(wanted.id);
}

Result<model::ScriptVersionText> getVersion(Call& call, const protocol::ScriptVersionGet& wanted)
{
    return ScriptRepository(call.connection).version(wanted.id);
}

// The script first, then each helper that one of the two versions has.
Result<model::ScriptDiff> diffVersions(Call& call, const protocol::ScriptDiff& wanted)
{
    ScriptRepository repository(call.connection);
    COHORT_TRY(from, repository.version(wanted.id, wanted.from));
    COHORT_TRY(to, repository.version(wanted.id, wanted.to));
    model::ScriptDiff diff{from.version.number, to.version.number,
                           scripts::diffLines(QStringLiteral("script"), from.text.source, to.text.source)};
    QMap<QString, QString> modules = from.text.helpers;
    modules.insert(to.text.helpers);
    for (const QString& module : modules.keys())
        diff.lines.append(scripts::diffLines(module, from.text.helpers.value(module), to.text.helpers.value(module)));
    return diff;
}

Result<model::CheckResult> checkScript(Call& call, const protocol::ScriptCheck& wanted)
{
    COHORT_TRY(checked, checkSource(call, wanted.source, wanted.helpers.value_or(protocol::Helpers())));
    return checked.found;
}

// The check runs before the transaction: a slow check must not hold rows locked.
Result<model::SavedVersion> saveVersion(Call& call, const protocol::ScriptSaveVersion& wanted)
{
    const NewVersion version{.script = wanted.id,
                             .base = wanted.baseVersion.value_or(0),
                             .source = wanted.source,
                             .helpers = wanted.helpers.value_or(protocol::Helpers()),
                             .comment = wanted.comment.value_or(QString())};
    COHORT_TRY(checked, checkSource(call, version.source, version.helpers));
    model::SavedVersion answer;
    const auto done = call.connection.transaction([&]() -> Result<void> {
        COHORT_TRY(saved, saveChecked(call, version, checked));
        answer = std::move(saved);
        return {};
    });
    if (!done)
        return fail(done.error());
    noteScript(call, wanted.id);
    return answer;
}

Result<model::RunPage> listRuns(Call& call, const protocol::ScriptRuns& wanted)
{
    store::RunRepository repository(call.connection);
    const LocationId location = wanted.location.value_or(LocationId{});
    COHORT_TRY(page, repository.list(wanted.id, location, wanted.before.value_or(RunId{}), limitOf(wanted)));
    COHORT_TRY(lines, repository.logLines(wanted.id, location));
    model::RunPage answer;
    answer.items = std::move(page.items);
    answer.more = page.more;
    answer.logLines = lines;
    return answer;
}

} // namespace

HandlerRows scriptHandlers()
{
    return {handler<protocol::ScriptCreate, &createScript>(),
            handler<protocol::ScriptList, &listScripts>(),
            handler<protocol::ScriptGet, &getScript>(),
            handler<protocol::ScriptVersions, &listVersions>(),
            handler<protocol::ScriptVersionGet, &getVersion>(),
            handler<protocol::ScriptDiff, &diffVersions>(),
            handler<protocol::ScriptCheck, &checkScript>(),
            handler<protocol::ScriptSaveVersion, &saveVersion>(OwnTransaction),
            handler<protocol::ScriptRuns, &listRuns>()};
}

} // namespace cohort::api
