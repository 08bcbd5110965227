// cohort-console-peer [PORT] [full|empty|error]: a stand-in server to look at the console's pages without a real one.

#include "shared/protocol/notification.h"
#include "tests/console/answers.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>

#include <cmath>
#include <cstdio>

using namespace cohort;
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
        notify<protocol::SampleArrived>(peer, {{{.stream = StreamId{1},
                                                 .device = DeviceId{11},
                                                 .name = u"power"_s,
                                                 .index = {},
                                                 .time = now,
                                                 .value = Value::ofNumber(power),
                                                 .isFact = false}}});
    });
    live.start(1000);
    return QCoreApplication::exec();
}
