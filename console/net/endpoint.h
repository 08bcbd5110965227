// A server's address as people write it, and the console's end there.
// Thread: pure functions. Owner: nobody. Flow: text of the sign in → here → RpcClient::open.
#pragma once

#include "shared/base/result.h"

#include <QUrl>

namespace cohort::console {

// "http://host:8460", "host", "wss://…": the console's end there; plain only for loopback or when said. WrongValue.
Result<QUrl> endpointOf(const QString& address);
// Whether what is said there can be read on the way: plain, and to another machine.
bool isReadableOnTheWay(const QUrl& endpoint);

} // namespace cohort::console
