#include "server/composer/commit/trace.h"

#include "shared/base/value_json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cohort::composer {

namespace {

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

void insertText(QJsonObject& json, const QString& member, const std::string& value)
{
    if (!value.empty())
        json.insert(member, text(value));
}

} // namespace

bool isRecorded(const engine::Run& run, const engine::RunResult& result)
{
    return !result.effects.empty() || result.status != engine::RunStatus::Ok || !result.because.empty() ||
           !result.log.empty() || result.cpuUs >= LongRunUs || run.seed % SampleOneOf == 0;
}

QJsonObject triggerJson(const engine::Event& event, const engine::HomeInfo& home)
{
    QJsonObject json{{QStringLiteral("kind"), QString::fromLatin1(engine::eventKindName(event.kind))},
                     {QStringLiteral("time"), text(toIso(event.time))}};
    insertText(json, QStringLiteral("name"), event.name);
    insertText(json, QStringLiteral("index"), event.index);
    const auto device = std::find_if(home.devices.begin(), home.devices.end(),
                                     [&](const engine::DeviceInfo& one) { return one.id == event.device; });
    if (device != home.devices.end())
        json.insert(QStringLiteral("device"), text(device->key));
    if (event.value)
        json.insert(QStringLiteral("value"), valueJson(*event.value));
    if (event.previous)
        json.insert(QStringLiteral("previous"), valueJson(*event.previous));
    if (event.late)
        json.insert(QStringLiteral("late"), true);
    if (event.depth > 0)
        json.insert(QStringLiteral("depth"), event.depth);
    if (!event.data.empty()) {
        const QByteArray list = '[' + QByteArray::fromStdString(event.data) + ']';
        json.insert(QStringLiteral("data"), QJsonDocument::fromJson(list).array().at(0));
    }
    return json;
}

} // namespace cohort::composer
