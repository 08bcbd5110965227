#include "server/composer/commit/effects.h"

#include "shared/base/limits.h"
#include "shared/base/utf8.h"
#include "shared/model/command_check.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace cohort::composer {

namespace {

constexpr qsizetype LongestError = 4'000;

using Refusal = QString; // empty: fine

// Everything that an effect is checked against.
struct Grants
{
    const engine::Manifest& manifest;
    const engine::HomeInfo& home;

    const engine::DeviceInfo* device(const QJsonValue& key) const
    {
        const std::string wanted = key.toString().toStdString();
        const auto found = std::find_if(home.devices.begin(), home.devices.end(),
                                        [&](const engine::DeviceInfo& one) { return one.key == wanted; });
        return found == home.devices.end() ? nullptr : &*found;
    }
};

bool storableJson(const QJsonValue& value, int depth = 0)
{
    const auto fine = [](const QString& text) { return !text.contains(QChar::Null) && text.isValidUtf16(); };
    if (depth > 64)
        return false;
    if (value.isString())
        return fine(value.toString());
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        return std::all_of(list.begin(), list.end(),
                           [&](const QJsonValue& one) { return storableJson(one, depth + 1); });
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (!fine(member.key()) || !storableJson(member.value(), depth + 1))
            return false;
    }
    return true;
}

Refusal checkName(const QJsonObject& payload, const char* member)
{
    const QString name = payload.value(QLatin1String(member)).toString();
    if (name.isEmpty() || isLonger(name, ScriptNameMost))
        return QStringLiteral("its %1 must have 1 to %2 characters").arg(QLatin1String(member)).arg(ScriptNameMost);
    return {};
}

// What the server itself says of a script has keys that no script may use, or it would not be heard.
Refusal checkAlertKey(const QJsonObject& payload)
{
    static const QRegularExpression servers(QStringLiteral("^(held-back|script-paused|message-\\d+)$"));
    const QString key = payload.value(QLatin1String("key")).toString();
    return servers.match(key).hasMatch() ? QStringLiteral("the key '%1' is the server's own").arg(key)
                                         : checkName(payload, "key");
}

Refusal checkTexts(const QJsonValue& value)
{
    const QJsonObject texts = value.toObject();
    if (texts.isEmpty())
        return QStringLiteral("it has no text");
    for (const auto& text : texts) {
        if (!text.isString() || isLonger(text.toString(), ScriptTextMost))
            return QStringLiteral("a text may have at most %1 characters").arg(ScriptTextMost);
    }
    return {};
}

Refusal checkDevice(const Grants& grants, const QJsonValue& key)
{
    if (!grants.device(key))
        return QStringLiteral("'%1' is no device of this home").arg(key.toString().left(ScriptNameMost));
    return {};
}

Refusal checkParameters(const Grants& grants, const QJsonValue& value)
{
    const QJsonArray list = value.toArray();
    if (list.isEmpty() || list.size() > CommandParametersMost)
        return QStringLiteral("a command needs 1 to %1 parameters").arg(CommandParametersMost);
    for (const auto& one : list) {
        const QString name = one.toObject().value(QLatin1String("name")).toString();
        if (!grants.manifest.controls.contains(name.toStdString()))
            return QStringLiteral("'%1' is not among the script's controls").arg(name.left(ScriptNameMost));
    }
    return {};
}

// By the device's type; the device was checked before.
Refusal checkAgainstType(const Grants& grants, const QJsonObject& told)
{
    const engine::DeviceInfo* known = grants.device(told.value(QLatin1String("device")));
    const auto allowed =
        model::checkedCommand(known ? known->type : 0, told.value(QLatin1String("parameters")).toArray());
    return allowed ? Refusal() : allowed.error().detail;
}

Refusal checkRoles(const Grants& grants, const QJsonValue& value)
{
    const QJsonArray list = value.toArray();
    if (list.isEmpty())
        return QStringLiteral("it goes to nobody");
    if (list.size() > RecipientsMost)
        return QStringLiteral("it may name at most %1 recipients").arg(RecipientsMost);
    const auto& allowed = grants.manifest.notifies;
    for (const auto& one : list) {
        const QString role = one.toObject().value(QLatin1String("role")).toString();
        if (std::find(allowed.begin(), allowed.end(), role.toStdString()) == allowed.end())
            return QStringLiteral("'%1' is not among those whom the script notifies").arg(role.left(ScriptNameMost));
    }
    return {};
}

