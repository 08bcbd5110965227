#include "console/pages/confirm_command.h"

#include "console/pages/confirm_end.h"
#include "console/pages/text.h"

#include <algorithm>

namespace cohort::console {

void confirmCommand(QWidget* parent, const Workspace& workspace, int deviceType,
                    const QList<model::CommandParameter>& parameters, const CommandQuestion& what,
                    std::function<void()> send)
{
    const bool isHarmful = std::any_of(parameters.begin(), parameters.end(), [&](const model::CommandParameter& one) {
        return mayHarm(workspace, deviceType, one.name);
    });
    if (!isHarmful)
        return send();
    confirmEnd(parent,
               {Pages::tr("Send command"), what.question,
                Pages::tr("This acts in the home “%1” at once and may do harm there.").arg(what.home), what.action},
               std::move(send));
}

} // namespace cohort::console
