#include "console/editor/composer_words.h"

namespace cohort::console {

QStringList composerWords()
{
    static constexpr const char* words[] = {
        "app(title=, description=, parameters={}, reads={}, controls={}, notifies=[], texts={}, scope=, fresh_state=)",
        "action(key, device, **parameters)", "Minutes(default, min=, max=, help=)", "Hours(default, min=, max=, help=)",
        "Number(default, min=, max=, help=)", "Integer(default, min=, max=, help=)", "Text(default, help=)",
        "Choice(default, choices=[], help=)", "Boolean(default, help=)", "Time(default, help=)",
        "on.measurement(name, use=, type=, room=, device=, changed=False, above=, below=, lasting=)",
        "on.fact(name)", "on.timer(name)", "on.schedule(time, days=)", "on.every(duration)", "on.device_connected()",
        "on.device_disconnected()", "on.device_reporting()", "on.device_silent()", "on.alert_answered(key)",
        "on.question_answered(key)", "on.participant_message()", "on.signal(name)", "on.command_finished()",
        "on.installed()",
        "home.id", "home.name", "home.timezone", "home.now", "home.rooms", "home.parameters", "home.state",
        "home.devices(use=, type=, room=)", "home.device(id)", "home.latest(name, use=, type=, room=, default=None)",
        "home.latest_point(name, use=, type=, room=)", "home.fact(name, default=None)",
        "home.history(device, name, since=, until=, every=, aggregate=)",
        "home.facts_history(name, since=, until=, every=, aggregate=)", "home.set_fact(name, value, device=)",
        "home.alert(key, text=, severity=, to=, actions=, repeat=)", "home.resolve_alert(key)",
        "home.notify(to, text=)", "home.ask(to, key, text=, choices=)",
        "home.command(device, expires=, **parameters)", "home.start_timer(name, after, data=)",
        "home.cancel_timer(name)", "home.timer_running(name)", "home.emit(name, data)", "home.log(text)",
        "home.because(text)",
        "event.time", "event.value", "event.previous", "event.name", "event.index", "event.device", "event.data",
        "event.late", "device.id", "device.room", "device.use", "device.type", "device.latest(name, default=None)",
        "device.latest_point(name)", "series.times", "series.values", "series.mean()", "series.min()",
        "series.max()", "series.count()", "series.between(a, b)", "series.share_above(x)",
    };
    QStringList all;
    for (const char* word : words)
        all.append(QString::fromLatin1(word));
    return all;
}

} // namespace cohort::console
