#include "server/actions/answers.h"

#include "server/actions/actions.h"
#include "server/actions/question_value.h"
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/message_repository.h"
#include "shared/base/limits.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cohort::actions {

using model::AlertState;
using model::AnswerKind;

namespace {

constexpr Milliseconds CommandExpiry{CommandExpiryMs};
constexpr Milliseconds WaitsForAction =
    CommandExpiry + Milliseconds(5'000); // then the alert opens again, or it was done

tl::unexpected<Error> closed()
{
    return fail(ErrorCode::Conflict, QStringLiteral("the alert is closed already"));
}

// The alert, held until the transaction ends; NotFound when it is not there or not for this participant.
Result<store::AlertPlace> held(store::Connection& connection, AlertId alert, const Actor& actor)
{
    COHORT_TRY(place, store::AlertRepository(connection).lock(alert, actor.participant));
    if (!place)
        return fail(ErrorCode::NotFound, QStringLiteral("no such alert"));
    return *place;
}

// One answer that moves an open alert to `state`.
struct Step
{
    AnswerKind answer;
    AlertState state;
    QString comment;
    std::optional<Milliseconds> snooze;
};

Result<void> moveOn(store::Connection& connection, bus::Bus& bus, AlertId alert, const Actor& actor, const Step& step)
{
    if (step.comment.size() > CommentCharactersMost)
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("a comment may have %1 characters").arg(CommentCharactersMost));
    store::AlertPlace place;
    const auto committed = connection.transaction([&]() -> Result<void> {
        COHORT_TRY(found, held(connection, alert, actor));
        place = found;
        if (!model::isOpen(place.state))
            return closed();
        store::AlertRepository alerts(connection);
        COHORT_CHECK(alerts.recordAnswer(alert, actor.text(), step.answer, 0, step.comment));
        return alerts.setState(alert, step.state, actor.text(), step.snooze);
    });
    COHORT_CHECK(committed);
    bus.publish(bus::AlertChanged{alert, place.deployment, place.location});
    return {};
}

NewCommand commandOf(const store::AlertActionRow& action, AlertId alert, const Actor& actor)
{
    NewCommand wanted;
    wanted.deployment = action.deployment;
    wanted.location = action.location;
    wanted.device = action.device;
    wanted.parameters = action.parameters;
    wanted.expires = CommandExpiry;
    wanted.requestedBy = actor.text();
    wanted.alert = alert;
    return wanted;
}

QString notNull(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

} // namespace

QString Actor::text() const
{
    return participant ? QStringLiteral("participant:%1").arg(participant.value)
                       : QStringLiteral("operator:%1").arg(operatorId.value);
}

Answers::Answers(store::Connection& connection, bus::Bus& bus) : m_connection(connection), m_bus(bus) {}

Result<CommandId> Answers::act(AlertId alert, qint64 action, const Actor& actor)
{
    RecordedCommand command;
    store::AlertPlace place;
    const auto committed = m_connection.transaction([&]() -> Result<void> {
        COHORT_TRY(found, held(m_connection, alert, actor));
        place = found;
        store::AlertRepository alerts(m_connection);
        COHORT_TRY(row, alerts.action(alert, action));
        if (!row)
            return fail(ErrorCode::NotFound, QStringLiteral("the alert offers no such action"));
        command = {row->openCommand, {}};
        if (command || (!row->device && row->stands))
            return {};
        if (!model::isOpen(place.state))
            return closed();
        std::optional<Milliseconds> waits;
        if (row->device) {
            COHORT_TRY(made, recordCommand(m_connection, commandOf(*row, alert, actor)));
            command = made;
            waits = WaitsForAction;
        }
        COHORT_CHECK(alerts.recordAnswer(alert, actor.text(), AnswerKind::Act, action, QStringLiteral("")));
        return alerts.setState(alert, AlertState::Acknowledged, actor.text(), {}, waits);
    });
    COHORT_CHECK(committed);
    if (command) {
        for (const bus::CommandChanged& change : changesOf(command, place.deployment, place.location))
            m_bus.publish(change);
    }
    m_bus.publish(bus::AlertChanged{alert, place.deployment, place.location});
    return command;
}

Result<void> Answers::dismiss(AlertId alert, const Actor& actor, const QString& comment)
{
    return moveOn(m_connection, m_bus, alert, actor,
                  {AnswerKind::Dismiss, AlertState::Dismissed, notNull(comment), {}});
}

Result<void> Answers::acknowledge(AlertId alert, const Actor& actor, std::optional<Milliseconds> snooze)
{
    if (snooze && (*snooze < Milliseconds(60'000) || *snooze > std::chrono::minutes(SnoozeMinutesMost)))
        return fail(ErrorCode::WrongValue, QStringLiteral("an alert can be snoozed for 1 minute to 7 days"));
    return moveOn(m_connection, m_bus, alert, actor,
                  {AnswerKind::Acknowledge, AlertState::Acknowledged, QStringLiteral(""), snooze});
}

Result<void> Answers::resolve(AlertId alert, const Actor& actor)
{
    return moveOn(m_connection, m_bus, alert, actor,
                  {AnswerKind::Resolve, AlertState::Resolved, QStringLiteral(""), {}});
}

Result<void> Answers::comment(AlertId alert, const Actor& actor, const QString& comment)
{
    if (comment.trimmed().isEmpty() || comment.size() > CommentCharactersMost)
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("a comment has 1 to %1 characters").arg(CommentCharactersMost));
    store::AlertPlace place;
    const auto committed = m_connection.transaction([&]() -> Result<void> {
        COHORT_TRY(found, held(m_connection, alert, actor));
        place = found;
        return store::AlertRepository(m_connection).recordAnswer(alert, actor.text(), AnswerKind::Comment, 0, comment);
    });
    COHORT_CHECK(committed);
    m_bus.publish(bus::AlertChanged{alert, place.deployment, place.location});
    return {};
}

Result<void> Answers::read(const QList<MessageId>& messages, ParticipantId participant)
{
    COHORT_TRY(fresh, store::MessageRepository(m_connection).read(messages, participant));
    if (!fresh)
        return fail(ErrorCode::NotFound, QStringLiteral("no such message"));
    for (const store::MessagePlace& message : *fresh)
        m_bus.publish(bus::MessageChanged{message.id, message.deployment, participant});
    return {};
}

Result<void> Answers::answer(MessageId message, ParticipantId participant, const QJsonValue& value)
{
    DeploymentId deployment;
    const auto committed = m_connection.transaction([&]() -> Result<void> {
        store::MessageRepository messages(m_connection);
        COHORT_TRY(locked, messages.lock(message, participant));
        if (!locked || !locked->question)
            return fail(ErrorCode::NotFound, QStringLiteral("no such question"));
        if (locked->answered)
            return fail(ErrorCode::Conflict, QStringLiteral("the question is answered already, or was taken back"));
        deployment = locked->place.deployment;
        COHORT_CHECK(checkAnswer(*locked->question, value));
        return messages.answer(message, jsonText(value));
    });
    COHORT_CHECK(committed);
    m_bus.publish(bus::MessageChanged{message, deployment, participant});
    return {};
}

Result<MessageId> Answers::write(ParticipantId participant, const QString& text, MessageId replyTo, const QString& once)
{
    if (text.trimmed().isEmpty() || text.size() > TextCharactersMost || text.contains(QChar::Null))
        return fail(ErrorCode::WrongValue, QStringLiteral("a message has 1 to %1 characters").arg(TextCharactersMost));
    store::MessageRepository messages(m_connection);
    COHORT_TRY(lately, messages.writtenLately(participant, once));
    if (lately >= WrittenMost)
        return fail(ErrorCode::TooOften,
                    QStringLiteral("at most %1 messages in %2 minutes").arg(WrittenMost).arg(WrittenWithinS / 60),
                    60'000);
    COHORT_TRY(place, messages.write(participant, text, replyTo, once));
    if (!place)
        return fail(ErrorCode::NotFound, QStringLiteral("this participant cannot write"));
    m_bus.publish(bus::MessageChanged{place->id, place->deployment, participant});
    return place->id;
}

} // namespace cohort::actions
