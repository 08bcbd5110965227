// A person's participation rests, or goes on.
// Thread: GUI. Owner: a page. Flow: menu, button → question → participant.update → done.
#pragma once

#include "console/models/upkeep.h"
#include "console/pages/notice_bar.h"

#include <functional>

namespace cohort::console {

// Who has enrolled and has not ended it.
bool canPause(const model::Participant& person);
bool canResume(const model::Participant& person);

// Asks first, and says what follows; whose participation rests goes on without a question.
void pauseOrResume(Workspace& workspace, const model::Participant& person, NoticeBar* notices, QWidget* page,
                   const std::function<void(const model::Participant&)>& done);

} // namespace cohort::console
