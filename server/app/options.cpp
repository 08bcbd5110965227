#include "server/app/options.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QStandardPaths>
#include <QSysInfo>

#include <unistd.h>

#include <functional>

namespace cohort::app {

namespace {

using Set = Result<void> (*)(Options&, const QString&);

struct OptionRow
{
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
    if (colon < 1 || !isPort || QHostAddress(address).isNull())
        return wrong(QStringLiteral("'%1' is no address and port; write 127.0.0.1:8461").arg(text));
    out = {address, port};
    return {};
}

Result<void> setNumber(double& out, const QString& text, double least, double most)
{
    bool isNumber = false;
    out = text.toDouble(&isNumber);
    if (!isNumber || out < least || out > most)
        return wrong(QStringLiteral("'%1' is no number from %2 to %3").arg(text).arg(least).arg(most));
    return {};
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

#define COHORT_TEXT(member)                                                                                            \
    [](Options& o, const QString& v) -> Result<void> {                                                                 \
        o.member = v;                                                                                                  \
        return {};                                                                                                     \
    }
#define COHORT_SWITCH(member)                                                                                          \
    [](Options& o, const QString&) -> Result<void> {                                                                   \
        o.member = true;                                                                                               \
        return {};                                                                                                     \
    }

const OptionRow Table[] = {
    {"data", "DIR", "folder with the private database and the node's files", COHORT_TEXT(dataDirectory)},
    {"database", "URL", "use this PostgreSQL (postgresql://…) instead of a private one", COHORT_TEXT(databaseUrl)},
    {"deviceio-listen", "A:P", "address and port for devices (127.0.0.1:8461)",
     [](Options& o, const QString& v) { return setListen(o.deviceIo, v); }},
    {"deviceio-url", "URL", "how devices reach this server from outside", COHORT_TEXT(deviceIoUrl)},
    {"api-listen", "A:P",
     "address and port of the Application API, the console and the participants' page (127.0.0.1:8460)",
     [](Options& o, const QString& v) { return setListen(o.api, v); }},
    {"roles", "R,R", "which of deviceio, api, composer this process plays (all)", setRoles},
    {"node", "NAME", "this node's name in the pool (the machine's)", COHORT_TEXT(node)},
    {"bus", "URL", "nats://… for several machines",
     [](Options&, const QString&) {
         return wrong(QStringLiteral("--bus: this version runs on one machine; leave it out"));
     }},
    {"tls-certificate", "FILE", "PEM certificate chain for both ports", COHORT_TEXT(tlsCertificate)},
    {"tls-key", "FILE", "PEM private key", COHORT_TEXT(tlsKey)},
    {"io-threads", "N", "threads for sockets (1)",
     [](Options& o, const QString& v) {
         double n = 1;
         auto result = setNumber(n, v, 1, 64);
         o.ioThreads = static_cast<int>(n);
         return result;
     }},
    {"insecure-plaintext", nullptr, "listen on other addresses than loopback without TLS",
     COHORT_SWITCH(insecurePlaintext)},
    {"log-level", "LEVEL", "debug, info, warning or error (info)", COHORT_TEXT(logLevel)},
    {"library", "DIR", "folder with the ready-made scripts", COHORT_TEXT(libraryDirectory)},
    {"rules", "DIR", "folder with the Python package that scripts import", COHORT_TEXT(rulesDirectory)},
    {"connections-per-address", "N", "open connections from one address",
     [](Options& o, const QString& v) {
         double n = 0;
         auto result = setNumber(n, v, 1, 1'000'000);
         o.connectionsPerAddress = static_cast<std::size_t>(n);
         return result;
     }},
    {"messages-per-second", "N", "sustained messages of one device (50)",
     [](Options& o, const QString& v) { return setNumber(o.messagesPerSecond, v, 1, 1e9); }},
    {"measurements-per-second", "N", "sustained measurements of one device (5000)",
     [](Options& o, const QString& v) { return setNumber(o.measurementsPerSecond, v, 1, 1e9); }},
    {"email", "ADDRESS", "operator add: who signs in", COHORT_TEXT(email)},
    {"role", "ROLE", "operator add: admin, coordinator or analyst", COHORT_TEXT(role)},
    {"deployment", "NAME", "operator add: in this deployment only (else in all)", COHORT_TEXT(deployment)},
    {"may-see-names", nullptr, "operator add: may see participants' names and contacts", COHORT_SWITCH(maySeeNames)},
    {"password-stdin", nullptr, "operator add: the password is the first line of standard input",
     COHORT_SWITCH(passwordFromStdin)},
    {"config", "FILE", "lines `name = value` with any of these options; the command line wins", nullptr},
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

Result<void> parseCommand(Options& options, const QStringList& words)
{
    if (words.isEmpty() || words == QStringList{QStringLiteral("serve")})
        return {};
    if (words == QStringList{QStringLiteral("operator"), QStringLiteral("add")}) {
        options.command = Options::Command::OperatorAdd;
        return {};
    }
    if (words == QStringList{QStringLiteral("operator"), QStringLiteral("first-code")}) {
        options.command = Options::Command::FirstCode;
        return {};
    }
    return wrong(QStringLiteral("'%1' is no command; there are serve, operator add and operator first-code")
                     .arg(words.join(QLatin1Char(' '))));
}

QString defaultDataDirectory()
{
    if (geteuid() == 0)
        return QStringLiteral("/var/lib/cohort");
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/cohort");
}

Result<void> checkWhole(Options& options)
{
    const bool hasTls = !options.tlsCertificate.isEmpty();
    if (hasTls != !options.tlsKey.isEmpty())
        return wrong(QStringLiteral("--tls-certificate and --tls-key go together"));
    for (const ListenAddress* listen : {&options.deviceIo, &options.api}) {
        if (!listen->isLoopback() && !hasTls && !options.insecurePlaintext)
            return wrong(QStringLiteral("%1 is not loopback: give --tls-certificate and --tls-key, or "
                                        "--insecure-plaintext if nobody else is on that network")
                             .arg(listen->address));
    }
    if (options.command == Options::Command::OperatorAdd &&
        (options.email.isEmpty() || options.role.isEmpty() || !options.passwordFromStdin))
        return wrong(QStringLiteral("operator add needs --email, --role and --password-stdin"));
    if (options.deviceIoUrl.isEmpty())
        options.deviceIoUrl = QStringLiteral("%1://%2:%3")
                                  .arg(hasTls ? QStringLiteral("https") : QStringLiteral("http"),
                                       options.deviceIo.address, QString::number(options.deviceIo.port));
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
    const QString scheme = tlsCertificate.isEmpty() ? QStringLiteral("http") : QStringLiteral("https");
    return QStringLiteral("%1://%2:%3").arg(scheme, api.address, QString::number(api.port));
}

Result<Options> parseOptions(const QStringList& arguments)
{
    Options options = defaults();
    QStringList words;
    std::vector<std::pair<QString, QString>> given;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        QString name = arguments.at(at);
        if (name == QStringLiteral("--help") || name == QStringLiteral("-h"))
            options.command = Options::Command::Help;
        if (name == QStringLiteral("--version"))
            options.command = Options::Command::Version;
        if (options.command == Options::Command::Help || options.command == Options::Command::Version)
            return options;
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
        if (name != QStringLiteral("config"))
            COHORT_CHECK(apply(options, name, value));
    }
    COHORT_CHECK(checkWhole(options));
    return options;
}

QString helpText()
{
    QString text = QStringLiteral("cohort-server [serve] [options]\ncohort-server operator add [options]\n"
                                  "cohort-server operator first-code [--data DIR | --database URL]\n"
                                  "cohort-server --version\n\n");
    for (const OptionRow& row : Table) {
        const QString left =
            QStringLiteral("  --%1%2")
                .arg(QString::fromLatin1(row.name),
                     row.value == nullptr ? QString() : QLatin1Char(' ') + QString::fromLatin1(row.value));
        text += left.leftJustified(32) + QString::fromUtf8(row.help) + QLatin1Char('\n');
    }
    return text;
}

} // namespace cohort::app
