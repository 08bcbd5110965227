// What operators work with: alerts, messages, scripts and their runs, what needs attention, rights.
#include "console/models/word_table.h"

namespace cohort::console::words {

using namespace cohort::model;

namespace {

constexpr Row<AlertState> AlertStates[] = {
    {AlertState::Open, WORD("open"), Tone::Bad},
    {AlertState::Acknowledged, WORD("acknowledged"), Tone::Warning},
    {AlertState::Resolved, WORD("resolved"), Tone::Good},
    {AlertState::Dismissed, WORD("dismissed"), Tone::Neutral},
};
constexpr Row<Severity> Severities[] = {
    {Severity::Low, WORD("low"), Tone::Neutral},
    {Severity::Normal, WORD("normal"), Tone::Info},
    {Severity::Urgent, WORD("urgent"), Tone::Bad},
};
constexpr Row<AnswerKind> AnswerKinds[] = {
    {AnswerKind::Act, WORD("took an action")},
    {AnswerKind::Dismiss, WORD("dismissed it")},
    {AnswerKind::Acknowledge, WORD("takes care of it")},
    {AnswerKind::Resolve, WORD("resolved it")},
    {AnswerKind::Comment, WORD("noted")},
};
constexpr Row<MessageState> MessageStates[] = {
    {MessageState::Queued, WORD("waiting"), Tone::Neutral},
    {MessageState::Sent, WORD("sent"), Tone::Neutral},
    {MessageState::Delivered, WORD("delivered"), Tone::Info},
    {MessageState::Read, WORD("read"), Tone::Good},
    {MessageState::Answered, WORD("answered"), Tone::Good},
    {MessageState::Expired, WORD("taken back"), Tone::Neutral},
};
constexpr Row<ScriptStatus> ScriptStatuses[] = {
    {ScriptStatus::Draft, WORD("draft"), Tone::Neutral}, {ScriptStatus::Live, WORD("live"), Tone::Good},
    {ScriptStatus::Shadow, WORD("shadow"), Tone::Info},  {ScriptStatus::Paused, WORD("paused"), Tone::Warning},
    {ScriptStatus::Errors, WORD("errors"), Tone::Bad},
};
constexpr Row<ScriptMode> ScriptModes[] = {
    {ScriptMode::Live, WORD("live"), Tone::Good},
    {ScriptMode::Shadow, WORD("shadow"), Tone::Info},
};
constexpr Row<InstanceStatus> InstanceStatuses[] = {
    {InstanceStatus::Running, WORD("running"), Tone::Good},
    {InstanceStatus::Paused, WORD("paused"), Tone::Warning},
    {InstanceStatus::PausedByErrors, WORD("paused by errors"), Tone::Bad},
    {InstanceStatus::Resuming, WORD("resuming"), Tone::Info},
};
constexpr Row<RunStatus> RunStatuses[] = {
    {RunStatus::Ok, WORD("ok"), Tone::Good},
    {RunStatus::Error, WORD("error"), Tone::Bad},
    {RunStatus::Timeout, WORD("took too long"), Tone::Bad},
    {RunStatus::Memory, WORD("too much memory"), Tone::Bad},
    {RunStatus::Killed, WORD("ended by force"), Tone::Bad},
    {RunStatus::Looping, WORD("looping"), Tone::Bad},
    {RunStatus::TooManyEffects, WORD("too many effects"), Tone::Bad},
    {RunStatus::StateTooLarge, WORD("state too large"), Tone::Bad},
};
constexpr Row<EffectKind> EffectKinds[] = {
    {EffectKind::SetFact, WORD("fact")},
    {EffectKind::Alert, WORD("alert")},
    {EffectKind::ResolveAlert, WORD("alert resolved")},
    {EffectKind::Notify, WORD("message")},
    {EffectKind::Ask, WORD("question")},
    {EffectKind::Command, WORD("command")},
    {EffectKind::StartTimer, WORD("timer started")},
    {EffectKind::CancelTimer, WORD("timer stopped")},
    {EffectKind::Emit, WORD("signal")},
};
constexpr Row<AttentionKind> AttentionKinds[] = {
    {AttentionKind::Alert, WORD("alert"), Tone::Bad},
    {AttentionKind::HomeOffline, WORD("home offline"), Tone::Bad},
    {AttentionKind::GatewayOffline, WORD("gateway offline"), Tone::Bad},
    {AttentionKind::DeviceOffline, WORD("device offline"), Tone::Warning},
    {AttentionKind::SilentDevice, WORD("silent device"), Tone::Warning},
    {AttentionKind::UnreadMessage, WORD("new message"), Tone::Warning},
    {AttentionKind::Unanswered, WORD("not answered"), Tone::Info},
    {AttentionKind::ScriptError, WORD("script error"), Tone::Bad},
    {AttentionKind::ScriptPaused, WORD("script paused"), Tone::Warning},
};
constexpr Row<ComposerStatus> ComposerStatuses[] = {
    {ComposerStatus::Running, WORD("Running"), Tone::Good},
    {ComposerStatus::Off, WORD("Off"), Tone::Bad},
};
constexpr Row<OperatorRole> OperatorRoles[] = {
    {OperatorRole::Admin, WORD("administrator")},
    {OperatorRole::Coordinator, WORD("coordinator")},
    {OperatorRole::Analyst, WORD("analyst")},
};
static_assert(isWhole(AlertStates) && isWhole(Severities) && isWhole(AnswerKinds) && isWhole(MessageStates));
static_assert(isWhole(ScriptStatuses) && isWhole(ScriptModes) && isWhole(InstanceStatuses));
static_assert(isWhole(RunStatuses) && isWhole(EffectKinds) && isWhole(AttentionKinds) && isWhole(OperatorRoles) &&
              isWhole(ComposerStatuses));

} // namespace

Word alertState(AlertState state)
{
    return find(AlertStates, state);
}
Word severity(Severity severity)
{
    return find(Severities, severity);
}
QString alertAnswer(AnswerKind answer)
{
    return find(AnswerKinds, answer).text;
}
Word messageState(MessageState state)
{
    return find(MessageStates, state);
}
Word scriptStatus(ScriptStatus status)
{
    return find(ScriptStatuses, status);
}
Word scriptMode(ScriptMode mode)
{
    return find(ScriptModes, mode);
}
Word instanceStatus(InstanceStatus status)
{
    return find(InstanceStatuses, status);
}
Word runStatus(RunStatus status)
{
    return find(RunStatuses, status);
}
QString effectKind(EffectKind kind)
{
    return find(EffectKinds, kind).text;
}
Word attentionKind(AttentionKind kind)
{
    return find(AttentionKinds, kind);
}
Word composerStatus(ComposerStatus status)
{
    return find(ComposerStatuses, status);
}
QString operatorRole(OperatorRole role)
{
    return find(OperatorRoles, role).text;
}

} // namespace cohort::console::words
