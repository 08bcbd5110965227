#include "console/models/drafts.h"

#include <QUuid>

namespace cohort::console {

QString newRequestId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

void Drafts::keep(ParticipantId person, const Draft& draft)
{
    if (draft.isEmpty())
        drop(person);
    else if (person)
        m_drafts.insert(person.value, draft);
}

void Drafts::drop(ParticipantId person)
{
    m_drafts.remove(person.value);
    m_tried.remove(person.value);
}

QString Drafts::requestIdOf(ParticipantId person, const Draft& draft)
{
    Tried& tried = m_tried[person.value];
    const bool isSame = tried.draft.text.trimmed() == draft.text.trimmed() && tried.draft.asks == draft.asks &&
                        tried.draft.choices == draft.choices;
    if (tried.requestId.isEmpty() || !isSame)
        tried = {draft, newRequestId()};
    return tried.requestId;
}

QList<ParticipantId> Drafts::people() const
{
    QList<ParticipantId> all;
    for (auto it = m_drafts.keyBegin(); it != m_drafts.keyEnd(); ++it)
        all.append(ParticipantId{*it});
    return all;
}

void Drafts::keepNote(AlertId alert, const NoteDraft& note)
{
    if (note.isEmpty())
        m_notes.remove(alert.value);
    else if (alert)
        m_notes.insert(alert.value, note);
}

QList<AlertId> Drafts::alerts() const
{
    QList<AlertId> all;
    for (auto it = m_notes.keyBegin(); it != m_notes.keyEnd(); ++it)
        all.append(AlertId{*it});
    return all;
}

void Drafts::clear()
{
    m_drafts.clear();
    m_tried.clear();
    m_notes.clear();
}

QFuture<Result<model::Alert>> Drafts::add(RpcClient& client, AlertId on, const NoteDraft& note)
{
    return call(client, protocol::AlertComment{on, note.text.trimmed()});
}

QFuture<Result<model::Message>> Drafts::send(RpcClient& client, ParticipantId to, const Draft& draft,
                                             const QString& requestId)
{
    const QString text = draft.text.trimmed();
    if (!draft.asks)
        return call(client, protocol::MessageSend{to, text, requestId});
    protocol::QuestionAsk wanted;
    wanted.participant = to;
    wanted.text = text;
    wanted.type = *draft.asks;
    wanted.requestId = requestId;
    if (draft.asks == model::QuestionType::OneOf)
        wanted.choices = draft.choices;
    return call(client, wanted);
}

} // namespace cohort::console
