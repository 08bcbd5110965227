#include "console/net/endpoint.h"

#include "console/net/text.h"

#include <QHostAddress>
#include <QStringList>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

bool isLoopback(const QString& host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace

Result<QUrl> endpointOf(const QString& address)
{
    QString text = address.trimmed();
    const bool named = text.contains("://"_L1);
    QUrl url(named ? text : u"https://"_s + text);
    static const QStringList schemes{u"http"_s, u"https"_s, u"ws"_s, u"wss"_s};
    if (text.isEmpty() || !url.isValid() || url.host().isEmpty() || !schemes.contains(url.scheme()))
        return fail(ErrorCode::WrongValue, Net::tr("“%1” is no address of a server; write for example "
                                                   "https://cohort.example.org:8460")
                                               .arg(text));
    const bool plain = named ? url.scheme() == "http"_L1 || url.scheme() == "ws"_L1 : isLoopback(url.host());
    url.setScheme(plain ? u"ws"_s : u"wss"_s);
    if (url.port() < 0)
        url.setPort(8460);
    url.setPath(u"/console"_s);
    url.setQuery(QString());
    url.setFragment({});
    url.setUserInfo({});
    return url;
}

bool isReadableOnTheWay(const QUrl& endpoint)
{
    return endpoint.scheme() == "ws"_L1 && !isLoopback(endpoint.host());
}

} // namespace cohort::console
