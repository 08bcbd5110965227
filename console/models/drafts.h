// What an operator has begun to write to people: kept per person while the program runs, nowhere else.
// Thread: GUI. Owner: Workspace. Flow: ConversationView ⇄ here → message.send, question.ask.
#pragma once

#include "console/net/typed_call.h"
#include "shared/protocol/operations/message.h"

#include <QMap>

namespace cohort::console {

struct Draft
{
    QString person;                          // as the operator calls them
    std::optional<model::QuestionType> asks; // nothing: a message
    QString text;
    QStringList choices; // of a question of kind OneOf

    bool isEmpty() const { return text.trimmed().isEmpty() && choices.isEmpty(); }
};

class Drafts
{
public:
    // Empty where nothing was begun.
    Draft of(ParticipantId person) const { return m_drafts.value(person.value); }
    void keep(ParticipantId person, const Draft& draft);
    void drop(ParticipantId person) { m_drafts.remove(person.value); }
    void clear() { m_drafts.clear(); }
    // In the order of the people's ids.
    QList<ParticipantId> people() const;

    // To this person, whoever is shown. The draft stays until it is dropped.
    static QFuture<Result<model::Message>> send(RpcClient& client, ParticipantId to, const Draft& draft);

private:
    QMap<qint64, Draft> m_drafts;
};

} // namespace cohort::console