Refusal checkFact(const Grants& grants, const QJsonObject& payload)
{
    if (Refusal wrong = checkName(payload, "name"); !wrong.isEmpty())
        return wrong;
    const QJsonValue value = payload.value(QLatin1String("value"));
    const bool number = value.isBool() || (value.isDouble() && std::isfinite(value.toDouble()));
    if (!number && !(value.isString() && value.toString().toUtf8().size() <= ValueBytesMost))
        return QStringLiteral("a fact is a number, a truth value or a text of at most 1 KiB");
    const QJsonValue time = payload.value(QLatin1String("time"));
    if (!time.isUndefined() && !fromIso(time.toString().toStdString()))
        return QStringLiteral("its time cannot be read");
    const QJsonValue device = payload.value(QLatin1String("device"));
    return device.isUndefined() || device.isNull() ? Refusal() : checkDevice(grants, device);
}

bool hasDevice(const QJsonObject& action)
{
    return !action.value(QLatin1String("device")).toString().isEmpty();
}

// An action commands a device, or is an answer alone ("I am fine").
Refusal checkWhatItDoes(const Grants& grants, const QJsonObject& action)
{
    const QJsonValue parameters = action.value(QLatin1String("parameters"));
    if (!hasDevice(action))
        return parameters.toArray().isEmpty() ? Refusal() : QStringLiteral("it sets parameters of no device");
    const Refusal wrong = checkDevice(grants, action.value(QLatin1String("device")));
    return wrong.isEmpty() ? checkParameters(grants, parameters) : wrong;
}

Refusal checkActions(const Grants& grants, const QJsonArray& offered)
{
    if (offered.size() > ActionsMost)
        return QStringLiteral("an alert offers at most %1 actions").arg(ActionsMost);
    for (const auto& one : offered) {
        const QJsonObject action = one.toObject();
        for (const Refusal& wrong : {checkName(action, "key"), checkTexts(action.value(QLatin1String("text"))),
                                     checkWhatItDoes(grants, action)}) {
            if (!wrong.isEmpty())
                return QStringLiteral("an action: %1").arg(wrong);
        }
    }
    return {};
}

Refusal checkAlert(const Grants& grants, const QJsonObject& payload)
{
    static const QStringList severities{QStringLiteral("low"), QStringLiteral("normal"), QStringLiteral("urgent")};
    const QJsonValue severity = payload.value(QLatin1String("severity"));
    if (!severity.isUndefined() && !severities.contains(severity.toString()))
        return QStringLiteral("a severity is low, normal or urgent");
    const QJsonArray to = payload.value(QLatin1String("to")).toArray();
    for (const Refusal& wrong :
         {checkAlertKey(payload), checkTexts(payload.value(QLatin1String("text"))),
          to.isEmpty() ? Refusal() : checkRoles(grants, to), // to nobody: the coordinators see it
          checkActions(grants, payload.value(QLatin1String("actions")).toArray())}) {
        if (!wrong.isEmpty())
            return wrong;
    }
    return {};
}

Refusal checkMessage(const Grants& grants, const QJsonObject& payload, bool question)
{
    if (Refusal wrong = checkRoles(grants, payload.value(QLatin1String("to"))); !wrong.isEmpty())
        return wrong;
    if (Refusal wrong = checkTexts(payload.value(QLatin1String("text"))); !wrong.isEmpty())
        return wrong;
    return question ? checkName(payload, "key") : Refusal();
}

Refusal checkPayload(const Grants& grants, engine::EffectKind kind, const QJsonObject& payload)
{
    using engine::EffectKind;
    switch (kind) {
    case EffectKind::SetFact:
        return checkFact(grants, payload);
    case EffectKind::Alert:
        return checkAlert(grants, payload);
    case EffectKind::Notify:
        return checkMessage(grants, payload, false);
    case EffectKind::Ask:
        return checkMessage(grants, payload, true);
    case EffectKind::Command:
        if (Refusal wrong = checkDevice(grants, payload.value(QLatin1String("device"))); !wrong.isEmpty())
            return wrong;
        if (Refusal wrong = checkParameters(grants, payload.value(QLatin1String("parameters"))); !wrong.isEmpty())
            return wrong;
        return checkAgainstType(grants, payload);
    case EffectKind::ResolveAlert:
        return checkAlertKey(payload);
    case EffectKind::StartTimer:
    case EffectKind::CancelTimer:
    case EffectKind::Emit:
        return checkName(payload, "name");
    }
    return QStringLiteral("it is unknown");
}

