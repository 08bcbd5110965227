// What homes have: commands, whether data comes, people's states and roles, the timeline.
#include "console/models/word_table.h"

namespace cohort::console::words {

using namespace cohort::model;
using namespace Qt::StringLiterals;

namespace {

constexpr Row<CommandState> CommandStates[] = {
    {CommandState::Queued, WORD("waiting"), Tone::Neutral}, {CommandState::Sent, WORD("sent"), Tone::Info},
    {CommandState::Received, WORD("received"), Tone::Info}, {CommandState::Executed, WORD("executed"), Tone::Good},
    {CommandState::Failed, WORD("failed"), Tone::Bad},      {CommandState::Expired, WORD("expired"), Tone::Warning},
};
// What devices answer, by their numbers.
constexpr const char* CommandResults[] = {
    WORD("received"),
    WORD("executed"),
    WORD("an error of the hub"),
    WORD("not supported by the hub"),
    WORD("the hub does not know the device"),
    WORD("not supported by the device"),
    WORD("no connection to the device"),
    WORD("the device could not do it"),
    WORD("wrong format"),
};
constexpr Row<model::Reporting> Reportings[] = {
    {model::Reporting::Never, WORD("nothing yet"), Tone::Neutral},
    {model::Reporting::Reporting, WORD("reporting"), Tone::Good},
    {model::Reporting::Silent, WORD("silent"), Tone::Warning},
};
constexpr Row<ParticipantStatus> ParticipantStatuses[] = {
    {ParticipantStatus::Invited, WORD("invited"), Tone::Info},
    {ParticipantStatus::Active, WORD("active"), Tone::Good},
    {ParticipantStatus::Paused, WORD("paused"), Tone::Warning},
    {ParticipantStatus::Completed, WORD("completed"), Tone::Neutral},
    {ParticipantStatus::Withdrawn, WORD("withdrawn"), Tone::Neutral},
};
constexpr Row<HomeRole> HomeRoles[] = {
    {HomeRole::Resident, WORD("resident")},
    {HomeRole::Caregiver, WORD("caregiver")},
    {HomeRole::Supporter, WORD("supporter")},
    {HomeRole::Student, WORD("student")},
};
constexpr Row<TimelineKind> TimelineKinds[] = {
    {TimelineKind::Measurement, WORD("measurement"), Tone::Neutral},
    {TimelineKind::Fact, WORD("fact"), Tone::Info},
    {TimelineKind::Alert, WORD("alert"), Tone::Bad},
    {TimelineKind::AlertAnswer, WORD("answer"), Tone::Good},
    {TimelineKind::Command, WORD("command"), Tone::Info},
    {TimelineKind::Message, WORD("message"), Tone::Info},
    {TimelineKind::Run, WORD("run"), Tone::Neutral},
    {TimelineKind::Script, WORD("script"), Tone::Neutral},
    {TimelineKind::Event, WORD("event"), Tone::Neutral},
};
static_assert(isWhole(CommandStates) && isWhole(Reportings) && isWhole(ParticipantStatuses));
static_assert(isWhole(HomeRoles) && isWhole(TimelineKinds));

QString failureOf(std::optional<int> result)
{
    if (!result)
        return Models::tr("the device did not say why");
    const auto known = static_cast<int>(std::size(CommandResults));
    return *result >= 0 && *result < known ? Models::tr(CommandResults[*result])
                                           : Models::tr("the device answered %1").arg(*result);
}

} // namespace

Word commandState(CommandState state)
{
    return find(CommandStates, state);
}
Word reporting(model::Reporting reporting)
{
    return find(Reportings, reporting);
}
Word participantStatus(ParticipantStatus status)
{
    return find(ParticipantStatuses, status);
}
QString homeRole(HomeRole role)
{
    return find(HomeRoles, role).text;
}
Word timelineKind(TimelineKind kind)
{
    return find(TimelineKinds, kind);
}

QString commandOutcome(const CommandLife& life)
{
    switch (life.state) {
    case CommandState::Queued:
        return Models::tr("waiting for the device");
    case CommandState::Sent:
        return Models::tr("sent, not yet received");
    case CommandState::Received:
        return Models::tr("received, not yet done");
    case CommandState::Failed:
        return failureOf(life.result);
    case CommandState::Expired:
        return life.sentAt ? Models::tr("the device did not confirm it in time")
                           : Models::tr("the device was not reached in time");
    case CommandState::Executed:
        return {}; // the state says it
    }
    return {};
}

QString language(Language language)
{
    switch (language) { // each in its own words
    case Language::English:
        return u"English"_s;
    case Language::German:
        return u"Deutsch"_s;
    }
    return {};
}

QString roomName(const std::optional<Room>& room)
{
    return room ? roomName(room->kind, room->name) : u"–"_s;
}

QString value(const Value& value, const QString& unit)
{
    if (!value.number && !value.text)
        return u"–"_s;
    // A number with a text is an integer that a double cannot hold: every digit.
    const QString text = value.text ? QString::fromStdString(*value.text) : number(*value.number);
    return value.isText() || unit.isEmpty() ? text : text + u'\u202f' + unit;
}

QString value(const std::optional<Sample>& sample, const QString& unit)
{
    return sample ? value(sample->value, unit) : u"–"_s;
}

} // namespace cohort::console::words
