#include "server/sim/registrar.h"

#include "server/sim/typed_call.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/place.h"

#include <algorithm>

namespace cohort::sim {

namespace {

constexpr int GatewayType = 20001;

template <typename T>
const T* named(const QList<T>& nouns, const QString& name)
{
    const auto found = std::find_if(nouns.begin(), nouns.end(), [&](const T& noun) { return noun.name == name; });
    return found == nouns.end() ? nullptr : &*found;
}

const model::Device* withKey(const QList<model::Device>& devices, const QString& key)
{
    const auto found =
        std::find_if(devices.begin(), devices.end(), [&](const model::Device& device) { return device.key == key; });
    return found == devices.end() ? nullptr : &*found;
}

} // namespace

Result<DeploymentId> Registrar::deployment(const WantedLocation& wanted)
{
    COHORT_TRY(all, askForAll(m_api, protocol::DeploymentList{}));
    if (const model::Deployment* found = named(all, wanted.deployment))
        return found->id;
    protocol::DeploymentCreate create;
    create.name = wanted.deployment;
    create.timeZone = wanted.timeZone;
    COHORT_TRY(made, ask(m_api, create));
    return made.id;
}

Result<LocationId> Registrar::existing(const WantedLocation& wanted)
{
    bool isNumber = false;
    const LocationId id{wanted.name.toLongLong(&isNumber)};
    if (isNumber) {
        COHORT_TRY(found, ask(m_api, protocol::LocationGet{id}));
        return found.location.id;
    }
    COHORT_TRY(deployments, askForAll(m_api, protocol::DeploymentList{}));
    for (const model::Deployment& deployment : deployments) {
        if (!wanted.deployment.isEmpty() && deployment.name != wanted.deployment)
            continue;
        protocol::LocationList list;
        list.deployment = deployment.id;
        COHORT_TRY(locations, askForAll(m_api, list));
        if (const model::Location* found = named(locations, wanted.name))
            return found->id;
    }
    return LocationId{};
}

Result<LocationId> Registrar::location(const WantedLocation& wanted)
{
    COHORT_TRY(found, existing(wanted));
    if (found)
        return found;
    if (wanted.deployment.isEmpty())
        return fail(ErrorCode::NotFound,
                    QStringLiteral("there is no location '%1'; name a --deployment to make it").arg(wanted.name));
    const auto clock = model::valueOf<model::LocationClock>(wanted.clock);
    if (!clock)
        return fail(ErrorCode::WrongValue, QStringLiteral("there is no clock '%1'").arg(wanted.clock));
    COHORT_TRY(deployment, this->deployment(wanted));
    protocol::LocationCreate create;
    create.deployment = deployment;
    create.name = wanted.name;
    create.timeZone = wanted.timeZone;
    create.clock = *clock;
    COHORT_TRY(made, ask(m_api, create));
    return made.id;
}

Result<QString> Registrar::gatewayToken(LocationId location, const QString& key, const QList<model::Device>& devices)
{
    if (const model::Device* found = withKey(devices, key)) {
        COHORT_TRY(secret, ask(m_api, protocol::DeviceNewToken{found->id}));
        return secret.token.value_or(QString());
    }
    protocol::DeviceRegister wanted;
    wanted.location = location;
    wanted.key = key;
    wanted.traits.type = GatewayType;
    wanted.traits.description = QStringLiteral("Gateway");
    wanted.token = true;
    COHORT_TRY(made, ask(m_api, wanted));
    return made.secret.token.value_or(QString());
}

Result<Gateway> Registrar::gateway(LocationId location, const QString& key, const std::vector<WantedDevice>& devices)
{
    protocol::DeviceList list;
    list.location = location;
    COHORT_TRY(known, askForAll(m_api, list));
    COHORT_TRY(token, gatewayToken(location, key, known));
    for (const WantedDevice& device : devices) {
        if (withKey(known, device.key) != nullptr)
            continue;
        protocol::DeviceRegister wanted;
        wanted.location = location;
        wanted.key = device.key;
        wanted.traits.type = device.type;
        wanted.traits.use = device.use;
        wanted.traits.description = device.description;
        if (!device.roomKind.isEmpty())
            wanted.traits.roomKind = device.roomKind;
        wanted.gateway = key;
        wanted.token = false;
        COHORT_CHECK(ask(m_api, wanted));
    }
    const bool secure = m_api.address().url.startsWith(QStringLiteral("https"));
    COHORT_TRY(server, m_api.get(QStringLiteral("/cloud/json/settingsServer?type=deviceio&deviceId=%1&ssl=%2")
                                     .arg(key, secure ? QStringLiteral("true") : QStringLiteral("false"))));
    return Gateway{location, key, token, QString::fromUtf8(server).trimmed()};
}

} // namespace cohort::sim
