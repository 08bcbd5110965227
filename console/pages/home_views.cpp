#include "console/pages/home_views.h"

#include "console/models/words.h"
#include "console/pages/confirm_command.h"
#include "console/pages/conversation_view.h"
#include "console/pages/data_table.h"
#include "console/pages/pause_person.h"
#include "console/pages/perform.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_home_devices_view.h"
#include "ui_home_people_view.h"

#include <QVBoxLayout>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

HomeDevicesView::HomeDevicesView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_home(home), m_notices(notices),
      m_ui(std::make_unique<Ui::HomeDevicesView>()), m_devices(home, this), m_commands(workspace, this)
{
    m_ui->setupUi(this);
    m_ui->send->setIcon(icon(u"command"_s, theme().onAccent));
    m_ui->devices->setRows(&m_devices, {190, 120, 110, 130, 0});
    m_ui->devices->setTextElideMode(Qt::ElideMiddle); // ids differ at their ends
    m_ui->devices->setEmptyText(Pages::tr("No devices"), Pages::tr("Register one on the page “Deployments”."));
    m_ui->commands->setRows(&m_commands, {200, 160, 130, 0, 190});
    m_ui->commands->setTextElideMode(Qt::ElideMiddle);
    m_ui->commands->setEmptyText(Pages::tr("No commands yet"),
                                 Pages::tr("Choose a device above and send it one; what becomes of it appears here."));
    connect(m_ui->devices, &DataTable::selected, this, &HomeDevicesView::showChoice);
    connect(m_ui->send, &QPushButton::clicked, this, &HomeDevicesView::ask);
    connect(m_ui->commands, &DataTable::selected, this, &HomeDevicesView::showCancel);
    connect(&m_commands, &QAbstractItemModel::dataChanged, this, &HomeDevicesView::showCancel); // it may have ended
    connect(m_ui->cancelCommand, &QPushButton::clicked, this, &HomeDevicesView::cancel);
    connect(m_ui->valueField, &CommandValueField::entered, this, &HomeDevicesView::ask);
    connect(m_ui->parameter, &QComboBox::currentTextChanged, this, &HomeDevicesView::showParameter);
    connect(&home, &HomeModel::changed, this, &HomeDevicesView::homeChanged);
    connect(&m_commands, &RowsModel::failed, notices,
            [this](const Error& error) { m_notices->showError(error, [this] { m_commands.reload(); }); });
    showChoice();
    showCancel();
}

HomeDevicesView::~HomeDevicesView() = default;

void HomeDevicesView::homeChanged()
{
    const LocationId home = m_home.home().location.id;
    if (std::exchange(m_shown, home) != home) {
        m_commands.setZone(words::zoneOf(m_home.home().location.timeZone));
        m_commands.show(home);
        m_devices.reload();
        m_chosen = {};
        m_ui->parameter->clear();
        showParameter();
    }
    showChoice();
}

void HomeDevicesView::showChoice()
{
    const model::Device* device = m_devices.at(m_ui->devices->currentIndex());
    m_ui->sendCard->setVisible(m_workspace.mayCoordinate());
    m_ui->cancelCommand->setVisible(m_workspace.mayCoordinate());
    m_ui->device->setText(device ? device->label() : Pages::tr("Choose a device"));
    if (device && std::exchange(m_chosen, device->id) != device->id)
        showParameters(*device);
    const bool canBeSet = device && (!settable(*device) || m_ui->parameter->count() > 0);
    for (QWidget* part : std::initializer_list<QWidget*>{m_ui->parameter, m_ui->valueField})
        part->setEnabled(canBeSet);
    m_ui->send->setEnabled(canBeSet && !m_sending);
}

std::optional<QList<model::TypeParameterInfo>> HomeDevicesView::settable(const model::Device& device) const
{
    for (const model::DeviceTypeInfo& type : m_workspace.deviceTypes()) {
        if (type.number != device.type || type.number == 0)
            continue;
        QList<model::TypeParameterInfo> all;
        for (const model::TypeParameterInfo& parameter : type.parameters) {
            if (parameter.command)
                all.append(parameter);
        }
        return all;
    }
    return std::nullopt;
}

void HomeDevicesView::showParameters(const model::Device& device)
{
    const auto known = settable(device);
    m_ui->parameter->setEditable(!known);
    m_ui->parameter->setPlaceholderText(known && known->isEmpty() ? Pages::tr("takes no commands") : QString());
    m_ui->parameter->clear();
    if (known) {
        for (const model::TypeParameterInfo& parameter : *known)
            m_ui->parameter->addItem(parameter.name);
    } else {
        for (const model::Stream& stream : device.streams)
            m_ui->parameter->addItem(stream.name);
    }
    showParameter(); // also where the same name stands first: the field is empty for another device
}

std::optional<model::TypeParameterInfo> HomeDevicesView::parameter() const
{
    const model::Device* device = m_devices.at(m_ui->devices->currentIndex());
    const auto known = device ? settable(*device) : std::nullopt;
    if (!known)
        return std::nullopt;
    const QString name = m_ui->parameter->currentText();
    const auto found = std::find_if(known->begin(), known->end(), [&](const auto& one) { return one.name == name; });
    return found == known->end() ? std::nullopt : std::optional(*found);
}

void HomeDevicesView::showParameter()
{
    m_ui->valueField->setParameter(parameter());
}

