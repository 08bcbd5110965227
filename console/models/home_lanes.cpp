#include "console/models/home_lanes.h"

#include "console/models/text.h"
#include "console/models/words.h"

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const model::Stream& stream)
{
    const bool plain = stream.index.isEmpty() || stream.index == "0"_L1;
    return plain ? stream.name : stream.name + u' ' + stream.index;
}

// "visits", or "Stove · hot" where it is about a device; which may be retired, and then is not named.
QString titleOf(const model::FactStream& facts, const QList<model::Device>& devices)
{
    const auto about = std::find_if(devices.cbegin(), devices.cend(),
                                    [&](const model::Device& one) { return one.id == facts.device; });
    return about == devices.cend() ? nameOf(facts.stream) : about->label() + u" · "_s + nameOf(facts.stream);
}

QString makerOf(const model::FactStream& facts)
{
    return facts.scriptName.isEmpty() ? Models::tr("computed by a script")
                                      : Models::tr("computed by “%1”").arg(facts.scriptName);
}

} // namespace

QList<HomeLane> lanesOf(const HomeModel& home)
{
    QList<HomeLane> lanes;
    for (const model::Device& device : home.home().devices) {
        const QString room = words::roomName(device.place.room);
        for (const model::Stream& stream : device.streams)
            lanes.append({stream.id, device.label() + u" · "_s + nameOf(stream), room, stream.unit,
                          home.isOnChange(device, stream)});
    }
    for (const model::FactStream& facts : home.home().facts)
        lanes.append({facts.stream.id, titleOf(facts, home.home().devices), makerOf(facts), facts.stream.unit, true});
    for (const model::LeftStream& left : home.home().left) {
        model::Device device; // as it was here: its type says how its values go on
        device.type = left.deviceType;
        lanes.append({left.stream.id, left.label() + u" · "_s + nameOf(left.stream), Models::tr("no longer here"),
                      left.stream.unit, home.isOnChange(device, left.stream)});
    }
    return lanes;
}

} // namespace cohort::console
