#include "server/store/postgres/row_reader.h"

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

QJsonValue RowReader::storedJson(const QByteArray& column)
{
    const QByteArray list = '[' + m_row.string(column).toUtf8() + ']'; // a column of json may be a plain value
    return QJsonDocument::fromJson(list).array().at(0);
}

void RowReader::read(const QByteArray& column, bool& member, model::Rule)
{
    if (isGiven(column))
        member = m_row.boolean(column);
}

void RowReader::read(const QByteArray& column, int& member, model::Rule)
{
    qint64 number = 0;
    read(column, number, {});
    if (!std::in_range<int>(number))
        return fault(column, QStringLiteral("is too large"));
    member = static_cast<int>(number);
}

void RowReader::read(const QByteArray& column, qint64& member, model::Rule)
{
    if (isGiven(column))
        member = m_row.integer(column);
}

void RowReader::read(const QByteArray& column, double& member, model::Rule)
{
    if (isGiven(column))
        member = m_row.real(column);
}

void RowReader::read(const QByteArray& column, QString& member, model::Rule)
{
    if (isGiven(column))
        member = m_row.string(column);
}

void RowReader::read(const QByteArray& column, Timestamp& member, model::Rule)
{
    if (isGiven(column))
        member = m_row.time(column);
}

// Its two columns stand beside each other; the name of the member says nothing.
void RowReader::read(const QByteArray&, Value& member, model::Rule)
{
    const QByteArray number = m_prefix + "number", text = m_prefix + "text";
    if (!m_row.has(number) || !m_row.has(text))
        return fault(number, QStringLiteral("or text is missing"));
    member = {};
    if (!m_row.isNull(number))
        member.number = m_row.real(number);
    if (!m_row.isNull(text))
        member.text = m_row.string(text).toStdString();
}

void RowReader::read(const QByteArray& column, QJsonObject& member, model::Rule)
{
    if (isGiven(column))
        member = storedJson(column).toObject();
}

void RowReader::read(const QByteArray& column, QJsonArray& member, model::Rule)
{
    if (isGiven(column))
        member = storedJson(column).toArray();
}

void RowReader::read(const QByteArray& column, QJsonValue& member, model::Rule)
{
    if (isGiven(column))
        member = storedJson(column);
}

} // namespace cohort::store
