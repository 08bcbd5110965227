// What an operator has begun to write, to people and about alerts: kept per person and alert while the program runs,
// nowhere else.
// Thread: GUI. Owner: Workspace. Flow: ConversationView, AlertDetail ⇄ here → message.send, question.ask, alert.comment.
#pragma once

#include "console/net/typed_call.h"
#include "shared/protocol/operations/alert.h"
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

struct NoteDraft
{
    QString alert; // what it says
    QString text;

    bool isEmpty() const { return text.trimmed().isEmpty(); }
};

// A name for one thing that is asked for: what is sent again under it, after a lost answer, is not done twice.
QString newRequestId();

class Drafts
{
public:
    // Empty where nothing was begun.
    Draft of(ParticipantId person) const { return m_drafts.value(person.value); }
    void keep(ParticipantId person, const Draft& draft);
    void drop(ParticipantId person);
    // What is sent to them next, under one name as long as it says the same; a new one once it was answered.
    QString requestIdOf(ParticipantId person, const Draft& draft);
    // The server has it: the same words again are another message.
    void answered(ParticipantId person) { m_tried.remove(person.value); }
    // In the order of the people's ids.
    QList<ParticipantId> people() const;

    // Empty where nothing was begun.
    NoteDraft noteOn(AlertId alert) const { return m_notes.value(alert.value); }
    void keepNote(AlertId alert, const NoteDraft& note);
    void dropNote(AlertId alert) { m_notes.remove(alert.value); }
    // In the order of their ids.
    QList<AlertId> alerts() const;

    void clear();

    // To this person, whoever is shown. The draft stays until it is dropped.
    static QFuture<Result<model::Message>> send(RpcClient& client, ParticipantId to, const Draft& draft,
                                                const QString& requestId);
    // On this alert, whichever is shown; the draft stays likewise.
    static QFuture<Result<model::Alert>> add(RpcClient& client, AlertId on, const NoteDraft& note);

private:
    struct Tried
    {
        Draft draft;
        QString requestId;
    };
    QMap<qint64, Draft> m_drafts;
    QMap<qint64, Tried> m_tried; // sent, and not answered yet
    QMap<qint64, NoteDraft> m_notes;
};

} // namespace cohort::console
