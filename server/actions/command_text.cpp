#include "server/actions/command_sink.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace cohort::actions {

std::string OutgoingCommand::toJson() const
{
    const QJsonObject key{{QStringLiteral("deviceId"), QString::fromStdString(deviceKey)}};
    std::string quoted = QJsonDocument(key).toJson(QJsonDocument::Compact).toStdString(); // {"deviceId":"…"}
    quoted.pop_back();
    return "{\"commandId\":" + std::to_string(id.value) + ",\"type\":" + std::to_string(type) + "," + quoted.substr(1) +
           ",\"parameters\":" + parameters + "}";
}

} // namespace cohort::actions
