#include "server/sim/registrar.h"

namespace cohort::sim {

namespace {

constexpr int GatewayType = 20001;

QJsonObject find(const QJsonArray& items, const QString& member, const QString& value)
{
    for (const QJsonValue& item : items) {
        if (item.toObject().value(member).toString() == value)
            return item.toObject();
    }
    return {};
}

qint64 idOf(const QJsonObject& object)
{
    return object.value(QStringLiteral("id")).toInteger();
}

} // namespace

Result<qint64> Registrar::deployment(const WantedLocation& wanted)
{
    COHORT_TRY(all, m_api.list(QStringLiteral("deployment.list"), {}));
    const QJsonObject found = find(all, QStringLiteral("name"), wanted.deployment);
    if (!found.isEmpty())
        return idOf(found);
    COHORT_TRY(made, m_api.call(QStringLiteral("deployment.create"), {{QStringLiteral("name"), wanted.deployment},
                                                                      {QStringLiteral("timeZone"), wanted.timeZone}}));
    return idOf(made);
}

Result<qint64> Registrar::location(const WantedLocation& wanted)
{
    bool isNumber = false;
    const qint64 id = wanted.name.toLongLong(&isNumber);
    if (isNumber) {
        COHORT_TRY(found, m_api.call(QStringLiteral("location.get"), {{QStringLiteral("id"), id}}));
        return idOf(found.value(QStringLiteral("location")).toObject());
    }
    COHORT_TRY(deployments, m_api.list(QStringLiteral("deployment.list"), {}));
    for (const QJsonValue& item : deployments) {
        const QJsonObject deployment = item.toObject();
        if (!wanted.deployment.isEmpty() && deployment.value(QStringLiteral("name")).toString() != wanted.deployment)
            continue;
        COHORT_TRY(locations,
                   m_api.list(QStringLiteral("location.list"), {{QStringLiteral("deployment"), idOf(deployment)}}));
        const QJsonObject found = find(locations, QStringLiteral("name"), wanted.name);
        if (!found.isEmpty())
            return idOf(found);
    }
    if (wanted.deployment.isEmpty())
        return fail(ErrorCode::NotFound,
                    QStringLiteral("there is no location '%1'; name a --deployment to make it").arg(wanted.name));
    COHORT_TRY(deployment, this->deployment(wanted));
    COHORT_TRY(made, m_api.call(QStringLiteral("location.create"), {{QStringLiteral("deployment"), deployment},
                                                                    {QStringLiteral("name"), wanted.name},
                                                                    {QStringLiteral("timeZone"), wanted.timeZone},
                                                                    {QStringLiteral("clock"), wanted.clock}}));
    return idOf(made);
}

Result<QString> Registrar::gatewayToken(qint64 location, const QString& key, const QJsonArray& existing)
{
    const QJsonObject found = find(existing, QStringLiteral("key"), key);
    if (!found.isEmpty()) {
        COHORT_TRY(answer, m_api.call(QStringLiteral("device.newToken"), {{QStringLiteral("id"), idOf(found)}}));
        return answer.value(QStringLiteral("token")).toString();
    }
    COHORT_TRY(
        made, m_api.call(QStringLiteral("device.register"), {{QStringLiteral("location"), location},
                                                             {QStringLiteral("key"), key},
                                                             {QStringLiteral("type"), GatewayType},
                                                             {QStringLiteral("description"), QStringLiteral("Gateway")},
                                                             {QStringLiteral("token"), true}}));
    return made.value(QStringLiteral("token")).toString();
}

Result<Gateway> Registrar::gateway(qint64 location, const QString& key, const std::vector<WantedDevice>& devices)
{
    COHORT_TRY(existing, m_api.list(QStringLiteral("device.list"), {{QStringLiteral("location"), location}}));
    COHORT_TRY(token, gatewayToken(location, key, existing));
    for (const WantedDevice& device : devices) {
        if (!find(existing, QStringLiteral("key"), device.key).isEmpty())
            continue;
        QJsonObject params{{QStringLiteral("location"), location},
                           {QStringLiteral("key"), device.key},
                           {QStringLiteral("type"), device.type},
                           {QStringLiteral("use"), device.use},
                           {QStringLiteral("gateway"), key},
                           {QStringLiteral("token"), false},
                           {QStringLiteral("description"), device.description}};
        if (!device.roomKind.isEmpty())
            params.insert(QStringLiteral("roomKind"), device.roomKind);
        COHORT_TRY(made, m_api.call(QStringLiteral("device.register"), params));
    }
    COHORT_TRY(server, m_api.get(QStringLiteral("/cloud/json/settingsServer?type=deviceio&deviceId=%1&ssl=%2")
                                     .arg(key, m_api.address().url.startsWith(QStringLiteral("https"))
                                                   ? QStringLiteral("true")
                                                   : QStringLiteral("false"))));
    return Gateway{location, key, token, QString::fromUtf8(server).trimmed()};
}

} // namespace cohort::sim
