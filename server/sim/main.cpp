// cohort-sim: `homes` lives in simulated homes, `replay` posts a recorded one, `load` measures.

#include "server/sim/homes.h"
#include "server/sim/load.h"
#include "server/sim/replay.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace {

using namespace cohort;
using namespace cohort::sim;

constexpr int UsageError = 2;

struct OptionRow
{
    const char* name;
    const char* value;
    const char* fallback;
    const char* help;
};

// Every option of every subcommand, once.
constexpr OptionRow Options[] = {
    {"server", "URL", "http://127.0.0.1:8460", "all: the server's Application API"},
    {"user", "EMAIL", "", "all: an operator's e-mail address"},
    {"password-file", "FILE", "", "all: file with the password (else the variable COHORT_PASSWORD)"},
    {"ca-file", "FILE", "", "all: PEM certificate to trust"},
    {"deployment", "NAME", "", "homes, replay: the deployment; made where it is missing"},
    {"timezone", "ZONE", "Europe/Berlin", "homes, replay: time zone of locations that are made"},
    {"homes", "N", "5", "homes: how many"},
    {"days-back", "N", "0", "homes: begin N days ago, in locations with the clock 'events'"},
    {"speed", "X", "", "homes (default 1), replay (default 0: as fast as it goes): times real time"},
    {"scenario", "NAME", "day", "homes: what happens in the first home: day, stove-left-on, stove-offline"},
    {"seconds", "N", "0", "homes, load: end after N seconds"},
    {"location", "ID|NAME", "", "replay: the location; made with the clock 'events' when --deployment is given"},
    {"devices", "FILE", "", "replay: CSV device_id,room,parameter,use,description; load: lines id,token"},
    {"data", "FILE", "", "replay: CSV time,device_id,parameter,value"},
    {"id-prefix", "P", "", "replay: put before every device id"},
    {"progress-file", "FILE", "", "replay: where to keep how far it has come, to resume in another process"},
    {"measures", "N", "10", "replay, load: measurements in a post"},
    {"in-flight", "N", "4", "replay, load: posts without an answer on a connection"},
    {"rate", "N", "0", "load: posts a second in all; 0: as fast as they are answered"},
    {"device-server", "URL", "http://127.0.0.1:8461", "load: the device server"},
};

int complain(const Error& error)
{
    std::fprintf(stderr, "cohort-sim: %s\n", error.message().toUtf8().constData());
    return 1;
}

QString option(const QCommandLineParser& parser, const char* name)
{
    return parser.value(QString::fromLatin1(name));
}

Result<QString> password(const QCommandLineParser& parser)
{
    const QString path = option(parser, "password-file");
    if (path.isEmpty()) {
        const QString value = qEnvironmentVariable("COHORT_PASSWORD");
        if (value.isEmpty())
            return fail(ErrorCode::MissingValue,
                        QStringLiteral("the password: give --password-file FILE or set COHORT_PASSWORD"));
        return value;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::WrongValue, QStringLiteral("%1: %2").arg(path, file.errorString()));
    return QString::fromUtf8(file.readLine()).trimmed();
}

Result<void> signIn(ApiClient& api, const QCommandLineParser& parser)
{
    COHORT_TRY(secret, password(parser));
    return api.signIn(option(parser, "user"), secret);
}

Result<void> homes(ApiClient& api, const QCommandLineParser& parser)
{
    COHORT_CHECK(signIn(api, parser));
    HomesOptions options;
    options.homes = option(parser, "homes").toInt();
    if (!option(parser, "deployment").isEmpty())
        options.deployment = option(parser, "deployment");
    options.timeZone = option(parser, "timezone");
    options.daysBack = option(parser, "days-back").toInt();
    options.speed = option(parser, "speed").isEmpty() ? 1 : option(parser, "speed").toDouble();
    options.duration = std::chrono::seconds(option(parser, "seconds").toInt());
    options.caFile = option(parser, "ca-file").toStdString();
    const QString scenario = option(parser, "scenario");
    if (scenario == QStringLiteral("stove-left-on"))
        options.scenario = Scenario::StoveLeftOn;
    else if (scenario == QStringLiteral("stove-offline"))
        options.scenario = Scenario::StoveOffline;
    else if (scenario != QStringLiteral("day"))
        return fail(ErrorCode::WrongValue, QStringLiteral("--scenario is day, stove-left-on or stove-offline"));
    if (options.homes < 1 || options.homes > 1000 || options.speed <= 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("--homes is 1 to 1000, --speed over 0"));
    return runHomes(api, options);
}

