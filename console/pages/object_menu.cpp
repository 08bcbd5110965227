#include "console/pages/object_menu.h"

#include "console/models/words.h"
#include "console/pages/confirm_end.h"
#include "console/pages/edit_dialogs.h"
#include "console/pages/import_csv.h"
#include "console/pages/pause_person.h"
#include "console/pages/perform.h"
#include "console/pages/rooms_dialog.h"
#include "console/pages/text.h"

namespace cohort::console {

ObjectMenu::ObjectMenu(Workspace& workspace, NoticeBar* notices, QWidget* page)
    : QMenu(page), m_workspace(workspace), m_notices(notices), m_page(page)
{
}

void ObjectMenu::add(const char* name, const QString& text, std::function<void()> then)
{
    QAction* action = addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    connect(action, &QAction::triggered, this, std::move(then));
}

bool ObjectMenu::offer(const CommunityTree& tree, const QModelIndex& index)
{
    if (isVisible())
        return true; // somebody is choosing
    clear();
    if (const auto* deployment = tree.as<model::Deployment>(index))
        offerDeployment(*deployment);
    else if (const auto* home = tree.as<model::Location>(index))
        offerHome(*home);
    else if (const auto* device = tree.as<model::Device>(index))
        offerDevice(*device);
    else if (const auto* person = tree.as<model::Participant>(index)) {
        const auto* where = tree.as<model::Location>(index.parent());
        offerPerson(*person, where ? where->id : LocationId());
    }
    return !isEmpty();
}

void ObjectMenu::offerDeployment(const model::Deployment& one)
{
    if (m_workspace.me().has(model::OperatorRole::Admin, one.id))
        add("editDeployment", Pages::tr("Edit deployment…"),
            [this, one] { editDeployment(m_workspace, one, m_page, [this] { Q_EMIT deploymentsChanged(); }); });
}

void ObjectMenu::offerHome(const model::Location& one)
{
    if (!m_workspace.me().mayCoordinate(one.deployment))
        return;
    add("editHome", Pages::tr("Edit home…"),
        [this, one] { editHome(m_workspace, one, m_page, [this, one] { Q_EMIT homesChanged(one.deployment); }); });
    add("rooms", Pages::tr("Rooms…"), [this, one] {
        auto* dialog = new RoomsDialog(m_workspace, one, m_page);
        connect(dialog, &RoomsDialog::changed, this, [this, one] { Q_EMIT homesChanged(one.deployment); });
        dialog->open();
    });
    add("import", Pages::tr("Import CSV…"), [this, one] { importCsv(m_workspace, one, m_notices, m_page); });
    addSeparator();
    add("retireHome", Pages::tr("Retire home…"), [this, one] { retireHome(one); });
}

void ObjectMenu::offerPerson(const model::Participant& one, LocationId home)
{
    const bool over =
        one.status == model::ParticipantStatus::Completed || one.status == model::ParticipantStatus::Withdrawn;
    if (over || !m_workspace.me().mayCoordinate(one.deployment))
        return;
    add("editPerson", Pages::tr("Edit person…"), [this, id = one.id, home] { editPersonNow(id, home); });
    if (canPause(one) || canResume(one))
        add(canPause(one) ? "pausePerson" : "resumePerson",
            canPause(one) ? Pages::tr("Pause participation…") : Pages::tr("Resume participation"), [this, one, home] {
                pauseOrResume(m_workspace, one, m_notices, m_page,
                              [this, home](const model::Participant&) { Q_EMIT homeChanged(home); });
            });
    addSeparator();
    add("complete", Pages::tr("End participation: completed…"),
        [this, one, home] { endParticipation(one, model::ParticipationEnd::Completed, home); });
    add("withdraw", Pages::tr("End participation: withdrawn…"),
        [this, one, home] { endParticipation(one, model::ParticipationEnd::Withdrawn, home); });
}

void ObjectMenu::offerDevice(const model::Device& one)
{
    if (one.life.retired || !m_workspace.me().mayCoordinate(one.place.deployment))
        return;
    add("editDevice", Pages::tr("Edit device…"), [this, id = one.id, home = one.place.location] {
        perform(
            m_notices, [this, home] { return Upkeep(m_workspace).home(home); },
            [this, id, home](const model::Home& whole) {
                perform(
                    m_notices, [this, id] { return Upkeep(m_workspace).device(id); },
                    [this, home, rooms = whole.location.rooms](const model::Device& device) {
                        editDevice(m_workspace, device, rooms, m_page, [this, home](const model::Device& now) {
                            Q_EMIT homeChanged(home);
                            if (now.place.location != home)
                                Q_EMIT homeChanged(now.place.location);
                        });
                    });
            });
    });
    add("editStreams", Pages::tr("Numbers or texts…"), [this, id = one.id] { editStreamsNow(id); });
    addSeparator();
    if (!one.tokenless)
        add("endTokens", Pages::tr("End all tokens…"), [this, one] { endTokens(one); });
    add("retireDevice", Pages::tr("Retire device…"), [this, one] { retireDevice(one); });
}

// As the device is now; the server has what it measures.
void ObjectMenu::editStreamsNow(DeviceId id)
{
    perform(
        m_notices, [this, id] { return Upkeep(m_workspace).device(id); },
        [this](const model::Device& device) {
            if (!openStreams(device).isEmpty())
                editStreamKind(m_workspace, device, m_page,
                               [this, home = device.place.location] { Q_EMIT homeChanged(home); });
            else if (device.streams.isEmpty())
                m_notices->showText(Pages::tr("%1 has measured nothing yet.").arg(device.label()), Tone::Warning);
            else
                m_notices->showText(Pages::tr("The type of %1 says what all its values are.").arg(device.label()),
                                    Tone::Warning);
        });
}

// As the person is now, with the homes of the deployment to choose from.
void ObjectMenu::editPersonNow(ParticipantId id, LocationId home)
{
    perform(
        m_notices, [this, id] { return Upkeep(m_workspace).person(id); },
        [this, home](const model::Participant& person) {
            perform(
                m_notices, [this, where = person.deployment] { return m_workspace.community().homes(where); },
                [this, home, person](const Listing<model::Location>& homes) {
                    editPerson(m_workspace, person, homes.items, m_page, [this, person, home] {
                        Q_EMIT homesChanged(person.deployment);
                        Q_EMIT homeChanged(home);
                    });
                });
        });
}

void ObjectMenu::endParticipation(const model::Participant& one, model::ParticipationEnd how, LocationId home)
{
    QStringList roles;
    for (const model::ParticipantRole& role : one.roles)
        roles.append(words::homeRole(role.role) + QStringLiteral(": ") + role.locationName);
    const bool completed = how == model::ParticipationEnd::Completed;
    const QString ends =
        Pages::tr("These roles end: %1.").arg(roles.join(QStringLiteral(", "))) + u' ' +
        Pages::tr("The page, its login and codes end, and %n question(s) without answer are taken back.", nullptr,
                  one.openQuestions) +
        u' ' + Pages::tr("What was stored stays. To take part again, the person is enrolled anew.");
    confirmEnd(m_page,
               {Pages::tr("End participation"),
                (completed ? Pages::tr("Has %1 completed the study?") : Pages::tr("Does %1 withdraw from the study?"))
                    .arg(one.label()),
                ends, completed ? Pages::tr("Completed") : Pages::tr("Withdrawn")},
               [this, id = one.id, how, home] {
                   perform(
                       m_notices, [this, id, how] { return Upkeep(m_workspace).end(id, how); },
                       [this, home](const model::Participant&) { Q_EMIT homeChanged(home); });
               });
}

void ObjectMenu::retireHome(const model::Location& one)
{
    const bool inUse = one.figures.devices > 0 || one.figures.participants > 0;
    const QString ends =
        inUse
            ? Pages::tr("It has %1 device(s) and %2 people: the server refuses until they are retired and their roles "
                        "have ended.")
                  .arg(one.figures.devices)
                  .arg(one.figures.participants)
            : Pages::tr("It goes from all lists; scripts end there with their state and open alerts. What was stored "
                        "stays, and the name can be used again. This cannot be undone.");
    confirmEnd(m_page,
               {Pages::tr("Retire home"), Pages::tr("Retire the home “%1”?").arg(one.name), ends, Pages::tr("Retire")},
               [this, id = one.id, deployment = one.deployment] {
                   perform(
                       m_notices, [this, id] { return Upkeep(m_workspace).retire(id); },
                       [this, deployment](const model::Nothing&) { Q_EMIT homesChanged(deployment); });
               });
}

void ObjectMenu::retireDevice(const model::Device& one)
{
    confirmEnd(m_page,
               {Pages::tr("Retire device"), Pages::tr("Retire “%1” in %2?").arg(one.label(), one.place.locationName),
                Pages::tr("What it posts from now on is refused, and scripts do not see it any more. What it measured "
                          "stays. This cannot be undone."),
                Pages::tr("Retire")},
               [this, id = one.id, home = one.place.location] {
                   perform(
                       m_notices, [this, id] { return Upkeep(m_workspace).retire(id); },
                       [this, home](const model::Device&) { Q_EMIT homeChanged(home); });
               });
}

void ObjectMenu::endTokens(const model::Device& one)
{
    confirmEnd(m_page,
               {Pages::tr("End all tokens"),
                Pages::tr("End all tokens of “%1” in %2?").arg(one.label(), one.place.locationName),
                Pages::tr("Within two seconds it, and what is behind it, can neither post nor take commands, until it "
                          "has a new token."),
                Pages::tr("End tokens")},
               [this, id = one.id] {
                   perform(
                       m_notices, [this, id] { return Upkeep(m_workspace).revokeTokens(id); },
                       [this](const model::Nothing&) {
                           m_notices->showText(Pages::tr("All its tokens have ended. “New token…” makes another."),
                                               Tone::Good);
                       });
               });
}

} // namespace cohort::console
