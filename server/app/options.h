// What cohort-server can be told, from one table: command line, then --config file, then defaults.
// Thread: value. Owner: main. Flow: argv → Options → Node. Source: architecture.md, "Outward names".
#pragma once

#include "shared/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace cohort::app {

struct ListenAddress
{
    QString address;
    std::uint16_t port = 0;
    bool isLoopback() const;
};

// cohort-server import
struct ImportOptions
{
    QString file;
    qint64 location = 0;
    QString layoutFile; // JSON, as measurement.import takes it
    bool preview = false;
};

struct Options
{
    enum class Command { Serve, OperatorAdd, FirstCode, Import, Help, Version };
    Command command = Command::Serve;
    Command helpOf = Command::Help; // which command's; Help: all of them

    QString dataDirectory;
    QString databaseUrl; // empty: the private cluster
    ListenAddress deviceIo{QStringLiteral("127.0.0.1"), 8461};
    QString deviceIoUrl; // empty: made from `deviceIo`
    ListenAddress api{QStringLiteral("127.0.0.1"), 8460};
    QStringList roles; // deviceio, api, composer
    QString node;
    QString tlsCertificate, tlsKey;
    int ioThreads = 1;
    bool insecurePlaintext = false;
    QString logLevel;
    QString libraryDirectory, rulesDirectory; // empty: found from the program's place
    std::size_t connectionsPerAddress = 0;    // 0: net::Limits' default
    double messagesPerSecond = 0;             // per device; 0: the default
    double measurementsPerSecond = 0;

    // operator add
    QString email, role, deployment;
    bool maySeeNames = false;
    bool passwordFromStdin = false;

    ImportOptions importing;

    // This node's Application API as its own address and port say it; empty without the role.
    QString apiUrl() const;
    bool hasRole(const QString& name) const { return roles.contains(name); }
};

// `arguments` without the program's name. Errors: WrongValue in words for the person who typed it (unknown option,
// bad port, a public address without TLS, a line of the config file).
Result<Options> parseOptions(const QStringList& arguments);
// What --help prints: of one command, or the commands with all their options.
QString helpText(Options::Command command = Options::Command::Help);

} // namespace cohort::app
