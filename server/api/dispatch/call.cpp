#include "server/api/dispatch/call.h"

namespace cohort::api {

std::optional<QString> Call::optionalText(const char* name) const
{
    const auto given = value(name);
    if (!given.isString())
        return std::nullopt;
    return given.toString();
}

QVariant Call::boundId(const char* name) const
{
    const auto given = value(name);
    return given.isDouble() ? QVariant(given.toInteger()) : store::nothing();
}

QVariant Call::boundTime(const char* name) const
{
    return has(name) ? store::bound(time(name)) : store::nothing();
}

std::optional<std::vector<qint64>> Call::ids(const char* name) const
{
    const auto given = value(name);
    if (!given.isArray())
        return std::nullopt;
    std::vector<qint64> all;
    for (const auto& id : given.toArray())
        all.push_back(id.toInteger());
    return all;
}

Timestamp Call::time(const char* name) const
{
    const auto moment = fromIso(text(name).toStdString());
    return moment ? *moment : Timestamp{};
}

QVariant Call::boundScope() const
{
    return store::bound(scope());
}

std::optional<QList<DeploymentId>> Call::scope() const
{
    if (deployment)
        return QList<DeploymentId>{deployment};
    return identity.scope(operation.roles);
}

} // namespace cohort::api
