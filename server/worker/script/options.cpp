#include "server/worker/script/options.h"

#include <map>
#include <utility>

namespace cohort::worker {

namespace {

constexpr char CheckUse[] = "usage: cohort-script check FILE…\n";
constexpr char RunUse[] = "usage: cohort-script run FILE --devices F --data F --timezone Z [--parameter NAME=VALUE]… "
                          "[--json] [--verbose]\n";
constexpr char CheckHelp[] = "check  exit 0: every script was accepted; 1: one was refused, a line "
                             "file:line:column: message a fault\n";
constexpr char RunHelp[] =
    "run    prints every effect the script has over the rows of --data, oldest first; exit 1 when a run failed;\n"
    "       triggers that match no device or no row are named, with what there is; lines of --data that an import\n"
    "       would refuse are named and counted on standard error, and the script runs over the others\n"
    "\n"
    "  --devices F    CSV: device_id, room, parameter, use, description, and type where it is known: the number\n"
    "                 of the device's type, by which values and commands are judged\n"
    "  --data F       CSV: time (ISO 8601 with offset), device_id, parameter, value; in the order of the log, or of a\n"
    "                 column arrival where there is one: what comes behind newer times is late\n"
    "  --timezone Z   of the home, a name of the IANA database such as Europe/Madrid\n"
    "  --parameter    a parameter of the script\n"
    "  --json         a JSON object a line: time (of a fact, since when it is so), kind, its members, handler\n"
    "  --verbose      also why runs did nothing\n";
constexpr char BothHelp[] =
    "  --worker F --rules D   the cohort-worker program and the folder of the composer package, where they are not\n"
    "                 beside this program\n"
    "\n"
    "Where FILE is called script.py, the other .py files of its folder are its helper modules. The home is number 1,\n"
    "called 'home'; its clock is that of the data. Effects that change nothing (an alert that is open already) are\n"
    "left out. 2: wrong usage.\n";

// What run needs besides the script.
Result<void> checkGiven(const ScriptOptions& options)
{
    const auto missing = [](const char* what) { return fail(ErrorCode::WrongValue, QString::fromLatin1(what)); };
    if (options.devices.isEmpty())
        return missing("--devices is missing: give the CSV file of the home's devices");
    if (options.data.isEmpty())
        return missing("--data is missing: give the CSV file of its measurements");
    if (options.timeZone.trimmed().isEmpty())
        return missing("--timezone is missing: give the home's, a name of the IANA database such as Europe/Madrid");
    return {};
}

// "--data=f.csv" as "--data f.csv".
QStringList apart(const QStringList& arguments)
{
    QStringList all;
    for (const QString& argument : arguments) {
        const qsizetype equals = argument.startsWith(QLatin1String("--")) ? argument.indexOf(QLatin1Char('=')) : -1;
        all.append(equals < 0 ? argument : argument.left(equals));
        if (equals >= 0)
            all.append(argument.mid(equals + 1));
    }
    return all;
}

} // namespace

QString usage(ScriptOptions::What command)
{
    using What = ScriptOptions::What;
    QByteArray text;
    if (command != What::Run)
        text += CheckUse;
    if (command != What::Check)
        text += RunUse;
    text += '\n';
    if (command != What::Run)
        text += CheckHelp;
    if (command != What::Check)
        text += RunHelp;
    return QString::fromUtf8(text + BothHelp);
}

Result<ScriptOptions> parseOptions(const QStringList& given)
{
    const QStringList arguments = apart(given);
    using What = ScriptOptions::What;
    const auto wrong = [](const QString& what) { return fail(ErrorCode::WrongValue, what); };
    ScriptOptions options;
    std::map<QString, QString*> texts{{QStringLiteral("--worker"), &options.worker.program},
                                      {QStringLiteral("--rules"), &options.worker.rulesPath}};
    if (arguments.isEmpty())
        return wrong(QStringLiteral("say what to do: check or run"));
    const QString& command = arguments.front();
    if (command == QLatin1String("--help") || command == QLatin1String("-h"))
        return options;
    if (command == QLatin1String("--version")) {
        options.what = What::Version;
        return options;
    }
    if (command != QLatin1String("check") && command != QLatin1String("run"))
        return wrong(QStringLiteral("'%1' is neither check nor run").arg(command));
    options.what = command == QLatin1String("check") ? What::Check : What::Run;
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        options.helpOf = std::exchange(options.what, What::Help);
        return options;
    }
    if (options.what == What::Run) {
        texts.insert({{QStringLiteral("--devices"), &options.devices},
                      {QStringLiteral("--data"), &options.data},
                      {QStringLiteral("--timezone"), &options.timeZone}});
    }
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        const bool isParameter = options.what == What::Run && argument == QLatin1String("--parameter");
        const auto text = texts.find(argument);
        if (isParameter || text != texts.end()) {
            if (++i == arguments.size())
                return wrong(QStringLiteral("%1 needs a value").arg(argument));
            if (isParameter)
                options.parameters.append(arguments.at(i));
            else
                *text->second = arguments.at(i);
        } else if (options.what == What::Run && argument == QLatin1String("--json")) {
            options.json = true;
        } else if (options.what == What::Run && argument == QLatin1String("--verbose")) {
            options.verbose = true;
        } else if (argument.startsWith(QLatin1String("--"))) {
            return wrong(QStringLiteral("'%1' is no option of %2").arg(argument, command));
        } else {
            options.files.append(argument);
        }
    }
    if (options.files.isEmpty())
        return wrong(QStringLiteral("name a script's file"));
    if (options.what == What::Run) {
        if (options.files.size() > 1)
            return wrong(QStringLiteral("run takes one script"));
        COHORT_CHECK(checkGiven(options));
    }
    return options;
}

} // namespace cohort::worker
