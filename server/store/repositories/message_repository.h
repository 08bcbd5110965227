// Messages and questions to participants, and what they write back.
// Thread: the connection's. Owner: whoever needs it. Flow: actions, api ⇄ here ⇄ message.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/message.h"
#include "shared/model/page.h"

#include <optional>
#include <string>
#include <vector>

namespace cohort::store {

struct MessageRecipient
{
    ParticipantId participant;
    QString language;
};

struct MessageRecord
{
    DeploymentId deployment;
    ParticipantId participant;
    LocationId location; // none: the participant's own home
    QString text;
    QString author;
    std::string key;
    std::optional<model::Question> question;
    Milliseconds after{0};
    EffectId effect;
};

struct MessagePlace
{
    MessageId id;
    DeploymentId deployment;
    ParticipantId participant;
};

struct LockedMessage
{
    MessagePlace place;
    bool answered = false;
    std::optional<model::Question> question;
};

struct UnloggedMessage
{
    MessageId id;
    ParticipantId participant;
    LocationId location; // none: nowhere to log it
    ScriptId script;     // who asked
    bool isAnswer = false;
    std::string key;
    QByteArray answer; // JSON
    QString choice;    // the words that were chosen, as the person read them; empty: it was no choice
    Timestamp time;
    bool already = false; // the row is in the log, only the mark is missing
};

// Whether a person has had as many messages of scripts within the hour as may be.
struct MessageBudget
{
    bool isUsedUp = false; // of this script: `most`
    bool isUsedUpByAll = false;
    int most = 0;
};

class MessageRepository
{
public:
    explicit MessageRepository(Connection& connection) : m_connection(connection) {}

    // With one participant, oldest first, newer than `after`.
    Result<model::Page<model::Message>> list(ParticipantId participant, MessageId after, int limit);
    // Errors: NotFound.
    Result<model::Message> find(MessageId id);
    // Those that are there, oldest first.
    Result<QList<model::Message>> byIds(const QList<MessageId>& ids);
    // Questions of a deployment, newest first, older than `after`.
    Result<model::Page<model::Message>> questions(DeploymentId deployment, MessageId after, int limit);
    // All of a deployment's, the newest words first; at most 1,000. `showNames`: false leaves them out.
    Result<QList<model::Conversation>> conversations(DeploymentId deployment, bool showNames);

    Result<std::vector<MessageRecipient>> byRole(DeploymentId deployment, LocationId location, const std::string& role);
    Result<std::vector<MessageRecipient>> byId(DeploymentId deployment, const std::vector<ParticipantId>& participants);
    // Before `effect`, by its home's clock. `author`: script:5.
    Result<MessageBudget> budget(DeploymentId deployment, LocationId location, ParticipantId participant,
                                 const QString& author, EffectId effect);
    Result<MessageId> record(const MessageRecord& message);
    // What this participant wrote, up to there, is read by an operator now; those that were not before.
    Result<QList<MessageId>> markRead(DeploymentId deployment, ParticipantId participant, MessageId upTo);
    // Those of the participant's that were not read before; nothing: none of them is a message to this participant.
    Result<std::optional<std::vector<MessagePlace>>> read(const QList<MessageId>& messages, ParticipantId participant);
    Result<std::optional<LockedMessage>> lock(MessageId message, ParticipantId participant);
    // `answer` is a JSON text.
    Result<void> answer(MessageId message, const QString& answer);
    // The open questions to the participant, which nobody waits for any more.
    Result<std::vector<MessagePlace>> expire(ParticipantId participant);
    // `once`: what its writer calls it; the same again is the same message, whatever it says. Empty: each is one of its own.
    Result<std::optional<MessagePlace>> write(ParticipantId participant, const QString& text, MessageId replyTo,
                                              const QString& once = {});
    // Without the one that is called `once`.
    Result<qint64> writtenLately(ParticipantId participant, const QString& once = {});

    // The dispatcher's.
    Result<std::vector<MessagePlace>> release();
    Result<std::vector<UnloggedMessage>> unlogged();
    Result<void> markLogged(const std::vector<qint64>& ids);

private:
    Connection& m_connection;
};

} // namespace cohort::store
