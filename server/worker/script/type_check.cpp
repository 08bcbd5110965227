#include "server/worker/script/type_check.h"

#include "shared/model/command_check.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cohort::worker {
namespace {

// Why the device does not take this; empty: it does, or it is for no device.
QString refusalOf(const QJsonObject& told, const engine::HomeInfo& home)
{
    const std::string key = told.value(QStringLiteral("device")).toString().toStdString();
    if (key.empty() && told.value(QStringLiteral("parameters")).toArray().isEmpty())
        return {};
    const auto device = std::find_if(home.devices.begin(), home.devices.end(),
                                     [&](const engine::DeviceInfo& one) { return one.key == key; });
    const auto checked = model::checkedCommand(device == home.devices.end() ? 0 : device->type,
                                               told.value(QStringLiteral("parameters")).toArray());
    return checked ? QString() : QStringLiteral("'%1': %2").arg(QString::fromStdString(key), checked.error().detail);
}

TypeChecked withoutActions(TypeChecked alert, QJsonObject payload, const engine::HomeInfo& home)
{
    const QString member = QStringLiteral("actions");
    QJsonArray offered;
    for (const auto& action : payload.value(member).toArray()) {
        const QString refused = refusalOf(action.toObject(), home);
        if (refused.isEmpty())
            offered.append(action);
        else
            alert.why.append(QStringLiteral("the server raises the alert '%1' without its action '%2' on %3")
                                 .arg(payload.value(QStringLiteral("key")).toString(),
                                      action[QStringLiteral("key")].toString(), refused));
    }
    if (alert.why.isEmpty())
        return alert;
    payload.insert(member, offered);
    alert.effect.payload = QJsonDocument(payload).toJson(QJsonDocument::Compact).toStdString();
    return alert;
}

} // namespace

TypeChecked checkedByType(const engine::Effect& effect, const engine::HomeInfo& home)
{
    TypeChecked checked{effect, false, {}};
    if (effect.kind != engine::EffectKind::Command && effect.kind != engine::EffectKind::Alert)
        return checked;
    const QJsonObject payload = QJsonDocument::fromJson(QByteArray::fromStdString(effect.payload)).object();
    if (effect.kind == engine::EffectKind::Alert)
        return withoutActions(std::move(checked), payload, home);
    const QString refused = refusalOf(payload, home);
    checked.isRefused = !refused.isEmpty();
    if (checked.isRefused)
        checked.why.append(QStringLiteral("the server refuses the command to %1").arg(refused));
    return checked;
}

} // namespace cohort::worker
