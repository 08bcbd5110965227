#include "server/store/postgres/pg_error.h"

#include "shared/base/log.h"

#include <QRegularExpression>

#include <libpq-fe.h>

namespace cohort::store {

namespace {

// What people can make twice, by the constraint's or the index's name.
struct Twice
{
    const char* constraint;
    const char* sentence;
};
constexpr Twice Sentences[] = {
    {"deployment_name_key", "there is a deployment of this name"},
    {"location_deployment_id_name_key", "there is a home of this name in the deployment"},
    {"room_location_id_name_key", "there is a room of this name in the home"},
    {"participant_deployment_id_code_key", "there is a participant with this code in the deployment"},
    {"participant_login_pkey", "this participant has a user name already"},
    {"participant_login_username_key", "this user name is taken; choose another one"},
    {"participant_role_pkey", "the participant has this role in this home already"},
    {"operator_email_key", "there is an operator with this e-mail address"},
    {"operator_role_operator_id_deployment_id_key", "the operator has a role in this deployment already"},
    {"device_in_use", "there is a device with this id in the deployment"},
    {"device_tokenless_key", "there is a device without a token that has this id"},
    {"script_deployment_id_name_key", "there is a script of this name"},
    {"script_version_script_id_number_key", "somebody saved a version meanwhile; load the script again"},
    {"script_deployment_script_id_location_id_mode_key", "the script runs in this home in this way already"},
    {"node_pkey", "there is a server of this name"},
    {"writer_node_kind_key", "there is a server of this name"},
};
constexpr char OtherTwice[] = "it is there already";

// The constraint is the one word of the database's text that is in the table, whatever its language.
QString sentenceOf(const QString& said)
{
    static const QRegularExpression notName(QStringLiteral("[^A-Za-z0-9_]+"));
    const QStringList words = said.split(notName);
    for (const Twice& twice : Sentences) {
        if (words.contains(QLatin1String(twice.constraint)))
            return QString::fromLatin1(twice.sentence);
    }
    return QString::fromLatin1(OtherTwice);
}

} // namespace

Error errorOf(ErrorCode code, const QString& said, std::string_view what)
{
    if (code != ErrorCode::AlreadyExists)
        log(LogLevel::Warning, "database-said",
            {{"error", errorInfo(code).name}, {"statement", std::string(what)}, {"text", said}});
    return Error{code, code == ErrorCode::AlreadyExists ? sentenceOf(said) : QString(),
                 code == ErrorCode::DatabaseLost ? 1'000 : 0};
}

ErrorCode errorCodeOf(std::string_view sqlState)
{
    if (sqlState == "23505")
        return ErrorCode::AlreadyExists;
    if (sqlState == "40001" || sqlState == "40P01")
        return ErrorCode::Conflict;
    if (sqlState == "57014" || sqlState == "55P03")
        return ErrorCode::Timeout;
    if (sqlState.empty() || sqlState.starts_with("08") || sqlState.starts_with("57P"))
        return ErrorCode::DatabaseLost;
    // Disk full, out of memory, too many connections, read-only: it is not the statement that is wrong.
    if (sqlState.starts_with("53") || sqlState.starts_with("58") || sqlState == "25006")
        return ErrorCode::Unavailable;
    return ErrorCode::DatabaseError;
}

Error pgError(const pg_conn* connection, const pg_result* result, std::string_view what)
{
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const char* text = primary ? primary : connection ? PQerrorMessage(connection) : "no connection";
    const ErrorCode code = connection && PQstatus(connection) == CONNECTION_BAD ? ErrorCode::DatabaseLost
                                                                                : errorCodeOf(state ? state : "");
    return errorOf(code, QString::fromUtf8(text).trimmed(), what);
}

} // namespace cohort::store
