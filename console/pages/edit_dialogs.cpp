#include "console/pages/edit_dialogs.h"

#include "console/models/deployment_limits.h"
#include "console/models/words.h"
#include "console/pages/form_dialog.h"
#include "console/pages/form_fields.h"
#include "console/pages/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>

#include <algorithm>
#include <iterator>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QComboBox* addZone(FormDialog* form, const QString& now)
{
    QComboBox* box = form->addChoice("zone", Pages::tr("Time zone"));
    box->setEditable(true);
    offerZones(box, now);
    return box;
}

QComboBox* addLanguage(FormDialog* form, model::Language now)
{
    QComboBox* box = form->addChoice("language", Pages::tr("Language"));
    offerLanguages(box, now);
    return box;
}

template <typename Kept>
void keep(QListWidget* list, const QString& text, const Kept& kept)
{
    auto* item = new QListWidgetItem(text, list);
    item->setData(Qt::UserRole, QVariant::fromValue(kept));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
    item->setCheckState(Qt::Checked);
}

template <typename Kept>
QList<Kept> keptOf(const QListWidget* list)
{
    QList<Kept> kept;
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->checkState() == Qt::Checked)
            kept.append(list->item(row)->data(Qt::UserRole).value<Kept>());
    }
    return kept;
}

// "Study: Safe at home 2026"
QString studyLine(const Workspace& workspace, DeploymentId deployment)
{
    for (const model::Deployment& one : workspace.deployments())
        if (one.id == deployment)
            return Pages::tr("Deployment: %1").arg(one.name);
    return {};
}

struct DeploymentFields
{
    QLineEdit* name;
    QComboBox* zone;
    QComboBox* language;
    QCheckBox* tokenless;
    QSpinBox* serverTtl;
    QSpinBox* messages;
    QSpinBox* alerts;
    QSpinBox* commands;
};

QSpinBox* addLimit(FormDialog* form, const char* member, const QString& label, int now, int usual, const QString& unit)
{
    const model::Rule rule = ruleOf<protocol::DeploymentUpdate>(member);
    return form->addNumber(member, label, now,
                           {static_cast<int>(rule.least), static_cast<int>(rule.most), usual, unit});
}

DeploymentFields addDeployment(FormDialog* form, const model::Deployment& known)
{
    DeploymentFields fields{};
    fields.name = form->addText("name", Pages::tr("Name"), known.name);
    fields.zone = addZone(form, known.timeZone);
    fields.language = addLanguage(form, known.language);
    fields.tokenless =
        form->addCheck("tokenless", Pages::tr("Allow devices without tokens"), known.allowTokenlessDevices);
    fields.serverTtl = addLimit(form, "serverTtlS", Pages::tr("Devices ask again for their server after"),
                                known.serverTtlS, UsualServerTtlS, Pages::tr(" s"));
    form->addRemark(Pages::tr("What each script may do, by the home's clock. What is more is held back, and the "
                              "coordinators are told."));
    const QString unit = Pages::tr(" an hour");
    fields.messages = addLimit(form, "messagesPerHour", Pages::tr("Messages and questions to a person"),
                               known.budgets.messagesPerHour, UsualBudgets.messagesPerHour, unit);
    fields.alerts = addLimit(form, "alertsPerHour", Pages::tr("Alerts in a home"), known.budgets.alertsPerHour,
                             UsualBudgets.alertsPerHour, unit);
    fields.commands = addLimit(form, "commandsPerHour", Pages::tr("Commands in a home"), known.budgets.commandsPerHour,
                               UsualBudgets.commandsPerHour, unit);
    return fields;
}

template <typename T>
std::optional<T> ifChanged(const T& now, const T& before)
{
    return now == before ? std::nullopt : std::optional(now);
}

// Only what differs from `shown`: what somebody else changed meanwhile is not set back.
protocol::DeploymentUpdate changesOf(const DeploymentFields& fields, const model::Deployment& shown)
{
    protocol::DeploymentUpdate wanted;
    wanted.id = shown.id;
    wanted.name = ifChanged(fields.name->text().trimmed(), shown.name);
    wanted.timeZone = ifChanged(fields.zone->currentText().trimmed(), shown.timeZone);
    wanted.language = ifChanged(languageOf(fields.language), shown.language);
    wanted.allowTokenlessDevices = ifChanged(fields.tokenless->isChecked(), shown.allowTokenlessDevices);
    wanted.serverTtlS = ifChanged(fields.serverTtl->value(), shown.serverTtlS);
    wanted.messagesPerHour = ifChanged(fields.messages->value(), shown.budgets.messagesPerHour);
    wanted.alertsPerHour = ifChanged(fields.alerts->value(), shown.budgets.alertsPerHour);
    wanted.commandsPerHour = ifChanged(fields.commands->value(), shown.budgets.commandsPerHour);
    return wanted;
}

