#include "server/app/options.h"

#include "server/directory/directory.h"
#include "shared/base/plain_number.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QStandardPaths>
#include <QSysInfo>
#include <QUrl>

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace cohort::app {

namespace {

using Set = Result<void> (*)(Options&, const QString&);
using Command = Options::Command;

// Which commands an option is of.
enum Of : unsigned { Serve = 1, OperatorAdd = 2, Import = 4, FirstCode = 8, Every = 15 };

struct CommandRow
{
    const char* words;
    const char* use; // its arguments
    Command command;
    Of of;
    const char* help;
};

constexpr CommandRow Commands[] = {
    {"serve", "", Command::Serve, Serve, "runs the server; so does no command at all"},
    {"operator add", "", Command::OperatorAdd, OperatorAdd, "adds an operator, beside a running server or without one"},
    {"operator first-code", "", Command::FirstCode, FirstCode,
     "makes a new code for the first administrator, while there is none"},
    {"import", " FILE", Command::Import, Import,
     "imports a CSV file of history into a home, beside a running server or without one"},
};

const CommandRow& rowOf(Command command)
{
    return *std::find_if(std::begin(Commands), std::end(Commands) - 1,
                         [&](const CommandRow& row) { return row.command == command; });
}

struct OptionRow
{
    unsigned of;
    const char* name;
    const char* value; // null: a switch
    const char* help;
    Set set;
};

Result<void> wrong(const QString& text)
{
    return fail(ErrorCode::WrongValue, text);
}

Result<void> setListen(ListenAddress& out, const QString& text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    bool isPort = false;
    const ushort port = text.mid(colon + 1).toUShort(&isPort);
    QString address = text.left(colon);
    if (address.startsWith(QLatin1Char('[')) && address.endsWith(QLatin1Char(']')))
        address = address.mid(1, address.size() - 2);
    if (colon < 1 || !isPort || port == 0 || QHostAddress(address).isNull())
        return wrong(QStringLiteral("'%1' is no address and port; write 127.0.0.1:8461").arg(text));
    out = {address, port};
    return {};
}

Result<void> setNumber(double& out, const QString& text, double least, double most)
{
    bool isNumber = false;
    out = text.toDouble(&isNumber);
    if (!isNumber || !(out >= least && out <= most)) // nor "nan"
        return wrong(QStringLiteral("'%1' is no number from %2 to %3").arg(text, plainly(least), plainly(most)));
    return {};
}

Result<void> setWhole(double& out, const QString& text, double most)
{
    COHORT_CHECK(setNumber(out, text, 1, most));
    if (out != std::floor(out))
        return wrong(QStringLiteral("'%1' is no whole number from 1 to %2").arg(text, plainly(most)));
    return {};
}

// Of a switch that has a value: whether it is on.
Result<bool> switchOf(const QString& text)
{
    static const QStringList on{
        {}, QStringLiteral("yes"), QStringLiteral("true"), QStringLiteral("on"), QStringLiteral("1")};
    static const QStringList off{QStringLiteral("no"), QStringLiteral("false"), QStringLiteral("off"),
                                 QStringLiteral("0")};
    if (on.contains(text.toLower()))
        return true;
    if (off.contains(text.toLower()))
        return false;
    return fail(ErrorCode::WrongValue, QStringLiteral("'%1' is neither yes nor no").arg(text));
}

Result<void> setRoles(Options& options, const QString& text)
{
    static const QStringList known{QStringLiteral("deviceio"), QStringLiteral("api"), QStringLiteral("composer")};
    options.roles = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString& role : options.roles) {
        if (!known.contains(role))
            return wrong(QStringLiteral("'%1' is no role; there are deviceio, api and composer").arg(role));
    }
    return options.roles.isEmpty() ? wrong(QStringLiteral("--roles names no role")) : Result<void>{};
}

Result<void> setLevel(Options& options, const QString& text)
{
    static const QStringList known{QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
                                   QStringLiteral("error")};
    if (!known.contains(text))
        return wrong(QStringLiteral("'%1' is no level; there are debug, info, warning and error").arg(text));
    options.logLevel = text;
    return {};
}

Result<void> setFolder(QString& folder, const QString& text)
{
    if (!QDir(text).exists()) // else it would be an empty library, or no script would run
        return wrong(QStringLiteral("'%1' is no folder").arg(text));
    folder = text;
    return {};
}

Result<void> setDeviceIoUrl(Options& options, const QString& text)
{
    COHORT_CHECK(directory::parseServerUrl(text.toStdString())); // else no device would be sent here
    options.deviceIoUrl = text;
    return {};
}

Result<void> setLocation(Options& options, const QString& text)
{
    bool isNumber = false;
    options.importing.location = text.toLongLong(&isNumber);
    if (!isNumber || options.importing.location < 1)
        return wrong(QStringLiteral("'%1' is no number of a home; the console and location.list show it").arg(text));
    return {};
}

#define COHORT_TEXT(member)                                                                                            \
    [](Options& o, const QString& v) -> Result<void> {                                                                 \
        o.member = v;                                                                                                  \
        return {};                                                                                                     \
    }
#define COHORT_SWITCH(member)                                                                                          \
    [](Options& o, const QString& v) -> Result<void> {                                                                 \
        COHORT_TRY(isOn, switchOf(v));                                                                                 \
        o.member = isOn;                                                                                               \
        return {};                                                                                                     \
    }

const OptionRow Table[] = {
    {Every, "data", "DIR", "folder with the private database and the node's files", COHORT_TEXT(dataDirectory)},
    {Every, "database", "URL", "use this PostgreSQL (postgresql://…) instead of a private one",
     COHORT_TEXT(databaseUrl)},
    {Serve, "deviceio-listen", "A:P", "address and port for devices (127.0.0.1:8461)",
     [](Options& o, const QString& v) { return setListen(o.deviceIo, v); }},
    {Serve, "deviceio-url", "URL", "how devices reach this server from outside", &setDeviceIoUrl},
    {Serve, "api-listen", "A:P",
     "address and port of the Application API, the console and the participants' page (127.0.0.1:8460)",
     [](Options& o, const QString& v) { return setListen(o.api, v); }},
    {Serve, "roles", "R,R", "which of deviceio, api, composer this process plays (all)", setRoles},
    {Serve, "node", "NAME", "this node's name in the pool (the machine's)", COHORT_TEXT(node)},
    {Serve, "bus", "URL", "nats://… for several machines",
     [](Options&, const QString&) { return wrong(QStringLiteral("this version runs on one machine; leave it out")); }},
    {Serve, "tls-certificate", "FILE", "PEM certificate chain for both ports", COHORT_TEXT(tlsCertificate)},
    {Serve, "tls-key", "FILE", "PEM private key", COHORT_TEXT(tlsKey)},
    {Serve, "io-threads", "N", "threads for sockets (1)",
     [](Options& o, const QString& v) {
         double n = 1;
         auto result = setWhole(n, v, 64);
         o.ioThreads = static_cast<int>(n);
         return result;
     }},
    {Serve, "insecure-plaintext", nullptr, "listen on other addresses than loopback without TLS",
     COHORT_SWITCH(insecurePlaintext)},
    {Every, "log-level", "LEVEL", "debug, info, warning or error (info)", &setLevel},
    {Serve, "library", "DIR", "folder with the ready-made scripts",
     [](Options& o, const QString& v) { return setFolder(o.libraryDirectory, v); }},
    {Serve, "rules", "DIR", "folder with the Python package that scripts import",
     [](Options& o, const QString& v) { return setFolder(o.rulesDirectory, v); }},
    {Serve, "connections-per-address", "N", "open connections from one address",
     [](Options& o, const QString& v) {
         double n = 0;
         auto result = setWhole(n, v, 1'000'000);
         o.connectionsPerAddress = static_cast<std::size_t>(n);
         return result;
     }},
    {Serve, "messages-per-second", "N", "sustained messages of one device (50)",
     [](Options& o, const QString& v) { return setNumber(o.messagesPerSecond, v, 1, 1e9); }},
    {Serve, "measurements-per-second", "N", "sustained measurements of one device (5000)",
     [](Options& o, const QString& v) { return setNumber(o.measurementsPerSecond, v, 1, 1e9); }},
    {OperatorAdd, "email", "ADDRESS", "who signs in", COHORT_TEXT(email)},
    {OperatorAdd, "role", "ROLE", "admin, coordinator or analyst", COHORT_TEXT(role)},
    {OperatorAdd, "deployment", "NAME", "in this deployment only (else in all)", COHORT_TEXT(deployment)},
    {OperatorAdd, "may-see-names", nullptr, "may see participants' names and contacts", COHORT_SWITCH(maySeeNames)},
    {OperatorAdd, "password-stdin", nullptr, "the password is the first line of standard input",
     COHORT_SWITCH(passwordFromStdin)},
    {Import, "location", "ID", "the home's number", &setLocation},
    {Import, "layout", "FILE",
     "JSON: how the file is laid out, as measurement.import takes it; what is left out is found",
     COHORT_TEXT(importing.layoutFile)},
    {Import, "preview", nullptr, "only read it, and say how it was read and what would be stored",
     COHORT_SWITCH(importing.preview)},
    {Every, "config", "FILE", "lines `name = value` with any of these options; the command line wins", nullptr},
};

const OptionRow* rowOf(const QString& name)
{
    for (const OptionRow& row : Table) {
        if (name == QLatin1String(row.name))
            return &row;
    }
    return nullptr;
}

Result<void> apply(Options& options, const QString& name, const QString& value)
{
    const OptionRow* row = rowOf(name);
    if (row == nullptr || row->set == nullptr)
        return wrong(QStringLiteral("there is no option --%1 (see --help)").arg(name));
    // Such as --data=$UNSET: never a folder, a database or all deployments instead.
    if (row->value != nullptr && value.trimmed().isEmpty())
        return wrong(QStringLiteral("--%1 needs a value").arg(name));
    auto result = row->set(options, value);
    if (!result)
        result.error().detail = QStringLiteral("--%1: %2").arg(name, result.error().detail);
    return result;
}

Result<void> readConfig(Options& options, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(QStringLiteral("%1: %2").arg(path, file.errorString()));
    for (int number = 1; !file.atEnd() && number < 10'000; ++number) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        const qsizetype equals = line.indexOf(QLatin1Char('='));
        const QString name = line.left(equals < 0 ? line.size() : equals).trimmed();
        auto result = apply(options, name, equals < 0 ? QString() : line.mid(equals + 1).trimmed());
        if (!result)
            return wrong(QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(result.error().detail));
    }
    return {};
}

// The command that the words begin with, and what stands behind it.
Result<const CommandRow*> commandOf(const QStringList& words, QStringList& rest)
{
    if (words.isEmpty())
        return &rowOf(Command::Serve);
    for (const CommandRow& row : Commands) {
        const QStringList own = QString::fromLatin1(row.words).split(QLatin1Char(' '));
        if (words.mid(0, own.size()) == own) {
            rest = words.mid(own.size());
            return &row;
        }
    }
    const QString written = words.join(QLatin1Char(' '));
    return fail(ErrorCode::WrongValue,
                QStringLiteral("'%1' is no command; there are serve, operator add, operator first-code and import")
                    .arg(written));
}

Result<void> parseCommand(Options& options, const QStringList& words)
{
    QStringList rest;
    COHORT_TRY(row, commandOf(words, rest));
    options.command = row->command;
    if (row->command == Command::Import && rest.size() == 1)
        options.importing.file = rest.front();
    else if (row->command == Command::Import)
        return wrong(QStringLiteral("import takes one FILE (see import --help)"));
    else if (!rest.isEmpty())
        return wrong(QStringLiteral("'%1' is no command; there are serve, operator add, operator first-code and import")
                         .arg(words.join(QLatin1Char(' '))));
    return {};
}

// --help and --version win over anything but a command that there is not.
Result<std::optional<Options>> askedFor(const QStringList& arguments)
{
    Options options;
    QStringList words, rest;
    for (const QString& argument : arguments) {
        if (argument == QStringLiteral("--version"))
            options.command = Command::Version;
        if (argument == QStringLiteral("--help") || argument == QStringLiteral("-h"))
            options.command = Command::Help;
        if (!argument.startsWith(QLatin1Char('-')))
            words.append(argument);
    }
    if (options.command == Command::Serve)
        return std::optional<Options>();
    const auto row = commandOf(words, rest);
    if (!row && !arguments.first().startsWith(QLatin1Char('-')))
        return fail(row.error()); // the help of a command that there is not
    if (row && !words.isEmpty())
        options.helpOf = (*row)->command;
    return std::optional(options);
}

QString defaultDataDirectory()
{
    if (geteuid() == 0)
        return QStringLiteral("/var/lib/cohort");
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/cohort");
}

// Where others reach what listens at `listen`: at `named` where that is every address of the machine.
QString urlOf(bool hasTls, const ListenAddress& listen, const QString& named)
{
    QUrl url;
    url.setScheme(hasTls ? QStringLiteral("https") : QStringLiteral("http"));
    const QHostAddress address(listen.address);
    const bool isEvery = address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
    url.setHost(isEvery ? named : listen.address);
    url.setPort(listen.port);
    return url.toString();
}

Result<void> checkPorts(const Options& options)
{
    const bool areBoth = options.hasRole(QStringLiteral("deviceio")) && options.hasRole(QStringLiteral("api"));
    if (areBoth && options.deviceIo.port == options.api.port && options.deviceIo.address == options.api.address)
        return wrong(QStringLiteral("--deviceio-listen and --api-listen are both %1:%2; each needs a port of its own")
                         .arg(options.api.address)
                         .arg(options.api.port));
    return {};
}

Result<void> checkOperator(const Options& options)
{
    QStringList missing;
    if (options.email.isEmpty())
        missing.append(QStringLiteral("--email"));
    if (options.role.isEmpty())
        missing.append(QStringLiteral("--role"));
    if (!options.passwordFromStdin)
        missing.append(QStringLiteral("--password-stdin"));
    if (missing.isEmpty())
        return {};
    return wrong(
        QStringLiteral("operator add needs %1 too (see operator add --help)").arg(missing.join(QStringLiteral(", "))));
}

Result<void> checkWhole(Options& options)
{
    COHORT_CHECK(checkPorts(options));
    const bool hasTls = !options.tlsCertificate.isEmpty();
    if (hasTls != !options.tlsKey.isEmpty())
        return wrong(QStringLiteral("--tls-certificate and --tls-key go together"));
    for (const ListenAddress* listen : {&options.deviceIo, &options.api}) {
        if (!listen->isLoopback() && !hasTls && !options.insecurePlaintext)
            return wrong(QStringLiteral("%1 is not loopback: give --tls-certificate and --tls-key, or "
                                        "--insecure-plaintext if nobody else is on that network")
                             .arg(listen->address));
    }
    if (options.command == Options::Command::OperatorAdd)
        COHORT_CHECK(checkOperator(options));
    if (options.deviceIoUrl.isEmpty())
        options.deviceIoUrl = urlOf(hasTls, options.deviceIo, QSysInfo::machineHostName());
    if (options.command == Command::Import && options.importing.location == 0)
        return wrong(QStringLiteral("import needs --location (see import --help)"));
    return {};
}

Options defaults()
{
    Options options;
    options.dataDirectory = defaultDataDirectory();
    options.roles = {QStringLiteral("deviceio"), QStringLiteral("api"), QStringLiteral("composer")};
    options.node = QSysInfo::machineHostName();
    if (options.node.isEmpty())
        options.node = QStringLiteral("node");
    return options;
}

} // namespace

