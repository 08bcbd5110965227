#include "console/net/connection_words.h"

#include "console/net/text.h"

#include <QRegularExpression>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// Somebody answers there, but not as the console's port of a Cohort server does.
QString notOurs(const QUrl& url)
{
    const QString port = QString::number(url.port());
    return url.scheme() == "wss"_L1
               ? Net::tr("What answers at %1, port %2, does not speak https. Look at the port (usually 8460), or write "
                         "http:// if this server runs without encryption.")
                     .arg(url.host(), port)
               : Net::tr(
                     "What answers at %1, port %2, is not a Cohort server's console. Look at the port (usually 8460; "
                     "8461 is for devices), or write https:// if this server is encrypted.")
                     .arg(url.host(), port);
}

// A server that is full, or the proxy of one that does not run: the address is right.
bool isUnwell(const QString& said)
{
    static const QRegularExpression status(u"http status code: (429|5\\d\\d)"_s);
    return status.match(said).hasMatch();
}

} // namespace

QString connectionFailed(QAbstractSocket::SocketError error, const QString& said, const QUrl& url)
{
    const QString port = QString::number(url.port());
    if (isUnwell(said))
        return Net::tr("The server at %1, port %2, cannot take anybody now. Wait a moment, or ask whether it runs.")
            .arg(url.host(), port);
    if (said.contains("QWebSocket"_L1))
        return notOurs(url);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return Net::tr(
                   "There is no computer called %1. Look at the server's address, and whether the network is there.")
            .arg(url.host());
    case QAbstractSocket::ConnectionRefusedError:
        return Net::tr(
                   "Nothing listens at %1, port %2. Look at the port (usually 8460), or ask whether the server runs.")
            .arg(url.host(), port);
    case QAbstractSocket::SocketTimeoutError:
    case QAbstractSocket::NetworkError:
        return Net::tr("There is no way to %1 now. Look at the network, and whether a firewall lets port %2 through.")
            .arg(url.host(), port);
    case QAbstractSocket::RemoteHostClosedError:
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::UnknownSocketError:
        return notOurs(url);
    default:
        return Net::tr("There is no connection to %1, port %2. Look at the address and the network.")
            .arg(url.host(), port);
    }
}

} // namespace cohort::console
