#include "server/sim/command_line.h"

#include "shared/base/time_zone.h"

#include <QCommandLineParser>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace cohort::sim {

namespace {

struct OptionRow
{
    const char* of;
    const char* name;
    const char* value;
    const char* fallback;
    const char* help;
};

// Every option of every command, once; `of` are the commands, with commas between.
constexpr OptionRow Options[] = {
    {"homes,replay", "server", "URL", "http://127.0.0.1:8460", "the server's Application API"},
    {"homes,replay", "user", "EMAIL", "", "an operator's e-mail address"},
    {"homes,replay", "password-file", "FILE", "", "file with the password (else the variable COHORT_PASSWORD)"},
    {"homes,replay,load", "ca-file", "FILE", "", "PEM certificate to trust"},
    {"homes,replay", "deployment", "NAME", "", "the deployment; made where it is missing"},
    {"homes,record,replay", "timezone", "ZONE", "Europe/Berlin",
     "IANA time zone of the homes, or of locations that are made"},
    {"homes,record", "homes", "N", "5", "how many"},
    {"homes", "days-back", "N", "0", "begin N days ago, in locations with the clock 'events'"},
    {"homes,replay", "speed", "X", "",
     "times real time (homes 1, replay 0: as fast as it goes, where it is not given)"},
    {"homes", "scenario", "NAME", "day", "what happens in the first home: day, stove-left-on, stove-offline"},
    {"homes,load", "seconds", "N", "0", "end after N seconds"},
    {"record", "days", "N", "14", "how many days"},
    {"record", "seed", "N", "1", "the same seed makes the same homes, another one others"},
    {"record", "start", "DATE", "", "the first day, such as 2026-03-02"},
    {"record", "away", "LEAST-MOST", "",
     "gateways are away for so long some times a day, such as 10m-90m, then post what they kept"},
    {"record", "unavailable", "", "", "sensors say 'unavailable' for some minutes, some times a day"},
    {"record", "output", "DIR", "", "folder for home-N-devices.csv, home-N.csv and home-N-activities.csv"},
    {"replay", "location", "ID|NAME", "", "the location; made with the clock 'events' when --deployment is given"},
    {"replay,load", "devices", "FILE", "",
     "replay: CSV device_id,room,parameter,use,description; load: lines id,token"},
    {"replay", "data", "FILE", "", "CSV time,device_id,parameter,value; by its column arrival where it has one"},
    {"replay", "id-prefix", "P", "", "put before every device id"},
    {"replay", "progress-file", "FILE", "", "where to keep how far it has come, to resume in another process"},
    {"replay,load", "measures", "N", "10", "measurements in a post"},
    {"replay,load", "in-flight", "N", "4", "posts without an answer on a connection"},
    {"load", "rate", "N", "0", "posts a second in all; 0: as fast as they are answered"},
    {"load", "device-server", "URL", "http://127.0.0.1:8461", "the device server"},
};

constexpr int LongestSeconds = 366 * 86'400;

struct CommandRow
{
    const char* name;
    const char* help;
};
constexpr CommandRow Commands[] = {
    {"homes", "lives in simulated homes at a running server"},
    {"record", "writes simulated homes' days to CSV files"},
    {"replay", "posts a recorded home to a running server"},
    {"load", "posts as much as it is told, and measures"},
};

bool isOf(const OptionRow& row, const QString& command)
{
    return QString::fromLatin1(row.of).split(QLatin1Char(',')).contains(command);
}

bool isCommand(const QString& name)
{
    return std::any_of(std::begin(Commands), std::end(Commands),
                       [&](const CommandRow& row) { return name == QLatin1String(row.name); });
}

// The options of one command; all of them where it is none.
void describe(QCommandLineParser& parser, const QString& command)
{
    QString text = QStringLiteral("Simulated homes, recordings of them, replay of recorded ones, and load for Cohort.");
    for (const CommandRow& row : Commands) {
        if (command == QLatin1String(row.name))
            text = QStringLiteral("cohort-sim %1: %2.").arg(command, QString::fromLatin1(row.help));
    }
    parser.setApplicationDescription(text);
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("shows this")});
    parser.addVersionOption();
    if (!isCommand(command))
        parser.addPositionalArgument(QStringLiteral("command"),
                                     QStringLiteral("homes, record, replay or load; each has its own --help"));
    for (const OptionRow& row : Options) {
        const QString of = isCommand(command) ? QString() : QString::fromLatin1(row.of) + QStringLiteral(": ");
        if (!isCommand(command) || isOf(row, command))
            parser.addOption({QString::fromLatin1(row.name), of + QString::fromLatin1(row.help),
                              QString::fromLatin1(row.value), QString::fromLatin1(row.fallback)});
    }
}