bool ListenAddress::isLoopback() const
{
    return QHostAddress(address).isLoopback();
}

QString Options::apiUrl() const
{
    if (!hasRole(QStringLiteral("api")))
        return QStringLiteral("");
    return urlOf(!tlsCertificate.isEmpty(), api, QUrl(deviceIoUrl).host());
}

Result<Options> parseOptions(const QStringList& arguments)
{
    COHORT_TRY(asked, askedFor(arguments));
    if (asked)
        return *asked;
    Options options = defaults();
    QStringList words;
    std::vector<std::pair<QString, QString>> given;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        QString name = arguments.at(at);
        if (!name.startsWith(QStringLiteral("--"))) {
            words.append(name);
            continue;
        }
        name = name.mid(2);
        const qsizetype equals = name.indexOf(QLatin1Char('='));
        const OptionRow* row = rowOf(name.left(equals < 0 ? name.size() : equals));
        if (row == nullptr)
            return fail(ErrorCode::WrongValue, QStringLiteral("there is no option --%1 (see --help)").arg(name));
        QString value = equals < 0 ? QString() : name.mid(equals + 1);
        if (row->value != nullptr && equals < 0) {
            if (at + 1 >= arguments.size())
                return fail(ErrorCode::WrongValue, QStringLiteral("--%1 needs a value").arg(name));
            value = arguments.at(++at);
        }
        given.emplace_back(QString::fromLatin1(row->name), value);
    }
    COHORT_CHECK(parseCommand(options, words));
    for (const auto& [name, value] : given) {
        if (name == QStringLiteral("config"))
            COHORT_CHECK(readConfig(options, value));
    }
    for (const auto& [name, value] : given) {
        if ((rowOf(name)->of & rowOf(options.command).of) == 0)
            return fail(ErrorCode::WrongValue, QStringLiteral("--%1 has no effect on %2 (see %2 --help)")
                                                   .arg(name, QString::fromLatin1(rowOf(options.command).words)));
        if (name != QStringLiteral("config"))
            COHORT_CHECK(apply(options, name, value));
    }
    COHORT_CHECK(checkWhole(options));
    return options;
}

QString helpText(Options::Command command)
{
    const bool isAll = command == Command::Help;
    QString text;
    for (const CommandRow& row : Commands) {
        if (isAll || row.command == command)
            text +=
                QStringLiteral("cohort-server %1%2 [options]\n    %3\n")
                    .arg(QString::fromLatin1(row.words), QString::fromLatin1(row.use), QString::fromLatin1(row.help));
    }
    text += QStringLiteral("cohort-server --version\n\n");
    for (const OptionRow& row : Table) {
        if (!isAll && (row.of & rowOf(command).of) == 0)
            continue;
        QStringList of;
        for (const CommandRow& one : Commands) {
            if (isAll && row.of != Every && (row.of & one.of) != 0)
                of.append(QString::fromLatin1(one.words) + QStringLiteral(": "));
        }
        const QString left =
            QStringLiteral("  --%1%2")
                .arg(QString::fromLatin1(row.name),
                     row.value == nullptr ? QString() : QLatin1Char(' ') + QString::fromLatin1(row.value));
        text += left.leftJustified(32) + of.join(QString()) + QString::fromUtf8(row.help) + QLatin1Char('\n');
    }
    return text;
}

} // namespace cohort::app
