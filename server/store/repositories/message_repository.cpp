#include "server/store/repositories/message_repository.h"

#include "server/store/repositories/alert_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"

namespace cohort::store {

namespace {

std::vector<MessageRecipient> recipients(const Rows& rows)
{
    std::vector<MessageRecipient> all;
    for (const Row& row : rows)
        all.push_back({row.id<ParticipantId>("id"), row.string("language")});
    return all;
}

std::vector<MessagePlace> places(const Rows& rows)
{
    std::vector<MessagePlace> all;
    for (const Row& row : rows)
        all.push_back(
            {row.id<MessageId>("id"), row.id<DeploymentId>("deployment_id"), row.id<ParticipantId>("participant_id")});
    return all;
}

std::optional<MessagePlace> place(const Rows& rows, ParticipantId participant)
{
    if (rows.empty())
        return std::nullopt;
    return MessagePlace{rows.front().id<MessageId>("id"), rows.front().id<DeploymentId>("deployment_id"), participant};
}

} // namespace

Result<model::Page<model::Message>> MessageRepository::list(ParticipantId participant, MessageId after, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageView, {{"participant", bound(participant)},
                                                           {"ids", bound(std::nullopt)},
                                                           {"after", bound(after)},
                                                           {"count", limit + 1}}));
    return pageOf<model::Message>(std::move(rows), limit);
}

Result<model::Message> MessageRepository::find(MessageId id)
{
    COHORT_TRY(found, byIds({id}));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    return found.first();
}

Result<QList<model::Message>> MessageRepository::byIds(const QList<MessageId>& ids)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageView, {{"participant", bound(std::nullopt)},
                                                           {"ids", bound(ids)},
                                                           {"after", bound(std::nullopt)},
                                                           {"count", bound(qint64{ids.size()})}}));
    return rowsAs<model::Message>(rows);
}

Result<model::Page<model::Message>> MessageRepository::questions(DeploymentId deployment, MessageId after, int limit)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::MessageQuestions,
                                  {{"deployment", bound(deployment)}, {"after", bound(after)}, {"count", limit + 1}}));
    return pageOf<model::Message>(std::move(rows), limit);
}

Result<QList<model::Conversation>> MessageRepository::conversations(DeploymentId deployment, bool showNames)
{
    COHORT_TRY(rows, m_connection.query(
                         Sql::MessageConversations,
                         {{"deployment", bound(deployment)}, {"names", showNames}, {"count", bound(ListLimitMost)}}));
    return rowsAs<model::Conversation>(rows);
}

Result<std::vector<MessageRecipient>> MessageRepository::byRole(DeploymentId deployment, LocationId location,
                                                                const std::string& role)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageRecipientsByRole, {{"deployment", bound(deployment)},
                                                                       {"location", bound(location)},
                                                                       {"role", QString::fromStdString(role)}}));
    return recipients(rows);
}

Result<std::vector<MessageRecipient>> MessageRepository::byId(DeploymentId deployment,
                                                              const std::vector<ParticipantId>& participants)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageRecipientsById,
                                        {{"deployment", bound(deployment)}, {"ids", bound(participants)}}));
    return recipients(rows);
}

Result<MessageBudget> MessageRepository::budget(DeploymentId deployment, LocationId location, ParticipantId participant,
                                                const QString& author, EffectId effect)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageOverBudget, {{"deployment", bound(deployment)},
                                                                 {"location", bound(location)},
                                                                 {"participant", bound(participant)},
                                                                 {"author", author},
                                                                 {"most_of_all", bound(qint64(MessagesOfScriptsMost))},
                                                                 {"effect", bound(effect)}}));
    if (rows.empty())
        return MessageBudget{};
    const Row& row = rows.front();
    return MessageBudget{row.boolean("of_script"), row.boolean("of_all"), static_cast<int>(row.integer("most"))};
}

Result<MessageId> MessageRepository::record(const MessageRecord& message)
{
    const QVariant question =
        message.question ? bound(QJsonDocument(model::toJson(*message.question))) : bound(std::nullopt);
    const auto kind = message.question ? model::MessageKind::Question : model::MessageKind::Message;
    COHORT_TRY(rows, m_connection.query(Sql::MessageRecord, {{"deployment", bound(message.deployment)},
                                                             {"participant", bound(message.participant)},
                                                             {"location", bound(message.location)},
                                                             {"kind", bound(kind)},
                                                             {"text", message.text},
                                                             {"author", message.author},
                                                             {"after_ms", bound(qint64(message.after.count()))},
                                                             {"key", QString::fromStdString(message.key)},
                                                             {"question", question},
                                                             {"effect", bound(message.effect)}}));
    return rows.front().id<MessageId>("id");
}

