// Whoever signs in at a wrong address reads what to do, never the name of a function.
#include "console/net/connection_words.h"
#include "console/net/wire.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestConnectionWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F32_saysWhatToDo_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("says");
        const QString handshake = u"QWebSocketPrivate::processHandshake: Connection closed while reading header."_s;
        QTest::newRow("a wrong port") << int(QAbstractSocket::ConnectionRefusedError) << u"Connection refused"_s
                                      << u"ws://h:1/console"_s << u"port 1"_s;
        QTest::newRow("the devices' port") << int(QAbstractSocket::ConnectionRefusedError) << handshake
                                           << u"ws://h:8461/console"_s << u"8461 is for devices"_s;
        QTest::newRow("https on a plain port") << int(QAbstractSocket::SslHandshakeFailedError) << u"wrong version"_s
                                               << u"wss://h:8460/console"_s << u"http://"_s;
        QTest::newRow("http on an encrypted one")
            << int(QAbstractSocket::RemoteHostClosedError) << QString() << u"ws://h:8460/console"_s << u"https://"_s;
        QTest::newRow("no such name") << int(QAbstractSocket::HostNotFoundError) << u"Host not found"_s
                                      << u"wss://nowhere.example:8460/console"_s << u"nowhere.example"_s;
        QTest::newRow("no network") << int(QAbstractSocket::NetworkError) << u"unreachable"_s
                                    << u"wss://h:8460/console"_s << u"firewall"_s;
        const QString status = u"QWebSocketPrivate::processHandshake: Unhandled http status code: %1 (x)."_s;
        QTest::newRow("a server that is full") << int(QAbstractSocket::ConnectionRefusedError) << status.arg(503)
                                               << u"ws://h:8460/console"_s << u"Wait a moment"_s;
        QTest::newRow("the proxy of one that starts") << int(QAbstractSocket::ConnectionRefusedError) << status.arg(502)
                                                      << u"wss://h:443/console"_s << u"ask whether it runs"_s;
        QTest::newRow("no page") << int(QAbstractSocket::ConnectionRefusedError) << status.arg(404)
                                 << u"ws://h:80/console"_s << u"Look at the port"_s;
        QTest::newRow("anything else") << int(QAbstractSocket::SocketResourceError) << u"?"_s
                                       << u"wss://h:8460/console"_s << u"Look at the address"_s;
    }
    void finding_F32_saysWhatToDo()
    {
        QFETCH(int, error);
        QFETCH(QString, said);
        QFETCH(QString, url);
        QFETCH(QString, says);
        const QString told = connectionFailed(static_cast<QAbstractSocket::SocketError>(error), said, QUrl(url));
        QVERIFY2(told.contains(says), qPrintable(told));
        QVERIFY2(!told.contains(u"QWebSocket"_s) && !told.contains(u"::"_s), qPrintable(told));
    }

    void finding_signin_whereNothingListensItSaysSo()
    {
        quint16 port = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost));
            port = server.serverPort();
        }
        Wire wire;
        QSignalSpy closed(&wire, &Wire::closed);
        wire.open(QUrl(u"ws://127.0.0.1:%1/console"_s.arg(port)), {});
        QVERIFY(closed.wait(10'000));
        QCOMPARE(closed.count(), 1);
        const QString told = closed.first().first().toString();
        QVERIFY2(told.startsWith(u"Nothing listens at 127.0.0.1"_s), qPrintable(told));
    }

    void finding_F32_atSomebodyElsesPort_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("secure");
        QTest::newRow("closes") << QByteArray() << false;
        QTest::newRow("no page") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") << false;
        QTest::newRow("something else") << QByteArray("220 mail.example.org ESMTP\r\n") << false;
        QTest::newRow("https on a plain port") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << true;
    }
    void finding_F32_atSomebodyElsesPort()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, secure);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer, answer] {
                peer->readAll();
                peer->write(answer);
                peer->disconnectFromHost();
            });
        });
        Wire wire;
        QSignalSpy closed(&wire, &Wire::closed);
        const QString scheme = secure ? u"wss"_s : u"ws"_s;
        wire.open(QUrl(u"%1://127.0.0.1:%2/console"_s.arg(scheme).arg(server.serverPort())), "pin");
        QVERIFY(closed.wait(10'000));
        const QString told = closed.first().first().toString();
        QVERIFY2(told.contains(u"Look at the port"_s) && !told.contains(u"QWebSocket"_s), qPrintable(told));
    }
};

QTEST_GUILESS_MAIN(TestConnectionWords)
#include "tst_connection_words.moc"