Result<void> replayHome(ApiClient& api, const QCommandLineParser& parser)
{
    COHORT_CHECK(signIn(api, parser));
    ReplayOptions options;
    options.location = {option(parser, "deployment"), option(parser, "location"), option(parser, "timezone"),
                        QStringLiteral("events")};
    options.devicesFile = option(parser, "devices");
    options.dataFile = option(parser, "data");
    options.idPrefix = option(parser, "id-prefix");
    options.speed = option(parser, "speed").toDouble();
    options.measuresPerPost = qBound(1, option(parser, "measures").toInt(), 500);
    options.postsInFlight = qBound(1, option(parser, "in-flight").toInt(), 64);
    options.progressFile = option(parser, "progress-file");
    options.caFile = option(parser, "ca-file").toStdString();
    if (options.location.name.isEmpty() || options.devicesFile.isEmpty() || options.dataFile.isEmpty())
        return fail(ErrorCode::MissingValue, QStringLiteral("replay needs --location, --devices and --data"));
    const auto progress = [](const ReplayReport& report) {
        std::fprintf(stderr, "\r%lld of %lld rows acknowledged", report.skipped + report.acknowledged, report.rows);
    };
    COHORT_TRY(report, replay(api, options, progress));
    std::fprintf(stderr, "\n");
    std::printf("{\"rows\":%lld,\"skipped\":%lld,\"acknowledged\":%lld,\"rejected\":%lld,\"reconnects\":%lld}\n",
                report.rows, report.skipped, report.acknowledged, report.rejected, report.reconnects);
    if (report.rejected > 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("%1 rows were rejected; see above").arg(report.rejected));
    return {};
}

Result<void> load(const QCommandLineParser& parser)
{
    LoadOptions options;
    COHORT_TRY(server, channelOptionsFromUrl(option(parser, "device-server").toStdString()));
    options.server = server;
    options.server.caFile = option(parser, "ca-file").toStdString();
    COHORT_TRY(devices, readLoadDevices(option(parser, "devices").toStdString()));
    options.devices = std::move(devices);
    options.postsPerSecond = option(parser, "rate").toDouble();
    options.measuresPerPost = qBound(1, option(parser, "measures").toInt(), 500);
    options.inFlight = qBound(1, option(parser, "in-flight").toInt(), 64);
    options.duration = std::chrono::seconds(qBound(1, option(parser, "seconds").toInt(), 3600));
    COHORT_TRY(report, runLoad(options));
    std::printf("%s\n", toJson(report).c_str());
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(QStringLiteral(COHORT_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Simulated homes, replay of recorded ones, and load for Cohort."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("homes, replay or load"));
    for (const OptionRow& row : Options)
        parser.addOption({QString::fromLatin1(row.name), QString::fromLatin1(row.help), QString::fromLatin1(row.value),
                          QString::fromLatin1(row.fallback)});
    parser.process(application);
    const QString command = parser.positionalArguments().value(0);
    QString url = option(parser, "server");
    while (url.endsWith(QLatin1Char('/')))
        url.chop(1);
    ApiClient api({url, option(parser, "ca-file")});
    Result<void> result;
    if (command == QStringLiteral("homes"))
        result = homes(api, parser);
    else if (command == QStringLiteral("replay"))
        result = replayHome(api, parser);
    else if (command == QStringLiteral("load"))
        result = load(parser);
    else {
        std::fprintf(stderr, "cohort-sim: say what to do: homes, replay or load (see --help)\n");
        return UsageError;
    }
    return result ? 0 : complain(result.error());
}
