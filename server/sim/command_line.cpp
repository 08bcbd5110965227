#include "server/sim/command_line.h"

#include <QCommandLineParser>
#include <QFile>

#include <cmath>

namespace cohort::sim {

namespace {

struct OptionRow
{
    const char* name;
    const char* value;
    const char* fallback;
    const char* help;
};

// Every option of every command, once.
constexpr OptionRow Options[] = {
    {"server", "URL", "http://127.0.0.1:8460", "homes, replay: the server's Application API"},
    {"user", "EMAIL", "", "homes, replay: an operator's e-mail address"},
    {"password-file", "FILE", "", "homes, replay: file with the password (else the variable COHORT_PASSWORD)"},
    {"ca-file", "FILE", "", "homes, replay, load: PEM certificate to trust"},
    {"deployment", "NAME", "", "homes, replay: the deployment; made where it is missing"},
    {"timezone", "ZONE", "Europe/Berlin",
     "homes, record, replay: time zone of the homes, or of locations that are made"},
    {"homes", "N", "5", "homes, record: how many"},
    {"days-back", "N", "0", "homes: begin N days ago, in locations with the clock 'events'"},
    {"speed", "X", "", "homes (default 1), replay (default 0: as fast as it goes): times real time"},
    {"scenario", "NAME", "day", "homes: what happens in the first home: day, stove-left-on, stove-offline"},
    {"seconds", "N", "0", "homes, load: end after N seconds"},
    {"days", "N", "14", "record: how many days"},
    {"seed", "N", "1", "record: the same seed makes the same homes, another one others"},
    {"start", "DATE", "", "record: the first day, such as 2026-03-02"},
    {"output", "DIR", "", "record: folder for home-N-devices.csv, home-N.csv and home-N-activities.csv"},
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

constexpr int LongestSeconds = 366 * 86'400;

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Simulated homes, recordings of them, replay of recorded ones, and load for Cohort."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("homes, record, replay or load"));
    for (const OptionRow& row : Options)
        parser.addOption({QString::fromLatin1(row.name), QString::fromLatin1(row.help), QString::fromLatin1(row.value),
                          QString::fromLatin1(row.fallback)});
}

// The values given, by the options' names.
class Given
{
public:
    explicit Given(const QCommandLineParser& parser) : m_parser(parser) {}

    QString text(const char* name) const { return m_parser.value(QString::fromLatin1(name)); }

    Result<int> whole(const char* name, int least, int most) const
    {
        bool isNumber = false;
        const int value = text(name).toInt(&isNumber);
        if (!isNumber || value < least || value > most)
            return fail(ErrorCode::WrongValue, QStringLiteral("--%1 is a number from %2 to %3, not '%4'")
                                                   .arg(QString::fromLatin1(name))
                                                   .arg(least)
                                                   .arg(most)
                                                   .arg(text(name)));
        return value;
    }

