// Signing in and out: the answer's token begins the client's session, its operator the workspace's.
// Thread: GUI. Owner: nobody. Flow: ServerLink → session.* → RpcClient::beginSession → OperatorSession → Workspace.
#pragma once

#include "console/net/typed_call.h"
#include "shared/protocol/operations/session.h"

namespace cohort::console::session {

// Errors: those of RpcClient::call, WrongCredentials, TooOften, AccountLocked, CannotParse.
QFuture<Result<model::OperatorSession>> signIn(RpcClient& client, const QString& email, const QString& password);
QFuture<Result<model::OperatorSession>> firstAdmin(RpcClient& client, const protocol::SessionFirstAdmin& wanted);
// Ends the session there, then the connection, whatever the server answers.
void signOut(RpcClient& client);

} // namespace cohort::console::session
