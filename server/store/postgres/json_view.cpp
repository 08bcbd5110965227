#include "server/store/postgres/json_view.h"

namespace cohort::store {

Result<QJsonArray> viewItems(Connection& connection, Sql statement, const Binds& binds)
{
    COHORT_TRY(rows, connection.query(statement, binds));
    QJsonArray items;
    for (const Row& row : rows) {
        const auto document = row.json("item");
        items.append(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()));
    }
    return items;
}

Result<QJsonObject> viewPage(Connection& connection, Sql statement, Binds binds, int limit)
{
    binds.emplace_back("count", limit + 1);
    COHORT_TRY(items, viewItems(connection, statement, binds));
    const bool more = items.size() > limit;
    while (items.size() > limit)
        items.removeLast();
    return QJsonObject{{QStringLiteral("items"), items}, {QStringLiteral("more"), more}};
}

Result<QJsonObject> viewOne(Connection& connection, Sql statement, const Binds& binds)
{
    COHORT_TRY(items, viewItems(connection, statement, binds));
    if (items.isEmpty())
        return fail(ErrorCode::NotFound);
    return items.first().toObject();
}

QVariant boundText(const std::optional<QString>& text)
{
    return text ? QVariant(*text) : QVariant(QMetaType::fromType<QString>());
}

QVariant boundIds(const std::optional<std::vector<qint64>>& ids)
{
    if (!ids)
        return QVariant(QMetaType::fromType<QString>());
    QStringList texts;
    for (const qint64 id : *ids)
        texts.append(QString::number(id));
    return QStringLiteral("{%1}").arg(texts.join(QLatin1Char(',')));
}

QVariant nothing()
{
    return QVariant(QMetaType::fromType<QString>());
}

} // namespace cohort::store
