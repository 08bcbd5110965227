// A home with a stove, a script, and people who are told: for what reaches people and actuators.
// Thread: the test's. Owner: a test. Flow: rows in, alerts, messages and commands out.
#pragma once

#include "server/actions/actions.h"
#include "server/actions/answers.h"
#include "server/store/repositories/inbox_repository.h"
#include "tests/kit/sample_data.h"

namespace cohort::actions::test {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

constexpr Timestamp Begin = fromMs(1'767'225'600'000); // by the homes' clock; the machine's does not matter

class Study
{
public:
    Study()
    {
        database.run("INSERT INTO script (deployment_id, name) SELECT deployment_id, n FROM location, "
                     "unnest('{stove,door,bed}'::text[]) n");
        database.run("UPDATE device SET type = 10014 WHERE key = 'sensor-a'");
        resident = person("resident", 1);
    }
    ParticipantId person(const QByteArray& role, int order)
    {
        const QByteArray code = role + QByteArray::number(order);
        database.run("INSERT INTO participant (deployment_id, code, status) SELECT deployment_id, '" + code +
                     "', 'active' FROM location; INSERT INTO participant_role (participant_id, location_id, role, "
                     "calling_order) SELECT p.id, l.id, '" +
                     role + "', " + QByteArray::number(order) + " FROM participant p, location l WHERE p.code = '" +
                     code + "'");
        return ParticipantId{database.value("SELECT id FROM participant WHERE code = '" + code + "'").toLongLong()};
    }
    EffectId effect(Timestamp at)
    {
        database.run("INSERT INTO effect (run_id, script_id, location_id, kind, at, payload) SELECT 1, 1, id, 'x', "
                     "to_timestamp(" +
                     QByteArray::number(toMs(at)) + " / 1000.0), '{}' FROM location");
        return EffectId{database.value("SELECT max(id) FROM effect").toLongLong()};
    }
    // How many of `count` messages reached the resident.
    int send(int count, Timestamp at, const QString& author = u"script:1"_s, bool asks = false)
    {
        int reached = 0;
        for (int i = 0; i < count; ++i) {
            NewMessage message;
            message.deployment = home.deployment;
            message.location = home.location;
            message.recipients = {{"resident", 0ms}};
            message.texts = {{u"en"_s, u"Hello"_s}};
            message.author = author;
            message.key = "q" + std::to_string(i);
            if (asks)
                message.question = NewQuestion{};
            message.effect = effect(at);
            const auto sent = recordMessage(*connection, message);
            if (!sent)
                return -1;
            reached += static_cast<int>(sent->size());
            heldBack = sent->heldBack;
        }
        return reached;
    }
    NewCommand wantedCommand(const QJsonValue& value = 0) const
    {
        NewCommand command;
        command.deployment = home.deployment;
        command.location = home.location;
        command.device = home.sensor;
        command.parameters = {QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, value}}};
        command.requestedBy = u"script:1"_s;
        return command;
    }
    int command(int count, Timestamp at, const QString& by = u"script:1"_s)
    {
        int made = 0;
        for (int i = 0; i < count; ++i) {
            NewCommand wanted = wantedCommand();
            wanted.requestedBy = by;
            wanted.effect = effect(at);
            const auto sent = recordCommand(*connection, wanted);
            made += sent ? 1 : 0;
            heldBack = sent ? QString() : sent.error().detail;
        }
        return made;
    }
    NewAlert wantedAlert(const std::string& key, Timestamp at) const
    {
        NewAlert alert;
        alert.deployment = home.deployment;
        alert.location = home.location;
        alert.script = ScriptId{1};
        alert.key = key;
        alert.texts = {{u"en"_s, u"Look."_s}};
        alert.at = at;
        return alert;
    }
    int raise(int count, Timestamp at, const std::string& prefix, model::Severity severity = model::Severity::Normal)
    {
        int made = 0;
        for (int i = 0; i < count; ++i) {
            NewAlert alert = wantedAlert(prefix + std::to_string(i), at);
            alert.severity = severity;
            alert.effect = effect(at);
            const auto raised = recordAlert(*connection, alert);
            if (!raised)
                return -1;
            made += raised->has_value() ? 1 : 0;
            heldBack = raised->heldBack;
        }
        return made;
    }
    // An alert for the resident now and two caregivers later.
    AlertId escalating()
    {
        NewAlert alert = wantedAlert("stove-on", Begin);
        alert.recipients = {{"resident", 0ms}, {"caregiver", 300'000ms}};
        alert.actions = {{"off", {{u"en"_s, u"Off"_s}}, home.sensor, wantedCommand().parameters}};
        return **recordAlert(*connection, alert);
    }
    // Time passes for all that waits.
    void pass(int seconds)
    {
        const QByteArray by = " - interval '" + QByteArray::number(seconds) + " seconds'";
        database.run("UPDATE alert_recipient SET due_at = due_at" + by +
                     "; UPDATE alert SET snoozed_until = snoozed_until" + by + ", waits_until = waits_until" + by);
    }
    bool sees(ParticipantId who)
    {
        const auto alerts = store::InboxRepository(*connection, who).alerts();
        return alerts && !alerts->isEmpty();
    }

    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    bus::Bus bus;
    Answers answers{*connection, bus};
    ParticipantId resident;
    QString heldBack; // of the last
};

} // namespace cohort::actions::test
