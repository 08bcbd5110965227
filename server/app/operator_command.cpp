#include "server/app/operator_command.h"

#include "server/api/dispatch/sign_in.h"
#include "server/app/database.h"
#include "server/store/repositories/place_repository.h"
#include "shared/base/utf8.h"

#include <QFile>

#include <cstdio>

namespace cohort::app {

namespace {

Result<QString> passwordFromStdin()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail(ErrorCode::MissingValue, QStringLiteral("standard input cannot be read"));
    QByteArray line = input.readLine(4096); // checkNewPassword() refuses far less
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    // What is no text would be stored as something else, with which nobody signs in.
    const bool isText = isUtf8({line.constData(), static_cast<std::size_t>(line.size())});
    if (!isText || line.contains('\0'))
        return fail(ErrorCode::WrongValue, QStringLiteral("the password on standard input is no text in UTF-8"));
    return QString::fromUtf8(line);
}

// The deployment's id; none where no name was given: in all deployments.
Result<DeploymentId> deploymentOf(store::Connection& connection, const QString& name)
{
    if (name.isEmpty())
        return DeploymentId{};
    return store::PlaceRepository(connection).deploymentNamed(name);
}

} // namespace

Result<void> addOperator(const Options& options)
{
    const auto role = model::valueOf<model::OperatorRole>(options.role);
    if (!role) // before a database is started for it
        return fail(ErrorCode::WrongValue, QStringLiteral("--role must be admin, coordinator or analyst"));
    Database database(options);
    COHORT_CHECK(database.isThere()); // before somebody types a password
    COHORT_TRY(password, passwordFromStdin());
    COHORT_CHECK(database.openBeside());
    COHORT_TRY(connection, store::Connection::open(database.settings()));
    COHORT_TRY(deployment, deploymentOf(*connection, options.deployment));
    api::NewOperator wanted;
    wanted.email = options.email;
    wanted.name = options.email.section(QLatin1Char('@'), 0, 0);
    wanted.password = password;
    wanted.maySeeNames = options.maySeeNames;
    wanted.grants = {{deployment, *role}};
    COHORT_TRY(id, api::addOperator(*connection, wanted, QStringLiteral("system")));
    std::printf("operator %lld: %s\n", static_cast<long long>(id.value), options.email.toUtf8().constData());
    return {};
}

Result<void> firstCode(const Options& options)
{
    Database database(options);
    COHORT_CHECK(database.openBeside());
    COHORT_TRY(connection, store::Connection::open(database.settings()));
    COHORT_TRY(code, api::Bootstrap::oneTimeCode(*connection));
    if (code.isEmpty())
        return fail(ErrorCode::Conflict,
                    QStringLiteral("there is an administrator already; 'cohort-server operator add' "
                                   "adds another"));
    std::printf("first administrator's code, good for an hour: %s\n", code.toUtf8().constData());
    return {};
}

} // namespace cohort::app
