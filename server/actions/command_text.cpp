#include "server/actions/actions.h"
#include "server/actions/command_sink.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace cohort::actions {

namespace {

QString resultText(int result)
{
    switch (result) {
    case 0:
        return QStringLiteral("received");
    case 1:
        return QStringLiteral("executed");
    case 2:
        return QStringLiteral("an error of the hub");
    case 3:
        return QStringLiteral("not supported by the hub");
    case 4:
        return QStringLiteral("the hub does not know the device");
    case 5:
        return QStringLiteral("not supported by the device");
    case 6:
        return QStringLiteral("no connection to the device");
    case 8:
        return QStringLiteral("wrong format");
    default:
        return QStringLiteral("the device could not do it");
    }
}

} // namespace

QString commandStateText(const QString& state, bool wasSent, std::optional<int> result, std::optional<int> lateResult)
{
    const QString late = lateResult ? QStringLiteral("; late answer: ") + resultText(*lateResult) : QString();
    if (state == QStringLiteral("queued"))
        return QStringLiteral("waiting for the device");
    if (state == QStringLiteral("sent"))
        return QStringLiteral("sent, not yet received");
    if (state == QStringLiteral("received"))
        return QStringLiteral("received, not yet done");
    if (state == QStringLiteral("failed"))
        return QStringLiteral("failed: ") + resultText(result.value_or(7));
    if (state == QStringLiteral("expired"))
        return (wasSent ? QStringLiteral("expired, not confirmed")
                        : QStringLiteral("expired, the device was not reached")) +
               late;
    if (state == QStringLiteral("cancelled"))
        return state + late;
    return state; // executed
}

std::string OutgoingCommand::toJson() const
{
    const QJsonObject key{{QStringLiteral("deviceId"), QString::fromStdString(deviceKey)}};
    std::string quoted = QJsonDocument(key).toJson(QJsonDocument::Compact).toStdString(); // {"deviceId":"…"}
    quoted.pop_back();
    return "{\"commandId\":" + std::to_string(id.value) + ",\"type\":" + std::to_string(type) + "," + quoted.substr(1) +
           ",\"parameters\":" + parameters + "}";
}

} // namespace cohort::actions
