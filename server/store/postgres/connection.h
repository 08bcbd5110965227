// A database connection and the only way to run a statement: by its name in the Sql enum, with bound values.
// Thread: the one that opened it; a connection never changes thread. Owner: whoever opened it.
// Flow: repositories → here → PostgreSQL → rows. Source: one file per statement under server/store/sql.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/model/fields.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

struct pg_conn;

namespace cohort::store {

// One per file sql/<noun>/<verb>.sql; generated into server/store/sql_names.h, which the .cpp files that name one include.
enum class Sql : int;

// libpq keywords, "host=/run/… user=… dbname=…", or a postgresql:// URL.
struct ConnectionSettings
{
    QString conninfo;
    Milliseconds statementTimeout{15'000}; // the server ends a statement then; 5 s later the socket is shut; 0: none
};

// One row of an answer; columns by name. A missing column is a bug and asserts; NULL gives the fallback.
class Row
{
public:
    bool has(const char* column) const; // whether the statement gives it
    bool isNull(const char* column) const;
    qint64 integer(const char* column, qint64 fallback = 0) const;
    double real(const char* column, double fallback = 0) const;
    bool boolean(const char* column) const;
    QString string(const char* column) const;
    QByteArray bytes(const char* column) const;   // bytea
    QJsonDocument json(const char* column) const; // json, jsonb
    Timestamp time(const char* column) const;     // timestamptz
    std::optional<Timestamp> optionalTime(const char* column) const;
    template <typename T>
    T id(const char* column) const
    {
        return T{integer(column)};
    }

private:
    friend class Connection;
    std::vector<QVariant> m_values;
    std::shared_ptr<const std::vector<QByteArray>> m_columns;
};
using Rows = std::vector<Row>;

// Values by placeholder name without the colon: {{"id", bound(id)}, {"at", bound(now)}}.
using Binds = std::vector<std::pair<const char*, QVariant>>;
inline QVariant bound(qint64 value)
{
    return QVariant(value);
}
template <typename Tag>
QVariant bound(Id<Tag> id) // the none-id is NULL
{
    return id ? QVariant(static_cast<qlonglong>(id.value)) : QVariant(QMetaType::fromType<qlonglong>());
}
QVariant bound(Timestamp time);
QVariant bound(const QJsonDocument& json);
QVariant bound(const QByteArray& bytes);              // bytea
QVariant bound(const std::optional<Timestamp>& time); // nothing is NULL
template <std::same_as<bool> B>                       // a template: nothing else turns into a truth value
QVariant bound(B flag)
{
    return QVariant(flag);
}
// A text, a truth value, a number, an enum's word; nothing is NULL.
inline QVariant bound(const std::optional<QString>& text)
{
    return text ? QVariant(*text) : QVariant(QMetaType::fromType<QString>());
}
inline QVariant bound(const std::optional<bool>& flag)
{
    return flag ? QVariant(*flag) : QVariant(QMetaType::fromType<QString>());
}
inline QVariant bound(const std::optional<int>& number)
{
    return number ? QVariant(*number) : QVariant(QMetaType::fromType<QString>());
}
template <model::Named E>
QVariant bound(E value)
{
    return model::textOf(value);
}
// An array literal of an enum's words for `= ANY(:states::text[])`.
template <model::Named E>
QVariant bound(const QList<E>& values)
{
    QStringList words;
    for (const E value : values)
        words.append(model::textOf(value));
    return QString(QLatin1Char('{') + words.join(QLatin1Char(',')) + QLatin1Char('}'));
}
template <model::Named E>
QVariant bound(const std::optional<QList<E>>& values)
{
    return values ? bound(*values) : QVariant(QMetaType::fromType<QString>());
}
template <model::Named E>
QVariant bound(const std::optional<E>& value)
{
    return value ? bound(*value) : QVariant(QMetaType::fromType<QString>());
}
template <typename Tag>
QVariant bound(const std::optional<Id<Tag>>& id)
{
    return bound(id.value_or(Id<Tag>{}));
}
inline QVariant bound(std::nullopt_t) // NULL
{
    return QVariant(QMetaType::fromType<QString>());
}
// An array literal for `= ANY(:ids::bigint[])`.
template <typename List>
requires requires(const List& list)
{
    list.front().value;
}
QVariant bound(const List& ids)
{
    QString text = QStringLiteral("{");
    for (const auto id : ids)
        text += QString::number(id.value) + QLatin1Char(',');
    if (text.endsWith(QLatin1Char(',')))
        text.chop(1);
    return text + QLatin1Char('}');
}
template <typename Tag>
QVariant bound(const std::optional<QList<Id<Tag>>>& ids)
{
    return ids ? bound(*ids) : bound(std::nullopt);
}

class Connection
{
public:
    // Connects within 10 s; sets synchronous_commit=on, UTC and the statement timeout. Errors: DatabaseLost.
    static Result<std::unique_ptr<Connection>> open(const ConnectionSettings& settings);
    ~Connection();

    // Runs a statement; prepared once per connection. Errors: DatabaseLost (reconnect and run again),
    // AlreadyExists (unique violation), Conflict (serialization, deadlock), Timeout, Unavailable (no room, no memory:
    // later), DatabaseError (the statement or its data). Utilities such as CREATE cannot be prepared: runScript().
    Result<Rows> query(Sql statement, const Binds& binds = {});
    // The same, for a statement of which only the number of rows it touched matters.
    Result<qint64> execute(Sql statement, const Binds& binds = {});
    // Runs `work` in one transaction: commits when it succeeds, rolls back when it fails. They do not nest.
    Result<void> transaction(const std::function<Result<void>()>& work);
    // Runs several statements at once, without values; for migrations and for making databases. Errors as query().
    Result<void> runScript(const QByteArray& text);
    // False after the connection broke; reopen() then tries once to connect again.
    bool isOpen() const;
    Result<void> reopen();
    // The driver's own libpq connection, for COPY and non-blocking calls; do not close it.
    pg_conn* handle() const;

private:
    struct Private;
    explicit Connection(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace cohort::store
