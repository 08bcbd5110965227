// What the api needs of the rest of the server, as app hands it over; everything here outlives ApiHandler.
// Thread: every function may be called from any executor thread. Owner: app. Flow: app → ApiHandler → handlers.
#pragma once

#include "server/bus/bus.h"
#include "server/metrics/metrics.h"
#include "server/scripts/checked_script.h"
#include "server/store/log/committer.h"
#include "shared/model/server.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace cohort::api {

struct Services
{
    bus::Bus& bus;
    store::Committer& committer;
    metrics::Registry& metrics;
    const Clock& clock;
    // Blocks up to 5 s. Errors: SandboxUnsafe, Timeout.
    std::function<Result<scripts::CheckedScript>(const QString& source, const QMap<QString, QString>& helpers)> check;
    std::function<std::vector<scripts::ShippedScript>()> library;
    // The URL of the device server that this device should use; never waits. Null: ApiSettings::deviceioUrl.
    // Errors: Unavailable.
    std::function<Result<QString>(const QString& deviceKey)> deviceServer;
    // Null: composer is off, and nobody knows why.
    std::function<model::ComposerState()> composerState;
    // This node's 5 s samples of the last hour between two moments, by time.
    std::function<QList<model::MetricSample>(Timestamp from, Timestamp to)> samples;
    QString node = {}; // this server's name among the stored samples
};

struct ApiSettings
{
    QString deviceioUrl;           // where devices post, shown in curl lines and server.info
    QString publicUrl;             // of this port, for enrolment links; empty: taken from nothing, a path only
    std::function<bool()> isReady; // /espapi/watch; null: always
    int reviewSeconds = 30;        // until a console must have signed in
};

} // namespace cohort::api
