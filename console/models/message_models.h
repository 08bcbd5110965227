// One conversation, oldest first, and the list of a deployment's conversations; both live.
// Thread: GUI. Owner: a page. Flow: message.list, message.conversations and topic "messages" → rows.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/message.h"

#include <QTimeZone>

namespace cohort::console {

class MessagesModel : public RowsOf<model::Message>
{
public:
    MessagesModel(Workspace& workspace, QObject* parent);

    // `zone`: in which its times are told, the operator's where there is no home.
    void show(DeploymentId deployment, ParticipantId participant, const QTimeZone& zone = QTimeZone::systemTimeZone());
    const QTimeZone& zone() const { return *m_zone; }
    ParticipantId participant() const { return m_participant; }
    void put(const model::Message& message);
    // Tells the server that what the person wrote has been read; nothing where all of it was.
    void markRead();

protected:
    QFuture<Result<Listing<model::Message>>> load(const model::Message* last) override;
    qint64 idOf(const model::Message& row) const override { return row.id.value; }

private:
    MessagesModel(Workspace& workspace, QObject* parent, const std::shared_ptr<QTimeZone>& zone);

    Workspace& m_workspace;
    std::shared_ptr<QTimeZone> m_zone; // the columns' too
    ParticipantId m_participant;
    MessageId m_readUpTo; // told already
    std::unique_ptr<Subscription> m_subscription;
};

class ConversationsModel : public RowsOf<model::Conversation>
{
public:
    enum Where { Person, LastText, Waiting, LastAt, ColumnCount };
    ConversationsModel(Workspace& workspace, QObject* parent);

    void show(DeploymentId deployment);

protected:
    QFuture<Result<Listing<model::Conversation>>> load(const model::Conversation* last) override;
    qint64 idOf(const model::Conversation& row) const override { return row.participant.value; }

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console
