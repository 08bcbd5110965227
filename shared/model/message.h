// Messages and questions to participants, and what they write. Thread: values. Owner: whoever holds them.
// Flow: message ⇄ repositories ⇄ wire ⇄ console. Source: study.md, "Messages", "Questions".
#pragma once

#include "shared/model/participant.h"

#include <QJsonValue>
#include <QStringList>

namespace cohort::model {

enum class MessageDirection : std::uint8_t { ToParticipant, FromParticipant };
constexpr auto enumNames(MessageDirection)
{
    return std::array{"to-participant", "from-participant"};
}
enum class MessageKind : std::uint8_t { Message, Question };
constexpr auto enumNames(MessageKind)
{
    return std::array{"message", "question"};
}
enum class MessageState : std::uint8_t { Queued, Sent, Delivered, Read, Answered, Expired };
constexpr auto enumNames(MessageState)
{
    return std::array{"queued", "sent", "delivered", "read", "answered", "expired"};
}
enum class QuestionType : std::uint8_t { YesNo, OneOf, Text, Number };
constexpr auto enumNames(QuestionType)
{
    return std::array{"yes-no", "one-of", "text", "number"};
}

// A choice of a question: a script's has a key beside its words.
struct QuestionChoice
{
    QString key;
    QString text;
};
template <typename V, Of<QuestionChoice> T>
void fields(V& visit, T& choice)
{
    visit("key", choice.key, "What a script calls it; the words themselves where a coordinator asked.");
    visit("text", choice.text, "What the person reads.");
}

struct Question
{
    QuestionType type = QuestionType::YesNo;
    QList<QuestionChoice> choices; // of one-of
};
template <typename V, Of<Question> T>
void fields(V& visit, T& question)
{
    visit("type", question.type, "What kind of answer is wanted.");
    visit("choices", question.choices, "What can be chosen, for one-of.");
}

struct Answer
{
    QJsonValue value; // what a script gets: a key, a number, a text, a truth value
    QString text;     // how a person reads it
};
template <typename V, Of<Answer> T>
void fields(V& visit, T& answer)
{
    visit("value", answer.value, "The answer as a script gets it: a key, a number, a text, true or false.");
    visit("text", answer.text, "The answer as a person reads it.");
}

struct MessageLife
{
    MessageState state = MessageState::Sent;
    Timestamp createdAt;
    std::optional<Timestamp> deliveredAt;
    std::optional<Timestamp> readAt;
    std::optional<Timestamp> answeredAt;
};
template <typename V, Of<MessageLife> T>
void fields(V& visit, T& life)
{
    visit("state", life.state, "How far it is.");
    visit("createdAt", life.createdAt, "When it was written.");
    visit("deliveredAt", life.deliveredAt, "When the person's page fetched it, or null.");
    visit("readAt", life.readAt, "When the person saw it, or null.");
    visit("answeredAt", life.answeredAt, "When the person answered, or null.");
}

struct MessageAuthor
{
    QString author; // operator:3, script:5, participant:4
    QString authorName;
};
template <typename V, Of<MessageAuthor> T>
void fields(V& visit, T& by)
{
    visit("author", by.author, "Who wrote it: operator:3, script:5, participant:4.");
    visit("authorName", by.authorName, "The operator's or script's name or the participant's code; empty where none.");
}

struct Message
{
    MessageId id;
    ParticipantId participant;
    QString code; // the person's pseudonym
    MessageDirection direction = MessageDirection::ToParticipant;
    MessageKind kind = MessageKind::Message;
    QString text;
    MessageAuthor by;
    QString key; // a script's word for its question
    MessageId replyTo;
    std::optional<Question> question;
    std::optional<Answer> answer;
    MessageLife life;
};
template <typename V, Of<Message> T>
void fields(V& visit, T& message)
{
    visit("id", message.id, "The message.");
    visit("participant", message.participant, "The person with whom it was exchanged.");
    visit("code", message.code, "The person's pseudonym.");
    visit("direction", message.direction, "Whether it went to the person or came from them.");
    visit("kind", message.kind, "Whether it asks for an answer.");
    visit("text", message.text, "What it says.");
    visit.flat(message.by);
    visit("key", message.key, "The script's word for its question; empty for others.");
    visit("replyTo", message.replyTo, "The message that it answers, or null.", orNone());
    visit("question", message.question, "What is asked, or null.");
    visit("answer", message.answer, "What the person answered, or null.");
    visit.flat(message.life);
}

// One line of the list of conversations.
struct Conversation
{
    ParticipantId participant;
    QString code;
    std::optional<QString> name; // nothing: unknown, or not shown to this reader
    ParticipantStatus status = ParticipantStatus::Active;
    QString timeZone; // the person's home's
    QString lastText;
    std::optional<Timestamp> lastAt;
    int unread = 0;
    int openQuestions = 0;

    QString label() const { return name && !name->isEmpty() ? *name : code; }
};
template <typename V, Of<Conversation> T>
void fields(V& visit, T& conversation)
{
    visit("participant", conversation.participant, "The person.");
    visit("code", conversation.code, "The person's pseudonym.");
    visit("name", conversation.name, "The person's name; null where it is unknown or may not be seen.");
    visit("status", conversation.status, "How the person takes part.");
    visit(
        "timeZone", conversation.timeZone,
        "The IANA time zone of the person's home, in which the times are told; the deployment's where there is none.");
    visit("lastText", conversation.lastText, "The last words, of either side; empty where there are none.");
    visit("lastAt", conversation.lastAt, "When they were written, or null.");
    visit("unread", conversation.unread, "Messages of the person that no operator has read or answered.");
    visit("openQuestions", conversation.openQuestions, "Questions that wait for an answer.");
}

// What an operator has just read.
struct ReadMessages
{
    int count = 0;
};
template <typename V, Of<ReadMessages> T>
void fields(V& visit, T& read)
{
    visit("count", read.count, "How many messages were not read before.");
}

} // namespace cohort::model
