// Alerts: raised, offered to people, answered.
// Thread: the connection's. Owner: whoever needs it. Flow: actions, api ⇄ here ⇄ alert, alert_action, …recipient, …answer.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/alert.h"
#include "shared/model/page.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <string>
#include <vector>

namespace cohort::store {

struct AlertRecord
{
    DeploymentId deployment;
    LocationId location;
    model::AlertSource source = model::AlertSource::Script;
    ScriptId script;
    RunId run;
    DeviceId device;
    std::string key;
    model::Severity severity = model::Severity::Normal;
    QJsonObject texts; // language → text
    Timestamp at;      // event time
    std::optional<Milliseconds> repeat;
    EffectId effect;
};

struct AlertActionRecord
{
    AlertId alert;
    LocationId location;
    int position = 0;
    std::string key;
    QJsonObject texts;
    DeviceId device;
    QJsonArray parameters;
};

// What one script (or source) raised in a home within an hour, and may raise.
struct AlertsLately
{
    qint64 ofKey = 0;
    qint64 ofScript = 0;
    qint64 most = 0; // of a script
};

// Where an alert is, for those who are told of it.
struct AlertPlace
{
    AlertId id;
    DeploymentId deployment;
    LocationId location;
    model::AlertState state = model::AlertState::Open; // of lock() only
};

struct AlertActionRow
{
    DeploymentId deployment;
    LocationId location;
    DeviceId device; // none: it is an answer alone
    QJsonArray parameters;
    CommandId openCommand; // none: no command of it is under way
    bool stands = false;   // it is what was done about the alert last, and the alert is acknowledged
};

struct UnloggedAnswer
{
    qint64 id = 0;
    AlertId alert;
    LocationId location;
    DeviceId device;
    ScriptId script; // whose alert it is
    std::string key;
    model::AnswerKind answer = model::AnswerKind::Comment;
    QString actor;
    QString action; // its key
    Timestamp time;
    bool already = false; // the row is in the log, only the mark is missing
};

// Which alerts a list has; nothing given: all.
struct AlertFilter
{
    std::optional<QList<DeploymentId>> scope = {};
    LocationId location = {};
    std::optional<QList<model::AlertState>> states = {};
    AlertId after = {}; // older ones only
};

class AlertRepository
{
public:
    explicit AlertRepository(Connection& connection) : m_connection(connection) {}

    // With all their parts, newest first.
    Result<model::Page<model::Alert>> list(const AlertFilter& filter, int limit);
    // Errors: NotFound.
    Result<model::Alert> find(AlertId id);
    // Those that are there, newest first.
    Result<QList<model::Alert>> byIds(const QList<AlertId>& ids);

    Result<std::optional<AlertId>> byEffect(EffectId effect);
    // Within the hour before it, by the home's clock.
    Result<AlertsLately> lately(const AlertRecord& alert);
    // Nothing: one of this cause is open.
    Result<std::optional<AlertId>> record(const AlertRecord& alert);
    // False: the device is not in the home.
    Result<bool> recordAction(const AlertActionRecord& action);
    Result<void> recordRecipients(AlertId alert, LocationId location, const std::string& role, Milliseconds after);
    Result<std::vector<AlertId>> resolveCause(LocationId location, ScriptId script, const std::string& key,
                                              const QString& by);
    // Holds the row until the transaction ends; nothing: not there, or not the participant's.
    Result<std::optional<AlertPlace>> lock(AlertId alert, ParticipantId participant);
    // Nobody else is told while it is not open. `snooze`: then it opens again; `waits`: then too, unless its action's command
    // was carried out.
    Result<void> setState(AlertId alert, model::AlertState state, const QString& by, std::optional<Milliseconds> snooze,
                          std::optional<Milliseconds> waits = {});
    // `action` 0: none.
    Result<void> recordAnswer(AlertId alert, const QString& actor, model::AnswerKind answer, qint64 action,
                              const QString& comment);
    Result<std::optional<AlertActionRow>> action(AlertId alert, qint64 action);

    // The dispatcher's.
    Result<std::vector<UnloggedAnswer>> unlogged();
    Result<void> markLogged(const std::vector<qint64>& answers);
    Result<std::vector<AlertPlace>> reopenSnoozed();
    // Those whose action was taken and not carried out.
    Result<std::vector<AlertPlace>> reopenUndone();
    Result<std::vector<AlertPlace>> remind();
    Result<std::vector<AlertPlace>> freshSince(Timestamp since);

private:
    Result<void> addParts(QList<model::Alert>& alerts);
    Result<std::vector<AlertPlace>> places(Sql statement, const Binds& binds);

    Connection& m_connection;
};

// An array literal of plain numbers, for `= ANY(:ids::bigint[])`.
QVariant boundNumbers(const std::vector<qint64>& numbers);

} // namespace cohort::store
