#include "server/store/postgres/row_reader.h"

#include <QJsonDocument>

#include <utility>

namespace cohort::store {

QByteArray RowReader::columnOf(const char* name) const
{
    QByteArray column = m_prefix;
    for (const char* at = name; *at != 0; ++at) {
        const bool isUpper = *at >= 'A' && *at <= 'Z';
        if (isUpper)
            column += '_';
        column += isUpper ? static_cast<char>(*at - 'A' + 'a') : *at;
    }
    return column;
}

void RowReader::fault(const QByteArray& column, const QString& what)
{
    if (!m_error)
        m_error =
            Error{ErrorCode::DatabaseError, QStringLiteral("column %1 %2").arg(QString::fromLatin1(column), what), 0};
}

bool RowReader::isGiven(const QByteArray& column)
{
    if (!m_row.has(column))
        fault(column, QStringLiteral("is missing"));
    else if (m_row.isNull(column))
        fault(column, QStringLiteral("is null"));
    return !m_error;
}

// Its three columns stand beside each other; the name of the member says nothing.
void RowReader::read(const QByteArray&, Value& member, model::Rule)
{
    const QByteArray number = m_prefix + "number", text = m_prefix + "text", exact = m_prefix + "exact";
    if (!m_row.has(number) || !m_row.has(text) || !m_row.has(exact))
        return fault(number, QStringLiteral(", text or exact is missing"));
    member = valueOf(m_row, m_prefix);
}

Value valueOf(const Row& row, const QByteArray& prefix)
{
    const QByteArray number = prefix + "number", text = prefix + "text", exact = prefix + "exact";
    Value value;
    if (!row.isNull(number))
        value.number = row.real(number);
    if (!row.isNull(text))
        value.text = row.string(text).toStdString();
    if (!row.isNull(exact))
        value.integer = row.integer(exact);
    return value;
}

QString readColumn(const Row& row, const QByteArray& column, bool& member)
{
    member = row.boolean(column);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, int& member)
{
    const qint64 number = row.integer(column);
    if (!std::in_range<int>(number))
        return QStringLiteral("is too large");
    member = static_cast<int>(number);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, qint64& member)
{
    member = row.integer(column);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, double& member)
{
    member = row.real(column);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, QString& member)
{
    member = row.string(column);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, Timestamp& member)
{
    member = row.time(column);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, QJsonValue& member)
{
    const QByteArray list = '[' + row.string(column).toUtf8() + ']'; // a column of json may be a plain value
    member = QJsonDocument::fromJson(list).array().at(0);
    return {};
}

QString readColumn(const Row& row, const QByteArray& column, QJsonObject& member)
{
    QJsonValue value;
    readColumn(row, column, value);
    member = value.toObject();
    return value.isObject() ? QString() : QStringLiteral("is not an object");
}

QString readColumn(const Row& row, const QByteArray& column, QJsonArray& member)
{
    QJsonValue value;
    readColumn(row, column, value);
    member = value.toArray();
    return value.isArray() ? QString() : QStringLiteral("is not a list");
}

} // namespace cohort::store
