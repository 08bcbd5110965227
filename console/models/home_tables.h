// Tables of one home: its devices, its commands, its timeline.
// Thread: GUI. Owner: HomePage. Flow: HomeModel, command.list, timeline.query and their topics → rows.
#pragma once

#include "console/models/home_model.h"
#include "console/models/rows_model.h"

#include <QTimeZone>

namespace cohort::console {

// Rows of HomeModel; never asks the server itself.
class HomeDevicesModel : public RowsOf<model::Device>
{
public:
    enum Where { Name, RoomName, Connection, Reports, Latest, ColumnCount };
    HomeDevicesModel(HomeModel& home, QObject* parent);

protected:
    QFuture<Result<Listing<model::Device>>> load(const model::Device* last) override;
    qint64 idOf(const model::Device& row) const override { return row.id.value; }

private:
    HomeModel& m_home;
};

class CommandsModel : public RowsOf<model::Command>
{
public:
    enum Where { What, DeviceName, State, Outcome, Created, ColumnCount };
    CommandsModel(Workspace& workspace, QObject* parent);

    void show(LocationId home);
    // In which its times are told: the home's.
    void setZone(const QTimeZone& zone);
    void put(const model::Command& command);
    // Sends the device a command, once under this name; its row appears by put or by the topic.
    QFuture<Result<model::Command>> send(DeviceId device, const QList<model::CommandParameter>& parameters,
                                         const QString& requestId);
    // Takes one back that has not ended.
    QFuture<Result<model::Command>> cancel(CommandId command);

protected:
    QFuture<Result<Listing<model::Command>>> load(const model::Command* last) override;
    qint64 idOf(const model::Command& row) const override { return row.id.value; }

private:
    CommandsModel(Workspace& workspace, QObject* parent, std::shared_ptr<QTimeZone> zone);
    Workspace& m_workspace;
    const std::shared_ptr<QTimeZone> m_zone; // also the columns'
    LocationId m_home;
    std::unique_ptr<Subscription> m_subscription;
};

// Newest first; older ones as one scrolls.
class TimelineModel : public RowsOf<model::TimelineEntry>
{
public:
    enum Where { Time, Kind, Text, ColumnCount };
    TimelineModel(Workspace& workspace, QObject* parent);

    // Times are shown in the home's zone.
    void show(LocationId home, const QTimeZone& zone);

protected:
    QFuture<Result<Listing<model::TimelineEntry>>> load(const model::TimelineEntry* last) override;
    qint64 idOf(const model::TimelineEntry& row) const override;

private:
    TimelineModel(Workspace& workspace, std::shared_ptr<QTimeZone> zone, QObject* parent);

    Workspace& m_workspace;
    LocationId m_home;
    std::shared_ptr<QTimeZone> m_zone; // shared with the column that shows times
    std::unique_ptr<Subscription> m_subscription;
};

// "outletStatus = 0" of a command.
QString commandText(const QList<model::CommandParameter>& parameters);

} // namespace cohort::console