void HomeDevicesView::ask()
{
    if (!m_ui->send->isEnabled())
        return;
    const model::Device* chosen = m_devices.at(m_ui->devices->currentIndex());
    const QString name = m_ui->parameter->currentText().trimmed();
    const QJsonValue value = m_ui->valueField->value();
    if (!chosen || name.isEmpty() || value.isUndefined()) {
        const QString allowed = m_ui->valueField->allowed();
        m_notices->showText(allowed.isEmpty() ? Pages::tr("Choose a device, a parameter and a value.")
                                              : Pages::tr("Give a value for “%1”: %2.").arg(name, allowed),
                            Tone::Warning);
        return;
    }
    const model::Device device = *chosen; // the rows may change while the question stands
    const QList<model::CommandParameter> parameters{{name, {}, value}};
    confirmCommand(this, m_workspace, device.type, parameters,
                   {Pages::tr("Set “%1” of “%2” to “%3”?").arg(name, device.label(), m_ui->valueField->valueText()),
                    m_home.home().location.name, Pages::tr("Send command")},
                   [this, id = device.id, home = m_home.id(), parameters] { send(id, home, parameters); });
}

void HomeDevicesView::send(DeviceId device, LocationId home, const QList<model::CommandParameter>& parameters)
{
    perform(
        m_notices,
        [this, device, parameters, requestId = newRequestId()] {
            auto future = m_commands.send(device, parameters, requestId);
            m_sending = true;
            showChoice();
            whenDone(this, future, [this](const auto&) {
                m_sending = false;
                showChoice();
            });
            return future;
        },
        [this, device, home, parameters](const model::Command& command) {
            if (home != m_home.id())
                return; // another is looked at now
            m_commands.put(command);
            // What was sent is sent once: the next Enter finds an empty field. What was typed since stays.
            const model::CommandParameter& sent = parameters.first();
            if (m_chosen == device && m_ui->parameter->currentText().trimmed() == sent.name &&
                m_ui->valueField->value() == sent.value)
                m_ui->valueField->empty();
        });
}

void HomeDevicesView::showCancel()
{
    const model::Command* command = m_commands.at(m_ui->commands->currentIndex());
    m_ui->cancelCommand->setEnabled(command && !command->isFinished());
}

void HomeDevicesView::cancel()
{
    const model::Command* chosen = m_commands.at(m_ui->commands->currentIndex());
    if (!chosen)
        return;
    perform(
        m_notices, [this, id = chosen->id] { return m_commands.cancel(id); },
        [this, home = m_home.id()](const model::Command& command) {
            if (home == m_home.id()) // else another is looked at now
                m_commands.put(command);
        });
}

HomePeopleView::HomePeopleView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_home(home), m_notices(notices),
      m_ui(std::make_unique<Ui::HomePeopleView>())
{
    m_ui->setupUi(this);
    m_conversation = new ConversationView(workspace, notices, m_ui->conversation);
    auto* layout = new QVBoxLayout(m_ui->conversation);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_conversation);
    connect(&home, &HomeModel::changed, this, &HomePeopleView::homeChanged);
    connect(m_ui->people, &QListWidget::currentRowChanged, this, &HomePeopleView::choose);
    connect(m_ui->pause, &QPushButton::clicked, this, [this] {
        if (const model::Participant* person = chosen())
            pauseOrResume(m_workspace, *person, m_notices, this,
                          [this](const model::Participant& now) { m_home.put(now); });
    });
    showPause();
}

HomePeopleView::~HomePeopleView() = default;

const model::Participant* HomePeopleView::chosen() const
{
    const QListWidgetItem* item = m_ui->people->currentItem();
    const ParticipantId id{item ? item->data(Qt::UserRole).toLongLong() : 0};
    const auto& people = m_home.home().participants;
    const auto found = std::find_if(people.begin(), people.end(), [id](const auto& one) { return one.id == id; });
    return found == people.end() ? nullptr : &*found;
}

void HomePeopleView::choose(int)
{
    const model::Participant* person = chosen();
    m_conversation->setPerson(person ? person->id : ParticipantId{}, person ? person->label() : QString(),
                              words::zoneOf(m_home.home().location.timeZone));
    showPause();
}

void HomePeopleView::showPause()
{
    const model::Participant* person = chosen();
    const bool can = person && (canPause(*person) || canResume(*person));
    m_ui->pause->setVisible(can && m_workspace.me().mayCoordinate(person->deployment));
    if (can) {
        m_ui->pause->setText(canPause(*person) ? Pages::tr("Pause participation…") : Pages::tr("Resume participation"));
        m_ui->pause->setIcon(icon(canPause(*person) ? u"pause"_s : u"play"_s));
    }
}

void HomePeopleView::homeChanged()
{
    const QListWidgetItem* before = m_ui->people->currentItem();
    const qint64 known = before ? before->data(Qt::UserRole).toLongLong() : 0;
    const QSignalBlocker quiet(m_ui->people);
    m_ui->people->clear();
    int row = -1;
    for (const model::Participant& one : m_home.home().participants) {
        QStringList roles;
        for (const model::ParticipantRole& role : one.roles)
            roles.append(words::homeRole(role.role));
        roles.removeDuplicates();
        const bool rests = canResume(one);
        auto* item = new QListWidgetItem(
            icon(rests ? u"pause"_s : u"person"_s, rests ? theme().tone(Tone::Warning) : theme().faint),
            one.label() + u"\n"_s + roles.join(u", "_s) + u" · "_s + words::participantStatus(one.status).text,
            m_ui->people);
        item->setData(Qt::UserRole, static_cast<qint64>(one.id.value));
        if (one.id.value == known)
            row = m_ui->people->count() - 1;
    }
    if (m_home.isLoaded() && m_home.home().participants.isEmpty())
        m_ui->people->addItem(Pages::tr("Nobody is enrolled here yet."));
    if (row >= 0) {
        m_ui->people->setCurrentRow(row); // the same person: the conversation stays
        showPause();
        return;
    }
    m_ui->people->setCurrentRow(m_home.home().participants.isEmpty() ? -1 : 0);
    choose(m_ui->people->currentRow());
}

} // namespace cohort::console
