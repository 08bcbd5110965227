#include "server/app/api_role.h"

namespace cohort::app {

namespace {

api::Services services(const Common& common, const ApiNeighbours& neighbours)
{
    api::Services services{.bus = common.bus,
                           .committer = common.committer,
                           .metrics = common.metrics,
                           .clock = common.clock,
                           .check = {},
                           .library = {},
                           .deviceServer = {},
                           .composerState = neighbours.composerState,
                           .samples = neighbours.samples,
                           .node = common.options.node};
    if (ScriptServices* scripts = neighbours.scripts) {
        services.check = [scripts](const QString& source, const QMap<QString, QString>& helpers) {
            return scripts->check(source, helpers);
        };
        services.library = [scripts] { return scripts->library(); };
    }
    const QString own = neighbours.directory == nullptr ? common.options.deviceIoUrl : QString();
    services.deviceServer = [directory = neighbours.directory, own](const QString& device) -> Result<QString> {
        if (directory == nullptr)
            return own;
        COHORT_TRY(server, directory->choose(device.toStdString()));
        return QString::fromStdString(server.url);
    };
    return services;
}

api::ApiOptions apiOptions(const Common& common)
{
    api::ApiOptions options;
    options.database = common.database;
    options.settings.deviceioUrl = common.options.deviceIoUrl;
    options.settings.publicUrl = common.options.apiUrl();
    options.settings.isReady = [&ready = common.isReady, &committer = common.committer] {
        return ready.load() && !committer.isReplaced() && !committer.isSilent();
    };
    return options;
}

net::ListenOptions apiListen(const Common& common)
{
    net::ListenOptions listen = listenOptions(common.options, common.options.api);
    listen.limits = api::ApiHandler::limits();
    return listen;
}

} // namespace

ApiRole::ApiRole(const Common& common, const ApiNeighbours& neighbours)
    : m_handler(std::make_shared<api::ApiHandler>(apiOptions(common), services(common, neighbours))),
      m_port(std::make_unique<net::Server>(common.io, apiListen(common), m_handler))
{
    m_port->exportTo(common.metrics, "api");
}

ApiRole::~ApiRole()
{
    stop();
}

Result<void> ApiRole::start()
{
    m_handler->start();
    return m_port->start();
}

void ApiRole::stopPort()
{
    m_port->stop();
}

void ApiRole::stop()
{
    m_port->stop();
    m_handler->stop();
}

} // namespace cohort::app
