// A statement's text made ready for the driver: comments gone, `:name` turned into `?` with the names in order.
// Thread: pure functions. Owner: nobody. Flow: sql/*.sql → here → QSqlQuery::prepare.
#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>
#include <vector>

namespace cohort::store {

struct PreparedText
{
    QString text;
    std::vector<QByteArray> names; // one per `?`, in order; a name may come twice
};

// Casts (`::type`), quoted strings and quoted identifiers stay as they are; a comment reaches to its line's end.
PreparedText prepareText(std::string_view sql);

} // namespace cohort::store
