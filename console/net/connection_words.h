// Why there is no connection, in words that say what to do; what Qt says of it names its own functions.
// Thread: pure functions. Owner: nobody. Flow: socket's error → here → sign-in page, bar.
#pragma once

#include <QAbstractSocket>
#include <QUrl>

namespace cohort::console {

// `said`: the socket's own text, which tells a peer that is no server of ours from one that is not there.
QString connectionFailed(QAbstractSocket::SocketError error, const QString& said, const QUrl& url);

} // namespace cohort::console
