// The small dialogs that make things: deployment, home, person, device, operator; and the one that shows secrets once.
// Thread: GUI. Owner: pages. Flow: form → *.create, *.register → made(…) → SecretDialog.
#pragma once

#include "console/models/admin_models.h"
#include "console/pages/perform.h"

#include <QDialog>

#include <memory>

namespace cohort::console {

namespace Ui {
class DeploymentDialog;
class HomeDialog;
class ParticipantDialog;
class DeviceDialog;
class OperatorDialog;
class SecretDialog;
} // namespace Ui

class DeploymentDialog : public QDialog
{
    Q_OBJECT
public:
    DeploymentDialog(Workspace& workspace, QWidget* parent);
    ~DeploymentDialog() override;

Q_SIGNALS:
    void made(const cohort::model::Deployment& deployment);

private:
    void submit();
    Workspace& m_workspace;
    std::unique_ptr<Ui::DeploymentDialog> m_ui;
};

class HomeDialog : public QDialog
{
    Q_OBJECT
public:
    HomeDialog(Workspace& workspace, QWidget* parent);
    ~HomeDialog() override;

Q_SIGNALS:
    void made(const cohort::model::Location& home);

private:
    void submit();
    Workspace& m_workspace;
    std::unique_ptr<Ui::HomeDialog> m_ui;
};

class ParticipantDialog : public QDialog
{
    Q_OBJECT
public:
    // `home`: the one chosen at first.
    ParticipantDialog(Workspace& workspace, const QList<model::Location>& homes, LocationId home, QWidget* parent);
    ~ParticipantDialog() override;

Q_SIGNALS:
    void made(const cohort::model::EnrolledParticipant& made);

private:
    void submit();
    Workspace& m_workspace;
    std::unique_ptr<Ui::ParticipantDialog> m_ui;
};

class DeviceDialog : public QDialog
{
    Q_OBJECT
public:
    DeviceDialog(Workspace& workspace, const QList<model::Location>& homes, LocationId home, QWidget* parent);
    ~DeviceDialog() override;

Q_SIGNALS:
    void made(const cohort::model::RegisteredDevice& made);

private:
    void showRooms();
    void submit();
    Workspace& m_workspace;
    QList<model::Location> m_homes;
    std::unique_ptr<Ui::DeviceDialog> m_ui;
};

class OperatorDialog : public QDialog
{
    Q_OBJECT
public:
    // The operator is made through `operators`.
    OperatorDialog(const Workspace& workspace, OperatorsModel& operators, QWidget* parent);
    ~OperatorDialog() override;

Q_SIGNALS:
    void made(const cohort::model::Operator& one);

private:
    void submit();
    OperatorsModel& m_operators;
    std::unique_ptr<Ui::OperatorDialog> m_ui;
};

// Shows what the server tells only once.
class SecretDialog : public QDialog
{
    Q_OBJECT
public:
    // Of the person or device that is called `label`.
    SecretDialog(const QString& label, const model::EnrolmentCode& code, QWidget* parent);
    SecretDialog(const QString& label, const model::DeviceSecret& secret, QWidget* parent);
    ~SecretDialog() override;

private:
    void setUp();
    std::unique_ptr<Ui::SecretDialog> m_ui;
};

} // namespace cohort::console
