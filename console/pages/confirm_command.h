// Commands to devices: asked once where one of them may do harm in a home, then sent.
// Thread: GUI. Owner: the page. Flow: button → question, where mayHarm() → send().
#pragma once

#include "console/models/workspace.h"

#include <functional>

class QWidget;

namespace cohort::console {

struct CommandQuestion
{
    QString question; // "Set “power” of “Stove plug” to “Off”?": plain text
    QString home;     // its name
    QString action;   // the button's word
};

// `send` runs at once where nothing of it may do harm. Cancel is what Enter and Escape choose.
void confirmCommand(QWidget* parent, const Workspace& workspace, int deviceType,
                    const QList<model::CommandParameter>& parameters, const CommandQuestion& what,
                    std::function<void()> send);

} // namespace cohort::console
