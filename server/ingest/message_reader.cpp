#include "server/ingest/message_reader.h"

#include "server/ingest/decoder.h"
#include "server/ingest/entry_values.h"
#include "server/ingest/trimmed.h"
#include "shared/base/limits.h"

#include <algorithm>

namespace cohort::ingest {

namespace {

constexpr std::int64_t Year2000Ms = 946'684'800'000;
constexpr double LargestMs = 253'402'300'799'999.0; // the end of the year 9999
// What would be a moment of 2001 to 2100 if it were seconds; as milliseconds it lies in January or February of 1970.
constexpr double SecondsFrom = 978'307'200, SecondsBefore = 4'102'444'800;
constexpr int AlertsMost = 100, ResponsesMost = 1'000; // of a message: device-protocol.md, Bad input
constexpr std::size_t IgnoredNamed = 10;
constexpr qsizetype IgnoredCharacters = 40;
constexpr std::size_t LongestAlertText = 500;
constexpr int LargestCommandResult = 8; // wrong format

constexpr auto MessageMembers = std::to_array<std::string_view>(
    {"measures", "version", "ver", "proxyId", "hubId", "sequenceNumber", "seq", "addDevices", "responses", "alerts"});
constexpr auto MessageLists = std::to_array<std::string_view>({"measures", "addDevices", "responses", "alerts"});
constexpr auto MeasureMembers =
    std::to_array<std::string_view>({"deviceId", "timestamp", "params", "dateTime", "durational"});
constexpr auto ParamMembers = std::to_array<std::string_view>({"name", "value", "unit", "index", "durational"});
constexpr auto DeviceMembers = std::to_array<std::string_view>({"deviceId", "deviceType"});
constexpr auto ResponseMembers = std::to_array<std::string_view>({"commandId", "result"});
constexpr auto AlertMembers = std::to_array<std::string_view>(
    {"deviceId", "alertId", "alertType", "paramsMap", "params", "timestamp", "dateTime"});

} // namespace

Result<std::string> MessageReader::deviceKey(const JsonTree& tree, const JsonNode& node)
{
    COHORT_TRY(key, nameText(tree, node, "deviceId", DeviceKeyMost));
    if (key.empty())
        return wrong(QStringLiteral("deviceId is empty"));
    return key;
}

// True when the message is known for something: an entry of a list, what a heartbeat has, or a member that nobody here
// knows (those are judged for the whole upload).
bool MessageReader::saysSomething(const JsonNode& message) const
{
    for (const JsonNode* member = m_tree.first(message); member; member = m_tree.next(*member)) {
        const bool isList = std::find(MessageLists.begin(), MessageLists.end(), member->key) != MessageLists.end();
        const bool isProxy = member->key == "proxyId" || member->key == "hubId";
        const bool isEmpty = isList ? !m_tree.first(*member) : isProxy && member->kind == JsonKind::Null;
        if (!isEmpty)
            return true;
    }
    return false;
}

Result<void> MessageReader::read(const JsonNode& message)
{
    noteUnknown(message, "", MessageMembers);
    COHORT_CHECK(readEnvelope(message));
    COHORT_CHECK(readList(message, "measures", "measure", &MessageReader::readMeasure));
    COHORT_CHECK(readList(message, "addDevices", "addDevice", &MessageReader::readDevice));
    COHORT_CHECK(checkLength(message, "responses", ResponsesMost));
    COHORT_CHECK(readList(message, "responses", "response", &MessageReader::readResponse));
    COHORT_CHECK(checkLength(message, "alerts", AlertsMost));
    COHORT_CHECK(readList(message, "alerts", "alert", &MessageReader::readAlert));
    noteEmpty(message);
    return saysSomething(message) ? Result<void>() : nothingSaid(message);
}

void MessageReader::noteEmpty(const JsonNode& message)
{
    for (const std::string_view name : MessageLists) {
        const JsonNode* list = m_tree.find(message, name.data());
        auto& empty = m_decoded.emptyLists;
        if (list && !m_tree.first(*list) && std::find(empty.begin(), empty.end(), name) == empty.end())
            empty.emplace_back(name);
    }
}

tl::unexpected<Error> MessageReader::nothingSaid(const JsonNode& where)
{
    return fail(ErrorCode::CannotParse,
                QStringLiteral("there is nothing to store, at byte %1; a message has %2, and a "
                               "heartbeat at least one of the first three")
                    .arg(where.begin)
                    .arg(QLatin1String(Members.data(), static_cast<qsizetype>(Members.size()))));
}

// Names at most IgnoredNamed of them, each once.
template <std::size_t N>
void MessageReader::noteUnknown(const JsonNode& object, const char* place, const std::array<std::string_view, N>& known)
{
    if (object.kind != JsonKind::Object)
        return;
    for (const JsonNode* member = m_tree.first(object); member; member = m_tree.next(*member)) {
        auto& ignored = m_decoded.ignored;
        if (std::find(known.begin(), known.end(), member->key) != known.end() || ignored.size() >= IgnoredNamed)
            continue;
        const QString key = QString::fromUtf8(member->key.data(), static_cast<qsizetype>(member->key.size()));
        std::string name = place + key.left(IgnoredCharacters).toStdString();
        if (std::find(ignored.begin(), ignored.end(), name) == ignored.end())
            ignored.push_back(std::move(name));
    }
}

// 1 or 2, as a number or in a text.
Result<void> MessageReader::checkVersion(const JsonNode* version) const
{
    if (!version)
        return {};
    std::optional<Value> number;
    if (version->kind == JsonKind::Integer || version->kind == JsonKind::Real)
        number = Value::ofNumber(version->number);
    else if (version->kind == JsonKind::Text)
        number = numberIn(version->text);
    if (number && (number->number == 1.0 || number->number == 2.0))
        return {};
    const std::string_view raw = m_tree.raw(*version);
    return fail(
        ErrorCode::CannotParse,
        QStringLiteral("versions 1 and 2 are spoken here, not %1, at byte %2").arg(quoted(raw)).arg(version->begin));
}

Result<void> MessageReader::readEnvelope(const JsonNode& message)
{
    for (const char* name : {"version", "ver"})
        COHORT_CHECK(checkVersion(m_tree.find(message, name)));
    const JsonNode* sequence = m_tree.find(message, "sequenceNumber");
    if (!sequence)
        sequence = m_tree.find(message, "seq");
    if (sequence) {
        const std::string_view raw = m_tree.raw(*sequence);
        if (raw.size() > LongestSequence)
            return fail(ErrorCode::CannotParse, QStringLiteral("sequenceNumber has over %1 bytes, at byte %2")
                                                    .arg(LongestSequence)
                                                    .arg(sequence->begin));
        m_decoded.sequence = raw;
    }
    return readProxy(message);
}

Result<void> MessageReader::readProxy(const JsonNode& message)
{
    const JsonNode* proxy = nullptr;
    for (const char* name : {"proxyId", "hubId"}) {
        const JsonNode* given = m_tree.find(message, name);
        if (!given || given->kind == JsonKind::Null)
            continue;
        if (proxy && m_tree.raw(*proxy) != m_tree.raw(*given))
            return fail(ErrorCode::CannotParse,
                        QStringLiteral("proxyId and hubId name two devices, at byte %1").arg(given->begin));
        proxy = given;
    }
    if (!proxy)
        return {};
    auto key = deviceKey(m_tree, *proxy);
    if (!key)
        return fail(ErrorCode::CannotParse,
                    QStringLiteral("%1, at byte %2")
                        .arg(QString(key.error().detail).replace(QLatin1String("deviceId"), QLatin1String("proxyId")))
                        .arg(proxy->begin));
    m_proxy = *key;
    m_decoded.proxyIds.push_back(std::move(*key));
    return {};
}

Result<void> MessageReader::checkLength(const JsonNode& message, const char* name, int most) const
{
    const JsonNode* list = m_tree.find(message, name);
    int length = 0;
    for (const JsonNode* node = list ? m_tree.first(*list) : nullptr; node; node = m_tree.next(*node)) {
        if (++length > most)
            return fail(ErrorCode::CannotParse, QStringLiteral("a message holds at most %1 %2, at byte %3")
                                                    .arg(most)
                                                    .arg(QLatin1String(name))
                                                    .arg(node->begin));
    }
    return {};
}

Result<void> MessageReader::readList(const JsonNode& message, const char* name, const char* part, Entry entry)
{
    const JsonNode* list = m_tree.find(message, name);
    if (!list || list->kind == JsonKind::Null)
        return {};
    if (list->kind != JsonKind::List)
        return fail(ErrorCode::CannotParse,
                    QStringLiteral("%1 must be a list, at byte %2").arg(QString::fromLatin1(name)).arg(list->begin));
    int number = 0;
    for (const JsonNode* node = m_tree.first(*list); node; node = m_tree.next(*node)) {
        m_decoded.hasEntries = true;
        const UploadPlace place{part, m_message, number++, -1};
        const Result<void> read = node->kind == JsonKind::Object
                                      ? (this->*entry)(*node, place)
                                      : wrong(QStringLiteral("%1 must be an object").arg(QLatin1String(part)));
        if (!read && read.error().code == ErrorCode::CannotParse)
            return read;
        if (!read)
            m_decoded.rejected.push_back({place, read.error().code, read.error().detail.toStdString()});
    }
    return {};
}

// Milliseconds since 1970 of a timestamp; negative ones are no clock's.
Result<std::int64_t> MessageReader::stampOf(const JsonNode& stamp)
{
    if (stamp.kind != JsonKind::Integer && stamp.kind != JsonKind::Real)
        return wrong(QStringLiteral("timestamp must be milliseconds since 1970, a number; a text in ISO 8601 goes into "
                                    "dateTime"));
    if (stamp.number > LargestMs)
        return fail(ErrorCode::TimeInFuture,
                    QStringLiteral("timestamp must be milliseconds since 1970, and this is after "
                                   "the year 9999: micro- or nanoseconds are not taken"));
    if (stamp.number >= SecondsFrom && stamp.number < SecondsBefore)
        return fail(ErrorCode::TimestampInSeconds,
                    QStringLiteral("timestamp %1 looks like seconds; send milliseconds since 1970: %2")
                        .arg(static_cast<qint64>(stamp.number))
                        .arg(static_cast<qint64>(stamp.number * 1000)));
    return stamp.number < 0 ? 0 : static_cast<std::int64_t>(stamp.number);
}

Result<std::optional<Timestamp>> MessageReader::readTime(const JsonNode& entry) const
{
    std::int64_t ms = 0;
    if (const JsonNode* stamp = m_tree.find(entry, "timestamp"); stamp && stamp->kind != JsonKind::Null) {
        COHORT_TRY(given, stampOf(*stamp));
        ms = given;
    } else if (const JsonNode* date = m_tree.find(entry, "dateTime"); date && date->kind != JsonKind::Null) {
        if (date->kind != JsonKind::Text || date->text.size() > 40)
            return wrong(QStringLiteral("dateTime must be ISO 8601"));
        const auto parsed = fromIso(date->text);
        if (!parsed)
            return wrong(parsed.error().detail);
        ms = toMs(*parsed);
    }
    if (ms < Year2000Ms)
        return std::optional<Timestamp>(); // a device without a clock
    return std::optional<Timestamp>(fromMs(ms));
}

// What another member calls its device is not taken for what the gateway measured itself.
Result<void> MessageReader::namesNoDevice(const JsonNode& measure) const
{
    for (const JsonNode* member = m_tree.first(measure); member; member = m_tree.next(*member)) {
        if (member->kind == JsonKind::Null ||
            std::find(MeasureMembers.begin(), MeasureMembers.end(), member->key) != MeasureMembers.end())
            continue;
        QString word = quoted(member->key).toLower();
        word.remove(u'_').remove(u'-');
        if (word == u"deviceid" || word == u"device")
            return wrong(QStringLiteral("'%1' is no member of a measure; its device is named in deviceId")
                             .arg(quoted(member->key)));
    }
    return {};
}

Result<void> MessageReader::readMeasure(const JsonNode& measure, UploadPlace place)
{
    noteUnknown(measure, "measures.", MeasureMembers);
    DecodedMeasurement shared;
    shared.place = place;
    shared.device = m_proxy;
    if (const JsonNode* device = m_tree.find(measure, "deviceId"); device && device->kind != JsonKind::Null) {
        COHORT_TRY(key, deviceKey(m_tree, *device));
        shared.device = std::move(key);
    } else {
        COHORT_CHECK(namesNoDevice(measure));
    }
    COHORT_TRY(isDifference, flag(m_tree.find(measure, "durational"), "durational"));
    shared.durational = isDifference.value_or(false);
    COHORT_TRY(time, readTime(measure));
    shared.time = time;
    const JsonNode* params = m_tree.find(measure, "params");
    if (!params || params->kind != JsonKind::List)
        return wrong(QStringLiteral("params must be a list"));
    if (!m_tree.first(*params))
        return wrong(QStringLiteral("params is empty"));
    return readParams(*params, shared);
}

Result<void> MessageReader::readParams(const JsonNode& params, const DecodedMeasurement& shared)
{
    UploadPlace place = shared.place;
    place.param = 0;
    for (const JsonNode* param = m_tree.first(params); param; param = m_tree.next(*param), ++place.param) {
        noteUnknown(*param, "params.", ParamMembers);
        auto read = readParam(*param, shared);
        if (!read && read.error().code == ErrorCode::CannotParse)
            return fail(std::move(read.error()));
        if (!read) {
            m_decoded.rejected.push_back({place, read.error().code, read.error().detail.toStdString()});
            continue;
        }
        read->place = place;
        m_decoded.measurements.push_back(std::move(*read));
    }
    return {};
}

Result<DecodedMeasurement> MessageReader::readParam(const JsonNode& param, const DecodedMeasurement& shared) const
{
    const JsonNode* nameNode = m_tree.find(param, "name");
    const JsonNode* valueNode = m_tree.find(param, "value");
    if (!nameNode || !valueNode)
        return wrong(QStringLiteral("a param needs name and value"));
    COHORT_TRY(name, nameText(m_tree, *nameNode, "name", ParameterBytesMost));
    name = std::string(trimmed(name));
    if (name.empty())
        return wrong(QStringLiteral("name is empty"));
    if (name.starts_with("syn."))
        return wrong(QStringLiteral("names that begin with 'syn.' belong to scripts"));
    COHORT_TRY(index, optionalText(m_tree, m_tree.find(param, "index"), "index", IndexBytesMost));
    const JsonNode* unitNode = m_tree.find(param, "unit");
    if (unitNode && unitNode->kind == JsonKind::Integer)
        return wrong(QStringLiteral("unit must be a text"));
    COHORT_TRY(unit, optionalText(m_tree, unitNode, "unit", UnitBytesMost));
    COHORT_TRY(value, measuredValue(m_tree, *valueNode));
    COHORT_TRY(isDifference, flag(m_tree.find(param, "durational"), "durational"));
    DecodedMeasurement measurement = shared;
    measurement.name = std::move(name);
    measurement.index = trimmed(index);
    measurement.unit = std::move(unit);
    measurement.value = std::move(value);
    measurement.isBoolean = valueNode->kind == JsonKind::Boolean;
    if (const auto raw = m_tree.raw(*valueNode); measurement.value.number && raw.size() <= ValueBytesMost)
        measurement.written = raw;
    measurement.durational = isDifference.value_or(shared.durational);
    return measurement;
}

Result<void> MessageReader::readDevice(const JsonNode& device, UploadPlace place)
{
    noteUnknown(device, "addDevices.", DeviceMembers);
    const JsonNode* id = m_tree.find(device, "deviceId");
    if (!id)
        return wrong(QStringLiteral("deviceId is missing"));
    COHORT_TRY(key, deviceKey(m_tree, *id));
    std::int64_t type = 0;
    if (const JsonNode* node = m_tree.find(device, "deviceType"); node && node->kind != JsonKind::Null) {
        COHORT_TRY(number, wholeNumber(node, "deviceType"));
        type = number;
    }
    if (type < 0 || type > 1'000'000)
        return wrong(QStringLiteral("deviceType must be between 0 and 1000000"));
    m_decoded.devices.push_back({std::move(key), static_cast<int>(type), place});
    return {};
}

Result<void> MessageReader::readResponse(const JsonNode& response, UploadPlace place)
{
    noteUnknown(response, "responses.", ResponseMembers);
    COHORT_TRY(command, wholeNumber(m_tree.find(response, "commandId"), "commandId"));
    COHORT_TRY(result, wholeNumber(m_tree.find(response, "result"), "result"));
    if (command <= 0 || result < 0 || result > LargestCommandResult)
        return wrong(QStringLiteral("commandId must be positive, and result 0 (received), 1 (executed) or 2 to %1 (why "
                                    "not)")
                         .arg(LargestCommandResult));
    m_decoded.responses.push_back({command, static_cast<int>(result), place});
    return {};
}

Result<void> MessageReader::readAlert(const JsonNode& alert, UploadPlace place)
{
    noteUnknown(alert, "alerts.", AlertMembers);
    DecodedAlert decoded;
    decoded.place = place;
    decoded.device = m_proxy;
    if (const JsonNode* device = m_tree.find(alert, "deviceId"); device && device->kind != JsonKind::Null) {
        COHORT_TRY(key, deviceKey(m_tree, *device));
        decoded.device = std::move(key);
    }
    COHORT_TRY(type, optionalText(m_tree, m_tree.find(alert, "alertType"), "alertType", ParameterBytesMost));
    decoded.type = type.empty() ? "alert" : std::move(type);
    // An alarm counts, whatever the device takes for its time.
    if (const auto time = readTime(alert); time)
        decoded.time = *time;
    else
        m_decoded.rejected.push_back(
            {place, time.error().code,
             time.error().detail.toStdString() + "; the alert itself is taken, at the time of its receipt"});
    decoded.text = paramsText(alert);
    m_decoded.alerts.push_back(std::move(decoded));
    return {};
}

// "error: jammed, code: 5", from paramsMap or from a list of params, in whatever form they come; at most 500 bytes, of a
// longer one its beginning.
std::string MessageReader::paramsText(const JsonNode& alert) const
{
    std::string text;
    const auto append = [&](std::string_view name, const JsonNode& value) {
        const std::string_view said = value.kind == JsonKind::Text ? value.text : m_tree.raw(value);
        if (hasControls(name) || hasControls(said))
            return;
        std::string one = text.empty() ? "" : ", ";
        one.append(name).append(": ").append(said);
        text += beginningOf(one, LongestAlertText - std::min(text.size(), LongestAlertText));
    };
    for (const char* list : {"paramsMap", "params"}) {
        const JsonNode* node = m_tree.find(alert, list);
        if (node && node->kind != JsonKind::Null && node->kind != JsonKind::Object && node->kind != JsonKind::List)
            append(list, *node);
        for (const JsonNode* entry = node ? m_tree.first(*node) : nullptr; entry; entry = m_tree.next(*entry)) {
            const JsonNode* name = m_tree.find(*entry, "name");
            const JsonNode* value = m_tree.find(*entry, "value");
            if (node->kind == JsonKind::Object)
                append(entry->key, *entry);
            else if (name && value && name->kind == JsonKind::Text)
                append(name->text, *value);
            else
                append(list, *entry);
        }
    }
    return text;
}

} // namespace cohort::ingest
