// A whole server in the test's process, over a database of its own and free ports; with an operator who may do all.
// Thread: the test's. Owner: the test function. Flow: options → app::Node → ports on loopback → the test's client.
#pragma once

#include "server/api/dispatch/sign_in.h"
#include "server/app/node.h"
#include "tests/kit/free_port.h"
#include "tests/kit/test_database.h"
#include "tests/unit/server/net/raw_client.h"

#include <QDebug>

#include <sodium.h>

namespace cohort::testing {

using testkit::freePort;

class RunningNode
{
public:
    static constexpr const char* Email = "tester@cohort.example";
    static constexpr const char* Password = "a-long-test-password";

    explicit RunningNode(const char* roles = "deviceio,api", const QStringList& more = {})
        : options(optionsFor(roles, more)), node(std::make_unique<app::Node>(options))
    {
        if (sodium_init() < 0)
            qFatal("libsodium does not start");
        const auto connection = database.connect();
        api::NewOperator wanted;
        wanted.email = QString::fromLatin1(Email);
        wanted.name = QStringLiteral("Tester");
        wanted.password = QString::fromLatin1(Password);
        wanted.grants = {{{}, model::OperatorRole::Admin}};
        wanted.maySeeNames = true;
        if (const auto added = api::addOperator(*connection, wanted, QStringLiteral("test")); !added)
            qFatal("no operator: %s", qPrintable(added.error().message()));
        if (const auto started = node->start(); !started)
            failure = started.error().message();
    }

    QString apiUrl() const { return options.apiUrl(); }
    // The answer of either port to a GET; status 0 when nobody listens there.
    static HttpAnswer get(std::uint16_t port, const std::string& path)
    {
        RawClient client(port);
        if (!client.isOpen())
            return {};
        client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return client.readHttp();
    }

    testkit::TestDatabase database; // outlives the node
    app::Options options;
    std::unique_ptr<app::Node> node;
    QString failure; // why it did not start

private:
    app::Options optionsFor(const char* roles, const QStringList& more) const
    {
        const auto listen = [] { return QStringLiteral("127.0.0.1:%1").arg(freePort()); };
        const auto made = app::parseOptions(
            QStringList{QStringLiteral("--database"), database.settings().conninfo, QStringLiteral("--api-listen"),
                        listen(), QStringLiteral("--deviceio-listen"), listen(), QStringLiteral("--node"),
                        QStringLiteral("node-1"), QStringLiteral("--roles"), QString::fromLatin1(roles)} +
            more);
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        return *made;
    }
};

} // namespace cohort::testing
