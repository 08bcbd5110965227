// A port of this machine that nobody listens on just now. Thread: any. Owner: nobody. Flow: freePort() → a server's option.
#pragma once

#include <QTcpServer>

namespace cohort::testkit {

inline quint16 freePort()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        qFatal("no port is free");
    return probe.serverPort();
}

} // namespace cohort::testkit