bool isNothing(const protocol::DeploymentUpdate& wanted)
{
    return !wanted.name && !wanted.timeZone && !wanted.language && !wanted.allowTokenlessDevices &&
           !wanted.serverTtlS && !wanted.messagesPerHour && !wanted.alertsPerHour && !wanted.commandsPerHour;
}

} // namespace

void editDeployment(Workspace& workspace, const model::Deployment& known, QWidget* parent, const WhenChanged& done)
{
    auto* form = new FormDialog(Pages::tr("Edit deployment"), known.name, parent);
    const DeploymentFields fields = addDeployment(form, known);
    form->saveBy([&workspace, fields, known] { return Upkeep(workspace).change(changesOf(fields, known)); },
                 [done](const model::Deployment&) { done(); },
                 [form, fields, known] {
                     if (form->misses(fields.name, Pages::tr("name")))
                         return false;
                     const bool nothing = isNothing(changesOf(fields, known));
                     if (nothing)
                         form->accept();
                     return !nothing;
                 });
    form->open();
}

void editHome(Workspace& workspace, const model::Location& known, QWidget* parent, const WhenChanged& done)
{
    auto* form = new FormDialog(Pages::tr("Edit home"), studyLine(workspace, known.deployment), parent);
    auto* name = form->addText("name", Pages::tr("Name"), known.name);
    auto* zone = addZone(form, known.timeZone);
    form->saveBy(
        [&workspace, id = known.id, name, zone] {
            return Upkeep(workspace).change(
                protocol::LocationUpdate{id, name->text().trimmed(), zone->currentText().trimmed()});
        },
        [done](const model::Location&) { done(); }, [form, name] { return !form->misses(name, Pages::tr("name")); });
    form->open();
}

void editRoom(Workspace& workspace, const model::Location& home, const model::Room& room, QWidget* parent,
              const WhenChanged& done)
{
    auto* form = new FormDialog(room.id ? Pages::tr("Edit room") : Pages::tr("New room"),
                                Pages::tr("Home: %1").arg(home.name), parent);
    auto* kind = form->addChoice("kind", Pages::tr("Kind"));
    for (const QString& one : words::roomKinds())
        kind->addItem(words::roomKind(one), one);
    if (kind->findData(room.kind) < 0 && !room.kind.isEmpty())
        kind->addItem(room.kind, room.kind); // a word of its own is kept
    kind->setCurrentIndex(std::max(0, kind->findData(room.kind)));
    auto* name = form->addText("name", Pages::tr("Name"), room.name);
    form->saveBy(
        [&workspace, home = home.id, id = room.id, kind, name] {
            const QString word = kind->currentData().toString(), called = name->text().trimmed();
            return id ? Upkeep(workspace).change(protocol::RoomUpdate{id, word, called})
                      : Upkeep(workspace).add(protocol::RoomCreate{home, word, called});
        },
        [done](const model::Room&) { done(); }, [form, name] { return !form->misses(name, Pages::tr("name")); });
    form->open();
}

namespace {

// The person's roles, and one that may be added.
struct RoleFields
{
    QListWidget* kept;
    QComboBox* home;
    QComboBox* role;

    QList<protocol::NewParticipantRole> wanted() const
    {
        auto roles = keptOf<protocol::NewParticipantRole>(kept);
        if (const LocationId there{home->currentData().toLongLong()})
            roles.append({there, role->currentData().value<model::HomeRole>(), {}, {}});
        return roles;
    }
};

RoleFields addRoles(FormDialog* form, const model::Participant& known, const QList<model::Location>& homes)
{
    RoleFields fields{form->addKept("roles", Pages::tr("Roles")), form->addChoice("home", Pages::tr("And in")),
                      form->addChoice("role", Pages::tr("as"))};
    for (const model::ParticipantRole& one : known.roles)
        keep(fields.kept, words::homeRole(one.role) + u": "_s + one.locationName,
             protocol::NewParticipantRole{one.location, one.role, one.callingOrder, one.until});
    fields.home->addItem(Pages::tr("no other home"), 0);
    for (const model::Location& home : homes)
        fields.home->addItem(home.name, static_cast<qint64>(home.id.value));
    offerHomeRoles(fields.role);
    return fields;
}

} // namespace

