// The Application API for devices: which server, login, user, registration, parameters.
// Thread: onRequest() on I/O threads; the work on the executor's. Owner: ApiHandler.
// Flow: /cloud/json/… → here → store, actions → {"resultCode":…}. Source: device-protocol.md.
#pragma once

#include "server/api/dispatch/api_context.h"
#include "server/directory/directory.h"
#include "server/net/http.h"

namespace cohort::api {

class Cloud
{
public:
    explicit Cloud(std::shared_ptr<ApiContext> context) : m_context(std::move(context)) {}
    void onRequest(const net::Request& request, const net::Reply& reply) const;

private:
    using Work = Result<QJsonObject> (*)(store::Connection&, const ApiContext&, const net::Request&);
    void settingsServer(const net::Request& request, const net::Reply& reply) const;
    void connectedUrl(const net::Request& request, const net::Reply& reply) const;
    void run(const net::Request& request, const net::Reply& reply, Work work, bool again) const;

    const std::shared_ptr<ApiContext> m_context;
};

// {"resultCode":…,"resultCodeMessage":…} with the HTTP status that fits.
net::Response cloudError(const Error& error);
// The device server that this device should use. Errors: Unavailable.
Result<directory::DeviceServer> chooseDeviceServer(const ApiContext& context, std::string_view deviceKey);

} // namespace cohort::api