Result<QList<MessageId>> MessageRepository::markRead(DeploymentId deployment, ParticipantId participant, MessageId upTo)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageMarkRead, {{"deployment", bound(deployment)},
                                                               {"participant", bound(participant)},
                                                               {"up_to", bound(upTo)}}));
    QList<MessageId> read;
    for (const Row& row : rows)
        read.append(row.id<MessageId>("id"));
    return read;
}

Result<std::optional<std::vector<MessagePlace>>> MessageRepository::read(const QList<MessageId>& messages,
                                                                         ParticipantId participant)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageRead,
                                        {{"messages", bound(messages)}, {"participant", bound(participant)}}));
    if (rows.empty())
        return std::optional<std::vector<MessagePlace>>();
    std::vector<MessagePlace> fresh;
    for (const Row& row : rows) {
        if (row.boolean("is_fresh"))
            fresh.push_back({row.id<MessageId>("id"), row.id<DeploymentId>("deployment_id"), participant});
    }
    return std::optional(std::move(fresh));
}

Result<std::optional<LockedMessage>> MessageRepository::lock(MessageId message, ParticipantId participant)
{
    COHORT_TRY(
        rows, m_connection.query(Sql::MessageLock, {{"message", bound(message)}, {"participant", bound(participant)}}));
    const auto found = place(rows, participant);
    if (!found)
        return std::optional<LockedMessage>();
    const Row& row = rows.front();
    LockedMessage locked{*found, !row.isNull("answered_at"), std::nullopt};
    if (!row.isNull("question")) {
        COHORT_TRY(question, model::fromJson<model::Question>(row.json("question").object(), model::Form::Stored));
        locked.question = question;
    }
    return std::optional(std::move(locked));
}

Result<void> MessageRepository::answer(MessageId message, const QString& answer)
{
    COHORT_CHECK(m_connection.execute(Sql::MessageAnswer, {{"message", bound(message)}, {"answer", answer}}));
    return {};
}

Result<std::optional<MessagePlace>> MessageRepository::write(ParticipantId participant, const QString& text,
                                                             MessageId replyTo, const QString& once)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageWrite, {{"participant", bound(participant)},
                                                            {"text", text},
                                                            {"reply_to", bound(replyTo)},
                                                            {"once", once.isNull() ? QStringLiteral("") : once}}));
    return place(rows, participant);
}

Result<qint64> MessageRepository::writtenLately(ParticipantId participant, const QString& once)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::MessageWrittenCount, {{"participant", bound(participant)},
                                                             {"within_s", bound(WrittenWithinS)},
                                                             {"once", once.isNull() ? QStringLiteral("") : once}}));
    return rows.front().integer("count");
}

Result<std::vector<MessagePlace>> MessageRepository::release()
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageRelease));
    return places(rows);
}

Result<std::vector<MessagePlace>> MessageRepository::expire(ParticipantId participant)
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageExpireOfParticipant, {{"participant", bound(participant)}}));
    return places(rows);
}

Result<std::vector<UnloggedMessage>> MessageRepository::unlogged()
{
    COHORT_TRY(rows, m_connection.query(Sql::MessageUnlogged));
    std::vector<UnloggedMessage> all;
    for (const Row& row : rows) {
        COHORT_TRY(direction, wordOf<model::MessageDirection>(row, "direction"));
        all.push_back({row.id<MessageId>("id"), row.id<ParticipantId>("participant_id"),
                       row.id<LocationId>("location_id"), row.id<ScriptId>("script_id"),
                       direction == model::MessageDirection::ToParticipant, row.string("key").toStdString(),
                       row.string("answer").toUtf8(), row.string("choice"), row.time("event_time"),
                       row.boolean("already")});
    }
    return all;
}

Result<void> MessageRepository::markLogged(const std::vector<qint64>& ids)
{
    COHORT_CHECK(m_connection.execute(Sql::MessageLogged, {{"ids", boundNumbers(ids)}}));
    return {};
}

} // namespace cohort::store
