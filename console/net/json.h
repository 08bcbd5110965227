// Reading JSON objects of the server's: a missing or wrong value is an empty one, never an error or an assert.
// Thread: pure functions. Owner: nobody. Flow: answer of the server → fromJson of a noun → models.
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace cohort::console::json {

inline QString text(const QJsonObject& object, QLatin1StringView key)
{
    return object.value(key).toString();
}

inline qint64 number(const QJsonObject& object, QLatin1StringView key)
{
    return object.value(key).toInteger();
}

inline int count(const QJsonObject& object, QLatin1StringView key)
{
    return static_cast<int>(object.value(key).toDouble());
}

inline double real(const QJsonObject& object, QLatin1StringView key)
{
    return object.value(key).toDouble();
}

inline bool flag(const QJsonObject& object, QLatin1StringView key)
{
    return object.value(key).toBool();
}

// A UTC time; invalid where there is none.
inline QDateTime time(const QJsonObject& object, QLatin1StringView key)
{
    return QDateTime::fromString(object.value(key).toString(), Qt::ISODateWithMs).toUTC();
}

inline QJsonObject object(const QJsonObject& parent, QLatin1StringView key)
{
    return parent.value(key).toObject();
}

inline QStringList texts(const QJsonObject& parent, QLatin1StringView key)
{
    QStringList all;
    for (const QJsonValue& value : parent.value(key).toArray())
        all.append(value.toString());
    return all;
}

template <typename T>
QList<T> listOf(const QJsonArray& array)
{
    QList<T> all;
    all.reserve(array.size());
    for (const QJsonValue& value : array)
        all.append(T::fromJson(value.toObject()));
    return all;
}

template <typename T>
QList<T> list(const QJsonObject& parent, QLatin1StringView key)
{
    return listOf<T>(parent.value(key).toArray());
}

template <typename IdType>
IdType id(const QJsonObject& parent, QLatin1StringView key)
{
    return IdType{parent.value(key).toInteger()};
}

// What stands in JSON for an id; null for none.
template <typename IdType>
QJsonValue ofId(IdType id)
{
    return id ? QJsonValue(static_cast<qint64>(id.value)) : QJsonValue(QJsonValue::Null);
}

template <typename IdType>
QJsonArray ofIds(const QList<IdType>& ids)
{
    QJsonArray array;
    for (const IdType& one : ids)
        array.append(ofId(one));
    return array;
}

} // namespace cohort::console::json
