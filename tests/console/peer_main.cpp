// cohort-console-peer [PORT] [full|empty|error]: a stand-in server to look at the console's pages without a real one.

#include "tests/console/peer.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>

#include <cmath>
#include <cstdio>

using namespace cohort::console;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Peer peer;
    fillPeer(peer, arguments.value(2, u"full"_s));
    if (!peer.listen(static_cast<quint16>(arguments.value(1, u"8469"_s).toInt())))
        return 1;
    std::printf("%s\n", qPrintable(peer.url().toString()));
    std::fflush(stdout);
    QTimer live;
    QObject::connect(&live, &QTimer::timeout, &peer, [&peer] {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const double power = 62 + 8 * std::sin(static_cast<double>(now) / 20'000);
        peer.notify(u"measurements"_s, {QJsonObject{{u"stream"_s, 1},
                                                    {u"device"_s, 11},
                                                    {u"name"_s, u"power"_s},
                                                    {u"index"_s, 0},
                                                    {u"time"_s, now},
                                                    {u"value"_s, power},
                                                    {u"unit"_s, u"W"_s}}});
    });
    live.start(1000);
    return QCoreApplication::exec();
}
