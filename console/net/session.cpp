#include "console/net/session.h"

#include <QPointer>

namespace cohort::console {

namespace {

template <typename Operation>
QFuture<Result<model::OperatorSession>> begin(RpcClient& client, const Operation& wanted)
{
    const QPointer<RpcClient> target(&client);
    return call(client, wanted).then([target](const Result<model::OperatorSession>& answer) {
        if (answer && target)
            target->beginSession(answer->token);
        return answer;
    });
}

} // namespace

QFuture<Result<model::OperatorSession>> session::signIn(RpcClient& client, const QString& email,
                                                        const QString& password)
{
    return begin(client, protocol::SessionSignIn{email, password});
}

QFuture<Result<model::OperatorSession>> session::firstAdmin(RpcClient& client,
                                                            const protocol::SessionFirstAdmin& wanted)
{
    return begin(client, wanted);
}

void session::signOut(RpcClient& client)
{
    const QPointer<RpcClient> target(&client);
    call(client, protocol::SessionSignOut{}).then([target](const Result<model::Nothing>& answer) {
        // Not from inside the answer's own delivery: closing fails what is under way. Where it was cancelled the
        // connection has gone already, and somebody may be signing in over the next one.
        if (target && (answer || answer.error().code != ErrorCode::Cancelled))
            QMetaObject::invokeMethod(target, &RpcClient::close, Qt::QueuedConnection);
    });
}

} // namespace cohort::console
