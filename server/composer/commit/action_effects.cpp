#include "server/composer/commit/action_effects.h"

#include "server/store/repositories/script_repository.h"
#include "shared/base/limits.h"
#include "shared/model/command_check.h"

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

std::optional<int> typeOf(const InstanceEntry& entry, DeviceId id)
{
    for (const engine::DeviceInfo& device : entry.home->devices) {
        if (device.id == id)
            return device.type;
    }
    return std::nullopt;
}

// As the action's command will hold them ("off" is 0), so that the command is known again when it is taken twice.
QJsonArray asSent(const InstanceEntry& entry, DeviceId device, const QJsonArray& parameters)
{
    const auto type = typeOf(entry, device);
    return type ? model::checkedCommand(*type, parameters).value_or(parameters) : parameters;
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
        const DeviceId device = deviceOf(source.entry, one.value(L("device")));
        alert.actions.push_back({text(one, "key"), one.value(L("text")).toObject(), device,
                                 asSent(source.entry, device, one.value(L("parameters")).toArray())});
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
    carried.heldBack = recorded.heldBack;
    if (!recorded.heldBack.isEmpty())
        carried.refused = recorded.heldBack;
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

// What the page has words for in each person's language: "yes" and "no" that the script says nothing else for.
bool isYesOrNo(const std::vector<actions::NewChoice>& choices)
{
    const auto isPlain = [](const actions::NewChoice& choice, const QString& word) {
        return choice.key == word && choice.texts == QJsonObject{{QStringLiteral("en"), word}};
    };
    return choices.size() == 2 && isPlain(choices[0], QStringLiteral("yes")) &&
           isPlain(choices[1], QStringLiteral("no"));
}

actions::NewQuestion questionOf(const QJsonObject& payload)
{
    actions::NewQuestion question;
    for (const auto& value : payload.value(L("choices")).toArray())
        question.choices.push_back({value[L("key")].toString(), value[L("text")].toObject()});
    if (isYesOrNo(question.choices))
        question.choices.clear();
    question.type = question.choices.empty() ? model::QuestionType::YesNo : model::QuestionType::OneOf;
    return question;
}

// What a script tells the coordinators: an alert of its own each time, to nobody in the home.
Result<Carried> carryToCoordinators(store::Connection& connection, const EffectSource& source,
                                    const QJsonObject& payload)
{
    actions::NewAlert alert;
    alert.deployment = source.entry.deployment;
    alert.location = source.entry.key.location;
    alert.script = source.entry.key.script;
    alert.run = source.run;
    alert.key = "message-" + std::to_string(source.effect.value);
    alert.texts = payload.value(L("text")).toObject();
    alert.at = source.at;
    alert.effect = source.effect;
    COHORT_TRY(recorded, actions::recordAlert(connection, alert));
    Carried carried;
    carried.refused = carried.heldBack = recorded.heldBack;
    if (recorded.has_value())
        carried.notices.emplace_back(
            bus::AlertChanged{recorded.value(), source.entry.deployment, source.entry.key.location});
    return carried;
}

Result<Carried> carryToPeople(store::Connection& connection, const EffectSource& source, const QJsonObject& payload,
                              const std::vector<actions::RoleRecipient>& recipients, bool question)
{
    actions::NewMessage message;
    message.deployment = source.entry.deployment;
    message.location = source.entry.key.location;
    message.recipients = recipients;
    message.texts = payload.value(L("text")).toObject();
    message.author = author(source.entry);
    message.key = text(payload, "key");
    message.effect = source.effect;
    if (question)
        message.question = questionOf(payload);
    COHORT_TRY(recorded, actions::recordMessage(connection, message));
    Carried carried;
    carried.heldBack = recorded.heldBack;
    if (recorded.empty())
        carried.refused =
            recorded.heldBack.isEmpty() ? QStringLiteral("nobody in this home has such a role") : recorded.heldBack;
    for (const MessageId id : recorded)
        carried.notices.emplace_back(bus::MessageChanged{id, source.entry.deployment, {}});
    return carried;
}

Result<Carried> carryMessage(store::Connection& connection, const EffectSource& source, const QJsonObject& payload,
                             bool question)
{
    std::vector<actions::RoleRecipient> people = recipientsOf(payload);
    const bool toCoordinators =
        std::erase_if(people, [](const actions::RoleRecipient& one) { return one.role == "coordinator"; }) > 0;
    if (toCoordinators && question) // the worker says so before: this is what a broken one is told
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("coordinators cannot be asked; tell them with notify() or alert()"));
    if (!toCoordinators)
        return carryToPeople(connection, source, payload, people, question);
    COHORT_TRY(carried, carryToCoordinators(connection, source, payload));
    if (people.empty())
        return carried;
    COHORT_TRY(others, carryToPeople(connection, source, payload, people, question));
    carried.notices.insert(carried.notices.end(), others.notices.begin(), others.notices.end());
    if (carried.heldBack.isEmpty())
        carried.heldBack = others.heldBack;
    carried.refused = carried.refused.isEmpty() ? QString() : others.refused; // it reached somebody
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
    command.deviceType = typeOf(source.entry, command.device);
    const auto made = actions::recordCommand(connection, command);
    if (!made && made.error().code == ErrorCode::TooOften)
        return Carried{made.error().detail, made.error().detail, {}};
    if (!made && made.error().code == ErrorCode::TooManyCommands)
        return Carried{made.error().message(), made.error().message(), {}};
    if (!made)
        return fail(made.error());
    Carried carried;
    for (const auto& change : actions::changesOf(*made, source.entry.deployment, source.entry.key.location))
        carried.notices.emplace_back(change);
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

constexpr qsizetype LongestReason = 500;

// Empty: it was retired just now.
Result<QString> scriptName(store::Connection& connection, const InstanceEntry& entry)
{
    const auto script = store::ScriptRepository(connection).find(entry.key.script);
    if (!script && script.error().code != ErrorCode::NotFound)
        return fail(script.error());
    return script ? script->name : QString();
}

// What Cohort itself says about a script in a home: nobody there is told, so that the coordinators see it.
struct OwnWords
{
    std::string key;
    QString english, german;
    int perHour = 1;
};

Result<Carried> tellCoordinators(store::Connection& connection, const InstanceEntry& entry, Timestamp at,
                                 const OwnWords& words)
{
    actions::NewAlert alert;
    alert.deployment = entry.deployment;
    alert.location = entry.key.location;
    alert.script = entry.key.script;
    alert.key = words.key;
    alert.texts = QJsonObject{{QStringLiteral("en"), words.english}, {QStringLiteral("de"), words.german}};
    alert.at = at;
    alert.ownWordsPerHour = words.perHour;
    COHORT_TRY(recorded, actions::recordAlert(connection, alert));
    Carried carried;
    if (recorded.has_value())
        carried.notices.emplace_back(bus::AlertChanged{recorded.value(), entry.deployment, entry.key.location});
    return carried;
}

} // namespace

