// One conversation, oldest first, and the list of a deployment's conversations; both live.
// Thread: GUI. Owner: a page. Flow: message.list, message.conversations and topic "messages" → rows.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "console/net/alert.h"

namespace cohort::console {

class MessagesModel : public RowsOf<Message>
{
public:
    MessagesModel(Workspace& workspace, QObject* parent);

    void show(DeploymentId deployment, ParticipantId participant);
    ParticipantId participant() const { return m_participant; }
    void put(const Message& message);

protected:
    QFuture<Result<Listing<Message>>> load(const Message* last) override;
    qint64 idOf(const Message& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    ParticipantId m_participant;
    std::unique_ptr<Subscription> m_subscription;
};

class ConversationsModel : public RowsOf<Conversation>
{
public:
    enum Where { Person, LastText, Waiting, LastAt, ColumnCount };
    ConversationsModel(Workspace& workspace, QObject* parent);

    void show(DeploymentId deployment);

protected:
    QFuture<Result<Listing<Conversation>>> load(const Conversation* last) override;
    qint64 idOf(const Conversation& row) const override { return row.participant.value; }

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console
