#include "server/engine/model.h"

#include <array>
#include <utility>

namespace cohort::engine {
namespace {

template <typename Enum>
using Names = std::pair<Enum, const char*>;

constexpr std::array<Names<EventKind>, 15> EventKinds{{
    {EventKind::Measurement, "measurement"},
    {EventKind::Fact, "fact"},
    {EventKind::Timer, "timer"},
    {EventKind::Schedule, "schedule"},
    {EventKind::Every, "every"},
    {EventKind::DeviceConnected, "device_connected"},
    {EventKind::DeviceDisconnected, "device_disconnected"},
    {EventKind::DeviceReporting, "device_reporting"},
    {EventKind::DeviceSilent, "device_silent"},
    {EventKind::AlertAnswered, "alert_answered"},
    {EventKind::QuestionAnswered, "question_answered"},
    {EventKind::ParticipantMessage, "participant_message"},
    {EventKind::Signal, "signal"},
    {EventKind::CommandFinished, "command_finished"},
    {EventKind::Installed, "installed"},
}};

template <typename Table, typename Enum>
const char* nameIn(const Table& table, Enum value)
{
    for (const auto& [candidate, name] : table) {
        if (candidate == value)
            return name;
    }
    return "unknown";
}

template <typename Enum, typename Table>
std::optional<Enum> valueIn(const Table& table, std::string_view wanted)
{
    for (const auto& [value, name] : table) {
        if (wanted == name)
            return value;
    }
    return std::nullopt;
}

} // namespace

const char* eventKindName(EventKind kind)
{
    return nameIn(EventKinds, kind);
}
std::optional<EventKind> eventKindFromName(std::string_view name)
{
    return valueIn<EventKind>(EventKinds, name);
}
bool LogPosition::covers(std::int16_t writer, std::int64_t number, std::int32_t ordinal) const
{
    const auto found = points.find(writer);
    if (found == points.end())
        return false;
    const Point& point = found->second;
    if (number != point.number)
        return number < point.number;
    return point.ordinal < 0 || (ordinal >= 0 && ordinal <= point.ordinal);
}

void LogPosition::advance(std::int16_t writer, std::int64_t number, std::int32_t ordinal)
{
    if (!covers(writer, number, ordinal))
        points[writer] = {number, ordinal};
}

} // namespace cohort::engine
