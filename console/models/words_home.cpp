// What homes have: commands, whether data comes, people's states and roles, the timeline.
#include "console/models/word_table.h"

#include <QRegularExpression>

namespace cohort::console::words {

using namespace cohort::model;
using namespace Qt::StringLiterals;

namespace {

constexpr Row<CommandState> CommandStates[] = {
    {CommandState::Queued, WORD("waiting"), Tone::Neutral},
    {CommandState::Sent, WORD("sent"), Tone::Info},
    {CommandState::Received, WORD("received"), Tone::Info},
    {CommandState::Executed, WORD("executed"), Tone::Good},
    {CommandState::Failed, WORD("failed"), Tone::Bad},
    {CommandState::Expired, WORD("expired"), Tone::Warning},
    {CommandState::Cancelled, WORD("taken back"), Tone::Neutral},
    {CommandState::Superseded, WORD("replaced"), Tone::Neutral},
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
// What the log's rows are called (RowKind), as people say it.
struct EventWord
{
    const char* kind;
    const char* text;
};
constexpr EventWord Events[] = {
    {"device-connected", WORD("connected")},
    {"device-disconnected", WORD("lost its connection")},
    {"device-reporting", WORD("reports again")},
    {"device-silent", WORD("reports nothing any more")},
    {"alert-answered", WORD("an alert was answered")},
    {"question-answered", WORD("a question was answered")},
    {"participant-message", WORD("a participant wrote")},
    {"command-finished", WORD("a command ended")},
    {"timer", WORD("a script's timer went off")},
    {"signal", WORD("a script's signal")},
    {"installed", WORD("a script began to run here")},
    {"configuration", WORD("what scripts can see was changed")},
    {"measurement", WORD("a measurement")},
    {"fact", WORD("a fact")},
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
    constexpr int Done = 1, Received = 0;
    if (life.lateResult == Done)
        return Models::tr("the device did it all the same, its answer came late");
    if (life.lateResult && life.lateResult != Received)
        return Models::tr("its answer came late: %1").arg(failureOf(*life.lateResult));
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
    case CommandState::Cancelled:
        return life.sentAt ? Models::tr("it had gone out, the device may have done it")
                           : Models::tr("before it went out, or with its device or script");
    case CommandState::Superseded:
        return life.sentAt ? Models::tr("it had gone out, then a newer one took its place")
                           : Models::tr("a newer one took its place, too many were waiting");
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
    if (value.isNone())
        return u"–"_s;
    const bool isShort = value.number && !value.integer; // else every digit
    const QString text = isShort ? number(*value.number) : QString::fromStdString(textOf(value));
    return value.isText() || unit.isEmpty() ? text : text + u'\u202f' + unit;
}

QString value(const std::optional<Sample>& sample, const QString& unit)
{
    return sample ? value(sample->value, unit) : u"–"_s;
}

QString event(const QString& kind)
{
    for (const EventWord& word : Events) {
        if (kind == QLatin1StringView(word.kind))
            return Models::tr(word.text);
    }
    return Models::tr("something happened"); // a newer server's word
}

QString timelineText(const model::TimelineEntry& entry)
{
    const QString word = entry.text.section(u": "_s, 0, 0);
    const QString rest = entry.text.section(u": "_s, 1);
    static const QRegularExpression wireWord(u"^[a-z]+(-[a-z]+)*$"_s);
    if ((entry.kind == TimelineKind::Event && word.contains(wireWord)) ||
        (entry.kind == TimelineKind::Script && word == "installed"_L1))
        return rest.isEmpty() ? event(word) : rest + u": "_s + event(word);
    const auto answer = model::valueOf<AnswerKind>(word);
    if (entry.kind != TimelineKind::AlertAnswer || !answer)
        return entry.text;
    return rest.isEmpty() ? alertAnswer(*answer) : alertAnswer(*answer) + u": "_s + rest;
}

} // namespace cohort::console::words