void editPerson(Workspace& workspace, const model::Participant& known, const QList<model::Location>& homes,
                QWidget* parent, const WhenChanged& done)
{
    auto* form =
        new FormDialog(Pages::tr("Edit person"), known.code + u"\n"_s + studyLine(workspace, known.deployment), parent);
    auto* language = addLanguage(form, known.language);
    const bool seesNames = known.personal.has_value();
    const model::PersonalData person = known.personal.value_or(model::PersonalData{});
    // Who may not see names may not write them either.
    QLineEdit* name = seesNames ? form->addText("name", Pages::tr("Name"), person.name.value_or(QString())) : nullptr;
    QLineEdit* email =
        seesNames ? form->addText("email", Pages::tr("E-mail"), person.email.value_or(QString())) : nullptr;
    QLineEdit* phone =
        seesNames ? form->addText("phone", Pages::tr("Telephone"), person.phone.value_or(QString())) : nullptr;
    const RoleFields roles = addRoles(form, known, homes);
    form->saveBy(
        [&workspace, id = known.id, language, name, email, phone, roles] {
            protocol::ParticipantUpdate wanted;
            wanted.id = id;
            wanted.language = languageOf(language);
            wanted.roles = roles.wanted();
            if (name) {
                wanted.name = name->text().trimmed();
                wanted.email = email->text().trimmed();
                wanted.phone = phone->text().trimmed();
            }
            return Upkeep(workspace).change(wanted);
        },
        [done](const model::Participant&) { done(); },
        [form, roles] {
            if (!roles.wanted().isEmpty())
                return true;
            form->notices()->showText(
                Pages::tr("A person has a role in at least one home; to end all of them, use “End "
                          "participation…”."),
                Tone::Warning);
            return false;
        });
    form->open();
}

void editDevice(Workspace& workspace, const model::Device& known, const QList<model::Room>& rooms, QWidget* parent,
                const std::function<void(const model::Device&)>& done)
{
    auto* form = new FormDialog(Pages::tr("Edit device"),
                                Pages::tr("%1 in %2").arg(known.key, known.place.locationName), parent);
    auto* description = form->addText("description", Pages::tr("What people call it"), known.description);
    auto* type = form->addChoice("type", Pages::tr("Type"));
    offerDeviceTypes(type, workspace);
    if (type->findData(known.type) < 0)
        type->addItem(QString::number(known.type), known.type); // a newer server's
    type->setCurrentIndex(type->findData(known.type));
    auto* use = form->addChoice("use", Pages::tr("Use"));
    use->setEditable(true);
    offerDeviceUses(use);
    use->setCurrentText(words::deviceUse(known.use));
    auto* room = form->addChoice("room", Pages::tr("Room"));
    offerRooms(room, rooms);
    room->setCurrentIndex(
        std::max(0, room->findData(static_cast<qint64>(known.place.room ? known.place.room->id.value : 0))));
    auto* gateway = form->addText("gateway", Pages::tr("Gateway"), known.place.gatewayKey);
    form->addRemark(
        Pages::tr("The ID of the gateway behind which it is. One of another home of the study takes it there; "
                  "empty: it holds a connection of its own."));
    form->saveBy(
        [&workspace, id = known.id, description, type, use, room, gateway, behind = known.place.gatewayKey,
         stands = room->currentIndex()] {
            const QString key = gateway->text().trimmed();
            protocol::DeviceUpdate wanted;
            wanted.id = id;
            wanted.use = deviceUseOf(use);
            if (key != behind)
                wanted.gateway = key;
            if (key == behind || room->currentIndex() != stands) // a room stays in its home
                wanted.room = RoomId{room->currentData().toLongLong()};
            wanted.description = description->text().trimmed();
            wanted.type = type->currentData().toInt();
            return Upkeep(workspace).change(wanted);
        },
        [done](const model::Device& now) { done(now); });
    form->open();
}

QList<model::Stream> openStreams(const model::Device& device)
{
    QList<model::Stream> open;
    std::copy_if(device.streams.cbegin(), device.streams.cend(), std::back_inserter(open), [&](const auto& stream) {
        return model::expectedOf(device.type, stream.name.toStdString()).kind == model::StreamKind::Undecided;
    });
    return open;
}

void editStreamKind(Workspace& workspace, const model::Device& known, QWidget* parent, const WhenChanged& done)
{
    auto* form = new FormDialog(Pages::tr("Numbers or texts"),
                                Pages::tr("%1 in %2").arg(known.key, known.place.locationName), parent);
    const QList<model::Stream> streams = openStreams(known);
    auto* stream = form->addChoice("stream", Pages::tr("Parameter"));
    for (const model::Stream& one : streams)
        stream->addItem(one.index.isEmpty() ? one.name : one.name + u' ' + one.index, qint64{one.id.value});
    auto* kind = form->addChoice("kind", Pages::tr("Its values are"));
    kind->addItem(Pages::tr("numbers"), QVariant::fromValue(model::ChosenKind::Number));
    kind->addItem(Pages::tr("texts"), QVariant::fromValue(model::ChosenKind::Text));
    form->addRemark(Pages::tr("From now on: where they are numbers, a text that is none is refused; where they are "
                              "texts, a number is kept as its text. What is stored stays."));
    const auto showKind = [kind, streams](int row) {
        kind->setCurrentIndex(streams.value(row).kind == model::StreamKind::Text ? 1 : 0);
    };
    QObject::connect(stream, &QComboBox::currentIndexChanged, form, showKind);
    showKind(stream->currentIndex());
    form->saveBy(
        [&workspace, stream, kind] {
            return Upkeep(workspace).change(protocol::StreamUpdate{StreamId{stream->currentData().toLongLong()},
                                                                   kind->currentData().value<model::ChosenKind>()});
        },
        [done](const model::Stream&) { done(); });
    form->open();
}

