// Time zones as people name them: only names of the IANA database are taken, everywhere by this one function, and what a
// clock on a wall says is a moment or an error, never a guess.
// Thread: any; the names are read once. Owner: nobody. Flow: option, parameter, file → ianaZone → QTimeZone.
// Source: the tz database (tzdata.zi of Debian's tzdata); study.md; architecture.md, "Vocabulary".
#pragma once

#include "shared/base/time.h"

#include <QDate>
#include <QStringList>
#include <QTime>
#include <QTimeZone>

namespace cohort {

// Every name of the IANA database on this machine, in order; links (Asia/Calcutta) too.
const QStringList& zoneNames();
// Errors: WrongValue, with names that are near or have this offset or abbreviation (UTC+02:00, CEST).
Result<QTimeZone> ianaZone(const QString& name);
// The moment at which clocks in `zone` show this. Errors: WrongValue where they never do (put forward) or do twice (put
// back).
Result<Timestamp> momentIn(const QTimeZone& zone, QDate date, QTime time);

} // namespace cohort
