#include "server/composer/commit/action_effects.h"

#include "shared/base/limits.h"

#include <QJsonArray>

#include <algorithm>

namespace cohort::composer {

namespace {

using L = QLatin1String;

std::string text(const QJsonObject& object, const char* member)
{
    return object.value(L(member)).toString().toStdString();
}

DeviceId deviceOf(const InstanceEntry& entry, const QJsonValue& key)
{
    const std::string wanted = key.toString().toStdString();
    for (const engine::DeviceInfo& device : entry.home->devices) {
        if (device.key == wanted)
            return device.id;
    }
    return {};
}

std::vector<actions::RoleRecipient> recipientsOf(const QJsonObject& payload)
{
    std::vector<actions::RoleRecipient> recipients;
    for (const auto& value : payload.value(L("to")).toArray()) {
        const QJsonObject one = value.toObject();
        recipients.push_back({text(one, "role"), Milliseconds(one.value(L("after_ms")).toInteger())});
    }
    return recipients;
}

Result<actions::NewAlert> alertOf(const EffectSource& source, const QJsonObject& payload)
{
    const QString word = payload.value(L("severity")).toString(model::textOf(model::Severity::Normal));
    const auto severity = model::valueOf<model::Severity>(word);
    if (!severity)
        return fail(ErrorCode::WrongValue, QStringLiteral("an alert's severity must be low, normal or urgent"));
    actions::NewAlert alert;
    alert.deployment = source.entry.deployment;
    alert.location = source.entry.key.location;
    alert.script = source.entry.key.script;
    alert.run = source.run;
    alert.key = text(payload, "key");
    alert.severity = *severity;
    alert.texts = payload.value(L("text")).toObject();
    alert.at = source.at;
    alert.recipients = recipientsOf(payload);
    for (const auto& value : payload.value(L("actions")).toArray()) {
        const QJsonObject one = value.toObject();
        alert.actions.push_back({text(one, "key"), one.value(L("text")).toObject(),
                                 deviceOf(source.entry, one.value(L("device"))), one.value(L("parameters")).toArray()});
    }
    if (payload.value(L("repeat_ms")).isDouble())
        alert.repeat = Milliseconds(payload.value(L("repeat_ms")).toInteger());
    alert.effect = source.effect;
    return alert;
}

bool isRefusal(ErrorCode code)
{
    return code == ErrorCode::WrongValue || code == ErrorCode::MissingValue || code == ErrorCode::NoSuchDevice ||
           code == ErrorCode::NotFound || code == ErrorCode::TooLarge || code == ErrorCode::OtherLocation;
}

QString author(const InstanceEntry& entry)
{
    return QStringLiteral("script:%1").arg(entry.key.script.value);
}

Result<Carried> carryAlert(store::Connection& connection, const EffectSource& source, const QJsonObject& payload)
{
    COHORT_TRY(wanted, alertOf(source, payload));
    COHORT_TRY(recorded, actions::recordAlert(connection, wanted));
    Carried carried;
    if (recorded.heldBack)
        carried.refused =
            QStringLiteral("held back: over %1 alerts of this key in this home within an hour").arg(AlertsPerHourMost);
    else if (!recorded.has_value())
        carried.refused = QStringLiteral("an alert of this key is open already");
    else
        carried.notices.emplace_back(
            bus::AlertChanged{recorded.value(), source.entry.deployment, source.entry.key.location});
    return carried;
}

Result<Carried> carryResolve(store::Connection& connection, const EffectSource& source, const QJsonObject& payload)
{
    COHORT_TRY(resolved, actions::resolveAlert(connection, source.entry.key.location, source.entry.key.script,
                                               text(payload, "key"), author(source.entry)));
    Carried carried;
    for (const AlertId alert : resolved)
        carried.notices.emplace_back(bus::AlertChanged{alert, source.entry.deployment, source.entry.key.location});
    return carried;
}

actions::NewQuestion questionOf(const QJsonObject& payload)
{
    actions::NewQuestion question;
    for (const auto& value : payload.value(L("choices")).toArray())
        question.choices.push_back({value[L("key")].toString(), value[L("text")].toObject()});
    question.type = question.choices.empty() ? model::QuestionType::YesNo : model::QuestionType::OneOf;
    return question;
}

Result<Carried> carryMessage(store::Connection& connection, const EffectSource& source, const QJsonObject& payload,
                             bool question)
{
    actions::NewMessage message;
    message.deployment = source.entry.deployment;
    message.location = source.entry.key.location;
    message.recipients = recipientsOf(payload);
    message.texts = payload.value(L("text")).toObject();
    message.author = author(source.entry);
    message.key = text(payload, "key");
    message.effect = source.effect;
    if (question) {
        message.question = questionOf(payload);
    }
    COHORT_TRY(recorded, actions::recordMessage(connection, message));
    Carried carried;
    if (recorded.empty())
        carried.refused = QStringLiteral("nobody in this home has such a role");
    for (const MessageId id : recorded)
        carried.notices.emplace_back(bus::MessageChanged{id, source.entry.deployment, {}});
    return carried;
}

Result<Carried> carryCommand(store::Connection& connection, const EffectSource& source, const QJsonObject& payload)
{
    actions::NewCommand command;
    command.deployment = source.entry.deployment;
    command.location = source.entry.key.location;
    command.device = deviceOf(source.entry, payload.value(L("device")));
    command.parameters = payload.value(L("parameters")).toArray();
    if (payload.value(L("expires_ms")).isDouble())
        command.expires = Milliseconds(payload.value(L("expires_ms")).toInteger());
    command.requestedBy = author(source.entry);
    command.effect = source.effect;
    COHORT_TRY(id, actions::recordCommand(connection, command));
    Carried carried;
    carried.notices.emplace_back(bus::CommandChanged{id, source.entry.deployment, source.entry.key.location});
    return carried;
}

Result<Carried> dispatch(store::Connection& connection, const EffectSource& source, const Decided& effect)
{
    switch (effect.kind) {
    case engine::EffectKind::Alert:
        return carryAlert(connection, source, effect.payload);
    case engine::EffectKind::ResolveAlert:
        return carryResolve(connection, source, effect.payload);
    case engine::EffectKind::Notify:
        return carryMessage(connection, source, effect.payload, false);
    case engine::EffectKind::Ask:
        return carryMessage(connection, source, effect.payload, true);
    case engine::EffectKind::Command:
        return carryCommand(connection, source, effect.payload);
    default:
        return Carried{};
    }
}

} // namespace

Result<Carried> carryOut(store::Connection& connection, const EffectSource& source, const Decided& effect)
{
    auto carried = dispatch(connection, source, effect);
    if (!carried && isRefusal(carried.error().code))
        return Carried{carried.error().detail, {}};
    return carried;
}

Result<Carried> raisePausedAlert(store::Connection& connection, const InstanceEntry& entry, Timestamp at)
{
    actions::NewAlert alert;
    alert.deployment = entry.deployment;
    alert.location = entry.key.location;
    alert.script = entry.key.script;
    alert.key = "script-paused";
    alert.texts = QJsonObject{
        {QStringLiteral("en"),
         QStringLiteral("A script was paused in this home: %1").arg(entry.trouble.detail.left(500))},
        {QStringLiteral("de"),
         QStringLiteral("Ein Skript wurde in diesem Zuhause angehalten: %1").arg(entry.trouble.detail.left(500))}};
    alert.at = at;
    COHORT_TRY(recorded, actions::recordAlert(connection, alert));
    Carried carried;
    if (recorded.has_value())
        carried.notices.emplace_back(bus::AlertChanged{recorded.value(), entry.deployment, entry.key.location});
    carried.notices.emplace_back(bus::ScriptChanged{entry.key.script, entry.deployment});
    return carried;
}

} // namespace cohort::composer
