// An answer damaged in one member, generated from the description of its struct: for tests that somebody notices.
// Thread: values. Owner: a test. Flow: fields() → model::Field → paths → damaged JSON.
#pragma once

#include "shared/model/schema.h"

#include <optional>

namespace cohort::testkit {

enum class Damage { TakenAway, Renamed, Retyped };

// Where: "items[0].room.name"; of a list the first entry, of a map the first.
struct Damaged
{
    QString path;
    Damage damage = Damage::TakenAway;
    QJsonObject answer;
};

// Every member that is there, damaged in every way, one at a time.
std::vector<Damaged> damagesOf(const std::vector<model::Field>& fields, const QJsonObject& answer);
// That one member; nothing where the answer does not have it.
std::optional<QJsonObject> damagedAt(const std::vector<model::Field>& fields, const QJsonObject& answer,
                                     const QString& path, Damage damage);

} // namespace cohort::testkit
