// What a site writes to say where its database is → what Qt's driver and libpq are given.
// Thread: pure functions. Owner: nobody. Flow: options → ConnectionSettings → here → QSqlDatabase.
#pragma once

#include "shared/base/result.h"

#include <QMap>
#include <QString>

namespace cohort::store {

// libpq's keywords with their values, from keywords or a URL; keepalives, tcp_user_timeout and connect_timeout are
// filled in where the site says nothing. Errors: WrongValue, with libpq's own sentence.
Result<QMap<QString, QString>> parseConninfo(const QString& conninfo);
// The same as keywords in libpq's quoting.
QString joinConninfo(const QMap<QString, QString>& keywords);
// `conninfo` with another value for one keyword; for another database of the same cluster.
Result<QString> conninfoWith(const QString& conninfo, const QString& keyword, const QString& value);

} // namespace cohort::store
