#include "server/ingest/upload_checker.h"

#include "server/store/log/typed_measurement.h"
#include "shared/model/device_types.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <unordered_set>

namespace cohort::ingest {

namespace {

// The device of this outward id as the connection may speak of it; nothing: not its own, not behind it.
std::optional<ChildDevice> resolve(const DeviceContext& context, const std::string& key)
{
    if (key.empty() || key == context.key)
        return ChildDevice{context.id, context.startDate, context.type};
    const auto found = context.children.find(key);
    if (found == context.children.end())
        return std::nullopt;
    return found->second;
}

store::NewMeasurement toCommit(DecodedMeasurement&& from, DeviceId device, LocationId location, Timestamp now)
{
    const int flags = (from.time ? 0 : store::NoClockFlag) | (from.durational ? store::DurationalFlag : 0);
    return {device,
            location,
            std::move(from.name),
            std::move(from.index),
            std::move(from.unit),
            from.time.value_or(now),
            std::move(from.value),
            static_cast<std::int16_t>(flags),
            model::StreamKind::Undecided,
            std::move(from.written)};
}

store::NewDeviceAlert toCommit(const DecodedAlert& from, const std::string& key, DeviceId device, Timestamp now)
{
    const std::string text = key + ": " + from.type + (from.text.empty() ? "" : " (" + from.text + ")");
    const QJsonObject texts{{QStringLiteral("en"), QString::fromStdString(text)}};
    return {device, from.type, "normal", QJsonDocument(texts).toJson(QJsonDocument::Compact).toStdString(),
            std::min(from.time.value_or(now), now)};
}

Rejection unknownDevice(const UploadPlace& place, const std::string& key)
{
    return {place, ErrorCode::UnknownDevice, "'" + key + "' is not behind this device; name it in addDevices first"};
}

// Whether a device behind this gateway has no type yet and is given one now.
bool isTypedNow(const DeviceContext& context, const ChildDevice& known, const DecodedDevice& device)
{
    return known.id != context.id && known.type == 0 && device.type != 0;
}

std::string typeText(int number)
{
    const model::DeviceType* type = model::findDeviceType(number);
    return std::to_string(number) + (type ? " (" + std::string(type->name) + ")" : std::string());
}

Rejection otherType(const DecodedDevice& device, int known)
{
    return {device.place, ErrorCode::AlreadyExists,
            "'" + device.key + "' is here already, with the type " + typeText(known) + ", and keeps it, not " +
                typeText(device.type) + "; an operator can change it (device.update with this type)"};
}

Rejection elsewhere(const DecodedDevice& device)
{
    return {device.place, ErrorCode::OtherLocation,
            "'" + device.key +
                "' belongs to another location, or holds a connection of its own; an operator can move it behind this "
                "gateway (device.update with this gateway), or retire it there: then its id is free"};
}

} // namespace

bool UploadChecker::speaksFor(const DeviceContext& context, const Decoded& decoded)
{
    for (const std::string& id : decoded.proxyIds) {
        if (!resolve(context, id))
            return false;
    }
    return true;
}

std::vector<store::DiscoveredDevice> UploadChecker::newDevices(Decoded& decoded, const DeviceContext& context) const
{
    std::vector<store::DiscoveredDevice> devices;
    std::unordered_set<std::string> seen;
    std::erase_if(decoded.devices, [&](const DecodedDevice& device) {
        const auto known = resolve(context, device.key);
        if ((known && !isTypedNow(context, *known, device)) || seen.contains(device.key))
            return false;
        if (!known && context.children.size() + devices.size() >= m_devicesPerGateway) {
            decoded.rejected.push_back({device.place, ErrorCode::TooManyDevices,
                                        "a gateway may have " + std::to_string(m_devicesPerGateway) + " devices"});
            return true;
        }
        seen.insert(device.key);
        devices.push_back({context.deployment, context.location, context.id, device.key, device.type});
        return false;
    });
    return devices;
}

std::optional<Rejection> UploadChecker::refusal(const DecodedMeasurement& measurement, const ChildDevice* device,
                                                const DeviceContext& context, Timestamp now) const
{
    if (!device)
        return unknownDevice(measurement.place, measurement.device);
    if (!measurement.time)
        return std::nullopt;
    if (*measurement.time > now + m_futureTolerance)
        return Rejection{measurement.place, ErrorCode::TimeInFuture,
                         toIso(*measurement.time) + " is ahead of the server's " + toIso(now) + "; set the clock"};
    if (!context.eventsClock && *measurement.time < device->startDate)
        return Rejection{measurement.place, ErrorCode::BeforeStart,
                         toIso(*measurement.time) + " is before the start, " + toIso(device->startDate)};
    return std::nullopt;
}

Checked UploadChecker::check(Decoded decoded, const DeviceContext& context, Timestamp now) const
{
    Checked checked;
    checked.rejected = std::move(decoded.rejected);
    for (const DecodedDevice& device : decoded.devices) {
        const auto known = resolve(context, device.key);
        if (!known)
            checked.rejected.push_back(elsewhere(device));
        else if (device.type != 0 && device.type != known->type)
            checked.rejected.push_back(otherType(device, known->type));
    }
    checked.submission.measurements.reserve(decoded.measurements.size());
    checked.places.reserve(decoded.measurements.size());
    for (DecodedMeasurement& measurement : decoded.measurements) {
        const auto device = resolve(context, measurement.device);
        if (auto refused = refusal(measurement, device ? &*device : nullptr, context, now)) {
            checked.rejected.push_back(std::move(*refused));
            continue;
        }
        const UploadPlace place = measurement.place;
        const bool isBoolean = measurement.isBoolean;
        auto toStore = toCommit(std::move(measurement), device->id, context.location, now);
        if (const auto typed = store::applyType(toStore, device->type, isBoolean); !typed) {
            checked.rejected.push_back({place, typed.error().code, typed.error().detail.toStdString()});
            continue;
        }
        checked.places.push_back(place);
        checked.submission.measurements.push_back(std::move(toStore));
    }
    for (const DecodedResponse& response : decoded.responses)
        checked.submission.responses.push_back({context.id, CommandId{response.command}, response.result});
    checked.responses = std::move(decoded.responses);
    for (const DecodedAlert& alert : decoded.alerts) {
        const std::string& key = alert.device.empty() ? context.key : alert.device;
        if (const auto device = resolve(context, key))
            checked.submission.alerts.push_back(toCommit(alert, key, device->id, now));
        else
            checked.rejected.push_back(unknownDevice(alert.place, key));
    }
    return checked;
}

} // namespace cohort::ingest