// An option that the command does not look at is refused, not taken.
Result<void> checkOptions(const QCommandLineParser& parser, const QString& command)
{
    for (const OptionRow& row : Options) {
        if (parser.isSet(QString::fromLatin1(row.name)) && !isOf(row, command))
            return fail(
                ErrorCode::WrongValue,
                QStringLiteral("--%1 has no effect on %2 (see %2 --help)").arg(QString::fromLatin1(row.name), command));
    }
    return {};
}

// The values given, by the options' names.
class Given
{
public:
    explicit Given(const QCommandLineParser& parser) : m_parser(parser) {}

    QString text(const char* name) const { return m_parser.value(QString::fromLatin1(name)); }
    bool isSet(const char* name) const { return m_parser.isSet(QString::fromLatin1(name)); }

    Result<QString> timeZone() const
    {
        if (const auto zone = ianaZone(text("timezone")); !zone)
            return fail(ErrorCode::WrongValue, QStringLiteral("--timezone: %1").arg(zone.error().detail));
        return text("timezone");
    }

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
    COHORT_TRY(timeZone, given.timeZone());
    if (speed <= 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("--speed of homes is over 0"));
    options.homes = homes;
    options.daysBack = daysBack;
    options.speed = speed;
    options.duration = std::chrono::seconds(seconds);
    options.scenario = scenario;
    if (!given.text("deployment").isEmpty())
        options.deployment = given.text("deployment");
    options.timeZone = timeZone;
    options.caFile = given.text("ca-file").toStdString();
    return options;
}

// "10m-90m"; whether it is sensible record() says.
Result<std::optional<AwayMinutes>> awayOf(const Given& given)
{
    if (!given.isSet("away"))
        return std::optional<AwayMinutes>();
    static const QRegularExpression form(QStringLiteral("\\A(\\d{1,4})m-(\\d{1,4})m\\z"));
    const auto match = form.match(given.text("away"));
    if (!match.hasMatch())
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("--away is the least and the most minutes, such as 10m-90m, not '%1'")
                        .arg(given.text("away")));
    return std::optional(AwayMinutes{match.captured(1).toInt(), match.captured(2).toInt()});
}

Result<RecordOptions> recordOf(const Given& given)
{
    RecordOptions options;
    COHORT_TRY(homes, given.whole("homes", 1, MostRecordedHomes));
    COHORT_TRY(days, given.whole("days", 1, MostRecordedDays));
    COHORT_TRY(timeZone, given.timeZone());
    COHORT_TRY(away, awayOf(given));
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
    options.timeZone = timeZone;
    options.troubles = {away, given.isSet("unavailable")};
    options.folder = given.text("output");
    return options;
}

Result<ReplayOptions> replayOf(const Given& given)
{
    ReplayOptions options;
    COHORT_TRY(measures, given.whole("measures", 1, 500));
    COHORT_TRY(inFlight, given.whole("in-flight", 1, 64));
    COHORT_TRY(speed, given.number("speed"));
    COHORT_TRY(timeZone, given.timeZone());
    options.measuresPerPost = measures;
    options.postsInFlight = inFlight;
    options.speed = speed;
    options.location = {given.text("deployment"), given.text("location"), timeZone, QStringLiteral("events")};
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
    describe(parser, {});
    if (!parser.parse(QStringList{QStringLiteral("cohort-sim")} + arguments))
        return fail(ErrorCode::WrongValue, parser.errorText());
    const QString name = parser.positionalArguments().join(QLatin1Char(' '));
    Command command;
    command.helpOf = name;
    if (parser.isSet(QStringLiteral("help")))
        return command;
    if (parser.isSet(QStringLiteral("version"))) {
        command.what = Command::What::Version;
        return command;
    }
    if (isCommand(name))
        COHORT_CHECK(checkOptions(parser, name));
    const Given given(parser);
    command.server = {given.text("server"), given.text("ca-file")};
    while (command.server.url.endsWith(QLatin1Char('/')))
        command.server.url.chop(1);
    command.user = given.text("user");
    command.passwordFile = given.text("password-file");
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

QString helpText(const QString& command)
{
    QCommandLineParser parser;
    describe(parser, command);
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
