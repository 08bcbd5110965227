// Operations: messages and questions to participants. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/message.h"
#include "shared/model/page.h"
#include "shared/protocol/request_id.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

struct MessageList
{
    using Answer = model::Page<model::Message>;
    static constexpr const char* Name = "message.list";

    ParticipantId participant;
    std::optional<int> limit;
    std::optional<MessageId> after;
};
template <typename V, Of<MessageList> T>
void fields(V& visit, T& wanted)
{
    visit("participant", wanted.participant, "With whom.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct MessageConversations
{
    using Answer = model::Page<model::Conversation>;
    static constexpr const char* Name = "message.conversations";

    DeploymentId deployment;
};
template <typename V, Of<MessageConversations> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Of which deployment.");
}

struct MessageRead
{
    using Answer = model::ReadMessages;
    static constexpr const char* Name = "message.read";

    ParticipantId participant;
    MessageId upTo;
};
template <typename V, Of<MessageRead> T>
void fields(V& visit, T& wanted)
{
    visit("participant", wanted.participant, "Whose messages.");
    visit("upTo", wanted.upTo, "The newest of them that was read.");
}

struct MessageSend
{
    using Answer = model::Message;
    static constexpr const char* Name = "message.send";

    ParticipantId participant;
    QString text;
    std::optional<QString> requestId = {};
};
template <typename V, Of<MessageSend> T>
void fields(V& visit, T& wanted)
{
    visit("participant", wanted.participant, "To whom.");
    visit("text", wanted.text, "What to write.", characters(1, WrittenCharactersMost).secret());
    visit("requestId", wanted.requestId, RequestIdProse, RequestIdRule);
}

struct QuestionAsk
{
    using Answer = model::Message;
    static constexpr const char* Name = "question.ask";

    ParticipantId participant;
    QString text;
    model::QuestionType type = model::QuestionType::YesNo;
    std::optional<QStringList> choices;
    std::optional<QString> requestId = {};
};
template <typename V, Of<QuestionAsk> T>
void fields(V& visit, T& wanted)
{
    visit("participant", wanted.participant, "Whom.");
    visit("text", wanted.text, "What to ask.", characters(1, WrittenCharactersMost).secret());
    visit("type", wanted.type, "What kind of answer is wanted.");
    visit("choices", wanted.choices, "What can be chosen: two to twenty texts, for one-of only.",
          entries(0, ChoicesMost));
    visit("requestId", wanted.requestId, RequestIdProse, RequestIdRule);
}

struct QuestionAnswers
{
    using Answer = model::Page<model::Message>;
    static constexpr const char* Name = "question.answers";

    DeploymentId deployment;
    std::optional<int> limit;
    std::optional<MessageId> after;
};
template <typename V, Of<QuestionAnswers> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Of which deployment.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

} // namespace cohort::protocol
