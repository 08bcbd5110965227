#include "console/editor/composer_words.h"

namespace cohort::console {

namespace {

constexpr const char* Words[] = {
    R"(app(title, parameters={}, reads={}, controls={}, notifies=[], texts={}, scope="home", fresh_state=False, needs={}))",
    R"(action(key, device, **parameters))",
    R"(Minutes(default, min=, max=, help=))",
    R"(Hours(default, min=, max=, help=))",
    R"(Number(default, min=, max=, help=))",
    R"(Integer(default, min=, max=, help=))",
    R"(Text(default, help=))",
    R"(Choice(default, choices=[], help=))",
    R"(Boolean(default, help=))",
    R"(TimeOfDay(default, help=))",
    R"(on.measurement(name, use=, type=, room=, device=, changed=False, above=, below=, lasting=, late=None, unavailable=False))",
    R"(on.fact(name, use=, type=, room=, device=, changed=False, above=, below=, lasting=, late=None))",
    R"(on.timer(name))",
    R"(on.schedule(at, days="daily", late=None))",
    R"(on.every(interval, late=None))",
    R"(on.device_connected(use=, type=, room=, device=))",
    R"(on.device_disconnected(use=, type=, room=, device=))",
    R"(on.device_reporting(use=, type=, room=, device=))",
    R"(on.device_silent(use=, type=, room=, device=))",
    R"(on.command_finished(use=, type=, room=, device=))",
    R"(on.alert_answered(key))",
    R"(on.question_answered(key))",
    R"(on.participant_message())",
    R"(on.signal(name))",
    R"(on.installed())",
    R"(home.id)",
    R"(home.name)",
    R"(home.timezone)",
    R"(home.now)",
    R"(home.rooms)",
    R"(home.parameters)",
    R"(home.state)",
    R"(home.devices(use=, type=, room=))",
    R"(home.device(id))",
    R"(home.latest(name, use=, type=, room=, device=, index="", default=None))",
    R"(home.latest_point(name, use=, type=, room=, device=, index=""))",
    R"(home.fact(name, default=None, device=))",
    R"(home.history(device, name, since="1d", until=, every=, aggregate=))",
    R"(home.facts_history(name, device=, since="1d", until=, every=, aggregate=))",
    R"(home.set_fact(name, value, device=, time=))",
    R"(home.alert(key, text=, severity="normal", to=[], actions=[], repeat=))",
    R"(home.resolve_alert(key))",
    R"(home.notify(to, text))",
    R"(home.ask(to, key, text=, choices=("yes", "no")))",
    R"(home.command(device, expires="60s", **parameters))",
    R"(home.start_timer(name, after, data=))",
    R"(home.cancel_timer(name))",
    R"(home.timer_running(name))",
    R"(home.emit(name, data=))",
    R"(home.log(text))",
    R"(home.because(text))",
    R"(event.kind)",
    R"(event.time)",
    R"(event.value)",
    R"(event.previous)",
    R"(event.name)",
    R"(event.index)",
    R"(event.device)",
    R"(event.data)",
    R"(event.late)",
    R"(device.id)",
    R"(device.room)",
    R"(device.use)",
    R"(device.type)",
    R"(device.latest(name, index="", default=None))",
    R"(device.latest_point(name, index=""))",
    R"(device.fact(name, default=None))",
    R"(series.times)",
    R"(series.values)",
    R"(series.count())",
    R"(series.mean())",
    R"(series.min())",
    R"(series.max())",
    R"(series.sum())",
    R"(series.share_above(limit))",
    R"(series.between(start, end))",
};

} // namespace

QStringList composerWords()
{
    QStringList all;
    for (const char* word : Words)
        all.append(QString::fromLatin1(word));
    return all;
}

} // namespace cohort::console