Result<Carried> carryOut(store::Connection& connection, const EffectSource& source, const Decided& effect)
{
    auto carried = dispatch(connection, source, effect);
    if (!carried && isRefusal(carried.error().code))
        return Carried{carried.error().detail, {}, {}};
    return carried;
}

Result<Carried> raisePausedAlert(store::Connection& connection, const InstanceEntry& entry, Timestamp at)
{
    COHORT_TRY(name, scriptName(connection, entry));
    const QString why = entry.trouble.detail.left(LongestReason);
    COHORT_TRY(carried,
               tellCoordinators(
                   connection, entry, at,
                   {.key = "script-paused",
                    .english = QStringLiteral("The script “%1” was paused in this home: %2").arg(name, why),
                    .german = QStringLiteral("Das Skript „%1“ wurde in diesem Zuhause angehalten: %2").arg(name, why),
                    .perHour = AlertsPerHourMost}));
    carried.notices.emplace_back(bus::ScriptChanged{entry.key.script, entry.deployment});
    return carried;
}

Result<Carried> raiseHeldBackAlert(store::Connection& connection, const InstanceEntry& entry, Timestamp at,
                                   const QString& why)
{
    COHORT_TRY(name, scriptName(connection, entry));
    const QString first = QString(why).remove(QStringLiteral("held back: "));
    return tellCoordinators(
        connection, entry, at,
        {.key = "held-back",
         .english = QStringLiteral(
                        "The script “%1” sends more than it may in this home. What is over is not sent, its runs show "
                        "it; the first: %2")
                        .arg(name, first),
         .german =
             QStringLiteral(
                 "Das Skript „%1“ sendet in diesem Zuhause mehr, als es darf. Was darüber ist, wird nicht gesendet, "
                 "seine Läufe zeigen es; das Erste: %2")
                 .arg(name, first),
         .perHour = 1});
}

} // namespace cohort::composer