// What the home's devices cannot do is not offered; the alert counts all the same.
void leaveOutActions(const Grants& grants, Decided& alert)
{
    const QLatin1String member("actions");
    QJsonArray offered;
    for (const auto& one : alert.payload.value(member).toArray()) {
        const QJsonObject action = one.toObject();
        const Refusal wrong = hasDevice(action) ? checkAgainstType(grants, action) : Refusal();
        if (wrong.isEmpty())
            offered.append(one);
        else
            alert.leftOut.append(QStringLiteral("the alert '%1' is raised without its action '%2' on '%3': %4")
                                     .arg(alert.payload.value(QLatin1String("key")).toString(),
                                          action.value(QLatin1String("key")).toString(),
                                          action.value(QLatin1String("device")).toString(), wrong));
    }
    if (!alert.leftOut.isEmpty())
        alert.payload.insert(member, offered);
}

Decided decideOne(const Grants& grants, const engine::Effect& effect)
{
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(effect.payload), &error);
    if (error.error != QJsonParseError::NoError || !json.isObject())
        return {effect.kind, {}, QStringLiteral("it cannot be read"), {}};
    if (!storableJson(json.object()))
        return {
            effect.kind, {}, QStringLiteral("it holds a character that cannot be stored, or is nested too deep"), {}};
    Decided decided{effect.kind, json.object(), checkPayload(grants, effect.kind, json.object()), {}};
    if (effect.kind == engine::EffectKind::Alert && decided.refused.isEmpty())
        leaveOutActions(grants, decided);
    return decided;
}

void breakWith(engine::RunResult& result, engine::RunStatus status, std::string error)
{
    result.status = status;
    result.error = std::move(error);
    result.effects.clear();
    result.state.reset();
}

// Of a state that cannot be stored: where it is.
std::string whyNotKept(const QJsonObject& state)
{
    for (auto member = state.begin(); member != state.end(); ++member) {
        if (!storableJson(member.value(), 1))
            return QStringLiteral("home.state['%1'] is nested over 64 deep, or has a character that cannot be stored: "
                                  "keep it flatter")
                .arg(member.key().left(60))
                .toStdString();
    }
    return "home.state holds what cannot be stored; use plain JSON values";
}

} // namespace

std::vector<Decided> decide(const std::vector<engine::Effect>& effects, const engine::Manifest& manifest,
                            const engine::HomeInfo& home)
{
    const Grants grants{manifest, home};
    std::vector<Decided> decided;
    decided.reserve(effects.size());
    for (const engine::Effect& effect : effects)
        decided.push_back(decideOne(grants, effect));
    return decided;
}

std::vector<std::string> withLeftOut(std::vector<std::string> log, const std::vector<Decided>& effects)
{
    for (const Decided& effect : effects) {
        for (const QString& line : effect.leftOut) {
            if (log.size() < RunLinesMost)
                log.push_back(storable(line.toStdString(), RunLineMost).toStdString());
        }
    }
    return log;
}

QString storable(const std::string& text, qsizetype longest)
{
    QString clean = QString::fromStdString(text).left(longest);
    clean.remove(QChar::Null);
    return clean.isValidUtf16() ? clean : QString::fromUtf8(clean.toUtf8());
}

void enforceLimits(engine::RunResult& result)
{
    if (result.status != engine::RunStatus::Ok) {
        result.effects.clear();
        result.state.reset();
    }
    if (result.effects.size() > EffectsMost)
        breakWith(result, engine::RunStatus::TooManyEffects, "over 100 effects in one run");
    if (result.state && result.state->size() > StateBytesMost)
        breakWith(result, engine::RunStatus::StateTooLarge, "home.state is over 64 KiB; keep less in it");
    if (result.state) {
        const QJsonDocument state = QJsonDocument::fromJson(QByteArray::fromStdString(*result.state));
        if (!state.isObject() || !storableJson(state.object(), 0))
            breakWith(result, engine::RunStatus::Error, whyNotKept(state.object()));
    }
    result.error = storable(result.error, LongestError).toStdString();
    result.because = storable(result.because, RunLineMost).toStdString();
    if (result.log.size() > RunLinesMost)
        result.log.resize(RunLinesMost);
    for (std::string& line : result.log)
        line = storable(line, RunLineMost).toStdString();
}

} // namespace cohort::composer
