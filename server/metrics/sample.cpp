#include "server/metrics/sample.h"

#include <array>

namespace cohort::metrics {

namespace {

template <typename T>
struct Field
{
    QLatin1String name;
    double T::*member;
};

constexpr std::array CpuFields{Field<CpuShares>{QLatin1String("deviceio"), &CpuShares::deviceio},
                               Field<CpuShares>{QLatin1String("api"), &CpuShares::api},
                               Field<CpuShares>{QLatin1String("composer"), &CpuShares::composer},
                               Field<CpuShares>{QLatin1String("database"), &CpuShares::database},
                               Field<CpuShares>{QLatin1String("other"), &CpuShares::other}};
constexpr std::array Fields{Field<Sample>{QLatin1String("connections"), &Sample::connections},
                            Field<Sample>{QLatin1String("postsPerSecond"), &Sample::postsPerSecond},
                            Field<Sample>{QLatin1String("measurementsPerSecond"), &Sample::measurementsPerSecond},
                            Field<Sample>{QLatin1String("ingestP50Ms"), &Sample::ingestP50Ms},
                            Field<Sample>{QLatin1String("ingestP99Ms"), &Sample::ingestP99Ms},
                            Field<Sample>{QLatin1String("runsPerSecond"), &Sample::runsPerSecond},
                            Field<Sample>{QLatin1String("effectsPerSecond"), &Sample::effectsPerSecond},
                            Field<Sample>{QLatin1String("queue"), &Sample::queue}};

} // namespace

QJsonObject toJson(const Sample& sample)
{
    QJsonObject cpu;
    for (const auto& field : CpuFields)
        cpu.insert(field.name, sample.cpu.*field.member);
    QJsonObject json{{QStringLiteral("at"), static_cast<qint64>(toMs(sample.at))}, {QStringLiteral("cpu"), cpu}};
    for (const auto& field : Fields)
        json.insert(field.name, sample.*field.member);
    return json;
}

Sample sampleFromJson(const QJsonObject& json)
{
    Sample sample;
    sample.at = fromMs(json.value(QLatin1String("at")).toInteger());
    const QJsonObject cpu = json.value(QLatin1String("cpu")).toObject();
    for (const auto& field : CpuFields)
        sample.cpu.*field.member = cpu.value(field.name).toDouble();
    for (const auto& field : Fields)
        sample.*field.member = json.value(field.name).toDouble();
    return sample;
}

} // namespace cohort::metrics
