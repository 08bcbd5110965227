// Changing what was made: a dialog each for a deployment, a home, its rooms, a person, a device, an operator, the own
// password. Thread: GUI. Owner: the dialog deletes itself. Flow: what is there → FormDialog → Upkeep → done.
#pragma once

#include "console/models/upkeep.h"

#include <functional>

class QWidget;

namespace cohort::console {

using WhenChanged = std::function<void()>;

void editDeployment(Workspace& workspace, const model::Deployment& known, QWidget* parent, const WhenChanged& done);
void editHome(Workspace& workspace, const model::Location& known, QWidget* parent, const WhenChanged& done);
// `room` without an id: a new one of the home.
void editRoom(Workspace& workspace, const model::Location& home, const model::Room& room, QWidget* parent,
              const WhenChanged& done);
// `homes`: those in which the person may get a role.
void editPerson(Workspace& workspace, const model::Participant& known, const QList<model::Location>& homes,
                QWidget* parent, const WhenChanged& done);
// The device may be in another home then.
void editDevice(Workspace& workspace, const model::Device& known, const QList<model::Room>& rooms, QWidget* parent,
                const std::function<void(const model::Device&)>& done);
// Of which parameters the device's type does not say what they hold.
QList<model::Stream> openStreams(const model::Device& device);
// Whether the values of one of them are numbers or texts.
void editStreamKind(Workspace& workspace, const model::Device& known, QWidget* parent, const WhenChanged& done);
void editOperator(Workspace& workspace, const model::Operator& known, QWidget* parent,
                  std::function<void(const model::Operator&)> done);
void editPassword(Workspace& workspace, QWidget* parent, const WhenChanged& done);

} // namespace cohort::console