namespace {

// What the operator may do where, and one more that may be added.
struct GrantFields
{
    QListWidget* kept;
    QComboBox* deployment;
    QComboBox* role;

    QList<model::OperatorGrant> wanted() const
    {
        auto grants = keptOf<model::OperatorGrant>(kept);
        if (deployment->currentIndex() > 0)
            grants.append({DeploymentId{deployment->currentData().toLongLong()},
                           role->currentData().value<model::OperatorRole>()});
        return grants;
    }
};

GrantFields addGrants(FormDialog* form, const Workspace& workspace, const model::Operator& known)
{
    GrantFields fields{form->addKept("roles", Pages::tr("Roles")), form->addChoice("deployment", Pages::tr("And in")),
                       form->addChoice("role", Pages::tr("as"))};
    fields.deployment->addItem(Pages::tr("no other deployment"), -1);
    fields.deployment->addItem(Pages::tr("everywhere"), 0);
    QMap<qint64, QString> names{{0, Pages::tr("everywhere")}};
    for (const model::Deployment& one : workspace.deployments()) {
        names.insert(one.id.value, one.name);
        fields.deployment->addItem(one.name, static_cast<qint64>(one.id.value));
    }
    for (const model::OperatorGrant& one : known.roles)
        keep(fields.kept, words::operatorRole(one.role) + u": "_s + names.value(one.deployment.value), one);
    offerOperatorRoles(fields.role);
    return fields;
}

} // namespace

void editOperator(Workspace& workspace, const model::Operator& known, QWidget* parent,
                  std::function<void(const model::Operator&)> done)
{
    auto* form = new FormDialog(Pages::tr("Edit operator"), known.account.email, parent);
    auto* name = form->addText("name", Pages::tr("Name"), known.account.name);
    auto* password = form->addSecret("password", Pages::tr("New password"), Pages::tr("stays where it is empty"));
    auto* names = form->addCheck("names", Pages::tr("May see names and contacts"), known.account.maySeeNames);
    const GrantFields grants = addGrants(form, workspace, known);
    // Nobody takes away the own roles, and the own password is changed with the old one.
    const bool isSelf = known.account.id == workspace.me().account.id;
    for (QWidget* field : std::initializer_list<QWidget*>{password, grants.kept, grants.deployment, grants.role})
        field->setEnabled(!isSelf);
    form->saveBy(
        [&workspace, id = known.account.id, isSelf, name, password, names, grants] {
            protocol::OperatorUpdate wanted;
            wanted.id = id;
            wanted.name = name->text().trimmed();
            wanted.maySeeNames = names->isChecked();
            if (!password->text().isEmpty())
                wanted.password = password->text();
            if (!isSelf)
                wanted.roles = grants.wanted();
            return Upkeep(workspace).change(wanted);
        },
        std::move(done), [form, name] { return !form->misses(name, Pages::tr("name")); });
    form->open();
}

void editPassword(Workspace& workspace, QWidget* parent, const WhenChanged& done)
{
    auto* form = new FormDialog(Pages::tr("Change password"),
                                Pages::tr("Of %1. Your other sessions end.").arg(workspace.me().account.email), parent);
    auto* old = form->addSecret("old", Pages::tr("Password until now"), {});
    auto* first = form->addSecret("new", Pages::tr("New password"), {});
    auto* again = form->addSecret("again", Pages::tr("Once more"), {});
    form->saveBy(
        [&workspace, old, first] {
            return Upkeep(workspace).changePassword({old->text(), first->text()});
        },
        [done](const model::Nothing&) { done(); },
        [form, old, first, again] {
            if (form->misses(old, Pages::tr("password until now")) || form->misses(first, Pages::tr("new password")))
                return false;
            if (first->text() == again->text())
                return true;
            form->notices()->showText(Pages::tr("The new password was typed in two different ways."), Tone::Warning);
            again->setFocus();
            return false;
        });
    form->open();
}

} // namespace cohort::console
