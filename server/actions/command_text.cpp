#include "server/actions/command_sink.h"
#include "shared/base/value_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cohort::actions {

namespace {

// Firmware reads one form: a number that somebody typed and one that a script computed are both texts, as on or off is.
QJsonValue asText(const QJsonValue& json)
{
    if (json.isString() || json.isNull())
        return json;
    const auto value = valueOfJson(json);
    return value ? QJsonValue(QString::fromStdString(textOf(*value))) : json;
}

std::string parametersText(const std::string& parameters)
{
    QJsonArray texts;
    for (const auto& one : QJsonDocument::fromJson(QByteArray::fromStdString(parameters)).array()) {
        QJsonObject parameter = one.toObject();
        const QJsonValue index = asText(parameter[QStringLiteral("index")]);
        parameter[QStringLiteral("index")] = index.toString();
        parameter[QStringLiteral("value")] = asText(parameter[QStringLiteral("value")]);
        texts.append(parameter);
    }
    return QJsonDocument(texts).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

std::string OutgoingCommand::toJson() const
{
    const QJsonObject key{{QStringLiteral("deviceId"), QString::fromStdString(deviceKey)}};
    std::string quoted = QJsonDocument(key).toJson(QJsonDocument::Compact).toStdString(); // {"deviceId":"…"}
    quoted.pop_back();
    return "{\"commandId\":" + std::to_string(id.value) + ",\"type\":" + std::to_string(type) + "," + quoted.substr(1) +
           ",\"parameters\":" + parametersText(parameters) + "}";
}

} // namespace cohort::actions
