#include "server/store/postgres/conninfo.h"

#include <libpq-fe.h>

#include <memory>

namespace cohort::store {

Result<QMap<QString, QString>> parseConninfo(const QString& conninfo)
{
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(conninfo.toUtf8().constData(), &message), &PQconninfoFree);
    const std::unique_ptr<char, decltype(&PQfreemem)> freeMessage(message, &PQfreemem);
    if (!options)
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("the database's address: %1")
                        .arg(QString::fromUtf8(message ? message : "not enough memory").trimmed()));
    QMap<QString, QString> keywords{{QStringLiteral("connect_timeout"), QStringLiteral("10")},
                                    {QStringLiteral("keepalives_idle"), QStringLiteral("10")},
                                    {QStringLiteral("keepalives_interval"), QStringLiteral("5")},
                                    {QStringLiteral("keepalives_count"), QStringLiteral("3")},
                                    {QStringLiteral("tcp_user_timeout"), QStringLiteral("10000")},
                                    {QStringLiteral("application_name"), QStringLiteral("cohort")}};
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (option->val)
            keywords.insert(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    return keywords;
}

QString joinConninfo(const QMap<QString, QString>& keywords)
{
    QStringList parts;
    for (auto item = keywords.begin(); item != keywords.end(); ++item) {
        QString value = item.value();
        value.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('\''), QLatin1String("\\'"));
        parts << QStringLiteral("%1='%2'").arg(item.key(), value);
    }
    return parts.join(QLatin1Char(' '));
}

Result<QString> conninfoWith(const QString& conninfo, const QString& keyword, const QString& value)
{
    COHORT_TRY(keywords, parseConninfo(conninfo));
    keywords.insert(keyword, value);
    return joinConninfo(keywords);
}

} // namespace cohort::store
