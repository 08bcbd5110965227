#include "console/models/home_tables.h"

#include "console/models/words.h"

#include <memory>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int CommandsPage = 100;
constexpr int TimelinePage = 200;

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

QString latestOf(const model::Device& device)
{
    QStringList parts;
    for (const model::Stream& stream : device.streams.mid(0, 3))
        parts.append(stream.name + u' ' + words::value(stream.latest, stream.unit));
    return parts.isEmpty() ? u"–"_s : parts.join(u"  ·  "_s);
}

words::Word connectionOf(const model::Device& device)
{
    return device.life.connected ? words::Word{Models::tr("connected"), Tone::Good}
                                 : words::Word{Models::tr("offline"), Tone::Neutral};
}

QList<Column<model::Device>> deviceColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Device"), [](const model::Device& d) { return d.label(); },
             [](const model::Device& d, int role) { return role == Qt::ToolTipRole ? QVariant(d.key) : QVariant(); }},
            {QT_TRANSLATE_NOOP("Models", "Room"), [](const model::Device& d) { return words::roomName(d.place.room); }},
            {QT_TRANSLATE_NOOP("Models", "Connection"), [](const model::Device& d) { return connectionOf(d).text; },
             [](const model::Device& d, int role) { return toneOf(connectionOf(d), role); }},
            {QT_TRANSLATE_NOOP("Models", "Data"),
             [](const model::Device& d) { return words::reporting(d.life.reporting).text; },
             [](const model::Device& d, int role) { return toneOf(words::reporting(d.life.reporting), role); }},
            {QT_TRANSLATE_NOOP("Models", "Latest"), [](const model::Device& d) { return latestOf(d); }}};
}

QList<Column<model::Command>> commandColumns(const std::shared_ptr<QTimeZone>& zone)
{
    return {{QT_TRANSLATE_NOOP("Models", "Command"), [](const model::Command& c) { return commandText(c.parameters); }},
            {QT_TRANSLATE_NOOP("Models", "Device"), [](const model::Command& c) { return c.deviceKey; }},
            {QT_TRANSLATE_NOOP("Models", "State"),
             [](const model::Command& c) { return words::commandState(c.life.state).text; },
             [](const model::Command& c, int role) { return toneOf(words::commandState(c.life.state), role); }},
            {QT_TRANSLATE_NOOP("Models", "What came of it"),
             [](const model::Command& c) { return words::commandOutcome(c.life); }},
            {QT_TRANSLATE_NOOP("Models", "Time"),
             [zone](const model::Command& c) { return words::moment(c.life.createdAt, *zone); }}};
}

QList<Column<model::TimelineEntry>> timelineColumns(const std::shared_ptr<QTimeZone>& zone)
{
    return {
        {QT_TRANSLATE_NOOP("Models", "Time"),
         [zone](const model::TimelineEntry& e) { return words::moment(e.time, *zone); }},
        {QT_TRANSLATE_NOOP("Models", "What"),
         [](const model::TimelineEntry& e) { return words::timelineKind(e.kind).text; },
         [](const model::TimelineEntry& e, int role) { return toneOf(words::timelineKind(e.kind), role); }},
        {QT_TRANSLATE_NOOP("Models", "Text"), [](const model::TimelineEntry& e) { return words::timelineText(e); }}};
}

} // namespace

QString commandText(const QList<model::CommandParameter>& parameters)
{
    QStringList parts;
    for (const model::CommandParameter& parameter : parameters) {
        const QString index = parameter.index && !parameter.index->isEmpty() ? u' ' + *parameter.index : QString();
        parts.append(parameter.name + index + u" = "_s + words::value(parameter.value.toVariant(), {}));
    }
    return parts.isEmpty() ? u"–"_s : parts.join(u", "_s);
}

