#include "console/models/message_models.h"

#include "console/models/words.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int MessagesAtOnce = 1000;

QList<Column<model::Message>> messageColumns(const std::shared_ptr<QTimeZone>& zone)
{
    return {{QT_TRANSLATE_NOOP("Models", "Time"),
             [zone](const model::Message& m) { return words::moment(m.life.createdAt, *zone); }},
            {QT_TRANSLATE_NOOP("Models", "Text"), [](const model::Message& m) { return m.text; }},
            {QT_TRANSLATE_NOOP("Models", "State"),
             [](const model::Message& m) { return words::messageState(m.life.state).text; },
             [](const model::Message& m, int role) {
                 return role == ToneRole ? QVariant::fromValue(words::messageState(m.life.state).tone) : QVariant();
             }}};
}

// The name, and beside it that the person is not reached now.
QString personOf(const model::Conversation& c)
{
    const bool rests = c.status == model::ParticipantStatus::Paused;
    return rests ? c.label() + u" · "_s + words::participantStatus(c.status).text : c.label();
}

QString waiting(const model::Conversation& c)
{
    QStringList parts;
    if (c.unread > 0)
        parts.append(Models::tr("%n new", nullptr, c.unread));
    if (c.openQuestions > 0)
        parts.append(Models::tr("%n open question(s)", nullptr, c.openQuestions));
    return parts.join(u", "_s);
}

QList<Column<model::Conversation>> conversationColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Participant"), personOf},
            {QT_TRANSLATE_NOOP("Models", "Last message"),
             [](const model::Conversation& c) { return c.lastText.simplified(); }},
            {QT_TRANSLATE_NOOP("Models", "Waiting"), waiting,
             [](const model::Conversation& c, int role) {
                 const bool any = c.unread > 0 || c.openQuestions > 0;
                 return role == ToneRole && any ? QVariant::fromValue(c.unread > 0 ? Tone::Warning : Tone::Info)
                                                : QVariant();
             }},
            {QT_TRANSLATE_NOOP("Models", "Time"),
             [](const model::Conversation& c) { return words::moment(c.lastAt, words::zoneOf(c.timeZone)); }}};
}

} // namespace

MessagesModel::MessagesModel(Workspace& workspace, QObject* parent)
    : MessagesModel(workspace, parent, std::make_shared<QTimeZone>(QTimeZone::systemTimeZone()))
{
}

MessagesModel::MessagesModel(Workspace& workspace, QObject* parent, const std::shared_ptr<QTimeZone>& zone)
    : RowsOf<model::Message>(messageColumns(zone), parent), m_workspace(workspace), m_zone(zone)
{
}

void MessagesModel::show(DeploymentId deployment, ParticipantId participant, const QTimeZone& zone)
{
    *m_zone = zone;
    m_participant = participant;
    m_readUpTo = {};
    m_subscription.reset();
    clear();
    if (!participant) {
        settleEmpty();
        return;
    }
    m_subscription = subscribe<protocol::MessageChanged>(m_workspace.client(), filterBy(deployment), this,
                                                         [this](const QList<protocol::MessageChanged>& items) {
                                                             for (const protocol::MessageChanged& item : items)
                                                                 put(item.message);
                                                         });
    follow(*m_subscription);
}

void MessagesModel::put(const model::Message& message)
{
    if (message.participant == m_participant)
        upsert(message, false);
}

void MessagesModel::markRead()
{
    MessageId newest;
    for (int row = rowCount() - 1; row >= 0 && !newest; --row) {
        if (const model::Message* message = at(row);
            message->direction == model::MessageDirection::FromParticipant && !message->life.readAt)
            newest = message->id;
    }
    if (!newest || newest.value <= m_readUpTo.value)
        return;
    const ParticipantId person = m_participant;
    const MessageId before = std::exchange(m_readUpTo, newest);
    whenDone(this, call(m_workspace.client(), protocol::MessageRead{person, newest}),
             [this, person, before](const Result<model::ReadMessages>& answer) {
                 if (!answer && person == m_participant)
                     m_readUpTo = before; // told again when the conversation is looked at again
             });
}

QFuture<Result<Listing<model::Message>>> MessagesModel::load(const model::Message* last)
{
    protocol::MessageList wanted;
    wanted.participant = m_participant;
    wanted.limit = MessagesAtOnce;
    if (last)
        wanted.after = last->id;
    return call(m_workspace.client(), wanted);
}

ConversationsModel::ConversationsModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::Conversation>(conversationColumns(), parent), m_workspace(workspace)
{
}

void ConversationsModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    m_subscription.reset();
    clear();
    if (!deployment) {
        settleEmpty();
        return;
    }
    m_subscription = subscribe<protocol::MessageChanged>(m_workspace.client(), filterBy(deployment), this,
                                                         [this](const auto&) { reload(); });
    follow(*m_subscription);
}

QFuture<Result<Listing<model::Conversation>>> ConversationsModel::load(const model::Conversation*)
{
    return call(m_workspace.client(), protocol::MessageConversations{m_deployment});
}

} // namespace cohort::console
