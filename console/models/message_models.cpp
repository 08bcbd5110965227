#include "console/models/message_models.h"

#include "console/models/words.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QList<Column<Message>> messageColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Time"), [](const Message& m) { return words::momentHere(m.createdAt); }},
            {QT_TRANSLATE_NOOP("Models", "Text"), [](const Message& m) { return m.text; }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const Message& m) { return words::messageState(m.state).text; },
             [](const Message& m, int role) {
                 return role == ToneRole ? QVariant::fromValue(words::messageState(m.state).tone) : QVariant();
             }}};
}

QString waiting(const Conversation& c)
{
    QStringList parts;
    if (c.unread > 0)
        parts.append(Models::tr("%n new", nullptr, c.unread));
    if (c.openQuestions > 0)
        parts.append(Models::tr("%n open question(s)", nullptr, c.openQuestions));
    return parts.join(u", "_s);
}

QList<Column<Conversation>> conversationColumns()
{
    return {
        {QT_TRANSLATE_NOOP("Models", "Participant"), [](const Conversation& c) { return c.label(); }},
        {QT_TRANSLATE_NOOP("Models", "Last message"), [](const Conversation& c) { return c.lastText.simplified(); }},
        {QT_TRANSLATE_NOOP("Models", "Waiting"), waiting,
         [](const Conversation& c, int role) {
             const bool any = c.unread > 0 || c.openQuestions > 0;
             return role == ToneRole && any ? QVariant::fromValue(c.unread > 0 ? Tone::Warning : Tone::Info)
                                            : QVariant();
         }},
        {QT_TRANSLATE_NOOP("Models", "Time"), [](const Conversation& c) { return words::momentHere(c.lastAt); }}};
}

} // namespace

MessagesModel::MessagesModel(Workspace& workspace, QObject* parent)
    : RowsOf<Message>(messageColumns(), parent), m_workspace(workspace)
{
}

void MessagesModel::show(DeploymentId deployment, ParticipantId participant)
{
    m_participant = participant;
    m_subscription.reset();
    clear();
    if (!participant) {
        settleEmpty();
        return;
    }
    m_subscription = m_workspace.client().subscribe(u"messages"_s, {{u"deployment"_s, json::ofId(deployment)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::failed, this, &RowsModel::failed);
    connect(m_subscription.get(), &Subscription::received, this, [this](const QJsonArray& items) {
        for (const QJsonValue& item : items)
            put(Message::fromJson(json::object(item.toObject(), "message"_L1)));
    });
}

void MessagesModel::put(const Message& message)
{
    if (message.id && message.participant == m_participant)
        upsert(message, false);
}

QFuture<Result<Listing<Message>>> MessagesModel::load(const Message* last)
{
    return messages::list(m_workspace.client(), m_participant, last ? last->id : MessageId{});
}

ConversationsModel::ConversationsModel(Workspace& workspace, QObject* parent)
    : RowsOf<Conversation>(conversationColumns(), parent), m_workspace(workspace)
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
    m_subscription = m_workspace.client().subscribe(u"messages"_s, {{u"deployment"_s, json::ofId(deployment)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::failed, this, &RowsModel::failed);
    connect(m_subscription.get(), &Subscription::received, this, [this] { reload(); });
}

QFuture<Result<Listing<Conversation>>> ConversationsModel::load(const Conversation*)
{
    return messages::conversations(m_workspace.client(), m_deployment);
}

} // namespace cohort::console
