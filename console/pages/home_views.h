// A home's devices with their commands, and its people with their conversations.
// Thread: GUI. Owner: HomePage. Flow: HomeModel → tables and lists; form → device.command, command.cancel.
#pragma once

#include "console/models/home_tables.h"
#include "console/pages/notice_bar.h"

#include <QWidget>

#include <memory>

namespace cohort::console {

namespace Ui {
class HomeDevicesView;
class HomePeopleView;
} // namespace Ui
class ConversationView;

class HomeDevicesView : public QWidget
{
    Q_OBJECT
public:
    HomeDevicesView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent);
    ~HomeDevicesView() override;

private:
    void homeChanged();
    void showChoice();
    // What the device's type lets one set; nothing: no type is known.
    std::optional<QList<model::TypeParameterInfo>> settable(const model::Device& device) const;
    void showParameters(const model::Device& device);
    void showParameter();
    // The chosen parameter's, where the type names one.
    std::optional<model::TypeParameterInfo> parameter() const;
    // Sends what is chosen, after a question where it may do harm.
    void ask();
    void send(DeviceId device, LocationId home, const QList<model::CommandParameter>& parameters);
    void showCancel();
    void cancel();

    Workspace& m_workspace;
    HomeModel& m_home;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::HomeDevicesView> m_ui;
    HomeDevicesModel m_devices;
    CommandsModel m_commands;
    LocationId m_shown;
    DeviceId m_chosen;
    bool m_sending = false; // one at a time
};

class HomePeopleView : public QWidget
{
    Q_OBJECT
public:
    HomePeopleView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent);
    ~HomePeopleView() override;

private:
    void homeChanged();
    void choose(int row);
    const model::Participant* chosen() const;
    void showPause();

    Workspace& m_workspace;
    HomeModel& m_home;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::HomePeopleView> m_ui;
    ConversationView* m_conversation;
};

} // namespace cohort::console
