// The api in one process with real sockets and PostgreSQL; operators of each role; two deployments to keep apart.
// Thread: the test's. Owner: the test function. Flow: call() → dispatch; http(), Channel → port 0 of loopback.
#pragma once

#include <map> // before <compare>: moc trips over libstdc++'s <concepts> when nothing came before it

#include "server/api/dispatch/api_handler.h"
#include "server/api/dispatch/dispatch.h"
#include "server/api/dispatch/sign_in.h"
#include "shared/base/system_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"
#include "tests/unit/server/net/raw_client.h"

#include <QDebug>
#include <QJsonArray>
#include <QJsonDocument>

namespace cohort::testing {

using namespace Qt::Literals::StringLiterals;

using Role = model::OperatorRole;

inline const QString Password = QStringLiteral("correct horse battery");

inline QJsonObject parsed(const std::string& json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

inline std::string text(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

// A WebSocket with JSON in it.
class Channel
{
public:
    Channel(std::uint16_t port, std::string_view path, std::string_view headers = {}) : m_client(port)
    {
        m_client.send(upgradeRequest(path, headers));
        status = m_client.readHttp(false).status;
    }
    void send(const std::string& text) { m_client.send(clientFrame(text)); }
    // The next frame that is not a ping; empty when none came or it closed.
    QJsonObject read(int waitMs = 10'000)
    {
        for (;;) {
            const auto frame = m_client.readFrame(waitMs);
            if (frame.opcode != 9)
                return frame.opcode == 1 ? parsed(frame.payload) : QJsonObject();
        }
    }
    // The answer of a call; notifications that come before it are kept in `notices`.
    QJsonObject call(const QString& method, const QJsonObject& params = {})
    {
        const int id = ++m_last;
        send(text({{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}}));
        for (;;) {
            const auto got = read();
            if (got.isEmpty() || got.value("id"_L1).toInt(-1) == id)
                return got;
            notices.push_back(got.value("params"_L1).toObject());
        }
    }
    // The next notification of this topic.
    QJsonObject notice(const QString& topic)
    {
        for (std::size_t i = 0;; ++i) {
            while (i >= notices.size()) {
                const auto got = read();
                if (got.isEmpty())
                    return {};
                notices.push_back(got.value("params"_L1).toObject());
            }
            if (notices[i].value("topic"_L1).toString() == topic) {
                const auto found = notices[i];
                notices.erase(notices.begin() + static_cast<std::ptrdiff_t>(i));
                return found;
            }
        }
    }
    RawClient& client() { return m_client; }

    int status = 0;
    std::vector<QJsonObject> notices;

private:
    RawClient m_client;
    int m_last = 0;
};

class RunningApi
{
public:
    RunningApi()
        : a(testkit::makeHome(database, "a")), b(testkit::makeHome(database, "b")), connection(database.connect()),
          committer(committerOptions(),
                    [this](store::LogBatchPtr batch) { bus.publish(bus::BatchCommitted{std::move(batch)}); }, {}),
          handler(std::make_shared<api::ApiHandler>(
              api::ApiOptions{.database = database.settings(), .settings = settings()}, services())),
          server(threads, listen(), handler)
    {
        started = committer.start().has_value();
        handler->start();
        threads.start();
        started = server.start().has_value() && started;
    }
    ~RunningApi()
    {
        server.stop();
        handler->stop();
        threads.stop();
        committer.stop();
    }

    // A token of a new operator with these roles.
    QString operatorWith(const QString& email, QList<model::OperatorGrant> grants, bool maySeeNames = false)
    {
        const auto made = api::addOperator(*connection,
                                           {.email = email,
                                            .name = email,
                                            .password = Password,
                                            .grants = std::move(grants),
                                            .maySeeNames = maySeeNames},
                                           u"system"_s);
        const auto session = made ? api::signInOperator(*connection, email, Password, u"test"_s)
                                  : Result<api::SignedIn>(fail(made.error()));
        if (!session)
            qWarning() << "no session" << session.error().message();
        return session ? session->token : QString();
    }
    QString admin() { return operatorWith(u"admin@example.org"_s, {{{}, Role::Admin}}, true); }
    // One operation, without a socket.
    Result<QJsonObject> call(const QString& token, const QString& method, const QJsonObject& params = {})
    {
        return api::runOperation(*connection, stubs, settings(),
                                 {.method = method, .params = params, .token = token, .address = u"10.0.0.1"_s});
    }
    HttpAnswer http(const std::string& method, const std::string& path, const std::string& body = {},
                    const std::string& headers = {})
    {
        RawClient client(server.port());
        client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers +
                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.readHttp();
    }
    HttpAnswer post(const std::string& path, const QJsonObject& body, const std::string& headers = {})
    {
        return http("POST", path, text(body), "Content-Type: application/json\r\n" + headers);
    }
    Channel console() { return Channel(server.port(), "/console"); }

    static api::ApiSettings settings()
    {
        return {.deviceioUrl = u"http://127.0.0.1:8461"_s,
                .publicUrl = u"http://127.0.0.1:8460"_s,
                .isReady = {},
                .reviewSeconds = 1};
    }
    api::Services services()
    {
        return {.bus = bus,
                .committer = committer,
                .metrics = metrics,
                .clock = clock,
                .check = [](const QString& source, const QMap<QString, QString>&) { return checked(source); },
                .library = [] { return std::vector<scripts::ShippedScript>{libraryScript()}; },
                .deviceServer = {},
                .composerState =
                    [] {
                        return model::ComposerState{model::ComposerStatus::Running, {}};
                    },
                .samples = {},
                .node = u"node-1"_s};
    }
    // What the sandboxed check would say: "bad" is refused.
    static Result<scripts::CheckedScript> checked(const QString& source)
    {
        if (source.contains(u"import os"_s))
            return scripts::CheckedScript{{false, {{u"script.py"_s, 1, 1, u"no"_s}}, std::nullopt}, {}};
        COHORT_TRY(read, model::fromJson<model::Manifest>(manifest(), model::Form::Stored));
        return scripts::CheckedScript{{true, {}, read}, manifest()};
    }
    static QJsonObject manifest()
    {
        return {{u"title"_s, u"Stove"_s},
                {u"parameters"_s,
                 QJsonObject{{u"patience"_s, QJsonObject{{u"type"_s, u"minutes"_s}, {u"min"_s, 1}, {u"max"_s, 120}}}}},
                {u"reads"_s, QJsonObject{{u"power"_s, u"why"_s}}},
                {u"needs"_s, QJsonObject{{u"a meter"_s, QJsonArray{u"stove:power"_s, u"hob:power"_s}}}}};
    }
    static scripts::ShippedScript libraryScript()
    {
        return {.name = u"stove"_s,
                .page = u"# Stove"_s,
                .source = u"pass"_s,
                .helpers = {},
                .checked = *checked(u"pass"_s)};
    }

    testkit::TestDatabase database;
    testkit::SampleHome a, b; // two deployments
    std::unique_ptr<store::Connection> connection;
    bus::Bus bus;
    metrics::Registry metrics;
    static inline const SystemClock clock;
    store::Committer committer;
    api::Services stubs = services();
    std::shared_ptr<api::ApiHandler> handler;
    net::IoThreads threads{2, clock};
    net::Server server;
    bool started = false;

private:
    static net::ListenOptions listen()
    {
        net::ListenOptions options;
        options.limits = api::ApiHandler::limits();
        return options;
    }
    store::CommitterOptions committerOptions()
    {
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = u"node-1"_s;
        return options;
    }
};

inline QString codeOf(const Result<QJsonObject>& result)
{
    return result ? u"ok"_s : QString::fromLatin1(result.error().name());
}

inline qint64 idOf(const Result<QJsonObject>& result)
{
    if (!result)
        qWarning() << "no id:" << result.error().message();
    return result ? result->value("id"_L1).toInteger() : 0;
}

} // namespace cohort::testing
