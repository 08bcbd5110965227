// A small study to test with: a deployment, a home, a gateway and a sensor behind it.
// Thread: the test's. Owner: nobody. Flow: makeHome(database) → ids.
#pragma once

#include "shared/base/ids.h"
#include "tests/kit/test_database.h"

namespace cohort::testkit {

struct SampleHome
{
    DeploymentId deployment;
    LocationId location;
    DeviceId gateway; // key "gateway-NAME"
    DeviceId sensor;  // key "sensor-NAME", behind the gateway, start date 2000
};

// `name` keeps several apart; each gets a deployment and a home of its own.
inline SampleHome makeHome(const TestDatabase& database, const QByteArray& name = "a")
{
    database.run(
        "INSERT INTO deployment (name, time_zone) VALUES ('study-" + name +
        "', 'Europe/Vienna');"
        "INSERT INTO location (deployment_id, name, time_zone) SELECT id, 'home-" +
        name + "', 'Europe/Vienna' FROM deployment WHERE name = 'study-" + name +
        "';"
        "INSERT INTO device (deployment_id, location_id, key, start_date) SELECT deployment_id, id, 'gateway-" +
        name + "', '2000-01-01Z' FROM location WHERE name = 'home-" + name +
        "';"
        "INSERT INTO device (deployment_id, location_id, key, gateway_id, start_date) SELECT deployment_id, "
        "location_id, 'sensor-" +
        name + "', id, '2000-01-01Z' FROM device WHERE key = 'gateway-" + name + "';");
    const auto id = [&](const QByteArray& table, const QByteArray& condition) {
        return database.value("SELECT id FROM " + table + " WHERE " + condition).toLongLong();
    };
    return {DeploymentId{id("deployment", "name = 'study-" + name + "'")},
            LocationId{id("location", "name = 'home-" + name + "'")},
            DeviceId{id("device", "key = 'gateway-" + name + "'")},
            DeviceId{id("device", "key = 'sensor-" + name + "'")}};
}

} // namespace cohort::testkit
