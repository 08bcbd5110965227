#include "console/pages/pause_person.h"

#include "console/pages/confirm_end.h"
#include "console/pages/perform.h"
#include "console/pages/text.h"

namespace cohort::console {

bool canPause(const model::Participant& person)
{
    return person.status == model::ParticipantStatus::Active;
}

bool canResume(const model::Participant& person)
{
    return person.status == model::ParticipantStatus::Paused;
}

void pauseOrResume(Workspace& workspace, const model::Participant& person, NoticeBar* notices, QWidget* page,
                   const std::function<void(const model::Participant&)>& done)
{
    const bool rests = canPause(person);
    const auto set = [&workspace, id = person.id, rests, notices, done] {
        protocol::ParticipantUpdate wanted;
        wanted.id = id;
        wanted.paused = rests;
        perform(
            notices, [&workspace, wanted] { return Upkeep(workspace).change(wanted); }, done);
    };
    if (!rests) {
        set();
        return;
    }
    confirmEnd(page,
               {Pages::tr("Pause participation"), Pages::tr("Pause the participation of %1?").arg(person.label()),
                Pages::tr("Until it is resumed, new alerts and what scripts write or ask do not reach this person. "
                          "What you write does, and the devices of the home go on."),
                Pages::tr("Pause participation")},
               set);
}

} // namespace cohort::console
