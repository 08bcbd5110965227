// What the participants' page shows one person.
// Thread: the connection's. Owner: a request of the page. Flow: alert…, command, message → here → api's inbox.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/inbox.h"

namespace cohort::store {

class InboxRepository
{
public:
    InboxRepository(Connection& connection, ParticipantId participant)
        : m_connection(connection), m_participant(participant)
    {
    }

    // Open ones that have reached the person first, then urgent ones, then the newest; at most 50.
    Result<QList<model::InboxAlert>> alerts();
    // The newest hundred, and up to as many questions that wait for an answer, oldest first.
    Result<QList<model::InboxMessage>> messages();
    // The page has fetched all that was there; the messages to which that was new.
    Result<QList<MessageId>> markDelivered();

private:
    Connection& m_connection;
    const ParticipantId m_participant;
};

} // namespace cohort::store
