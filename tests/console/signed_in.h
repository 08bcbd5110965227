// A console that has signed in at the stand-in: what models ask, and what tells them.
// Thread: the test's. Owner: a test. Flow: fillPeer(mode) → RpcClient → Workspace, entered.
#pragma once

#include "console/models/workspace.h"
#include "console/net/session.h"
#include "shared/base/when_done.h"
#include "tests/console/answers.h"

#include <QSignalSpy>
#include <QTest>

namespace cohort::console {

class SignedIn
{
public:
    // `mode`: of fillPeer. Comes back soon after a connection was lost.
    explicit SignedIn(const QString& mode) : client(soon()), workspace(client)
    {
        fillPeer(peer, mode);
        QSignalSpy entered(&workspace, &Workspace::entered);
        if (!peer.listen())
            return;
        client.open(peer.url());
        if (!until([this] { return client.state() == LinkState::Open; }))
            return;
        whenDone(&workspace, session::signIn(client, QStringLiteral("a@b.c"), QStringLiteral("x")),
                 [this](const Result<model::OperatorSession>& who) {
                     if (who)
                         workspace.enter(*who);
                 });
        isIn = until([&] { return entered.count() == 1; });
    }

    // False: the condition never came to hold.
    template <typename Condition>
    static bool until(Condition condition)
    {
        return QTest::qWaitFor(condition, 5000);
    }
    // The answer, or Internal where none came.
    template <typename T>
    static Result<T> answerOf(const QFuture<Result<T>>& future)
    {
        return until([&] { return future.isFinished(); }) ? future.result() : Result<T>(fail(ErrorCode::Internal));
    }

    Peer peer;
    RpcClient client;
    Workspace workspace;
    bool isIn = false;

private:
    static RpcOptions soon()
    {
        return {.timeout = std::chrono::seconds(5),
                .firstRetry = std::chrono::milliseconds(20),
                .longestRetry = std::chrono::milliseconds(100),
                .pins = {}};
    }
};

} // namespace cohort::console
