#include "server/actions/actions.h"

#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/message_repository.h"
#include "shared/base/limits.h"
#include "shared/base/log.h"
#include "shared/base/utf8.h"
#include "shared/model/command_check.h"

namespace cohort::actions {

namespace {

constexpr qsizetype LongestParameters = 8'192; // bytes of JSON
constexpr int FullFor = 10'000;                // when it makes sense to ask again, in ms

tl::unexpected<Error> wrong(const QString& what)
{
    return fail(ErrorCode::WrongValue, what);
}

Result<void> checkParameters(const QJsonArray& parameters)
{
    if (parameters.size() > CommandParametersMost)
        return wrong(QStringLiteral("a command may have %1 parameters").arg(CommandParametersMost));
    for (const auto& parameter : parameters) {
        const QJsonValue value = parameter[QStringLiteral("value")];
        if (parameter[QStringLiteral("name")].toString().isEmpty() || value.isUndefined() || value.isObject() ||
            value.isArray())
            return wrong(QStringLiteral("a command's parameter needs a name and a plain value"));
    }
    if (QJsonDocument(parameters).toJson(QJsonDocument::Compact).size() > LongestParameters)
        return wrong(QStringLiteral("a command's parameters may have %1 bytes").arg(LongestParameters));
    return {};
}

Result<void> checkTexts(const QJsonObject& texts)
{
    if (texts.isEmpty())
        return wrong(QStringLiteral("a text in at least one language is needed"));
    for (const auto& text : texts) {
        if (!text.isString() || isLonger(text.toString(), TextCharactersMost))
            return wrong(QStringLiteral("a text may have %1 characters").arg(TextCharactersMost));
    }
    return {};
}

QString textFor(const QJsonObject& texts, const QString& language)
{
    for (const QString& wanted : {language, language.section(QLatin1Char('-'), 0, 0), QStringLiteral("en")}) {
        if (texts.contains(wanted))
            return texts.value(wanted).toString();
    }
    return texts.begin().value().toString();
}

Result<void> recordParts(store::AlertRepository& alerts, AlertId id, const NewAlert& alert)
{
    int position = 0;
    for (const NewAlertAction& action : alert.actions) {
        const bool isLost =
            !action.device && !action.parameters.isEmpty(); // it had a device, which is not known any more
        bool made = false;
        if (!isLost) {
            COHORT_TRY(recorded, alerts.recordAction({id, alert.location, position, action.key, action.texts,
                                                      action.device, action.parameters}));
            made = recorded;
        }
        ++position;
        if (!made)
            log(LogLevel::Warning, "alert-action-left-out",
                {{"alert", qint64{id.value}}, {"action", QString::fromStdString(action.key)}});
    }
    for (const RoleRecipient& recipient : alert.recipients)
        COHORT_CHECK(alerts.recordRecipients(id, alert.location, recipient.role, recipient.after));
    return {};
}

// Why the alert is held back; empty: it is not. The first alert of an urgent key never is.
QString heldBackBy(const NewAlert& alert, const store::AlertsLately& lately)
{
    const int ofKey = alert.ownWordsPerHour.value_or(AlertsPerHourMost);
    if (lately.ofKey >= ofKey)
        return QStringLiteral("held back: over %1 alerts of this key in this home within an hour").arg(ofKey);
    const bool isFirstUrgent = alert.severity == model::Severity::Urgent && lately.ofKey == 0;
    if (alert.script && !alert.ownWordsPerHour && !isFirstUrgent && lately.ofScript >= lately.most)
        return QStringLiteral("held back: over %1 alerts of this script in this home within an hour").arg(lately.most);
    return {};
}

Result<void> checkQuestion(const NewQuestion& question)
{
    const bool chooses = question.type == model::QuestionType::OneOf;
    if (chooses != !question.choices.empty() || question.choices.size() > ChoicesMost)
        return wrong(chooses ? QStringLiteral("a question to choose from needs 1 to %1 choices").arg(ChoicesMost)
                             : QStringLiteral("choices belong to the type one-of only"));
    for (const NewChoice& choice : question.choices) {
        if (choice.key.isEmpty())
            return wrong(QStringLiteral("a choice needs a key"));
        COHORT_CHECK(checkTexts(choice.texts));
    }
    return {};
}

tl::unexpected<Error> noSuchDevice()
{
    return fail(ErrorCode::NoSuchDevice, QStringLiteral("the device is not in this home, or is out of use"));
}

Result<void> checkCommand(const NewCommand& command)
{
    COHORT_CHECK(checkParameters(command.parameters));
    if (command.type != 0 && command.type != 1 && command.type != 4)
        return wrong(QStringLiteral("a command's type must be 0, 1 or 4"));
    if (command.type == 0 && command.parameters.isEmpty())
        return wrong(QStringLiteral("a command needs a parameter to set"));
    if (command.expires < Milliseconds(1) || command.expires > Milliseconds(CommandExpiryMostMs))
        return wrong(QStringLiteral("a command expires after 1 ms to 7 days"));
    return {};
}

// By the table of the device's type.
Result<QJsonArray> allowedParameters(store::CommandRepository& commands, const NewCommand& command)
{
    std::optional<int> type = command.deviceType;
    if (!type) {
        COHORT_TRY(found, commands.deviceType(command.location, command.device));
        type = found;
    }
    if (!type)
        return noSuchDevice();
    return model::checkedCommand(*type, command.parameters);
}

// Why a message is held back from a person; empty: it is not.
QString heldBackBy(const store::MessageBudget& budget)
{
    if (budget.isUsedUp)
        return QStringLiteral("held back: over %1 messages or questions of this script to one person within an hour")
            .arg(budget.most);
    if (budget.isUsedUpByAll)
        return QStringLiteral("held back: over %1 messages or questions of scripts to one person within an hour")
            .arg(MessagesOfScriptsMost);
    return {};
}

using Recipients = std::vector<std::pair<store::MessageRecipient, Milliseconds>>;

// Each person once, by the role that is named first.
Result<Recipients> recipientsOf(store::MessageRepository& messages, const NewMessage& message)
{
    Recipients recipients;
    const auto add = [&](const std::vector<store::MessageRecipient>& some, Milliseconds after) {
        for (const store::MessageRecipient& one : some) {
            const auto same = [&](const auto& other) { return other.first.participant == one.participant; };
            if (std::none_of(recipients.begin(), recipients.end(), same))
                recipients.emplace_back(one, after);
        }
    };
    for (const RoleRecipient& role : message.recipients) {
        COHORT_TRY(some, messages.byRole(message.deployment, message.location, role.role));
        add(some, role.after);
    }
    if (!message.participants.empty()) {
        COHORT_TRY(some, messages.byId(message.deployment, message.participants));
        add(some, Milliseconds(0));
    }
    return recipients;
}

// As one person is asked.
std::optional<model::Question> questionFor(const std::optional<NewQuestion>& wanted, const QString& language)
{
    if (!wanted)
        return std::nullopt;
    model::Question question{.type = wanted->type, .choices = {}};
    for (const NewChoice& choice : wanted->choices)
        question.choices.append({choice.key, textFor(choice.texts, language)});
    return question;
}

} // namespace

Result<RecordedAlert> recordAlert(store::Connection& connection, const NewAlert& alert)
{
    store::AlertRepository alerts(connection);
    if (alert.effect) {
        COHORT_TRY(before, alerts.byEffect(alert.effect));
        if (before)
            return RecordedAlert(*before);
    }
    COHORT_CHECK(checkTexts(alert.texts));
    if (alert.key.empty() || isLonger(QString::fromStdString(alert.key), ScriptNameMost))
        return wrong(QStringLiteral("an alert's key must have 1 to %1 characters").arg(ScriptNameMost));
    if (alert.actions.size() > ActionsMost)
        return wrong(QStringLiteral("an alert may offer %1 actions").arg(ActionsMost));
    for (const NewAlertAction& action : alert.actions) {
        COHORT_CHECK(checkTexts(action.texts));
        COHORT_CHECK(checkParameters(action.parameters));
    }
    COHORT_TRY(lately, alerts.lately(alert));
    RecordedAlert recorded;
    recorded.heldBack = heldBackBy(alert, lately);
    if (!recorded.heldBack.isEmpty())
        return recorded;
    COHORT_TRY(id, alerts.record(alert));
    if (!id)
        return recorded;
    COHORT_CHECK(recordParts(alerts, *id, alert));
    return RecordedAlert(*id);
}

Result<std::vector<AlertId>> resolveAlert(store::Connection& connection, LocationId location, ScriptId script,
                                          const std::string& key, const QString& by)
{
    return store::AlertRepository(connection).resolveCause(location, script, key, by);
}

Result<RecordedCommand> recordCommand(store::Connection& connection, const NewCommand& command)
{
    COHORT_CHECK(checkCommand(command));
    store::CommandRepository commands(connection);
    COHORT_TRY(parameters, allowedParameters(commands, command));
    if (command.effect) {
        COHORT_TRY(most,
                   commands.budgetUsedUp(command.deployment, command.location, command.requestedBy, command.effect));
        if (most)
            return fail(
                ErrorCode::TooOften,
                QStringLiteral("held back: over %1 commands of this script in this home within an hour").arg(*most));
    }
    COHORT_TRY(made,
               commands.record({command.deployment, command.location, command.device, command.type, parameters,
                                command.expires, command.requestedBy, command.comment, command.alert, command.effect}));
    if (made.id)
        return RecordedCommand{*made.id, made.superseded.value_or(CommandId{})};
    if (made.isFull)
        return fail(ErrorCode::TooManyCommands,
                    QStringLiteral("none of them sets the same; wait until some have ended, or cancel some"), FullFor);
    if (command.effect) {
        COHORT_TRY(before, commands.byEffect(command.effect));
        if (before)
            return RecordedCommand{*before, {}};
    }
    return noSuchDevice();
}

std::vector<bus::CommandChanged> changesOf(const RecordedCommand& made, DeploymentId deployment, LocationId location)
{
    std::vector<bus::CommandChanged> changes{{made, deployment, location}};
    if (made.superseded)
        changes.push_back({made.superseded, deployment, location});
    return changes;
}

Result<RecordedMessages> recordMessage(store::Connection& connection, const NewMessage& message)
{
    COHORT_CHECK(checkTexts(message.texts));
    if (message.question)
        COHORT_CHECK(checkQuestion(*message.question));
    store::MessageRepository messages(connection);
    COHORT_TRY(recipients, recipientsOf(messages, message));
    RecordedMessages made;
    for (const auto& [recipient, after] : recipients) {
        if (message.effect) {
            COHORT_TRY(budget, messages.budget(message.deployment, message.location, recipient.participant,
                                               message.author, message.effect));
            const QString why = heldBackBy(budget);
            if (!why.isEmpty()) {
                made.heldBack = why;
                continue;
            }
        }
        COHORT_TRY(id, messages.record({message.deployment, recipient.participant, message.location,
                                        textFor(message.texts, recipient.language), message.author, message.key,
                                        questionFor(message.question, recipient.language), after, message.effect}));
        made.push_back(id);
    }
    return made;
}

} // namespace cohort::actions
