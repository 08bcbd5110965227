#include "server/api/live/live_loader.h"

#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/message_repository.h"
#include "server/store/repositories/place_repository.h"
#include "server/store/repositories/run_repository.h"
#include "shared/protocol/notification.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int RunsAtOnce = 50;

template <typename Tag>
QList<Id<Tag>> listed(const std::set<Id<Tag>>& ids)
{
    return {ids.begin(), ids.end()};
}

} // namespace

Result<void> LiveLoader::loadCommands(store::Connection& connection, const std::set<CommandId>& ids,
                                      std::set<AlertId>& alerts)
{
    COHORT_TRY(commands, store::CommandRepository(connection).find(listed(ids)));
    for (const auto& command : commands) {
        const auto location = command.location.value;
        m_subscribers.publish(location, QList{protocol::CommandChanged{command}});
        m_subscribers.publish(
            location, QList{protocol::TimelineAdded{{.time = command.life.createdAt,
                                                     .kind = model::TimelineKind::Command,
                                                     .text = command.deviceKey + u": "_s + textOf(command.life.state),
                                                     .object = u"command:%1"_s.arg(command.id.value)}}});
        if (command.alert)
            alerts.insert(command.alert);
    }
    return {};
}

Result<void> LiveLoader::loadAlerts(store::Connection& connection, const std::set<AlertId>& ids)
{
    COHORT_TRY(alerts, store::AlertRepository(connection).byIds(listed(ids)));
    std::set<ParticipantId> participants;
    for (const auto& alert : alerts) {
        m_subscribers.publish(alert.origin.deployment.value, QList{protocol::AlertChanged{alert}});
        m_subscribers.publish(alert.origin.location.value,
                              QList{protocol::TimelineAdded{{.time = alert.life.at,
                                                             .kind = model::TimelineKind::Alert,
                                                             .text = alert.text,
                                                             .object = u"alert:%1"_s.arg(alert.id.value)}}});
        for (const auto& recipient : alert.recipients)
            participants.insert(recipient.participant);
    }
    for (const ParticipantId one : participants)
        m_subscribers.tellPage(one, "alerts");
    return {};
}

Result<void> LiveLoader::loadMessages(store::Connection& connection, const std::map<MessageId, DeploymentId>& changed)
{
    QList<MessageId> ids;
    std::set<ParticipantId> participants;
    for (const auto& [id, deployment] : changed)
        ids.append(id);
    COHORT_TRY(messages, store::MessageRepository(connection).byIds(ids));
    for (const auto& message : messages) {
        m_subscribers.publish(changed.at(message.id).value, QList{protocol::MessageChanged{message}});
        participants.insert(message.participant);
    }
    for (const ParticipantId one : participants) // once, however many there are
        m_subscribers.tellPage(one, "messages");
    return {};
}

Result<void> LiveLoader::loadRuns(store::Connection& connection, qint64 script)
{
    COHORT_TRY(page, store::RunRepository(connection).list(ScriptId{script}, {}, {}, RunsAtOnce));
    qint64& last = m_lastRun[script];
    QList<protocol::RunRecorded> items;
    for (auto run = page.items.rbegin(); run != page.items.rend(); ++run)
        if (run->id.value > last)
            items.append({*run});
    if (!page.items.isEmpty())
        last = std::max<qint64>(last, page.items.first().id.value);
    m_subscribers.publish(script, items);
    return {};
}

Result<void> LiveLoader::loadPresence(store::Connection& connection, const bus::PresenceChanged& change)
{
    COHORT_TRY(home, store::PlaceRepository(connection).rules(change.location));
    if (home)
        m_subscribers.publish(home->deployment.value, QList{protocol::PresenceChanged{.device = change.device,
                                                                                      .location = change.location,
                                                                                      .connected = change.connected,
                                                                                      .since = m_clock.now()}});
    return {};
}

Result<void> LiveLoader::loadConfiguration(store::Connection& connection)
{
    // What changed before the first time is not known: all who follow load again.
    if (!m_follows) {
        COHORT_CHECK(m_changes.begin(connection));
        m_follows = true;
        m_subscribers.resync("configuration");
        return {};
    }
    COHORT_TRY(rows, m_changes.read(connection));
    m_isBehind = m_changes.isBehind();
    std::map<qint64, QList<protocol::ConfigurationChanged>> byDeployment;
    for (const auto& row : rows)
        byDeployment[row.deployment.value].append({row.kind, u"%1:%2"_s.arg(row.kind).arg(row.object)});
    for (const auto& [deployment, items] : byDeployment)
        m_subscribers.publish(deployment, items);
    return {};
}

Result<void> LiveLoader::load(store::Connection& connection, const LiveChanges& changes)
{
    std::set<AlertId> alerts = changes.alerts;
    if (!changes.commands.empty())
        COHORT_CHECK(loadCommands(connection, changes.commands, alerts));
    if (!alerts.empty())
        COHORT_CHECK(loadAlerts(connection, alerts));
    if (!changes.messages.empty())
        COHORT_CHECK(loadMessages(connection, changes.messages));
    for (const auto& [script, any] : changes.runs)
        COHORT_CHECK(loadRuns(connection, script));
    for (const auto& change : changes.presence)
        COHORT_CHECK(loadPresence(connection, change));
    if (changes.configuration)
        COHORT_CHECK(loadConfiguration(connection));
    return {};
}

} // namespace cohort::api
