#include "server/sim/homes.h"

#include "shared/base/log.h"
#include "shared/base/time_zone.h"

#include <boost/asio/signal_set.hpp>

#include <vector>

namespace cohort::sim {

namespace {

constexpr std::chrono::seconds FiguresEvery{60};

QString keyPrefix(const HomesOptions& options, int number)
{
    QString name = options.deployment + QLatin1Char('-') + options.namePrefix + QString::number(number);
    name.replace(QLatin1Char(' '), QLatin1Char('-'));
    return name.toLower() + QLatin1Char('-');
}

Result<Gateway> makeHome(ApiClient& api, const HomesOptions& options, int number)
{
    Registrar registrar(api);
    const WantedLocation wanted{options.deployment, QStringLiteral("%1 %2").arg(options.namePrefix).arg(number),
                                options.timeZone,
                                options.daysBack > 0 ? QStringLiteral("events") : QStringLiteral("real")};
    COHORT_TRY(location, registrar.location(wanted));
    const QString prefix = keyPrefix(options, number);
    return registrar.gateway(location, prefix + QStringLiteral("gateway"), wantedDevices(prefix));
}

void logFigures(const std::vector<std::unique_ptr<SimulatedHome>>& homes)
{
    HomeFigures sum;
    for (const auto& home : homes) {
        sum.posted += home->figures().posted;
        sum.acknowledged += home->figures().acknowledged;
        sum.commands += home->figures().commands;
    }
    log(LogLevel::Info, "homes",
        {{"homes", homes.size()},
         {"posted", sum.posted},
         {"acknowledged", sum.acknowledged},
         {"commands", sum.commands}});
}

} // namespace

Result<void> runHomes(ApiClient& api, const HomesOptions& options, const Clock& real)
{
    COHORT_TRY(zone, ianaZone(options.timeZone));
    std::vector<Gateway> gateways;
    for (int number = 1; number <= options.homes; ++number) {
        COHORT_TRY(gateway, makeHome(api, options, number));
        gateways.push_back(std::move(gateway));
    }
    boost::asio::io_context context(1);
    // From here on, so that every home lives through the same days however long it took to make them.
    const SimulatedClock clock(real, real.now() - std::chrono::hours(24) * options.daysBack, options.speed);
    std::vector<std::unique_ptr<SimulatedHome>> homes;
    for (Gateway& gateway : gateways) {
        const int number = static_cast<int>(homes.size()) + 1;
        homes.push_back(std::make_unique<SimulatedHome>(context, clock, std::move(gateway), keyPrefix(options, number),
                                                        static_cast<std::uint32_t>(number),
                                                        number == 1 ? options.scenario : Scenario::Day, zone));
        homes.back()->start(options.caFile);
        context.poll();
        context.restart();
    }
    log(LogLevel::Info, "homes-live", {{"homes", homes.size()}, {"deployment", options.deployment}});
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    bool ended = false;
    signals.async_wait([&](boost::system::error_code, int) {
        ended = true;
        context.stop();
    });
    const auto started = real.steady();
    while (!ended) {
        const auto left = options.duration - (real.steady() - started);
        if (options.duration.count() > 0 && left.count() <= 0)
            break;
        context.run_for(options.duration.count() > 0 ? std::min<std::chrono::steady_clock::duration>(left, FiguresEvery)
                                                     : FiguresEvery);
        if (!ended)
            context.restart();
        logFigures(homes);
    }
    for (const auto& home : homes)
        home->stop();
    context.restart();
    context.run_for(std::chrono::milliseconds(200));
    return {};
}

} // namespace cohort::sim
