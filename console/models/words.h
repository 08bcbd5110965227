// The protocol's words (states, roles, kinds, errors) in the reader's language, and what they mean to the eye.
// Thread: GUI. Owner: nobody. Flow: noun's field → words:: → cell, label, pill.
#pragma once

#include "console/models/tone.h"
#include "shared/base/error.h"
#include "shared/model/alert.h"
#include "shared/model/measurement.h"
#include "shared/model/message.h"
#include "shared/model/operator.h"
#include "shared/model/run.h"
#include "shared/model/server.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QTimeZone>
#include <QVariant>

namespace cohort::console::words {

struct Word
{
    QString text;
    Tone tone = Tone::Neutral;
};

Word commandState(model::CommandState state);
// What became of a command, in a sentence; empty where its state says it all.
QString commandOutcome(const model::CommandLife& life);
Word reporting(model::Reporting reporting);
Word participantStatus(model::ParticipantStatus status);
Word timelineKind(model::TimelineKind kind);
// A row of the log by its kind ("command-finished").
QString event(const QString& kind);
// The entry's text with the protocol's words in the reader's language.
QString timelineText(const model::TimelineEntry& entry);
QString operatorRole(model::OperatorRole role);
Word alertState(model::AlertState state);
Word severity(model::Severity severity);
QString alertAnswer(model::AnswerKind answer);
Word messageState(model::MessageState state);
Word scriptStatus(model::ScriptStatus status);
Word scriptMode(model::ScriptMode mode);
Word instanceStatus(model::InstanceStatus status);
Word runStatus(model::RunStatus status);
QString effectKind(model::EffectKind kind);
Word attentionKind(model::AttentionKind kind);
Word composerStatus(model::ComposerStatus status);
QString homeRole(model::HomeRole role);
QString language(model::Language language);
// Words of people and devices, not of ours: what the table does not know is shown as it came.
QString roomKind(const QString& kind);
// Its own name, where it has one besides its kind.
QString roomName(const QString& kind, const QString& name);
// A dash for none.
QString roomName(const std::optional<model::Room>& room);
QString deviceUse(const QString& use);
// By its English name in the server's table.
QString deviceType(const QString& name);
// Who that is, where it is told; else "operator:3" and the like, as people say it.
QString actor(const QString& actor, const QString& name = {});
// What was done, of an operation's name or the audit log's ("location.update": "changed a home"); what is not known as it came.
QString deed(const QString& operation);
// What it was done to: "location:12" is "home 12".
QString object(const QString& object);
// The protocol's words themselves, in the order they are offered.
QStringList roomKinds();
QStringList deviceUses();

// What happened and what to do, in the reader's language.
QString error(const Error& error);

// Why a line was not imported: of the server's reason; what is not known as it came.
QString importRefusal(const QString& reason);

// In UTC; invalid for none.
QDateTime dateTime(const std::optional<Timestamp>& time);
// Times have one rule: in the home's zone where there is a home, else in the operator's, with the date and the zone's name:
// "28.11.26 14:03:22 CET"; a dash for none.
QString moment(const QDateTime& time, const QTimeZone& zone);
QString momentHere(const QDateTime& time);
QString moment(const std::optional<Timestamp>& time, const QTimeZone& zone);
QString momentHere(const std::optional<Timestamp>& time);
// Of a home: by its IANA name; the operator's where that is not known here.
QTimeZone zoneOf(const QString& name);
// "3 min ago"; "never" for none.
QString ago(const QDateTime& time, const QDateTime& now);
QString agoNow(const QDateTime& time);
QString agoNow(const std::optional<Timestamp>& time);
// A JSON value in one line: "kind: timer, name: unattended".
QString line(const QJsonValue& value);
// At most `digits` behind the point, none that says nothing.
QString number(double value, int digits = 2);
// A dash for none.
QString value(const QVariant& value, const QString& unit);
QString value(const Value& value, const QString& unit);
QString value(const std::optional<model::Sample>& sample, const QString& unit);
// A number with its unit; a dash where it is not known.
QString figure(const std::optional<double>& value, int digits, const QString& unit = {});

} // namespace cohort::console::words
