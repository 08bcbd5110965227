// Reads the times of a file of history in the one form that its layout names.
// Thread: the caller's. Owner: the import. Flow: cell → Timestamp, or why not.
#pragma once

#include "shared/base/time_zone.h"

#include <QRegularExpression>

#include <optional>

namespace cohort::api {

// Of the form's name, without the "epoch-": how many there are in a second.
struct EpochUnit
{
    const char* name;
    qint64 perSecond;
};

class ImportClock
{
public:
    // `format`: iso, epoch-s, epoch-ms, epoch-us, epoch-ns, or a pattern of yyyy yy MMM MM M dd d HH H hh h mm ss z AP, in
    // which what stands in [ ] may be missing. Errors: WrongValue (no such form, no such zone, a zone that has no effect).
    static Result<ImportClock> make(const QString& format, const std::optional<QString>& zone);

    // Errors: WrongValue, in words for who wrote the file.
    Result<Timestamp> read(const QString& text) const;

private:
    Result<Timestamp> readEpoch(const QString& text) const;
    Result<Timestamp> readIso(const QString& text) const;
    Result<Timestamp> readPattern(const QString& text) const;
    Result<Timestamp> inZone(QDate date, QTime time) const;

    QString m_format;
    qint64 m_perSecond = 0; // 0: not since 1970
    QRegularExpression m_pattern;
    std::optional<QTimeZone> m_zone;
};

} // namespace cohort::api
