#include "server/composer/feed/row_input.h"

#include "server/engine/instance_state.h"
#include "server/engine/raw_json.h"
#include "server/store/repositories/run_log_repository.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cohort::composer {

namespace {

using engine::EventKind;
using store::RowKind;
using L = QLatin1String;

constexpr std::string_view FactPrefix = "syn.";

std::optional<EventKind> kindOf(RowKind kind)
{
    switch (kind) {
    case RowKind::Measurement:
        return EventKind::Measurement;
    case RowKind::Fact:
        return EventKind::Fact;
    case RowKind::DeviceConnected:
        return EventKind::DeviceConnected;
    case RowKind::DeviceDisconnected:
        return EventKind::DeviceDisconnected;
    case RowKind::DeviceReporting:
        return EventKind::DeviceReporting;
    case RowKind::DeviceSilent:
        return EventKind::DeviceSilent;
    case RowKind::AlertAnswered:
        return EventKind::AlertAnswered;
    case RowKind::QuestionAnswered:
        return EventKind::QuestionAnswered;
    case RowKind::ParticipantMessage:
        return EventKind::ParticipantMessage;
    case RowKind::CommandFinished:
        return EventKind::CommandFinished;
    case RowKind::Signal:
        return EventKind::Signal;
    case RowKind::Installed:
        return EventKind::Installed;
    case RowKind::Timer:
    case RowKind::Configuration:
        return std::nullopt;
    }
    return std::nullopt;
}

QJsonObject objectOf(const std::string& text)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

std::string textOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

// A JSON object with this text as its member `data`, digit by digit.
std::string withData(const QJsonObject& others, const std::string& data)
{
    const std::string text = textOf(others);
    return text.substr(0, text.size() - 1) + ",\"data\":" + (data.empty() ? std::string("null") : data) + '}';
}

store::LogRow rowOf(const InstanceEntry& entry, RowKind kind, Timestamp time)
{
    store::LogRow row;
    row.kind = kind;
    row.location = entry.key.location;
    row.time = time;
    row.script = entry.key.script;
    return row;
}

bool isForOneScript(RowKind kind)
{
    return kind == RowKind::Installed || kind == RowKind::AlertAnswered || kind == RowKind::QuestionAnswered;
}

} // namespace

std::string factStreamName(const std::string& name)
{
    return std::string(FactPrefix) + name;
}

std::optional<InputRow> inputOf(const store::LogBatch& batch, const store::LogRow& row)
{
    const auto kind = kindOf(row.kind);
    if (!kind)
        return std::nullopt;
    auto input = std::make_shared<engine::Input>();
    input->writer = batch.writer;
    input->number = batch.number;
    input->ordinal = row.ordinal;
    input->kind = *kind;
    input->time = row.time;
    input->arrival = batch.arrival;
    input->device = row.device;
    input->name = row.name;
    input->index = row.index;
    input->value = row.value;
    input->data = row.data;
    input->script = row.script;
    input->depth = row.depth;
    input->isOfTexts = row.kind == RowKind::Measurement && (row.flags & store::OfTextsFlag) != 0;
    InputRow made;
    if (row.kind == RowKind::Fact) {
        if (input->name.starts_with(FactPrefix))
            input->name.erase(0, FactPrefix.size());
        // From the database, where the depth is kept beside the flags.
        input->depth = std::max(row.depth, row.flags >> store::DepthShift);
    } else if (row.kind == RowKind::Signal) {
        input->script = ScriptId{objectOf(row.data).value(L("script")).toInteger()};
        input->data = engine::rawMember(row.data, "data");
    } else if (isForOneScript(row.kind)) {
        made.only = ScriptId{objectOf(row.data).value(L("script")).toInteger()};
    }
    made.input = std::move(input);
    return made;
}

store::LogRow firingRow(const InstanceEntry& entry, const engine::Firing& firing)
{
    store::LogRow row = rowOf(entry, RowKind::Timer, firing.due);
    row.name = firing.name;
    QJsonObject data{{QStringLiteral("script"), static_cast<qint64>(entry.key.script.value)},
                     {QStringLiteral("kind"), QString::fromLatin1(engine::eventKindName(firing.kind))}};
    if (firing.late)
        data.insert(QStringLiteral("late"), true);
    row.data = withData(data, firing.data);
    return row;
}

store::LogRow signalRow(const InstanceEntry& entry, const std::string& effect, Timestamp now, int depth)
{
    const QJsonObject payload = objectOf(effect);
    store::LogRow row = rowOf(entry, RowKind::Signal, now);
    row.name = payload.value(L("name")).toString().toStdString();
    row.depth = depth;
    row.data = withData({{QStringLiteral("script"), static_cast<qint64>(entry.key.script.value)}},
                        engine::rawMember(effect, "data"));
    return row;
}

std::optional<store::LogRow> factRow(const InstanceEntry& entry, const QJsonObject& payload, Timestamp now, int depth)
{
    store::LogRow row = rowOf(entry, RowKind::Fact, now);
    if (const auto time = fromIso(payload.value(L("time")).toString().toStdString()); time && *time < now)
        row.time = *time;
    row.name = factStreamName(payload.value(L("name")).toString().toStdString());
    row.depth = depth;
    row.value = engine::valueFromJson(payload.value(L("value"))).value_or(Value::ofNumber(0)); // decide() has seen it
    const std::string device = payload.value(L("device")).toString().toStdString();
    if (!device.empty()) {
        const auto& devices = entry.home->devices;
        const auto found =
            std::find_if(devices.begin(), devices.end(), [&](const auto& one) { return one.key == device; });
        if (found == devices.end())
            return std::nullopt;
        row.device = found->id;
    }
    return row;
}

store::LogRow installedRow(LocationId location, ScriptId script, Timestamp now)
{
    store::LogRow row;
    row.kind = RowKind::Installed;
    row.location = location;
    row.time = now;
    row.script = script;
    row.data = textOf(QJsonObject{{QStringLiteral("script"), static_cast<qint64>(script.value)}});
    return row;
}

store::LogRow silenceRow(const store::SilenceChange& change, Timestamp now)
{
    store::LogRow row;
    row.kind = change.silent ? RowKind::DeviceSilent : RowKind::DeviceReporting;
    row.location = change.location;
    row.device = change.cause;
    row.time = now;
    row.data = textOf(QJsonObject{{QStringLiteral("since"), QString::fromStdString(toIso(change.since))}});
    return row;
}

} // namespace cohort::composer
