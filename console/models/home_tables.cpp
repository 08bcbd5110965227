#include "console/models/home_tables.h"

#include "console/models/words.h"

#include <memory>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int TimelinePage = 200;

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

QString latestOf(const Device& device)
{
    QStringList parts;
    for (const Stream& stream : device.streams.mid(0, 3))
        parts.append(stream.name + u' ' + words::value(stream.value, stream.unit));
    return parts.join(u"  ·  "_s);
}

words::Word connectionOf(const Device& device)
{
    return device.connected ? words::Word{Models::tr("connected"), Tone::Good}
                            : words::Word{Models::tr("offline"), Tone::Neutral};
}

QList<Column<Device>> deviceColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Device"), [](const Device& d) { return d.label(); },
             [](const Device& d, int role) { return role == Qt::ToolTipRole ? QVariant(d.key) : QVariant(); }},
            {QT_TRANSLATE_NOOP("Models", "Room"),
             [](const Device& d) { return words::roomName(d.room.kind, d.room.name); }},
            {QT_TRANSLATE_NOOP("Models", "Connection"), [](const Device& d) { return connectionOf(d).text; },
             [](const Device& d, int role) { return toneOf(connectionOf(d), role); }},
            {QT_TRANSLATE_NOOP("Models", "Data"), [](const Device& d) { return words::reporting(d.reporting).text; },
             [](const Device& d, int role) { return toneOf(words::reporting(d.reporting), role); }},
            {QT_TRANSLATE_NOOP("Models", "Latest"), [](const Device& d) { return latestOf(d); }}};
}

QList<Column<Command>> commandColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Command"), [](const Command& c) { return commandText(c); }},
            {QT_TRANSLATE_NOOP("Models", "Device"), [](const Command& c) { return c.deviceKey; }},
            {QT_TRANSLATE_NOOP("Models", "State"), [](const Command& c) { return words::commandState(c.state).text; },
             [](const Command& c, int role) { return toneOf(words::commandState(c.state), role); }},
            {QT_TRANSLATE_NOOP("Models", "What came of it"),
             [](const Command& c) { return words::commandOutcome(c.state, c.sentAt.isValid(), c.result); }},
            {QT_TRANSLATE_NOOP("Models", "Time"), [](const Command& c) { return words::momentHere(c.createdAt); }}};
}

QList<Column<TimelineEntry>> timelineColumns(const std::shared_ptr<QTimeZone>& zone)
{
    return {
        {QT_TRANSLATE_NOOP("Models", "Time"), [zone](const TimelineEntry& e) { return words::moment(e.time, *zone); }},
        {QT_TRANSLATE_NOOP("Models", "What"), [](const TimelineEntry& e) { return words::timelineKind(e.kind).text; },
         [](const TimelineEntry& e, int role) { return toneOf(words::timelineKind(e.kind), role); }},
        {QT_TRANSLATE_NOOP("Models", "Text"), [](const TimelineEntry& e) { return e.text; }}};
}

} // namespace

QString commandText(const Command& command)
{
    QStringList parts;
    for (const CommandParameter& parameter : command.parameters)
        parts.append(parameter.name + u" = "_s + words::value(parameter.value, {}));
    return parts.join(u", "_s);
}

HomeDevicesModel::HomeDevicesModel(HomeModel& home, QObject* parent)
    : RowsOf<Device>(deviceColumns(), parent), m_home(home)
{
    connect(&home, &HomeModel::changed, this, [this] { replace(m_home.home().devices); });
    connect(&home, &HomeModel::devicesChanged, this, [this] { replace(m_home.home().devices); });
}

QFuture<Result<Listing<Device>>> HomeDevicesModel::load(const Device*)
{
    QPromise<Result<Listing<Device>>> promise;
    promise.start();
    promise.addResult(Result<Listing<Device>>(Listing<Device>{m_home.home().devices, false}));
    promise.finish();
    return promise.future();
}

CommandsModel::CommandsModel(Workspace& workspace, QObject* parent)
    : RowsOf<Command>(commandColumns(), parent), m_workspace(workspace)
{
}

void CommandsModel::show(LocationId home)
{
    m_home = home;
    m_subscription.reset();
    clear();
    if (!home) {
        settleEmpty();
        return;
    }
    m_subscription = m_workspace.client().subscribe(u"commands"_s, {{u"location"_s, json::ofId(home)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::received, this, [this](const QJsonArray& items) {
        for (const QJsonValue& item : items)
            put(Command::fromJson(json::object(item.toObject(), "command"_L1)));
    });
}

void CommandsModel::put(const Command& command)
{
    if (command.id)
        upsert(command, true);
}

QFuture<Result<Listing<Command>>> CommandsModel::load(const Command* last)
{
    return devices::commands(m_workspace.client(), m_home, last ? last->id : CommandId{});
}

TimelineModel::TimelineModel(Workspace& workspace, QObject* parent)
    : TimelineModel(workspace, std::make_shared<QTimeZone>(QTimeZone::utc()), parent)
{
}

TimelineModel::TimelineModel(Workspace& workspace, std::shared_ptr<QTimeZone> zone, QObject* parent)
    : RowsOf<TimelineEntry>(timelineColumns(zone), parent), m_workspace(workspace), m_zone(std::move(zone))
{
}

void TimelineModel::show(LocationId home, const QTimeZone& zone)
{
    m_home = home;
    *m_zone = zone;
    m_subscription.reset();
    clear();
    if (!home) {
        settleEmpty();
        return;
    }
    m_subscription = m_workspace.client().subscribe(u"timeline"_s, {{u"location"_s, json::ofId(home)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::received, this, [this](const QJsonArray& items) {
        for (const QJsonValue& item : items)
            upsert(TimelineEntry::fromJson(item.toObject()), true);
    });
}

QFuture<Result<Listing<TimelineEntry>>> TimelineModel::load(const TimelineEntry* last)
{
    constexpr qint64 tenMinutes = 600'000;
    const qint64 until = last ? last->time.toMSecsSinceEpoch() - 1 : QDateTime::currentMSecsSinceEpoch() + tenMinutes;
    return measurements::timeline(m_workspace.client(), m_home, 0, until, TimelinePage);
}

qint64 TimelineModel::idOf(const TimelineEntry& row) const
{
    // The timeline's rows come from many tables: what makes one of them is time, kind, object and text.
    return static_cast<qint64>(qHashMulti(0, row.time.toMSecsSinceEpoch(), row.kind, row.object, row.text) >> 1U);
}

} // namespace cohort::console
