#include "server/actions/outbox.h"

#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/message_repository.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cohort::actions {

namespace {

// The event is told to `script` alone; none: to all that listen.
store::LogRow eventRow(store::RowKind kind, LocationId location, DeviceId device, ScriptId script, Timestamp time,
                       std::string name, QJsonObject data)
{
    if (script)
        data.insert(QStringLiteral("script"), qint64{script.value});
    store::LogRow row;
    row.kind = kind;
    row.location = location;
    row.device = device;
    row.script = script;
    row.time = time;
    row.name = std::move(name);
    row.data = QJsonDocument(data).toJson(QJsonDocument::Compact).toStdString();
    return row;
}

store::LogRow rowOf(const store::UnloggedAnswer& answer)
{
    return eventRow(store::RowKind::AlertAnswered, answer.location, answer.device, answer.script, answer.time,
                    answer.key,
                    {{QStringLiteral("alert"), qint64(answer.alert.value)},
                     {QStringLiteral("answerId"), answer.id},
                     {QStringLiteral("answer"), model::textOf(answer.answer)},
                     {QStringLiteral("action"), answer.action},
                     {QStringLiteral("actor"), answer.actor}});
}

store::LogRow rowOf(const store::UnloggedCommand& command)
{
    return eventRow(store::RowKind::CommandFinished, command.location, command.device, command.script, command.time, {},
                    {{QStringLiteral("command"), qint64(command.id.value)},
                     {QStringLiteral("state"), model::textOf(command.state)},
                     {QStringLiteral("result"), command.result ? QJsonValue(*command.result) : QJsonValue()}});
}

store::LogRow rowOf(const store::UnloggedMessage& message)
{
    QJsonObject data{{QStringLiteral("message"), qint64(message.id.value)},
                     {QStringLiteral("participant"), qint64(message.participant.value)}};
    if (message.isAnswer)
        data.insert(QStringLiteral("answer"), QJsonDocument::fromJson("[" + message.answer + "]").array().at(0));
    if (!message.choice.isEmpty())
        data.insert(QStringLiteral("text"), message.choice);
    const auto kind = message.isAnswer ? store::RowKind::QuestionAnswered : store::RowKind::ParticipantMessage;
    return eventRow(kind, message.location, {}, message.script, message.time, message.key, data);
}

} // namespace

Result<void> Outbox::submitNew(store::Connection& connection)
{
    std::vector<Entry> entries;
    COHORT_TRY(answers, store::AlertRepository(connection).unlogged());
    for (const store::UnloggedAnswer& answer : answers)
        entries.push_back({answer.id, answer.already, rowOf(answer)});
    COHORT_CHECK(submit(connection, OutboxKind::Answer, std::exchange(entries, {})));
    COHORT_TRY(commands, store::CommandRepository(connection).unlogged());
    for (const store::UnloggedCommand& command : commands)
        entries.push_back({command.id.value, command.already, rowOf(command)});
    COHORT_CHECK(submit(connection, OutboxKind::Command, std::exchange(entries, {})));
    COHORT_TRY(messages, store::MessageRepository(connection).unlogged());
    for (const store::UnloggedMessage& message : messages) // without a home there is nowhere to log it
        entries.push_back({message.id.value, message.already || !message.location, rowOf(message)});
    return submit(connection, OutboxKind::Message, std::move(entries));
}

Result<void> Outbox::submit(store::Connection& connection, OutboxKind kind, std::vector<Entry> entries)
{
    std::set<qint64>& underWay = m_underWay[static_cast<std::size_t>(kind)];
    std::vector<qint64> there;
    OutboxDone done{kind, {}, false};
    store::Submission submission;
    for (Entry& entry : entries) {
        if (underWay.contains(entry.id))
            continue;
        if (entry.already) {
            there.push_back(entry.id);
            continue;
        }
        done.ids.push_back(entry.id);
        submission.events.push_back(std::move(entry.row));
    }
    if (!there.empty())
        COHORT_CHECK(mark(connection, kind, there));
    if (done.ids.empty())
        return {};
    const auto complete = [done, notify = m_done](const Result<store::Committed>& result) {
        OutboxDone ended = done;
        ended.committed = result.has_value();
        notify(std::move(ended));
    };
    if (m_committer.submit(std::move(submission), complete)) // full: the next round tries again
        underWay.insert(done.ids.begin(), done.ids.end());
    return {};
}

Result<void> Outbox::mark(store::Connection& connection, OutboxKind kind, const std::vector<qint64>& ids)
{
    switch (kind) {
    case OutboxKind::Answer:
        return store::AlertRepository(connection).markLogged(ids);
    case OutboxKind::Command:
        return store::CommandRepository(connection).markLogged(ids);
    case OutboxKind::Message:
        return store::MessageRepository(connection).markLogged(ids);
    }
    return {};
}

Result<void> Outbox::finished(store::Connection& connection, const OutboxDone& done)
{
    for (const qint64 id : done.ids)
        m_underWay[static_cast<std::size_t>(done.kind)].erase(id);
    return done.committed ? mark(connection, done.kind, done.ids) : Result<void>();
}

} // namespace cohort::actions
