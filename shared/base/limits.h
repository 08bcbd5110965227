// The table of the limits that server and console both know; each row says what it bounds.
// Thread: constants. Owner: nobody. Flow: here → whoever holds a bound, and what tells people of it.
#pragma once

#include <vector>

namespace cohort {

// X(name, value, unit, what it bounds)
#define COHORT_LIMITS(X)                                                                                               \
    X(ListLimit, 200, "rows", "rows of a list where no limit is given")                                                \
    X(ListLimitMost, 1'000, "rows", "rows of a list at most")                                                          \
    X(ChartPoints, 1'000, "points", "points of a chart where no number is given")                                      \
    X(ChartPointsMost, 4'000, "points", "points of a chart at most")                                                   \
    X(ExportRowsMost, 200'000, "rows", "rows of one export")                                                           \
    X(UndeliveredMost, 64, "notifications", "notifications that wait for a slow console before it loads again")        \
    X(FrameBytesMost, 4'194'304, "bytes", "bytes of one message or body on the console's port")                        \
    X(ScriptBytesMost, 65'536, "bytes", "bytes of a script or a helper module")                                        \
    X(ScriptLinesMost, 1'000, "lines", "lines of its log that are kept of a script in a home, the newest")             \
    X(PasswordLeast, 10, "characters", "characters of an operator's password at least")                                \
    X(ParticipantPasswordLeast, 8, "characters", "characters of a participant's password at least")                    \
    X(SilentAfterS, 3'600, "seconds", "seconds without any sign after which what reports only changes is silent")      \
    X(LostAfterS, 20, "seconds", "seconds after which a lost connection wants attention")                              \
    X(HomesApartMost, 5, "homes", "homes of one study that are shown apart when all lose connection or are silent")    \
    X(ForgottenAfterDays, 30, "days", "days after which what is silent or unanswered no longer wants attention")       \
    X(UnansweredAfterS, 86'400, "seconds", "seconds after which an unanswered question wants attention")               \
    X(NodeAliveS, 20, "seconds", "seconds since its heartbeat for which a server counts as alive")                     \
    X(NodeShownDays, 7, "days", "days since its heartbeat for which a server is listed")                               \
    X(EnrolmentDays, 14, "days", "days for which the code that opens the participants' page works")                    \
    X(TokenOverlapS, 86'400, "seconds", "seconds for which a device's older tokens work beside a new one")             \
    X(SamplesKeptDays, 90, "days", "days for which a server's figures of each minute are kept")                        \
    X(FiguresHours, 24, "hours", "hours that the figures of scripts look back")                                        \
    X(AlertAnswersMost, 100, "answers", "answers of an alert that are shown, the newest")                              \
    X(AlertsPerHourMost, 20, "alerts", "alerts of one key in a home within an hour; more are held back")               \
    X(WrittenMost, 30, "messages", "messages that a participant may write within WrittenWithinS")                      \
    X(WrittenWithinS, 600, "seconds", "seconds in which a participant's messages are counted")                         \
    X(TextCharactersMost, 4'000, "characters", "characters of a message, an alert's text or an answer")                \
    X(OpenCommandsMost, 100, "commands", "open commands of a gateway and the devices behind it")                       \
    X(ChoicesMost, 20, "choices", "choices of a question")                                                             \
    X(ActionsMost, 10, "actions", "actions that an alert of a script offers")                                          \
    X(WrittenCharactersMost, 2'000, "characters", "characters of a message that a person writes")                      \
    X(UserNameLeast, 3, "characters", "characters of a participant's user name at least")                              \
    X(UserNameMost, 100, "characters", "characters of a participant's user name")                                      \
    X(PasswordMost, 200, "characters", "characters of a password")                                                     \
    X(EnrolmentCodeMost, 40, "characters", "characters of an enrolment code as it is typed")                           \
    X(InboxAlertsMost, 50, "alerts", "alerts that the participants' page shows")                                       \
    X(InboxMessagesMost, 100, "messages", "messages that the participants' page shows, the newest")                    \
    X(InboxEndedWithinS, 86'400, "seconds", "seconds for which the participants' page shows an alert that ended")      \
    X(AlertWindowS, 3'600, "seconds", "seconds in which alerts of one key in a home are counted")                      \
    X(CallingGapS, 300, "seconds", "seconds between telling one caregiver of an alert and the next")                   \
    X(ChangesKeptS, 86'400, "seconds", "seconds for which changes are kept for the servers' caches")                   \
    X(FailuresFree, 5, "failures", "failed sign-ins of one account from one address before it must wait")              \
    X(FailuresFreeOfAddress, 50, "failures", "failed sign-ins of one address before it must wait")                     \
    X(FailureWaitMostS, 900, "seconds", "seconds that a failed sign-in makes the next one wait at most")               \
    X(FailuresForgivenAfterS, 3'600, "seconds", "seconds without a failed sign-in after which they are forgiven")      \
    X(FailuresKeptS, 86'400, "seconds", "seconds for which failed sign-ins are kept")                                  \
    X(NodeChosenS, 15, "seconds", "seconds since its heartbeat for which devices are sent to a server")                \
    X(OperatorSessionS, 43'200, "seconds", "seconds for which an operator stays signed in after the last call")        \
    X(OperatorSessionStepS, 600, "seconds", "seconds of a session in use after which it is extended")                  \
    X(ValueBytesMost, 1'024, "bytes", "bytes of a text that is a value, in an upload or a file")                       \
    X(ParameterBytesMost, 128, "bytes", "bytes of a parameter's name, in an upload or a file")                         \
    X(IndexBytesMost, 64, "bytes", "bytes of a parameter's index, in an upload, a file or a command")                  \
    X(UnitBytesMost, 32, "bytes", "bytes of a unit, in an upload or a file")                                           \
    X(NameCharactersMost, 200, "characters",                                                                           \
      "characters of the name of a study, a home, a room, a person or a script")                                       \
    X(EmailCharactersMost, 320, "characters", "characters of an e-mail address as it is typed")                        \
    X(DeviceKeyMost, 200, "characters", "characters of a device's own id; in an upload, bytes")                        \
    X(DescriptionCharactersMost, 500, "characters", "characters of a device's description")                            \
    X(NoteCharactersMost, 500, "characters", "characters of a note on a command or a script's version")                \
    X(CommentCharactersMost, 2'000, "characters", "characters of a comment on an alert")                               \
    X(SnoozeMinutesMost, 10'080, "minutes", "minutes for which an alert can be put off")                               \
    X(CommandParametersMost, 50, "parameters", "parameters that one command sets")                                     \
    X(CommandExpiryMs, 60'000, "milliseconds", "milliseconds that a command may wait where nothing is said")           \
    X(CommandExpiryLeastMs, 1'000, "milliseconds", "milliseconds that a command may wait at least")                    \
    X(CommandExpiryMostMs, 604'800'000, "milliseconds", "milliseconds that a command may wait at most")                \
    X(ScriptNameMost, 128, "characters", "characters of an alert's key and of other names that a run gives")           \
    X(ScriptTextMost, 2'000, "characters", "characters of a text of a script, in each language")                       \
    X(RecipientsMost, 10, "recipients", "recipients that one effect of a script names")                                \
    X(EffectsMost, 100, "effects", "effects of one run of a script")                                                   \
    X(RunLinesMost, 20, "lines", "lines that one run of a script logs")                                                \
    X(RunLineMost, 1'000, "characters", "characters of a line that a run logs")                                        \
    X(StateBytesMost, 65'536, "bytes", "bytes that a script keeps of a home between runs")                             \
    X(TimersMost, 256, "timers", "timers of one script in one home")                                                   \
    X(HelpersMost, 20, "modules", "helper modules of a script")                                                        \
    X(ParameterTextMost, 1'000, "characters", "characters of a text that is a script's parameter")                     \
    X(LateAfterS, 300, "seconds", "seconds behind its time after which what came or fell due is late")                 \
    X(AheadMostS, 300, "seconds", "seconds by which a value's time may be ahead of the server's clock")                \
    X(ImportCharactersMost, 3'500'000, "characters", "characters of a file that is imported over the API")             \
    X(ImportRefusedMost, 1'000, "lines", "refused lines of a file that are named one by one")                          \
    X(MessagesOfScriptsMost, 20, "messages", "messages of all scripts to one person within an hour")                   \
    X(ParticipantSessionDays, 30, "days", "days for which a participant stays signed in on a device")

#define COHORT_X(name, value, unit, meaning) constexpr int name = value;
COHORT_LIMITS(COHORT_X)
#undef COHORT_X

struct Limit
{
    const char* name;
    int value;
    const char* unit;
    const char* meaning;
};
const std::vector<Limit>& limits();

} // namespace cohort