HomeDevicesModel::HomeDevicesModel(HomeModel& home, QObject* parent)
    : RowsOf<model::Device>(deviceColumns(), parent), m_home(home)
{
    connect(&home, &HomeModel::changed, this, [this] { replace(m_home.home().devices); });
    connect(&home, &HomeModel::devicesChanged, this, [this] { replace(m_home.home().devices); });
}

QFuture<Result<Listing<model::Device>>> HomeDevicesModel::load(const model::Device*)
{
    QPromise<Result<Listing<model::Device>>> promise;
    promise.start();
    promise.addResult(Result<Listing<model::Device>>(Listing<model::Device>{m_home.home().devices, false}));
    promise.finish();
    return promise.future();
}

CommandsModel::CommandsModel(Workspace& workspace, QObject* parent)
    : CommandsModel(workspace, parent, std::make_shared<QTimeZone>(QTimeZone::systemTimeZone()))
{
}

CommandsModel::CommandsModel(Workspace& workspace, QObject* parent, std::shared_ptr<QTimeZone> zone)
    : RowsOf<model::Command>(commandColumns(zone), parent), m_workspace(workspace), m_zone(std::move(zone))
{
}

void CommandsModel::setZone(const QTimeZone& zone)
{
    *m_zone = zone;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Created), index(rowCount() - 1, Created));
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
    m_subscription = subscribe<protocol::CommandChanged>(m_workspace.client(), filterBy(home), this,
                                                         [this](const QList<protocol::CommandChanged>& items) {
                                                             for (const protocol::CommandChanged& item : items)
                                                                 put(item.command);
                                                         });
    follow(*m_subscription);
}

void CommandsModel::put(const model::Command& command)
{
    if (command.id)
        upsert(command, true);
}

QFuture<Result<Listing<model::Command>>> CommandsModel::load(const model::Command* last)
{
    const auto after = last ? std::optional(last->id) : std::nullopt;
    return call(m_workspace.client(), protocol::CommandList{m_home, CommandsPage, after});
}

QFuture<Result<model::Command>> CommandsModel::send(DeviceId device, const QList<model::CommandParameter>& parameters,
                                                    const QString& requestId)
{
    return call(m_workspace.client(), protocol::DeviceCommand{device, parameters, {}, {}, requestId});
}

QFuture<Result<model::Command>> CommandsModel::cancel(CommandId command)
{
    return call(m_workspace.client(), protocol::CommandCancel{command});
}

TimelineModel::TimelineModel(Workspace& workspace, QObject* parent)
    : TimelineModel(workspace, std::make_shared<QTimeZone>(QTimeZone::utc()), parent)
{
}

TimelineModel::TimelineModel(Workspace& workspace, std::shared_ptr<QTimeZone> zone, QObject* parent)
    : RowsOf<model::TimelineEntry>(timelineColumns(zone), parent), m_workspace(workspace), m_zone(std::move(zone))
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
    m_subscription = subscribe<protocol::TimelineAdded>(m_workspace.client(), filterBy(home), this,
                                                        [this](const QList<protocol::TimelineAdded>& items) {
                                                            for (const protocol::TimelineAdded& item : items)
                                                                upsert(item.entry, true);
                                                        });
    follow(*m_subscription);
}

QFuture<Result<Listing<model::TimelineEntry>>> TimelineModel::load(const model::TimelineEntry* last)
{
    constexpr qint64 tenMinutes = 600'000;
    const qint64 until = last ? toMs(last->time) - 1 : QDateTime::currentMSecsSinceEpoch() + tenMinutes;
    return call(m_workspace.client(), protocol::TimelineQuery{m_home, fromMs(0), fromMs(until), TimelinePage});
}

qint64 TimelineModel::idOf(const model::TimelineEntry& row) const
{
    // The timeline's rows come from many tables: what makes one of them is time, kind, object and text.
    return static_cast<qint64>(qHashMulti(0, qint64(toMs(row.time)), int(row.kind), row.object, row.text) >> 1U);
}

} // namespace cohort::console
