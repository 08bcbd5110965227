// device.command, command.*
#include "server/actions/actions.h"
#include "server/api/operations/handlers.h"
#include "server/api/operations/made_once.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/device_repository.h"
#include "shared/protocol/operations/device.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::CommandRepository;

namespace {

// As the device gets them: without an index where there is none.
QJsonArray parametersOf(const protocol::DeviceCommand& wanted)
{
    QJsonArray parameters;
    for (const auto& parameter : wanted.parameters)
        parameters.append(model::toParameters(parameter));
    return parameters;
}

Result<model::Command> sendCommand(Call& call, const protocol::DeviceCommand& wanted)
{
    COHORT_TRY(device, store::DeviceRepository(call.connection).record(wanted.id));
    actions::NewCommand command;
    command.deployment = call.deployment;
    command.location = device.location;
    command.device = wanted.id;
    command.parameters = parametersOf(wanted);
    command.expires = Milliseconds(wanted.expiresMs.value_or(CommandExpiryMs));
    command.requestedBy = call.identity.actor();
    command.comment = wanted.comment.value_or(QString());
    const auto make = [&]() -> Result<qint64> {
        COHORT_TRY(made, actions::recordCommand(call.connection, command));
        for (const auto& change : actions::changesOf(made, call.deployment, command.location))
            call.notices.emplace_back(change);
        return made.value;
    };
    COHORT_TRY(id, madeOnce(call, wanted.requestId, make));
    return CommandRepository(call.connection).find(CommandId{id});
}

Result<model::Page<model::Command>> listCommands(Call& call, const protocol::CommandList& wanted)
{
    return CommandRepository(call.connection)
        .list(wanted.location, wanted.after.value_or(CommandId{}), limitOf(wanted));
}

Result<model::Command> getCommand(Call& call, const protocol::CommandGet& wanted)
{
    return CommandRepository(call.connection).find(wanted.id);
}

Result<model::Command> cancelCommand(Call& call, const protocol::CommandCancel& wanted)
{
    CommandRepository commands(call.connection);
    COHORT_TRY(place, commands.cancel(wanted.id));
    if (!place)
        return fail(ErrorCode::Conflict, u"the command has ended already"_s);
    call.notices.emplace_back(bus::CommandChanged{place->id, place->deployment, place->location});
    return commands.find(wanted.id);
}

} // namespace

HandlerRows commandHandlers()
{
    return {handler<protocol::DeviceCommand, &sendCommand>(), handler<protocol::CommandList, &listCommands>(),
            handler<protocol::CommandGet, &getCommand>(), handler<protocol::CommandCancel, &cancelCommand>()};
}

} // namespace cohort::api
