#include "server/store/postgres/connection.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cohort::store {

namespace {

// Where `column` stands; asking for one that the statement does not give is a bug of the program.
std::size_t columnIndex(const std::vector<QByteArray>& columns, const char* column)
{
    const auto found = std::find(columns.begin(), columns.end(), column);
    Q_ASSERT_X(found != columns.end(), "store::Row", column);
    return static_cast<std::size_t>(found - columns.begin());
}

const QVariant& valueAt(const std::vector<QVariant>& values, const std::vector<QByteArray>& columns, const char* column)
{
    return values.at(columnIndex(columns, column));
}

} // namespace

bool Row::has(const char* column) const
{
    return std::find(m_columns->begin(), m_columns->end(), column) != m_columns->end();
}

bool Row::isNull(const char* column) const
{
    return valueAt(m_values, *m_columns, column).isNull();
}

qint64 Row::integer(const char* column, qint64 fallback) const
{
    const QVariant& value = valueAt(m_values, *m_columns, column);
    return value.isNull() ? fallback : value.toLongLong();
}

double Row::real(const char* column, double fallback) const
{
    const QVariant& value = valueAt(m_values, *m_columns, column);
    return value.isNull() ? fallback : value.toDouble();
}

bool Row::boolean(const char* column) const
{
    return valueAt(m_values, *m_columns, column).toBool();
}

QString Row::string(const char* column) const
{
    return valueAt(m_values, *m_columns, column).toString();
}

QByteArray Row::bytes(const char* column) const
{
    return valueAt(m_values, *m_columns, column).toByteArray();
}

QJsonDocument Row::json(const char* column) const
{
    return QJsonDocument::fromJson(valueAt(m_values, *m_columns, column).toString().toUtf8());
}

Timestamp Row::time(const char* column) const
{
    return fromMs(integer(column));
}

std::optional<Timestamp> Row::optionalTime(const char* column) const
{
    if (isNull(column))
        return std::nullopt;
    return time(column);
}

QVariant bound(Timestamp time)
{
    return QString::fromStdString(toIso(time));
}

QVariant bound(const QJsonDocument& json)
{
    return json.isNull() ? QVariant(QMetaType::fromType<QString>())
                         : QVariant(QString::fromUtf8(json.toJson(QJsonDocument::Compact)));
}

QVariant bound(const QByteArray& bytes)
{
    return QVariant(bytes);
}

QVariant bound(const std::optional<Timestamp>& time)
{
    return time ? bound(*time) : QVariant(QMetaType::fromType<QString>());
}

} // namespace cohort::store