    // Not negative. Where nothing was given, and there is no default: `fallback`.
    Result<double> number(const char* name, double fallback = 0) const
    {
        bool isNumber = false;
        const QString given = text(name);
        const double value = given.isEmpty() ? fallback : given.toDouble(&isNumber);
        if (!given.isEmpty() && (!isNumber || !std::isfinite(value) || value < 0))
            return fail(
                ErrorCode::WrongValue,
                QStringLiteral("--%1 is a number of at least 0, not '%2'").arg(QString::fromLatin1(name), given));
        return value;
    }

private:
    const QCommandLineParser& m_parser;
};

Result<Scenario> scenarioOf(const QString& name)
{
    if (name == QStringLiteral("day"))
        return Scenario::Day;
    if (name == QStringLiteral("stove-left-on"))
        return Scenario::StoveLeftOn;
    if (name == QStringLiteral("stove-offline"))
        return Scenario::StoveOffline;
    return fail(ErrorCode::WrongValue,
                QStringLiteral("--scenario is day, stove-left-on or stove-offline, not '%1'").arg(name));
}

Result<HomesOptions> homesOf(const Given& given)
{
    HomesOptions options;
    COHORT_TRY(homes, given.whole("homes", 1, 1'000));
    COHORT_TRY(daysBack, given.whole("days-back", 0, MostRecordedDays));
    COHORT_TRY(speed, given.number("speed", 1));
    COHORT_TRY(seconds, given.whole("seconds", 0, LongestSeconds));
    COHORT_TRY(scenario, scenarioOf(given.text("scenario")));
    if (speed <= 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("--speed of homes is over 0"));
    options.homes = homes;
    options.daysBack = daysBack;
    options.speed = speed;
    options.duration = std::chrono::seconds(seconds);
    options.scenario = scenario;
    if (!given.text("deployment").isEmpty())
        options.deployment = given.text("deployment");
    options.timeZone = given.text("timezone");
    options.caFile = given.text("ca-file").toStdString();
    return options;
}

Result<RecordOptions> recordOf(const Given& given)
{
    RecordOptions options;
    COHORT_TRY(homes, given.whole("homes", 1, MostRecordedHomes));
    COHORT_TRY(days, given.whole("days", 1, MostRecordedDays));
    bool isNumber = false;
    options.seed = given.text("seed").toULongLong(&isNumber);
    if (!isNumber)
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("--seed is a whole number from 0, not '%1'").arg(given.text("seed")));
    options.homes = homes;
    options.days = days;
    options.start = QDate::fromString(given.text("start"), Qt::ISODate);
    if (!options.start.isValid())
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("--start is the first day, such as 2026-03-02, not '%1'").arg(given.text("start")));
    options.timeZone = given.text("timezone");
    options.folder = given.text("output");
    return options;
}

Result<ReplayOptions> replayOf(const Given& given)
{
    ReplayOptions options;
    COHORT_TRY(measures, given.whole("measures", 1, 500));
    COHORT_TRY(inFlight, given.whole("in-flight", 1, 64));
    COHORT_TRY(speed, given.number("speed"));
    options.measuresPerPost = measures;
    options.postsInFlight = inFlight;
    options.speed = speed;
    options.location = {given.text("deployment"), given.text("location"), given.text("timezone"),
                        QStringLiteral("events")};
    options.devicesFile = given.text("devices");
    options.dataFile = given.text("data");
    options.idPrefix = given.text("id-prefix");
    options.progressFile = given.text("progress-file");
    options.caFile = given.text("ca-file").toStdString();
    if (options.location.name.isEmpty() || options.devicesFile.isEmpty() || options.dataFile.isEmpty())
        return fail(ErrorCode::MissingValue, QStringLiteral("replay needs --location, --devices and --data"));
    return options;
}

Result<LoadFiles> loadOf(const Given& given)
{
    LoadFiles load;
    COHORT_TRY(server, channelOptionsFromUrl(given.text("device-server").toStdString()));
    COHORT_TRY(rate, given.number("rate"));
    COHORT_TRY(measures, given.whole("measures", 1, 500));
    COHORT_TRY(inFlight, given.whole("in-flight", 1, 64));
    COHORT_TRY(seconds, given.whole("seconds", 0, 3'600));
    load.options.server = server;
    load.options.server.caFile = given.text("ca-file").toStdString();
    load.options.postsPerSecond = rate;
    load.options.measuresPerPost = measures;
    load.options.inFlight = inFlight;
    load.options.duration = std::chrono::seconds(std::max(1, seconds));
    load.devicesFile = given.text("devices");
    if (load.devicesFile.isEmpty())
        return fail(ErrorCode::MissingValue, QStringLiteral("load needs --devices"));
    return load;
}

template <typename Options>
Result<Command> with(Command command, Command::What what, Options Command::*member, Result<Options> options)
{
    COHORT_TRY(value, std::move(options));
    command.what = what;
    command.*member = std::move(value);
    return command;
}

} // namespace

Result<Command> parseCommand(const QStringList& arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(QStringList{QStringLiteral("cohort-sim")} + arguments))
        return fail(ErrorCode::WrongValue, parser.errorText());
    Command command;
    if (parser.isSet(QStringLiteral("help")))
        return command;
    if (parser.isSet(QStringLiteral("version"))) {
        command.what = Command::What::Version;
        return command;
    }
    const Given given(parser);
    command.server = {given.text("server"), given.text("ca-file")};
    while (command.server.url.endsWith(QLatin1Char('/')))
        command.server.url.chop(1);
    command.user = given.text("user");
    command.passwordFile = given.text("password-file");
    const QString name = parser.positionalArguments().join(QLatin1Char(' '));
    if (name == QStringLiteral("homes"))
        return with(std::move(command), Command::What::Homes, &Command::homes, homesOf(given));
    if (name == QStringLiteral("record"))
        return with(std::move(command), Command::What::Record, &Command::record, recordOf(given));
    if (name == QStringLiteral("replay"))
        return with(std::move(command), Command::What::Replay, &Command::replay, replayOf(given));
    if (name == QStringLiteral("load"))
        return with(std::move(command), Command::What::Load, &Command::load, loadOf(given));
    return fail(ErrorCode::WrongValue, QStringLiteral("say what to do: homes, record, replay or load (see --help)"));
}

QString helpText()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

Result<QString> readPassword(const QString& path)
{
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

} // namespace cohort::sim
