#include "console/models/drafts.h"

namespace cohort::console {

void Drafts::keep(ParticipantId person, const Draft& draft)
{
    if (draft.isEmpty())
        m_drafts.remove(person.value);
    else if (person)
        m_drafts.insert(person.value, draft);
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
    m_notes.clear();
}

QFuture<Result<model::Alert>> Drafts::add(RpcClient& client, AlertId on, const NoteDraft& note)
{
    return call(client, protocol::AlertComment{on, note.text.trimmed()});
}

QFuture<Result<model::Message>> Drafts::send(RpcClient& client, ParticipantId to, const Draft& draft)
{
    const QString text = draft.text.trimmed();
    if (!draft.asks)
        return call(client, protocol::MessageSend{to, text});
    protocol::QuestionAsk wanted;
    wanted.participant = to;
    wanted.text = text;
    wanted.type = *draft.asks;
    if (draft.asks == model::QuestionType::OneOf)
        wanted.choices = draft.choices;
    return call(client, wanted);
}

} // namespace cohort::console
