// Small words for the engine's tests: a home, rows in minutes, and handlers as lambdas.
// Thread: the test's. Owner: a test. Flow: rows → Instance → handler → Instance; what ran is kept in order.
#pragma once

#include "server/engine/instance.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace cohort::engine::test {

inline Timestamp at(const char* iso)
{
    return *fromIso(iso);
}
inline Timestamp minute(double minutes)
{
    return at("2026-03-01T00:00:00Z") + Milliseconds(std::int64_t(minutes * 60'000));
}

inline HomeInfo smallHome(HomeClock clock = HomeClock::Events, std::string zone = "UTC")
{
    HomeInfo home;
    home.id = LocationId{7};
    home.name = "home";
    home.timeZone = std::move(zone);
    home.clock = clock;
    home.rooms = {{"kitchen", "Kitchen"}, {"bathroom", "Bath"}};
    home.devices = {{DeviceId{1}, "kitchen-motion", 10, "", "kitchen", ""},
                    {DeviceId{2}, "stove", 20, "stove", "kitchen", ""},
                    {DeviceId{3}, "toilet", 30, "toilet", "bathroom", ""}};
    return home;
}

inline Effect effect(EffectKind kind, std::string payload)
{
    return {kind, std::move(payload)};
}
inline Effect timerFor(const std::string& name, std::int64_t ms)
{
    return effect(EffectKind::StartTimer,
                  "{\"name\":\"" + name + "\",\"after_ms\":" + std::to_string(ms) + ",\"data\":null}");
}
inline Effect setFact(const std::string& name, double value)
{
    return effect(EffectKind::SetFact, "{\"name\":\"" + name + "\",\"value\":" + std::to_string(value) + "}");
}

using Handler = std::function<std::vector<Effect>(const Run&)>;

struct Bench
{
    Manifest manifest;
    HomeInfo home = smallHome();
    InstanceState start;
    std::vector<Handler> handlers;
    std::vector<std::string> ran; // "look 00:10 power=60"
    std::unique_ptr<Instance> instance;
    std::int64_t number = 0;

    // Adds a handler with its triggers.
    void on(const std::string& name, std::vector<Trigger> triggers, Handler handler = {})
    {
        for (Trigger& trigger : triggers) {
            trigger.handler = static_cast<int>(manifest.handlers.size());
            manifest.triggers.push_back(trigger);
        }
        manifest.handlers.push_back(name);
        handlers.push_back(std::move(handler));
    }
    Instance& made()
    {
        if (!instance)
            instance = std::make_unique<Instance>(std::make_shared<const Manifest>(manifest),
                                                  std::make_shared<const HomeInfo>(home), ScriptId{5}, start);
        return *instance;
    }
    Input row(Timestamp time, std::int64_t device, const std::string& name, double value)
    {
        Input input;
        input.writer = 1;
        input.number = ++number;
        input.time = time;
        input.arrival = time;
        input.device = DeviceId{device};
        input.name = name;
        input.value = Value::ofNumber(value);
        return input;
    }
    Input event(EventKind kind, Timestamp time, const std::string& name)
    {
        Input input = row(time, 0, name, 0);
        input.kind = kind;
        input.value = {};
        return input;
    }
    void feed(const Input& input) { made().offer(std::make_shared<const Input>(input)); }
    // Runs one call; false when there is none.
    bool step(Timestamp present = {})
    {
        const auto run = made().next(present);
        if (!run)
            return false;
        ran.push_back(told(*run));
        RunResult result;
        result.number = run->number;
        if (const Handler& handler = handlers[static_cast<std::size_t>(run->handler)])
            result.effects = handler(*run);
        made().complete(result);
        return true;
    }
    void drain(Timestamp present = {})
    {
        while (step(present)) {
        }
    }
    std::string told(const Run& run) const
    {
        std::string text = manifest.handlers[static_cast<std::size_t>(run.handler)] + " " + clock(run.now);
        if (!run.event.name.empty())
            text += " " + run.event.name;
        if (run.event.value)
            text += "=" + (run.event.value->number ? QByteArray::number(*run.event.value->number).toStdString()
                                                   : *run.event.value->text);
        return text + (run.event.late ? " late" : "");
    }
    // hh:mm of the first of March, with the day before it on other days.
    static std::string clock(Timestamp time)
    {
        const std::string iso = toIso(time);
        return (iso.substr(0, 10) == "2026-03-01" ? "" : iso.substr(5, 6)) + iso.substr(11, 5);
    }
    // Saves and loads, as a restart does.
    void restart()
    {
        start = made().snapshot();
        instance.reset();
    }
    QString history() const
    {
        std::string all;
        for (const std::string& one : ran)
            all += (all.empty() ? "" : ", ") + one;
        return QString::fromStdString(all);
    }
};

inline Trigger measurement(const std::string& name)
{
    Trigger trigger;
    trigger.kind = EventKind::Measurement;
    trigger.name = name;
    return trigger;
}
inline Trigger named(EventKind kind, const std::string& name)
{
    Trigger trigger;
    trigger.kind = kind;
    trigger.name = name;
    return trigger;
}
inline Trigger schedule(int hour, int minutes, std::uint8_t days = 0x7f)
{
    Trigger trigger;
    trigger.kind = EventKind::Schedule;
    trigger.minuteOfDay = hour * 60 + minutes;
    trigger.days = days;
    return trigger;
}
inline Trigger every(Milliseconds length)
{
    Trigger trigger;
    trigger.kind = EventKind::Every;
    trigger.every = length;
    return trigger;
}

} // namespace cohort::engine::test
